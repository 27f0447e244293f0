package io.tenantry.web.portal;

import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Lazy;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SSH keys with access to an ordered server, and the form that adds one. */
@Named
@ViewScoped
public class OrderKeys implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    OrderSelection selection;

    @Inject
    CurrentPerson me;

    @Inject
    Access access;

    @Inject
    SshKeys sshKeys;

    @Inject
    SshKeyLabels sshKeyLabels;

    @Inject
    Format format;

    private final Lazy<List<SshKeys.Key>> keys = new Lazy<>();
    private String keyName = "";
    private String keyLine = "";

    /** Whether the user may choose from the organization's keys: nobody who acts for a customer may. */
    public boolean isKeysSeen() {
        return !me.isActing() && access.allowsIn(selection.known(), Permission.SSH_KEYS_VIEW);
    }

    /** Whether the user may add a key and choose it. */
    public boolean isKeysManaged() {
        return !me.isActing() && access.allowsIn(selection.known(), Permission.SSH_KEYS_MANAGE);
    }

    /** Returns the organization's keys, if the user may view them. */
    public List<SshKeys.Key> getKeys() {
        return keys.get(() -> isKeysSeen() ? sshKeys.of(selection.known()) : List.of());
    }

    /** Returns whether a key is chosen. */
    public boolean isKeyChosen(SshKeys.Key one) {
        return chosen().contains(one.id());
    }

    /** Returns the names of the chosen keys. */
    public String getKeyNames() {
        return chosen().isEmpty()
                ? ""
                : getKeys().stream()
                        .filter(this::isKeyChosen)
                        .map(SshKeys.Key::name)
                        .collect(Collectors.joining(", "));
    }

    /** Returns the ids of the chosen keys. */
    List<UUID> chosen() {
        return selection.address().all(OrderAddress.KEY).stream()
                .flatMap(text -> QueryParameters.id(text).stream())
                .toList();
    }

    /** Adds an SSH key to the organization's keys, and chooses it. */
    public void addKey() {
        var outcome = sshKeys.add(selection.known(), keyName, keyLine);
        if (outcome instanceof SshKeys.Outcome.Added added) {
            var all = new ArrayList<>(selection.address().all(OrderAddress.KEY));
            all.add(added.key().id().toString());
            PageResult.go(
                    selection
                            .address()
                            .with(OrderAddress.STEP, OrderStep.KEYS.code())
                            .with(OrderAddress.KEY, all)
                            .toString(),
                    format.text("ssh.added", added.key().name()));
            return;
        }
        sshKeyLabels.refuse(outcome, "add:name", "add:line");
        if (sshKeyLabels.isSecret(outcome)) {
            keyLine = "";
        }
    }

    public String getKeyName() {
        return keyName;
    }

    public void setKeyName(@Nullable String keyName) {
        this.keyName = Objects.requireNonNullElse(keyName, "");
    }

    public String getKeyLine() {
        return keyLine;
    }

    public void setKeyLine(@Nullable String keyLine) {
        this.keyLine = Objects.requireNonNullElse(keyLine, "");
    }
}

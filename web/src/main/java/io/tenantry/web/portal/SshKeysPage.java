package io.tenantry.web.portal;

import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.undo.UndoAction;
import io.tenantry.web.undo.UndoActions;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The organization's public SSH keys: adding and deleting them. Input that is not a public key is never shown again. */
@Named
@ViewScoped
public class SshKeysPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Access access;

    @Inject
    CurrentPerson me;

    @Inject
    SshKeys keys;

    @Inject
    SshKeyLabels labels;

    @Inject
    UndoActions undoActions;

    @Inject
    Format format;

    private @Nullable UUID organizationId;
    private String name = "";
    private String line = "";
    private transient @Nullable List<SshKeys.Key> all;

    /** Loads the keys, if the user may view them. */
    public void open() {
        PageResult.load(() -> {
            var id = organization.getId();
            all = keys.of(id);
            organizationId = id;
        });
    }

    /** Adds the entered key. */
    public void add() {
        var outcome = keys.add(known(), name, line);
        if (outcome instanceof SshKeys.Outcome.Added added) {
            PageResult.go(
                    "/portal/ssh-keys", format.text("ssh.added", added.key().name()));
            return;
        }
        labels.refuse(outcome, "key:name", "key:line");
        if (labels.isSecret(outcome)) {
            line = "";
        }
    }

    /** Deletes a key. */
    public void delete(UUID id) {
        PageResult.load(() -> {
            var gone = keys.delete(id);
            PageResult.go(
                    "/portal/ssh-keys",
                    format.text("ssh.deleted", gone.name()),
                    undoActions.keep(new UndoAction.SshKeyDeleted(gone)));
        });
    }

    public List<SshKeys.Key> getAll() {
        var known = all;
        if (known == null) {
            known = keys.of(known());
            all = known;
        }
        return known;
    }

    /** Whether the user may add and delete keys. */
    public boolean isManaged() {
        return !me.isActing() && access.allowsIn(known(), Permission.SSH_KEYS_MANAGE);
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = Objects.requireNonNullElse(name, "");
    }

    public String getLine() {
        return line;
    }

    public void setLine(@Nullable String line) {
        this.line = Objects.requireNonNullElse(line, "");
    }

    private UUID known() {
        return PageResult.opened(organizationId);
    }
}

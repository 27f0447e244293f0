package io.tenantry.web.portal;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.launch.SshKeys;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.undo.Step;
import io.tenantry.web.undo.Undos;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The organization's public SSH keys: add one, take one away. What is no public key is never shown again. */
@Named
@ViewScoped
public class SshKeysPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Access access;

    @Inject
    SshKeys keys;

    @Inject
    KeyWords words;

    @Inject
    Undos undos;

    @Inject
    Fmt fmt;

    private @Nullable UUID organizationId;
    private String name = "";
    private String line = "";
    private transient @Nullable List<SshKeys.Key> all;

    /** Looks at the keys, if they may be seen. */
    public void open() {
        Visit.look(() -> {
            var id = organization.getId();
            all = keys.of(id);
            organizationId = id;
        });
    }

    /** Adds what was typed. */
    public void add() {
        var outcome = keys.add(known(), name, line);
        if (outcome instanceof SshKeys.Outcome.Added added) {
            Visit.go("/portal/ssh-keys", fmt.text("ssh.added", added.key().name()));
            return;
        }
        words.refuse(outcome, "key:name", "key:line");
        if (words.isSecret(outcome)) {
            line = "";
        }
    }

    /** Takes a key away. */
    public void delete(UUID id) {
        Visit.look(() -> {
            var gone = keys.delete(id);
            Visit.go(
                    "/portal/ssh-keys", fmt.text("ssh.deleted", gone.name()), undos.keep(new Step.SshKeyDeleted(gone)));
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

    /** Whether keys may be added and taken away. */
    public boolean isManaged() {
        return access.allowsIn(known(), Permission.SSH_KEYS_MANAGE);
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
        return Visit.opened(organizationId);
    }
}

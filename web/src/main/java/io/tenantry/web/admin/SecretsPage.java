package io.tenantry.web.admin;

import io.tenantry.admin.platform.KeyRotation;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** The encryption keys: which one seals, which ones are still needed, and resealing all secrets. */
@Named
@RequestScoped
public class SecretsPage {
    private static final String HERE = "/admin/secrets";

    @Inject
    CurrentPerson me;

    @Inject
    KeyRotation rotation;

    @Inject
    Format format;

    private KeyRotation.@Nullable State state;

    /** Reseals all secrets in the background. */
    public void reencrypt() {
        PageResult.go(HERE, format.text(rotation.start() ? "secrets.started" : "secrets.going"));
    }

    /** Whether all secrets may be resealed and a key for it exists. */
    public boolean isManaged() {
        return me.may(Permission.PLATFORM_OPERATORS_MANAGE)
                && getState().current().isPresent();
    }

    public KeyRotation.State getState() {
        var known = state;
        if (known == null) {
            known = rotation.state();
            state = known;
        }
        return known;
    }
}

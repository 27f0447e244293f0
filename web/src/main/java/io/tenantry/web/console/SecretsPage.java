package io.tenantry.web.console;

import io.tenantry.identity.Permission;
import io.tenantry.platform.SecretRotation;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** Which key seals, which ones are needed still, and sealing all anew. */
@Named
@RequestScoped
public class SecretsPage {
    private static final String HERE = "/console/secrets";

    @Inject
    CurrentPerson me;

    @Inject
    SecretRotation rotation;

    @Inject
    Fmt fmt;

    private SecretRotation.@Nullable State state;

    /** Seals all anew, in the background. */
    public void sealAnew() {
        Visit.go(HERE, fmt.text(rotation.start() ? "secrets.begun" : "secrets.going"));
    }

    /** Whether all may be sealed anew, and there is a key to do so. */
    public boolean isManaged() {
        return me.may(Permission.PLATFORM_OPERATORS_MANAGE)
                && getState().current().isPresent();
    }

    public SecretRotation.State getState() {
        var known = state;
        if (known == null) {
            known = rotation.look();
            state = known;
        }
        return known;
    }
}

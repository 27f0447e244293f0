package io.tenantry.provisioning;

import io.tenantry.provider.ProviderFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What vendors can do for servers of an account. Nothing is sent to find out. */
@ApplicationScoped
public class Abilities {
    @Inject
    Upstreams upstreams;

    /** For the container. */
    public Abilities() {}

    /** For use outside a container. */
    Abilities(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /**
     * Whether the account's vendor can.
     *
     * @param ability an interface of the seam, such as {@link io.tenantry.provider.Resizing}
     */
    boolean has(String account, Class<?> ability) {
        try {
            return upstreams
                    .open(account)
                    .filter(home -> ability.isInstance(home.provider()))
                    .isPresent();
        } catch (ProviderFailure shut) {
            return false; // Whoever cannot open the account cannot have anything done there.
        }
    }
}

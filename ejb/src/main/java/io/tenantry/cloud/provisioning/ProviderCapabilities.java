package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.ProviderFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What vendors can do for servers of an account. Nothing is sent to find out. */
@ApplicationScoped
public class ProviderCapabilities {
    @Inject
    ProvisioningTargets provisioningTargets;

    /** For the container. */
    public ProviderCapabilities() {}

    /** For use outside a container. */
    ProviderCapabilities(ProvisioningTargets provisioningTargets) {
        this.provisioningTargets = provisioningTargets;
    }

    /**
     * Whether the account's vendor can.
     *
     * @param ability an interface of the seam, such as {@link io.tenantry.cloud.provider.ServerResize}
     */
    boolean has(String account, Class<?> ability) {
        try {
            return provisioningTargets
                    .open(account)
                    .filter(targetAccount -> ability.isInstance(targetAccount.provider()))
                    .isPresent();
        } catch (ProviderFailure shut) {
            return false; // Whoever cannot open the account cannot have anything done there.
        }
    }
}

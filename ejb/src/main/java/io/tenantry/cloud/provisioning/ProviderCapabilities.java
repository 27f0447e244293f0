package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.ProviderFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The capabilities of providers for the servers of an account. Sends nothing. */
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
     * Whether the account's provider has that capability.
     *
     * @param ability an interface of the provider API, such as {@link io.tenantry.cloud.provider.ServerResize}
     */
    boolean has(String account, Class<?> ability) {
        try {
            return provisioningTargets
                    .open(account)
                    .filter(targetAccount -> ability.isInstance(targetAccount.provider()))
                    .isPresent();
        } catch (ProviderFailure shut) {
            return false; // An account that cannot be opened has no capabilities.
        }
    }
}

package io.tenantry.cloud.console;

import io.tenantry.cloud.provisioning.ServerRebuilt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * A server that we have had made anew shows a key that nobody knows, and nobody should be warned of what was asked for. So the key before it
 * is forgotten in the very transaction that notes the new beginning.
 */
@ApplicationScoped
public class HostKeyReset {
    @Inject
    HostKeys keys;

    void rebuilt(@Observes ServerRebuilt event) {
        keys.forget(event.serviceId());
    }
}

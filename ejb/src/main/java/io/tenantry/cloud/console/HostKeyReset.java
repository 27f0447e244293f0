package io.tenantry.cloud.console;

import io.tenantry.cloud.provisioning.ServerRebuilt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * Forgets the host key of a server that was rebuilt at our request. Such a server presents an unknown key, which must not cause a warning. The
 * old key is therefore forgotten in the same transaction that records the rebuild.
 */
@ApplicationScoped
public class HostKeyReset {
    @Inject
    HostKeys keys;

    void rebuilt(@Observes ServerRebuilt event) {
        keys.forget(event.serviceId());
    }
}

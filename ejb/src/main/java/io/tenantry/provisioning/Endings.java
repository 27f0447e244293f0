package io.tenantry.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/** Tells those who rent out things beside a service that it ends, so that what goes with it ends in the same transaction. */
@ApplicationScoped
public class Endings {
    private Consumer<ServiceEnded> listeners = event -> {};

    /** For the container. */
    public Endings() {}

    @Inject
    void find(Event<ServiceEnded> event) {
        listeners = event::fire;
    }

    void tell(UUID serviceId, Instant at) {
        listeners.accept(new ServiceEnded(serviceId, at));
    }
}

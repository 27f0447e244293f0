package io.tenantry.cloud.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Notifies the owners of add-ons that services end, so that the add-ons end in the same transaction. */
@ApplicationScoped
public class TerminationEvents {
    private Consumer<ServicesTerminated> listeners = event -> {};

    /** For the container. */
    public TerminationEvents() {}

    @Inject
    void find(Event<ServicesTerminated> event) {
        hear(event::fire);
    }

    /** Registers a consumer. */
    void hear(Consumer<ServicesTerminated> listener) {
        listeners = listener;
    }

    void publish(List<UUID> serviceIds, Instant at) {
        listeners.accept(new ServicesTerminated(serviceIds, at));
    }
}

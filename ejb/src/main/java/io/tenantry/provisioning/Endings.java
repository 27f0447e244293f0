package io.tenantry.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Tells those who rent out things beside services that they end, so that what goes with it ends in the same transaction. */
@ApplicationScoped
public class Endings {
    private Consumer<ServicesEnded> listeners = event -> {};

    /** For the container. */
    public Endings() {}

    @Inject
    void find(Event<ServicesEnded> event) {
        hear(event::fire);
    }

    /** Who is told. */
    void hear(Consumer<ServicesEnded> hearer) {
        listeners = hearer;
    }

    void tell(List<UUID> serviceIds, Instant at) {
        listeners.accept(new ServicesEnded(serviceIds, at));
    }
}

package io.tenantry.provisioning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.provider.Rebuilding;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Has servers begin anew, in their place and at their addresses, with another system, keys and script; all that was on them is gone. What
 * was chosen is looked up and copied as with an order; done by {@link Rebuild}. The price stays as it is.
 */
@Stateless
public class Rebuilds {
    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Handling handling;

    @Inject
    Abilities abilities;

    @Inject
    Images images;

    @Inject
    Beginnings beginnings;

    @Inject
    Lives lives;

    @Inject
    Wishes wishes;

    /** How it ended. */
    public sealed interface Outcome {
        /** It is written down and begins at once. */
        record Wanted() implements Outcome {}

        /** The name that was typed is not the server's. */
        record Unconfirmed() implements Outcome {}

        /** The server is at something that is not done yet. */
        record Busy(String meanwhile) implements Outcome {}

        /** There is no server at any vendor, or none that can begin anew. */
        record Impossible() implements Outcome {}

        /** What it was to begin with is not there, or not enough was said of it. */
        record Refused(Services.Outcome why) implements Outcome {}
    }

    /**
     * What there is to choose from for a server, as it was read before; empty if it cannot begin anew. Asks no vendor.
     */
    public Optional<Images.Offered> offered(Services.Summary now) {
        access.requireIn(now.organizationId(), Permission.VPS_VIEW);
        if (!now.hasServer()) {
            return Optional.empty();
        }
        var place = lives.read(now.id()).place();
        return abilities.has(place.account(), Rebuilding.class)
                ? Optional.of(images.offered(place, now.size()))
                : Optional.empty();
    }

    /** What it began with last, by the reseller's name of it; empty for the usual one. */
    public String image(UUID serviceId) {
        return lives.image(serviceId);
    }

    /**
     * Asks for it.
     *
     * @param beginning without a system, the one that it has is set up anew
     * @param typed the server's name, so that nobody empties another than was meant
     * @throws WrongState unless the service is active
     */
    public Outcome want(UUID serviceId, Beginning beginning, String typed) {
        var now = handling.takeActive(serviceId);
        var meanwhile = handling.meanwhile(now);
        if (meanwhile.isPresent()) {
            return new Outcome.Busy(meanwhile.get());
        }
        if (!now.hasServer()) {
            return new Outcome.Impossible();
        }
        if (!typed.strip().equals(now.name())) {
            return new Outcome.Unconfirmed();
        }
        var life = lives.read(serviceId);
        if (!abilities.has(life.place().account(), Rebuilding.class)) {
            return new Outcome.Impossible();
        }
        var order = new Order(now.organizationId(), now.name(), now.planId(), now.regionCode(), beginning);
        var found = beginnings.find(order, now.size(), Optional.of(life.place()));
        if (found instanceof Beginnings.Found.Not missing) {
            return new Outcome.Refused(missing.why());
        }
        return begin(life, (Beginnings.Found.All) found);
    }

    private Outcome begin(Life life, Beginnings.Found.All beginning) {
        var image = beginning.image().isEmpty() ? lives.image(life.id()) : beginning.image();
        wishes.rebuild(life.id(), beginning.place().orElse(life.place()).image(), image, beginning);
        lives.tell(life, "rebuild_wanted", "image", image);
        audit.record(
                "service.rebuild",
                "service",
                life.id().toString(),
                Map.of("image", image, "keys", String.join(", ", List.of(beginning.keyNames()))));
        return new Outcome.Wanted();
    }
}

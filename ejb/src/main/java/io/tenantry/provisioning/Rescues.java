package io.tenantry.provisioning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.provider.Rescuing;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * Has servers started into their vendor's rescue system, and back into their own; done by {@link Rescue} and {@link Return}. What is on the
 * disk stays, who may enter is who might from the start, and the price stays as it is.
 */
@Stateless
public class Rescues {
    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Handling handling;

    @Inject
    Abilities abilities;

    @Inject
    Lives lives;

    @Inject
    Wishes wishes;

    /** How it ended. */
    public sealed interface Outcome {
        /** It is written down and begins at once. */
        record Wanted() implements Outcome {}

        /** It is there already, as far as we know. */
        record Unchanged() implements Outcome {}

        /** The server is at something that is not done yet. */
        record Busy(String meanwhile) implements Outcome {}

        /** There is no server at any vendor, or one without a rescue system that we can start. */
        record Impossible() implements Outcome {}
    }

    /** Whether a server, as it was read before, has a rescue system; asks no vendor. */
    public boolean isOffered(Services.Summary now) {
        access.requireIn(now.organizationId(), Permission.VPS_VIEW);
        return now.hasServer() && isPossible(lives.read(now.id()));
    }

    /**
     * Asks for it.
     *
     * @throws WrongState unless the service is active
     */
    public Outcome enter(UUID serviceId) {
        return want(serviceId, Changing.RESCUE);
    }

    /**
     * Asks for its own system again.
     *
     * @throws WrongState unless the service is active
     */
    public Outcome leave(UUID serviceId) {
        return want(serviceId, Changing.RETURN);
    }

    private Outcome want(UUID serviceId, Changing wanted) {
        var now = handling.takeActive(serviceId);
        var underWay = handling.underWay(now);
        if (underWay.isPresent()) {
            return new Outcome.Busy(underWay.get());
        }
        if (!now.hasServer()) {
            return new Outcome.Impossible();
        }
        if (now.rescued() == (wanted == Changing.RESCUE)) {
            return new Outcome.Unchanged();
        }
        var life = lives.read(serviceId);
        if (!isPossible(life)) {
            return new Outcome.Impossible();
        }
        wishes.rescue(serviceId, wanted);
        lives.tell(life, wanted.word() + "_wanted", "wanted", wanted.word());
        audit.record("service." + wanted.word(), "service", serviceId);
        return new Outcome.Wanted();
    }

    private boolean isPossible(Life life) {
        return abilities.has(life.place().account(), Rescuing.class);
    }
}

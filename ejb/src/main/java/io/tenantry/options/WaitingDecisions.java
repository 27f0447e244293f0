package io.tenantry.options;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.options.Waiting.Case;
import io.tenantry.provisioning.Decisions;
import io.tenantry.work.Looked;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides what somebody saw in the list of what waits, be it of a service or of an option: that very item, and not another which waits there by
 * now.
 */
@Stateless
public class WaitingDecisions {
    @Inject
    Access access;

    @Inject
    Waiting waiting;

    @Inject
    Decisions decisions;

    @Inject
    OptionDecisions options;

    /** For the container. */
    public WaitingDecisions() {}

    /** For use outside a container. */
    WaitingDecisions(Access access, Waiting waiting, Decisions decisions, OptionDecisions options) {
        this.access = access;
        this.waiting = waiting;
        this.decisions = decisions;
        this.options = options;
    }

    /** As {@link Decisions#lookAgain} and {@link OptionDecisions#lookAgain}. */
    public Looked lookAgain(UUID subject, long item, String reason) {
        var seen = still(subject, item);
        if (seen.isEmpty()) {
            return new Looked.Late();
        }
        return seen.get().option().isPresent()
                ? options.lookAgain(subject, reason)
                : decisions.lookAgain(subject, reason);
    }

    /**
     * As {@link Decisions#giveUp} and {@link OptionDecisions#giveUp}.
     *
     * @return false if that does not wait any more, or cannot be given up
     */
    public boolean giveUp(UUID subject, long item, String reason) {
        var seen = still(subject, item);
        if (seen.isEmpty()) {
            return false;
        }
        return seen.get().option().isPresent() ? options.giveUp(subject, reason) : decisions.giveUp(subject, reason);
    }

    private Optional<Case> still(UUID subject, long item) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        return waiting.of(subject).filter(one -> one.item().id() == item);
    }
}

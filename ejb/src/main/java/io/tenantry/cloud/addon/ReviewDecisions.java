package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.ReviewQueue.ReviewCase;
import io.tenantry.cloud.provisioning.ServiceReview;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.workqueue.RetryOutcome;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/**
 * Applies the decision of staff to the very item that was shown in the review queue, of a service or an add-on, and not to another item that
 * has taken its place.
 */
@Stateless
public class ReviewDecisions {
    @Inject
    Access access;

    @Inject
    ReviewQueue reviewQueue;

    @Inject
    ServiceReview serviceReview;

    @Inject
    AddonReview options;

    /** For the container. */
    public ReviewDecisions() {}

    /** For use outside a container. */
    ReviewDecisions(Access access, ReviewQueue reviewQueue, ServiceReview serviceReview, AddonReview options) {
        this.access = access;
        this.reviewQueue = reviewQueue;
        this.serviceReview = serviceReview;
        this.options = options;
    }

    /** Does the same as {@link ServiceReview#retry} and {@link AddonReview#retry}. */
    public RetryOutcome retry(UUID subject, long item, String reason) {
        var seen = still(subject, item);
        if (seen.isEmpty()) {
            return new RetryOutcome.NotParked();
        }
        return seen.get().option().isPresent() ? options.retry(subject, reason) : serviceReview.retry(subject, reason);
    }

    /**
     * Does the same as {@link ServiceReview#giveUp} and {@link AddonReview#giveUp}.
     *
     * @return false if the item is no longer parked, or cannot be given up
     */
    public boolean giveUp(UUID subject, long item, String reason) {
        var seen = still(subject, item);
        if (seen.isEmpty()) {
            return false;
        }
        return seen.get().option().isPresent()
                ? options.giveUp(subject, reason)
                : serviceReview.giveUp(subject, reason);
    }

    private Optional<ReviewCase> still(UUID subject, long item) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        return reviewQueue.of(subject).filter(one -> one.item().id() == item);
    }
}

package io.tenantry.web.portal;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.AddonReview;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.ReviewLabels;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.workqueue.RetryOutcome;
import io.tenantry.workqueue.WorkItems;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The decisions of staff about an add-on that waits, which are the same on every page. Loaded once per request. */
@RequestScoped
public class AddonReviewActions {
    private static final String WHY = "decide:why";

    @Inject
    AddonReview decisions;

    @Inject
    ReviewLabels labels;

    @Inject
    CurrentPerson me;

    private final Map<UUID, List<WorkItems.Parked>> stuck = new HashMap<>();

    /** Returns the work item that waits for a decision: one or none; none for customers. */
    public List<WorkItems.Parked> stuck(UUID option) {
        return stuck.computeIfAbsent(
                option,
                one -> me.isStaff() && me.may(Permission.STAFF_SERVICES_VIEW)
                        ? decisions.open(one).stream().toList()
                        : List.of());
    }

    /** Returns whether the user may decide it. */
    public boolean isOpen(UUID option) {
        return !stuck(option).isEmpty() && me.may(Permission.STAFF_SERVICES_MANAGE);
    }

    /** Returns whether giving up is possible: a deletion can only be retried. */
    public boolean isAbandonable(UUID option, State state) {
        return isOpen(option) && state != State.TERMINATING;
    }

    /** Retries the work item; it may no longer exist. */
    public void retry(Optional<UUID> option, String reason, String next) {
        if (labels.isReasoned(WHY, reason)) {
            var looked = option.map(one -> decisions.retry(one, reason));
            labels.looked(looked.orElseGet(RetryOutcome.NotParked::new), WHY, next);
        }
    }

    /** Gives the work item up. */
    public void giveUp(Optional<UUID> option, String reason, String next) {
        if (labels.isReasoned(WHY, reason)) {
            labels.gaveUp(option.filter(one -> decisions.giveUp(one, reason)).isPresent(), next);
        }
    }
}

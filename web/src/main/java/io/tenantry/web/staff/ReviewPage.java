package io.tenantry.web.staff;

import io.tenantry.cloud.addon.ReviewDecisions;
import io.tenantry.cloud.addon.ReviewQueue;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.ReviewCount;
import io.tenantry.web.layout.ReviewLabels;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One case that waits for a decision: its details, and the decision. */
@Named
@ViewScoped
public class ReviewPage implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String LIST = "/staff/reviews";

    private static final String WHY = "decide:why";

    @Inject
    CurrentPerson me;

    @Inject
    ReviewQueue reviewQueue;

    @Inject
    ReviewDecisions decisions;

    @Inject
    ReviewLabels decided;

    @Inject
    ReviewCount count;

    @Inject
    Format format;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private long item;
    private String reason = "";
    private transient @Nullable List<ReviewQueue.ReviewCase> found;

    /** Loads the case, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("decision", parameter);
            var one = reviewQueue.one(known);
            found = List.of(one);
            item = one.item().id();
            id = known;
        });
    }

    /** Retries the work item. */
    public void retry() {
        if (decided.isReasoned(WHY, reason)) {
            var retryOutcome = decisions.retry(known(), item, reason);
            count.forget();
            decided.looked(retryOutcome, WHY, LIST);
        }
    }

    /** Gives the work item up. */
    public void giveUp() {
        if (decided.isReasoned(WHY, reason)) {
            var isDone = decisions.giveUp(known(), item, reason);
            count.forget();
            decided.gaveUp(isDone, LIST);
        }
    }

    /** Returns the case that was loaded; empty if it was decided by others since. */
    public List<ReviewQueue.ReviewCase> getFound() {
        var known = found;
        if (known == null) {
            known = reviewQueue.of(known()).filter(one -> one.item().id() == item).stream()
                    .toList();
            found = known;
        }
        return known;
    }

    /** Returns the subject, for the titles of window and page. */
    public String getTitle() {
        return getFound().stream()
                .findFirst()
                .map(ReviewQueue.ReviewCase::title)
                .orElseGet(() -> format.text("service.review.late"));
    }

    /** Whether the user may decide it. */
    public boolean isDeciding() {
        return !getFound().isEmpty() && me.may(Permission.STAFF_SERVICES_MANAGE);
    }

    /** Whether giving up is one of the possible decisions. */
    public boolean isAbandonable() {
        return isDeciding() && getFound().get(0).isAbandonable();
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "").strip();
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}

package io.tenantry.web.layout;

import io.tenantry.workqueue.RetryOutcome;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** What came of a decision of staff, in their words: the same on every page on which one is made. */
@RequestScoped
public class ReviewLabels {
    @Inject
    Format format;

    /** Whether a reason was given; if not, that is said at its field. */
    public boolean isReasoned(String field, String reason) {
        if (reason.isBlank()) {
            PageResult.refuse(field, format.text("service.review.reason.missing"));
        }
        return !reason.isBlank();
    }

    /** Somebody looked again: the next page says so; what goes on waiting for money stays where it is, and how much is missing is said there. */
    public void looked(RetryOutcome retryOutcome, String field, String next) {
        if (retryOutcome instanceof RetryOutcome.InsufficientFunds lacking) {
            PageResult.refuse(field, format.text("service.look.too-little", format.money(lacking.missing())));
        } else {
            PageResult.go(
                    next,
                    format.text(
                            retryOutcome instanceof RetryOutcome.Again ? "service.look.done" : "service.review.late"));
        }
    }

    /** It was given up, or nothing waited any more. */
    public void gaveUp(boolean isDone, String next) {
        PageResult.go(next, format.text(isDone ? "service.give-up.done" : "service.review.late"));
    }
}

package io.tenantry.web.layout;

import io.tenantry.workqueue.RetryOutcome;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** Messages for the outcome of staff decisions: the same on every page where decisions are made. */
@RequestScoped
public class ReviewLabels {
    @Inject
    Format format;

    /** Returns whether a reason was entered; if not, shows an error at its field. */
    public boolean isReasoned(String field, String reason) {
        if (reason.isBlank()) {
            PageResult.refuse(field, format.text("service.review.reason.missing"));
        }
        return !reason.isBlank();
    }

    /** Reports a retry on the next page; if money is still missing, stays on this page and shows the missing amount at the field. */
    public void looked(RetryOutcome retryOutcome, String field, String next) {
        if (retryOutcome instanceof RetryOutcome.InsufficientFunds lacking) {
            PageResult.refuse(field, format.text("service.retry.too-little", format.money(lacking.missing())));
        } else {
            PageResult.go(
                    next,
                    format.text(
                            retryOutcome instanceof RetryOutcome.Retried
                                    ? "service.retry.done"
                                    : "service.review.late"));
        }
    }

    /** Reports that the item was given up, or that nothing was waiting. */
    public void gaveUp(boolean isDone, String next) {
        PageResult.go(next, format.text(isDone ? "service.cancel.done" : "service.review.late"));
    }
}

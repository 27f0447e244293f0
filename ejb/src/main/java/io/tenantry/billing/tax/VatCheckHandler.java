package io.tenantry.billing.tax;

import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Checks an organization's current VAT number with VIES. VIES, or the state's service behind it, is often unavailable for an hour: the check is
 * retried after increasing delays, and then on the next day by another work item.
 */
@ApplicationScoped
public class VatCheckHandler implements WorkHandler {
    /** Kind of its work items; the subject is the organization. */
    public static final String KIND = "vat-check";

    /** Number of failed attempts, about half an hour in total, after which it waits until the next day. */
    static final int ATTEMPTS_MAX = 8;

    @Inject
    VatCheckTransactions answers;

    @Inject
    Vies vies;

    /** For the container. */
    public VatCheckHandler() {}

    /** For use outside a container. */
    VatCheckHandler(VatCheckTransactions answers, Vies vies) {
        this.answers = answers;
        this.vies = vies;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        if (!vies.isOn()) {
            return WorkOutcome.done();
        }
        var question = answers.question(claimedWorkItem);
        if (question.isEmpty()) {
            return WorkOutcome.done();
        }
        var answer = vies.ask(question.get().number(), question.get().requester());
        answers.note(claimedWorkItem, question.get(), answer);
        return answer.isPassing() && claimedWorkItem.attempt() < ATTEMPTS_MAX
                ? WorkOutcome.failed(answer.reason())
                : WorkOutcome.done();
    }
}

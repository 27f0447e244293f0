package io.tenantry.billing.tax;

import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Asks VIES for the VAT number that an organization states by now. VIES, or the state that it asks, is often away for an hour: it is asked
 * again after pauses that grow, and then on the next day by another item.
 */
@ApplicationScoped
public class VatCheckHandler implements WorkHandler {
    /** Its kind of work; the subject is the organization. */
    public static final String KIND = "vat-check";

    /** After so many attempts in vain, which are some half an hour, it is left alone until the next day. */
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
                ? WorkOutcome.inVain(answer.reason())
                : WorkOutcome.done();
    }
}

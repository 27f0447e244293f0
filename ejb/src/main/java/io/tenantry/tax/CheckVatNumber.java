package io.tenantry.tax;

import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Asks VIES for the VAT number that an organization states by now. VIES, or the state that it asks, is often away for an hour: it is asked
 * again after pauses that grow, and then on the next day by another item.
 */
@ApplicationScoped
public class CheckVatNumber implements Worker {
    /** Its kind of work; the subject is the organization. */
    public static final String KIND = "vat-check";

    /** After so many attempts in vain, which are some half an hour, it is left alone until the next day. */
    static final int ATTEMPTS_MAX = 8;

    @Inject
    VatAnswers answers;

    @Inject
    Vies vies;

    /** For the container. */
    public CheckVatNumber() {}

    /** For use outside a container. */
    CheckVatNumber(VatAnswers answers, Vies vies) {
        this.answers = answers;
        this.vies = vies;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        if (!vies.isOn()) {
            return Outcome.done();
        }
        var question = answers.question(work);
        if (question.isEmpty()) {
            return Outcome.done();
        }
        var answer = vies.ask(question.get().number(), question.get().requester());
        answers.note(work, question.get(), answer);
        return answer.isPassing() && work.attempt() < ATTEMPTS_MAX ? Outcome.inVain(answer.reason()) : Outcome.done();
    }
}

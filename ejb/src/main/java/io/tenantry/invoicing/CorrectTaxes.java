package io.tenantry.invoicing;

import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Corrects what a customer was taxed on before VIES confirmed its number, where the reseller has that done by itself. */
@ApplicationScoped
public class CorrectTaxes implements Worker {
    /** Its kind of work; the subject is the organization. */
    public static final String KIND = "tax-correction";

    @Inject
    TaxCorrections corrections;

    /** For the container. */
    public CorrectTaxes() {}

    /** For use outside a container. */
    CorrectTaxes(TaxCorrections corrections) {
        this.corrections = corrections;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        corrections.correct(work);
        return Outcome.done();
    }
}

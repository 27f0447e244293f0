package io.tenantry.billing.invoicing;

import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Corrects what a customer was taxed on before VIES confirmed its number, where the reseller has that done by itself. */
@ApplicationScoped
public class TaxCorrectionHandler implements WorkHandler {
    /** Its kind of work; the subject is the organization. */
    public static final String KIND = "tax-correction";

    @Inject
    TaxCorrections corrections;

    /** For the container. */
    public TaxCorrectionHandler() {}

    /** For use outside a container. */
    TaxCorrectionHandler(TaxCorrections corrections) {
        this.corrections = corrections;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        corrections.correct(claimedWorkItem);
        return WorkOutcome.done();
    }
}

package io.tenantry.billing.invoicing;

import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Corrects a customer's tax from before VIES confirmed its number, if the reseller has enabled automatic corrections. */
@ApplicationScoped
public class TaxCorrectionHandler implements WorkHandler {
    /** Kind of its work items; the subject is the organization. */
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

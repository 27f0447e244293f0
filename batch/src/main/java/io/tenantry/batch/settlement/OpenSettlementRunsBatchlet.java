package io.tenantry.batch.settlement;

import io.tenantry.settlement.SettlementWorker;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** A batch step that makes sure that every reseller has a run for each month that has ended, including those missed during an outage. */
@Named
@Dependent
public class OpenSettlementRunsBatchlet extends AbstractBatchlet {
    @Inject
    SettlementWorker worker;

    @Override
    public String process() {
        return "opened " + worker.open();
    }
}

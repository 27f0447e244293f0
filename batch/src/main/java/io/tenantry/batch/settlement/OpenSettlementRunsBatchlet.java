package io.tenantry.batch.settlement;

import io.tenantry.settlement.SettlementWorker;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Makes sure that every reseller has a run for each month that has ended, those missed while nothing ran included. */
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

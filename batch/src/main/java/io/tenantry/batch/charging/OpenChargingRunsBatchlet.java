package io.tenantry.batch.charging;

import io.tenantry.billing.charging.ChargingRuns;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Makes sure that every tenant has a run for each hour up to now, those missed while nothing ran included. */
@Named
@Dependent
public class OpenChargingRunsBatchlet extends AbstractBatchlet {
    @Inject
    ChargingRuns runs;

    @Override
    public String process() {
        return "opened " + runs.open(runs.reachedHour());
    }
}

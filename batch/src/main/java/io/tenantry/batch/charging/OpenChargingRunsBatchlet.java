package io.tenantry.batch.charging;

import io.tenantry.billing.charging.ChargingRuns;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** A batch step that makes sure that every tenant has a run for each hour up to now, including those missed during an outage. */
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

package io.tenantry.batch.charging;

import io.tenantry.config.Settings;
import jakarta.batch.api.partition.PartitionMapper;
import jakarta.batch.api.partition.PartitionPlan;
import jakarta.batch.api.partition.PartitionPlanImpl;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Properties;

/** A partition mapper that creates as many partitions as this node has workers. They are identical: each processes what it claims. */
@Named
@Dependent
public class ChargingPartitionMapper implements PartitionMapper {
    @Inject
    Settings settings;

    @Override
    public PartitionPlan mapPartitions() {
        var plan = new PartitionPlanImpl();
        var workers = settings.charging().workers();
        plan.setPartitions(workers);
        plan.setThreads(workers);
        plan.setPartitionsOverride(true);
        var properties = new Properties[workers];
        for (var i = 0; i < workers; i++) {
            properties[i] = new Properties();
        }
        plan.setPartitionProperties(properties);
        return plan;
    }
}

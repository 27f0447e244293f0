package io.tenantry.cloud.transfer;

import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkItems;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;

/** Bills the periods of a tenant's customers when they are over, some per run. It runs permanently. */
@ApplicationScoped
public class OverageBillingHandler implements WorkHandler {
    /** The kind of its work items; there is one item per tenant. */
    public static final String KIND = "bill-transfer";

    static final String KEY = WorkItems.ROUND + "transfer";
    static final UUID SUBJECT = new UUID(0, 0);

    private static final int TOGETHER = 50;
    private static final Duration GO_ON = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofHours(1);

    @Inject
    OverageBilling overageBilling;

    /** For the container. */
    public OverageBillingHandler() {}

    /** For use outside a container. */
    OverageBillingHandler(OverageBilling overageBilling) {
        this.overageBilling = overageBilling;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var due = overageBilling.due(claimedWorkItem, TOGETHER);
        due.forEach(period -> overageBilling.billPeriod(claimedWorkItem, period));
        return WorkOutcome.later(due.size() == TOGETHER ? GO_ON : IDLE);
    }
}

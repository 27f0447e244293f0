package io.tenantry.cloud.transfer;

import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Checks every hour whose included transfer is nearly used up, some organizations per run. It runs permanently. */
@ApplicationScoped
public class UsageAlertHandler implements WorkHandler {
    /** The kind of its work items; there is one item per tenant. */
    public static final String KIND = "warn-transfer";

    private static final int TOGETHER = 50;
    private static final Duration GO_ON = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofHours(1);

    @Inject
    UsageAlerts usageAlerts;

    /** For the container. */
    public UsageAlertHandler() {}

    /** For use outside a container. */
    UsageAlertHandler(UsageAlerts usageAlerts) {
        this.usageAlerts = usageAlerts;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        return WorkOutcome.later(usageAlerts.sendAlerts(claimedWorkItem, TOGETHER) == TOGETHER ? GO_ON : IDLE);
    }
}

package io.tenantry.dunning;

import io.tenantry.config.Settings;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkItemLostException;
import io.tenantry.workqueue.WorkItems;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Processes a tenant's wallets: sends low balance reminders and takes due dunning steps, each in a separate transaction; a failed one does not
 * stop the others. Its work item never completes.
 */
@ApplicationScoped
public class DunningHandler implements WorkHandler {
    /** Kind of its work items; there is one item per tenant. */
    public static final String KIND = "dunning";

    static final String KEY = WorkItems.ROUND + "dunning";
    static final UUID SUBJECT = new UUID(0, 0);

    private static final UUID FIRST = new UUID(0, 0);
    private static final int TOGETHER = 200;
    private static final Duration GO_ON = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(5);
    /** The demo's clock is moved manually, and the user waits for the effect. */
    private static final Duration IDLE_IN_DEMO = Duration.ofSeconds(20);

    private static final System.Logger LOG = System.getLogger(DunningHandler.class.getName());

    @Inject
    DunningTransactions transactions;

    @Inject
    LowBalanceReminders lowBalanceReminders;

    @Inject
    Settings settings;

    /** For the container. */
    public DunningHandler() {}

    /** For use outside a container. */
    DunningHandler(DunningTransactions transactions, LowBalanceReminders lowBalanceReminders, Settings settings) {
        this.transactions = transactions;
        this.lowBalanceReminders = lowBalanceReminders;
        this.settings = settings;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var started = transactions.inspect(claimedWorkItem, TOGETHER);
        lowBalanceReminders.inspect(claimedWorkItem);
        each(
                after -> lowBalanceReminders.within(claimedWorkItem, after, TOGETHER),
                wallet -> lowBalanceReminders.remind(claimedWorkItem, wallet));
        each(
                after -> transactions.due(claimedWorkItem, after, TOGETHER),
                wallet -> transactions.take(claimedWorkItem, wallet));
        return WorkOutcome.later(started == TOGETHER ? GO_ON : settings.demo() ? IDLE_IN_DEMO : IDLE);
    }

    private static void each(Function<UUID, DunningTransactions.Page> pages, Predicate<UUID> action) {
        var page = pages.apply(FIRST);
        take(page, action);
        while (!page.isLast()) {
            page = pages.apply(page.last());
            take(page, action);
        }
    }

    private static void take(DunningTransactions.Page page, Predicate<UUID> action) {
        for (var wallet : page.due()) {
            try {
                var unused = action.test(wallet);
            } catch (WorkItemLostException taken) {
                throw taken;
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.WARNING, "dunning step failed wallet=" + wallet, failure);
            }
        }
    }
}

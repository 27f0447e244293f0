package io.tenantry.usage;

import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;

/** Reckons the periods of a tenant's customers when they are over, some a turn. It never ends. */
@ApplicationScoped
public class BillTransfer implements Worker {
    /** Its kind of work; there is one item a tenant. */
    public static final String KIND = "bill-transfer";

    static final String KEY = WorkItems.ROUND + "transfer";
    static final UUID SUBJECT = new UUID(0, 0);

    private static final int TOGETHER = 50;
    private static final Duration GO_ON = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofHours(1);

    @Inject
    Bills bills;

    /** For the container. */
    public BillTransfer() {}

    /** For use outside a container. */
    BillTransfer(Bills bills) {
        this.bills = bills;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var due = bills.due(work, TOGETHER);
        due.forEach(period -> bills.reckon(work, period));
        return Outcome.later(due.size() == TOGETHER ? GO_ON : IDLE);
    }
}

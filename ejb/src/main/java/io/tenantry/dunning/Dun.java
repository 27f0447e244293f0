package io.tenantry.dunning;

import io.tenantry.config.Settings;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import io.tenantry.work.WorkTaken;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;

/** Goes through a tenant's debts and takes the steps that are due, each in a transaction of its own; one that fails stops no other. It never ends. */
@ApplicationScoped
public class Dun implements Worker {
    /** Its kind of work; there is one item a tenant. */
    public static final String KIND = "dunning";

    static final String KEY = WorkItems.ROUND + "dunning";
    static final UUID SUBJECT = new UUID(0, 0);

    private static final UUID FIRST = new UUID(0, 0);
    private static final int TOGETHER = 200;
    private static final Duration GO_ON = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(5);
    /** The clock of a demo is moved by hand, and whoever moves it waits. */
    private static final Duration IDLE_IN_DEMO = Duration.ofSeconds(20);

    private static final System.Logger LOG = System.getLogger(Dun.class.getName());

    @Inject
    DunningSteps steps;

    @Inject
    Settings settings;

    /** For the container. */
    public Dun() {}

    /** For use outside a container. */
    Dun(DunningSteps steps, Settings settings) {
        this.steps = steps;
        this.settings = settings;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var begun = steps.look(work, TOGETHER);
        var page = steps.due(work, FIRST, TOGETHER);
        take(work, page);
        while (!page.isLast()) {
            page = steps.due(work, page.last(), TOGETHER);
            take(work, page);
        }
        return Outcome.later(begun == TOGETHER ? GO_ON : settings.demo() ? IDLE_IN_DEMO : IDLE);
    }

    private void take(Work work, DunningSteps.Page page) {
        for (var wallet : page.due()) {
            try {
                var unused = steps.take(work, wallet);
            } catch (WorkTaken taken) {
                throw taken;
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.WARNING, "no step was taken of wallet=" + wallet, failure);
            }
        }
    }
}

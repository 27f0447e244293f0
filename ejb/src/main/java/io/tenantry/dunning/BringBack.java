package io.tenantry.dunning;

import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Brings back what was suspended for a debt, as soon as the money is certain. */
@ApplicationScoped
public class BringBack implements Worker {
    /** Its kind of work; there is one item an episode that ended. */
    public static final String KIND = "dunning-return";

    @Inject
    DunningSteps steps;

    /** For the container. */
    public BringBack() {}

    /** For use outside a container. */
    BringBack(DunningSteps steps) {
        this.steps = steps;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var unused = steps.bringBack(work, work.subject());
        return Outcome.done();
    }
}

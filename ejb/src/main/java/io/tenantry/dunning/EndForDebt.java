package io.tenantry.dunning;

import io.tenantry.provisioning.ServiceLocked;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Ends a service whose time after being suspended for debt is over. One that its customer has locked a person decides about. */
@ApplicationScoped
public class EndForDebt implements Worker {
    /** Its kind of work; there is one item a service and debt. */
    public static final String KIND = "dunning-end";

    @Inject
    DunningSteps steps;

    /** For the container. */
    public EndForDebt() {}

    /** For use outside a container. */
    EndForDebt(DunningSteps steps) {
        this.steps = steps;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        try {
            var unused = steps.end(work, work.subject());
            return Outcome.done();
        } catch (ServiceLocked locked) {
            return Outcome.unclear("the service is protected against being ended");
        }
    }
}

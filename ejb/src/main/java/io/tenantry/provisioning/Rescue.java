package io.tenantry.provisioning;

import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Has a server started into its vendor's rescue system. How, {@link RescueTurn} knows. */
@ApplicationScoped
public class Rescue implements Worker {
    /** Its kind of work; the key is the wish. */
    public static final String KIND = "rescue";

    @Inject
    ChangeSteps steps;

    @Inject
    Upstreams upstreams;

    /** Knows all that may enter a server. */
    @Inject
    Provision provision;

    /** For the container. */
    public Rescue() {}

    /** For use outside a container. */
    Rescue(ChangeSteps steps, Upstreams upstreams, Provision provision) {
        this.steps = steps;
        this.upstreams = upstreams;
        this.provision = provision;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        return new RescueTurn(steps, upstreams, provision).work(work);
    }
}

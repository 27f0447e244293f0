package io.tenantry.provisioning;

import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Has a server that is in its vendor's rescue system started from its own disk again. How, {@link RescueTurn} knows. */
@ApplicationScoped
public class Return implements Worker {
    /** Its kind of work; the key is the wish. */
    public static final String KIND = "return";

    @Inject
    ChangeSteps steps;

    @Inject
    Upstreams upstreams;

    /** Knows all that may enter a server. */
    @Inject
    Provision provision;

    /** For the container. */
    public Return() {}

    /** For use outside a container. */
    Return(ChangeSteps steps, Upstreams upstreams, Provision provision) {
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

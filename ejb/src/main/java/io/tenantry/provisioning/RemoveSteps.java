package io.tenantry.provisioning;

import io.tenantry.provisioning.Calls.Result;
import io.tenantry.provisioning.Calls.Step;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What is written down while a server is being deleted; as {@link ProvisionSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RemoveSteps {
    @Inject
    Lives lives;

    @Inject
    Calls calls;

    @Inject
    WorkItems items;

    /** For the container. */
    public RemoveSteps() {}

    /** For use outside a container. */
    public RemoveSteps(Lives lives, Calls calls, WorkItems items) {
        this.lives = lives;
        this.calls = calls;
        this.items = items;
    }

    /** How the service stands. */
    public Life read(UUID serviceId) {
        return lives.read(serviceId);
    }

    /**
     * Servers of it are there: the vendor is about to be asked to delete them.
     *
     * @return how long ago it was asked first, since somebody has looked again if anybody has
     */
    public Duration announce(Work work) {
        var life = held(work);
        var open = open(life);
        calls.find(life.id(), Step.DELETE);
        return open.map(Calls.Call::age).orElse(Duration.ZERO);
    }

    /**
     * The vendor says that there is nothing. It is believed when it says so again, a grace later, and later than any vendor's delay if
     * a server was asked for and given up.
     *
     * @return whether the service is over, and nothing is left of it
     */
    public boolean missed(Work work) {
        var life = held(work);
        var open = open(life);
        calls.miss(life.id(), Step.DELETE);
        if (open.filter(Calls.Call::isMissed).isEmpty() || calls.mayAppear(life.id())) {
            return false;
        }
        calls.end(life.id(), Step.DELETE, Result.DONE, "");
        if (life.state() == Service.State.TERMINATING) {
            lives.move(life, Service.State.TERMINATED);
            lives.tell(life, "gone", "state", "terminated");
        }
        return true;
    }

    /** The call that is open; if none is, one is from now on. */
    private Optional<Calls.Call> open(Life life) {
        var latest = calls.latest(life.id(), Step.DELETE);
        var open = latest.filter(Calls.Call::isOpen);
        if (open.isEmpty()) {
            calls.announce(
                    life.id(), Step.DELETE, latest.map(Calls.Call::attempt).orElse(0) + 1);
        }
        return open;
    }

    private Life held(Work work) {
        items.hold(work);
        return lives.lock(work.subject());
    }
}

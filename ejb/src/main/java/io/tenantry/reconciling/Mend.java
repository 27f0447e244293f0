package io.tenantry.reconciling;

import io.tenantry.finding.Deed;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Power;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.Server;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Does at a vendor what was decided about a finding. It always looks first: a server that is deleted must still have the mark that it was
 * found with, for numbers may be given to others.
 */
@ApplicationScoped
public class Mend implements Worker {
    /** Its kind of work; the key is the finding and the how manieth deed about it. */
    public static final String KIND = "mend";

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofMinutes(1);

    @Inject
    MendSteps steps;

    @Inject
    Inventories inventories;

    /** For the container. */
    public Mend() {}

    /** For use outside a container. */
    Mend(MendSteps steps, Inventories inventories) {
        this.steps = steps;
        this.inventories = inventories;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var order = steps.read(work);
        if (order.isEmpty()) {
            return Outcome.done();
        }
        var opened = inventories.open(order.get().account());
        if (opened.isEmpty()) {
            return Outcome.inVain("nobody knows the account " + order.get().account());
        }
        try {
            return order.get().deed() == Deed.DELETE
                    ? delete(work, order.get(), opened.get().provider())
                    : turn(work, order.get(), opened.get().provider());
        } catch (ProviderFailure failure) {
            return new Outcome.InVain(opened.get().words(failure), failure.comeAgainIn());
        }
    }

    private Outcome delete(Work work, MendSteps.Order order, Provider provider) {
        var server = provider.server(order.upstreamId());
        if (server.isEmpty()) {
            steps.gone(work);
            return Outcome.done();
        }
        if (!server.get().mark().map(Mark::text).orElse("").equals(order.mark())) {
            steps.callOff(work);
            return Outcome.done();
        }
        var asked = steps.ask(work);
        if (asked.isEmpty()) {
            return Outcome.done();
        }
        var age = asked.get();
        if (server.get().state() != Server.State.LEAVING) {
            provider.delete(order.upstreamId());
        }
        if (Deed.DELETE.isOverdue(age)) {
            return Outcome.unclear("server " + order.upstreamId() + " is still there after " + age);
        }
        return Outcome.later(age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER);
    }

    /** It is asked for until a reading has seen that it is so, or so long in vain that somebody may decide anew. */
    private Outcome turn(Work work, MendSteps.Order order, Provider provider) {
        var server = provider.server(order.upstreamId());
        var mark = Mark.read(order.mark());
        if (server.isEmpty() || mark.filter(server.get()::mayBe).isEmpty()) {
            steps.callOff(work);
            return Outcome.done();
        }
        if (isSo(order, server.get().state())) {
            return Outcome.later(Reconcile.EVERY);
        }
        var asked = steps.ask(work);
        if (asked.isEmpty()) {
            return Outcome.done();
        }
        if (Deed.SWITCH.isOverdue(asked.get())) {
            steps.callOff(work);
            return Outcome.done();
        }
        var unused = provider.power(order.upstreamId(), order.isOff() ? Power.OFF : Power.ON);
        return Outcome.later(LATER);
    }

    /** One that its customer has shut down is as it should be. */
    private static boolean isSo(MendSteps.Order order, Server.State state) {
        return state == Server.State.STOPPED || (state == Server.State.RUNNING && !order.isOff());
    }
}

package io.tenantry.provisioning;

import io.tenantry.provider.Progress.Stage;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Rescuing;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.ChangeSteps.Asked;
import io.tenantry.provisioning.ChangeSteps.Standing;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One turn of the way into a rescue system, or out of it. Where the vendor tells which system a server is in, that counts more than what
 * became of its task, and one that is there already is not started again. Where the answer was lost it is asked for again after a while: until it is told that it is done nobody uses the server. If that
 * fails nobody knows what became of the first, unless the vendor tells: then a person looks.
 */
final class RescueTurn extends Change {
    /** What takes longer is looked at by a person. */
    static final Duration PATIENCE = Duration.ofMinutes(30);

    /** So long after a lost answer it is asked for again. */
    static final Duration UNTIL_AGAIN = Duration.ofMinutes(2);

    private final ChangeSteps steps;
    private final Provision provision;

    RescueTurn(ChangeSteps steps, Upstreams upstreams, Provision provision) {
        super(steps, upstreams);
        this.steps = steps;
        this.provision = provision;
    }

    @Override
    Outcome change(Work work, Standing standing, Upstream.Home home, Server server) {
        var wanted = (Wanted.Rescue) standing.wanted().orElseThrow();
        if (!(home.provider() instanceof Rescuing rescuing)) {
            return fail(work, Reason.INVALID, "the vendor starts no rescue system");
        }
        Supplier<Task> question = () -> wanted.isRescue()
                ? rescuing.rescue(server.id(), provision.keys(standing.life(), wanted.handed()))
                : rescuing.leaveRescue(server.id());
        if (standing.asked().isPresent()) {
            return look(work, wanted, standing.asked().get(), home, server, question);
        }
        if (isMoving(server)) {
            throw new ProviderFailure(Reason.BUSY, "server " + server.id() + " is " + server.state());
        }
        return isSo(rescuing, server, wanted) ? done(work) : ask(work, home, question);
    }

    /** How far it is. */
    private Outcome look(
            Work work, Wanted.Rescue wanted, Asked asked, Upstream.Home home, Server server, Supplier<Task> question) {
        var rescuing = (Rescuing) home.provider();
        var progress = asked.task().map(home.provider()::progress);
        if (progress.isEmpty()) {
            var isOver = asked.age().compareTo(UNTIL_AGAIN) > 0 && !isMoving(server);
            if (isSo(rescuing, server, wanted)) {
                return done(work);
            }
            return isOver && wanted.age().compareTo(PATIENCE) <= 0
                    ? ask(work, home, question)
                    : await(server, wanted.age(), PATIENCE);
        }
        var stage = progress.get().stage();
        if (stage == Stage.FAILED && isSo(rescuing, server, wanted)) {
            return done(work);
        }
        if (stage == Stage.FAILED) {
            var words = home.mask().apply(progress.get().words());
            if (rescuing.isRescued(server.id()).isEmpty() && mayBeDone(work)) {
                steps.refused(work, words);
                return Outcome.unclear(words);
            }
            return fail(work, Reason.VENDOR, words);
        }
        if (stage == Stage.DONE && server.state() == Server.State.RUNNING) {
            var isThere = rescuing.isRescued(server.id()).orElse(wanted.isRescue()) == wanted.isRescue();
            return isThere
                    ? done(work)
                    : fail(work, Reason.VENDOR, "server " + server.id() + " is in its other system");
        }
        return await(server, asked.sinceThen(wanted), PATIENCE);
    }

    @Override
    boolean mayBeDone(Work work) {
        return steps.isLost(work);
    }

    private Outcome done(Work work) {
        steps.turnedOver(work);
        return Outcome.done();
    }

    /** Whether the vendor says that it runs the wanted system. */
    private static boolean isSo(Rescuing rescuing, Server server, Wanted.Rescue wanted) {
        return server.state() == Server.State.RUNNING
                && rescuing.isRescued(server.id()).equals(Optional.of(wanted.isRescue()));
    }
}

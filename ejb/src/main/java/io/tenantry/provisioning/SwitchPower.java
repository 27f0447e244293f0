package io.tenantry.provisioning;

import io.tenantry.provider.Mark;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.PowerSteps.Asked;
import io.tenantry.provisioning.PowerSteps.Standing;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Switches a server as it is wanted. It looks first: one that is so already is fine. To start or to stop is asked for again if an answer
 * was lost, to restart is not: nobody wants that twice.
 * What people want fails soon, so that they can want it again; what is suspended is switched off whatever it takes: again and again after
 * growing pauses, and then a person decides.
 */
@ApplicationScoped
public class SwitchPower implements Worker {
    /** Its kind of work; each wish has a key of its own. */
    public static final String KIND = "power";

    /** A system that does not end by itself is switched off then. */
    static final Duration UNTIL_OFF = Duration.ofMinutes(2);

    /** What takes longer has failed. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** So long after a lost answer it is asked for again, or taken for done. */
    static final Duration UNTIL_AGAIN = Duration.ofSeconds(30);

    private static final int ATTEMPTS_MAX = 5;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration MEANWHILE = Duration.ofSeconds(20);

    @Inject
    PowerSteps steps;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public SwitchPower() {}

    /** For use outside a container. */
    public SwitchPower(PowerSteps steps, Upstreams upstreams) {
        this.steps = steps;
        this.upstreams = upstreams;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var standing = steps.read(work);
        if (standing.wanted().isEmpty()) {
            return Outcome.done();
        }
        if (!standing.isRunning()) {
            steps.drop(work);
            return Outcome.done();
        }
        if (standing.isOccupied()) {
            return Outcome.later(MEANWHILE);
        }
        var account = standing.life().place().account();
        Optional<Upstream.Home> home;
        try {
            home = upstreams.open(account);
        } catch (ProviderFailure shut) {
            return inVain(work, standing, shut, Upstream.Home.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty()) {
            return fail(work, standing, Reason.CREDENTIALS, "nobody knows the account " + account);
        }
        try {
            return turn(work, standing, standing.wanted().get(), home.get());
        } catch (ProviderFailure failure) {
            return inVain(work, standing, failure, home.get().words(failure));
        }
    }

    private Outcome turn(Work work, Standing standing, Switching wanted, Upstream.Home home) {
        var id = standing.life().upstreamId().orElse("");
        var mark = new Mark(work.subject());
        var server = home.provider().server(id).filter(one -> one.mayBe(mark));
        if (server.isEmpty()) {
            throw new ProviderFailure(Reason.NOT_FOUND, "there is no server " + id);
        }
        var state = server.get().state();
        var asked = standing.asked();
        if (asked.isPresent() && wanted.isBy(asked.get().power())) {
            return await(work, standing, asked.get(), wanted, home, server.get());
        }
        if (asked.isPresent() && mayBeUnderWay(asked.get(), home)) {
            return Outcome.later(SOON);
        }
        if (asked.isPresent()) {
            steps.settle(work);
        }
        if (isSo(standing, wanted, state)) {
            steps.done(work, true);
            return Outcome.done();
        }
        if (isMoving(state)) {
            throw new ProviderFailure(Reason.BUSY, "server " + id + " is " + state);
        }
        return ask(work, standing, id, wanted.first(), home);
    }

    /** What was wanted before may still be done: who looks now sees what is over in a moment. */
    private static boolean mayBeUnderWay(Asked asked, Upstream.Home home) {
        return asked.task().isPresent()
                ? asked.age().compareTo(PATIENCE) < 0
                        && home.provider().progress(asked.task().get()).stage() == Progress.Stage.RUNNING
                : asked.age().compareTo(UNTIL_OFF) < 0;
    }

    /** What its vendor has suspended is off as well. */
    private static boolean isSo(Standing standing, Switching wanted, Server.State state) {
        return wanted.isSo(state) || (standing.isSuspended() && state == Server.State.SUSPENDED);
    }

    private Outcome ask(Work work, Standing standing, String id, Power power, Upstream.Home home) {
        if (!steps.announce(work, power)) {
            return Outcome.done();
        }
        Task task;
        try {
            task = home.provider().power(id, power);
        } catch (ProviderFailure failure) {
            var words = home.words(failure);
            if (failure.maybeDone()) {
                steps.unsure(work, words);
            } else {
                steps.refused(work, words);
            }
            return inVain(work, standing, failure, words);
        }
        steps.taken(work, task);
        return Outcome.later(SOON);
    }

    private Outcome await(
            Work work, Standing standing, Asked asked, Switching wanted, Upstream.Home home, Server server) {
        var progress = asked.task().map(home.provider()::progress);
        var isOver =
                progress.filter(one -> one.stage() == Progress.Stage.RUNNING).isEmpty();
        var hasFailed =
                progress.filter(one -> one.stage() == Progress.Stage.FAILED).isPresent();
        if (hasFailed && standing.isSuspended() && asked.power() == Power.SHUT_DOWN) {
            return ask(work, standing, server.id(), Power.OFF, home);
        }
        if (hasFailed) {
            return fail(
                    work,
                    standing,
                    Reason.VENDOR,
                    Upstream.Home.words(home.mask().apply(progress.get().words())));
        }
        if (isOver && isSo(standing, wanted, server.state())) {
            steps.done(work, true);
            return Outcome.done();
        }
        if (isOver && isRestarted(wanted, server, asked)) {
            steps.done(work, asked.task().isPresent());
            return Outcome.done();
        }
        if (asked.age().compareTo(PATIENCE) > 0) {
            var words = "server " + server.id() + " is " + server.state() + " since " + asked.age();
            return fail(work, standing, Reason.VENDOR, words);
        }
        if (asked.power() == Power.SHUT_DOWN && asked.age().compareTo(UNTIL_OFF) > 0) {
            return ask(work, standing, server.id(), Power.OFF, home);
        }
        var isLost = asked.task().isEmpty() && asked.age().compareTo(UNTIL_AGAIN) > 0;
        if (isLost && wanted != Switching.RESTART && !isMoving(server.state())) {
            return ask(work, standing, server.id(), asked.power(), home);
        }
        return Outcome.later(SOON);
    }

    /** Whose answer was lost runs again after a while; whether it was away in between nobody can tell. */
    private static boolean isRestarted(Switching wanted, Server server, Asked asked) {
        return wanted == Switching.RESTART
                && server.state() == Server.State.RUNNING
                && (asked.task().isPresent() || asked.age().compareTo(UNTIL_AGAIN) > 0);
    }

    private static boolean isMoving(Server.State state) {
        return state == Server.State.BUSY || state == Server.State.BUILDING;
    }

    /** Comes again; but people wait, and do not wait for long. What is suspended has nobody who waits. */
    private Outcome inVain(Work work, Standing standing, ProviderFailure failure, String words) {
        var mayHelp = failure.isPassing() || failure.maybeDone();
        if (mayHelp && (standing.isSuspended() || work.attempt() < ATTEMPTS_MAX)) {
            return new Outcome.InVain(words, failure.comeAgainIn());
        }
        return fail(work, standing, failure.reason(), words);
    }

    /** It will not be so by itself. */
    private Outcome fail(Work work, Standing standing, Reason reason, String words) {
        if (standing.isSuspended()) {
            return Outcome.unclear(words);
        }
        steps.fail(work, reason, words);
        return Outcome.done();
    }
}

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
        if (!standing.isActive()) {
            steps.drop(work);
            return Outcome.done();
        }
        var account = standing.life().place().account();
        Optional<Upstream.Home> home;
        try {
            home = upstreams.open(account);
        } catch (ProviderFailure shut) {
            return inVain(work, shut, Upstream.Home.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty()) {
            steps.fail(work, Reason.CREDENTIALS, "nobody knows the account " + account);
            return Outcome.done();
        }
        try {
            return turn(work, standing, standing.wanted().get(), home.get());
        } catch (ProviderFailure failure) {
            return inVain(work, failure, home.get().words(failure));
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
        if (standing.asked().isPresent()) {
            return await(work, standing.asked().get(), wanted, home, server.get());
        }
        if (wanted.isSo(state)) {
            steps.done(work, true);
            return Outcome.done();
        }
        if (isMoving(state)) {
            throw new ProviderFailure(Reason.BUSY, "server " + id + " is " + state);
        }
        return ask(work, id, wanted.first(), home);
    }

    private Outcome ask(Work work, String id, Power power, Upstream.Home home) {
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
            return inVain(work, failure, words);
        }
        steps.taken(work, task);
        return Outcome.later(SOON);
    }

    private Outcome await(Work work, Asked asked, Switching wanted, Upstream.Home home, Server server) {
        var progress = asked.task().map(home.provider()::progress);
        var isOver =
                progress.filter(one -> one.stage() == Progress.Stage.RUNNING).isEmpty();
        if (progress.filter(one -> one.stage() == Progress.Stage.FAILED).isPresent()) {
            steps.fail(
                    work,
                    Reason.VENDOR,
                    Upstream.Home.words(home.mask().apply(progress.get().words())));
            return Outcome.done();
        }
        if (isOver && wanted.isSo(server.state())) {
            steps.done(work, true);
            return Outcome.done();
        }
        if (isOver && isRestarted(wanted, server, asked)) {
            steps.done(work, asked.task().isPresent());
            return Outcome.done();
        }
        if (asked.age().compareTo(PATIENCE) > 0) {
            steps.fail(
                    work, Reason.VENDOR, "server " + server.id() + " is " + server.state() + " since " + asked.age());
            return Outcome.done();
        }
        if (asked.power() == Power.SHUT_DOWN && asked.age().compareTo(UNTIL_OFF) > 0) {
            return ask(work, server.id(), Power.OFF, home);
        }
        var isLost = asked.task().isEmpty() && asked.age().compareTo(UNTIL_AGAIN) > 0;
        if (isLost && wanted != Switching.RESTART && !isMoving(server.state())) {
            return ask(work, server.id(), asked.power(), home);
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

    /** Comes again; but people wait, and do not wait for long. */
    private Outcome inVain(Work work, ProviderFailure failure, String words) {
        var mayHelp = failure.isPassing() || failure.maybeDone();
        if (mayHelp && work.attempt() < ATTEMPTS_MAX) {
            return new Outcome.InVain(words, failure.comeAgainIn());
        }
        steps.fail(work, failure.reason(), words);
        return Outcome.done();
    }
}

package io.tenantry.provisioning;

import io.tenantry.provider.Isolating;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.NetworkSteps.Asked;
import io.tenantry.provisioning.NetworkSteps.Situation;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Cuts a server off from its network, or gives it back, as it is wanted. Both may be asked for twice, so that what was asked before somebody
 * died, or an answer was lost, is asked for again. It is done when the vendor is seen to have done it. Whom a vendor cannot cut off is switched
 * off instead; else it is tried again after growing pauses, and then a person decides.
 */
@ApplicationScoped
public class CutNetwork implements Worker {
    /** Its kind of work; each wish has a key of its own. */
    public static final String KIND = "network";

    /** What is not seen by then is asked for anew. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** So long the opposite of what is wanted may still be done, if its answer was lost. */
    static final Duration UNTIL_OVER = Duration.ofMinutes(2);

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration MEANWHILE = Duration.ofSeconds(20);

    @Inject
    NetworkSteps steps;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public CutNetwork() {}

    /** For use outside a container. */
    CutNetwork(NetworkSteps steps, Upstreams upstreams) {
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
        var wanted = standing.wanted().get();
        if (wanted == Network.CUT && standing.isChanging()) {
            return Outcome.later(MEANWHILE);
        }
        var account = standing.life().place().account();
        Optional<Upstream.Home> home;
        try {
            home = upstreams.open(account);
        } catch (ProviderFailure shut) {
            return inVain(work, wanted, shut, Upstream.Home.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty()) {
            return Outcome.unclear("nobody knows the account " + account);
        }
        try {
            return turn(work, standing, wanted, home.get());
        } catch (ProviderFailure failure) {
            return inVain(work, wanted, failure, home.get().words(failure));
        }
    }

    private Outcome turn(Work work, Situation standing, Network wanted, Upstream.Home home) {
        if (!(home.provider() instanceof Isolating isolating)) {
            throw new ProviderFailure(Reason.INVALID, "the vendor cuts no server off");
        }
        var id = standing.life().upstreamId().orElse("");
        var mark = new Mark(work.subject());
        if (home.provider().server(id).filter(one -> one.mayBe(mark)).isEmpty()) {
            throw new ProviderFailure(Reason.NOT_FOUND, "there is no server " + id);
        }
        var asked = standing.asked();
        if (asked.filter(one -> one.what() == wanted && one.task().isPresent()).isPresent()) {
            return await(work, wanted, asked.get(), home, isolating.reach(id));
        }
        if (asked.filter(one -> one.what() != wanted && mayBeUnderWay(one, home))
                .isPresent()) {
            return Outcome.later(SOON);
        }
        return ask(work, wanted, id, home, isolating);
    }

    private Outcome ask(Work work, Network wanted, String id, Upstream.Home home, Isolating isolating) {
        if (!steps.announce(work, wanted)) {
            return Outcome.done();
        }
        Task task;
        try {
            task = wanted == Network.CUT ? isolating.cutOff(id) : isolating.reconnect(id);
        } catch (ProviderFailure failure) {
            var words = home.words(failure);
            if (failure.maybeDone()) {
                steps.unsure(work, words);
            } else {
                steps.refused(work, words);
            }
            return inVain(work, wanted, failure, words);
        }
        steps.taken(work, task);
        return Outcome.later(SOON);
    }

    private Outcome await(Work work, Network wanted, Asked asked, Upstream.Home home, Isolating.Reach reach) {
        var progress = progress(asked, home);
        if (progress.stage() == Progress.Stage.DONE && wanted.isSo(reach)) {
            steps.done(work);
            return Outcome.done();
        }
        if (progress.stage() == Progress.Stage.FAILED) {
            return again(work, Upstream.Home.words(home.mask().apply(progress.words())));
        }
        return asked.age().compareTo(PATIENCE) > 0
                ? again(work, "its network is " + reach + " since " + asked.age())
                : Outcome.later(SOON);
    }

    /** It is asked for anew the next time. */
    private Outcome again(Work work, String words) {
        steps.refused(work, words);
        return Outcome.inVain(words);
    }

    private static Progress progress(Asked asked, Upstream.Home home) {
        return asked.task()
                .filter(task -> !task.equals(Task.NOTHING))
                .map(home.provider()::progress)
                .orElse(Progress.done());
    }

    /** What was wanted before may still be done, and undo what is wanted now. */
    private static boolean mayBeUnderWay(Asked asked, Upstream.Home home) {
        return asked.task().isPresent()
                ? asked.age().compareTo(PATIENCE) < 0 && progress(asked, home).stage() == Progress.Stage.RUNNING
                : asked.age().compareTo(UNTIL_OVER) < 0;
    }

    /** Of what cannot be cut off the power can be switched; network that is to be given back is, or a person decides. */
    private Outcome inVain(Work work, Network wanted, ProviderFailure failure, String words) {
        if (wanted == Network.CUT && isForGood(failure.reason())) {
            steps.fallBack(work, words);
            return Outcome.later(SOON);
        }
        return failure.isPassing() || failure.maybeDone()
                ? new Outcome.InVain(words, failure.comeAgainIn())
                : Outcome.unclear(words);
    }

    /** Whether the vendor will say the same tomorrow. */
    private static boolean isForGood(Reason reason) {
        return switch (reason) {
            case FORBIDDEN, INVALID, LIMIT -> true;
            case CREDENTIALS, NOT_FOUND, NO_CAPACITY, BUSY, TOO_OFTEN, UNREACHABLE, NO_ANSWER, VENDOR, NOT_UNDERSTOOD ->
                false;
        };
    }
}

package io.tenantry.provisioning;

import io.tenantry.provider.Mark;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.ChangeSteps.Standing;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every change of a server has in common, whatever it becomes: who does it looks first, writes down that it asks, asks, keeps the
 * vendor's task and comes again until it is done. While nobody can tell whether the vendor is at it, nothing is given up: that is for a
 * person. What has the server's number by now and bears another's mark is not touched.
 */
abstract class Change {
    private static final int ATTEMPTS_MAX = 5;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofSeconds(20);

    private final ChangeSteps steps;
    private final Upstreams upstreams;

    Change(ChangeSteps steps, Upstreams upstreams) {
        this.steps = steps;
        this.upstreams = upstreams;
    }

    /** One turn; as {@link Worker#work}. */
    final Outcome work(Work work) {
        var standing = steps.read(work);
        if (standing.wanted().isEmpty()) {
            return Outcome.done();
        }
        if (!standing.isRunning()) {
            steps.drop(work);
            return Outcome.done();
        }
        var account = standing.life().place().account();
        Optional<Upstream.Home> home;
        try {
            home = upstreams.open(account);
        } catch (ProviderFailure shut) {
            return inVain(work, standing, shut, Upstream.Home.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty()) {
            var unknown = new ProviderFailure(Reason.CREDENTIALS, "nobody knows the account " + account);
            return inVain(work, standing, unknown, String.valueOf(unknown.getMessage()));
        }
        try {
            var id = standing.life().upstreamId().orElse("");
            var mark = new Mark(work.subject());
            var server = home.get()
                    .provider()
                    .server(id)
                    .filter(one -> one.mayBe(mark))
                    .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no server " + id));
            return change(work, standing, home.get(), server);
        } catch (ProviderFailure failure) {
            return inVain(work, standing, failure, home.get().words(failure));
        }
    }

    /** Looks at the server, and does what comes next. */
    abstract Outcome change(Work work, Standing standing, Upstream.Home home, Server server);

    /** Asks the vendor, unless nobody wants it any more. */
    final Outcome ask(Work work, Upstream.Home home, Supplier<Task> question) {
        if (!steps.announce(work)) {
            return Outcome.done();
        }
        Task task;
        try {
            task = question.get();
        } catch (ProviderFailure failure) {
            var words = home.words(failure);
            if (failure.maybeDone()) {
                steps.unsure(work, words);
                return new Outcome.InVain(words, failure.comeAgainIn());
            }
            steps.refused(work, words);
            return orFail(work, failure, words);
        }
        steps.taken(work, task);
        return Outcome.later(SOON);
    }

    /** Whether what failed now may have been done before, and nobody can see it: then a person has to look. */
    boolean mayBeDone(Work work) {
        return false;
    }

    /** It surely will not be done. */
    final Outcome fail(Work work, Reason reason, String words) {
        steps.fail(work, reason, Upstream.Home.words(words));
        return Outcome.done();
    }

    /** The vendor is at it; what takes longer than that is looked at by a person. */
    final Outcome await(Server server, Duration age, Duration patience) {
        if (age.compareTo(patience) > 0) {
            return Outcome.unclear("server " + server.id() + " is " + server.state()
                    + (server.size().isEmpty() ? "" : " of size " + server.size()) + ", asked for " + age + " ago");
        }
        return Outcome.later(age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER);
    }

    static boolean isMoving(Server server) {
        return server.state() == Server.State.BUSY || server.state() == Server.State.BUILDING;
    }

    /** What was asked may be under way: then it is asked how far it is, again and again, until a person has to look. */
    private Outcome inVain(Work work, Standing standing, ProviderFailure failure, String words) {
        return standing.asked().isPresent()
                ? new Outcome.InVain(words, failure.comeAgainIn())
                : orFail(work, failure, words);
    }

    /** People wait, and do not wait for long. */
    private Outcome orFail(Work work, ProviderFailure failure, String words) {
        var mayHelp = failure.isPassing() || failure.maybeDone();
        if (mayHelp && work.attempt() < ATTEMPTS_MAX) {
            return new Outcome.InVain(words, failure.comeAgainIn());
        }
        return mayBeDone(work) ? Outcome.unclear(words) : fail(work, failure.reason(), words);
    }
}

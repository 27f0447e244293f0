package io.tenantry.options;

import io.tenantry.options.ServiceOption.State;
import io.tenantry.provider.Backups;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.Upstream;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Has a server's backups switched on and off, which vendors take twice as once, and one of them put back, which is never asked for twice:
 * nobody wants to lose again what was written since.
 */
@ApplicationScoped
public class BackupWork implements Worker {
    /** Its kind of work; each wish has a key of its own. */
    public static final String KIND = "backup";

    /** Putting a disk back takes a while; what takes longer nobody can tell. */
    static final Duration PATIENCE = Duration.ofHours(2);

    /** So long after a lost answer it is said that nobody knows. */
    static final Duration UNTIL_UNSURE = Duration.ofMinutes(1);

    private static final int ATTEMPTS_MAX = 5;
    private static final Duration SOON = Duration.ofSeconds(2);

    @Inject
    BackupSteps steps;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public BackupWork() {}

    /** For use outside a container. */
    BackupWork(BackupSteps steps, Upstreams upstreams) {
        this.steps = steps;
        this.upstreams = upstreams;
    }

    /** What is at hand in one turn. */
    private record Turn(Work work, ServiceOption option, String serverId, Upstream.Home home, Backups backups) {
        void requireOwn() {
            home.requireOwn(serverId, new Mark(option.serviceId()));
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        if (steps.isPast(work)) {
            return Outcome.done();
        }
        var option = steps.read(work.subject());
        Optional<Upstream.Home> home;
        try {
            home = upstreams.open(option.account());
        } catch (ProviderFailure shut) {
            return Outcome.inVain(Upstream.Home.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty() || !(home.get().provider() instanceof Backups backups)) {
            return Outcome.unclear("there are no backups in the account " + option.account());
        }
        if (option.isToWait()) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        var turn = new Turn(work, option, option.serverId().orElse(""), home.get(), backups);
        try {
            return switch (option.state()) {
                case ORDERED -> switchOn(turn);
                case ACTIVE -> option.wanted().isPresent() ? restore(turn) : Outcome.done();
                case TERMINATING -> switchOff(turn);
                case TERMINATED, FAILED -> Outcome.done();
            };
        } catch (ProviderFailure failure) {
            return inVain(turn, failure);
        }
    }

    private Outcome switchOn(Turn turn) {
        turn.requireOwn();
        if (turn.option().asked().isPresent()) {
            steps.unsure(turn.work()); // Whoever asked before did not live to say what came of it.
        }
        steps.announce(turn.work());
        try {
            turn.backups().backUp(turn.serverId(), true);
        } catch (ProviderFailure failure) {
            lostOrRefused(turn, failure);
            throw failure;
        }
        steps.activate(turn.work());
        return Outcome.done();
    }

    /** Where there is no server any more, nothing is copied. */
    private Outcome switchOff(Turn turn) {
        try {
            turn.requireOwn();
            turn.backups().backUp(turn.serverId(), false);
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
        }
        steps.off(turn.work());
        return Outcome.done();
    }

    private Outcome restore(Turn turn) {
        if (!turn.option().isServerActive()) {
            steps.giveUp(turn.work(), Reason.NOT_FOUND);
            return Outcome.done();
        }
        if (turn.option().asked().isPresent()) {
            return await(turn, turn.option().asked().get());
        }
        turn.requireOwn();
        steps.announce(turn.work());
        Task task;
        try {
            task = turn.backups().restoreBackup(turn.serverId(), turn.option().wantedCopy());
        } catch (ProviderFailure failure) {
            lostOrRefused(turn, failure);
            throw failure;
        }
        steps.taken(turn.work(), task);
        return Outcome.later(SOON);
    }

    private Outcome await(Turn turn, ServiceOption.Asked asked) {
        if (asked.task().isEmpty()) {
            if (asked.age().compareTo(UNTIL_UNSURE) <= 0) {
                return Outcome.later(UNTIL_UNSURE.minus(asked.age()).plusSeconds(1));
            }
            steps.restored(turn.work(), false);
            return Outcome.done();
        }
        var stage = turn.home().provider().progress(asked.task().get()).stage();
        if (stage == Progress.Stage.DONE) {
            steps.restored(turn.work(), true);
            return Outcome.done();
        }
        if (stage == Progress.Stage.FAILED) {
            steps.giveUp(turn.work(), Reason.VENDOR);
            return Outcome.done();
        }
        if (asked.age().compareTo(PATIENCE) > 0) {
            steps.restored(turn.work(), false);
            return Outcome.done();
        }
        return Outcome.later(SOON);
    }

    private void lostOrRefused(Turn turn, ProviderFailure failure) {
        if (failure.maybeDone()) {
            steps.unsure(turn.work());
        } else {
            steps.refused(turn.work());
        }
    }

    /** Comes again; but people wait, and do not wait for long. */
    private Outcome inVain(Turn turn, ProviderFailure failure) {
        var words = turn.home().words(failure);
        var mayHelp = failure.isPassing() || failure.maybeDone();
        var isEnd = turn.option().state() == State.TERMINATING;
        if (isEnd || (mayHelp && turn.work().attempt() < ATTEMPTS_MAX)) {
            return new Outcome.InVain(words, failure.comeAgainIn());
        }
        if (turn.option().state() == State.ORDERED) {
            return steps.fail(turn.work(), failure.reason(), words) ? Outcome.done() : Outcome.unclear(words);
        }
        if (failure.maybeDone() || turn.option().asked().isPresent()) {
            steps.restored(turn.work(), false);
        } else {
            steps.giveUp(turn.work(), failure.reason());
        }
        return Outcome.done();
    }
}

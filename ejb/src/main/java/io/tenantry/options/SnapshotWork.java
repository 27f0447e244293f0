package io.tenantry.options;

import io.tenantry.options.ServiceOption.State;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Progress.Stage;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Snapshots;
import io.tenantry.provider.Snapshots.Snapshot;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.Upstream;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Has a server's disk copied, a copy put back and deleted. At the vendor a copy is called by its mark, and looked for by that before it is
 * asked for. To put one back is never asked for twice, as with {@link BackupWork}.
 */
@ApplicationScoped
public class SnapshotWork implements Worker {
    /** Its kind of work; each wish has a key of its own. */
    public static final String KIND = "snapshot";

    /** To copy a disk, or to put it back, takes a while; of what takes longer nobody can tell. */
    static final Duration PATIENCE = Duration.ofHours(3);

    /** One that is still there by then is looked at by a person. */
    private static final Duration PATIENCE_OF_ENDS = Duration.ofDays(1);

    private static final int ATTEMPTS_MAX = 5;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofSeconds(20);

    @Inject
    SnapshotSteps steps;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public SnapshotWork() {}

    /** For use outside a container. */
    SnapshotWork(SnapshotSteps steps, Upstreams upstreams) {
        this.steps = steps;
        this.upstreams = upstreams;
    }

    /** What is at hand in one turn. */
    private record Turn(Work work, ServiceOption option, String serverId, Upstream.Home home, Snapshots snapshots) {
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
        if (home.isEmpty() || !(home.get().provider() instanceof Snapshots snapshots)) {
            return Outcome.unclear("there are no snapshots in the account " + option.account());
        }
        if (option.state() != State.TERMINATING && option.isToWait()) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        var turn = new Turn(work, option, option.serverId().orElse(""), home.get(), snapshots);
        try {
            return switch (option.state()) {
                case ORDERED -> make(turn);
                case ACTIVE -> option.wanted().isPresent() ? restore(turn) : Outcome.done();
                case TERMINATING -> remove(turn);
                case TERMINATED, FAILED -> Outcome.done();
            };
        } catch (ProviderFailure failure) {
            return inVain(turn, failure);
        }
    }

    private Outcome make(Turn turn) {
        var there = there(turn);
        if (there.size() > 1) {
            return Outcome.unclear("snapshots with the mark of one: " + ids(there));
        }
        var progress = turn.option()
                .asked()
                .flatMap(ServiceOption.Asked::task)
                .map(turn.home().provider()::progress);
        if (there.size() == 1) {
            return await(turn, there.get(0), progress);
        }
        if (turn.option().upstreamId().isPresent()) {
            return isOverdue(turn)
                    ? Outcome.unclear("snapshot " + turn.option().upstreamId().get() + " is not there")
                    : Outcome.later(pause(turn));
        }
        return progress.isPresent() ? await(turn, progress.get()) : ask(turn);
    }

    /** It is ready if the vendor lists it so, and says nothing else of its task. */
    private Outcome await(Turn turn, Snapshot snapshot, Optional<Progress> progress) {
        if (turn.option().upstreamId().isEmpty()) {
            steps.note(turn.work(), snapshot.id());
        }
        var stage = progress.map(Progress::stage).orElse(Stage.DONE);
        if (stage == Stage.DONE && snapshot.ready()) {
            steps.activate(turn.work(), snapshot.sizeMib());
            return Outcome.done();
        }
        if (stage == Stage.FAILED || isOverdue(turn)) {
            return Outcome.unclear("snapshot " + snapshot.id() + " is there, but not ready");
        }
        return Outcome.later(pause(turn));
    }

    /** It is not to be seen yet, but the vendor says that it is at it; or that nothing comes of it, which is certain then. */
    private Outcome await(Turn turn, Progress progress) {
        if (progress.stage() == Stage.FAILED) {
            steps.refused(turn.work());
            var words = Upstream.Home.words(turn.home().mask().apply(progress.words()));
            return steps.fail(turn.work(), Reason.VENDOR, words) ? Outcome.done() : Outcome.unclear(words);
        }
        return isOverdue(turn) ? Outcome.unclear("no snapshot after " + PATIENCE) : Outcome.later(pause(turn));
    }

    private Outcome ask(Turn turn) {
        if (turn.option().asked().isEmpty() && !turn.option().isServerActive()) {
            var words = "its server has ended";
            return steps.fail(turn.work(), Reason.NOT_FOUND, words) ? Outcome.done() : Outcome.unclear(words);
        }
        turn.requireOwn();
        var announced = steps.announceCreation(turn.work());
        if (announced instanceof VolumeSteps.Announced.Wait wait) {
            return Outcome.later(wait.pause());
        }
        if (announced instanceof VolumeSteps.Announced.Enough enough) {
            return Outcome.unclear("asked for it " + enough.questions() + " times, and nothing came of it");
        }
        Task task;
        try {
            task = turn.snapshots().snapshot(turn.serverId(), name(turn));
        } catch (ProviderFailure failure) {
            if (!failure.maybeDone()) {
                steps.refused(turn.work());
            }
            throw failure;
        }
        steps.taken(turn.work(), task);
        return Outcome.later(SOON);
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
            task = turn.snapshots().restore(turn.serverId(), turn.option().wantedCopy());
        } catch (ProviderFailure failure) {
            if (failure.maybeDone()) {
                steps.unsure(turn.work());
            } else {
                steps.refused(turn.work());
            }
            throw failure;
        }
        steps.taken(turn.work(), task);
        return Outcome.later(SOON);
    }

    private Outcome await(Turn turn, ServiceOption.Asked asked) {
        if (asked.task().isEmpty()) {
            if (asked.age().compareTo(BackupWork.UNTIL_UNSURE) <= 0) {
                return Outcome.later(BackupWork.UNTIL_UNSURE.minus(asked.age()).plusSeconds(1));
            }
            steps.restored(turn.work(), false);
            return Outcome.done();
        }
        var stage = turn.home().provider().progress(asked.task().get()).stage();
        if (stage == Stage.FAILED) {
            steps.giveUp(turn.work(), Reason.VENDOR);
            return Outcome.done();
        }
        if (stage == Stage.DONE || isOverdue(turn)) {
            steps.restored(turn.work(), stage == Stage.DONE);
            return Outcome.done();
        }
        return Outcome.later(pause(turn));
    }

    private Outcome remove(Turn turn) {
        var there = there(turn);
        if (there.isEmpty()) {
            return steps.missed(turn.work()) ? Outcome.done() : Outcome.later(OptionRecords.GRACE.plusSeconds(1));
        }
        var age = steps.leave(turn.work());
        if (age.compareTo(PATIENCE_OF_ENDS) > 0) {
            return Outcome.unclear("still there after " + age + ": " + ids(there));
        }
        there.forEach(one -> turn.snapshots().deleteSnapshot(turn.serverId(), one.id()));
        return Outcome.later(pause(turn));
    }

    /** All that the vendor has of it: by its mark, and by the number that we know. */
    private static List<Snapshot> there(Turn turn) {
        return turn.snapshots().snapshotsOf(List.of(turn.serverId())).stream()
                .filter(one -> one.name().equals(name(turn))
                        || turn.option().upstreamId().filter(one.id()::equals).isPresent())
                .toList();
    }

    private static String name(Turn turn) {
        return new Mark(turn.option().id()).text();
    }

    private static boolean isOverdue(Turn turn) {
        return turn.option()
                .asked()
                .filter(one -> one.age().compareTo(PATIENCE) > 0)
                .isPresent();
    }

    private static Duration pause(Turn turn) {
        var age = turn.option().asked().map(ServiceOption.Asked::age).orElse(Duration.ZERO);
        return age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER;
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

    private static String ids(List<Snapshot> snapshots) {
        return String.join(", ", snapshots.stream().map(Snapshot::id).toList());
    }
}

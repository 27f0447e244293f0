package io.tenantry.options;

import io.tenantry.options.ServiceOption.State;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Progress.Stage;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Snapshots;
import io.tenantry.provider.Snapshots.Snapshot;
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
 * asked for. To put one back is never asked for twice, as {@link RestoreWork} says.
 */
@ApplicationScoped
public class SnapshotWork implements Worker {
    /** Its kind of work; each wish has a key of its own. */
    public static final String KIND = "snapshot";

    /** To copy a disk, or to put it back, takes a while; of what takes longer nobody can tell. */
    static final Duration PATIENCE = Duration.ofHours(3);

    /** Some vendors show a copy only once it is ready; longer than this none took. */
    private static final Duration UNSEEN_MAX = Duration.ofHours(1);

    private static final Announced.Rule RULE = new Announced.Rule(UNSEEN_MAX, 2);
    private static final Duration LATER = Duration.ofSeconds(20);

    @Inject
    OptionWork options;

    @Inject
    OptionSteps steps;

    @Inject
    SnapshotSteps own;

    @Inject
    RestoreWork restoring;

    /** For the container. */
    public SnapshotWork() {}

    /** For use outside a container. */
    SnapshotWork(OptionWork options, OptionSteps steps, SnapshotSteps own, RestoreWork restoring) {
        this.options = options;
        this.steps = steps;
        this.own = own;
        this.restoring = restoring;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        return options.work(work, Snapshots.class, "snapshots", this::go, restoring::giveUp);
    }

    private Outcome go(Turn<Snapshots> turn) {
        var option = turn.option();
        if (option.state() != State.TERMINATING && option.isToWait()) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        return switch (option.state()) {
            case ORDERED -> make(turn);
            case ACTIVE -> option.wanted().isPresent() ? restore(turn) : Outcome.done();
            case TERMINATING -> remove(turn);
            case TERMINATED, FAILED -> Outcome.done();
        };
    }

    private Outcome make(Turn<Snapshots> turn) {
        var there = there(turn, own.servers(turn.option().id()));
        if (there.size() > 1) {
            return Outcome.unclear("snapshots with the mark of one: " + String.join(", ", ids(there)));
        }
        var progress = turn.progress();
        progress.ifPresent(one -> reached(turn, one));
        if (there.size() == 1) {
            return await(turn, there.get(0), progress);
        }
        if (turn.option().upstreamId().isPresent()) {
            return turn.isOverdue(PATIENCE)
                    ? Outcome.unclear("snapshot " + turn.option().upstreamId().get() + " is not there")
                    : Outcome.later(turn.pause(LATER));
        }
        return progress.isPresent() ? await(turn, progress.get()) : ask(turn);
    }

    /** Those who wait see how far it is. It is written down only if it is farther than before: the vendor is asked every few seconds. */
    private void reached(Turn<Snapshots> turn, Progress progress) {
        if (progress.stage() == Stage.RUNNING
                && progress.percent() > turn.option().percent()) {
            own.reach(turn.work(), progress.percent());
        }
    }

    /** It is ready if the vendor lists it so, and says nothing else of its task. */
    private Outcome await(Turn<Snapshots> turn, Snapshot snapshot, Optional<Progress> progress) {
        if (turn.option().upstreamId().isEmpty()) {
            steps.note(turn.work(), snapshot.id());
        }
        var stage = progress.map(Progress::stage).orElse(Stage.DONE);
        if (stage == Stage.DONE && snapshot.ready()) {
            own.activate(turn.work(), snapshot.sizeMib());
            return Outcome.done();
        }
        if (stage == Stage.FAILED || turn.isOverdue(PATIENCE)) {
            return Outcome.unclear("snapshot " + snapshot.id() + " is there, but not ready");
        }
        return Outcome.later(turn.pause(LATER));
    }

    /** It is not to be seen yet, but the vendor says that it is at it; or that nothing comes of it, which is certain then. */
    private Outcome await(Turn<Snapshots> turn, Progress progress) {
        if (progress.stage() == Stage.FAILED) {
            steps.refused(turn.work());
            return options.fail(turn, Reason.VENDOR, turn.words(progress));
        }
        return turn.isOverdue(PATIENCE)
                ? Outcome.unclear("no snapshot after " + PATIENCE)
                : Outcome.later(turn.pause(LATER));
    }

    private Outcome ask(Turn<Snapshots> turn) {
        if (turn.option().asked().isEmpty() && !turn.option().isServerActive()) {
            return options.fail(turn, Reason.NOT_FOUND, "its server has ended");
        }
        turn.requireOwn();
        var hindrance = own.announce(turn.work(), RULE).hindrance();
        if (hindrance.isPresent()) {
            return hindrance.get();
        }
        var task = options.make(turn, () -> turn.vendor().snapshot(turn.serverId(), name(turn)));
        steps.taken(turn.work(), task);
        return Outcome.later(Turn.SOON);
    }

    private Outcome restore(Turn<Snapshots> turn) {
        var copy = turn.option().wantedCopy();
        return restoring.restore(turn, () -> turn.vendor().restore(turn.serverId(), copy), PATIENCE, LATER);
    }

    private Outcome remove(Turn<Snapshots> turn) {
        var servers = own.servers(turn.option().id());
        var there = there(turn, servers);
        if (there.isEmpty()) {
            return Turn.missed(steps.missed(turn.work()));
        }
        return options.remove(turn, ids(there), () -> there.forEach(one -> delete(turn.vendor(), servers, one)), LATER);
    }

    /** At which of the servers it is nobody says. */
    static void delete(Snapshots vendor, List<String> servers, Snapshot snapshot) {
        servers.forEach(server -> vendor.deleteSnapshot(server, snapshot.id()));
    }

    /** All that the vendor has of it: by its mark, and by the number that we know. */
    private static List<Snapshot> there(Turn<Snapshots> turn, List<String> servers) {
        return turn.vendor().snapshotsOf(servers).stream()
                .filter(one -> one.name().equals(name(turn))
                        || turn.option().upstreamId().filter(one.id()::equals).isPresent())
                .toList();
    }

    private static String name(Turn<Snapshots> turn) {
        return new Mark(turn.option().id()).text();
    }

    private static List<String> ids(List<Snapshot> snapshots) {
        return snapshots.stream().map(Snapshot::id).toList();
    }
}

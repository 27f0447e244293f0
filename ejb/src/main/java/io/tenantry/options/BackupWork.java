package io.tenantry.options;

import io.tenantry.provider.Backups;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Has a server's backups switched on and off, which vendors take twice as once, and one of them put back, as {@link RestoreWork} does.
 */
@ApplicationScoped
public class BackupWork implements Worker {
    /** Its kind of work; each wish has a key of its own. */
    public static final String KIND = "backup";

    /** Putting a disk back takes a while; what takes longer nobody can tell. */
    static final Duration PATIENCE = Duration.ofHours(2);

    @Inject
    OptionWork options;

    @Inject
    OptionSteps steps;

    @Inject
    BackupSteps own;

    @Inject
    RestoreWork restoring;

    /** For the container. */
    public BackupWork() {}

    /** For use outside a container. */
    BackupWork(OptionWork options, OptionSteps steps, BackupSteps own, RestoreWork restoring) {
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
        return options.work(work, Backups.class, "backups", this::go, restoring::giveUp);
    }

    private Outcome go(Turn<Backups> turn) {
        if (turn.option().isToWait()) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        return switch (turn.option().state()) {
            case ORDERED -> switchOn(turn);
            case ACTIVE -> turn.option().wanted().isPresent() ? restore(turn) : Outcome.done();
            case TERMINATING -> switchOff(turn);
            case TERMINATED, FAILED -> Outcome.done();
        };
    }

    private Outcome switchOn(Turn<Backups> turn) {
        turn.requireOwn();
        if (turn.option().asked().isPresent()) {
            steps.unsure(turn.work()); // Whoever asked before did not live to say what came of it.
        }
        steps.announce(turn.work());
        var unused = options.ask(turn, () -> {
            turn.vendor().backUp(turn.serverId(), true);
            return turn.serverId();
        });
        own.activate(turn.work());
        return Outcome.done();
    }

    /** Where there is no server any more, nothing is copied. */
    private Outcome switchOff(Turn<Backups> turn) {
        try {
            turn.requireOwn();
            turn.vendor().backUp(turn.serverId(), false);
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
        }
        own.off(turn.work());
        return Outcome.done();
    }

    private Outcome restore(Turn<Backups> turn) {
        var copy = turn.option().wantedCopy();
        return restoring.restore(turn, () -> turn.vendor().restoreBackup(turn.serverId(), copy), PATIENCE, Turn.SOON);
    }
}

package io.tenantry.options;

import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provider.Backups;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Has a server's backups switched on and off, which vendors take twice as once, taken as often as another policy says, as {@link PolicyWork} does,
 * and one of them put back, as {@link RestoreWork} does.
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

    @Inject
    PolicyWork turning;

    /** For the container. */
    public BackupWork() {}

    /** For use outside a container. */
    BackupWork(OptionWork options, OptionSteps steps, BackupSteps own, RestoreWork restoring, PolicyWork turning) {
        this.options = options;
        this.steps = steps;
        this.own = own;
        this.restoring = restoring;
        this.turning = turning;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        return options.work(work, Backups.class, "backups", this::go, this::giveUp);
    }

    private Outcome go(Turn<Backups> turn) {
        if (turn.option().isToWait()) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        return switch (turn.option().state()) {
            case ORDERED -> switchOn(turn);
            case ACTIVE -> turn.option().wanted().isPresent() ? change(turn) : Outcome.done();
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
            switchOn(turn.vendor(), turn.serverId(), turn.option().policy());
            return turn.serverId();
        });
        own.activate(turn.work());
        return Outcome.done();
    }

    /** As often as is paid for. */
    static void switchOn(Backups vendor, String serverId, Optional<Policy> policy) {
        if (policy.isPresent()) {
            vendor.backUp(serverId, policy.get());
        } else {
            vendor.backUp(serverId, true);
        }
    }

    private Outcome change(Turn<Backups> turn) {
        return turn.option().wants(Wanted.POLICY) ? turning.change(turn) : restore(turn);
    }

    private Outcome giveUp(Turn<Backups> turn, ProviderFailure failure) {
        return turn.option().wants(Wanted.POLICY) ? turning.giveUp(turn, failure) : restoring.giveUp(turn, failure);
    }

    /**
     * Whoever is still at another wish may be about to switch them on, so that this comes after. Where there is no server any more nothing is
     * copied, which is believed when the vendor says twice that there is none: of one that is there they may be on, whatever was not found.
     */
    private Outcome switchOff(Turn<Backups> turn) {
        if (own.isBeingSwitchedOn(turn.work())) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        if (steps.isBehind(turn.work())) {
            return Outcome.later(Turn.SOON);
        }
        if (!turn.isAnothers()) {
            try {
                turn.vendor().backUp(turn.serverId(), false);
            } catch (ProviderFailure failure) {
                if (failure.reason() != Reason.NOT_FOUND || turn.isServerThere()) {
                    throw failure;
                }
                return Turn.missed(own.missed(turn.work()));
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

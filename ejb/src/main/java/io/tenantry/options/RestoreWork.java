package io.tenantry.options;

import io.tenantry.provider.Progress.Stage;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.work.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Has a server put back to one of its backups or snapshots, which is never asked for twice: nobody wants to lose again what was written since.
 */
@ApplicationScoped
public class RestoreWork {
    /** So long after a lost answer it is said that nobody knows. */
    static final Duration UNTIL_UNSURE = Duration.ofMinutes(1);

    @Inject
    OptionWork options;

    @Inject
    OptionSteps steps;

    @Inject
    RestoreSteps own;

    /** For the container. */
    public RestoreWork() {}

    /** For use outside a container. */
    RestoreWork(OptionWork options, OptionSteps steps, RestoreSteps own) {
        this.options = options;
        this.steps = steps;
        this.own = own;
    }

    /**
     * Asks the vendor for it, or how far it is.
     *
     * @param patience of what takes longer nobody can tell
     * @param later how long to leave it alone after the first minutes
     */
    Outcome restore(Turn<?> turn, Supplier<Task> question, Duration patience, Duration later) {
        if (!turn.option().isServerActive()) {
            own.giveUp(turn.work(), Reason.NOT_FOUND);
            return Outcome.done();
        }
        if (turn.option().asked().isPresent()) {
            return await(turn, turn.option().asked().get(), patience, later);
        }
        turn.requireOwn();
        steps.announce(turn.work());
        steps.taken(turn.work(), options.ask(turn, question));
        return Outcome.later(Turn.SOON);
    }

    private Outcome await(Turn<?> turn, ServiceOption.Asked asked, Duration patience, Duration later) {
        var progress = turn.progress();
        if (progress.isEmpty()) {
            if (asked.age().compareTo(UNTIL_UNSURE) <= 0) {
                return Outcome.later(UNTIL_UNSURE.minus(asked.age()).plusSeconds(1));
            }
            own.restored(turn.work(), false);
            return Outcome.done();
        }
        var stage = progress.get().stage();
        if (stage == Stage.FAILED) {
            own.giveUp(turn.work(), Reason.VENDOR);
            return Outcome.done();
        }
        if (stage == Stage.DONE || turn.isOverdue(patience)) {
            own.restored(turn.work(), stage == Stage.DONE);
            return Outcome.done();
        }
        return Outcome.later(turn.pause(later));
    }

    /** It did not work, and is not tried again: once it was asked for nobody can tell how the server is. */
    Outcome giveUp(Turn<?> turn, ProviderFailure failure) {
        if (failure.maybeDone() || turn.option().asked().isPresent()) {
            own.restored(turn.work(), false);
        } else {
            own.giveUp(turn.work(), failure.reason());
        }
        return Outcome.done();
    }
}

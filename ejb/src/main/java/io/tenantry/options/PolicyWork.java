package io.tenantry.options;

import io.tenantry.options.ServiceOption.Asked;
import io.tenantry.provider.Backups;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.work.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Has a server's backups taken as often as another policy says. The vendor is looked at first, and asked again where an answer was lost, which is
 * as good twice as once; they cost otherwise only when it shows that it is so.
 */
@ApplicationScoped
public class PolicyWork {
    /** What takes longer a person looks at: it is of a price. */
    static final Duration PATIENCE = Duration.ofMinutes(20);

    /** So long after a lost answer it is asked for again. */
    static final Duration UNTIL_AGAIN = Duration.ofSeconds(30);

    /** After so many questions of which nobody knows what came, a person looks. */
    private static final int LOST_MAX = 5;

    /** That the vendor took the question; what came of it is to be seen at the server. */
    private static final Task TAKEN = new Task("policy");

    @Inject
    OptionWork options;

    @Inject
    OptionSteps steps;

    @Inject
    PolicySteps own;

    /** For the container. */
    public PolicyWork() {}

    /** For use outside a container. */
    PolicyWork(OptionWork options, OptionSteps steps, PolicySteps own) {
        this.options = options;
        this.steps = steps;
        this.own = own;
    }

    /** Looks whether it is so, and asks for it if it is not. */
    Outcome change(Turn<Backups> turn) {
        if (!turn.option().isServerActive()) {
            own.giveUp(turn.work(), Reason.NOT_FOUND);
            return Outcome.done();
        }
        turn.requireOwn();
        var wanted = turn.option().wantedPolicy().orElseThrow();
        if (turn.vendor().policy(turn.serverId()).equals(Optional.of(wanted))) {
            own.changed(turn.work());
            return Outcome.done();
        }
        if (turn.isOverdue(PATIENCE)) {
            return Outcome.unclear("backups are not " + wanted.word() + " after " + PATIENCE);
        }
        return turn.option().asked().filter(one -> !isLost(one)).isPresent()
                ? Outcome.later(Turn.SOON)
                : ask(turn, wanted);
    }

    private static boolean isLost(Asked asked) {
        return asked.task().isEmpty() && asked.age().compareTo(UNTIL_AGAIN) > 0;
    }

    private Outcome ask(Turn<Backups> turn, Policy wanted) {
        if (turn.option().isServerBusy()) {
            return Outcome.later(ServiceOption.PAUSE);
        }
        if (turn.option().lost() >= LOST_MAX) {
            return Outcome.unclear(
                    "asked " + turn.option().lost() + " times for " + wanted.word() + " backups, and no answer came");
        }
        if (!own.announce(turn.work())) {
            return Outcome.done();
        }
        var unused = options.ask(turn, () -> {
            turn.vendor().backUp(turn.serverId(), wanted);
            return wanted;
        });
        steps.taken(turn.work(), TAKEN);
        return Outcome.later(Turn.SOON);
    }

    /** They are taken as often as before, if that is certain; else a person looks. */
    Outcome giveUp(Turn<Backups> turn, ProviderFailure failure) {
        if (OptionWork.mayHelp(failure) || turn.option().isMaybeThere()) {
            return Outcome.unclear(turn.home().words(failure));
        }
        own.giveUp(turn.work(), failure.reason());
        return Outcome.done();
    }
}

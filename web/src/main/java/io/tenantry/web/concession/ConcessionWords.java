package io.tenantry.web.concession;

import io.tenantry.concession.Concession;
import io.tenantry.concession.Concession.State;
import io.tenantry.concession.Concessions.Outcome;
import io.tenantry.concession.Ground;
import io.tenantry.web.shell.Fmt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Says what was asked for and what became of it, in the language of whoever reads it. */
@Named
@RequestScoped
public class ConcessionWords {
    @Inject
    Fmt fmt;

    /** What is given up. */
    public String kind(Concession one) {
        return fmt.text("concession.kind." + one.kind());
    }

    /** Why, in a word. */
    public String ground(Ground ground) {
        return fmt.text("concession.ground." + ground);
    }

    public String state(State state) {
        return fmt.text("concession.state." + state);
    }

    /** How a state looks. */
    public String tone(State state) {
        return switch (state) {
            case WAITING -> "warn";
            case DONE -> "ok";
            case REFUSED -> "bad";
            case WITHDRAWN, EXPIRED -> "";
        };
    }

    /** Why something was not done. */
    public String refusal(Outcome outcome) {
        if (outcome instanceof Outcome.OwesLess less) {
            return fmt.text("concession.owes-less", fmt.money(less.debt()));
        }
        if (outcome instanceof Outcome.Over over) {
            return fmt.text("concession.over", state(over.state()));
        }
        if (outcome instanceof Outcome.Amount) {
            return fmt.text("amount.positive");
        }
        return fmt.text(outcome instanceof Outcome.NotForYou ? "concession.not-for-you" : "move.reason.missing");
    }
}

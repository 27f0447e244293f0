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

    /** What is given up, and of which document. */
    public String what(Concession one) {
        return one.invoice()
                .map(paper -> fmt.text("concession.of", kind(one), paper.number()))
                .orElseGet(() -> kind(one));
    }

    /** That it waits, for pages about its invoice. */
    public String waits(Concession one) {
        return fmt.text("credit.waits", kind(one), fmt.money(one.amount()), one.askedByName());
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
        if (outcome instanceof Outcome.TaxChanged changed) {
            return fmt.text("concession.tax-changed", fmt.money(changed.now()));
        }
        if (outcome instanceof Outcome.LinesChanged) {
            return fmt.text("concession.lines-changed");
        }
        if (outcome instanceof Outcome.Voided) {
            return fmt.text("concession.voided");
        }
        if (outcome instanceof Outcome.Amount) {
            return fmt.text("amount.positive");
        }
        return fmt.text(outcome instanceof Outcome.NotForYou ? "concession.not-for-you" : "move.reason.missing");
    }
}

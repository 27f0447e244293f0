package io.tenantry.web.billing.approval;

import io.tenantry.billing.adjustment.Adjustment;
import io.tenantry.billing.adjustment.Adjustment.State;
import io.tenantry.billing.adjustment.AdjustmentReason;
import io.tenantry.billing.adjustment.Adjustments.Outcome;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Labels for adjustments that need approval and their outcomes, in the reader's language. */
@Named
@RequestScoped
public class AdjustmentLabels {
    @Inject
    Format format;

    /** Returns the label of the kind of adjustment. */
    public String kind(Adjustment one) {
        return format.text("adjustment.kind." + one.kind());
    }

    /** Returns the kind of adjustment and the document that it concerns. */
    public String what(Adjustment one) {
        return one.invoice()
                .map(adjustedDocument -> format.text("adjustment.of", kind(one), adjustedDocument.number()))
                .orElseGet(() -> kind(one));
    }

    /** Returns the note that the adjustment waits, for pages about its invoice. */
    public String waits(Adjustment one) {
        return format.text("credit.waits", kind(one), format.money(one.amount()), one.askedByName());
    }

    /** Returns the short label of a reason. */
    public String ground(AdjustmentReason adjustmentReason) {
        return format.text("adjustment.ground." + adjustmentReason);
    }

    public String state(State state) {
        return format.text("adjustment.state." + state);
    }

    /** Returns the tone of a state. */
    public String tone(State state) {
        return switch (state) {
            case WAITING -> "warn";
            case DONE -> "ok";
            case REFUSED -> "bad";
            case WITHDRAWN, EXPIRED -> "";
        };
    }

    /** Returns the reason why an action was rejected. */
    public String refusal(Outcome outcome) {
        if (outcome instanceof Outcome.DebtDecreased less) {
            return format.text("adjustment.owes-less", format.money(less.debt()));
        }
        if (outcome instanceof Outcome.AlreadyDecided alreadyDecided) {
            return format.text("adjustment.over", state(alreadyDecided.state()));
        }
        if (outcome instanceof Outcome.AlreadyRequested already) {
            return already.amount().isNegative()
                    ? format.text(
                            "adjustment.already.debit",
                            format.money(already.amount().negated()))
                    : format.text("adjustment.already", format.money(already.amount()));
        }
        if (outcome instanceof Outcome.TaxChanged changed) {
            return format.text("adjustment.tax-changed", format.money(changed.now()));
        }
        if (outcome instanceof Outcome.LinesChanged) {
            return format.text("adjustment.lines-changed");
        }
        if (outcome instanceof Outcome.WalletClosed) {
            return format.text("adjustment.wallet-closed");
        }
        if (outcome instanceof Outcome.Voided) {
            return format.text("adjustment.voided");
        }
        if (outcome instanceof Outcome.Amount) {
            return format.text("amount.positive");
        }
        if (outcome instanceof Outcome.TooLarge tooLarge) {
            return format.text("amount.too-large", format.money(tooLarge.most()));
        }
        return format.text(
                outcome instanceof Outcome.SecondApproverRequired ? "adjustment.not-for-you" : "move.reason.missing");
    }
}

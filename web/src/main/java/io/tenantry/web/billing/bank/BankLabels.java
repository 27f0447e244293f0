package io.tenantry.web.billing.bank;

import io.tenantry.billing.bank.RowPlan;
import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.billing.bank.StatementImportQuery.PlanTotal;
import io.tenantry.billing.bank.StatementImports.UploadOutcome;
import io.tenantry.billing.bank.StatementReviews.ReviewRow;
import io.tenantry.billing.bank.statement.StatementProblem;
import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;

/** Labels for the problems, rows and reasons of bank files. */
@Named
@RequestScoped
public class BankLabels {
    static final Set<Reason> BARE = EnumSet.of(Reason.ENCODING, Reason.BAD_ARCHIVE, Reason.NO_COLUMN, Reason.MAPPING);

    @Inject
    Format format;

    /** Returns the reason why a file cannot be read, with the line if it concerns one. */
    public String problem(StatementProblem problem) {
        var text = format.text(key(problem), problem.detail());
        return problem.line() > 0 ? format.text("bank.problem.line", problem.line(), text) : text;
    }

    /** Returns the outcome for the statements in an archive. */
    public String kept(UploadOutcome.Saved saved) {
        var parts = new ArrayList<String>();
        if (!saved.imports().isEmpty()) {
            parts.add(format.text("bank.file.several", saved.imports().size()));
        }
        if (saved.known() > 0) {
            parts.add(format.text("bank.file.known", saved.known()));
        }
        if (saved.left() > 0) {
            parts.add(format.text("bank.file.left", saved.left()));
        }
        return String.join(" ", parts);
    }

    /** Returns the message key of a problem; reasons that may lack a detail have a text without one. */
    static String key(StatementProblem problem) {
        var key = "bank.problem." + problem.reason();
        return problem.detail().isBlank() && BARE.contains(problem.reason()) ? key + ".bare" : key;
    }

    /** Returns the reason why a row is skipped, needs review, waits or is credited. */
    public String reason(ImportRow row) {
        return switch (row.plan()) {
            case SKIPPED -> format.text("bank.skipped." + row.reason());
            case REVIEW -> review(row.reason(), row.detail());
            case KNOWN -> format.text("bank.plan.KNOWN.why");
            case CREDIT, ASSIGN, OUTGOING ->
                row.why()
                        .map(matchReason -> format.text("bank.match." + matchReason))
                        .orElse("");
        };
    }

    /** Returns what a row becomes, or became. */
    public String plan(ImportRow row) {
        return format.text(key(row));
    }

    /** Returns what all rows with a plan become, or became. */
    public String plan(PlanTotal total) {
        return format.text(total.isReturns() ? "bank.plan.RETURN" : "bank.plan." + total.plan());
    }

    /** Returns what happens to the rows with a plan. */
    public String planText(PlanTotal total) {
        return format.text(key(total));
    }

    /** Returns the message key of a row's plan; money that went out is never credited to a customer. */
    static String key(ImportRow row) {
        return row.isReturn() ? "bank.plan.RETURN" : "bank.plan." + row.plan();
    }

    /** Returns the message key of the text for the rows with a plan. */
    static String key(PlanTotal total) {
        if (total.isReturns()) {
            return "bank.plan.text.RETURN";
        }
        return "bank.plan.text." + total.plan() + (total.hasReturns() ? ".RETURN" : "");
    }

    /** Returns the note that a row's money is in a wallet; empty if it is not. */
    public String credited(ImportRow row) {
        return row.isCredited() ? format.text("bank.row.credited") : "";
    }

    /** Returns the reason why a row needs review. */
    public String reason(ReviewRow row) {
        return review(row.reason(), row.detail());
    }

    private String review(String reason, String detail) {
        var text = format.text("bank.review." + reason);
        return detail.isEmpty() ? text : format.text("bank.review.detail", text, detail);
    }

    /** Returns the tone of a row's outcome. */
    public String tone(RowPlan plan) {
        return switch (plan) {
            case CREDIT -> "ok";
            case ASSIGN -> "info";
            case REVIEW -> "warn";
            case OUTGOING, KNOWN, SKIPPED -> "quiet";
        };
    }
}

package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.adjustment.CreditNoteApprovals;
import io.tenantry.billing.invoicing.CorrectionFault;
import io.tenantry.billing.invoicing.CreditNotes;
import io.tenantry.billing.invoicing.CreditNotes.CreditableLine;
import io.tenantry.billing.invoicing.CreditNotes.Outcome;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.billing.approval.AdjustmentLabels;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The crediting of invoice lines. The document's id is generated with the page, so that a form that is sent twice creates one document. */
@Named
@ViewScoped
public class CreditNotePage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CreditNotes notes;

    @Inject
    Format format;

    @Inject
    InvoiceLabels labels;

    @Inject
    AdjustmentLabels adjustmentLabels;

    private final UUID noteId = UUID.randomUUID();
    private @Nullable String parameter;
    private @Nullable UUID invoiceId;
    private String number = "";
    private boolean isGross;
    private boolean isMixed;
    private List<Row> rows = List.of();
    private String reason = "";
    private @Nullable Money confirmed;
    private String rule = "";

    /** A line and the amount to credit. */
    public static final class Row implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int position;
        private final String name;
        private final String span;
        private final Money left;
        private @Nullable BigDecimal amount;

        Row(CreditableLine line, boolean isMixed, InvoiceLabels words) {
            position = line.position();
            var what = words.what(line.kind(), line.what());
            name = line.name().isEmpty() ? what : line.name() + " · " + what;
            span = isMixed
                    ? words.span(line.from(), line.to()) + " · " + words.amountTerms(line.includesTax())
                    : words.span(line.from(), line.to());
            left = line.left().rounded();
        }

        public int getPosition() {
            return position;
        }

        public String getName() {
            return name;
        }

        public String getSpan() {
            return span;
        }

        public Money getLeft() {
            return left;
        }

        public @Nullable BigDecimal getAmount() {
            return amount;
        }

        public void setAmount(@Nullable BigDecimal amount) {
            this.amount = amount;
        }
    }

    /** Loads the invoice, if it may be credited. */
    public void open() {
        PageResult.load(() -> {
            var id = PageResult.id("document", parameter);
            var offer = notes.offer(id);
            number = offer.invoice().number();
            isGross = offer.isGross();
            isMixed = offer.isMixed();
            rule = offer.rule().map(this::ruleText).orElse("");
            rows = offer.lines().stream()
                    .map(line -> new Row(line, isMixed, labels))
                    .filter(row -> row.getLeft().isPositive())
                    .toList();
            invoiceId = id;
        });
    }

    private String ruleText(CreditNoteApprovals.ApprovalRule approvalRule) {
        return format.text("credit.rule", format.money(approvalRule.limit()), format.money(approvalRule.before()));
    }

    /** Issues the credit note, or requests its approval. */
    public void issue() {
        var amounts = new HashMap<Integer, BigDecimal>();
        for (var row : rows) {
            amounts.put(row.getPosition(), Objects.requireNonNullElse(row.getAmount(), BigDecimal.ZERO));
        }
        var outcome = notes.issue(noteId, known(), amounts, reason, Optional.ofNullable(confirmed));
        if (outcome instanceof Outcome.Issued issued) {
            PageResult.go("/staff/invoice?id=" + issued.id(), format.text("credit.done"));
        } else if (outcome instanceof Outcome.ApprovalPending approvalPending) {
            PageResult.go("/staff/approval?id=" + approvalPending.adjustment(), format.text("approval.waits"));
        } else if (outcome instanceof Outcome.ExceedsRemaining exceedsRemaining) {
            PageResult.refuse(format.text("adjustment.over", adjustmentLabels.state(exceedsRemaining.state())));
        } else if (outcome instanceof Outcome.Unconfirmed unconfirmed) {
            confirmed = unconfirmed.total();
            PageResult.refuse(format.text("credit.confirm", format.money(unconfirmed.total())));
        } else if (outcome instanceof Outcome.AlreadyRequested already) {
            PageResult.refuse(format.text("correction.already", format.money(already.total())));
        } else if (outcome instanceof Outcome.Voided) {
            PageResult.refuse(format.text("void.before"));
        } else if (outcome instanceof Outcome.Invalid invalid) {
            invalid.faults().forEach(this::refuse);
        }
    }

    private void refuse(CorrectionFault fault) {
        switch (fault.kind()) {
            case REASON ->
                PageResult.refuse("credit:reason", format.text("credit.reason.fault", CreditNotes.REASON_MAX));
            case NOTHING -> PageResult.refuse(format.text("credit.nothing"));
            case AMOUNT ->
                refuse(
                        fault.positions(),
                        row -> format.text("credit.amounts", format.money(row.getLeft(), true, false)));
            case DECIMALS -> refuse(fault.positions(), row -> format.text("amount.currency-decimals"));
            case TOO_SMALL -> refuse(fault.positions(), row -> format.text("credit.small"));
            case EXCEEDS_INVOICE ->
                refuse(
                        fault.positions(),
                        row -> format.text(
                                "credit.exceeds-invoice",
                                format.money(fault.left().orElseThrow())));
        }
    }

    private void refuse(Set<Integer> positions, Function<Row, String> text) {
        for (var place = 0; place < rows.size(); place++) {
            if (positions.contains(rows.get(place).getPosition())) {
                PageResult.refuse("credit:rows:" + place + ":amount", text.apply(rows.get(place)));
            }
        }
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public @Nullable UUID getInvoiceId() {
        return invoiceId;
    }

    public String getNumber() {
        return number;
    }

    /** Returns whether amounts include tax, as a sentence. */
    public String getTerms() {
        return format.text(isMixed ? "credit.mixed" : isGross ? "credit.gross" : "credit.net");
    }

    /** Returns the rule that requires approval by another member of staff, as a sentence; empty if none is required. */
    public String getRule() {
        return rule;
    }

    public List<Row> getRows() {
        return rows;
    }

    /** Returns what the button does; with the total, once that was stated. */
    public String getAction() {
        return confirmed == null ? format.text("credit.do") : format.text("credit.do.total", format.money(confirmed));
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }

    private UUID known() {
        if (invoiceId == null) {
            throw new NotFoundException("document", "to be credited");
        }
        return invoiceId;
    }
}

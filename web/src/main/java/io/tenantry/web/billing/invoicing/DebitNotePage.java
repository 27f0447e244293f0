package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.CorrectionFault;
import io.tenantry.billing.invoicing.CreditNotes;
import io.tenantry.billing.invoicing.DebitNotes;
import io.tenantry.billing.invoicing.DebitNotes.DebitableLine;
import io.tenantry.billing.invoicing.DebitNotes.Outcome;
import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
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
import org.jspecify.annotations.Nullable;

/**
 * The raising of invoice lines that were too low. The document's id is generated with the page, so that a form that is sent twice creates one
 * document.
 */
@Named
@ViewScoped
public class DebitNotePage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    DebitNotes notes;

    @Inject
    Format format;

    @Inject
    InvoiceLabels labels;

    private final UUID noteId = UUID.randomUUID();
    private @Nullable String parameter;
    private @Nullable UUID invoiceId;
    private String number = "";
    private boolean isGross;
    private boolean isMixed;
    private List<Row> rows = List.of();
    private String reason = "";
    private @Nullable Money confirmed;

    /** A line and the amount by which to raise it. */
    public static final class Row implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int position;
        private final String name;
        private final String span;
        private final Money charged;
        private @Nullable BigDecimal amount;

        Row(DebitableLine line, boolean isMixed, InvoiceLabels words) {
            position = line.position();
            var what = words.what(line.kind(), line.what());
            name = line.name().isEmpty() ? what : line.name() + " · " + what;
            span = isMixed
                    ? words.span(line.from(), line.to()) + " · " + words.amountTerms(line.includesTax())
                    : words.span(line.from(), line.to());
            charged = line.charged().rounded();
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

        public Money getCharged() {
            return charged;
        }

        /** Returns the maximum by which the line may be raised at once. */
        public Money getMost() {
            return new Money(AmountLimit.of(DebitNotes.AMOUNT_MAX, charged.currency()), charged.currency());
        }

        public @Nullable BigDecimal getAmount() {
            return amount;
        }

        public void setAmount(@Nullable BigDecimal amount) {
            this.amount = amount;
        }
    }

    /** Loads the invoice, if it may be corrected. */
    public void open() {
        PageResult.load(() -> {
            var id = PageResult.id("document", parameter);
            var offer = notes.offer(id);
            number = offer.invoice().number();
            isGross = offer.isGross();
            isMixed = offer.isMixed();
            rows = offer.lines().stream()
                    .map(line -> new Row(line, isMixed, labels))
                    .toList();
            invoiceId = id;
        });
    }

    /** Issues the debit note. */
    public void issue() {
        var amounts = new HashMap<Integer, BigDecimal>();
        for (var row : rows) {
            amounts.put(row.getPosition(), Objects.requireNonNullElse(row.getAmount(), BigDecimal.ZERO));
        }
        var outcome = notes.issue(noteId, known(), amounts, reason, Optional.ofNullable(confirmed));
        if (outcome instanceof Outcome.Issued issued) {
            PageResult.go("/staff/invoice?id=" + issued.id(), format.text("debit.done"));
        } else if (outcome instanceof Outcome.Unconfirmed unconfirmed) {
            confirmed = unconfirmed.total();
            PageResult.refuse(format.text("debit.confirm", format.money(unconfirmed.total())));
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
            case REASON -> PageResult.refuse("debit:reason", format.text("debit.reason.fault", CreditNotes.REASON_MAX));
            case NOTHING -> PageResult.refuse(format.text("debit.nothing"));
            case AMOUNT, EXCEEDS_INVOICE -> refuse(fault.positions(), "debit.amounts");
            case DECIMALS -> refuse(fault.positions(), "amount.currency-decimals");
            case TOO_SMALL -> refuse(fault.positions(), "credit.small");
        }
    }

    private void refuse(Set<Integer> positions, String text) {
        for (var place = 0; place < rows.size(); place++) {
            if (positions.contains(rows.get(place).getPosition())) {
                PageResult.refuse("debit:rows:" + place + ":amount", format.text(text));
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
        return format.text(isMixed ? "credit.mixed" : isGross ? "credit.gross" : "debit.net");
    }

    public List<Row> getRows() {
        return rows;
    }

    /** Returns what the button does; with the total, once that was stated. */
    public String getAction() {
        return confirmed == null ? format.text("debit.do") : format.text("debit.do.total", format.money(confirmed));
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }

    private UUID known() {
        if (invoiceId == null) {
            throw new NotFoundException("document", "to be raised");
        }
        return invoiceId;
    }
}

package io.tenantry.billing.invoicing;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustment.State;
import io.tenantry.billing.adjustment.CreditNoteApprovals;
import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Credits lines of an invoice: the money moves from revenue and tax back into the wallet, and a document states the credited lines. Money,
 * document and number are one transaction; a line keeps its tax, whatever the customer's current tax is. Amounts above the reseller's limit
 * wait for the approval of a second person.
 */
@Stateless
public class CreditNotes {
    /** Maximum length of a reason. */
    public static final int REASON_MAX = 200;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    @Inject
    ItemCharges itemCharges;

    /** For the container. */
    public CreditNotes() {}

    /** For use outside a container. */
    CreditNotes(
            Sql sql, Clock clock, Access access, AuditTrail audit, TenantDirectory tenants, ItemCharges itemCharges) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.itemCharges = itemCharges;
    }

    /**
     * A line that can be credited.
     *
     * @param kind the type of the line
     * @param name of the item; empty for lines without one
     * @param amount in the line's terms, with or without tax
     * @param left the part of it, including debits, that is not credited yet
     * @param includesTax whether its amounts contain tax; empty if it bears none
     */
    public record CreditableLine(
            int position,
            String kind,
            String name,
            String what,
            Instant from,
            Instant to,
            Money amount,
            Money left,
            Optional<Boolean> includesTax) {}

    /**
     * An invoice that can be credited.
     *
     * @param isGross whether all amounts include tax
     * @param isMixed whether some amounts include tax, and others do not
     * @param rule that determines whether approval is required; empty if it never is
     */
    public record Offer(
            DocumentList.InvoiceSummary invoice,
            boolean isGross,
            boolean isMixed,
            List<CreditableLine> lines,
            Optional<CreditNoteApprovals.ApprovalRule> rule) {
        public Offer {
            lines = List.copyOf(lines);
        }
    }

    /** Outcome of crediting. */
    public sealed interface Outcome {
        /** The document with that id is issued, and its money has moved. */
        record Issued(UUID id) implements Outcome {}

        /** It exceeds the limit: a second person has to approve it. */
        record ApprovalPending(UUID adjustment) implements Outcome {}

        /** It was requested before, and refused, withdrawn or expired. */
        record ExceedsRemaining(State state) implements Outcome {}

        /** The form was submitted before with other amounts or another reason: only that request counts, over this total. */
        record AlreadyRequested(Money total) implements Outcome {}

        /** All faults of the input. */
        record Invalid(List<CorrectionFault> faults) implements Outcome {
            public Invalid {
                faults = List.copyOf(faults);
            }
        }

        /** Rounded with the invoice, the total differs from the sum of the entered amounts and must be confirmed. */
        record Unconfirmed(Money total) implements Outcome {}

        /** The invoice was made void in the meantime. */
        record Voided() implements Outcome {}
    }

    /**
     * Returns the lines of an invoice that can be credited.
     *
     * @throws NotFoundException if there is none
     */
    public Offer offer(UUID invoiceId) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var invoice = invoice(invoiceId);
        if (invoice.isVoid()) {
            throw new NotFoundException("document", invoiceId);
        }
        return new Offer(
                invoice.head(),
                invoice.isGross(),
                invoice.isMixed(),
                invoice.charged().stream()
                        .map(line -> new CreditableLine(
                                line.position(),
                                line.kind(),
                                line.name(),
                                line.what(),
                                line.from(),
                                line.to(),
                                line.amount(),
                                line.left(),
                                line.includesTax()))
                        .toList(),
                credits().rule(invoice));
    }

    /** Same as {@link #issue(UUID, UUID, Map, String, Optional)}, without a total that was stated before. */
    public Outcome issue(UUID id, UUID invoiceId, Map<Integer, BigDecimal> amounts, String reason) {
        return issue(id, invoiceId, amounts, reason, Optional.empty());
    }

    /**
     * Issues a credit note, or requests approval for it if that is required.
     *
     * @param id of the document, chosen by the requester: repeating the request with the same id yields the same document and moves the money
     *     only once; with other contents it is refused
     * @param amounts by the position of the line, in the line's terms, with the decimals of the currency; the rounded remainder of a line
     *     stands for all of it
     * @param confirmed the total of an {@link Outcome.Unconfirmed} that the requester has agreed to
     * @throws NotFoundException if there is no such invoice
     */
    public Outcome issue(
            UUID id, UUID invoiceId, Map<Integer, BigDecimal> amounts, String reason, Optional<Money> confirmed) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var invoice = corrector().locked(invoice(invoiceId));
        var request = CorrectionRequest.of(id, amounts, reason, confirmed);
        var repeated = repeated(request, invoice);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        if (invoice.isVoid()) {
            return new Outcome.Voided();
        }
        var faults = request.faults(
                invoice,
                (line, amount) -> amount.compareTo(line.left().rounded().amount()) <= 0);
        if (!CorrectionRequest.isCountable(faults)) {
            return new Outcome.Invalid(faults);
        }
        var lines = new TreeMap<>(request.amounts());
        lines.replaceAll((position, amount) -> {
            var left = invoice.line(position).left();
            return amount.compareTo(left.rounded().amount()) == 0 ? left.amount() : amount;
        });
        var amounted = CorrectionAmounts.ofCredit(sql, invoice, lines);
        if (amounted.isEmpty()) {
            faults.add(CorrectionFault.of(CorrectionFault.Kind.TOO_SMALL, lines.keySet()));
        } else if (amounted.isExceeding()) {
            faults.add(new CorrectionFault(
                    CorrectionFault.Kind.EXCEEDS_INVOICE, lines.keySet(), Optional.of(amounted.left())));
        }
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        var total = amounted.total().negated();
        if (!request.isExpecting(total, invoice)) {
            return new Outcome.Unconfirmed(total);
        }
        return credits().issue(Kind.CREDIT_NOTE, id, invoice, lines, request.reason())
                ? new Outcome.Issued(id)
                : new Outcome.ApprovalPending(id);
    }

    /** Answers a request whose id is known; empty if it is new. */
    private Optional<Outcome> repeated(CorrectionRequest request, CorrectedInvoice invoice) {
        var issued = IssuedCorrection.find(sql, request.id(), invoice);
        if (issued.isPresent()) {
            return Optional.of(
                    issued.get().isOf(DocumentKind.CREDIT_NOTE, request)
                            ? new Outcome.Issued(request.id())
                            : new Outcome.AlreadyRequested(issued.get().total()));
        }
        return credits().known(request.id(), invoice).map(known -> {
            if (known.kind() != Kind.CREDIT_NOTE
                    || !known.reason().equals(request.reason())
                    || !IssuedCorrection.isSame(known.lines(), request.amounts(), invoice.currency())) {
                return new Outcome.AlreadyRequested(known.amount());
            }
            return known.state() == State.WAITING
                    ? new Outcome.ApprovalPending(request.id())
                    : new Outcome.ExceedsRemaining(known.state());
        });
    }

    private CorrectedInvoice invoice(UUID invoiceId) {
        var invoice = corrector().find(invoiceId).orElseThrow(() -> new NotFoundException("document", invoiceId));
        access.requireIn(invoice.head().organizationId(), Permission.BILLING_VIEW);
        return invoice;
    }

    private CreditNoteIssuer credits() {
        return new CreditNoteIssuer(sql, clock, audit, tenants, itemCharges);
    }

    private InvoiceCorrector corrector() {
        return new InvoiceCorrector(sql, clock, audit, tenants, itemCharges);
    }
}

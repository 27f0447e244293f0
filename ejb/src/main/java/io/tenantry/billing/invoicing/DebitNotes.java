package io.tenantry.billing.invoicing;

import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.AmountLimit;
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
import java.util.UUID;

/**
 * Charges amounts that were missing on lines of an invoice: the money moves from the wallet to revenue and tax, and a document states the
 * debited lines. Money, document and number are one transaction; a line keeps its tax, whatever the customer's current tax is.
 */
@Stateless
public class DebitNotes {
    /** Maximum amount that is added to a line at once, which limits the damage of typing errors. */
    public static final BigDecimal AMOUNT_MAX = new BigDecimal("1000000");

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
    public DebitNotes() {}

    /** For use outside a container. */
    DebitNotes(
            Sql sql, Clock clock, Access access, AuditTrail audit, TenantDirectory tenants, ItemCharges itemCharges) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.itemCharges = itemCharges;
    }

    /**
     * A line that can be increased.
     *
     * @param kind the type of the line
     * @param name of the item; empty for lines without one
     * @param charged the line's amount after all corrections, with or without tax
     * @param includesTax whether its amounts contain tax; empty if it bears none
     */
    public record DebitableLine(
            int position,
            String kind,
            String name,
            String what,
            Instant from,
            Instant to,
            Money charged,
            Optional<Boolean> includesTax) {}

    /**
     * An invoice that may be debited.
     *
     * @param isGross whether all amounts include tax
     * @param isMixed whether some amounts include tax, and others do not
     */
    public record Offer(
            DocumentList.InvoiceSummary invoice, boolean isGross, boolean isMixed, List<DebitableLine> lines) {
        public Offer {
            lines = List.copyOf(lines);
        }
    }

    /** Outcome of debiting. */
    public sealed interface Outcome {
        /** The document with that id is issued, and its money is charged. */
        record Issued(UUID id) implements Outcome {}

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
     * Returns the lines of an invoice that can be increased.
     *
     * @throws NotFoundException if there is none, or it is void
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
                        .map(line -> new DebitableLine(
                                line.position(),
                                line.kind(),
                                line.name(),
                                line.what(),
                                line.from(),
                                line.to(),
                                line.left(),
                                line.includesTax()))
                        .toList());
    }

    /** Same as {@link #issue(UUID, UUID, Map, String, Optional)}, without a total that was stated before. */
    public Outcome issue(UUID id, UUID invoiceId, Map<Integer, BigDecimal> amounts, String reason) {
        return issue(id, invoiceId, amounts, reason, Optional.empty());
    }

    /**
     * Issues a debit note.
     *
     * @param id of the document, chosen by the requester: repeating the request with the same id yields the same document and moves the money
     *     only once; with other contents it is refused
     * @param amounts by the position of the line, in the line's terms, with the decimals of the currency
     * @param confirmed the total of an {@link Outcome.Unconfirmed} that the requester has agreed to
     * @throws NotFoundException if there is no such invoice
     */
    public Outcome issue(
            UUID id, UUID invoiceId, Map<Integer, BigDecimal> amounts, String reason, Optional<Money> confirmed) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var invoice = corrector().locked(invoice(invoiceId));
        var request = CorrectionRequest.of(id, amounts, reason, confirmed);
        var issued = IssuedCorrection.find(sql, id, invoice);
        if (issued.isPresent()) {
            return issued.get().isOf(DocumentKind.DEBIT_NOTE, request)
                    ? new Outcome.Issued(id)
                    : new Outcome.AlreadyRequested(issued.get().total());
        }
        if (invoice.isVoid()) {
            return new Outcome.Voided();
        }
        var most = AmountLimit.of(AMOUNT_MAX, invoice.currency());
        var faults = request.faults(invoice, (line, amount) -> amount.compareTo(most) <= 0);
        if (!CorrectionRequest.isCountable(faults)) {
            return new Outcome.Invalid(faults);
        }
        var amounted = CorrectionAmounts.of(sql, invoice, request.amounts());
        if (amounted.isEmpty()) {
            faults.add(CorrectionFault.of(
                    CorrectionFault.Kind.TOO_SMALL, request.amounts().keySet()));
        }
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        if (!request.isExpecting(amounted.total(), invoice)) {
            return new Outcome.Unconfirmed(amounted.total());
        }
        var number = corrector().write(DocumentKind.DEBIT_NOTE, id, invoice, request.amounts(), request.reason());
        corrector().audit("invoice.debited", invoice, "debit_note", number, request.reason());
        return new Outcome.Issued(id);
    }

    private CorrectedInvoice invoice(UUID invoiceId) {
        var invoice = corrector().find(invoiceId).orElseThrow(() -> new NotFoundException("document", invoiceId));
        access.requireIn(invoice.head().organizationId(), Permission.BILLING_VIEW);
        return invoice;
    }

    private InvoiceCorrector corrector() {
        return new InvoiceCorrector(sql, clock, audit, tenants, itemCharges);
    }
}

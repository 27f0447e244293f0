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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
     */
    public record DebitableLine(
            int position, String kind, String name, String what, Instant from, Instant to, Money charged) {}

    /** An invoice that may be debited. */
    public record Offer(DocumentList.InvoiceSummary invoice, boolean isGross, List<DebitableLine> lines) {
        public Offer {
            lines = List.copyOf(lines);
        }
    }

    /** Outcome of debiting. */
    public sealed interface Outcome {
        /** The document with that id is issued, and its money is charged. */
        record Issued(UUID id) implements Outcome {}

        /** Nothing was to be charged. */
        record Nothing() implements Outcome {}

        /** The reason is missing or too long. */
        record Reason() implements Outcome {}

        /** There are no such lines, or the amounts are invalid. */
        record Amounts(Set<Integer> positions) implements Outcome {}

        /** The amounts of these lines have more decimals than the currency. */
        record TooPrecise(Set<Integer> positions, int decimals) implements Outcome {}

        /** The amounts of these lines are too small: the document would state nothing but zeros. */
        record TooSmall(Set<Integer> positions) implements Outcome {}

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
                invoice.charged().stream()
                        .map(line -> new DebitableLine(
                                line.position(),
                                line.kind(),
                                line.name(),
                                line.what(),
                                line.from(),
                                line.to(),
                                line.left()))
                        .toList());
    }

    /**
     * Issues a debit note.
     *
     * @param id of the document, chosen by the requester: repeating the request with the same id yields the same document and moves the money
     *     only once
     * @param amounts by the position of the line, in the line's terms, with the decimals of the currency
     * @throws NotFoundException if there is no such invoice
     */
    public Outcome issue(UUID id, UUID invoiceId, Map<Integer, BigDecimal> amounts, String reason) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var before = invoice(invoiceId);
        var words = InvoiceCorrector.reason(reason);
        if (words.isEmpty()) {
            return new Outcome.Reason();
        }
        var invoice = corrector().locked(before);
        if (corrector().isThere(id)) {
            return new Outcome.Issued(id);
        }
        if (invoice.isVoid()) {
            return new Outcome.Voided();
        }
        var wanted = new TreeMap<>(amounts);
        wanted.values().removeIf(amount -> amount.signum() == 0);
        if (wanted.isEmpty()) {
            return new Outcome.Nothing();
        }
        var precise = CorrectionAmounts.tooPrecise(invoice, wanted);
        if (!precise.isEmpty()) {
            return new Outcome.TooPrecise(precise, invoice.currency().getDefaultFractionDigits());
        }
        var unfit = unfit(invoice, wanted);
        if (!unfit.isEmpty()) {
            return new Outcome.Amounts(unfit);
        }
        if (CorrectionAmounts.of(sql, invoice, wanted).isEmpty()) {
            return new Outcome.TooSmall(wanted.keySet());
        }
        var number = corrector().write(DocumentKind.DEBIT_NOTE, id, invoice, wanted, words.get());
        corrector().audit("invoice.debited", invoice, "debit_note", number, words.get());
        return new Outcome.Issued(id);
    }

    private static Set<Integer> unfit(CorrectedInvoice invoice, Map<Integer, BigDecimal> wanted) {
        var unfit = new TreeSet<Integer>();
        wanted.forEach((position, amount) -> {
            var line = invoice.charged(position);
            if (line.isEmpty()
                    || amount.signum() < 0
                    || amount.compareTo(AmountLimit.of(AMOUNT_MAX, invoice.currency())) > 0) {
                unfit.add(position);
            }
        });
        return unfit;
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

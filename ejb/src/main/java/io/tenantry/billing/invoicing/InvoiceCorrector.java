package io.tenantry.billing.invoicing;

import io.tenantry.billing.invoicing.CorrectedInvoice.Change;
import io.tenantry.billing.invoicing.CorrectedInvoice.Line;
import io.tenantry.billing.wallet.AppliedTax;
import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.OneTimeCharge;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;

/**
 * Corrects an invoice: the money of each line moves by a separate entry, with the line's tax, and a document of a separate series states it.
 * All of it is one transaction under the wallet's lock, so that of two concurrent corrections the second sees the first.
 */
final class InvoiceCorrector {
    private static final String CREDITED = "CREDITED";
    private static final String DEBITED = "DEBITED";
    private static final String TAX_CORRECTED = "TAX_CORRECTED";

    private final Sql sql;
    private final Clock clock;
    private final AuditTrail audit;
    private final TenantDirectory tenants;
    private final ItemCharges itemCharges;

    InvoiceCorrector(Sql sql, Clock clock, AuditTrail audit, TenantDirectory tenants, ItemCharges itemCharges) {
        this.sql = sql;
        this.clock = clock;
        this.audit = audit;
        this.tenants = tenants;
        this.itemCharges = itemCharges;
    }

    /** Returns an invoice with its corrections; empty if there is no such invoice. */
    Optional<CorrectedInvoice> find(UUID invoiceId) {
        return CorrectedInvoice.of(sql, invoiceId, tenants.current());
    }

    /** Returns the invoice under its wallet's lock, including all earlier corrections. */
    CorrectedInvoice locked(CorrectedInvoice before) {
        var unused = sql.one(
                "select id from wallet where id = ? for no key update", row -> row.uuid("id"), before.walletId());
        return find(before.head().id()).orElseThrow();
    }

    /** Returns a reason that is valid for a document; empty if it is missing or too long. */
    static Optional<String> reason(String stated) {
        var words = PostalAddress.line(stated);
        return Optional.of(words).filter(text -> !text.isEmpty() && text.length() <= CreditNotes.REASON_MAX);
    }

    /**
     * Writes a document.
     *
     * @param changes by the line's position, positive if payable
     * @return its number
     */
    String write(
            DocumentKind kind,
            UUID id,
            CorrectedInvoice invoice,
            SortedMap<Integer, BigDecimal> changes,
            String reason) {
        var seriesId = series(kind);
        var moved = changes.entrySet().stream()
                .map(one -> change(
                        kind, source(kind) + ":" + id, invoice, invoice.line(one.getKey()), one.getValue(), reason))
                .toList();
        return rows(kind).write(id, seriesId, invoice, moved, reason);
    }

    /**
     * Writes a credit note that reverses the remainder of lines with its tax, and charges it again without tax.
     *
     * @param now the new tax terms: at a rate of zero
     * @return its number
     */
    String retax(UUID id, CorrectedInvoice invoice, SortedSet<Integer> positions, AppliedTax now, String reason) {
        var seriesId = series(DocumentKind.CREDIT_NOTE);
        var source = source(DocumentKind.CREDIT_NOTE) + ":" + id;
        var lines = positions.stream().map(invoice::line).toList();
        var moved = itemCharges.adjustTax(
                invoice.walletId(),
                lines.stream()
                        .map(line -> new ItemCharges.TaxAdjusted(
                                line.left(),
                                line.terms().orElseThrow(),
                                source,
                                reason,
                                source + ":" + line.position()))
                        .toList(),
                now);
        var changes = new ArrayList<Change>();
        for (var place = 0; place < lines.size(); place++) {
            var line = lines.get(place);
            var entries = moved.get(place);
            changes.add(new Change(line, CREDITED, line.left().negated(), entries.untaxed()));
            changes.add(new Change(line, TAX_CORRECTED, entries.net(), entries.retaxed()));
        }
        return rows(DocumentKind.CREDIT_NOTE).write(id, seriesId, invoice, changes, reason);
    }

    private CorrectionWriter rows(DocumentKind kind) {
        return new CorrectionWriter(sql, clock, tenants.current().zone(), kind, new DocumentSettlement(sql, audit));
    }

    private UUID series(DocumentKind kind) {
        var year = clock.instant().atZone(tenants.current().zone()).getYear();
        return new NumberSequence(sql, clock).of(kind, year);
    }

    private static String source(DocumentKind kind) {
        return kind == DocumentKind.DEBIT_NOTE ? "debit-note" : "credit-note";
    }

    /** Moves the money of one line. */
    private Change change(
            DocumentKind kind, String source, CorrectedInvoice invoice, Line line, BigDecimal by, String reason) {
        var amount = new Money(by, invoice.currency());
        var moved = new OneTimeCharge(
                invoice.walletId(),
                amount.isNegative() ? amount.negated() : amount,
                source,
                reason,
                source + ":" + line.position());
        var entry = (amount.isNegative()
                        ? itemCharges.refund(moved, line.terms())
                        : itemCharges.charge(moved, line.terms()))
                .orElseThrow(
                        () -> new IllegalStateException(source + " has corrected line " + line.position() + " before"));
        return new Change(line, kind == DocumentKind.DEBIT_NOTE ? DEBITED : CREDITED, amount, entry);
    }

    /** Writes an audit record. */
    void audit(String act, CorrectedInvoice invoice, String kind, String number, String reason) {
        audit.record(
                act,
                "organization",
                invoice.head().organizationId().toString(),
                Map.of(kind, number, "invoice", invoice.head().number(), "reason", reason));
    }
}

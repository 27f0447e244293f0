package io.tenantry.billing.invoicing;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustment.State;
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
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Voids an incorrectly issued invoice: a credit note reverses its whole remainder, and a row records it. The invoice stays as it was issued,
 * and can no longer be corrected. Amounts above the reseller's limit wait for the approval of a second person.
 */
@Stateless
public class Voids {
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
    public Voids() {}

    /** For use outside a container. */
    Voids(Sql sql, Clock clock, Access access, AuditTrail audit, TenantDirectory tenants, ItemCharges itemCharges) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.itemCharges = itemCharges;
    }

    /**
     * What voiding an invoice would reverse.
     *
     * @param isMixed whether some lines include tax and others do not, so that what is left of them does not add up
     * @param left of its lines, in their terms, with or without tax
     * @param whole the amount credited to the wallet, including tax
     * @param isHeld whether a second person has to approve that
     */
    public record Offer(
            DocumentList.InvoiceSummary invoice,
            boolean isGross,
            boolean isMixed,
            Money left,
            Money whole,
            boolean isHeld) {}

    /** Outcome of voiding. */
    public sealed interface Outcome {
        /** The invoice is void by the credit note with that id. */
        record Done(UUID creditNote) implements Outcome {}

        /** It exceeds the limit: a second person has to approve it. */
        record Waiting(UUID adjustment) implements Outcome {}

        /** It was requested before, and refused, withdrawn or expired. */
        record RequestClosed(State state) implements Outcome {}

        /** It was void already. */
        record AlreadyVoid(UUID creditNote) implements Outcome {}

        /** The form was submitted before with another reason, or for a credit note of lines: only that request counts, over this total. */
        record AlreadyRequested(Money total) implements Outcome {}

        /** Nothing of it is left to be credited. */
        record Nothing() implements Outcome {}

        /** The reason is missing or too long. */
        record Reason() implements Outcome {}
    }

    /**
     * Returns what voiding would reverse.
     *
     * @throws NotFoundException if there is no such invoice, or it is void
     */
    public Offer offer(UUID invoiceId) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var invoice = invoice(invoiceId);
        if (invoice.isVoid()) {
            throw new NotFoundException("document", invoiceId);
        }
        var whole = credits().whole(invoice, CreditNoteIssuer.allOf(invoice));
        return new Offer(
                invoice.head(),
                invoice.isGross(),
                invoice.isMixed(),
                left(invoice),
                whole,
                credits().isAboveLimit(invoice, whole));
    }

    /**
     * Voids an invoice, or requests approval for it if the refund requires it.
     *
     * @param id of the credit note, chosen by the requester: repeating the request with the same id yields the same credit note and moves the
     *     money only once; with another reason it is refused
     * @throws NotFoundException if there is no such invoice
     */
    public Outcome issue(UUID id, UUID invoiceId, String reason) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var before = invoice(invoiceId);
        var words = InvoiceCorrector.reason(reason);
        if (words.isEmpty()) {
            return new Outcome.Reason();
        }
        var invoice = corrector().locked(before);
        var repeated = repeated(id, invoice, words.get());
        if (repeated.isPresent()) {
            return repeated.get();
        }
        if (invoice.isVoid()) {
            return new Outcome.AlreadyVoid(voidedBy(invoiceId));
        }
        if (!credits().whole(invoice, CreditNoteIssuer.allOf(invoice)).isPositive()) {
            return new Outcome.Nothing();
        }
        return credits().issue(Kind.VOID, id, invoice, CreditNoteIssuer.allOf(invoice), words.get())
                ? new Outcome.Done(id)
                : new Outcome.Waiting(id);
    }

    /** Answers a request whose id is known; empty if it is new. */
    private Optional<Outcome> repeated(UUID id, CorrectedInvoice invoice, String reason) {
        var issued = IssuedCorrection.find(sql, id, invoice);
        if (issued.isPresent()) {
            var isSame = invoice.isVoid()
                    && voidedBy(invoice.head().id()).equals(id)
                    && issued.get().reason().equals(reason);
            return Optional.of(
                    isSame
                            ? new Outcome.Done(id)
                            : new Outcome.AlreadyRequested(issued.get().total()));
        }
        return credits().known(id, invoice).map(known -> {
            if (known.kind() != Kind.VOID || !known.reason().equals(reason)) {
                return new Outcome.AlreadyRequested(known.amount());
            }
            return known.state() == State.WAITING ? new Outcome.Waiting(id) : new Outcome.RequestClosed(known.state());
        });
    }

    private static Money left(CorrectedInvoice invoice) {
        return invoice.lines().stream()
                .map(CorrectedInvoice.Line::left)
                .reduce(Money.zero(invoice.currency()), Money::plus);
    }

    private UUID voidedBy(UUID invoiceId) {
        return sql.one(
                "select credit_note_id from invoice_void where invoice_id = ?",
                row -> row.uuid("credit_note_id"),
                invoiceId);
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

package io.tenantry.billing.invoicing;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustment.State;
import io.tenantry.billing.wallet.Wallets;
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
import java.util.UUID;

/**
 * Makes an invoice void that was issued wrongly: a credit note takes back all that is left of it, and a row says that it did. The invoice stays as it was
 * issued; nothing corrects it any more. What is above the reseller's limit waits until somebody else has approved it.
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
    Wallets wallets;

    /** For the container. */
    public Voids() {}

    /** For use outside a container. */
    Voids(Sql sql, Clock clock, Access access, AuditTrail audit, TenantDirectory tenants, Wallets wallets) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.wallets = wallets;
    }

    /**
     * What making an invoice void would take back.
     *
     * @param left of its lines, as they say it, with or without the tax
     * @param whole what the wallet gets, with the tax
     * @param isHeld whether somebody else has to approve that
     */
    public record Offer(
            DocumentList.InvoiceSummary invoice, boolean isGross, Money left, Money whole, boolean isHeld) {}

    /** How it ended. */
    public sealed interface Outcome {
        /** The invoice is void by the credit note of that id. */
        record Done(UUID creditNote) implements Outcome {}

        /** It is above the limit: somebody else has to approve it. */
        record Waiting(UUID adjustment) implements Outcome {}

        /** It was asked for before, and is refused, taken back or expired. */
        record Over(State state) implements Outcome {}

        /** It was void before. */
        record Before(UUID creditNote) implements Outcome {}

        /** Nothing of it is left to be credited. */
        record Nothing() implements Outcome {}

        /** There is no reason, or it is too long. */
        record Reason() implements Outcome {}
    }

    /**
     * What would be taken back.
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
                left(invoice),
                whole,
                credits().isAboveLimit(invoice, whole));
    }

    /**
     * Makes an invoice void, or asks for it if somebody else has to approve what that gives back.
     *
     * @param id of the credit note, chosen by who asks: asked for again, it is the same one and the money moves once
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
        if (invoice.isVoid()) {
            var by = voidedBy(invoiceId);
            return by.equals(id) ? new Outcome.Done(id) : new Outcome.Before(by);
        }
        var known = credits().known(id, invoice);
        if (known.isPresent()) {
            return known.get() == State.WAITING ? new Outcome.Waiting(id) : new Outcome.Over(known.get());
        }
        if (!left(invoice).isPositive()) {
            return new Outcome.Nothing();
        }
        return credits().issue(Kind.VOID, id, invoice, CreditNoteIssuer.allOf(invoice), words.get())
                ? new Outcome.Done(id)
                : new Outcome.Waiting(id);
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
        return new CreditNoteIssuer(sql, clock, audit, tenants, wallets);
    }

    private InvoiceCorrector corrector() {
        return new InvoiceCorrector(sql, clock, audit, tenants, wallets);
    }
}

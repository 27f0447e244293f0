package io.tenantry.billing.invoicing;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustment.State;
import io.tenantry.billing.adjustment.CreditNoteApprovals;
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
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Credits lines of an invoice: the money goes back into the wallet, out of revenue and tax, and a document says which lines it was for.
 * Money, document and number are one transaction; a line's tax is what it was, whatever the customer bears now. What is above the reseller's limit
 * waits until somebody else has approved it.
 */
@Stateless
public class CreditNotes {
    /** A reason is at most so long. */
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
    Wallets wallets;

    /** For the container. */
    public CreditNotes() {}

    /** For use outside a container. */
    CreditNotes(Sql sql, Clock clock, Access access, AuditTrail audit, TenantDirectory tenants, Wallets wallets) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.wallets = wallets;
    }

    /**
     * A line that can be credited.
     *
     * @param kind what sort of line it is
     * @param name of the thing; empty for what is of none
     * @param amount as the line says it, with or without the tax
     * @param left what of that, and of what was debited to it, is not credited yet
     */
    public record Creditable(
            int position, String kind, String name, String what, Instant from, Instant to, Money amount, Money left) {}

    /**
     * An invoice of which something can be credited.
     *
     * @param rule by which it is decided whether somebody else has to approve; empty if nobody has to
     */
    public record Offer(
            DocumentList.InvoiceSummary invoice,
            boolean isGross,
            List<Creditable> lines,
            Optional<CreditNoteApprovals.Rule> rule) {
        public Offer {
            lines = List.copyOf(lines);
        }
    }

    /** How crediting ended. */
    public sealed interface Outcome {
        /** The document of that id is there, with its money. */
        record Issued(UUID id) implements Outcome {}

        /** It is above the limit: somebody else has to approve it. */
        record ApprovalPending(UUID adjustment) implements Outcome {}

        /** It was asked for before, and is refused, taken back or expired. */
        record ExceedsRemaining(State state) implements Outcome {}

        /** Nothing was to be credited. */
        record Nothing() implements Outcome {}

        /** There is no reason, or it is too long. */
        record Reason() implements Outcome {}

        /** So much of these lines is not left, or it is no amount of the currency. */
        record Amounts(Set<Integer> positions) implements Outcome {}

        /** The invoice was made void meanwhile. */
        record Voided() implements Outcome {}
    }

    /**
     * What of an invoice can be credited.
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
                invoice.charged().stream()
                        .map(line -> new Creditable(
                                line.position(),
                                line.kind(),
                                line.name(),
                                line.what(),
                                line.from(),
                                line.to(),
                                line.amount(),
                                line.left()))
                        .toList(),
                credits().rule(invoice));
    }

    /**
     * Issues a credit note, or asks for it if somebody else has to approve what it gives back.
     *
     * @param id of the document, chosen by who asks: asked for again, it is the same document and the money moves once
     * @param amounts by the position of the line, as the line says them
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
        var known = credits().known(id, invoice);
        if (known.isPresent()) {
            return known.get() == State.WAITING
                    ? new Outcome.ApprovalPending(id)
                    : new Outcome.ExceedsRemaining(known.get());
        }
        if (invoice.isVoid()) {
            return new Outcome.Voided();
        }
        var wanted = new TreeMap<>(amounts);
        wanted.values().removeIf(amount -> amount.signum() == 0);
        if (wanted.isEmpty()) {
            return new Outcome.Nothing();
        }
        var unfit = unfit(invoice, wanted);
        if (!unfit.isEmpty()) {
            return new Outcome.Amounts(unfit);
        }
        return credits().issue(Kind.CREDIT_NOTE, id, invoice, wanted, words.get())
                ? new Outcome.Issued(id)
                : new Outcome.ApprovalPending(id);
    }

    private static Set<Integer> unfit(CorrectedInvoice invoice, Map<Integer, BigDecimal> wanted) {
        var unfit = new TreeSet<Integer>();
        wanted.forEach((position, amount) -> {
            var line = invoice.charged(position);
            if (line.isEmpty()
                    || amount.signum() < 0
                    || amount.stripTrailingZeros().scale() > Money.SCALE
                    || amount.compareTo(line.get().left().amount()) > 0) {
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

    private CreditNoteIssuer credits() {
        return new CreditNoteIssuer(sql, clock, audit, tenants, wallets);
    }

    private InvoiceCorrector corrector() {
        return new InvoiceCorrector(sql, clock, audit, tenants, wallets);
    }
}

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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
     */
    public record CreditableLine(
            int position, String kind, String name, String what, Instant from, Instant to, Money amount, Money left) {}

    /**
     * An invoice that can be credited.
     *
     * @param rule that determines whether approval is required; empty if it never is
     */
    public record Offer(
            DocumentList.InvoiceSummary invoice,
            boolean isGross,
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

        /** Nothing was to be credited. */
        record Nothing() implements Outcome {}

        /** The reason is missing or too long. */
        record Reason() implements Outcome {}

        /** These lines have less left than was to be credited. */
        record Amounts(Set<Integer> positions) implements Outcome {}

        /** The amounts of these lines have more decimals than the currency. */
        record TooPrecise(Set<Integer> positions, int decimals) implements Outcome {}

        /** The amounts of these lines are too small: the document would state nothing but zeros. */
        record TooSmall(Set<Integer> positions) implements Outcome {}

        /** The lines have that much left, but the whole invoice has less, because of refunds on it. */
        record ExceedsInvoice(Set<Integer> positions, Money left) implements Outcome {}

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
                invoice.charged().stream()
                        .map(line -> new CreditableLine(
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
     * Issues a credit note, or requests approval for it if that is required.
     *
     * @param id of the document, chosen by the requester: repeating the request with the same id yields the same document and moves the money
     *     only once
     * @param amounts by the position of the line, in the line's terms, with the decimals of the currency; the rounded remainder of a line
     *     stands for all of it
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
        var refused = refused(invoice, wanted);
        if (refused.isPresent()) {
            return refused.get();
        }
        wanted.replaceAll((position, amount) -> {
            var left = invoice.line(position).left();
            return amount.compareTo(left.rounded().amount()) == 0 ? left.amount() : amount;
        });
        var amounted = CorrectionAmounts.ofCredit(sql, invoice, wanted);
        if (amounted.isEmpty()) {
            return new Outcome.TooSmall(wanted.keySet());
        }
        if (amounted.isExceeding()) {
            return new Outcome.ExceedsInvoice(wanted.keySet(), amounted.left());
        }
        return credits().issue(Kind.CREDIT_NOTE, id, invoice, wanted, words.get())
                ? new Outcome.Issued(id)
                : new Outcome.ApprovalPending(id);
    }

    private static Optional<Outcome> refused(CorrectedInvoice invoice, Map<Integer, BigDecimal> wanted) {
        var precise = CorrectionAmounts.tooPrecise(invoice, wanted);
        if (!precise.isEmpty()) {
            return Optional.of(
                    new Outcome.TooPrecise(precise, invoice.currency().getDefaultFractionDigits()));
        }
        var unfit = unfit(invoice, wanted);
        return unfit.isEmpty() ? Optional.empty() : Optional.of(new Outcome.Amounts(unfit));
    }

    private static Set<Integer> unfit(CorrectedInvoice invoice, Map<Integer, BigDecimal> wanted) {
        var unfit = new TreeSet<Integer>();
        wanted.forEach((position, amount) -> {
            var line = invoice.charged(position);
            if (line.isEmpty()
                    || amount.signum() < 0
                    || amount.compareTo(line.get().left().rounded().amount()) > 0) {
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
        return new CreditNoteIssuer(sql, clock, audit, tenants, itemCharges);
    }

    private InvoiceCorrector corrector() {
        return new InvoiceCorrector(sql, clock, audit, tenants, itemCharges);
    }
}

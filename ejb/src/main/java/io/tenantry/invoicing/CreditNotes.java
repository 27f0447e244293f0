package io.tenantry.invoicing;

import io.tenantry.audit.AuditTrail;
import io.tenantry.concession.Concession.Kind;
import io.tenantry.concession.Concession.State;
import io.tenantry.concession.CreditConcessions;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.wallet.Wallets;
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
            DocumentList.Head invoice, boolean isGross, List<Creditable> lines, Optional<CreditConcessions.Rule> rule) {
        public Offer {
            lines = List.copyOf(lines);
        }
    }

    /** How crediting ended. */
    public sealed interface Outcome {
        /** The document of that id is there, with its money. */
        record Issued(UUID id) implements Outcome {}

        /** It is above the limit: somebody else has to approve it. */
        record Waiting(UUID concession) implements Outcome {}

        /** It was asked for before, and is refused, taken back or expired. */
        record Over(State state) implements Outcome {}

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
     * @throws NotVisible if there is none
     */
    public Offer offer(UUID invoiceId) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        var invoice = invoice(invoiceId);
        if (invoice.isVoid()) {
            throw new NotVisible("document", invoiceId);
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
     * @throws NotVisible if there is no such invoice
     */
    public Outcome issue(UUID id, UUID invoiceId, Map<Integer, BigDecimal> amounts, String reason) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        var before = invoice(invoiceId);
        var words = Corrector.reason(reason);
        if (words.isEmpty()) {
            return new Outcome.Reason();
        }
        var invoice = corrector().locked(before);
        if (corrector().isThere(id)) {
            return new Outcome.Issued(id);
        }
        var known = credits().known(id, invoice);
        if (known.isPresent()) {
            return known.get() == State.WAITING ? new Outcome.Waiting(id) : new Outcome.Over(known.get());
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
                : new Outcome.Waiting(id);
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
        var invoice = corrector().find(invoiceId).orElseThrow(() -> new NotVisible("document", invoiceId));
        access.requireIn(invoice.head().organizationId(), Permission.BILLING_VIEW);
        return invoice;
    }

    private Credits credits() {
        return new Credits(sql, clock, audit, tenants, wallets);
    }

    private Corrector corrector() {
        return new Corrector(sql, clock, audit, tenants, wallets);
    }
}

package io.tenantry.invoicing;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.invoicing.CreditPaper.Credit;
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
 * Money, document and number are one transaction; a line's tax is what it was, whatever the customer bears now.
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
     * @param left what of that is not credited yet
     */
    public record Creditable(
            int position, String kind, String name, String what, Instant from, Instant to, Money amount, Money left) {}

    /** An invoice of which something can be credited. */
    public record Offer(DocumentList.Head invoice, boolean isGross, List<Creditable> lines) {
        public Offer {
            lines = List.copyOf(lines);
        }
    }

    /** How crediting ended. */
    public sealed interface Outcome {
        /** The document of that id is there, with its money. */
        record Issued(UUID id) implements Outcome {}

        /** Nothing was to be credited. */
        record Nothing() implements Outcome {}

        /** There is no reason, or it is too long. */
        record Reason() implements Outcome {}

        /** So much of these lines is not left, or it is no amount of the currency. */
        record Amounts(Set<Integer> positions) implements Outcome {}
    }

    /**
     * What of an invoice can be credited.
     *
     * @throws NotVisible if there is none
     */
    public Offer offer(UUID invoiceId) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        var paper = paper(invoiceId);
        return new Offer(
                paper.head(),
                paper.lines().stream().flatMap(line -> line.terms().stream()).anyMatch(Wallets.Terms::isIncluded),
                paper.lines().stream()
                        .filter(line -> line.amount().isPositive())
                        .map(line -> new Creditable(
                                line.position(),
                                line.kind(),
                                line.name(),
                                line.what(),
                                line.from(),
                                line.to(),
                                line.amount(),
                                line.left()))
                        .toList());
    }

    /**
     * Issues a credit note.
     *
     * @param id of the document, chosen by who asks: asked for again, it is the same document and the money moves once
     * @param amounts by the position of the line, as the line says them
     * @throws NotVisible if there is no such invoice
     */
    public Outcome issue(UUID id, UUID invoiceId, Map<Integer, BigDecimal> amounts, String reason) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        var before = paper(invoiceId);
        var words = Address.line(reason);
        if (words.isEmpty() || words.length() > REASON_MAX) {
            return new Outcome.Reason();
        }
        lock(before.walletId());
        if (isThere(id)) {
            return new Outcome.Issued(id);
        }
        var paper = paper(invoiceId);
        var wanted = new TreeMap<>(amounts);
        wanted.values().removeIf(amount -> amount.signum() == 0);
        if (wanted.isEmpty()) {
            return new Outcome.Nothing();
        }
        var unfit = unfit(paper, wanted);
        if (!unfit.isEmpty()) {
            return new Outcome.Amounts(unfit);
        }
        write(id, paper, wanted, words);
        return new Outcome.Issued(id);
    }

    private static Set<Integer> unfit(CreditPaper paper, Map<Integer, BigDecimal> wanted) {
        var unfit = new TreeSet<Integer>();
        wanted.forEach((position, amount) -> {
            var line = paper.line(position);
            if (line.isEmpty()
                    || amount.signum() < 0
                    || amount.stripTrailingZeros().scale() > Money.SCALE
                    || amount.compareTo(line.get().left().amount()) > 0) {
                unfit.add(position);
            }
        });
        return unfit;
    }

    private void write(UUID id, CreditPaper paper, Map<Integer, BigDecimal> wanted, String reason) {
        var seriesId = new Series(sql, clock)
                .of(
                        DocumentKind.CREDIT_NOTE,
                        clock.instant().atZone(tenants.current().zone()).getYear());
        var credits = wanted.entrySet().stream()
                .map(one -> credit(
                        id,
                        paper,
                        paper.line(one.getKey()).orElseThrow(),
                        new Money(one.getValue(), paper.currency()),
                        reason))
                .toList();
        var number = new CreditRows(sql, clock).write(id, seriesId, paper, credits, reason);
        audit.record(
                "invoice.credited",
                "organization",
                paper.head().organizationId().toString(),
                Map.of("credit_note", number, "invoice", paper.head().number(), "reason", reason));
    }

    /** The money of one line. */
    private Credit credit(UUID id, CreditPaper paper, CreditPaper.Line line, Money amount, String reason) {
        var item = new Wallets.Item(
                paper.walletId(), amount, "credit-note:" + id, reason, "credit-note:" + id + ":" + line.position());
        var entry = wallets.giveBack(item, line.terms())
                .orElseThrow(() ->
                        new IllegalStateException("line " + line.position() + " of " + id + " was credited before"));
        return new Credit(line, amount.negated(), entry);
    }

    private CreditPaper paper(UUID invoiceId) {
        var paper = CreditPaper.of(sql, invoiceId, tenants.current())
                .orElseThrow(() -> new NotVisible("document", invoiceId));
        access.requireIn(paper.head().organizationId(), Permission.BILLING_VIEW);
        return paper;
    }

    private boolean isThere(UUID id) {
        return sql.first("select id from invoice where id = ?", row -> row.uuid("id"), id)
                .isPresent();
    }

    private void lock(UUID walletId) {
        Optional<UUID> locked =
                sql.first("select id from wallet where id = ? for no key update", row -> row.uuid("id"), walletId);
        if (locked.isEmpty()) {
            throw new NotVisible("wallet", walletId);
        }
    }
}

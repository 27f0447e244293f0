package io.tenantry.concession;

import io.tenantry.audit.AuditTrail;
import io.tenantry.concession.Concession.Kind;
import io.tenantry.concession.Concession.State;
import io.tenantry.concession.ConcessionRows.Asked;
import io.tenantry.concession.ConcessionRows.Moved;
import io.tenantry.identity.NotVisible;
import io.tenantry.money.Money;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Currency;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What credit notes give up: whoever issues one asks here first, under the wallet's lock, and says when it is there. Becomes part of the caller's
 * transaction, and asks for no right.
 */
public final class CreditConcessions {
    private static final String REVENUE = "REVENUE";

    private final Sql sql;
    private final ConcessionRows rows;

    public CreditConcessions(Sql sql, Clock clock, AuditTrail audit) {
        this.sql = sql;
        this.rows = new ConcessionRows(sql, clock, audit);
    }

    /**
     * A credit note that somebody wants.
     *
     * @param id that it will have
     * @param lines how much of which line of the invoice is credited, by its position
     * @param amount what the wallet gets, with the tax; above zero
     */
    public record Wish(
            UUID id,
            Kind kind,
            UUID walletId,
            UUID invoiceId,
            SortedMap<Integer, BigDecimal> lines,
            Money amount,
            String reason) {}

    /**
     * By what it is decided whether somebody else has to approve.
     *
     * @param limit above which somebody has to, in the reseller's currency
     * @param before what was given up for the customer in the last day, in the wallet's currency
     */
    public record Rule(Money limit, Money before) {}

    /** The rule for a wallet; empty if nobody has to approve anything. */
    public Optional<Rule> rule(UUID walletId, Currency currency) {
        return ConcessionLimits.inForce(sql, ConcessionLimits.Subject.CONCESSION)
                .map(limit -> new Rule(limit, rows.before(walletId, currency)));
    }

    /** Whether somebody else would have to approve that now. */
    public boolean isAboveLimit(UUID walletId, Money amount) {
        return amount.isPositive() && rows.isAboveLimit(walletId, amount);
    }

    /**
     * What became of a credit note that was asked for before; empty if it was not.
     *
     * @throws NotVisible if it was asked for of another invoice
     */
    public Optional<State> known(UUID id, UUID invoiceId) {
        return rows.find(id).map(known -> {
            if (known.invoice().filter(paper -> paper.id().equals(invoiceId)).isEmpty()) {
                throw new NotVisible("concession", id);
            }
            return known.state();
        });
    }

    /**
     * Asks for one.
     *
     * @return whether it waits for somebody else. If it does not, the caller issues it and calls {@link #done}
     */
    public boolean ask(Wish wish) {
        var isHeld = rows.isAboveLimit(wish.walletId(), wish.amount());
        rows.keep(
                new Asked(
                        wish.id(),
                        wish.walletId(),
                        wish.kind(),
                        REVENUE,
                        Ground.CORRECTION,
                        wish.amount(),
                        wish.reason()),
                isHeld);
        rows.keep(wish.id(), wish.invoiceId(), wish.lines());
        if (isHeld) {
            rows.tellApprovers(wish.id());
        }
        return isHeld;
    }

    /** The credit note that nobody had to approve is there. */
    public void done(UUID id) {
        rows.close(rows.find(id).orElseThrow(), State.DONE, Optional.empty(), new Moved(null, id, null));
    }
}

package io.tenantry.billing.wallet;

import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Charges and refunds of single items, such as transfer packs, outages and late fees. They are posted between a wallet and revenue, with their
 * tax; hours of services are charged by {@code billing.charging}.
 *
 * <p>Joins the caller's transaction; the calling use cases check permissions.
 */
@ApplicationScoped
public class ItemCharges {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Ledger ledger;

    @Inject
    Event<WalletBalanceChanged> moved;

    @Inject
    TenantDirectory tenants;

    @Inject
    Wallets wallets;

    /** For the container. */
    public ItemCharges() {}

    /** For use outside a container, with the collaborators of those wallets. */
    public ItemCharges(Wallets wallets) {
        this.wallets = wallets;
        this.sql = wallets.sql;
        this.clock = wallets.clock;
        this.ledger = wallets.ledger;
        this.moved = wallets.moved;
        this.tenants = wallets.tenants;
    }

    /**
     * Refunds a charge from the account that it was booked to. A charge of many services is one entry, which cannot be reversed for a single
     * service, so the refund is a separate entry.
     *
     * @return the journal entry; empty if the key was used before and nothing was moved now
     */
    public Optional<Long> refund(OneTimeCharge oneTimeCharge) {
        return move(oneTimeCharge, "CREDIT", oneTimeCharge.amount());
    }

    /**
     * Same as {@link #refund(OneTimeCharge)}, with the tax of the refunded item instead of the current tax.
     *
     * @param terms the tax terms of the item; empty if it had no tax
     */
    public Optional<Long> refund(OneTimeCharge oneTimeCharge, Optional<AppliedTax> terms) {
        return move(oneTimeCharge, "CREDIT", oneTimeCharge.amount(), terms);
    }

    private Optional<Long> move(OneTimeCharge oneTimeCharge, String kind, Money change, Optional<AppliedTax> terms) {
        postings().lock(oneTimeCharge.walletId());
        var entry = ledger.open(new Ledger.EntryHeader(
                kind,
                oneTimeCharge.source(),
                oneTimeCharge.idempotencyKey(),
                oneTimeCharge.reason(),
                Optional.empty()));
        entry.ifPresent(number -> postings()
                .post(
                        number,
                        oneTimeCharge.balanceChanged(),
                        change,
                        terms.map(known -> ItemTaxCalculation.as(sql, known, change))));
        return entry;
    }

    /** Charges an item other than hours, like {@link #refund}. */
    public Optional<Long> charge(OneTimeCharge oneTimeCharge) {
        return move(oneTimeCharge, "DEBIT", oneTimeCharge.amount().negated());
    }

    /**
     * Same as {@link #charge(OneTimeCharge)}, with the tax of the item that it belongs to instead of the current tax.
     *
     * @param terms the tax terms of that item; empty if it had no tax
     */
    public Optional<Long> charge(OneTimeCharge oneTimeCharge, Optional<AppliedTax> terms) {
        return move(oneTimeCharge, "DEBIT", oneTimeCharge.amount().negated(), terms);
    }

    /**
     * An item whose tax has to be corrected.
     *
     * @param amount as it was charged, negative if it was refunded, in the wallet's currency
     * @param was its previous tax terms
     * @param source its origin, for the journal
     * @param idempotencyKey the same key moves money once
     */
    public record TaxAdjusted(Money amount, AppliedTax was, String source, String reason, String idempotencyKey) {}

    /**
     * Entries of a tax correction.
     *
     * @param untaxed reversed the item, with its tax
     * @param retaxed charged it again
     * @param net the amount charged again, without tax
     */
    public record TaxAdjustment(long untaxed, long retaxed, Money net) {}

    /**
     * Reverses taxed items and charges their net amounts again without tax. The wallet gets only the tax, so no observer is notified of the
     * intermediate balance.
     *
     * @param now the new tax terms; at a rate of zero
     */
    public List<TaxAdjustment> adjustTax(UUID walletId, List<TaxAdjusted> things, AppliedTax now) {
        if (now.rate().signum() != 0) {
            throw new IllegalArgumentException("an adjusted charge must not bear tax, found a rate of " + now.rate());
        }
        postings().lock(walletId);
        var done = things.stream().map(thing -> adjustTax(walletId, thing, now)).toList();
        moved.fire(new WalletBalanceChanged(
                walletId, false, things.stream().anyMatch(thing -> OneTimeCharge.isCorrection(thing.source()))));
        return done;
    }

    private TaxAdjustment adjustTax(UUID walletId, TaxAdjusted thing, AppliedTax now) {
        var back = ItemTaxCalculation.as(sql, thing.was(), thing.amount());
        var net = back.whole(thing.amount()).minus(back.tax());
        var untaxed = open(thing, "untaxed", thing.amount());
        postings().book(untaxed, walletId, thing.amount(), back);
        var retaxed = open(thing, "retaxed", net.negated());
        postings().book(retaxed, walletId, net.negated(), ItemTaxCalculation.as(sql, now, net.negated()));
        return new TaxAdjustment(untaxed, retaxed, net);
    }

    private long open(TaxAdjusted thing, String step, Money change) {
        var kind = change.isPositive() ? "CREDIT" : "DEBIT";
        return ledger.open(new Ledger.EntryHeader(
                        kind, thing.source(), thing.idempotencyKey() + ":" + step, thing.reason(), Optional.empty()))
                .orElseThrow(() -> new IllegalStateException(thing.idempotencyKey() + " already had its tax adjusted"));
    }

    /** Charges a compensation: it is not the price of a supply, and is never taxed. */
    public Optional<Long> takeCompensation(OneTimeCharge oneTimeCharge) {
        return move(oneTimeCharge, "DEBIT", oneTimeCharge.amount().negated(), ItemTaxCalculation.compensation(sql));
    }

    /**
     * Returns the amount missing for a purchase at that price that belongs to no plan, including tax; empty if the wallet can pay it. Locks the
     * wallet, so that the amount stays available until the transaction ends.
     */
    public Optional<Money> shortfall(UUID walletId, Money price) {
        postings().lock(walletId);
        var spendable = wallets.find(walletId).orElseThrow().spendable();
        var whole = tax(walletId, Optional.empty(), price)
                .map(bears -> bears.whole(price))
                .orElse(price);
        return Optional.of(whole.minus(spendable)).filter(Money::isPositive);
    }

    private Optional<Long> move(OneTimeCharge oneTimeCharge, String kind, Money change) {
        postings().lock(oneTimeCharge.walletId());
        var entry = ledger.open(new Ledger.EntryHeader(
                kind,
                oneTimeCharge.source(),
                oneTimeCharge.idempotencyKey(),
                oneTimeCharge.reason(),
                Optional.empty()));
        entry.ifPresent(number -> postings()
                .post(
                        number,
                        oneTimeCharge.balanceChanged(),
                        change,
                        tax(oneTimeCharge.walletId(), oneTimeCharge.subject(), change)));
        return entry;
    }

    /** Returns the current tax of the wallet's organization, with or without a plan. */
    private Optional<ItemTaxCalculation> tax(UUID walletId, Optional<UUID> subject, Money change) {
        return sql.one("select exists (select from tax_registration_v) as known", row -> row.flag("known"))
                ? ItemTaxCalculation.of(
                        sql,
                        walletId,
                        subject,
                        change,
                        clock.instant(),
                        tenants.current().zone())
                : Optional.empty();
    }

    private WalletPostings postings() {
        return new WalletPostings(sql, ledger, moved);
    }
}

package io.tenantry.billing.wallet;

import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Wallets of the current tenant: opens them, moves money, and provides their history. A wallet is a ledger account whose balance is stored
 * beside its postings, and is changed only relatively and under the wallet's row lock. It may become negative: consumption is always recorded.
 *
 * <p>Joins the caller's transaction; the calling use cases check permissions.
 */
@ApplicationScoped
public class Wallets {
    private static final String MANUAL = "manual";
    private static final String WRITE_OFF = "write-off";
    private static final String LOCK = "select id from wallet where id = ? for no key update";
    private static final String MOVE =
            "update wallet set balance = balance + ?, version = version + 1 where id = ? returning balance, currency";

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

    /** For the container. */
    public Wallets() {}

    /** For read access outside a container. */
    public Wallets(Sql sql, Clock clock, Ledger ledger) {
        this.sql = sql;
        this.clock = clock;
        this.ledger = ledger;
    }

    /** Source or destination of manually moved money. */
    public enum Counterpart {
        /** Money actually received or paid, such as a bank transfer. */
        CASH(AccountKind.CASH),
        /** A goodwill credit, a correction or a penalty: no money changed hands. */
        ADJUSTMENT(AccountKind.ADJUSTMENT);

        private final AccountKind account;

        Counterpart(AccountKind account) {
            this.account = account;
        }
    }

    /**
     * A manual movement of money.
     *
     * @param walletId which wallet
     * @param amount above zero, in the wallet's currency
     * @param counterpart its source or destination
     * @param reason shown to staff and customer
     * @param idempotencyKey the same key moves money once
     */
    public record Movement(UUID walletId, Money amount, Counterpart counterpart, String reason, String idempotencyKey) {
        public Movement {
            if (!amount.isPositive()) {
                throw new IllegalArgumentException("an amount to move must be above zero, found " + amount);
            }
            if (reason.isBlank()) {
                throw new IllegalArgumentException("moving money requires a reason");
            }
        }
    }

    /**
     * An item other than an hour of a service: a refund for something that was missing, or an additional charge.
     *
     * @param amount the price, above zero, in the wallet's currency; tax may be added to it
     * @param source its origin, for the journal
     * @param reason for files and programs
     * @param idempotencyKey the same key moves money once
     * @param subject the service or add-on that it belongs to and that determines its tax; empty if it belongs to no plan
     */
    public record OneTimeCharge(
            UUID walletId, Money amount, String source, String reason, String idempotencyKey, Optional<UUID> subject) {
        /** Creates an item that belongs to no plan. */
        public OneTimeCharge(UUID walletId, Money amount, String source, String reason, String idempotencyKey) {
            this(walletId, amount, source, reason, idempotencyKey, Optional.empty());
        }

        public OneTimeCharge {
            if (!amount.isPositive()) {
                throw new IllegalArgumentException("an amount to refund or charge must be above zero, found " + amount);
            }
        }
    }

    /**
     * A wallet as pages show it.
     *
     * @param burnPerHour the current hourly cost of its running services
     * @param creditLimit how far below zero it may go
     * @param held reserved for ordered services; see {@link Reservations}
     */
    public record Balance(
            UUID id,
            UUID organizationId,
            Money balance,
            Money burnPerHour,
            Money creditLimit,
            Money held,
            BalanceStatus alert,
            Optional<String> parked) {

        /** The amount available for new purchases; negative if consumption and reservations exceed the balance. */
        public Money spendable() {
            return balance.plus(creditLimit).minus(held);
        }

        /** Hours until the balance is used up at the current hourly cost; empty if nothing is running. */
        public Optional<Long> runwayHours() {
            if (!burnPerHour.isPositive()) {
                return Optional.empty();
            }
            if (!balance.isPositive()) {
                return Optional.of(0L);
            }
            return Optional.of(
                    balance.amount().divideToIntegralValue(burnPerHour.amount()).longValue());
        }
    }

    /** Status of a wallet's balance. The order corresponds to the number in the database. */
    public enum BalanceStatus {
        FINE,
        LOW,
        EMPTY,
        OVER_LIMIT;

        /** Returns the status with that number in the database. */
        public static BalanceStatus of(int number) {
            return values()[number];
        }
    }

    /**
     * One line of a wallet's statement.
     *
     * @param entryId ascending in time; the cursor for the next page
     * @param at when it took effect; for charges, the end of the hour charged
     * @param amount positive for incoming, negative for outgoing money
     * @param balanceAfter the balance after this line
     * @param source its cause, such as a run or {@code service:} and the event
     * @param about the name of the single server or add-on concerned; for backups, that of the server; for a transfer pack, its gibibytes
     * @param isOfBackups whether it is for that server's backups rather than for the server
     */
    public record StatementLine(
            long entryId,
            Instant at,
            String kind,
            Optional<String> reason,
            Money amount,
            Money balanceAfter,
            String source,
            Optional<String> about,
            boolean isOfBackups) {}

    /**
     * A time span. An entry that took effect exactly at the start belongs to the time before: an hour that ends at midnight is the last of the
     * old day.
     *
     * @param after exclusive start
     * @param until inclusive end
     */
    public record Span(Instant after, Instant until) {
        /** The span that contains all entries. */
        public static final Span ALL =
                new Span(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));
    }

    /**
     * Selects lines of a statement.
     *
     * @param kind only entries of that kind
     */
    public record Selection(Span span, Optional<String> kind) {
        /** Selects all lines. */
        public static final Selection ALL = new Selection(Span.ALL, Optional.empty());
    }

    /** A threshold event of a wallet. */
    public record ThresholdCrossed(UUID walletId, String kind, Money balance, Money burnPerHour, Instant at) {}

    /** Opens a wallet for an organization in a currency; the organization must not have an open one. */
    public UUID open(UUID organizationId, Currency currency) {
        var id = Ids.next(clock);
        ledger.openAccount(id, AccountKind.WALLET, currency);
        sql.update(
                "insert into wallet (id, organization_id, currency, opened_at) values (?, ?, ?, ?)",
                id,
                organizationId,
                currency,
                clock.instant());
        return id;
    }

    /**
     * Credits a wallet.
     *
     * @return the journal entry; empty if the key was used before and nothing was moved now
     */
    public Optional<Long> credit(Movement movement) {
        return move(movement, "CREDIT", movement.amount());
    }

    /**
     * Reverses a manual credit that was assigned to the wrong customer.
     *
     * @param movement the original one, with a new reason and a new key
     * @param entry the entry of the credit
     * @return the journal entry; empty if the key was used before and nothing was moved now
     */
    public Optional<Long> reverse(Movement movement, long entry) {
        lock(movement.walletId());
        var reversal = ledger.open(new Ledger.EntryHeader(
                "REVERSAL", MANUAL, movement.idempotencyKey(), movement.reason(), Optional.of(entry)));
        reversal.ifPresent(number -> post(
                number,
                movement.walletId(),
                movement.counterpart().account,
                movement.amount().negated()));
        return reversal;
    }

    /** Returns a wallet's debt, zero if there is none. Locks the wallet, so that the debt is unchanged until the transaction ends. */
    public Money debt(UUID walletId) {
        lock(walletId);
        var balance = find(walletId).orElseThrow().balance();
        return Money.zero(balance.currency()).max(balance.negated());
    }

    /**
     * Writes off a wallet's debt or a part of it, which remains unpaid.
     *
     * @param amount above zero and at most the debt
     * @param reason shown to staff and customer
     * @param idempotencyKey the same key writes off once
     * @return the journal entry; empty if the key was used before
     */
    public Optional<Long> writeOff(UUID walletId, Money amount, String reason, String idempotencyKey) {
        var debt = debt(walletId);
        var entry = ledger.open(new Ledger.EntryHeader("CREDIT", WRITE_OFF, idempotencyKey, reason, Optional.empty()));
        entry.ifPresent(number -> {
            if (!amount.isPositive() || amount.compareTo(debt) > 0) {
                throw new IllegalArgumentException(
                        "wallet " + walletId + " owes " + debt + ", of which " + amount + " cannot be written off");
            }
            book(number, walletId, AccountKind.WRITE_OFF, amount);
            moved.fire(new WalletBalanceChanged(walletId, true));
        });
        return entry;
    }

    /** Debits a wallet, like {@link #credit}. */
    public Optional<Long> debit(Movement movement) {
        return move(movement, "DEBIT", movement.amount().negated());
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
     * Tax terms that were applied to an item.
     *
     * @param termId their id
     * @param rate as a fraction of one, not as a percentage
     * @param isIncluded whether the price included the tax, or it was added
     */
    public record AppliedTax(long termId, BigDecimal rate, boolean isIncluded) {}

    /**
     * Same as {@link #refund(OneTimeCharge)}, with the tax of the refunded item instead of the current tax.
     *
     * @param terms the tax terms of the item; empty if it had no tax
     */
    public Optional<Long> refund(OneTimeCharge oneTimeCharge, Optional<AppliedTax> terms) {
        return move(oneTimeCharge, "CREDIT", oneTimeCharge.amount(), terms);
    }

    private Optional<Long> move(OneTimeCharge oneTimeCharge, String kind, Money change, Optional<AppliedTax> terms) {
        lock(oneTimeCharge.walletId());
        var entry = ledger.open(new Ledger.EntryHeader(
                kind,
                oneTimeCharge.source(),
                oneTimeCharge.idempotencyKey(),
                oneTimeCharge.reason(),
                Optional.empty()));
        entry.ifPresent(number -> post(
                number,
                oneTimeCharge.walletId(),
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
        lock(walletId);
        var done = things.stream().map(thing -> adjustTax(walletId, thing, now)).toList();
        moved.fire(new WalletBalanceChanged(walletId));
        return done;
    }

    private TaxAdjustment adjustTax(UUID walletId, TaxAdjusted thing, AppliedTax now) {
        var back = ItemTaxCalculation.as(sql, thing.was(), thing.amount());
        var net = back.whole(thing.amount()).minus(back.tax());
        var untaxed = open(thing, "untaxed", thing.amount());
        book(untaxed, walletId, thing.amount(), back);
        var retaxed = open(thing, "retaxed", net.negated());
        book(retaxed, walletId, net.negated(), ItemTaxCalculation.as(sql, now, net.negated()));
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
        lock(walletId);
        var spendable = find(walletId).orElseThrow().spendable();
        var whole = tax(walletId, Optional.empty(), price)
                .map(bears -> bears.whole(price))
                .orElse(price);
        return Optional.of(whole.minus(spendable)).filter(Money::isPositive);
    }

    private Optional<Long> move(OneTimeCharge oneTimeCharge, String kind, Money change) {
        lock(oneTimeCharge.walletId());
        var entry = ledger.open(new Ledger.EntryHeader(
                kind,
                oneTimeCharge.source(),
                oneTimeCharge.idempotencyKey(),
                oneTimeCharge.reason(),
                Optional.empty()));
        entry.ifPresent(number -> post(
                number,
                oneTimeCharge.walletId(),
                change,
                tax(oneTimeCharge.walletId(), oneTimeCharge.subject(), change)));
        return entry;
    }

    /** Sets how far below zero a wallet may go. */
    public void limit(UUID walletId, Money creditLimit) {
        if (creditLimit.isNegative()) {
            throw new IllegalArgumentException("a credit limit must not be below zero, found " + creditLimit);
        }
        sql.update(
                "update wallet set credit_limit = ? where id = ? and currency = ?",
                creditLimit.amount(),
                walletId,
                creditLimit.currency());
        moved.fire(new WalletBalanceChanged(walletId));
    }

    /**
     * Same as {@link #limit(UUID, Money)}, if the current limit is the expected one.
     *
     * @return whether it was
     */
    public boolean limit(UUID walletId, Money expected, Money creditLimit) {
        if (creditLimit.isNegative()) {
            throw new IllegalArgumentException("a credit limit must not be below zero, found " + creditLimit);
        }
        var isSet = sql.update(
                        "update wallet set credit_limit = ? where id = ? and currency = ? and credit_limit = ?",
                        creditLimit.amount(),
                        walletId,
                        creditLimit.currency(),
                        expected.amount())
                == 1;
        if (isSet) {
            moved.fire(new WalletBalanceChanged(walletId));
        }
        return isSet;
    }

    /** Returns the wallets of an organization: the one that it pays from, then former ones with a balance or a debt. */
    public List<Balance> ofOrganization(UUID organizationId) {
        return sql.query(
                BALANCES
                        + " where w.organization_id = ? and (w.closed_at is null or w.balance <> 0) order by w.closed_at desc, w.id",
                Wallets::balance,
                clock.instant(),
                organizationId);
    }

    /** Returns the wallet that an organization pays from. */
    public Optional<Balance> paying(UUID organizationId) {
        return sql.first(
                BALANCES + " where w.organization_id = ? and w.closed_at is null",
                Wallets::balance,
                clock.instant(),
                organizationId);
    }

    /** Returns the currency that an organization pays in: the accounting currency, if it has no wallet. */
    public Currency currency(UUID organizationId) {
        return sql.first(
                        "select currency from wallet where organization_id = ? and closed_at is null",
                        row -> Currency.getInstance(row.text("currency")),
                        organizationId)
                .orElseGet(() -> tenants.current().currency());
    }

    /**
     * Makes an organization pay in another currency from now on, from a separate wallet. The previous one is closed, and reopened when the
     * organization returns to its currency.
     *
     * @return false, and nothing is changed, if the wallet has running services, reservations, a balance or a debt
     */
    public boolean change(UUID organizationId, Currency currency) {
        var isIdle = sql.first("""
                        select w.balance = 0
                               and not exists (select from open_period_v p where p.wallet_id = w.id)
                               and not exists (select from wallet_reservation h where h.wallet_id = w.id and h.state = 'HELD')
                               and not exists (select from service_v s
                                                where s.wallet_id = w.id and s.state not in ('TERMINATED', 'FAILED'))
                               and not exists (select from addon_v o
                                                where o.wallet_id = w.id and o.state in ('ORDERED', 'ACTIVE', 'TERMINATING')) as idle
                          from wallet w
                         where w.organization_id = ? and w.closed_at is null
                           for no key update of w
                        """, row -> row.flag("idle"), organizationId).orElse(true);
        if (!isIdle) {
            return false;
        }
        sql.update(
                "update wallet set closed_at = greatest(opened_at, ?) where organization_id = ? and closed_at is null",
                clock.instant(),
                organizationId);
        var isBack = sql.update(
                "update wallet set closed_at = null where organization_id = ? and currency = ?",
                organizationId,
                currency);
        if (isBack == 0) {
            var unused = open(organizationId, currency);
        }
        return true;
    }

    /** Returns a wallet. */
    public Optional<Balance> find(UUID walletId) {
        return sql.first(BALANCES + " where w.id = ?", Wallets::balance, clock.instant(), walletId);
    }

    /**
     * Returns lines of a statement, newest first.
     *
     * @param before only lines with a smaller entry number; {@link Long#MAX_VALUE} for the first page
     */
    public List<StatementLine> statement(UUID walletId, long before, int limit) {
        return statement(walletId, Selection.ALL, before, limit);
    }

    /** Returns selected lines of a statement, as above. */
    public List<StatementLine> statement(UUID walletId, Selection selection, long before, int limit) {
        return sql.query(
                """
                select e.id, e.effective_at, e.kind, e.reason, e.source, p.amount, p.balance_after, p.currency,
                       coalesce(s.name, case when o.kind = 'BACKUP' then h.name else o.name end,
                                (k.bytes / 1073741824)::text) as about,
                       o.kind is not distinct from 'BACKUP' as of_backups
                  from posting p
                  join journal_entry e on e.id = p.entry_id
                  cross join lateral (
                      select case when e.source like 'service:%' or e.source like 'transfer:%'
                                  then split_part(e.source, ':', 2)::uuid end as id,
                             case when e.source like 'discrepancy:%' then split_part(e.source, ':', 2)::uuid end as finding,
                             case when e.source like 'transfer-pack:%' then split_part(e.source, ':', 2)::uuid end as pack) what
                  left join server_discrepancy_v f on f.id = what.finding
                  left join transfer_pack_v k on k.id = what.pack
                  left join service_v s on s.id = coalesce(what.id, f.service_id)
                  left join addon_v o on o.id = what.id
                  left join service_v h on h.id = o.service_id
                 where p.account_id = ?
                   and p.entry_id < ?
                   and e.effective_at > ?
                   and e.effective_at <= ?
                   and (?::text is null or e.kind = ?)
                 order by p.entry_id desc
                 limit ?
                """,
                row -> new StatementLine(
                        row.big("id"),
                        row.instant("effective_at"),
                        row.text("kind"),
                        row.maybeText("reason"),
                        money(row, "amount"),
                        money(row, "balance_after"),
                        row.text("source"),
                        row.maybeText("about"),
                        row.flag("of_backups")),
                walletId,
                before,
                selection.span().after(),
                selection.span().until(),
                selection.kind().orElse(null),
                selection.kind().orElse(null),
                limit);
    }

    /**
     * Amounts charged to a wallet within a time span.
     *
     * @param forHours of services and add-ons
     * @param besides charges for transfer and transfer packs, less refunds
     */
    public record ChargedItems(Money forHours, Money besides) {}

    /** Returns the amounts charged to a wallet within a time span; their sum equals that of {@link DailyCharges} for the same days. */
    public ChargedItems taken(UUID walletId, Span span) {
        return sql.one(TAKEN, Wallets::taken, span.after(), span.until(), walletId);
    }

    private static ChargedItems taken(Row row) {
        return new ChargedItems(money(row, "for_hours"), money(row, "besides"));
    }

    private static final String TAKEN = """
            select w.currency,
                   coalesce(-sum(t.amount) filter (where t.kind = 'CHARGE'), 0) as for_hours,
                   coalesce(-sum(t.amount) filter (where t.kind <> 'CHARGE'), 0) as besides
              from wallet w
              left join lateral (
                select p.amount, e.kind
                  from posting p
                  join journal_entry e on e.id = p.entry_id
                 where p.account_id = w.id
                   and ${earned}
                   and e.effective_at > ?
                   and e.effective_at <= ?) t on true
             where w.id = ?
             group by w.currency
            """.replace("${earned}", DailyCharges.EARNED);

    /** Returns the latest threshold events of an organization's wallets, newest first. */
    public List<ThresholdCrossed> crossings(UUID organizationId, int limit) {
        return sql.query(
                """
                select v.wallet_id, v.kind, v.balance, v.hourly_cost, v.at, w.currency
                  from wallet_event v
                  join wallet w on w.id = v.wallet_id
                 where w.organization_id = ?
                 order by v.id desc
                 limit ?
                """,
                row -> new ThresholdCrossed(
                        row.uuid("wallet_id"),
                        row.text("kind"),
                        money(row, "balance"),
                        money(row, "hourly_cost"),
                        row.instant("at")),
                organizationId,
                limit);
    }

    private static final String BALANCES = """
            select w.id, w.organization_id, w.balance, w.currency, w.credit_limit, w.alert, w.parked,
                   w.hourly_cost burn,
                   (select coalesce(sum(h.amount), 0)
                      from wallet_reservation h
                     where h.wallet_id = w.id and h.state = 'HELD' and h.until > ?) held
              from wallet w
            """;

    /** Locks the wallet before the entry gets its number, so that the entry numbers of a wallet ascend in the order of its balances. */
    private Optional<Long> move(Movement movement, String kind, Money change) {
        lock(movement.walletId());
        var entry = ledger.open(
                new Ledger.EntryHeader(kind, MANUAL, movement.idempotencyKey(), movement.reason(), Optional.empty()));
        entry.ifPresent(number -> post(number, movement.walletId(), movement.counterpart().account, change));
        return entry;
    }

    private void lock(UUID walletId) {
        if (sql.query(LOCK, row -> row.uuid("id"), walletId).isEmpty()) {
            throw new IllegalArgumentException("no wallet " + walletId);
        }
    }

    private void post(long entry, UUID walletId, AccountKind counterpart, Money change) {
        book(entry, walletId, counterpart, change);
        moved.fire(new WalletBalanceChanged(walletId));
    }

    private void book(long entry, UUID walletId, AccountKind counterpart, Money change) {
        var balance = shift(walletId, change);
        var other = ledger.account(counterpart, change.currency());
        if (change.isPositive()) {
            ledger.transfer(entry, walletId, Optional.of(balance), other, Optional.empty(), change);
        } else {
            ledger.transfer(entry, other, Optional.empty(), walletId, Optional.of(balance), change.negated());
        }
    }

    /** Posts a change between the wallet and revenue, with its tax. */
    private void post(long entry, UUID walletId, Money change, Optional<ItemTaxCalculation> terms) {
        if (terms.isEmpty()) {
            post(entry, walletId, AccountKind.REVENUE, change);
            return;
        }
        book(entry, walletId, change, terms.get());
        moved.fire(new WalletBalanceChanged(walletId));
    }

    private void book(long entry, UUID walletId, Money change, ItemTaxCalculation bears) {
        var whole = bears.whole(change);
        var balance = shift(walletId, whole);
        ledger.leg(entry, walletId, Optional.of(balance), whole);
        ledger.leg(
                entry,
                ledger.account(AccountKind.REVENUE, change.currency()),
                Optional.empty(),
                whole.minus(bears.tax()).negated());
        if (!bears.tax().isZero()) {
            ledger.leg(
                    entry,
                    ledger.account(AccountKind.TAX, change.currency()),
                    Optional.empty(),
                    bears.tax().negated());
        }
        bears.note(sql, entry, change);
    }

    /** Changes the balance and returns the new one. */
    private Money shift(UUID walletId, Money change) {
        var balance = sql.one(MOVE, row -> money(row, "balance"), change.amount(), walletId);
        if (!balance.currency().equals(change.currency())) {
            throw new IllegalArgumentException(
                    "wallet " + walletId + " holds " + balance.currency() + ", not " + change.currency());
        }
        return balance;
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

    private static Balance balance(Row row) {
        return new Balance(
                row.uuid("id"),
                row.uuid("organization_id"),
                money(row, "balance"),
                money(row, "burn"),
                money(row, "credit_limit"),
                money(row, "held"),
                BalanceStatus.of(row.whole("alert")),
                row.maybeText("parked"));
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}

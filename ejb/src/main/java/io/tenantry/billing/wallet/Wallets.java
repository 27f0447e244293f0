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
 * Wallets of the entered tenant: opening, moving money by hand, and telling what happened. A wallet is a ledger account whose
 * balance is kept beside its postings, changed only relatively and under the wallet's row lock. It may go below zero: what was
 * consumed is always recorded.
 *
 * <p>Joins the caller's transaction; rights are checked by the use cases that call it.
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

    /** For reading outside a container. */
    public Wallets(Sql sql, Clock clock, Ledger ledger) {
        this.sql = sql;
        this.clock = clock;
        this.ledger = ledger;
    }

    /** Where money moved by hand comes from or goes to. */
    public enum Counterpart {
        /** Money that really came in or went out, such as a bank transfer. */
        CASH(AccountKind.CASH),
        /** A gift, a correction or a penalty: no money changed hands. */
        ADJUSTMENT(AccountKind.ADJUSTMENT);

        private final AccountKind account;

        Counterpart(AccountKind account) {
            this.account = account;
        }
    }

    /**
     * A movement of money by hand.
     *
     * @param walletId which wallet
     * @param amount above zero, in the wallet's currency
     * @param counterpart where it comes from or goes to
     * @param reason shown to staff and customer
     * @param idempotencyKey the same key moves money once
     */
    public record Movement(UUID walletId, Money amount, Counterpart counterpart, String reason, String idempotencyKey) {
        public Movement {
            if (!amount.isPositive()) {
                throw new IllegalArgumentException("an amount to move must be above zero, found " + amount);
            }
            if (reason.isBlank()) {
                throw new IllegalArgumentException("money is moved for a reason");
            }
        }
    }

    /**
     * Something that is no hour of a service: charged and given back, because it was not there, or charged besides.
     *
     * @param amount by the price, above zero, in the wallet's currency; tax may come upon it
     * @param source what it was, for the journal
     * @param reason for files and programs
     * @param idempotencyKey the same key moves money once
     * @param subject the service or option that it belongs to and is taxed like; empty if it is none of a plan
     */
    public record OneTimeCharge(
            UUID walletId, Money amount, String source, String reason, String idempotencyKey, Optional<UUID> subject) {
        /** Something that is of no plan. */
        public OneTimeCharge(UUID walletId, Money amount, String source, String reason, String idempotencyKey) {
            this(walletId, amount, source, reason, idempotencyKey, Optional.empty());
        }

        public OneTimeCharge {
            if (!amount.isPositive()) {
                throw new IllegalArgumentException(
                        "an amount to give back or to take must be above zero, found " + amount);
            }
        }
    }

    /**
     * One wallet as pages show it.
     *
     * @param burnPerHour what its running services cost an hour at present
     * @param creditLimit how far below zero it may go
     * @param held set aside for services on their way; see {@link Reservations}
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

        /** What something new may cost; below zero if more is consumed or held than there is. */
        public Money spendable() {
            return balance.plus(creditLimit).minus(held);
        }

        /** Hours until nothing is left at the present pace; empty if nothing runs. */
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

    /** How a wallet stands. The order is the database's number. */
    public enum BalanceStatus {
        FINE,
        LOW,
        EMPTY,
        OVER_LIMIT;

        /** The alert of that number in the database. */
        public static BalanceStatus of(int number) {
            return values()[number];
        }
    }

    /**
     * One line of a wallet's statement.
     *
     * @param entryId ascending in time; the cursor for the next page
     * @param at when it took effect; for charges, the end of the hour charged
     * @param amount positive came in, negative went out
     * @param balanceAfter the balance after this line
     * @param source what caused it, such as a run or {@code service:} and what happened to it
     * @param about the name of the one server, or thing of a server, that it is for; of backups, the server's; of a pack of transfer, its
     *     gibibytes
     * @param isOfBackups whether it is for that server's backups and not for itself
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
     * A part of time. What took effect at its very beginning belongs to the time before: an hour that ends at midnight is the
     * last of the old day.
     *
     * @param after later than this
     * @param until not later than this
     */
    public record Span(Instant after, Instant until) {
        /** From the beginning to the end of all books. */
        public static final Span ALL =
                new Span(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));
    }

    /**
     * Which lines of a statement are wanted.
     *
     * @param kind only those of that kind
     */
    public record Selection(Span span, Optional<String> kind) {
        /** All of them. */
        public static final Selection ALL = new Selection(Span.ALL, Optional.empty());
    }

    /** A threshold a wallet crossed. */
    public record ThresholdCrossed(UUID walletId, String kind, Money balance, Money burnPerHour, Instant at) {}

    /** Opens an organization's wallet in a currency: it has none that is open. */
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
     * Puts money into a wallet.
     *
     * @return the journal entry; empty if the key was used before and nothing was moved now
     */
    public Optional<Long> credit(Movement movement) {
        return move(movement, "CREDIT", movement.amount());
    }

    /**
     * Takes back money that was put into a wallet by hand and was somebody else's.
     *
     * @param movement as it was, with a reason and a key of its own
     * @param entry by which it was put in
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

    /**
     * What a wallet owes, zero if nothing. Locks the wallet, so that it owes as much until the transaction ends.
     */
    public Money debt(UUID walletId) {
        lock(walletId);
        var balance = find(walletId).orElseThrow().balance();
        return Money.zero(balance.currency()).max(balance.negated());
    }

    /**
     * Writes off what a wallet owes, or a part of it: nobody pays it.
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

    /** Takes money out of a wallet, as {@link #credit}. */
    public Optional<Long> debit(Movement movement) {
        return move(movement, "DEBIT", movement.amount().negated());
    }

    /**
     * Gives back what was charged, out of what it was charged to. A charge of many services is one entry, which cannot be reversed for
     * one of them, so this is an entry of its own.
     *
     * @return the journal entry; empty if the key was used before and nothing was moved now
     */
    public Optional<Long> refund(OneTimeCharge oneTimeCharge) {
        return move(oneTimeCharge, "CREDIT", oneTimeCharge.amount());
    }

    /**
     * How something was taxed.
     *
     * @param termId the way in which it was
     * @param rate of one, not of a hundred
     * @param isIncluded whether the tax was in the price, or came upon it
     */
    public record AppliedTax(long termId, BigDecimal rate, boolean isIncluded) {}

    /**
     * As {@link #refund(Item)}, with the tax of what is given back, and not that of the moment.
     *
     * @param terms how it was taxed; empty if it bore no tax
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

    /** Takes what is charged besides hours, as {@link #refund}. */
    public Optional<Long> charge(OneTimeCharge oneTimeCharge) {
        return move(oneTimeCharge, "DEBIT", oneTimeCharge.amount().negated());
    }

    /**
     * As {@link #charge(Item)}, with the tax of what it belongs to, and not that of the moment.
     *
     * @param terms how that was taxed; empty if it bore no tax
     */
    public Optional<Long> charge(OneTimeCharge oneTimeCharge, Optional<AppliedTax> terms) {
        return move(oneTimeCharge, "DEBIT", oneTimeCharge.amount().negated(), terms);
    }

    /**
     * Something that turns out to be taxed otherwise than it was.
     *
     * @param amount as it was charged, below zero if it was given back, in the wallet's currency
     * @param was how it was taxed
     * @param source what it was, for the journal
     * @param idempotencyKey the same key moves money once
     */
    public record TaxAdjusted(Money amount, AppliedTax was, String source, String reason, String idempotencyKey) {}

    /**
     * By which entries something was taxed anew.
     *
     * @param untaxed took it back, with its tax
     * @param retaxed charged it anew
     * @param net for how much, without tax
     */
    public record TaxAdjustment(long untaxed, long retaxed, Money net) {}

    /**
     * Takes back what was taxed and charges it anew for what it was without tax. The wallet gets the tax and nothing else, so nobody hears of
     * what it had between the two.
     *
     * @param now how it is taxed; at no rate
     */
    public List<TaxAdjustment> adjustTax(UUID walletId, List<TaxAdjusted> things, AppliedTax now) {
        if (now.rate().signum() != 0) {
            throw new IllegalArgumentException("what is charged anew bears no tax, found a rate of " + now.rate());
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
                .orElseThrow(() -> new IllegalStateException(thing.idempotencyKey() + " was taxed anew before"));
    }

    /** Takes what makes good a damage: it is the price of nothing, and bears no tax, whoever pays it. */
    public Optional<Long> takeCompensation(OneTimeCharge oneTimeCharge) {
        return move(oneTimeCharge, "DEBIT", oneTimeCharge.amount().negated(), ItemTaxCalculation.compensation(sql));
    }

    /**
     * How much a wallet lacks for something new of that price and of no plan, with the tax upon it; empty if it may be spent. Locks the wallet, so that
     * nobody else spends it until the transaction ends.
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

    /** How far below zero a wallet may go. */
    public void limit(UUID walletId, Money creditLimit) {
        if (creditLimit.isNegative()) {
            throw new IllegalArgumentException("a credit limit is not below zero, found " + creditLimit);
        }
        sql.update(
                "update wallet set credit_limit = ? where id = ? and currency = ?",
                creditLimit.amount(),
                walletId,
                creditLimit.currency());
        moved.fire(new WalletBalanceChanged(walletId));
    }

    /**
     * As {@link #limit(UUID, Money)}, if the limit is still the one that is expected.
     *
     * @return whether it was
     */
    public boolean limit(UUID walletId, Money expected, Money creditLimit) {
        if (creditLimit.isNegative()) {
            throw new IllegalArgumentException("a credit limit is not below zero, found " + creditLimit);
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

    /** The wallets of an organization: the one that it pays from, then those of before in which something is left or owed. */
    public List<Balance> ofOrganization(UUID organizationId) {
        return sql.query(
                BALANCES
                        + " where w.organization_id = ? and (w.closed_at is null or w.balance <> 0) order by w.closed_at desc, w.id",
                Wallets::balance,
                clock.instant(),
                organizationId);
    }

    /** The wallet that an organization pays from. */
    public Optional<Balance> paying(UUID organizationId) {
        return sql.first(
                BALANCES + " where w.organization_id = ? and w.closed_at is null",
                Wallets::balance,
                clock.instant(),
                organizationId);
    }

    /** In which currency an organization pays: that of the books, if it has no wallet. */
    public Currency currency(UUID organizationId) {
        return sql.first(
                        "select currency from wallet where organization_id = ? and closed_at is null",
                        row -> Currency.getInstance(row.text("currency")),
                        organizationId)
                .orElseGet(() -> tenants.current().currency());
    }

    /**
     * Has an organization pay in another currency from now on, from a wallet of its own. The one of before is closed, and opened again when
     * the organization returns to its currency.
     *
     * @return false, and nothing is changed, if something runs, is held or is left in the wallet, or is owed
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

    /** One wallet. */
    public Optional<Balance> find(UUID walletId) {
        return sql.first(BALANCES + " where w.id = ?", Wallets::balance, clock.instant(), walletId);
    }

    /**
     * Lines of a statement, the newest first.
     *
     * @param before only lines with a smaller entry number; {@link Long#MAX_VALUE} for the first page
     */
    public List<StatementLine> statement(UUID walletId, long before, int limit) {
        return statement(walletId, Selection.ALL, before, limit);
    }

    /** Some lines of a statement, as above. */
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
                             case when e.source like 'finding:%' then split_part(e.source, ':', 2)::uuid end as finding,
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
     * What was taken from a wallet within a time.
     *
     * @param forHours of services and options
     * @param besides what was taken for transfer and packs of it, less what was given back
     */
    public record ChargedItems(Money forHours, Money besides) {}

    /** What was taken from a wallet within a time; together as much as {@link DailyCharges} says of the same days. */
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

    /** What an organization's wallets crossed lately, the newest first. */
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

    /** Locks the wallet before the entry gets its number, so that numbers of a wallet's entries ascend with its balances. */
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

    /** What goes to revenue, or comes from it, with its tax. */
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

    /** The balance after a change. */
    private Money shift(UUID walletId, Money change) {
        var balance = sql.one(MOVE, row -> money(row, "balance"), change.amount(), walletId);
        if (!balance.currency().equals(change.currency())) {
            throw new IllegalArgumentException(
                    "wallet " + walletId + " holds " + balance.currency() + ", not " + change.currency());
        }
        return balance;
    }

    /** As the wallet's organization bears it now, for what is of a plan or of none. */
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

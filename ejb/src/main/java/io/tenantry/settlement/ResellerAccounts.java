package io.tenantry.settlement;

import io.tenantry.catalog.pricing.ResellerAccountDirectory;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of resellers with the platform, in the platform's own ledger: a settlement debits one, a payment of its reseller credits it.
 * Every movement of money locks the account first.
 *
 * <p>Joins the caller's transaction, which must be the platform's; permissions are checked by the use cases that call it.
 */
@ApplicationScoped
public class ResellerAccounts implements ResellerAccountDirectory {
    private static final String FIND = """
            select id, tenant, currency, balance, credit_limit from reseller_ledger_account where closed_at is null and
            """;

    /** The settlements that an account would cover if its balance were lower by that amount. */
    private static final String STANDS = """
            with due as (
              select s.id, s.number_text, s.month, s.state,
                     s.payable - coalesce((select sum(c.payable) from settlement_credit c where c.settlement_id = s.id), 0) as due
                from settlement s
               where s.account_id = ?
            ),
            stands as (
              select d.id, d.number_text, d.month, d.state,
                     d.due = 0 or a.balance - ? + coalesce(sum(d.due) over later, 0) >= 0 as covered
                from due d
                join reseller_ledger_account a on a.id = ?
              window later as (order by d.month desc rows between unbounded preceding and 1 preceding)
            )
            """;

    /** The source of reseller payments. */
    static final String PAYMENT = "reseller-payment";

    /** The maximum of an entered amount, in currencies like the euro ({@link AmountLimit}). */
    private static final BigDecimal ENTERED_MAX = BigDecimal.valueOf(100_000_000);

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Ledger ledger;

    /** For the container. */
    public ResellerAccounts() {}

    /** For use outside a container. */
    ResellerAccounts(Sql sql, Clock clock, Ledger ledger) {
        this.sql = sql;
        this.clock = clock;
        this.ledger = ledger;
    }

    /**
     * The state of an account.
     *
     * @param balance a debt if below zero
     * @param limit the credit limit; empty for none
     */
    public record Account(UUID id, TenantId tenant, Money balance, Optional<Money> limit) {
        /** Returns the maximum of an entered payment or credit limit. */
        public static Money maximum(Currency currency) {
            return new Money(AmountLimit.of(ENTERED_MAX, currency), currency);
        }

        /** Returns the remaining credit; empty where there is no limit. */
        public Optional<Money> left() {
            return limit.map(balance::plus);
        }

        /** Whether the limit is used up, so that nothing new is sold. */
        public boolean isUsedUp() {
            return left().filter(left -> !left.isPositive()).isPresent();
        }
    }

    /** Returns a reseller's account in its currency; opened on first use. */
    Account of(Tenant tenant) {
        return find(tenant).orElseGet(() -> {
            var id = Ids.next(clock);
            var opened =
                    sql.update("""
                    insert into reseller_ledger_account (id, tenant, tenant_role, currency, opened_at) values (?, ?, ?, ?, ?)
                    on conflict (tenant, currency) where closed_at is null do nothing
                    """, id, tenant.id().value(), tenant.id().role(), tenant.currency(), clock.instant());
            if (opened == 1) {
                ledger.openAccount(id, AccountKind.WALLET, tenant.currency());
            }
            return find(tenant).orElseThrow();
        });
    }

    @Override
    public UUID account(Tenant reseller) {
        return of(reseller).id();
    }

    @Override
    public void lockAccount(UUID account) {
        lock(account);
    }

    private Optional<Account> find(Tenant tenant) {
        return sql.first(
                FIND + "tenant = ? and currency = ?",
                ResellerAccounts::account,
                tenant.id().value(),
                tenant.currency());
    }

    /** Returns an account, locked until the transaction ends. */
    Account lock(UUID id) {
        return sql.first(FIND + "id = ? for no key update", ResellerAccounts::account, id)
                .orElseThrow(() -> new NotFoundException("account", id));
    }

    /**
     * Debits a settlement; with a sum of zero nothing moves. The account is locked.
     *
     * @param exact without tax
     * @param total the same, rounded
     * @param tax in addition, due to the state
     */
    void charge(Account account, UUID settlement, String number, Money exact, Money total, Money tax) {
        if (exact.isZero()) {
            return;
        }
        var entry = ledger.open(new Ledger.EntryHeader(
                        "DEBIT", "settlement:" + settlement, "settlement:" + settlement, number, Optional.empty()))
                .orElseThrow(() -> new IllegalStateException("settlement " + number + " is already booked"));
        var currency = exact.currency();
        ledger.leg(entry, ledger.account(AccountKind.REVENUE, currency), Optional.empty(), exact);
        var rounding = total.minus(exact);
        if (!rounding.isZero()) {
            ledger.leg(entry, ledger.account(AccountKind.ROUNDING, currency), Optional.empty(), rounding);
        }
        if (!tax.isZero()) {
            ledger.leg(entry, ledger.account(AccountKind.TAX, currency), Optional.empty(), tax);
        }
        var payable = total.plus(tax);
        if (!payable.isZero()) {
            move(account, entry, payable.negated());
        }
    }

    /**
     * Credits a credit note: out of revenue, and its tax is no longer due to the state. The account is locked.
     *
     * @param exact without tax
     * @param total the same, rounded
     */
    void giveBack(Account account, UUID credit, String reason, Money exact, Money total, Money tax) {
        var source = "settlement-credit:" + credit;
        var entry = ledger.open(new Ledger.EntryHeader("CREDIT", source, source, reason, Optional.empty()))
                .orElseThrow(() -> new IllegalStateException("credit note " + credit + " is already booked"));
        var currency = exact.currency();
        ledger.leg(entry, ledger.account(AccountKind.REVENUE, currency), Optional.empty(), exact.negated());
        var rounding = exact.minus(total);
        if (!rounding.isZero()) {
            ledger.leg(entry, ledger.account(AccountKind.ROUNDING, currency), Optional.empty(), rounding);
        }
        if (!tax.isZero()) {
            ledger.leg(entry, ledger.account(AccountKind.TAX, currency), Optional.empty(), tax.negated());
        }
        move(account, entry, total.plus(tax));
    }

    /**
     * Credits a payment, once per key. The account is locked.
     *
     * @return false if the key was used: it is already posted
     */
    boolean pay(Account account, String key, Money amount, String reference) {
        var entry =
                ledger.open(new Ledger.EntryHeader("CREDIT", PAYMENT, "payment:" + key, reference, Optional.empty()));
        if (entry.isEmpty()) {
            return false;
        }
        ledger.leg(
                entry.get(), ledger.account(AccountKind.CASH, amount.currency()), Optional.empty(), amount.negated());
        move(account, entry.get(), amount);
        var unusedOpen = settle(account.id(), clock.instant());
        return true;
    }

    /**
     * Reverses a payment by a new entry, once. The account is locked.
     *
     * @param why shown to both sides
     * @return the numbers of the settlements that are reopened; empty if it was reversed before
     */
    Optional<List<String>> takeBack(Account account, long payment, Money amount, String why) {
        var entry = ledger.open(new Ledger.EntryHeader(
                "REVERSAL", "payment-taken-back", "taken-back:" + payment, why, Optional.of(payment)));
        return entry.map(id -> {
            ledger.leg(id, ledger.account(AccountKind.CASH, amount.currency()), Optional.empty(), amount);
            move(account, id, amount.negated());
            return settle(account.id(), clock.instant());
        });
    }

    private void move(Account account, long entry, Money amount) {
        var balance = sql.one(
                "update reseller_ledger_account set balance = balance + ?, version = version + 1 where id = ? returning balance",
                row -> new Money(row.decimal("balance"), amount.currency()),
                amount.amount(),
                account.id());
        ledger.leg(entry, account.id(), Optional.of(balance), amount);
    }

    /**
     * Settlements, less credit notes, are paid from what the account holds without those of later months, the oldest first; those no longer
     * covered are reopened. The account is locked.
     *
     * @return the numbers of those that are reopened
     */
    List<String> settle(UUID id, Instant now) {
        return sql
                .query(
                        STANDS + """
                        update settlement s
                           set state = case when t.covered then 'PAID' else 'OPEN' end, paid_at = case when t.covered then ?::timestamptz end
                          from stands t
                         where t.id = s.id and (t.state = 'PAID') <> t.covered
                        returning s.number_text, s.month, s.state
                        """,
                        row -> new DueDocument(row.text("number_text"), row.date("month"), row.text("state")),
                        id,
                        BigDecimal.ZERO,
                        id,
                        now)
                .stream()
                .filter(DueDocument::isOpen)
                .sorted(Comparator.comparing(DueDocument::month))
                .map(DueDocument::number)
                .toList();
    }

    /** Returns the numbers of settlements that would be reopened if the balance were lower by that amount. */
    List<String> wouldOpen(UUID id, Money less) {
        return sql.query(
                STANDS + "select t.number_text from stands t where t.state = 'PAID' and not t.covered order by t.month",
                row -> row.text("number_text"),
                id,
                less.amount(),
                id);
    }

    private record DueDocument(String number, LocalDate month, String state) {
        boolean isOpen() {
            return state.equals("OPEN");
        }
    }

    /** Sets the credit limit of a reseller; null for none. The account is locked. */
    void limit(UUID id, @Nullable Money limit) {
        sql.update(
                "update reseller_ledger_account set credit_limit = ? where id = ?",
                limit == null ? null : limit.amount(),
                id);
    }

    /** Closes the accounts of a deleted reseller: they stay in the ledger, and no later tenant of that name reads or continues them. */
    int close(TenantId tenant) {
        return sql.update(
                "update reseller_ledger_account set closed_at = ?, tenant_role = null where tenant = ? and closed_at is null",
                clock.instant(),
                tenant.value());
    }

    static Account account(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        return new Account(
                row.uuid("id"),
                new TenantId(row.text("tenant")),
                new Money(row.decimal("balance"), currency),
                row.maybeDecimal("credit_limit").map(limit -> new Money(limit, currency)));
    }
}

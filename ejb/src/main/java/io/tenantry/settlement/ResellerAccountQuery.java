package io.tenantry.settlement;

import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.settlement.FeeSchedules.Rule;
import io.tenantry.settlement.ResellerAccounts.Account;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The account of a reseller with the platform as both sides read it, with its latest movements. Within a reseller the database shows only its
 * own, whatever is requested; operators see all.
 */
@Stateless
public class ResellerAccountQuery {
    /** The number of latest account movements that are shown. */
    public static final int MOVEMENTS_MAX = 60;

    private static final String MOVEMENTS = """
        select e.id, e.effective_at, e.source, e.reason, p.amount, p.balance_after, p.currency,
               exists (select from platform.journal_entry r where r.reverses = e.id) as taken_back
          from platform.posting p
          join platform.journal_entry e on e.id = p.entry_id
         where p.account_id = ?
         order by e.id desc
         limit ?
        """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    @Inject
    FeeSchedules rules;

    /**
     * A movement of a reseller's account.
     *
     * @param isReversed whether a later movement has reversed it
     */
    public record Movement(
            long entry, Instant at, String source, String reason, Money amount, Money balance, boolean isReversed) {
        /** Whether it is a payment that may be reversed. */
        public boolean isPayment() {
            return source.equals(ResellerAccounts.PAYMENT) && !isReversed;
        }
    }

    /**
     * The state of a reseller's account with the platform.
     *
     * @param account empty until the first month is opened
     * @param rule the fee terms of the month
     */
    public record AccountStatus(
            Tenant tenant, Optional<Account> account, List<Movement> movements, Optional<Rule> rule) {
        public AccountStatus {
            movements = List.copyOf(movements);
        }
    }

    /** Returns the state of a reseller's account: within a reseller that of the reseller itself, otherwise of the given one. */
    public AccountStatus status(TenantId which, YearMonth month) {
        SettlementAccess.requireView(access);
        var tenant = tenants.byId(Tenancy.scope().tenant().orElse(which))
                .orElseThrow(() -> new NotFoundException("reseller", which));
        var account = sql.first("""
            select id, tenant, currency, balance, credit_limit
              from platform.reseller_ledger_account
             where tenant = ? and currency = ? and closed_at is null
            """, ResellerAccounts::account, tenant.id().value(), tenant.currency());
        var movements = account.map(one -> sql.query(MOVEMENTS, this::movement, one.id(), MOVEMENTS_MAX))
                .orElse(List.of());
        var rule = rules.inForce(account.map(Account::id).orElseGet(() -> new UUID(0, 0)), tenant.currency(), month);
        return new AccountStatus(tenant, account, movements, rule);
    }

    private Movement movement(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        return new Movement(
                row.big("id"),
                row.instant("effective_at"),
                row.text("source").split(":", 2)[0],
                row.text("reason"),
                new Money(row.decimal("amount"), currency),
                new Money(row.decimal("balance_after"), currency),
                row.flag("taken_back"));
    }
}

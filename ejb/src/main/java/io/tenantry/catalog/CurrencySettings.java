package io.tenantry.catalog;

import io.tenantry.catalog.fx.ExchangeRate;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The additional currencies in which a reseller sells. Each has separate prices, customers' wallets and ledger accounts; nothing is converted
 * except what documents, settlements and reports state in the home currency.
 */
@Stateless
public class CurrencySettings {

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
    Ledger ledger;

    @Inject
    ExchangeRates rates;

    /** For the container. */
    public CurrencySettings() {}

    /** For use outside a container. */
    public CurrencySettings(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            TenantDirectory tenants,
            Ledger ledger,
            ExchangeRates rates) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.ledger = ledger;
        this.rates = rates;
    }

    /**
     * An additional currency.
     *
     * @param closedAt when it was closed to new customers
     * @param plans the number of plans on sale that have a price in it
     * @param plansOnSale the number of plans on sale
     * @param organizations the number of organizations that pay in it
     * @param rate the last known exchange rate
     */
    public record SalesCurrency(
            Currency currency,
            Instant openedAt,
            String openedBy,
            Optional<Instant> closedAt,
            int plans,
            int plansOnSale,
            int organizations,
            Optional<ExchangeRate> rate) {}

    /** The result of opening a currency. */
    public enum Outcome {
        DONE,
        /** It is the home currency, or not a currency for payments. */
        INVALID,
        /** It is already open. */
        UNCHANGED,
        /** Its exchange rate is unknown, so that documents could not state it in the home currency. */
        NO_EXCHANGE_RATE
    }

    /** Returns the additional currencies, the first opened first. */
    public List<SalesCurrency> all() {
        access.require(Permission.STAFF_PLANS_VIEW);
        return sql.query("""
                select c.code, c.opened_at, c.opened_by, c.closed_at,
                       (select count(*)::int from plan p
                         where p.state = 'ON_SALE'
                           and exists (select from price_version v where v.plan_id = p.id and v.currency = c.code)) as plans,
                       (select count(*)::int from plan p where p.state = 'ON_SALE') as plans_on_sale,
                       (select count(*)::int from wallet_owner_v w where w.currency = c.code and w.closed_at is null) as organizations
                  from sales_currency c
                 order by c.opened_at, c.code
                """, this::sold);
    }

    /** Returns the currencies that can be opened, that is, with a known rate, by code. */
    public List<Currency> openable() {
        access.require(Permission.STAFF_PLANS_VIEW);
        var open = sql.query(
                "select code from sales_currency where closed_at is null",
                row -> Currency.getInstance(row.text("code")));
        return rates.known(today()).stream()
                .filter(one -> !one.equals(home()) && !open.contains(one) && CurrencyUnits.areCounted(one))
                .toList();
    }

    /** Opens a currency for sales, or reopens it. Prices in it are published afterwards, plan by plan. */
    public Outcome open(Currency currency) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        if (currency.equals(home()) || !CurrencyUnits.areCounted(currency)) {
            return Outcome.INVALID;
        }
        if (rates.of(home(), currency, today()).isEmpty()) {
            return Outcome.NO_EXCHANGE_RATE;
        }
        var changed = sql.update(
                """
                insert into sales_currency as c (code, decimals, opened_at, opened_by) values (?, ?, ?, ?)
                on conflict on constraint sales_currency_pk do update set closed_at = null where c.closed_at is not null
                """,
                currency,
                currency.getDefaultFractionDigits(),
                clock.instant(),
                Actors.require().name());
        if (changed == 0) {
            return Outcome.UNCHANGED;
        }
        // Charging and documents look for these accounts and open none.
        for (var kind : List.of(
                AccountKind.REVENUE, AccountKind.CASH, AccountKind.ADJUSTMENT, AccountKind.ROUNDING, AccountKind.TAX)) {
            var unused = ledger.account(kind, currency);
        }
        audit.record("currency.opened", "sales_currency", currency.getCurrencyCode(), Map.of());
        return Outcome.DONE;
    }

    /**
     * Closes a currency to new customers. Existing customers continue to pay in it.
     *
     * @return false if it is not open
     */
    public boolean close(Currency currency) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        var closed = sql.update(
                "update sales_currency set closed_at = greatest(opened_at, ?) where code = ? and closed_at is null",
                clock.instant(),
                currency);
        if (closed == 1) {
            audit.record("currency.closed", "sales_currency", currency.getCurrencyCode(), Map.of());
        }
        return closed == 1;
    }

    private Currency home() {
        return tenants.current().currency();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), tenants.current().zone());
    }

    private SalesCurrency sold(Row row) {
        var currency = Currency.getInstance(row.text("code"));
        return new SalesCurrency(
                currency,
                row.instant("opened_at"),
                row.text("opened_by"),
                row.maybeInstant("closed_at"),
                row.whole("plans"),
                row.whole("plans_on_sale"),
                row.whole("organizations"),
                rates.of(home(), currency, today()));
    }
}

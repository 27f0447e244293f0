package io.tenantry.billing.charging;

import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** A tenant's ledger for tests: wallets, prices and services by single words, over a real PostgreSQL. */
public final class BillingFixture {
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    public final TenantId tenant;
    public final MovableClock clock = new MovableClock();
    public final Sql sql = new Sql(Database.runtime());
    public final Ledger ledger = new Ledger(sql, clock);
    public final Charging charging;
    private final String currency;
    private int plans;
    private int runs;

    /** A service and the wallet that pays for it. */
    public record Rented(UUID service, UUID wallet) {}

    /** Creates the ledger of a new tenant. */
    public BillingFixture(String slug, String currency, String zone) {
        this.currency = currency;
        tenant = Database.tenant(new TenantId(slug), currency, zone);
        charging = new Charging(sql, clock, ledger, new TenantDirectory(Database.administration()));
        in(() -> {
            sql.update("insert into category (code, name, position) values ('vps', 'VPS', 1)");
            return sql.update("insert into region (code, name, country) values ('fra', 'Frankfurt', 'DE')");
        });
    }

    /** Runs the work in one transaction of the tenant, as the system. */
    public <T> T in(Supplier<T> work) {
        try (var actorScope = Actors.enter(Actor.system("test"))) {
            return Database.in(tenant, work);
        }
    }

    public Money money(String amount) {
        return Money.of(amount, currency);
    }

    /** Returns what a price change would charge immediately. */
    public Money surcharge(Rented rented, Money monthly, Instant at) {
        return in(() -> charging.surcharges(rented.service(), at).orElseThrow().apply(monthly));
    }

    /** Creates a wallet that holds an amount. */
    public UUID wallet(String amount) {
        return in(() -> {
            var id = UUID.randomUUID();
            ledger.openAccount(id, Ledger.AccountKind.WALLET, money("0").currency());
            sql.update(
                    "insert into wallet (id, organization_id, currency, opened_at) values (?, ?, ?, ?)",
                    id,
                    UUID.randomUUID(),
                    currency,
                    clock.instant());
            credit(id, amount);
            return id;
        });
    }

    private void credit(UUID wallet, String amount) {
        var value = money(amount);
        if (!value.isPositive()) {
            return;
        }
        var entry = ledger.open(new Ledger.EntryHeader(
                        "CREDIT", "test", UUID.randomUUID().toString(), "top-up", java.util.Optional.empty()))
                .orElseThrow();
        var balance = sql.one(
                "update wallet set balance = balance + ?, version = version + 1 where id = ? returning balance",
                row -> new Money(row.decimal("balance"), value.currency()),
                value.amount(),
                wallet);
        ledger.transfer(
                entry,
                wallet,
                java.util.Optional.of(balance),
                ledger.account(Ledger.AccountKind.CASH, value.currency()),
                java.util.Optional.empty(),
                value);
    }

    /** Tops up a wallet and has charging check it, as the product does. */
    public void topUp(UUID wallet, String amount) {
        in(() -> {
            credit(wallet, amount);
            return inspect(wallet);
        });
    }

    /** Same as above; the observer runs in the same transaction. */
    public void topUp(UUID wallet, String amount, Runnable listener) {
        in(() -> {
            credit(wallet, amount);
            listener.run();
            return inspect(wallet);
        });
    }

    /** Debits a wallet, as a refund to its payer does. */
    public void takeOut(UUID wallet, String amount) {
        in(() -> {
            var value = money(amount);
            var entry = ledger.open(new Ledger.EntryHeader(
                            "DEBIT", "test", UUID.randomUUID().toString(), "refund", java.util.Optional.empty()))
                    .orElseThrow();
            var balance = sql.one(
                    "update wallet set balance = balance - ?, version = version + 1 where id = ? returning balance",
                    row -> new Money(row.decimal("balance"), value.currency()),
                    value.amount(),
                    wallet);
            ledger.transfer(
                    entry,
                    ledger.account(Ledger.AccountKind.CASH, value.currency()),
                    java.util.Optional.empty(),
                    wallet,
                    java.util.Optional.of(balance),
                    value);
            return inspect(wallet);
        });
    }

    /** Sets how far a wallet may go below zero. */
    public void limit(UUID wallet, BigDecimal limit) {
        in(() -> {
            sql.update("update wallet set credit_limit = ? where id = ?", limit, wallet);
            return inspect(wallet);
        });
    }

    private boolean inspect(UUID wallet) {
        charging.walletMoved(new io.tenantry.billing.wallet.WalletBalanceChanged(wallet));
        return true;
    }

    /** Creates a price version of a new plan. */
    public UUID price(String monthly) {
        return price(plan(), 1, monthly);
    }

    /** Creates a plan without a price. */
    public UUID plan() {
        return in(() -> {
            var plan = UUID.randomUUID();
            sql.update("""
                    insert into plan (id, code, name, category, vcpus, memory_mib, disk_gib, transfer_gib, state, created_at)
                    values (?, ?, 'Plan', 'vps', 1, 1024, 10, 1000, 'ON_SALE', ?)
                    """, plan, "plan-" + plans++, clock.instant());
            return plan;
        });
    }

    /** Creates a price version of a plan. */
    public UUID price(UUID plan, int version, String monthly) {
        return in(() -> {
            var price = UUID.randomUUID();
            var value = money(monthly);
            sql.update(
                    """
                    insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                               published_at, published_by)
                    values (?, ?, ?, ?, ?, ?, 0, ?, ?, 'test')
                    """,
                    price,
                    plan,
                    version,
                    currency,
                    value.amount(),
                    HourlyRate.ofMonthly(value).perHour().amount(),
                    clock.instant(),
                    clock.instant());
            return price;
        });
    }

    /** Creates a service that is activated at the instant. */
    public Rented rent(UUID wallet, UUID price, Instant at) {
        return in(() -> {
            var service = UUID.randomUUID();
            sql.update("""
                    insert into service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider,
                                         state, ordered_at, activated_at)
                    select ?, w.organization_id, w.id, 'VPS', 'web', v.plan_id, v.id, 'fra', 'sandbox', 'ACTIVE', ?, ?
                      from wallet w, price_version v
                     where w.id = ? and v.id = ?
                    """, service, at, at, wallet, price);
            charging.activate(service, wallet, price, at);
            return new Rented(service, wallet);
        });
    }

    /** Creates a service that is ordered and not yet active; nothing is charged for it. */
    public Rented order(UUID wallet, UUID price) {
        return in(() -> {
            var service = UUID.randomUUID();
            sql.update("""
                    insert into service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider,
                                         state, ordered_at)
                    select ?, w.organization_id, w.id, 'VPS', 'web', v.plan_id, v.id, 'fra', 'sandbox', 'ORDERED', ?
                      from wallet w, price_version v
                     where w.id = ? and v.id = ?
                    """, service, clock.instant(), wallet, price);
            return new Rented(service, wallet);
        });
    }

    public void change(Rented rented, UUID price, Instant at) {
        in(() -> {
            charging.changePrice(rented.service(), rented.wallet(), price, at);
            return sql.update("update service set price_version_id = ? where id = ?", price, rented.service());
        });
    }

    /** Switches a service off; it is not charged until it is on again. */
    public void pause(Rented rented, Instant at) {
        in(() -> {
            charging.pause(rented.service(), rented.wallet(), at);
            return sql.update("update service set state = 'SUSPENDED' where id = ?", rented.service());
        });
    }

    public void resume(Rented rented, Instant at) {
        in(() -> {
            charging.resume(rented.service(), rented.wallet(), at);
            return sql.update("update service set state = 'ACTIVE' where id = ?", rented.service());
        });
    }

    /** Lets months of charges end earlier or later than by Java's time zone data, by this interval. */
    public void moveMonthEnds(String interval) {
        var schema = tenant.schema();
        Database.asOwner("alter function " + schema + ".month_end(timestamptz, text) rename to month_end_of_java;"
                + " create function " + schema + ".month_end(instant timestamptz, zone text) returns timestamptz"
                + " language sql stable as $$ select " + schema + ".month_end_of_java(instant - interval '" + interval
                + "', zone) + interval '" + interval + "' $$");
    }

    public void end(Rented rented, Instant at) {
        in(() -> {
            charging.end(rented.service(), rented.wallet(), at);
            return sql.update(
                    "update service set state = 'TERMINATED', ended_at = ? where id = ?", at, rented.service());
        });
    }

    /** Charges all wallets of the tenant up to the instant, as one run. */
    public ChargeTotals charge(Instant until) {
        var source = "test-run:" + runs++;
        in(() -> {
            charging.prepare();
            return true;
        });
        return in(() -> charging.chargeWallets(new Charging.Range(FIRST, LAST, 10_000), until, source)
                .charged());
    }

    public Money balance(UUID wallet) {
        return in(() -> sql.one(
                "select balance from wallet where id = ?",
                row -> new Money(row.decimal("balance"), money("0").currency()),
                wallet));
    }

    /** Returns the total ever charged for a service. */
    public Money charged(Rented rented) {
        return in(() -> sql.one(
                "select coalesce(sum(amount), 0) amount from rated_period where service_id = ?",
                row -> new Money(row.decimal("amount"), money("0").currency()),
                rented.service()));
    }

    public int hours(Rented rented) {
        return in(() -> sql.one(
                "select sum(hours)::int hours from rated_period where service_id = ?",
                row -> row.whole("hours"),
                rented.service()));
    }

    public List<BigDecimal> periods(Rented rented) {
        return in(() -> sql.query(
                "select amount from rated_period where service_id = ? order by id",
                row -> row.decimal("amount"),
                rented.service()));
    }

    public List<String> thresholdEvents(UUID wallet) {
        return in(() -> sql.query(
                "select kind from wallet_event where wallet_id = ? order by id", row -> row.text("kind"), wallet));
    }

    /**
     * Returns the errors of the ledger: unbalanced entries, wallets that differ from their postings or their charges. Empty if it is correct.
     */
    public List<String> faults() {
        return in(() -> sql.query("""
                select 'entry ' || entry_id as fault from posting group by entry_id having sum(amount) <> 0 or count(*) < 2
                union all
                select 'wallet ' || w.id
                  from wallet w
                  left join (select account_id, sum(amount) s, count(*) n from posting group by 1) p on p.account_id = w.id
                 where w.balance <> coalesce(p.s, 0) or w.version <> coalesce(p.n, 0)
                union all
                select 'charges of ' || w.id
                  from wallet w
                 where (select coalesce(sum(with_tax(r.amount, r.tax_rate, r.tax_included)), 0)
                          from rated_period r
                         where r.wallet_id = w.id)
                    <> -(select coalesce(sum(p.amount), 0) from posting p join journal_entry e on e.id = p.entry_id
                          where p.account_id = w.id and e.kind = 'CHARGE')
                """, row -> row.text("fault")));
    }
}

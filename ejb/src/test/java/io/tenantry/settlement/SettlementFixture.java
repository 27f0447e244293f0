package io.tenantry.settlement;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.catalog.Currencies;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.catalog.pricing.ResellerAccountDirectory;
import io.tenantry.config.ChargingSettings;
import io.tenantry.config.Settings;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A reseller's ledger and its settlements with the platform, over a real PostgreSQL: each step a transaction, as the container manages it. */
public final class SettlementFixture {
    public final BillingFixture billingFixture;
    final ResellerAccounts accounts;
    final FeeSchedules rules;
    final Runs runs;
    final Months months;

    public SettlementFixture(String slug, String currency, String zone) {
        this(new BillingFixture(slug, currency, zone));
    }

    SettlementFixture(BillingFixture billingFixture) {
        this.billingFixture = billingFixture;
        accounts = new ResellerAccounts(
                billingFixture.sql, billingFixture.clock, new Ledger(billingFixture.sql, billingFixture.clock));
        rules = new FeeSchedules(billingFixture.sql, billingFixture.clock);
        months = new Months();
        runs = new Runs();
    }

    /** Creates a price version of a new plan with this wholesale price. */
    public UUID price(String monthly, String wholesale) {
        return price(billingFixture.plan(), 1, monthly, wholesale);
    }

    UUID price(UUID plan, int version, String monthly, String wholesale) {
        return billingFixture.in(() -> {
            var id = UUID.randomUUID();
            billingFixture.sql.update(
                    """
                    insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                               published_at, published_by)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'test')
                    """,
                    id,
                    plan,
                    version,
                    billingFixture.money("0").currency(),
                    billingFixture.money(monthly).amount(),
                    HourlyRate.ofMonthly(billingFixture.money(monthly))
                            .perHour()
                            .amount(),
                    billingFixture.money(wholesale).amount(),
                    billingFixture.clock.instant(),
                    billingFixture.clock.instant());
            return id;
        });
    }

    /** Creates a service at that price from an instant on. */
    public BillingFixture.Rented rent(UUID price, Instant at) {
        var wallet = billingFixture.wallet("10000");
        billingFixture.in(() -> billingFixture.sql.update("""
            insert into organization (id, name, billing_email, country, created_at)
            select organization_id, 'Nordwind', 'billing@nordwind.example', 'DE', opened_at from wallet where id = ?
            """, wallet));
        return billingFixture.rent(wallet, price, at);
    }

    /** Returns the accounts by which lists and provider accounts find the reseller. */
    public ResellerAccountDirectory resellerAccounts() {
        return accounts;
    }

    /** Runs the work in one transaction of the platform, as the system. */
    public <T> T platform(Supplier<T> work) {
        try (var actorScope = Actors.enter(Actor.system("test"))) {
            return Database.in(Scope.PLATFORM, work);
        }
    }

    /** Sets terms of this reseller alone from a month on. */
    void terms(String from, FeeTerms terms) {
        platform(() -> rules.write(account().id(), YearMonth.parse(from), terms));
    }

    /** Returns the current account; called within a transaction of the platform. */
    ResellerAccounts.Account account() {
        return accounts.of(tenant());
    }

    Money balance() {
        return platform(() -> account().balance());
    }

    boolean pay(String key, String amount) {
        return platform(
                () -> accounts.pay(accounts.lock(account().id()), key, billingFixture.money(amount), "bank transfer"));
    }

    boolean isUsedUp() {
        return billingFixture.in(() -> ResellerCreditLimit.isUsedUp(billingFixture.sql));
    }

    public Tenant tenant() {
        return new TenantDirectory(Database.administration())
                .byId(billingFixture.tenant)
                .orElseThrow();
    }

    /** Performs the job's work at that instant. */
    public void settle(Instant now) {
        billingFixture.clock.stopAt(now);
        var worker = new SettlementWorker(runs, months);
        var unusedOpened = worker.open();
        var unusedRuns = worker.work(() -> true);
    }

    /** Deletes the reseller's data. */
    public int forget() {
        return runs.forget(billingFixture.tenant);
    }

    /** Returns the first document's number. */
    String number() {
        var first = settlements().get(0);
        return first.substring(0, first.indexOf(' '));
    }

    /** Returns the taxes by the current directory. */
    SettlementTaxes taxes() {
        return new SettlementTaxes(billingFixture.sql, new TenantDirectory(Database.administration()));
    }

    /** Returns the platform's seller settings for operators. */
    PlatformSellerSettings sellerSettings() {
        return new PlatformSellerSettings(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                accounts,
                taxes());
    }

    /** Returns the operators' administration. */
    SettlementAdministration administration() {
        return new SettlementAdministration(
                billingFixture.sql,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                accounts,
                rules);
    }

    /** Returns the credits of lines by operators. */
    public SettlementCredits credits() {
        return new SettlementCredits(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                accounts,
                ledger());
    }

    /** Returns the queries of accounts of both sides. */
    ResellerAccountQuery accountQuery() {
        var query = new ResellerAccountQuery();
        query.sql = billingFixture.sql;
        query.access = new Access(billingFixture.sql);
        query.tenants = new TenantDirectory(Database.administration());
        query.rules = rules;
        return query;
    }

    /** Returns the queries of both sides; each query of hours runs in its own transaction. */
    public SettlementQuery ledger() {
        var hours = new SettlementLineDetails() {
            @Override
            public List<Sold> services(Scope scope, Subject subject, int rows, int after) {
                return inOwnTransaction(scope, () -> super.services(scope, subject, rows, after));
            }

            @Override
            public List<Hours> hours(Scope scope, Subject subject, UUID service) {
                return inOwnTransaction(scope, () -> super.hours(scope, subject, service));
            }
        };
        hours.sql = billingFixture.sql;
        var ledger = new SettlementQuery();
        ledger.sql = billingFixture.sql;
        ledger.access = new Access(billingFixture.sql);
        ledger.tenants = new TenantDirectory(Database.administration());
        ledger.settled = hours;
        return ledger;
    }

    /** Runs on another thread, as the current transaction is suspended for it. */
    private static <T> T inOwnTransaction(Scope scope, Supplier<T> work) {
        return CompletableFuture.supplyAsync(() -> Database.in(scope, work)).join();
    }

    /** Returns the documents: {@code number month state wholesale fees total}. */
    List<String> settlements() {
        return texts("""
            select number_text || ' ' || to_char(month, 'YYYY-MM') || ' ' || state || ' ' || wholesale::float8 || ' ' || fees::float8
                   || ' ' || total::float8
              from platform.settlement where account_id in ${accounts} order by month
            """);
    }

    /** Returns a column of the documents, the oldest first. */
    List<String> documentColumn(String column) {
        return texts("select " + column + " from platform.settlement where account_id in ${accounts} order by month");
    }

    /** Returns their lines: {@code kind of_month services hours unpriced revenue amount}. */
    List<String> lines(String month) {
        return texts("""
            select l.kind || ' ' || to_char(l.of_month, 'YYYY-MM') || ' ' || l.services || ' ' || l.hours || ' ' || l.unpriced_hours
                   || ' ' || l.revenue::float8 || ' ' || l.amount::float8
              from platform.settlement_line l
              join platform.settlement s on s.id = l.settlement_id
             where s.account_id in ${accounts} and to_char(s.month, 'YYYY-MM') = '${month}'
             order by l.position
            """.replace("${month}", month));
    }

    /** Returns the states of unfinished runs. */
    List<String> unfinished() {
        return texts("select to_char(month, 'YYYY-MM') || ' ' || state || coalesce(' ' || error, '') from"
                + " platform.settlement_run where state <> 'DONE' and account_id in ${accounts} order by month");
    }

    private List<String> texts(String query) {
        return Database.texts(query.replace(
                "${accounts}",
                "(select id from platform.reseller_ledger_account where tenant = '" + billingFixture.tenant.value()
                        + "')"));
    }

    /** Returns the errors of the platform's ledger: unbalanced entries, and an account that differs from its postings. */
    List<String> faults() {
        return Database.texts("""
            select 'entry ' || entry_id from platform.posting group by entry_id having sum(amount) <> 0
            union all
            select 'account ' || a.tenant
              from platform.reseller_ledger_account a
              left join (select account_id, sum(amount) s, count(*) n from platform.posting group by 1) p on p.account_id = a.id
             where a.balance <> coalesce(p.s, 0) or a.version <> coalesce(p.n, 0)
            """);
    }

    /** Other tests have resellers in the same database. */
    private static final class SingleTenantDirectory extends TenantDirectory {
        private final TenantId tenant;

        SingleTenantDirectory(TenantId tenant) {
            super(Database.administration());
            this.tenant = tenant;
        }

        @Override
        public List<Tenant> chargeable() {
            return super.chargeable().stream()
                    .filter(one -> one.id().equals(tenant))
                    .toList();
        }
    }

    private static final class ShortLeases extends Settings {
        ShortLeases() {
            super(name -> null, name -> null);
        }

        @Override
        public ChargingSettings charging() {
            return new ChargingSettings(true, 2, 1_000, 20_000, Duration.ofMillis(300));
        }
    }

    /** The tenant's side. */
    class Months extends WholesaleUsage {
        Months() {
            sql = billingFixture.sql;
            clock = billingFixture.clock;
            tenants = new TenantDirectory(Database.administration());
            currencies = new Currencies(billingFixture.sql, tenants);
            rates = new ExchangeRates(billingFixture.sql);
        }

        @Override
        public Outcome take(SettlementRuns.Claim claim) {
            return Database.in(claim.tenant(), () -> super.take(claim));
        }
    }

    /** The platform's side, which processes months up to the clock. */
    class Runs extends SettlementRuns {
        Runs() {
            sql = billingFixture.sql;
            clock = billingFixture.clock;
            settings = new ShortLeases();
            tenants = new SingleTenantDirectory(billingFixture.tenant);
            accounts = SettlementFixture.this.accounts;
            AuditTrail audit = InvoicingFixture.trail(billingFixture);
            settlements = new Settlements(
                    billingFixture.sql, billingFixture.clock, SettlementFixture.this.accounts, rules, taxes(), audit);
        }

        @Override
        public Instant reached() {
            return billingFixture.clock.instant();
        }

        @Override
        public List<Tenant> unopened(Instant reached) {
            return Database.in(Scope.PLATFORM, () -> super.unopened(reached));
        }

        @Override
        public int open(Tenant tenant, Instant reached) {
            return Database.in(Scope.PLATFORM, () -> super.open(tenant, reached));
        }

        @Override
        public Optional<Claim> claim(Instant reached) {
            return Database.in(Scope.PLATFORM, () -> super.claim(reached));
        }

        @Override
        public Optional<String> issue(Claim claim, WholesaleStatement wholesaleStatement) {
            return Database.in(Scope.PLATFORM, () -> super.issue(claim, wholesaleStatement));
        }

        /** Issues and dies before the commit. */
        void issueAndDie(Claim claim, WholesaleStatement wholesaleStatement) {
            Database.run(Scope.PLATFORM, () -> {
                var unused = super.issue(claim, wholesaleStatement);
                throw new IllegalStateException("died");
            });
        }

        @Override
        public void end(Claim claim) {
            Database.run(Scope.PLATFORM, () -> super.end(claim));
        }

        @Override
        public void putOff(Claim claim) {
            Database.run(Scope.PLATFORM, () -> super.putOff(claim));
        }

        @Override
        public void park(Claim claim, String error) {
            Database.run(Scope.PLATFORM, () -> super.park(claim, error));
        }

        @Override
        public int retryAll() {
            return Database.in(Scope.PLATFORM, super::retryAll);
        }

        @Override
        public int forget(TenantId tenant) {
            return Database.in(Scope.PLATFORM, () -> super.forget(tenant));
        }
    }
}

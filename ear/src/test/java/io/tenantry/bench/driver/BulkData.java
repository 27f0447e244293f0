package io.tenantry.bench.driver;

import io.tenantry.admin.platform.TenantDraft;
import io.tenantry.admin.platform.Tenants;
import io.tenantry.billing.invoicing.BillingParties;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.DatabaseCells;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Creates many equal customers by set-based statements, in the state right after their servers were activated: credited, charged for the first
 * hour, with every row that the product would have written. The auditor verifies this. All tenants get the same identifiers.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class BulkData {
    private static final Actor ACTOR = Actor.system("bench");
    private static final String REGION = "mass";

    private static final String ID = "('01900000-0000-7000-800%s-' || lpad(to_hex(%s), 12, '0'))::uuid";
    private static final String ORGANIZATION = String.format(ID, 1, "n");
    private static final String WALLET = String.format(ID, 2, "n");
    private static final String SERVICE = String.format(ID, 3, "n * 1000 + k");

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Tenants tenants;

    @Inject
    TenantDirectory directory;

    @Inject
    Catalog catalog;

    @Inject
    FreePrices apart;

    @Inject
    BillingParties billingParties;

    /**
     * A crowd of equal customers.
     *
     * @param perWallet servers that each wallet pays for, at most 1,000
     * @param monthly price of each
     * @param credit initial credit of each wallet
     */
    record Crowd(String tenant, int wallets, int perWallet, Money monthly, BigDecimal credit) {
        TenantId id() {
            return new TenantId(tenant);
        }
    }

    /** The plan and price rented by a crowd. */
    record Offer(UUID plan, UUID price) {}

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void createTenant(Crowd crowd) {
        try (var actorScope = Actors.enter(ACTOR)) {
            var outcome = tenants.create(new TenantDraft(
                    crowd.tenant(),
                    "Reseller " + crowd.tenant(),
                    List.of(crowd.tenant() + ".localhost"),
                    crowd.monthly().currency().getCurrencyCode(),
                    "UTC",
                    "en",
                    "#1d4ed8",
                    "#0f766e",
                    "#b45309",
                    Optional.empty(),
                    "Owner",
                    "owner@" + crowd.tenant() + ".example"));
            if (!(outcome instanceof Tenants.Outcome.Created)) {
                throw new IllegalStateException("the tenant was refused: " + outcome);
            }
        }
    }

    /** Sets the reseller's seller data, without which nothing is issued. */
    public void seller(TenantId tenant) {
        asTenant(tenant, () -> {
            var postalAddress =
                    new PostalAddress("Reseller " + tenant.value(), "Mass Street 1", "94103", "San Francisco", "US");
            var outcome = billingParties.sell(new InvoiceSeller(postalAddress, "", "", "", "", "", "", "", "", ""));
            if (outcome instanceof BillingParties.Outcome.Invalid) {
                throw new IllegalStateException("the seller was refused: " + outcome);
            }
            return outcome;
        });
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void erase(String slug) {
        try (var actorScope = Actors.enter(ACTOR)) {
            tenants.erase(new TenantId(slug));
        }
    }

    /** Migrates all schemas, as a startup does. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void start() {
        tenants.migrateAll();
    }

    public Offer offer(Crowd crowd) {
        keepPrices(crowd.monthly().currency());
        return asTenant(crowd.id(), () -> {
            catalog.keepCategory("servers", "Servers", 1);
            catalog.keepRegion(new Catalog.Region(REGION, "Everywhere", "US"));
            var plan = done(catalog.add(
                    new Catalog.Draft("mass", "Mass", "servers", new Plan.Size(1, 1_024, 10, 1_000), Set.of(REGION))));
            var price = done(catalog.publish(new Catalog.PriceDraft(plan, crowd.monthly(), clock.instant())));
            return new Offer(plan, price);
        });
    }

    /** The platform charges nothing for the plans rented by crowds. */
    private void keepPrices(Currency currency) {
        try (var actorScope = Actors.enter(ACTOR)) {
            apart.keep(currency, List.of(PriceKey.codeOf(1, 1_024, 10, 1_000, false)));
        }
    }

    private static UUID done(Catalog.Outcome outcome) {
        if (outcome instanceof Catalog.Outcome.Done done) {
            return done.id();
        }
        throw new IllegalStateException("the catalogue refused: " + outcome);
    }

    /** Adds wallets {@code from} to {@code to}, exclusive, with their servers, activated now. */
    public void add(Crowd crowd, Offer offer, int from, int to) {
        var hourly = HourlyRate.ofMonthly(crowd.monthly()).perHour().amount();
        var pace = hourly.multiply(BigDecimal.valueOf(crowd.perWallet()));
        var currency = crowd.monthly().currency();
        var now = clock.instant();
        asTenant(crowd.id(), () -> {
            sql.update(
                    "insert into organization (id, name, billing_email, country, created_at) select " + ORGANIZATION
                            + ", 'Customer ' || n, 'billing@mass.example', 'US', ? from generate_series(?, ?) n",
                    now,
                    from,
                    to - 1);
            sql.update(
                    "insert into ledger_account (id, kind, currency, opened_at) select " + WALLET
                            + ", 'WALLET', ?, ? from generate_series(?, ?) n",
                    currency,
                    now,
                    from,
                    to - 1);
            sql.update(
                    "insert into wallet (id, organization_id, currency, balance, version, hourly_cost, opened_at) select "
                            + WALLET + ", " + ORGANIZATION + ", ?, ?, 2, ?, ? from generate_series(?, ?) n",
                    currency,
                    crowd.credit().subtract(pace),
                    pace,
                    now,
                    from,
                    to - 1);
            post("CREDIT", "CASH", crowd, from, to, crowd.credit(), crowd.credit(), now);
            sql.update(
                    """
                    insert into service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region,
                                         provider, state, ordered_at, activated_at)
                    select ${service}, ${organization}, ${wallet}, 'VPS', 'server-' || n || '-' || k, ?, ?, ?,
                           'sandbox', 'ACTIVE', ?, ?
                      from generate_series(?, ?) n, generate_series(0, ?) k
                    """.replace("${service}", SERVICE)
                            .replace("${organization}", ORGANIZATION)
                            .replace("${wallet}", WALLET),
                    offer.plan(),
                    offer.price(),
                    REGION,
                    now,
                    now,
                    from,
                    to - 1,
                    crowd.perWallet() - 1);
            sql.update(
                    """
                    insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at,
                                              month_ends_at, charged_until, hours, month_cap, cap, amount)
                    select ${service}, ${wallet}, v.id, v.currency, v.hourly, t.at,
                           (date_trunc('month', t.at at time zone 'UTC') + interval '1 month') at time zone 'UTC',
                           t.at + interval '1 hour', 1, v.monthly, v.monthly, v.hourly
                      from generate_series(?, ?) n, generate_series(0, ?) k, price_version v,
                           (select ?::timestamptz as at) t
                     where v.id = ?
                    """.replace("${service}", SERVICE).replace("${wallet}", WALLET),
                    from,
                    to - 1,
                    crowd.perWallet() - 1,
                    now,
                    offer.price());
            post(
                    "CHARGE",
                    "REVENUE",
                    crowd,
                    from,
                    to,
                    pace.negate(),
                    crowd.credit().subtract(pace),
                    now);
            return crowd;
        });
    }

    /** Leaves only these tenants active. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void show(List<String> active) {
        try (var connection = DatabaseCells.administration().getConnection();
                var statement = connection.prepareStatement(
                        "update platform.tenant set state = case when slug = any (?) then 'ACTIVE' else 'MAINTENANCE' end where state not in ('DELETING', 'DELETED')")) {
            statement.setArray(1, connection.createArrayOf("text", active.toArray()));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        directory.refresh();
    }

    /** Posts one entry with a posting for each wallet and one balancing posting. */
    private void post(
            String kind,
            String other,
            Crowd crowd,
            int from,
            int to,
            BigDecimal amount,
            BigDecimal balance,
            Instant now) {
        var currency = crowd.monthly().currency();
        sql.update("""
                insert into ledger_account (id, kind, currency, opened_at) values (gen_random_uuid(), ?, ?, ?)
                on conflict (kind, currency) where kind <> 'WALLET' do nothing
                """, other, currency, now);
        sql.update(
                """
                with entry as (
                  insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor, reason)
                  values (?, 'bench', ?, ?, ?, ?, 'crowd')
                  returning id
                )
                insert into posting (entry_id, account_id, currency, amount, balance_after)
                select e.id, ${wallet}, ?, ?, ? from entry e, generate_series(?, ?) n
                union all
                select e.id, a.id, a.currency, ?, null
                  from entry e, ledger_account a
                 where a.kind = ? and a.currency = ?
                """.replace("${wallet}", WALLET),
                kind,
                "crowd:" + kind + ":" + from,
                now,
                now,
                ACTOR.name(),
                currency,
                amount,
                balance,
                from,
                to - 1,
                amount.negate().multiply(BigDecimal.valueOf(to - from)),
                other,
                currency);
    }

    private interface Work<T> {
        T run();
    }

    private static <T> T asTenant(TenantId tenant, Work<T> work) {
        try (var actorScope = Actors.enter(ACTOR);
                var enteredScope = Tenancy.enter(tenant)) {
            return work.run();
        }
    }
}

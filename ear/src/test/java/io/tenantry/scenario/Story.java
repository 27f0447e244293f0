package io.tenantry.scenario;

import io.tenantry.admin.platform.TenantDraft;
import io.tenantry.admin.platform.Tenants;
import io.tenantry.batch.JobStarter;
import io.tenantry.bench.driver.PriceListSetup;
import io.tenantry.billing.charging.ChargingRuns;
import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.catalog.pricing.PriceListPublications;
import io.tenantry.catalog.pricing.PriceListQuery;
import io.tenantry.catalog.pricing.PriceLists;
import io.tenantry.cloud.provisioning.Order;
import io.tenantry.cloud.provisioning.ServiceOrders;
import io.tenantry.it.Drafts;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.people.identity.Organizations;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.DatabaseCells;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Building blocks of scenarios: a reseller, customers, servers, passing time and the real job. */
@ApplicationScoped
public class Story {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    Tenants tenants;

    @Inject
    Catalog catalog;

    @Inject
    PriceLists lists;

    @Inject
    PriceListQuery priceListQuery;

    @Inject
    PriceListPublications publications;

    @Inject
    Organizations organizations;

    @Inject
    WalletAdministration wallets;

    @Inject
    ServiceOrders serviceOrders;

    @Inject
    ChargingRuns runs;

    @Inject
    JobStarter jobs;

    @Inject
    MovableClock clock;

    @Inject
    TenantDirectory directory;

    @Inject
    Sql sql;

    @Inject
    UserTransaction transaction;

    /** A reseller with one plan at that monthly price in its region. */
    record Reseller(TenantId id, UUID plan, String currency) {}

    /** A customer and its wallet. */
    record Customer(UUID organization, UUID wallet) {}

    Reseller reseller(String slug, String monthly) {
        return asSystem(() -> {
            Tenancy.in(Scope.PLATFORM, this::keepPrices);
            var created = make(slug);
            if (!(created instanceof Tenants.Outcome.Created)) {
                throw new IllegalStateException("not created: " + created);
            }
            var id = new TenantId(slug);
            return Tenancy.in(id, () -> new Reseller(id, plan(monthly), "USD"));
        });
    }

    /** The wholesale prices for all resellers: one of the plan, nothing for add-ons. */
    private UUID keepPrices() {
        var items = new ArrayList<PriceItem>();
        items.add(PriceListSetup.of(PriceKey.Kind.PLAN, PriceKey.codeOf(2, 4_096, 40, 2_000, false), "1"));
        PriceKey.ADDONS.forEach(code -> items.add(PriceListSetup.of(PriceKey.Kind.ADDON, code, "0")));
        return new PriceListSetup(lists, priceListQuery, publications)
                .addMissingSince2020(clock, Currency.getInstance("USD"), items);
    }

    /** Requests a reseller with that name, whatever the outcome. */
    Tenants.Outcome make(String slug) {
        return make(Drafts.of(slug, "Reseller " + slug, "USD"));
    }

    Tenants.Outcome make(TenantDraft draft) {
        return tenants.create(draft);
    }

    private UUID plan(String monthly) {
        catalog.keepCategory("vps", "VPS", 1);
        catalog.keepRegion(new Catalog.Region("fra", "Frankfurt", "DE"));
        var added = catalog.add(
                new Catalog.Draft("small", "Small", "vps", new Plan.Size(2, 4_096, 40, 2_000), Set.of("fra")));
        var plan = ((Catalog.Outcome.Done) added).id();
        catalog.publish(new Catalog.PriceDraft(plan, Money.of(monthly, "USD"), clock.instant()));
        return plan;
    }

    Customer customer(Reseller reseller, String name, String amount) {
        return as(reseller, () -> {
            var created = (Organizations.Outcome.Created) organizations.create(new Organizations.Draft(
                    name, "billing@" + name + ".example", "DE", "Olga Owner", "olga@" + name + ".example"));
            var wallet = wallets.of(created.organizationId()).get(0).id();
            wallets.credit(new Wallets.Movement(
                    wallet,
                    Money.of(amount, reseller.currency()),
                    Wallets.Counterpart.CASH,
                    "first payment",
                    UUID.randomUUID().toString()));
            return new Customer(created.organizationId(), wallet);
        });
    }

    UUID server(Reseller reseller, Customer customer, String name) {
        return as(
                reseller,
                () -> ((ServiceOrders.Outcome.Done)
                                serviceOrders.order(new Order(customer.organization(), name, reseller.plan(), "fra")))
                        .serviceId());
    }

    Money balance(Reseller reseller, Customer customer) {
        return as(reseller, () -> wallets.of(customer.organization()).get(0).balance());
    }

    /**
     * Hides tenants of other scenarios: at this scenario's time, they would have months to charge.
     *
     * @param cast tenants of this scenario
     */
    void alone(Reseller... cast) {
        var others = Stream.concat(Stream.of("''"), Stream.of(cast).map(one -> "'" + one.id() + "'"))
                .collect(Collectors.joining(", ", " not in (", ")"));
        asOwner("update platform.tenant set state = 'MAINTENANCE' where state not in ('DELETING', 'DELETED') and slug"
                + others);
        directory.refresh();
        transact(Scope.WORK, () -> sql.update("delete from charging_run where state <> 'DONE' and tenant" + others));
    }

    /** Stops the clock at the instant. */
    void at(Instant instant) {
        clock.stopAt(instant);
    }

    /** Lets the real job charge everything due, repeatedly as the timer would, until all runs are done. */
    void chargeAll() {
        runs.open(runs.reachedHour());
        await(() -> {
            runJob();
            return runs.isAllDone();
        });
    }

    /** Starts the real job and waits for its end, whatever its result. */
    void runJob() {
        var execution = jobs.startUnlessRunning("hourly-charging");
        await(() -> !jobs.isRunning(execution));
    }

    void await(Callable<Boolean> condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("waited in vain for " + PATIENCE);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Works as the system in a reseller's scope. */
    <T> T as(Reseller reseller, Callable<T> work) {
        return asSystem(() -> Tenancy.in(reseller.id(), work::call));
    }

    /** Works within one transaction of a scope. */
    <T> T transact(Scope scope, Callable<T> work) {
        return asSystem(() -> Tenancy.in(scope, () -> {
            transaction.begin();
            try {
                var result = work.call();
                transaction.commit();
                return result;
            } catch (Exception failure) {
                if (transaction.getStatus() != jakarta.transaction.Status.STATUS_NO_TRANSACTION) {
                    transaction.rollback();
                }
                throw failure;
            }
        }));
    }

    /** Returns the column {@code text} of a query in a scope. */
    List<String> texts(Scope scope, String query, Object... parameters) {
        return asSystem(() -> Tenancy.in(scope, () -> {
            transaction.begin();
            try {
                return sql.query(query, row -> row.text("text"), parameters);
            } finally {
                transaction.rollback();
            }
        }));
    }

    static <T> T asSystem(Callable<T> work) {
        try (var actorScope = Actors.enter(Actor.system("story"))) {
            return work.call();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Executes a statement as the database's owner, to simulate accidents. */
    void asOwner(String statement) {
        try (var connection = DatabaseCells.administration().getConnection();
                var running = connection.createStatement()) {
            running.execute(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Returns the errors in a reseller's books; empty if there are none. */
    List<String> faults(Reseller reseller) {
        return transact(Scope.audit(reseller.id()), () -> sql.query("""
            select 'entry ' || entry_id fault from posting group by entry_id having sum(amount) <> 0
            union all
            select 'wallet ' || w.id
              from wallet w
             where w.balance <> (select coalesce(sum(p.amount), 0) from posting p where p.account_id = w.id)
            union all
            select 'charges ' || w.id
              from wallet w
             where (select coalesce(sum(r.amount), 0) from rated_period r where r.wallet_id = w.id)
                <> -(select coalesce(sum(p.amount), 0)
                       from posting p join journal_entry e on e.id = p.entry_id
                      where p.account_id = w.id and e.kind = 'CHARGE')
            """, row -> row.text("fault")));
    }

    /** Returns the hours charged, by service. */
    List<Integer> hours(Reseller reseller) {
        return transact(
                Scope.audit(reseller.id()),
                () -> sql.query(
                        "select sum(hours)::int hours from rated_period group by service_id order by service_id",
                        row -> row.whole("hours")));
    }
}

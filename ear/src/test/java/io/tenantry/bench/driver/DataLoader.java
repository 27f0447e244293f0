package io.tenantry.bench.driver;

import io.tenantry.admin.auditor.Auditor;
import io.tenantry.admin.platform.TenantDraft;
import io.tenantry.admin.platform.Tenants;
import io.tenantry.bench.driver.Stage.Customer;
import io.tenantry.bench.driver.Stage.Priced;
import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Loads the trace's customers and events into the database, many per transaction. Money moves only through the product's classes: wallets are
 * opened and filled by {@code Wallets}, services charged by {@code Charging}; only rows without money (organizations, services) are written by
 * set-based statements.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DataLoader {
    static final TenantId TENANT = new TenantId("bench");
    private static final Actor ACTOR = Actor.system("bench");
    private static final Currency CURRENCY = Currency.getInstance("USD");
    private static final Money LARGE = Money.of("100000000", "USD");
    private static final String REGION = "trace";
    private static final BigDecimal MIB_PER_GB = BigDecimal.valueOf(1_024);

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Tenants tenants;

    @Inject
    Catalog catalog;

    @Inject
    FreePrices prices;

    @Inject
    Wallets wallets;

    @Inject
    Charging charging;

    @Inject
    Auditor auditor;

    @Inject
    Stage stage;

    /** A server size and its price. */
    record Flavour(String name, BigDecimal vcpus, BigDecimal memoryGb, BigDecimal monthly) {}

    /** A customer who requested servers together. */
    record Request(int number, String name) {}

    /**
     * An arrival or an end.
     *
     * @param flavour size of an arriving server; empty for an end
     */
    record Event(int row, int request, Optional<String> flavour, Instant at) {}

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void createTenant() {
        try (var actorScope = Actors.enter(ACTOR)) {
            var outcome = tenants.create(new TenantDraft(
                    TENANT.value(),
                    "Bench",
                    List.of("bench.localhost"),
                    CURRENCY.getCurrencyCode(),
                    "UTC",
                    "en",
                    "#1d4ed8",
                    "#0f766e",
                    "#b45309",
                    Optional.empty(),
                    "Bench Owner",
                    "owner@bench.localhost"));
            if (!(outcome instanceof Tenants.Outcome.Created)) {
                throw new IllegalStateException("the tenant was refused: " + outcome);
            }
        }
    }

    public void sell(List<Flavour> flavours) {
        try (var actorScope = Actors.enter(ACTOR)) {
            prices.keep(
                    CURRENCY,
                    flavours.stream()
                            .map(DataLoader::size)
                            .map(DataLoader::codeOf)
                            .distinct()
                            .toList());
        }
        asTenant(() -> {
            catalog.keepCategory("servers", "Servers", 1);
            catalog.keepRegion(new Catalog.Region(REGION, "Where the trace was taken", "US"));
            for (var flavour : flavours) {
                stage.flavours().put(flavour.name(), price(flavour));
            }
        });
    }

    private static Plan.Size size(Flavour flavour) {
        return new Plan.Size(
                flavour.vcpus().max(BigDecimal.ONE).intValue(),
                flavour.memoryGb().multiply(MIB_PER_GB).max(BigDecimal.ONE).intValue(),
                0,
                0);
    }

    private static String codeOf(Plan.Size size) {
        return PriceKey.codeOf(
                size.vcpus(), size.memoryMib(), size.diskGib(), size.transferGib(), size.transferUnlimited());
    }

    private Priced price(Flavour flavour) {
        var size = size(flavour);
        var plan = done(catalog.add(new Catalog.Draft(
                "v" + flavour.name().replace('.', '-'), flavour.name(), "servers", size, Set.of(REGION))));
        var exact = new Money(flavour.monthly(), CURRENCY);
        var cents = exact.rounded();
        var price = done(catalog.publish(new Catalog.PriceDraft(plan, cents, clock.instant())));
        return new Priced(plan, cents.equals(exact) ? price : exact(price, exact));
    }

    /** The catalog refuses fractions of a cent, which some sizes of the trace cost: what they add up to is part of the test. */
    private UUID exact(UUID rounded, Money monthly) {
        var id = Ids.next(clock);
        sql.update(
                """
                insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                           published_at, published_by)
                select ?, plan_id, version + 1, currency, ?, ?, wholesale_monthly, valid_from + interval '1 microsecond',
                       published_at, published_by
                  from price_version
                 where id = ?
                """,
                id,
                monthly.amount(),
                HourlyRate.ofMonthly(monthly).perHour().amount(),
                rounded);
        return id;
    }

    private static UUID done(Catalog.Outcome outcome) {
        if (outcome instanceof Catalog.Outcome.Done done) {
            return done.id();
        }
        throw new IllegalStateException("the catalogue refused: " + outcome);
    }

    public void welcome(List<Request> requests) {
        asTenant(() -> {
            var organizations = sql.query(
                    """
                    insert into organization (id, name, billing_email, country, created_at)
                    select gen_random_uuid(), 'Request ' || n, 'billing@bench.localhost', 'US', ? from unnest(?) n
                    returning id
                    """,
                    row -> row.uuid("id"),
                    clock.instant(),
                    requests.stream().map(Request::name).toArray(String[]::new));
            for (var i = 0; i < organizations.size(); i++) {
                var wallet = wallets.open(organizations.get(i), CURRENCY);
                var number = requests.get(i).number();
                wallets.credit(new Wallets.Movement(
                        wallet,
                        LARGE,
                        Wallets.Counterpart.CASH,
                        "a large wallet",
                        "bench:" + number,
                        Wallets.Movement.Origin.BANK));
                stage.customers().put(number, new Customer(organizations.get(i), wallet));
            }
        });
    }

    /** Starts and ends servers in the given order; each is charged for its first hour at the start and for its last at the end. */
    public void happen(List<Event> events) {
        asTenant(() -> {
            addServices(events);
            for (var event : events) {
                var service = service(event.row());
                var wallet = customer(event).walletId();
                if (event.flavour().isPresent()) {
                    charging.activate(service, wallet, flavour(event).priceVersionId(), event.at());
                } else {
                    charging.end(service, wallet, event.at());
                }
            }
            endServices(events);
        });
    }

    /** Returns the auditor's findings. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public List<String> audit() {
        try (var actorScope = Actors.enter(ACTOR)) {
            var violations = new ArrayList<String>();
            for (var report : auditor.run()) {
                if (report.failure().isPresent()) {
                    throw new IllegalStateException("the auditor could not finish: " + report);
                }
                for (var found : auditor.violations(report.id())) {
                    violations.add(report.tenant().map(TenantId::value).orElse("platform") + ": " + found);
                }
            }
            return violations;
        }
    }

    private void addServices(List<Event> events) {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var event : events) {
            if (event.flavour().isPresent()) {
                var id = Ids.next(clock);
                var customer = customer(event);
                var flavour = flavour(event);
                stage.services().put(event.row(), id);
                rows.add(new @Nullable Object[] {
                    id,
                    customer.organizationId(),
                    customer.walletId(),
                    "server-" + event.row(),
                    flavour.planId(),
                    flavour.priceVersionId(),
                    REGION,
                    event.at(),
                    event.at()
                });
            }
        }
        if (!rows.isEmpty()) {
            sql.batch("""
                    insert into service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region,
                                         provider, state, ordered_at, activated_at)
                    values (?, ?, ?, 'VPS', ?, ?, ?, ?, 'sandbox', 'ACTIVE', ?, ?)
                    """, rows);
        }
    }

    private void endServices(List<Event> events) {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var event : events) {
            if (event.flavour().isEmpty()) {
                rows.add(new @Nullable Object[] {event.at(), service(event.row())});
            }
        }
        if (!rows.isEmpty()) {
            sql.batch(
                    "update service set state = 'TERMINATED', ended_at = ?, version = version + 1 where id = ?", rows);
        }
    }

    private UUID service(int row) {
        return Objects.requireNonNull(stage.services().get(row), "a server ends that never came");
    }

    private Customer customer(Event event) {
        return Objects.requireNonNull(stage.customers().get(event.request()), "nobody asked for this server");
    }

    private Priced flavour(Event event) {
        return Objects.requireNonNull(stage.flavours().get(event.flavour().orElseThrow()), "a size not sold");
    }

    private static void asTenant(Runnable work) {
        try (var actorScope = Actors.enter(ACTOR);
                var enteredScope = Tenancy.enter(TENANT)) {
            work.run();
        }
    }
}

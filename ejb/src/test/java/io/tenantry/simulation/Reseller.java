package io.tenantry.simulation;

import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Plan;
import io.tenantry.catalog.pricing.PriceFixture;
import io.tenantry.cloud.addon.AddonPrices;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** A reseller with plans, customers and staff, and the responses they received. */
final class Reseller {
    static final int CUSTOMERS = 5;
    static final int PLANS = 5;

    /** From this index on, plans have no server. */
    static final int IN_BOOKS_FROM = 3;

    /** Monthly prices of plans, in cents, chosen so that an hour costs whole cents. */
    private static final int[] MONTHLY = {730, 1_460, 5_840, 730, 2_190};

    private static final int HOURS_OF_A_MONTH = 730;

    /** Monthly prices of one unit, in cents, chosen so that an hour costs whole cents; for volumes, of ten gibibytes. */
    private static final Map<AddonType, Integer> UNITS = new TreeMap<>(
            Map.of(AddonType.VOLUME, 73, AddonType.BACKUP, 730, AddonType.SNAPSHOT, 730, AddonType.ADDRESS, 1_460));

    final TenantId tenant;
    final SimulatedProvider simulatedProvider;
    final Actor staff = new Actor(Actor.Kind.STAFF, new UUID(1, 0), "Sam");
    final List<UUID> plans = new ArrayList<>();
    final List<Customer> customers = new ArrayList<>();

    /** The response to each order: the service. */
    final Map<String, UUID> answered = new HashMap<>();

    /** Add-ons ordered and confirmed. */
    final Set<UUID> addonIds = new TreeSet<>();

    /** Top-ups of each wallet, in cents. */
    final Map<UUID, Long> toppedUp = new HashMap<>();

    private final Currency currency;

    /** An organization, its owner, and its wallet. */
    record Customer(UUID organization, Actor owner, UUID wallet) {}

    Reseller(TenantId tenant, String currency, SimulatedProvider simulatedProvider) {
        this.tenant = tenant;
        this.currency = Currency.getInstance(currency);
        this.simulatedProvider = simulatedProvider;
    }

    /** Returns the hourly price of a plan, in cents. */
    static int hourly(int plan) {
        return MONTHLY[plan] / HOURS_OF_A_MONTH;
    }

    /** Returns the hourly price of this quantity, in cents. */
    static int hourly(AddonType kind, int quantity) {
        return UNITS.getOrDefault(kind, 0) * quantity / HOURS_OF_A_MONTH;
    }

    static String nameOf(int plan) {
        return "Plan " + plan;
    }

    Money cents(long cents) {
        return new Money(BigDecimal.valueOf(cents, 2), currency);
    }

    /** Creates everything that exists before the first order. Runs in a transaction of the tenant. */
    void setUp(Beans beans, SimulatedTargets simulatedTargets, Instant now) {
        var sql = beans.sql;
        sql.update("insert into category (code, name, position) values ('vps', 'VPS', 1)");
        sql.update("insert into region (code, name, country) values ('fra', 'Frankfurt', 'DE')");
        for (var plan = 0; plan < PLANS; plan++) {
            setUpPlan(beans, simulatedTargets, plan, now);
        }
        person(beans, staff, "sam@" + tenant.value() + ".example", now);
        sql.update(
                "insert into staff_member (person_id, role, role_kind, joined_at) values (?, 'staff_owner', 'STAFF', ?)",
                staff.personId(),
                now);
        PriceFixture.freeAddons(tenant, currency.getCurrencyCode());
        UNITS.forEach((kind, cents) -> setUpAddonPrice(beans, kind, cents));
        for (var customer = 0; customer < CUSTOMERS; customer++) {
            setUpCustomer(beans, customer, now);
        }
    }

    private void setUpAddonPrice(Beans beans, AddonType kind, int cents) {
        var outcome = beans.addonBeans.prices.publish(kind, Optional.of(cents(cents)), Optional.empty());
        if (outcome != AddonPrices.Outcome.DONE) {
            throw new IllegalStateException(kind + " has no price: " + outcome);
        }
    }

    private void setUpPlan(Beans beans, SimulatedTargets simulatedTargets, int number, Instant now) {
        var plan = new UUID(tenant.value().hashCode(), 100L + number);
        var size = new Plan.Size(1 + number, 1_024, 10, 1_000);
        beans.sql.update(
                """
                insert into plan (id, code, name, category, vcpus, memory_mib, disk_gib, transfer_gib, state, created_at)
                values (?, ?, ?, 'vps', ?, ?, ?, ?, 'ON_SALE', ?)
                """,
                plan,
                "plan-" + number,
                nameOf(number),
                size.vcpus(),
                size.memoryMib(),
                size.diskGib(),
                size.transferGib(),
                now);
        beans.sql.update(
                """
                insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from, published_at,
                                           published_by)
                values (?, ?, 1, ?, ?, ?, 0, ?, ?, 'test')
                """,
                new UUID(tenant.value().hashCode(), 200L + number),
                plan,
                currency,
                cents(MONTHLY[number]).amount(),
                cents(hourly(number)).amount(),
                now,
                now);
        beans.sql.update("insert into plan_region (plan_id, region) values (?, 'fra')", plan);
        plans.add(plan);
        if (number >= IN_BOOKS_FROM) {
            simulatedTargets.addWithoutServer(plan);
        }
    }

    private void setUpCustomer(Beans beans, int number, Instant now) {
        var organization = new UUID(2, number);
        var owner = new Actor(Actor.Kind.MEMBER, new UUID(3, number), "Olga " + number);
        beans.sql.update("""
                insert into organization (id, name, billing_email, country, created_at) values (?, ?, ?, 'DE', ?)
                """, organization, "Customer " + number, "books" + number + "@customer.example", now);
        person(beans, owner, "olga" + number + "@customer.example", now);
        beans.sql.update(
                "insert into membership (organization_id, person_id, role, joined_at) values (?, ?, 'owner', ?)",
                organization,
                owner.personId(),
                now);
        customers.add(new Customer(organization, owner, beans.wallets.open(organization, currency)));
    }

    private static void person(Beans beans, Actor person, String email, Instant now) {
        beans.sql.update(
                "insert into person (id, email, name, created_at) values (?, ?, ?, ?)",
                person.personId(),
                email,
                person.name(),
                now);
    }

    /** Tops up once, however often it is called with the same key. */
    Wallets.Movement topUp(Customer customer, int cents, String key) {
        return new Wallets.Movement(customer.wallet(), cents(cents), Wallets.Counterpart.CASH, "top-up", key);
    }

    /** Returns the customer of an organization. */
    Optional<Customer> customer(UUID organization) {
        return customers.stream()
                .filter(one -> one.organization().equals(organization))
                .findFirst();
    }
}

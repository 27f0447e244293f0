package io.tenantry.catalog;

import io.tenantry.catalog.pricing.WholesalePrices;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What the reseller sells and for how much. A price is never changed: a new version is published, valid from an instant on, and services keep
 * the version their customers accepted.
 */
@Stateless
public class Catalog {
    /** The maximum number of plans retired at once. */
    public static final int TOGETHER_MAX = 100;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Currencies currencies;

    @Inject
    WholesalePrices wholesale;

    @PersistenceContext
    EntityManager entities;

    /** A group of plans, in the reseller's order. */
    public record Category(String code, String name) {}

    /** A region in which services run. */
    public record Region(String code, String name, String country) {}

    /** The input for a new plan. */
    public record Draft(String code, String name, String category, Plan.Size size, Set<String> regions) {}

    /**
     * The input for a new price.
     *
     * @param monthly the monthly price to the customer, in the home currency or another in which the reseller sells
     * @param validFrom not in the past; orders take this version from then on
     */
    public record PriceDraft(UUID planId, Money monthly, Instant validFrom) {}

    /** Fields that can be invalid. */
    public enum Field {
        CODE,
        NAME,
        CATEGORY,
        SIZE,
        REGIONS,
        MONTHLY,
        WHOLESALE,
        VALID_FROM,
        STATE
    }

    /** The result of adding a plan or a price. */
    public sealed interface Outcome {
        /** It was added. */
        record Done(UUID id) implements Outcome {}

        /** These fields are invalid; nothing was changed. */
        record Invalid(List<Field> fields) implements Outcome {}
    }

    /**
     * A plan as shown to staff, with the price in force.
     *
     * @param price the version that an order would take now, in the home currency; empty for a draft
     * @param services the number of running services on the plan, at any price version
     */
    public record PlanView(
            UUID id,
            String code,
            String name,
            String category,
            Plan.State state,
            Plan.Size size,
            List<String> regions,
            Optional<PriceView> price,
            int services) {}

    /** One version of a price. */
    public record PriceView(
            UUID id,
            int version,
            Money monthly,
            Money hourly,
            Money wholesaleMonthly,
            Instant validFrom,
            String publishedBy) {}

    /** Something that can be ordered: a plan on sale in a region at its price in force. */
    public record Offer(
            UUID planId, String planName, Plan.Size size, UUID priceVersionId, Money monthly, Money hourly) {}

    /** A region with what can be ordered there now, the cheapest first. */
    public record CatalogGroup(Region region, List<Offer> offers) {}

    /** A plan with its name. */
    public record NamedEntry(UUID id, String name) {}

    /** Returns plans that are or were on sale, by name: for selection lists. Needs no permission. */
    public List<NamedEntry> names() {
        return sql.query(
                "select id, name from plan where state <> 'DRAFT' order by lower(name), id",
                row -> new NamedEntry(row.uuid("id"), row.text("name")));
    }

    public List<Category> categories() {
        return sql.query(
                "select code, name from category order by position, code",
                row -> new Category(row.text("code"), row.text("name")));
    }

    public List<Region> regions() {
        return sql.query(
                "select code, name, country from region order by name, code",
                row -> new Region(row.text("code"), row.text("name"), row.text("country")));
    }

    /** Adds a category, or renames it. */
    public void keepCategory(String code, String name, int position) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        sql.update("""
                insert into category (code, name, position) values (?, ?, ?)
                on conflict (code) do update set name = excluded.name, position = excluded.position
                """, code, name, position);
    }

    /** Adds a region, or renames it. */
    public void keepRegion(Region region) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        sql.update("""
                insert into region (code, name, country) values (?, ?, ?)
                on conflict (code) do update set name = excluded.name, country = excluded.country
                """, region.code(), region.name(), region.country());
    }

    /** Adds a plan as a draft. */
    public Outcome add(Draft draft) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        var faults = faults().of(draft);
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        var plan = new Plan(
                Ids.next(clock),
                draft.code(),
                draft.name().strip(),
                draft.category(),
                draft.size(),
                draft.regions(),
                clock.instant());
        entities.persist(plan);
        entities.flush();
        audit.record("plan.added", "plan", plan.id().toString(), Map.of("code", draft.code()));
        return new Outcome.Done(plan.id());
    }

    /** Returns the monthly cost of a plan to the reseller from an instant on, by the platform's price lists. */
    public WholesalePrices.Quote wholesale(UUID planId, Instant at) {
        access.require(Permission.STAFF_PLANS_VIEW);
        return wholesale.ofPlan(planId, at);
    }

    /**
     * Publishes a price; the first one puts a draft on sale. The wholesale price is taken from the platform's price lists; a plan that does not
     * run in the reseller's own provider account cannot be published without one.
     */
    public Outcome publish(PriceDraft draft) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        wholesale.lock();
        var faults = faults(draft);
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
        }
        var plan = existing(draft.planId());
        var cost = cost(draft);
        plan.priced();
        entities.flush();
        var id = Ids.next(clock);
        sql.update(
                """
                insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                           published_at, published_by)
                select ?, ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, ?, ?
                  from price_version
                 where plan_id = ?
                """,
                id,
                plan.id(),
                draft.monthly().currency(),
                draft.monthly().amount(),
                HourlyRate.ofMonthly(draft.monthly()).perHour().amount(),
                cost.orElseThrow().amount(),
                draft.validFrom(),
                clock.instant(),
                Actors.require().name(),
                plan.id());
        audit.record(
                "price.published",
                "plan",
                plan.id().toString(),
                Map.of("monthly", draft.monthly(), "wholesale", cost.orElseThrow(), "valid_from", draft.validFrom()));
        return new Outcome.Done(id);
    }

    /** Sets the position of a plan in its group, the smallest first; plans with the same position are ordered by size. */
    public void arrange(UUID planId, int position) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        if (sql.update("update plan set position = ? where id = ?", position, planId) == 0) {
            throw new NotFoundException("plan", planId);
        }
    }

    /**
     * Retires a plan. Services on it continue.
     *
     * @return its previous state
     */
    public Plan.State retire(UUID planId) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        var plan = existing(planId);
        var before = plan.state();
        plan.retire();
        entities.flush();
        audit.record("plan.retired", "plan", planId);
        return before;
    }

    /**
     * Reverts {@link #retire}.
     *
     * @param before the previous state
     * @return false if it is no longer retired, or if its provider account now belongs to the platform and no price list has a price
     */
    public boolean reinstate(UUID planId, Plan.State before) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        wholesale.lock();
        var plan = existing(planId);
        if (plan.state() != Plan.State.RETIRED || wholesale.isUnpriced(planId, clock.instant())) {
            return false;
        }
        plan.reinstate(before);
        entities.flush();
        audit.record("plan.reinstated", "plan", planId);
        return true;
    }

    /**
     * Retires those of the plans that are not retired yet, like {@link #retire}.
     *
     * @return the number of plans retired
     */
    public int retireAll(Collection<UUID> planIds) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        if (planIds.size() > TOGETHER_MAX) {
            throw new IllegalArgumentException("more than " + TOGETHER_MAX + " at once: " + planIds.size());
        }
        var retired = 0;
        for (var id : new TreeSet<>(planIds)) {
            if (existing(id).state() != Plan.State.RETIRED) {
                retire(id);
                retired++;
            }
        }
        return retired;
    }

    /** Returns all plans, with their current price. */
    public List<PlanView> plans() {
        access.require(Permission.STAFF_PLANS_VIEW);
        var now = clock.instant();
        return sql.query(
                PlanRepository.PLANS + " order by c.position, p.position, p.vcpus, p.memory_mib, p.code",
                PlanRepository::plan,
                currencies.home(),
                now);
    }

    /** Returns the versions of a plan's price, the latest first. */
    public List<PriceView> prices(UUID planId) {
        access.require(Permission.STAFF_PLANS_VIEW);
        return sql.query("""
                select id price_id, version, currency, monthly, hourly, wholesale_monthly, valid_from, published_by
                  from price_version
                 where plan_id = ?
                 order by version desc
                """, row -> PlanRepository.price(row, currencies.home()), planId);
    }

    /** Returns what can be ordered and provisioned in a region now at a price in that currency. Needs no permission. */
    public List<Offer> offers(String region, Currency currency) {
        return sql.query(
                PlanRepository.OFFERS + " and r.code = ? order by p.position, v.monthly, p.code",
                PlanRepository::offer,
                currency,
                clock.instant(),
                region);
    }

    /** Returns all regions in which something can be ordered now at a price in that currency, by name. Needs no permission. */
    public List<CatalogGroup> shelves(Currency currency) {
        var shelves = new LinkedHashMap<Region, List<Offer>>();
        sql.query(
                        PlanRepository.OFFERS + " order by r.name, r.code, p.position, v.monthly, p.code",
                        row -> Map.entry(
                                new Region(row.text("region"), row.text("region_name"), row.text("country")),
                                PlanRepository.offer(row)),
                        currency,
                        clock.instant())
                .forEach(sold -> shelves.computeIfAbsent(sold.getKey(), first -> new ArrayList<>())
                        .add(sold.getValue()));
        return shelves.entrySet().stream()
                .map(shelf -> new CatalogGroup(shelf.getKey(), List.copyOf(shelf.getValue())))
                .toList();
    }

    /** Returns the offer of a plan in a region, if it is on sale there now at a price in that currency. */
    public Optional<Offer> offer(UUID planId, String region, Currency currency) {
        return offers(region, currency).stream()
                .filter(offer -> offer.planId().equals(planId))
                .findFirst();
    }

    /** Like {@link #offer}, for an order: the wholesale price does not change before the transaction ends. */
    public Optional<Offer> order(UUID planId, String region, Currency currency) {
        WholesalePrices.ordering(sql);
        return offer(planId, region, currency);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Returns all invalid fields of a price, so that a form can report them at once. */
    public List<Field> faults(PriceDraft draft) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        var faults = new ArrayList<>(faults().of(existing(draft.planId()), draft));
        if (cost(draft).isEmpty()) {
            faults.add(Field.WHOLESALE);
        }
        return List.copyOf(faults);
    }

    /** A form may name a time up to a minute ago; the cost is that of now, as the account may have changed owner since. */
    private Optional<Money> cost(PriceDraft draft) {
        var from = later(draft.validFrom(), clock.instant());
        return wholesale.ofPlan(draft.planId(), from).monthly(Money.zero(currencies.home()));
    }

    private PlanValidation faults() {
        return new PlanValidation(sql, clock, currencies);
    }

    private Plan existing(UUID planId) {
        return Optional.ofNullable(entities.find(Plan.class, planId))
                .orElseThrow(() -> new NotFoundException("plan", planId));
    }
}

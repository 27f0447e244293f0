package io.tenantry.catalog;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.money.Rate;
import io.tenantry.pricing.WholesalePrices;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import io.tenantry.time.Ids;
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
 * What the reseller sells and for how much. A price is never changed: a new version is published, valid from an instant on,
 * and services stay with the version their customers accepted.
 */
@Stateless
public class Catalog {
    /** So many plans are taken off sale at once. */
    public static final int TOGETHER_MAX = 100;

    private static final int NAME_MAX = 80;

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

    /** Groups of plans, in the reseller's order. */
    public record Category(String code, String name) {}

    /** A place where services run. */
    public record Region(String code, String name, String country) {}

    /** What staff fill in for a new plan. */
    public record Draft(String code, String name, String category, Plan.Size size, Set<String> regions) {}

    /**
     * What staff fill in for a new price.
     *
     * @param monthly what the customer pays a month, in the currency of the books or another in which the reseller sells
     * @param validFrom not in the past; from then on orders take this version
     */
    public record PriceDraft(UUID planId, Money monthly, Instant validFrom) {}

    /** Fields that can be wrong. */
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

    /** How adding a plan or a price ended. */
    public sealed interface Outcome {
        /** It is there. */
        record Done(UUID id) implements Outcome {}

        /** These fields are not acceptable; nothing was changed. */
        record Invalid(List<Field> fields) implements Outcome {}
    }

    /**
     * A plan as staff see it, with the price in force.
     *
     * @param price the version that an order would take now, in the currency of the books; empty for a draft
     * @param services how many running services have it, at whatever version
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

    /** Something an order can take: a plan on sale in a region at its price in force. */
    public record Offer(
            UUID planId, String planName, Plan.Size size, UUID priceVersionId, Money monthly, Money hourly) {}

    /** A region with what can be ordered there now, the cheapest first. */
    public record Shelf(Region region, List<Offer> offers) {}

    /** What a plan is called. */
    public record Name(UUID id, String name) {}

    /** Plans that are or were on sale, by name: for choosing one in a list. Anybody may know. */
    public List<Name> names() {
        return sql.query(
                "select id, name from plan where state <> 'DRAFT' order by lower(name), id",
                row -> new Name(row.uuid("id"), row.text("name")));
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
        var faults = faults(draft);
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

    /** What a month of a plan costs the reseller from an instant on, by the platform's price lists. */
    public WholesalePrices.Quote wholesale(UUID planId, Instant at) {
        access.require(Permission.STAFF_PLANS_VIEW);
        return wholesale.ofPlan(planId, at);
    }

    /**
     * Publishes a price; the first one puts a draft on sale. What the platform asks of the reseller is taken from its price lists; a plan
     * that is not made in a provider account of the reseller's own cannot be published without such a price.
     */
    public Outcome publish(PriceDraft draft) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        var plan = existing(draft.planId());
        var faults = new ArrayList<>(faults(plan, draft));
        var cost = wholesale.ofPlan(plan.id(), draft.validFrom()).monthly(Money.zero(currencies.home()));
        if (cost.isEmpty()) {
            faults.add(Field.WHOLESALE);
        }
        if (!faults.isEmpty()) {
            return new Outcome.Invalid(List.copyOf(faults));
        }
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
                Rate.ofMonthly(draft.monthly()).perHour().amount(),
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

    /** Says where a plan stands in its group, the smallest first; those of the same place by size. */
    public void arrange(UUID planId, int position) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        if (sql.update("update plan set position = ? where id = ?", position, planId) == 0) {
            throw new NotVisible("plan", planId);
        }
    }

    /**
     * Takes a plan off sale. Services that have it go on.
     *
     * @return what it was before
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
     * Takes {@link #retire} back.
     *
     * @param before what it was before
     * @return false if it is no longer retired, or if its provider account now belongs to the platform and no price list has a price
     */
    public boolean reinstate(UUID planId, Plan.State before) {
        access.require(Permission.STAFF_PLANS_MANAGE);
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
     * Takes those of the plans off sale that are not yet, as {@link #retire}.
     *
     * @return how many these are
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

    /** All plans, with what they cost now. */
    public List<PlanView> plans() {
        access.require(Permission.STAFF_PLANS_VIEW);
        var now = clock.instant();
        return sql.query(
                PLANS + " order by c.position, p.position, p.vcpus, p.memory_mib, p.code",
                Catalog::planView,
                currencies.home(),
                now);
    }

    /** The versions of a plan's price, the latest first. */
    public List<PriceView> prices(UUID planId) {
        access.require(Permission.STAFF_PLANS_VIEW);
        return sql.query("""
                select id price_id, version, currency, monthly, hourly, wholesale_monthly, valid_from, published_by
                  from price_version
                 where plan_id = ?
                 order by version desc
                """, row -> priceView(row, currencies.home()), planId);
    }

    /** What can be ordered in a region now at a price in that currency, which is what somebody makes there. Anybody may know. */
    public List<Offer> offers(String region, Currency currency) {
        return sql.query(
                OFFERS + " and r.code = ? order by p.position, v.monthly, p.code",
                Catalog::offerOf,
                currency,
                clock.instant(),
                region);
    }

    /** All regions in which something can be ordered now at a price in that currency, by name. Anybody may know. */
    public List<Shelf> shelves(Currency currency) {
        var shelves = new LinkedHashMap<Region, List<Offer>>();
        sql.query(
                        OFFERS + " order by r.name, r.code, p.position, v.monthly, p.code",
                        row -> Map.entry(
                                new Region(row.text("region"), row.text("region_name"), row.text("country")),
                                offerOf(row)),
                        currency,
                        clock.instant())
                .forEach(sold -> shelves.computeIfAbsent(sold.getKey(), first -> new ArrayList<>())
                        .add(sold.getValue()));
        return shelves.entrySet().stream()
                .map(shelf -> new Shelf(shelf.getKey(), List.copyOf(shelf.getValue())))
                .toList();
    }

    /** The offer of a plan in a region, if it is on sale there now at a price in that currency. */
    public Optional<Offer> offer(UUID planId, String region, Currency currency) {
        return offers(region, currency).stream()
                .filter(offer -> offer.planId().equals(planId))
                .findFirst();
    }

    private static final String OFFERS = """
            select r.code region, r.name region_name, r.country, p.id, p.name, p.vcpus, p.memory_mib, p.disk_gib,
                   p.transfer_gib, p.transfer_unlimited, v.id price_id, v.currency, v.monthly, v.hourly
              from plan p
              join plan_region o on o.plan_id = p.id
              join region r on r.code = o.region
             cross join lateral (select * from price_version v
                                  where v.plan_id = p.id and v.currency = ? and v.valid_from <= ?
                                  order by v.valid_from desc limit 1) v
             where p.state = 'ON_SALE'
               and
            """ + Obtainable.CONDITION;

    static final String PLANS = """
            select p.id, p.code, p.name, p.category, p.state, p.vcpus, p.memory_mib, p.disk_gib, p.transfer_gib,
                   p.transfer_unlimited,
                   array(select r.region from plan_region r where r.plan_id = p.id order by r.region) regions,
                   coalesce(n.services, 0) services,
                   v.id price_id, v.version, v.currency, v.monthly, v.hourly, v.wholesale_monthly, v.valid_from,
                   v.published_by
              from plan p
              join category c on c.code = p.category
              left join (select s.plan_id, count(*)::int services
                           from service s
                          where s.state not in ('TERMINATED', 'FAILED')
                          group by s.plan_id) n on n.plan_id = p.id
              left join lateral (select * from price_version v
                                  where v.plan_id = p.id and v.currency = ? and v.valid_from <= ?
                                  order by v.valid_from desc limit 1) v on true
            """;

    private Plan existing(UUID planId) {
        return Optional.ofNullable(entities.find(Plan.class, planId)).orElseThrow(() -> new NotVisible("plan", planId));
    }

    private List<Field> faults(Draft draft) {
        var faults = new ArrayList<Field>();
        if (!draft.code().matches("[a-z0-9][a-z0-9.-]{0,39}")
                || sql.first("select id from plan where code = ?", row -> row.uuid("id"), draft.code())
                        .isPresent()) {
            faults.add(Field.CODE);
        }
        if (draft.name().isBlank()
                || draft.name().strip().length() > NAME_MAX
                || !InputText.isLine(draft.name().strip())) {
            faults.add(Field.NAME);
        }
        if (categories().stream().noneMatch(category -> category.code().equals(draft.category()))) {
            faults.add(Field.CATEGORY);
        }
        if (!draft.size().isWhole()) {
            faults.add(Field.SIZE);
        }
        var known = regions().stream().map(Region::code).toList();
        if (draft.regions().isEmpty() || !known.containsAll(draft.regions())) {
            faults.add(Field.REGIONS);
        }
        return List.copyOf(faults);
    }

    private List<Field> faults(Plan plan, PriceDraft draft) {
        var faults = new ArrayList<Field>();
        var home = currencies.home();
        var currency = draft.monthly().currency();
        if (plan.state() == Plan.State.RETIRED) {
            faults.add(Field.STATE);
        }
        if (draft.monthly().isNegative() || !currencies.isSold(currency)) {
            faults.add(Field.MONTHLY);
        }
        // What is on sale has a price in the currency of the books: so it is published first.
        if (plan.state() == Plan.State.DRAFT && !currency.equals(home)) {
            faults.add(Field.STATE);
        }
        if (draft.validFrom().isBefore(clock.instant().minusSeconds(60))
                || isTaken(plan.id(), currency, draft.validFrom())) {
            faults.add(Field.VALID_FROM);
        }
        return List.copyOf(faults);
    }

    private boolean isTaken(UUID planId, Currency currency, Instant validFrom) {
        return sql.first(
                        "select id from price_version where plan_id = ? and currency = ? and valid_from = ?",
                        row -> row.uuid("id"),
                        planId,
                        currency,
                        validFrom)
                .isPresent();
    }

    private static Offer offerOf(Row row) {
        return new Offer(
                row.uuid("id"),
                row.text("name"),
                size(row),
                row.uuid("price_id"),
                money(row, "monthly"),
                money(row, "hourly"));
    }

    static PlanView planView(Row row) {
        return new PlanView(
                row.uuid("id"),
                row.text("code"),
                row.text("name"),
                row.text("category"),
                Plan.State.valueOf(row.text("state")),
                size(row),
                row.texts("regions"),
                row.maybeUuid("price_id").map(id -> priceView(row, Currency.getInstance(row.text("currency")))),
                row.whole("services"));
    }

    /** @param home in which the platform asks */
    private static PriceView priceView(Row row, Currency home) {
        return new PriceView(
                row.uuid("price_id"),
                row.whole("version"),
                money(row, "monthly"),
                money(row, "hourly"),
                new Money(row.decimal("wholesale_monthly"), home),
                row.instant("valid_from"),
                row.text("published_by"));
    }

    private static Plan.Size size(Row row) {
        return new Plan.Size(
                row.whole("vcpus"),
                row.whole("memory_mib"),
                row.whole("disk_gib"),
                row.whole("transfer_gib"),
                row.flag("transfer_unlimited"));
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}

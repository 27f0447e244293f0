package io.tenantry.provider.stock;

import io.tenantry.audit.AuditTrail;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.money.Rate;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes plans of the reseller's own out of sizes of a vendor: names, group, regions, and a price that is the vendor's with a mark-up. All that
 * are chosen together are made, or none. What the vendor takes later changes nothing by itself.
 */
@Stateless
public class Selling {
    /** No more are made at once. */
    public static final int TOGETHER_MAX = 50;

    private static final int NAME_MAX = 80;
    private static final int POSITION_MAX = 10_000;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Catalog catalog;

    @Inject
    TenantDirectory tenants;

    /**
     * A size under the reseller's own name.
     *
     * @param code programs use it, for ever
     * @param cost what it costs a month, in the reseller's currency, if the vendor does not say
     */
    public record Item(UUID sizeId, String code, String name, Optional<BigDecimal> cost) {}

    /**
     * What holds for all that are chosen.
     *
     * @param position where they stand in their group, the smallest first
     * @param exchange what one unit of the vendor's currency is worth in the reseller's; empty if it is the same one
     * @param regions the reseller's own, each of which is sold as a place of this vendor
     */
    public record Terms(
            String category, int position, Markup markup, Optional<BigDecimal> exchange, Set<String> regions) {
        public Terms {
            regions = Set.copyOf(regions);
        }
    }

    /** What it would be sold at. */
    public record Priced(UUID sizeId, Money cost, Money monthly, Money hourly) {}

    /** Fields that can be wrong; the first four of an item, the others of all. */
    public enum Field {
        CODE,
        NAME,
        COST,
        SOLD_THERE,
        ACCOUNT,
        CATEGORY,
        POSITION,
        MARKUP,
        EXCHANGE,
        REGIONS
    }

    /** What is wrong, and with which size; with all if it is of none. */
    public record Fault(Optional<UUID> sizeId, Field field) {}

    /** How it ended. */
    public sealed interface Outcome {
        /** So it would be, or has become. */
        record Done(List<Priced> all) implements Outcome {}

        /** These are not acceptable; nothing was changed. */
        record Invalid(List<Fault> faults) implements Outcome {}
    }

    private record Source(UUID id, UUID accountId, Plan.Size size, Set<String> places, Map<String, Money> prices) {}

    /** What these would be sold at; nothing is changed. */
    public Outcome preview(List<Item> items, Terms terms) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        var faults = new ArrayList<Fault>();
        var all = priced(items, terms, faults);
        return faults.isEmpty()
                ? new Outcome.Done(all)
                : new Outcome.Invalid(faults.stream().distinct().toList());
    }

    /** Puts them on sale, from now on. */
    public Outcome sell(List<Item> items, Terms terms) {
        if (preview(items, terms) instanceof Outcome.Invalid invalid) {
            return invalid;
        }
        var faults = new ArrayList<Fault>();
        var made = new ArrayList<Priced>();
        for (var item : items) {
            var source = source(item.sizeId());
            var priced = price(source, item, terms, faults).orElseThrow();
            var added = catalog.add(
                    new Catalog.Draft(item.code(), item.name(), terms.category(), source.size(), terms.regions()));
            if (added instanceof Catalog.Outcome.Done done) {
                publish(done.id(), source, priced, terms);
                made.add(priced);
            } else {
                // Looked at in advance; another who takes the same code at the same moment ends both transactions but
                // one.
                throw new IllegalStateException("plan " + item.code() + " cannot be added: " + added);
            }
        }
        audit.record(
                "provider.sold",
                "provider_account",
                source(items.get(0).sizeId()).accountId().toString(),
                Map.of(
                        "plans",
                        made.size(),
                        "markup",
                        terms.markup().value() + " " + terms.markup().kind()));
        return new Outcome.Done(List.copyOf(made));
    }

    private void publish(UUID planId, Source source, Priced priced, Terms terms) {
        var now = clock.instant();
        catalog.arrange(planId, terms.position());
        var outcome = catalog.publish(new Catalog.PriceDraft(planId, priced.monthly(), priced.cost(), now));
        if (!(outcome instanceof Catalog.Outcome.Done)) {
            throw new IllegalStateException("price of plan " + planId + " cannot be published: " + outcome);
        }
        var vendors = vendors(source, terms).orElse(priced.cost());
        sql.update(
                """
                insert into plan_source (plan_id, account_id, size_id, cost_currency, cost_monthly, exchange, markup_kind, markup,
                                         decided_at, decided_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                planId,
                source.accountId(),
                source.id(),
                vendors.currency(),
                vendors.amount(),
                terms.exchange().filter(rate -> isForeign(vendors)).orElse(BigDecimal.ONE),
                terms.markup().kind(),
                terms.markup().value(),
                now,
                Actors.require().name());
    }

    private List<Priced> priced(List<Item> items, Terms terms, List<Fault> faults) {
        var ofAll = faults(items, terms);
        faults.addAll(ofAll);
        var all = new ArrayList<Priced>();
        var codes = new HashSet<String>();
        for (var item : items) {
            if (!isFree(item.code()) || !codes.add(item.code())) {
                faults.add(new Fault(Optional.of(item.sizeId()), Field.CODE));
            }
            if (item.name().isBlank() || item.name().strip().length() > NAME_MAX) {
                faults.add(new Fault(Optional.of(item.sizeId()), Field.NAME));
            }
            var source = source(item.sizeId());
            if (!isSoldThere(source, terms)) {
                faults.add(new Fault(Optional.of(item.sizeId()), Field.SOLD_THERE));
            }
            if (ofAll.isEmpty()) {
                price(source, item, terms, faults).ifPresent(all::add);
            }
        }
        return List.copyOf(all);
    }

    private List<Fault> faults(List<Item> items, Terms terms) {
        if (items.isEmpty() || items.size() > TOGETHER_MAX) {
            throw new IllegalArgumentException(items.size() + " sizes at once");
        }
        var accounts = items.stream()
                .map(item -> source(item.sizeId()).accountId())
                .distinct()
                .toList();
        var fields = new ArrayList<Field>();
        if (accounts.size() > 1) {
            fields.add(Field.ACCOUNT);
        }
        if (catalog.categories().stream().noneMatch(one -> one.code().equals(terms.category()))) {
            fields.add(Field.CATEGORY);
        }
        if (terms.position() < 0 || terms.position() > POSITION_MAX) {
            fields.add(Field.POSITION);
        }
        if (!terms.markup().isFit()) {
            fields.add(Field.MARKUP);
        }
        if (terms.exchange()
                .filter(rate -> rate.signum() <= 0 || rate.stripTrailingZeros().scale() > Money.SCALE)
                .isPresent()) {
            fields.add(Field.EXCHANGE);
        }
        if (terms.regions().isEmpty() || !places(accounts.get(0)).keySet().containsAll(terms.regions())) {
            fields.add(Field.REGIONS);
        }
        return fields.stream().map(field -> new Fault(Optional.empty(), field)).toList();
    }

    private Optional<Priced> price(Source source, Item item, Terms terms, List<Fault> faults) {
        var currency = tenants.current().currency();
        var vendors = vendors(source, terms);
        Optional<Money> cost;
        if (vendors.isEmpty()) {
            cost = item.cost()
                    .filter(amount ->
                            amount.signum() >= 0 && amount.stripTrailingZeros().scale() <= Money.SCALE)
                    .map(amount -> new Money(amount, currency));
        } else if (isForeign(vendors.get())) {
            cost = terms.exchange().map(rate -> Markup.cost(vendors.get(), rate, currency));
        } else {
            cost = vendors;
        }
        if (cost.isEmpty()) {
            faults.add(
                    vendors.isEmpty()
                            ? new Fault(Optional.of(item.sizeId()), Field.COST)
                            : new Fault(Optional.empty(), Field.EXCHANGE));
        }
        return cost.map(known -> {
            var monthly = terms.markup().on(known);
            return new Priced(
                    item.sizeId(), known, monthly, Rate.ofMonthly(monthly).perHour());
        });
    }

    /** The most that the vendor takes in any of the regions, so that none is sold below its cost. */
    private Optional<Money> vendors(Source source, Terms terms) {
        var places = places(source.accountId());
        return terms.regions().stream()
                .flatMap(region -> places.getOrDefault(region, List.of()).stream())
                .filter(place -> source.places().isEmpty() || source.places().contains(place))
                .flatMap(
                        place -> Optional.ofNullable(source.prices().get(place))
                                .or(() -> Optional.ofNullable(source.prices().get("")))
                                .stream())
                .max(Money::compareTo);
    }

    private boolean isForeign(Money money) {
        return !money.currency().equals(tenants.current().currency());
    }

    private boolean isFree(String code) {
        return code.matches("[a-z0-9][a-z0-9.-]{0,39}")
                && sql.first("select id from plan where code = ?", row -> row.uuid("id"), code)
                        .isEmpty();
    }

    private boolean isSoldThere(Source source, Terms terms) {
        var places = places(source.accountId());
        return source.places().isEmpty()
                || terms.regions().stream()
                        .allMatch(region ->
                                places.getOrDefault(region, List.of()).stream().anyMatch(source.places()::contains));
    }

    /** The vendor's places by the region of the reseller that they are sold as. */
    private Map<String, List<String>> places(UUID accountId) {
        return sql.query("""
                        select region, array_agg(code order by code) codes
                          from stock_region
                         where account_id = ? and region is not null and gone_at is null
                         group by region
                        """, row -> Map.entry(row.text("region"), row.texts("codes")), accountId).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Source source(UUID sizeId) {
        var prices = sql
                .query(
                        "select region, currency, monthly from stock_price where size_id = ?",
                        row -> Map.entry(
                                row.text("region"),
                                new Money(row.decimal("monthly"), Currency.getInstance(row.text("currency")))),
                        sizeId)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return sql.first(
                        """
                        select id, account_id, vcpus, memory_mib, disk_gib, transfer_gib, transfer_unlimited, regions
                          from stock_size
                         where id = ? and gone_at is null
                        """,
                        row -> new Source(
                                row.uuid("id"),
                                row.uuid("account_id"),
                                new Plan.Size(
                                        row.whole("vcpus"),
                                        row.whole("memory_mib"),
                                        row.whole("disk_gib"),
                                        row.whole("transfer_gib"),
                                        row.flag("transfer_unlimited")),
                                Set.copyOf(row.texts("regions")),
                                prices),
                        sizeId)
                .orElseThrow(() -> new NotVisible("size", sizeId));
    }
}

package io.tenantry.cloud.provider.catalog;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.fx.ExchangeRate;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.catalog.pricing.WholesalePrices;
import io.tenantry.catalog.pricing.WholesalePrices.Quote;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Creates the reseller's plans from sizes of a provider: names, group, regions, and the provider's price plus a markup. All selected sizes are
 * imported, or none. Later price changes of the provider have no automatic effect.
 */
@Stateless
public class PlanImport {
    /** The maximum number of plans per import. */
    public static final int TOGETHER_MAX = 50;

    /** The maximum value of one unit of a provider's currency: one is worth more than a million of the smallest ones. */
    public static final BigDecimal EXCHANGE_MAX = BigDecimal.valueOf(10_000_000);

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

    @Inject
    WholesalePrices wholesale;

    @Inject
    ExchangeRates rates;

    /**
     * A size under the reseller's own name.
     *
     * @param code the permanent code for programs
     * @param cost its monthly cost in the reseller's currency, if the provider does not report a price
     */
    public record Item(UUID sizeId, String code, String name, Optional<BigDecimal> cost) {}

    /**
     * The terms of all selected sizes.
     *
     * @param position the order within the group, ascending
     * @param exchange the value of one unit of the provider's currency in the reseller's, where no rate is stored; empty if both are the same
     * @param regions the reseller's regions; a region of this provider is sold as each of them
     */
    public record Terms(
            String category, int position, Markup markup, Optional<BigDecimal> exchange, Set<String> regions) {
        public Terms {
            regions = Set.copyOf(regions);
        }
    }

    /**
     * The price at which a size would be sold.
     *
     * @param cost the monthly cost in the reseller's currency: the provider's price, or the platform's where the account is the platform's
     * @param wholesale the monthly wholesale price of the platform; zero in an account of the reseller
     */
    public record Priced(UUID sizeId, Money cost, Money wholesale, Money monthly, Money hourly) {}

    /**
     * The value of a provider's currency by the stored rates.
     *
     * @param exchange the reseller's currency for one unit of the provider's, to eight decimals, HALF_UP
     */
    public record ExchangeValue(BigDecimal exchange, LocalDate day, String source) {
        private static ExchangeValue of(ExchangeRate rate) {
            return new ExchangeValue(
                    BigDecimal.ONE.divide(rate.perHome(), Money.SCALE, RoundingMode.HALF_UP),
                    rate.day(),
                    rate.source());
        }
    }

    /** Fields that can be invalid; the first five belong to an item, the others to the terms. */
    public enum Field {
        CODE,
        NAME,
        COST,
        WHOLESALE,
        ALREADY_SOLD,
        ACCOUNT,
        CATEGORY,
        POSITION,
        MARKUP,
        /** A price with the markup is above the maximum ({@link PriceItem#highest}). */
        PRICE,
        EXCHANGE,
        REGIONS
    }

    /** An invalid field and the size concerned; empty if it concerns all. */
    public record Fault(Optional<UUID> sizeId, Field field) {}

    /** The outcome of a preview or an import. */
    public sealed interface Outcome {
        /** The resulting prices. */
        record Done(List<Priced> all) implements Outcome {}

        /** These fields are invalid; nothing was changed. */
        record Invalid(List<Fault> faults) implements Outcome {}
    }

    /** Returns today's value of one unit of a provider's currency; empty if no recent rate is known. */
    public Optional<ExchangeValue> worth(Currency providers) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        return kept(providers);
    }

    private Optional<ExchangeValue> kept(Currency providers) {
        var tenant = tenants.current();
        return providers.equals(tenant.currency())
                ? Optional.empty()
                : rates.of(tenant.currency(), providers, LocalDate.ofInstant(clock.instant(), tenant.zone()))
                        .map(ExchangeValue::of);
    }

    /** Returns the prices at which these would be sold; changes nothing. */
    public Outcome preview(List<Item> items, Terms terms) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        var faults = new ArrayList<Fault>();
        var all = priced(items, terms, faults);
        return faults.isEmpty()
                ? new Outcome.Done(all)
                : new Outcome.Invalid(faults.stream().distinct().toList());
    }

    /** Puts the sizes on sale immediately. */
    public Outcome sell(List<Item> items, Terms terms) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        wholesale.lock();
        if (preview(items, terms) instanceof Outcome.Invalid invalid) {
            return invalid;
        }
        var faults = new ArrayList<Fault>();
        var made = new ArrayList<Priced>();
        for (var item : items) {
            var source = ImportedSize.read(sql, item.sizeId());
            var priced = price(source, item, terms, faults).orElseThrow();
            var added = catalog.add(
                    new Catalog.Draft(item.code(), item.name(), terms.category(), source.size(), terms.regions()));
            if (added instanceof Catalog.Outcome.Done done) {
                publish(done.id(), source, priced, terms);
                made.add(priced);
            } else {
                // Checked in advance; of concurrent transactions that use the same code, only one commits.
                throw new IllegalStateException("plan " + item.code() + " cannot be added: " + added);
            }
        }
        audit.record(
                "provider.plans_created",
                "provider_account",
                ImportedSize.read(sql, items.get(0).sizeId()).accountId().toString(),
                Map.of(
                        "plans",
                        made.size(),
                        "markup",
                        terms.markup().value() + " " + terms.markup().kind()));
        return new Outcome.Done(List.copyOf(made));
    }

    private void publish(UUID planId, ImportedSize source, Priced priced, Terms terms) {
        var now = clock.instant();
        catalog.arrange(planId, terms.position());
        var providers = source.highest(sql, terms.regions()).orElse(priced.cost());
        var worth = kept(providers.currency());
        sql.update(
                """
                insert into plan_source (plan_id, account_id, size_id, cost_currency, cost_monthly, exchange, exchange_day, exchange_source,
                                         markup_kind, markup, decided_at, decided_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                planId,
                source.accountId(),
                source.id(),
                providers.currency(),
                providers.amount(),
                exchange(providers, terms).orElse(BigDecimal.ONE),
                worth.map(ExchangeValue::day).orElse(null),
                worth.map(ExchangeValue::source).orElse(null),
                terms.markup().kind(),
                terms.markup().value(),
                now,
                Actors.require().name());
        var outcome = catalog.publish(new Catalog.PriceDraft(planId, priced.monthly(), now));
        if (!(outcome instanceof Catalog.Outcome.Done)) {
            throw new IllegalStateException("price of plan " + planId + " cannot be published: " + outcome);
        }
    }

    /** Returns the stored rate, or the entered one where none is stored. */
    private Optional<BigDecimal> exchange(Money providers, Terms terms) {
        return isForeign(providers)
                ? kept(providers.currency()).map(ExchangeValue::exchange).or(terms::exchange)
                : Optional.empty();
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
            if (item.name().isBlank()
                    || item.name().strip().length() > NAME_MAX
                    || !InputText.isLine(item.name().strip())) {
                faults.add(new Fault(Optional.of(item.sizeId()), Field.NAME));
            }
            var source = ImportedSize.read(sql, item.sizeId());
            if (!source.isSold(sql, terms.regions())) {
                faults.add(new Fault(Optional.of(item.sizeId()), Field.ALREADY_SOLD));
            }
            if (ofAll.isEmpty()) {
                price(source, item, terms, faults).ifPresent(all::add);
            }
        }
        if (!all.stream()
                .allMatch(one ->
                        PriceItem.isPrice(one.monthly().amount(), one.monthly().currency()))) {
            faults.add(new Fault(Optional.empty(), Field.PRICE));
        }
        return List.copyOf(all);
    }

    private List<Fault> faults(List<Item> items, Terms terms) {
        if (items.isEmpty() || items.size() > TOGETHER_MAX) {
            throw new IllegalArgumentException(items.size() + " sizes at once");
        }
        var accounts = items.stream()
                .map(item -> ImportedSize.read(sql, item.sizeId()).accountId())
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
        if (!terms.markup().isFit(tenants.current().currency())) {
            fields.add(Field.MARKUP);
        }
        if (terms.exchange()
                .filter(rate -> rate.signum() <= 0
                        || rate.compareTo(EXCHANGE_MAX) > 0
                        || rate.stripTrailingZeros().scale() > Money.SCALE)
                .isPresent()) {
            fields.add(Field.EXCHANGE);
        }
        if (terms.regions().isEmpty()
                || !ImportedSize.regions(sql, accounts.get(0)).keySet().containsAll(terms.regions())) {
            fields.add(Field.REGIONS);
        }
        return fields.stream().map(field -> new Fault(Optional.empty(), field)).toList();
    }

    private Optional<Priced> price(ImportedSize source, Item item, Terms terms, List<Fault> faults) {
        var currency = tenants.current().currency();
        var quote = wholesale.ofCatalog(
                source.accountId(),
                source.provider(),
                source.code(),
                source.places(sql, terms.regions()),
                clock.instant());
        if (quote instanceof Quote.Missing) {
            faults.add(new Fault(Optional.of(item.sizeId()), Field.WHOLESALE));
            return Optional.empty();
        }
        if (quote instanceof Quote.Listed listed) {
            return Optional.of(priced(item, listed.monthly(), listed.monthly(), terms));
        }
        return cost(source, item, terms, faults).map(cost -> priced(item, cost, Money.zero(currency), terms));
    }

    private static Priced priced(Item item, Money cost, Money wholesale, Terms terms) {
        var monthly = terms.markup().on(cost);
        return new Priced(
                item.sizeId(),
                cost,
                wholesale,
                monthly,
                HourlyRate.ofMonthly(monthly).perHour());
    }

    /** Returns the provider's price for the owner of the account. */
    private Optional<Money> cost(ImportedSize source, Item item, Terms terms, List<Fault> faults) {
        var currency = tenants.current().currency();
        var providers = source.highest(sql, terms.regions());
        Optional<Money> cost;
        if (providers.isEmpty()) {
            cost = item.cost()
                    .filter(amount -> PriceItem.isPrice(amount, currency))
                    .map(amount -> new Money(amount, currency));
        } else if (isForeign(providers.get())) {
            cost = exchange(providers.get(), terms).map(rate -> Markup.cost(providers.get(), rate, currency));
        } else {
            cost = providers;
        }
        if (cost.isEmpty()) {
            faults.add(
                    providers.isEmpty()
                            ? new Fault(Optional.of(item.sizeId()), Field.COST)
                            : new Fault(Optional.empty(), Field.EXCHANGE));
        }
        return cost;
    }

    private boolean isForeign(Money money) {
        return !money.currency().equals(tenants.current().currency());
    }

    private boolean isFree(String code) {
        return code.matches("[a-z0-9][a-z0-9.-]{0,39}")
                && sql.first("select id from plan where code = ?", row -> row.uuid("id"), code)
                        .isEmpty();
    }
}

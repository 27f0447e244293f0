package io.tenantry.catalog.pricing;

import io.tenantry.catalog.fx.ExchangeRate;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.kernel.money.SuggestedPrice;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Fills a draft with provider prices, converted at the stored exchange rate and with a markup. Prices of add-ons are entered by hand. */
@Stateless
public class PriceListPrefill {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal PERCENT_MAX = BigDecimal.valueOf(10_000);

    @Inject
    Access access;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    @Inject
    PriceLists lists;

    @Inject
    PriceListQuery query;

    @Inject
    ProviderCosts costs;

    @Inject
    ExchangeRates rates;

    /** For the container. */
    public PriceListPrefill() {}

    /** For use outside a container. */
    PriceListPrefill(
            Access access,
            Clock clock,
            TenantDirectory tenants,
            PriceLists lists,
            PriceListQuery query,
            ProviderCosts costs,
            ExchangeRates rates) {
        this.access = access;
        this.clock = clock;
        this.tenants = tenants;
        this.lists = lists;
        this.query = query;
        this.costs = costs;
        this.rates = rates;
    }

    /** The result. */
    public sealed interface Outcome {
        /** That many prices were set in the draft. */
        record Done(int prices) implements Outcome {}

        /** No prices of the account's provider are known. */
        record NoPrices() implements Outcome {}

        /** No recent rate between the two currencies is known. */
        record NoRate(Currency from, Currency to) implements Outcome {}

        /** The markup is invalid. */
        record Markup() implements Outcome {}

        /** The draft was not changed. */
        record Refused(PriceLists.Outcome why) implements Outcome {}
    }

    /**
     * Sets the prices of all that the provider of an account sells. Each is the provider's price, converted to eight decimals, with the
     * markup, rounded HALF_UP to the decimals of the list's currency, and at least its smallest coin if it costs anything. Prices of other goods
     * stay, and what the platform no longer sells stays so.
     *
     * @param percent of the cost, from 0 to 10,000, with at most two decimals
     */
    public Outcome fill(UUID versionId, TenantId tenant, UUID providerAccount, BigDecimal percent) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var unused = tenants.byId(tenant).orElseThrow(() -> new NotFoundException("reseller", tenant));
        if (percent.signum() < 0
                || percent.compareTo(PERCENT_MAX) > 0
                || percent.stripTrailingZeros().scale() > 2) {
            return new Outcome.Markup();
        }
        var currency = query.one(query.version(versionId).listId()).currency();
        var known = costs.costs(tenant, providerAccount);
        if (known.isEmpty()) {
            return new Outcome.NoPrices();
        }
        var discontinued = query.items(versionId).stream()
                .filter(item -> !item.orderable())
                .map(PriceItem::key)
                .collect(Collectors.toSet());
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<Currency, ExchangeRate> byCurrency = new HashMap<>();
        var items = new ArrayList<PriceItem>();
        for (var cost : known) {
            var foreign = cost.monthly().currency();
            if (!foreign.equals(currency) && !byCurrency.containsKey(foreign)) {
                var rate = rates.of(currency, foreign, today);
                if (rate.isEmpty()) {
                    return new Outcome.NoRate(foreign, currency);
                }
                byCurrency.put(foreign, rate.get());
            }
            var item = item(cost, currency, Optional.ofNullable(byCurrency.get(foreign)), percent);
            var isDiscontinued = discontinued.contains(item.key())
                    || discontinued.contains(item.key().everywhere());
            items.add(isDiscontinued ? item.discontinued() : item);
        }
        var outcome = lists.put(versionId, items);
        return outcome instanceof PriceLists.Outcome.Done
                ? new Outcome.Done(items.size())
                : new Outcome.Refused(outcome);
    }

    static PriceItem item(ProviderCosts.Cost cost, Currency currency, Optional<ExchangeRate> rate, BigDecimal percent) {
        var converted = rate.map(known -> known.exactly(cost.monthly())).orElse(cost.monthly());
        var exact = converted.amount().multiply(HUNDRED.add(percent)).divide(HUNDRED);
        var monthly = SuggestedPrice.rounded(exact, Math.max(0, currency.getDefaultFractionDigits()));
        return new PriceItem(
                cost.key(),
                monthly,
                true,
                Optional.of(new PriceItem.Cost(
                        cost.monthly(),
                        rate.map(known -> new PriceItem.Rate(known.perHome(), known.day(), known.source())))));
    }
}

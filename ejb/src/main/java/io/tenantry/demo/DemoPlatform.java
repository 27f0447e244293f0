package io.tenantry.demo;

import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.catalog.pricing.PriceListPublications;
import io.tenantry.catalog.pricing.PriceListQuery;
import io.tenantry.catalog.pricing.PriceLists;
import io.tenantry.kernel.money.Money;
import io.tenantry.settlement.FeeTerms;
import io.tenantry.settlement.FeeTerms.Tier;
import io.tenantry.settlement.PlatformSellerSettings;
import io.tenantry.settlement.SettlementAdministration;
import io.tenantry.settlement.SettlementQuery;
import io.tenantry.settlement.SettlementTaxes.TaxCollection;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The platform's own part in the demo: it is recorded as a seller, charges fees to its resellers, grants credit limits, and books a payment.
 */
@Dependent
class DemoPlatform {
    private static final BigDecimal LIMIT = BigDecimal.valueOf(2_500);

    /** The brands' monthly prices of add-ons per unit. */
    private static final Map<String, String> ADDONS =
            Map.of("VOLUME", "0.08", "BACKUP", "3.50", "BACKUP_WEEKLY", "2.50", "SNAPSHOT", "0.06", "ADDRESS", "2.50");

    @Inject
    SettlementAdministration console;

    @Inject
    SettlementQuery settlementQuery;

    @Inject
    PlatformSellerSettings settings;

    @Inject
    PriceLists lists;

    @Inject
    PriceListQuery priceListQuery;

    @Inject
    PriceListPublications publications;

    /** Records the platform as a seller, so that settlements are invoices; once, however often the demo is restarted. */
    void registerSeller() {
        Tenancy.in(Scope.PLATFORM, () -> {
            var outcome = settings.sell(DemoBillingParties.PLATFORM, TaxCollection.HOME);
            if (!(outcome instanceof PlatformSellerSettings.Outcome.Done
                    || outcome instanceof PlatformSellerSettings.Outcome.Unchanged)) {
                throw new IllegalStateException("the demo's seller settings were refused: " + outcome);
            }
            return outcome;
        });
    }

    /** Writes fee terms in the brands' currencies, from a month on. */
    void askFees(YearMonth from) {
        Tenancy.in(Scope.PLATFORM, () -> {
            DemoBrand.ALL.stream()
                    .map(brand -> brand.whole(0).currency())
                    .distinct()
                    .forEach(currency -> write(from, terms(currency)));
            return from;
        });
    }

    private void write(YearMonth from, FeeTerms terms) {
        var outcome = console.write(null, from, terms);
        if (!(outcome instanceof SettlementAdministration.Outcome.Done)) {
            throw new IllegalStateException("the demo's fee terms were refused: " + outcome);
        }
    }

    private static FeeTerms terms(Currency currency) {
        return new FeeTerms(
                currency,
                List.of(
                        new Tier(Money.zero(currency), new BigDecimal("4")),
                        new Tier(new Money(BigDecimal.valueOf(1_000), currency), new BigDecimal("2.5"))),
                new Money(new BigDecimal("0.15"), currency),
                new Money(new BigDecimal("0.50"), currency),
                new Money(BigDecimal.valueOf(25), currency));
    }

    /**
     * Publishes wholesale prices of what the brands sell, where no list of their currency is in force yet: so an older demo has one from now
     * on.
     */
    void offerPrices() {
        DemoBrand.ALL.forEach(brand -> offer(brand, DemoBrand.Offered::price, Optional.empty(), true));
    }

    /** Announces other wholesale prices to a brand, as it announces its own to its customers. */
    void raisePrices(DemoBrand brand, Instant from) {
        offer(brand, DemoBrand.Offered::laterPrice, Optional.of(from), false);
    }

    private void offer(
            DemoBrand brand, Function<DemoBrand.Offered, Money> price, Optional<Instant> from, boolean onlyFirst) {
        Tenancy.in(Scope.PLATFORM, () -> {
            var opened = lists.open(brand.whole(0).currency());
            var list = opened instanceof PriceLists.Outcome.Exists exists
                    ? exists.id()
                    : ((PriceLists.Outcome.Done) opened).id();
            var summary = priceListQuery.one(list);
            if (onlyFirst && (summary.now().isPresent() || summary.next().isPresent())) {
                return list;
            }
            var draft = lists.draft(list);
            lists.put(draft, items(brand, price));
            var outcome = publications.publish(draft, from, "");
            if (!(outcome instanceof PriceLists.Outcome.Done)) {
                throw new IllegalStateException("the demo's price list was refused: " + outcome);
            }
            return list;
        });
    }

    private static List<PriceItem> items(DemoBrand brand, Function<DemoBrand.Offered, Money> price) {
        var items = new ArrayList<PriceItem>();
        for (var offered : brand.plans()) {
            var size = offered.size();
            var code = PriceKey.codeOf(
                    size.vcpus(), size.memoryMib(), size.diskGib(), size.transferGib(), size.transferUnlimited());
            items.add(item(PriceKey.Kind.PLAN, code, DemoBrand.wholesale(price.apply(offered))));
        }
        ADDONS.forEach((code, monthly) -> items.add(item(
                PriceKey.Kind.ADDON,
                code,
                DemoBrand.wholesale(
                        new Money(new BigDecimal(monthly), brand.whole(0).currency())))));
        return items;
    }

    private static PriceItem item(PriceKey.Kind kind, String code, Money monthly) {
        return new PriceItem(new PriceKey(kind, PriceKey.PLATFORM, code, ""), monthly.amount(), true, Optional.empty());
    }

    /** Grants every brand a credit limit and books the payment of its first settlement. */
    void settleUp(YearMonth from) {
        Tenancy.in(Scope.PLATFORM, () -> {
            console.resellers().forEach(reseller -> {
                var account = reseller.account();
                console.limit(
                        account.tenant(), new Money(LIMIT, account.balance().currency()));
                settlementQuery.months(account.tenant(), from, from.plusYears(1)).stream()
                        .reduce((later, earlier) -> earlier)
                        .filter(oldest -> oldest.payable().isPositive())
                        .ifPresent(oldest ->
                                console.pay(account.tenant(), oldest.id(), oldest.payable(), oldest.number()));
            });
            return from;
        });
    }

    /** Returns the month of an instant, as terms start with a month. */
    static YearMonth month(Instant instant) {
        return YearMonth.from(instant.atZone(ZoneOffset.UTC));
    }
}

package io.tenantry.bench.driver;

import io.tenantry.pricing.PriceItem;
import io.tenantry.pricing.PriceKey;
import io.tenantry.pricing.PriceLists;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** A price list by which plans cost resellers nothing: what is measured is something else. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class FreePrices {
    @Inject
    PriceLists lists;

    /** Sees to it that sizes of those codes can be sold. */
    public void keep(Currency currency, List<String> codes) {
        Tenancy.in(Scope.PLATFORM, () -> {
            var opened = lists.open(currency);
            var list = opened instanceof PriceLists.Outcome.Exists exists
                    ? exists.id()
                    : ((PriceLists.Outcome.Done) opened).id();
            var draft = lists.draft(list);
            lists.put(
                    draft,
                    codes.stream()
                            .map(code -> new PriceItem(
                                    new PriceKey(PriceKey.Kind.PLAN, PriceKey.PLATFORM, code, ""),
                                    BigDecimal.ZERO,
                                    true,
                                    Optional.empty()))
                            .toList());
            var outcome = lists.publish(draft, Optional.empty(), "");
            if (!(outcome instanceof PriceLists.Outcome.Done)) {
                throw new IllegalStateException("no wholesale prices: " + outcome);
            }
            return list;
        });
    }
}

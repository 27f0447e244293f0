package io.tenantry.cloud.provider.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.catalog.ProviderPrices.PriceKey;
import io.tenantry.cloud.provider.catalog.ProviderPrices.PriceMove;
import io.tenantry.kernel.money.Money;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderPricesTest {
    private static ProviderCatalog.Size size(String code, ProviderCatalog.Price... prices) {
        return new ProviderCatalog.Size(code, code, "", 1, 1024, 25, 1000, List.of(), List.of(prices));
    }

    private static ProviderCatalog.Price price(String region, String monthly) {
        return new ProviderCatalog.Price(
                Optional.of(region).filter(text -> !text.isEmpty()), Money.of("0.01", "USD"), Money.of(monthly, "USD"));
    }

    @Test
    void ignoresAddedAndRemovedPrices() {
        var before = ProviderPrices.of(List.of(size("a", price("", "5")), size("b", price("", "6"))));
        var after = ProviderPrices.of(List.of(size("b", price("", "6.00")), size("c", price("", "7"))));
        assertThat(after.movedSince(before)).isEmpty();
    }

    @Test
    void detectsAPriceChangePerRegion() {
        var before = ProviderPrices.of(List.of(size("a", price("", "5"), price("gru", "7"))));
        var after = ProviderPrices.of(List.of(size("a", price("", "5"), price("gru", "7.5"))));
        assertThat(after.movedSince(before))
                .containsExactly(new PriceMove(new PriceKey("a", "gru"), Money.of("7", "USD"), Money.of("7.5", "USD")));
    }

    @Test
    void ignoresNegativePrices() {
        assertThat(ProviderPrices.of(List.of(size("a", price("", "-1")))).all()).isEmpty();
    }
}

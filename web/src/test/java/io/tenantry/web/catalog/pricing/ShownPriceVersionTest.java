package io.tenantry.web.catalog.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.catalog.pricing.PriceKey;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShownPriceVersionTest {
    private static final UUID VERSION = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);

    private static List<PriceItem> priced(String monthly, boolean orderable) {
        return List.of(new PriceItem(
                new PriceKey(PriceKey.Kind.PLAN, "linode", "small", ""),
                new BigDecimal(monthly),
                orderable,
                Optional.empty()));
    }

    @Test
    void matchesOnlyShownVersionAndPrices() {
        var shownPriceVersion = new ShownPriceVersion();
        shownPriceVersion.is(VERSION, priced("5", true));
        assertThat(shownPriceVersion.isSame(VERSION)).isTrue();
        assertThat(shownPriceVersion.isSame(VERSION, priced("5.00", true))).isTrue();
        assertThat(shownPriceVersion.isSame(OTHER)).isFalse();
        assertThat(shownPriceVersion.isSame(OTHER, priced("5", true))).isFalse();
        assertThat(shownPriceVersion.isSame(VERSION, priced("6", true))).isFalse();
        assertThat(shownPriceVersion.isSame(VERSION, priced("5", false))).isFalse();
        assertThat(shownPriceVersion.isSame(VERSION, List.of())).isFalse();
        assertThat(shownPriceVersion.isKnown(OTHER)).isFalse();
    }

    @Test
    void matchesAnyVersionBeforeOneIsShown() {
        var shownPriceVersion = new ShownPriceVersion();
        assertThat(shownPriceVersion.isSame(VERSION)).isTrue();
        assertThat(shownPriceVersion.isSame(VERSION, List.of())).isTrue();
        assertThat(shownPriceVersion.isKnown(VERSION)).isFalse();
    }
}

package io.tenantry.provider.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.money.Money;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.stock.PriceList.Move;
import io.tenantry.provider.stock.PriceList.Spot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PriceListTest {
    private static Catalogue.Size size(String code, Catalogue.Price... prices) {
        return new Catalogue.Size(code, code, "", 1, 1024, 25, 1000, List.of(), List.of(prices));
    }

    private static Catalogue.Price price(String region, String monthly) {
        return new Catalogue.Price(
                Optional.of(region).filter(text -> !text.isEmpty()), Money.of("0.01", "USD"), Money.of(monthly, "USD"));
    }

    @Test
    void whatIsNewOrGoneHasNotMoved() {
        var before = PriceList.of(List.of(size("a", price("", "5")), size("b", price("", "6"))));
        var after = PriceList.of(List.of(size("b", price("", "6.00")), size("c", price("", "7"))));
        assertThat(after.movedSince(before)).isEmpty();
    }

    @Test
    void eachRegionMovesByItself() {
        var before = PriceList.of(List.of(size("a", price("", "5"), price("gru", "7"))));
        var after = PriceList.of(List.of(size("a", price("", "5"), price("gru", "7.5"))));
        assertThat(after.movedSince(before))
                .containsExactly(new Move(new Spot("a", "gru"), Money.of("7", "USD"), Money.of("7.5", "USD")));
    }

    @Test
    void aPriceBelowNothingIsNone() {
        assertThat(PriceList.of(List.of(size("a", price("", "-1")))).all()).isEmpty();
    }
}

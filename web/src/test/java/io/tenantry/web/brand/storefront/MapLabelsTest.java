package io.tenantry.web.brand.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.storefront.Storefront.MapPoint;
import io.tenantry.web.brand.storefront.WorldMap.Pin;
import io.tenantry.web.brand.storefront.WorldMap.Spot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MapLabelsTest {
    private static final List<Integer> LETTERS = List.of(15, 22, 32);

    /** Sets of regions as offered by providers and as combined by resellers: name, latitude, longitude. */
    private static final Map<String, String> SETS = Map.of(
            "the demo in Europe",
            "Amsterdam 52.37 4.90, Frankfurt 50.11 8.68, Nürnberg 49.45 11.08",
            "the demo in America",
            "New York 40.71 -74.01, San Francisco 37.77 -122.42, Toronto 43.65 -79.38",
            "DigitalOcean",
            "New York 1 40.71 -74.01, New York 2 40.71 -74.01, New York 3 40.71 -74.01, San Francisco 2 37.77 -122.42,"
                    + " San Francisco 3 37.77 -122.42, Amsterdam 52.37 4.90, Singapore 1.35 103.82, London 51.51 -0.13, Frankfurt 50.11 8.68,"
                    + " Toronto 43.65 -79.38, Bangalore 12.97 77.59, Sydney -33.87 151.21, Atlanta 33.75 -84.39",
            "Hetzner",
            "Falkenstein 50.48 12.37, Nuremberg 49.45 11.08, Helsinki 60.17 24.94, Ashburn 39.04 -77.49, Hillsboro 45.52 -122.99,"
                    + " Singapore 1.35 103.82",
            "the Rhine",
            "Frankfurt am Main 50.11 8.68, Wiesbaden 50.08 8.24, Mainz 49.99 8.25, Mannheim 49.49 8.47, Karlsruhe 49.01 8.40",
            "one place twice",
            "Berlin 52.52 13.40, Berlin 52.52 13.40",
            "names of many letters",
            "Llanfairpwllgwyngyll 53.22 -4.20, Villingen-Schwenningen 48.06 8.46, 東京データセンター 35.68 139.69",
            "the edges of the world",
            "Suva -18.14 178.44, Apia -13.83 -171.77, Longyearbyen 78.22 15.65, Ushuaia -54.80 -68.30");

    static Stream<Arguments> sets() {
        return SETS.entrySet().stream()
                .flatMap(set ->
                        LETTERS.stream().map(labelLength -> Arguments.of(set.getKey(), labelLength, set.getValue())));
    }

    @ParameterizedTest(name = "{0}, letters of {1}")
    @MethodSource("sets")
    void labelsOverlapNoLabelNoPinAndNoEdge(String name, int labelLength, String places) {
        var map = WorldMap.of(spots(places), labelLength);
        var shown = map.pins().stream().filter(pin -> pin.label().isShown()).toList();
        var height = new BigDecimal(map.box().split(" ", -1)[3]).doubleValue();
        for (var pin : shown) {
            var box = box(pin);
            assertThat(box.left()).isGreaterThanOrEqualTo(map.left().doubleValue() - 0.1);
            assertThat(box.top()).isGreaterThanOrEqualTo(map.top().doubleValue() - 0.1);
            assertThat(box.right())
                    .isLessThanOrEqualTo(map.left().add(map.width()).doubleValue() + 0.1);
            assertThat(box.bottom()).isLessThanOrEqualTo(map.top().doubleValue() + height + 0.1);
            for (var other : shown) {
                if (!other.equals(pin)) {
                    assertThat(smaller(box(other)).meets(smaller(box)))
                            .as(pin.name() + " over " + other.name())
                            .isFalse();
                }
            }
            for (var other : map.pins()) {
                assertThat(smaller(box).has(other.x().doubleValue(), other.y().doubleValue()))
                        .as(pin.name() + " over the dot of " + other.name())
                        .isFalse();
            }
        }
    }

    @ParameterizedTest(name = "{0}, letters of {1}")
    @MethodSource("sets")
    void showsEveryLabel(String name, int labelLength, String places) {
        assertThat(WorldMap.of(spots(places), labelLength).pins())
                .allSatisfy(
                        pin -> assertThat(pin.label().isShown()).as(pin.name()).isTrue());
    }

    @ParameterizedTest(name = "{0}, letters of {1}")
    @MethodSource("sets")
    void placesLabelsIndependentlyOfRegionOrder(String name, int labelLength, String places) {
        var spots = new ArrayList<>(spots(places));
        var first = WorldMap.of(spots, labelLength).pins();
        Collections.reverse(spots);
        if (spots.stream().map(Spot::name).distinct().count() == spots.size()) {
            assertThat(WorldMap.of(spots, labelLength).pins()).containsExactlyInAnyOrderElementsOf(first);
        }
    }

    private static List<Spot> spots(String places) {
        return Arrays.stream(places.split(", ")).map(MapLabelsTest::spot).toList();
    }

    private static Spot spot(String place) {
        var words = place.split(" ");
        var name = String.join(" ", Arrays.copyOf(words, words.length - 2));
        return new Spot(
                name,
                name,
                new MapPoint(new BigDecimal(words[words.length - 2]), new BigDecimal(words[words.length - 1])));
    }

    private static MapLabels.Box box(Pin pin) {
        return MapLabels.box(pin.name(), pin.label());
    }

    /** Shrinks the box by the tolerance of rounding to two decimals. */
    private static MapLabels.Box smaller(MapLabels.Box box) {
        return new MapLabels.Box(box.left() + 0.05, box.top() + 0.05, box.right() - 0.05, box.bottom() - 0.05);
    }
}

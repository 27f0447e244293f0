package io.tenantry.web.storefront;

import io.tenantry.storefront.Storefront.Place;
import io.tenantry.storefront.Storefront.Region;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;

/**
 * A part of the drawing {@code img/world.svg} with regions on it. The drawing is an equirectangular map from 80 degrees north to 56
 * degrees south, a thousand wide, stretched upwards by a fifth. Shown is what lies around the regions, so that neighbours can be
 * told from each other.
 *
 * @param left where the part begins, from the left of the drawing
 * @param top where it begins, from above
 * @param width of the part; its height follows
 */
public record WorldMap(BigDecimal left, BigDecimal top, BigDecimal width, List<Pin> pins) {
    static final BigDecimal WIDTH = BigDecimal.valueOf(1000);
    static final BigDecimal HEIGHT = new BigDecimal("453.33");
    private static final BigDecimal NORTH = BigDecimal.valueOf(80);
    private static final BigDecimal TALL = BigDecimal.valueOf(136);
    private static final BigDecimal WEST = BigDecimal.valueOf(-180);
    private static final BigDecimal WIDE = BigDecimal.valueOf(360);

    /** Less would be dots without a coast to know them by. */
    private static final BigDecimal WIDTH_MIN = BigDecimal.valueOf(360);

    /** How much wider than the regions the part is. */
    private static final BigDecimal ROOM = new BigDecimal("1.6");

    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal LABEL = new BigDecimal("0.14");
    private static final BigDecimal LINE = new BigDecimal("0.035");

    /**
     * A region on the map.
     *
     * @param code of the region
     * @param before whether its name stands left of it, because another region stands right of it
     */
    public record Pin(String code, String name, BigDecimal x, BigDecimal y, boolean before) {}

    /**
     * What is to be shown.
     *
     * @param name what stands beside it
     */
    public record Spot(String code, String name, Place place) {}

    /** The part of the map around those of the regions that have a place. */
    public static WorldMap around(List<Region> regions) {
        return of(regions.stream()
                .flatMap(region -> region.place().map(at -> new Spot(region.code(), region.name(), at)).stream())
                .toList());
    }

    /** The part of the map around those spots. */
    public static WorldMap of(List<Spot> spots) {
        var bare = spots.stream()
                .map(spot -> new Pin(spot.code(), spot.name(), x(spot.place()), y(spot.place()), false))
                .toList();
        if (bare.isEmpty()) {
            return new WorldMap(BigDecimal.ZERO, BigDecimal.ZERO, WIDTH, bare);
        }
        var west = bare.stream().map(Pin::x).min(Comparator.naturalOrder()).orElseThrow();
        var east = bare.stream().map(Pin::x).max(Comparator.naturalOrder()).orElseThrow();
        var north = bare.stream().map(Pin::y).min(Comparator.naturalOrder()).orElseThrow();
        var south = bare.stream().map(Pin::y).max(Comparator.naturalOrder()).orElseThrow();
        var width = east.subtract(west)
                .max(south.subtract(north).multiply(WIDTH).divide(HEIGHT, 1, RoundingMode.HALF_UP))
                .multiply(ROOM)
                .max(WIDTH_MIN)
                .min(WIDTH);
        var left = within(east.add(west).divide(TWO, 1, RoundingMode.HALF_UP), width, WIDTH);
        var top = within(south.add(north).divide(TWO, 1, RoundingMode.HALF_UP), height(width), HEIGHT);
        var pins = bare.stream()
                .map(pin -> new Pin(pin.code(), pin.name(), pin.x(), pin.y(), isCrowded(pin, bare, width)))
                .toList();
        return new WorldMap(left, top, width, pins);
    }

    /** The part as an SVG's view box. */
    public String box() {
        return left + " " + top + " " + width + " " + height(width);
    }

    /** A length that looks the same whatever part is shown, in thousandths of its width. */
    public BigDecimal size(int thousandths) {
        return width.multiply(BigDecimal.valueOf(thousandths)).divide(WIDTH, 2, RoundingMode.HALF_UP);
    }

    /** From the left. */
    static BigDecimal x(Place place) {
        return place.longitude().subtract(WEST).multiply(WIDTH).divide(WIDE, 1, RoundingMode.HALF_UP);
    }

    /** From above; what is beyond the edges stands at them. */
    static BigDecimal y(Place place) {
        var y = NORTH.subtract(place.latitude()).multiply(HEIGHT).divide(TALL, 1, RoundingMode.HALF_UP);
        return y.max(BigDecimal.ZERO).min(HEIGHT);
    }

    private static BigDecimal height(BigDecimal width) {
        return width.multiply(HEIGHT).divide(WIDTH, 1, RoundingMode.HALF_UP);
    }

    private static BigDecimal within(BigDecimal middle, BigDecimal span, BigDecimal whole) {
        var from = middle.subtract(span.divide(TWO, 1, RoundingMode.HALF_UP));
        return from.min(whole.subtract(span)).max(BigDecimal.ZERO);
    }

    private static boolean isCrowded(Pin pin, List<Pin> all, BigDecimal width) {
        return all.stream().anyMatch(other -> {
            var right = other.x().subtract(pin.x());
            var apart = other.y().subtract(pin.y()).abs();
            return right.signum() > 0
                    && right.compareTo(width.multiply(LABEL)) < 0
                    && apart.compareTo(width.multiply(LINE)) < 0;
        });
    }
}

package io.tenantry.web.brand.storefront;

import io.tenantry.brand.storefront.Storefront.MapPoint;
import io.tenantry.brand.storefront.Storefront.Region;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of the drawing {@code img/world.svg} with regions on it. The drawing is an equirectangular map from 80 degrees north to 56 degrees
 * south, a thousand wide, stretched vertically by a fifth. It shows the surroundings of the regions, so that neighbors can be distinguished.
 *
 * @param left the left edge of the part, from the left of the drawing
 * @param top the top edge of the part, from the top of the drawing
 * @param width the width of the part; its height follows
 */
public record WorldMap(BigDecimal left, BigDecimal top, BigDecimal width, List<Pin> pins) {
    static final BigDecimal WIDTH = BigDecimal.valueOf(1000);
    static final BigDecimal HEIGHT = new BigDecimal("453.33");
    private static final BigDecimal NORTH = BigDecimal.valueOf(80);
    private static final BigDecimal TALL = BigDecimal.valueOf(136);
    private static final BigDecimal WEST = BigDecimal.valueOf(-180);
    private static final BigDecimal WIDE = BigDecimal.valueOf(360);

    /** The minimum width; less would show dots without a recognizable coast. */
    private static final BigDecimal WIDTH_MIN = BigDecimal.valueOf(360);

    /** The width of the part relative to that of the regions. */
    private static final BigDecimal ROOM = new BigDecimal("1.6");

    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    /**
     * A region on the map.
     *
     * @param code the code of the region
     * @param label the position of its name
     */
    public record Pin(String code, String name, BigDecimal x, BigDecimal y, MapLabels.Label label) {}

    /**
     * A location to show.
     *
     * @param name the text beside it
     */
    public record Spot(String code, String name, MapPoint place) {}

    /**
     * Returns the part of the map around those regions that have a location.
     *
     * @param labelLength the height of characters, in thousandths of the width
     */
    public static WorldMap around(List<Region> regions, int labelLength) {
        return of(
                regions.stream()
                        .flatMap(
                                region -> region.place().map(at -> new Spot(region.code(), region.name(), at)).stream())
                        .toList(),
                labelLength);
    }

    /**
     * Returns the part of the map around the given locations.
     *
     * @param labelLength the height of characters, in thousandths of the width
     */
    public static WorldMap of(List<Spot> spots, int labelLength) {
        var bare = spots.stream()
                .map(spot -> new Dot(spot, x(spot.place()), y(spot.place())))
                .toList();
        if (bare.isEmpty()) {
            return new WorldMap(BigDecimal.ZERO, BigDecimal.ZERO, WIDTH, List.of());
        }
        var west = bare.stream().map(Dot::x).min(Comparator.naturalOrder()).orElseThrow();
        var east = bare.stream().map(Dot::x).max(Comparator.naturalOrder()).orElseThrow();
        var north = bare.stream().map(Dot::y).min(Comparator.naturalOrder()).orElseThrow();
        var south = bare.stream().map(Dot::y).max(Comparator.naturalOrder()).orElseThrow();
        var width = east.subtract(west)
                .max(south.subtract(north).multiply(WIDTH).divide(HEIGHT, 1, RoundingMode.HALF_UP))
                .multiply(ROOM)
                .max(WIDTH_MIN)
                .min(WIDTH);
        var left = within(east.add(west).divide(TWO, 1, RoundingMode.HALF_UP), width, WIDTH);
        var top = within(south.add(north).divide(TWO, 1, RoundingMode.HALF_UP), height(width), HEIGHT);
        var labels = MapLabels.of(
                bare.stream()
                        .map(dot -> new MapLabels.NamedPoint(dot.spot().name(), dot.x(), dot.y()))
                        .toList(),
                new MapLabels.MapSection(left, top, width, height(width)),
                labelLength);
        var pins = IntStream.range(0, bare.size())
                .mapToObj(at -> {
                    var dot = bare.get(at);
                    return new Pin(dot.spot().code(), dot.spot().name(), dot.x(), dot.y(), labels.get(at));
                })
                .toList();
        return new WorldMap(left, top, width, pins);
    }

    private record Dot(Spot spot, BigDecimal x, BigDecimal y) {}

    /** Returns the part as an SVG view box. */
    public String box() {
        return left + " " + top + " " + width + " " + height(width);
    }

    /** Returns a length that looks the same for every part, in thousandths of its width. */
    public BigDecimal size(int thousandths) {
        return width.multiply(BigDecimal.valueOf(thousandths)).divide(WIDTH, 2, RoundingMode.HALF_UP);
    }

    /** Returns the distance from the left. */
    static BigDecimal x(MapPoint mapPoint) {
        return mapPoint.longitude().subtract(WEST).multiply(WIDTH).divide(WIDE, 1, RoundingMode.HALF_UP);
    }

    /** Returns the distance from the top; locations beyond the edges are placed on them. */
    static BigDecimal y(MapPoint mapPoint) {
        var y = NORTH.subtract(mapPoint.latitude()).multiply(HEIGHT).divide(TALL, 1, RoundingMode.HALF_UP);
        return y.max(BigDecimal.ZERO).min(HEIGHT);
    }

    private static BigDecimal height(BigDecimal width) {
        return width.multiply(HEIGHT).divide(WIDTH, 1, RoundingMode.HALF_UP);
    }

    private static BigDecimal within(BigDecimal middle, BigDecimal span, BigDecimal whole) {
        var from = middle.subtract(span.divide(TWO, 1, RoundingMode.HALF_UP));
        return from.min(whole.subtract(span)).max(BigDecimal.ZERO);
    }
}

package io.tenantry.brand;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The paint order of a shape's parts, of which programs write one, two or all. Pure. */
final class SvgPaintOrder {
    private static final String MARKERS = "markers";
    private static final List<String> PARTS = List.of("fill", "stroke", MARKERS);
    private static final Pattern SPACE = Pattern.compile("[ \\t\\n\\r\\f]+");
    private static final int LENGTH_MAX = 40;

    private SvgPaintOrder() {}

    static boolean isOrder(String value) {
        return value.equals("normal") || !order(value).isEmpty();
    }

    /** Returns the order as JSVG reads it, which always draws markers last. */
    static String plain(String value) {
        var order = order(value);
        return order.indexOf("stroke") < order.indexOf("fill") ? "stroke" : "normal";
    }

    /** Whether a marker would be below a part of the shape. */
    static boolean areMarkersBelow(String value) {
        var order = order(value);
        return !order.isEmpty() && !order.get(order.size() - 1).equals(MARKERS);
    }

    /** Returns all parts: the named ones, then the others. Empty if a name is invalid or repeated. */
    private static List<String> order(String value) {
        if (value.length() > LENGTH_MAX) {
            return List.of();
        }
        var named = List.of(SPACE.split(value, -1));
        if (!PARTS.containsAll(named) || named.stream().distinct().count() < named.size()) {
            return List.of();
        }
        var order = new ArrayList<>(named);
        PARTS.stream().filter(part -> !named.contains(part)).forEach(order::add);
        return order;
    }
}

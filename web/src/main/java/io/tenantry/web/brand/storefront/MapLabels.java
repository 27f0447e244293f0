package io.tenantry.web.brand.storefront;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A label layout that places the names of a map's regions so that none overlaps another, a dot or the edge. The most crowded regions choose
 * first; each takes the nearest free place, beside its dot if possible, else further away with a line to the dot. If no place is free the name
 * is omitted: all names are in the list beside the map. The same regions always get the same places. Lengths are in units of the drawing.
 */
public final class MapLabels {
    /** The size of a dot with its halo, in thousandths of the width. */
    private static final int DOT = 14;

    /** The distance from the center of a dot to its name, in thousandths of the width. */
    private static final int BESIDE = 17;

    /** The maximum width of a character relative to its height; characters of Asian scripts are as wide as high. */
    private static final double LETTER = 0.62;

    private static final double WIDE_LETTER = 1.05;
    private static final int WIDE_FROM = 0x1100;
    private static final double LINE = 1.15;

    /** The distance from the middle of a line to its baseline, relative to its height. */
    private static final double BASE = 0.35;

    /** The maximum distance of names from their dots, in lines. */
    private static final double FAR_MAX = 10;

    private static final double STEP = 0.5;
    private static final int STEPS_OF_A_LINE = 12;

    /** The directions in the order in which they are tried: first right and left, where people look. */
    private static final List<int[]> DIRECTIONS = List.of(
            new int[] {1, 0},
            new int[] {-1, 0},
            new int[] {0, -1},
            new int[] {0, 1},
            new int[] {1, -1},
            new int[] {1, 1},
            new int[] {-1, -1},
            new int[] {-1, 1});

    private final List<NamedPoint> all;
    private final MapSection mapSection;
    private final double unit;
    private final double labelLength;

    private MapLabels(List<NamedPoint> all, MapSection mapSection, int labelLength) {
        this.all = all;
        this.mapSection = mapSection;
        this.unit = coordinate(mapSection.width()) / 1000;
        this.labelLength = labelLength * unit;
    }

    /** A dot and the name beside it. */
    record NamedPoint(String name, BigDecimal x, BigDecimal y) {}

    /** The part of the drawing that is shown. */
    record MapSection(BigDecimal left, BigDecimal top, BigDecimal width, BigDecimal height) {}

    /**
     * The position of a name.
     *
     * @param x the x coordinate of its anchor
     * @param y the y coordinate of its baseline
     * @param anchor the end of the text at that position: {@code start}, {@code middle} or {@code end}
     * @param size the height of its characters
     * @param isShown false if no place was free
     * @param isFar whether a line leads from the dot to it
     * @param lineX the x coordinate of that line's end
     * @param lineY the y coordinate of that line's end
     */
    public record Label(
            BigDecimal x,
            BigDecimal y,
            String anchor,
            BigDecimal size,
            boolean isShown,
            boolean isFar,
            BigDecimal lineX,
            BigDecimal lineY) {}

    /** A rectangle. */
    record Box(double left, double top, double right, double bottom) {
        boolean meets(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }

        boolean has(double x, double y) {
            return x > left && x < right && y > top && y < bottom;
        }
    }

    private record LabelPosition(Box box, String anchor, double x, boolean isFar, double lineX, double lineY) {}

    /** Returns the label of each dot, in the order of the dots. */
    static List<Label> of(List<NamedPoint> dots, MapSection mapSection, int labelLength) {
        var labels = new MapLabels(dots, mapSection, labelLength);
        var places = labels.places();
        return IntStream.range(0, dots.size())
                .mapToObj(at -> labels.label(Optional.ofNullable(places.get(at))))
                .toList();
    }

    /** Returns the area that a name covers at a position. */
    static Box box(String name, Label label) {
        var height = coordinate(label.size()) * LINE;
        var width = width(name, coordinate(label.size()));
        var left = coordinate(label.x())
                - switch (label.anchor()) {
                    case "end" -> width;
                    case "middle" -> width / 2;
                    default -> 0;
                };
        var middle = coordinate(label.y()) - coordinate(label.size()) * BASE;
        return new Box(left, middle - height / 2, left + width, middle + height / 2);
    }

    /** Returns a coordinate on a map, which is never money. */
    private static double coordinate(Number number) {
        return number.doubleValue();
    }

    private Map<Integer, LabelPosition> places() {
        var found = new HashMap<Integer, LabelPosition>();
        IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.comparing((Integer at) -> -neighbours(at))
                        .thenComparing(at -> all.get(at).x())
                        .thenComparing(at -> all.get(at).y())
                        .thenComparing(at -> all.get(at).name()))
                .forEach(at -> place(at, found).ifPresent(labelPosition -> found.put(at, labelPosition)));
        return found;
    }

    /** Returns the number of other dots that are so near that names may overlap. */
    private int neighbours(int at) {
        var reach = width(all.get(at).name(), labelLength) + BESIDE * unit;
        return (int) all.stream()
                .filter(other -> Math.abs(x(other) - x(all.get(at))) < reach
                        && Math.abs(y(other) - y(all.get(at))) < 2 * labelLength * LINE)
                .count();
    }

    private Optional<LabelPosition> place(int at, Map<Integer, LabelPosition> taken) {
        var dot = all.get(at);
        var candidates = new ArrayList<LabelPosition>();
        for (var far = 0.0; far <= FAR_MAX; far += STEP) {
            for (var direction : DIRECTIONS) {
                candidates.add(place(dot, direction, far));
            }
        }
        var free = candidates.stream()
                .filter(labelPosition -> isFree(labelPosition, at, taken))
                .toList();
        return free.stream()
                .filter(labelPosition -> !isCrossing(labelPosition, at, taken))
                .findFirst()
                .or(() -> free.stream().findFirst());
    }

    private LabelPosition place(NamedPoint dot, int[] direction, double far) {
        var height = labelLength * LINE;
        var width = width(dot.name(), labelLength);
        var away = BESIDE * unit + far * height;
        var isUpright = direction[0] == 0;
        var isSlanted = direction[0] != 0 && direction[1] != 0;
        var edge = x(dot) + direction[0] * (isSlanted ? away * 0.7 : away);
        var middle = y(dot)
                + direction[1] * (isSlanted ? away * 0.7 : away + (isUpright ? height / 2 - labelLength * 0.2 : 0));
        var left = isUpright ? edge - width / 2 : direction[0] > 0 ? edge : edge - width;
        var box = new Box(left, middle - height / 2, left + width, middle + height / 2);
        return new LabelPosition(
                box,
                isUpright ? "middle" : direction[0] > 0 ? "start" : "end",
                edge,
                far > 0,
                isUpright ? edge : edge - direction[0] * 2 * unit,
                isUpright ? middle - direction[1] * height / 2 : middle);
    }

    private boolean isFree(LabelPosition labelPosition, int own, Map<Integer, LabelPosition> taken) {
        var box = labelPosition.box();
        var isWithin = box.left() >= coordinate(mapSection.left())
                && box.top() >= coordinate(mapSection.top())
                && box.right() <= coordinate(mapSection.left().add(mapSection.width()))
                && box.bottom() <= coordinate(mapSection.top().add(mapSection.height()));
        return isWithin
                && taken.values().stream().noneMatch(other -> other.box().meets(box))
                && IntStream.range(0, all.size())
                        .filter(at -> at != own)
                        .noneMatch(at -> dot(all.get(at)).meets(box));
    }

    /** Returns whether a line crosses another name: names are drawn over lines, so they remain readable. */
    private boolean isCrossing(LabelPosition labelPosition, int own, Map<Integer, LabelPosition> taken) {
        return taken.entrySet().stream()
                .anyMatch(other ->
                        crosses(all.get(own), labelPosition, other.getValue().box())
                                || crosses(all.get(other.getKey()), other.getValue(), labelPosition.box()));
    }

    /** Returns whether the line from a dot to its name crosses a box. */
    private boolean crosses(NamedPoint dot, LabelPosition labelPosition, Box box) {
        return labelPosition.isFar()
                && IntStream.rangeClosed(0, STEPS_OF_A_LINE)
                        .mapToDouble(step -> (double) step / STEPS_OF_A_LINE)
                        .anyMatch(part -> box.has(
                                x(dot) + (labelPosition.lineX() - x(dot)) * part,
                                y(dot) + (labelPosition.lineY() - y(dot)) * part));
    }

    private Box dot(NamedPoint dot) {
        var radius = DOT * unit;
        return new Box(x(dot) - radius, y(dot) - radius, x(dot) + radius, y(dot) + radius);
    }

    private Label label(Optional<LabelPosition> place) {
        return place.map(it -> new Label(
                        rounded(it.x()),
                        rounded((it.box().top() + it.box().bottom()) / 2 + labelLength * BASE),
                        it.anchor(),
                        rounded(labelLength),
                        true,
                        it.isFar(),
                        rounded(it.lineX()),
                        rounded(it.lineY())))
                .orElseGet(() -> new Label(
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        "start",
                        rounded(labelLength),
                        false,
                        false,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO));
    }

    private static double width(String name, double labelLength) {
        return name.codePoints()
                .mapToDouble(letter -> labelLength * (letter >= WIDE_FROM ? WIDE_LETTER : LETTER))
                .sum();
    }

    private static double x(NamedPoint dot) {
        return coordinate(dot.x());
    }

    private static double y(NamedPoint dot) {
        return coordinate(dot.y());
    }

    private static BigDecimal rounded(double value) {
        return new BigDecimal(String.format(Locale.ROOT, "%.2f", value)).setScale(2, RoundingMode.UNNECESSARY);
    }
}

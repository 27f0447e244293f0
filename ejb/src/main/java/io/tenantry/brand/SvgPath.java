package io.tenantry.brand;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * Path data, parsed only to check that it is well-formed and to find its extent: programs draw invalid paths partially, each up to a different
 * point. Pure.
 */
final class SvgPath {
    private static final int LENGTH_MAX = 200_000;
    private static final Pattern NUMBER = Pattern.compile(SvgRules.NUMBER);
    private static final String COMMANDS = "mlhvcsqtaz";
    private static final int[] NUMBERS = {2, 2, 1, 1, 6, 4, 4, 2, 7, 0};
    private static final int FLAG = 3;
    private static final int LAST_FLAG = 4;

    /** An ellipse has four; an arc is drawn as one curve for each. */
    private static final int QUARTERS = 4;

    private final String text;
    private int at;
    private double number;
    private double x;
    private double y;
    private double startX;
    private double startY;
    private double left = Double.POSITIVE_INFINITY;
    private double right = Double.NEGATIVE_INFINITY;
    private double top = Double.POSITIVE_INFINITY;
    private double bottom = Double.NEGATIVE_INFINITY;
    private boolean isCurved;

    /** The reflection point of a following smooth curve. */
    private double controlX;

    private double controlY;
    private double length;

    /** The last control point of the previous cubic curve; the current point if the previous segment was not one. */
    private double bendX;

    private double bendY;
    private final List<SvgSegment> segments = new ArrayList<>();

    private SvgPath(String text) {
        this.text = text;
    }

    /** Whether it is valid path data, possibly empty. */
    static boolean isPath(String text) {
        return text.length() <= LENGTH_MAX && new SvgPath(text).isPath();
    }

    /** Whether a path is a straight horizontal or vertical line, whose bounding box has no area. */
    static boolean isFlat(String text) {
        var path = new SvgPath(text);
        return path.isPath() && !path.isCurved && (path.left >= path.right || path.top >= path.bottom);
    }

    /** Returns the maximum length of a path: that of the polygon through all points, including control points. */
    static double length(String text) {
        var path = new SvgPath(text);
        return path.isPath() ? 2 * path.length : 0;
    }

    /** Returns its lines and curves; an open path also has the line that closes it. */
    static List<SvgSegment> segments(String text) {
        var path = new SvgPath(text);
        path.isPath();
        path.close();
        return path.segments;
    }

    /** Returns the view box of a path, with a margin, since curves may leave it. */
    static String box(String text) {
        var path = new SvgPath(text);
        if (!path.isPath() || path.left > path.right) {
            return "0 0 1 1";
        }
        var side = Math.max(Math.max(path.right - path.left, path.bottom - path.top), Float.MIN_NORMAL);
        return String.format(
                Locale.ROOT, "%f %f %f %f", path.left - side / 4, path.top - side / 4, side * 1.5, side * 1.5);
    }

    private boolean isPath() {
        skip(false);
        for (var isFirst = true; at < text.length(); isFirst = false) {
            var command = COMMANDS.indexOf(Character.toString(text.charAt(at)).toLowerCase(Locale.ROOT));
            if (command < 0 || (isFirst && command != 0)) {
                return false;
            }
            var letter = text.charAt(at++);
            skip(false);
            if (NUMBERS[command] == 0) {
                close();
                reach(startX, startY);
                controlX = x;
                controlY = y;
                bendX = x;
                bendY = y;
            } else if (!isArguments(command, letter)) {
                return false;
            }
        }
        return true;
    }

    private boolean isArguments(int command, char letter) {
        var isArc = COMMANDS.charAt(command) == 'a';
        var numbers = new double[NUMBERS[command]];
        var drawn = letter;
        do {
            for (var place = 0; place < NUMBERS[command]; place++) {
                var isFlag = isArc && (place == FLAG || place == LAST_FLAG);
                if (!(isFlag ? isFlag() : isNumber())) {
                    return false;
                }
                numbers[place] = number;
            }
            draw(drawn, numbers);
            // After a first move, further points are lines.
            drawn = drawn == 'm' ? 'l' : drawn == 'M' ? 'L' : drawn;
        } while (at < text.length() && !Character.isLetter(text.charAt(at)));
        return true;
    }

    /** Draws a command to its end point. */
    private void draw(char command, double... numbers) {
        var count = numbers.length;
        var fromX = Character.isLowerCase(command) ? x : 0;
        var fromY = Character.isLowerCase(command) ? y : 0;
        var mirroredX = 2 * x - controlX;
        var mirroredY = 2 * y - controlY;
        var kind = Character.toLowerCase(command);
        var beginX = x;
        var beginY = y;
        if (kind == 'm') {
            close();
        }
        switch (kind) {
            case 'h' -> reach(fromX + numbers[0], y);
            case 'v' -> reach(x, fromY + numbers[0]);
            case 'a' -> {
                isCurved = true;
                length +=
                        around(numbers[0], numbers[1], fromX + numbers[count - 2] - x, fromY + numbers[count - 1] - y);
                reach(fromX + numbers[count - 2], fromY + numbers[count - 1]);
            }
            default -> {
                length += kind == 't' ? Math.abs(mirroredX - x) + Math.abs(mirroredY - y) : 0;
                for (var pair = 0; pair < count; pair += 2) {
                    reach(fromX + numbers[pair], fromY + numbers[pair + 1]);
                }
            }
        }
        if (kind == 'm') {
            startX = x;
            startY = y;
        } else {
            var bentX = kind == 't' ? mirroredX : kind == 's' ? 2 * beginX - bendX : x;
            var bentY = kind == 't' ? mirroredY : kind == 's' ? 2 * beginY - bendY : y;
            add(kind, new double[] {beginX, bentX, fromX}, new double[] {beginY, bentY, fromY}, numbers);
        }
        var isCubic = kind == 'c' || kind == 's';
        bendX = isCubic ? fromX + numbers[count - 4] : x;
        bendY = isCubic ? fromY + numbers[count - 3] : y;
        controlX = kind == 't' ? mirroredX : kind == 'q' ? fromX + numbers[0] : x;
        controlY = kind == 't' ? mirroredY : kind == 'q' ? fromY + numbers[1] : y;
    }

    /**
     * Adds a segment from the current point, with a box around all its control points.
     *
     * @param across the start, the reflected control point, and the origin of its coordinates
     * @param down the same
     */
    private void add(char kind, double[] across, double[] down, double... numbers) {
        var xs = DoubleStream.builder().add(across[0]).add(x).add(across[1]);
        var ys = DoubleStream.builder().add(down[0]).add(y).add(down[1]);
        var isArc = kind == 'a';
        if (isArc) {
            var reach = reach(numbers[0], numbers[1], x - across[0], y - down[0], numbers[FLAG] == 0);
            xs.add(Math.max(across[0], x) + reach).add(Math.min(across[0], x) - reach);
            ys.add(Math.max(down[0], y) + reach).add(Math.min(down[0], y) - reach);
        } else if ("cqs".indexOf(kind) >= 0) {
            for (var pair = 0; pair < numbers.length; pair += 2) {
                xs.add(across[2] + numbers[pair]);
                ys.add(down[2] + numbers[pair + 1]);
            }
        }
        add(xs.build().summaryStatistics(), ys.build().summaryStatistics(), "hvl".indexOf(kind) < 0);
        var curves = !isArc ? 1 : numbers[FLAG] == 0 ? QUARTERS / 2 : QUARTERS;
        for (var curve = 1; curve < curves; curve++) {
            segments.add(segments.get(segments.size() - 1));
        }
    }

    private void add(DoubleSummaryStatistics across, DoubleSummaryStatistics down, boolean isBent) {
        segments.add(new SvgSegment(across.getMin(), down.getMin(), across.getMax(), down.getMax(), isBent));
    }

    /** Closes the subpath with a line to its start. */
    private void close() {
        if (x != startX || y != startY) {
            add(
                    DoubleStream.of(x, startX).summaryStatistics(),
                    DoubleStream.of(y, startY).summaryStatistics(),
                    false);
        }
    }

    /** Returns the maximum distance of an arc from the box of its end points. */
    private static double reach(double radiusX, double radiusY, double across, double down, boolean isShort) {
        var larger = Math.max(Math.abs(radiusX), Math.abs(radiusY));
        var smaller = Math.min(Math.abs(radiusX), Math.abs(radiusY));
        var chord = Math.hypot(across, down);
        if (smaller == 0) {
            return 0;
        }
        var whole = 2 * larger * Math.max(1, chord / (2 * smaller));
        return isShort ? Math.min(whole, chord / 2 * larger / smaller) : whole;
    }

    /** Returns an upper bound of the circumference of an ellipse, which is enlarged if it does not reach from start to end. */
    private static double around(double radiusX, double radiusY, double across, double down) {
        var radii = Math.abs(radiusX) + Math.abs(radiusY);
        var smaller = Math.min(Math.abs(radiusX), Math.abs(radiusY));
        return smaller > 0 ? 4 * radii * Math.max(1, (Math.abs(across) + Math.abs(down)) / (2 * smaller)) : 0;
    }

    private void reach(double toX, double toY) {
        length += Math.abs(toX - x) + Math.abs(toY - y);
        x = toX;
        y = toY;
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
    }

    private boolean isNumber() {
        var found = NUMBER.matcher(text).region(at, text.length());
        if (!found.lookingAt()) {
            return false;
        }
        number = Double.parseDouble(found.group());
        at = found.end();
        skip(true);
        return true;
    }

    private boolean isFlag() {
        if (at >= text.length() || (text.charAt(at) != '0' && text.charAt(at) != '1')) {
            return false;
        }
        number = text.charAt(at) - '0';
        at++;
        skip(true);
        return true;
    }

    private void skip(boolean isCommaToo) {
        var commas = isCommaToo ? 1 : 0;
        while (at < text.length() && (SvgRules.isSpace(text.charAt(at)) || (text.charAt(at) == ',' && commas-- > 0))) {
            at++;
        }
    }
}

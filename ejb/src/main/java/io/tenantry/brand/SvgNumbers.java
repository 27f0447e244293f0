package io.tenantry.brand;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rewrites lists of numbers with single spaces and without exponents. Minified files contain {@code translate(1-2)} and {@code .5.5}, which
 * JSVG does not parse. Single pass, whatever the length. Pure.
 */
final class SvgNumbers {
    private static final int LENGTH_MAX = 200_000;
    private static final int FUNCTIONS_MAX = 20;
    private static final int DECIMALS = 12;
    private static final Pattern NUMBER = Pattern.compile(SvgRules.NUMBER);
    private static final Pattern FUNCTION = Pattern.compile("([A-Za-z]{1,10})[ \\t\\n\\r\\f]*\\(([^()]*)\\)");

    /** The argument counts that each function accepts. */
    private static final Map<String, Set<Integer>> FUNCTIONS = Map.of(
            "matrix", Set.of(6),
            "translate", Set.of(1, 2),
            "scale", Set.of(1, 2),
            "rotate", Set.of(1, 3),
            "skewX", Set.of(1),
            "skewY", Set.of(1));

    private SvgNumbers() {}

    /** Rewrites the points of a line; empty if they are invalid, or one has no second coordinate. */
    static Optional<String> points(String text) {
        return numbers(text).filter(numbers -> numbers.size() % 2 == 0).map(numbers -> String.join(" ", numbers));
    }

    /** Rewrites a list of transformations; empty if programs could interpret them differently. */
    static Optional<String> transform(String text) {
        if (text.length() > LENGTH_MAX || text.endsWith(",")) {
            return Optional.empty();
        }
        var written = new ArrayList<String>();
        var function = FUNCTION.matcher(text);
        for (var at = 0; at < text.length(); at = next(text, function.end())) {
            if (!function.region(at, text.length()).lookingAt() || written.size() == FUNCTIONS_MAX) {
                return Optional.empty();
            }
            var name = function.group(1);
            var given = SvgRules.stripped(function.group(2));
            var numbers = numbers(given).orElse(List.of());
            if (given.endsWith(",") || !FUNCTIONS.getOrDefault(name, Set.of()).contains(numbers.size())) {
                return Optional.empty();
            }
            written.add(name + "(" + String.join(" ", numbers) + ")");
        }
        return Optional.of(String.join(" ", written));
    }

    private static Optional<List<String>> numbers(String text) {
        if (text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        var stripped = SvgRules.stripped(text);
        var numbers = new ArrayList<String>();
        var number = NUMBER.matcher(stripped);
        for (var at = 0; at < stripped.length(); at = next(stripped, number.end())) {
            if (!number.region(at, stripped.length()).lookingAt()) {
                return Optional.empty();
            }
            numbers.add(plain(number.group()));
        }
        return Optional.of(numbers);
    }

    private static String plain(String number) {
        return number.indexOf('e') >= 0 || number.indexOf('E') >= 0
                ? new BigDecimal(number)
                        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString()
                : number;
    }

    /** Skips white space, with at most one comma. */
    private static int next(String text, int from) {
        var at = from;
        for (var commas = 1; at < text.length(); at++) {
            if (!SvgRules.isSpace(text.charAt(at)) && (text.charAt(at) != ',' || commas-- == 0)) {
                break;
            }
        }
        return at;
    }
}

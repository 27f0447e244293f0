package io.tenantry.people;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The looks of each page. Two of the twelve: one in English, and one in German with the other theme and another width. The next page gets the
 * next two, so that any six consecutive pages cover all twelve. After six turns each page has been covered.
 *
 * @param turn number of the turn: {@code -Dtenantry.pages=} and its number
 * @param all whether each page gets all twelve: {@code -Dtenantry.pages=all}
 */
record Rotation(int turn, boolean all) {
    /** Pairs of looks. */
    static final int PAIRS = 6;

    private static final String WANTED = "tenantry.pages";

    /** The default turn: always the same, so that builds are reproducible. */
    private static final String USUAL = "3";

    /** The turn of this build. */
    static Rotation ofThisBuild() {
        var wanted = System.getProperty(WANTED, "");
        if (wanted.equals("all")) {
            return new Rotation(0, true);
        }
        return new Rotation(Integer.parseInt(wanted.isEmpty() ? USUAL : wanted), false);
    }

    /** Returns the looks of the page with that number in that language. */
    List<PageVariant> of(String language, int page) {
        if (all) {
            return IntStream.range(0, PAIRS)
                    .mapToObj(pair -> looks(language, pair))
                    .toList();
        }
        return List.of(looks(language, page + turn));
    }

    /** Combines each theme with each width, as six has the divisors two and three; German is one ahead, so it differs in both. */
    private static PageVariant looks(String language, int pair) {
        var at = language.equals("en") ? pair : pair + 1;
        return new PageVariant(
                language,
                PageVariant.THEMES.get(at % PageVariant.THEMES.size()),
                PageVariant.WIDTHS.get(at % PageVariant.WIDTHS.size()));
    }

    /** A description, including how to repeat the same turn. */
    String told() {
        return all ? "in all ways" : "in turn " + turn + " of " + PAIRS + ", again by -D" + WANTED + "=" + turn;
    }
}

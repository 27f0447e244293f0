package io.tenantry.people;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What the database was asked for one page, as a proxy between it and the server heard it.
 *
 * @param statements in order, on one line each
 */
record Asked(List<String> statements) {
    /** A transaction's begin, role and end, and the pool's look at a connection: the price of tenants. */
    private static final List<String> KERNEL = List.of(
            "begin",
            "commit",
            "rollback",
            "select current_setting('role')",
            "select 1 / (current_setting('role')",
            "select set_config(");

    /** Which tenant that host leads to and whose session that is: remembered for a second and for two, whatever pages are asked for. */
    private static final List<String> DOOR = List.of(
            "select t.slug, t.name, t.state", "select w.last_seen_at < now()", "update web_session set last_seen_at");

    /** Whether there is work to do: asked by the clock, by no page. */
    private static final List<String> CLOCK = List.of("select t.tenant from unnest(");

    private static final int SHOWN = 160;

    /** An empty statement is how a driver asks whether somebody is there. */
    Asked {
        statements = statements.stream()
                .map(text -> text.strip().replaceAll("\\s+", " "))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** What was asked for the page itself. */
    List<String> own() {
        return all(text -> !isOneOf(KERNEL, text) && !isOneOf(DOOR, text) && !isOneOf(CLOCK, text));
    }

    int kernel() {
        return all(text -> isOneOf(KERNEL, text)).size();
    }

    int door() {
        return all(text -> isOneOf(DOOR, text)).size();
    }

    /** Whichever was asked less: something else in the server may have asked at the same time. */
    Asked orLess(Asked other) {
        return other.own().size() < own().size() ? other : this;
    }

    /** What was asked for the page itself, a line each, for whoever must ask less. */
    String told() {
        var told = new StringBuilder();
        own().forEach(text ->
                told.append("\n    ").append(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "..."));
        return told.toString();
    }

    private List<String> all(Predicate<String> wanted) {
        return statements.stream().filter(wanted).toList();
    }

    private static boolean isOneOf(List<String> beginnings, String text) {
        return beginnings.stream().anyMatch(text.toLowerCase(Locale.ROOT)::startsWith);
    }
}

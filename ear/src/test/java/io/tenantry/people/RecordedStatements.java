package io.tenantry.people;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The statements sent to the database for one page, as recorded by a proxy between it and the server.
 *
 * @param statements in order, on one line each
 */
record RecordedStatements(List<String> statements) {
    /** A transaction's begin, role and end, and the pool's connection check: the overhead of multi-tenancy. */
    private static final List<String> KERNEL = List.of(
            "begin",
            "commit",
            "rollback",
            "select current_setting('role')",
            "select 1 / (current_setting('role')",
            "select set_config(");

    /** The tenant of a host and the owner of a session: cached for one and two seconds, independently of the pages requested. */
    private static final List<String> DOOR = List.of(
            "select t.slug, t.name, t.state", "select w.last_seen_at < now()", "update web_session set last_seen_at");

    /** The check for pending work: sent by the timer, not by a page. */
    private static final List<String> CLOCK = List.of("select t.tenant from unnest(");

    private static final int SHOWN = 160;

    /** An empty statement is the driver's connection check. */
    RecordedStatements {
        statements = statements.stream()
                .map(text -> text.strip().replaceAll("\\s+", " "))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Returns the statements of the page itself. */
    List<String> own() {
        return all(text -> !isOneOf(KERNEL, text) && !isOneOf(DOOR, text) && !isOneOf(CLOCK, text));
    }

    int kernel() {
        return all(text -> isOneOf(KERNEL, text)).size();
    }

    int accessData() {
        return all(text -> isOneOf(DOOR, text)).size();
    }

    /** Returns the shorter of the two: other work in the server may have sent statements at the same time. */
    RecordedStatements orLess(RecordedStatements other) {
        return other.own().size() < own().size() ? other : this;
    }

    /** Returns the statements of the page itself, one per line, as a hint for reducing them. */
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

package io.tenantry.bench;

import io.tenantry.server.EmbeddedDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import javax.sql.DataSource;

/**
 * The statements that took most of the database's time, also those within functions, as {@code pg_stat_statements} counts them. A statement that calls
 * a function includes those within it.
 */
record StatementProfile(List<Statement> statements) {
    private static final String EXTENSION = "pg_stat_statements";

    private static final String SLOWEST = """
            select round(s.total_exec_time) as millis, s.calls, s.toplevel, left(regexp_replace(s.query, '\\s+', ' ', 'g'), 110) as text
              from pg_stat_statements s
             order by s.total_exec_time desc
             limit 60
            """;

    record Statement(long millis, long calls, boolean isWithinFunction, String text) {}

    /** Lets the database count its statements, which costs some of the time that it measures. */
    static EmbeddedDatabase.Builder counting(EmbeddedDatabase.Builder builder) {
        return builder.setting("shared_preload_libraries", EXTENSION).setting(EXTENSION + ".track", "all");
    }

    /** Starts to count; what came before is not included. */
    static void begin(DataSource superuser) throws SQLException {
        try (var connection = superuser.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create extension if not exists " + EXTENSION);
        }
    }

    static StatementProfile read(DataSource superuser) throws SQLException {
        try (var connection = superuser.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(SLOWEST)) {
            var all = new ArrayList<Statement>();
            while (rows.next()) {
                all.add(new Statement(
                        rows.getLong("millis"),
                        rows.getLong("calls"),
                        !rows.getBoolean("toplevel"),
                        rows.getString("text")));
            }
            return new StatementProfile(all);
        }
    }

    /** Returns a line for each statement: milliseconds, calls, microseconds for each call, and the statement, indented if it is within a function. */
    String lines() {
        var lines = new StringJoiner("\n");
        for (var statement : statements) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%8d ms %9d x %7.0f us %s%s",
                    statement.millis(),
                    statement.calls(),
                    statement.millis() * 1_000.0 / Math.max(1, statement.calls()),
                    statement.isWithinFunction() ? "  " : "",
                    statement.text()));
        }
        return lines.toString();
    }
}

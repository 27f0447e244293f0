package io.tenantry.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Runs a script that an operator gives to psql, without psql. It knows the few psql commands that our scripts use: {@code \gexec},
 * {@code \connect}, {@code \set}, {@code \getenv} (variables are given to it instead) and {@code :'variable'}. A statement ends where a line ends with a semicolon, outside of {@code $$}.
 */
final class PsqlScript {
    /** A source of a superuser's connections to a database of the given name. */
    @FunctionalInterface
    interface Databases {
        DataSource named(String database);
    }

    private final String name;
    private final Databases databases;
    private final Map<String, String> variables;

    PsqlScript(String name, Databases databases, Map<String, String> variables) {
        this.name = name;
        this.databases = databases;
        this.variables = variables;
    }

    /** Runs the script from its beginning, connected to the given database. */
    void run(String database) throws SQLException {
        var connection = databases.named(database).getConnection();
        try {
            var sql = new StringBuilder();
            for (var line : script().lines().toList()) {
                if (line.startsWith("\\connect ")) {
                    execute(connection, sql);
                    connection.close();
                    connection = databases
                            .named(line.substring("\\connect ".length()).trim())
                            .getConnection();
                } else if (line.equals("\\gexec")) {
                    executeResults(connection, sql);
                } else if (!line.startsWith("\\set ") && !line.startsWith("\\getenv ") && !line.startsWith("--")) {
                    sql.append(line).append('\n');
                    if (line.endsWith(";") && isOutsideOfDollars(sql)) {
                        execute(connection, sql);
                    }
                }
            }
            execute(connection, sql);
        } finally {
            connection.close();
        }
    }

    private static boolean isOutsideOfDollars(StringBuilder sql) {
        var marks = 0;
        for (var at = sql.indexOf("$$"); at >= 0; at = sql.indexOf("$$", at + 2)) {
            marks++;
        }
        return marks % 2 == 0;
    }

    private void execute(Connection connection, StringBuilder sql) throws SQLException {
        var text = filled(sql);
        if (!text.isBlank()) {
            try (var statement = connection.createStatement()) {
                statement.execute(text);
            }
        }
    }

    private void executeResults(Connection connection, StringBuilder sql) throws SQLException {
        var statements = new ArrayList<String>();
        try (var query = connection.createStatement();
                var rows = query.executeQuery(filled(sql))) {
            while (rows.next()) {
                statements.add(rows.getString(1));
            }
        }
        for (var text : statements) {
            try (var statement = connection.createStatement()) {
                statement.execute(text);
            }
        }
    }

    private String filled(StringBuilder sql) {
        var text = sql.toString();
        sql.setLength(0);
        for (var variable : variables.entrySet()) {
            text = text.replace(
                    ":'" + variable.getKey() + "'", "'" + variable.getValue().replace("'", "''") + "'");
        }
        return text;
    }

    private String script() {
        try (var in = PsqlScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StartupException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }
}

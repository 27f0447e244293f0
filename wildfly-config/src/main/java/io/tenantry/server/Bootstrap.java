package io.tenantry.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Runs {@code bootstrap.sql}, the script that an operator gives to psql, without psql. It knows the few psql commands the script uses:
 * {@code \gexec}, {@code \connect}, {@code \set} and {@code :'variable'}.
 */
final class Bootstrap {
    /** Gives a superuser's connections to a database of the given name. */
    @FunctionalInterface
    interface Databases {
        DataSource named(String database);
    }

    private final Databases databases;
    private final Map<String, String> variables;

    Bootstrap(Databases databases, Map<String, String> variables) {
        this.databases = databases;
        this.variables = variables;
    }

    void run() throws SQLException {
        var connection = databases.named("postgres").getConnection();
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
                } else if (!line.startsWith("\\set ") && !line.startsWith("--")) {
                    sql.append(line).append('\n');
                    if (line.endsWith(";")) {
                        execute(connection, sql);
                    }
                }
            }
            execute(connection, sql);
        } finally {
            connection.close();
        }
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

    private static String script() {
        try (var in = Bootstrap.class.getResourceAsStream("bootstrap.sql")) {
            if (in == null) {
                throw new IllegalStateException("bootstrap.sql is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ServerProblem("cannot read bootstrap.sql: " + e.getMessage(), e);
        }
    }
}

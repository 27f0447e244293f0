package io.tenantry.admin.offboarding;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables and columns of a schema that an export consists of, from the database's catalog, so that no new table can be forgotten. Excludes
 * tables whose comment begins with {@code secret}, and those named here.
 */
final class ExportTables {
    private static final String ALL = """
            select c.relname, coalesce(obj_description(c.oid, 'pg_class'), '') like 'secret%' as secret,
                   array_agg(a.attname::text order by a.attnum) as columns
              from pg_class c
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where c.relnamespace = current_schema()::regnamespace
               and c.relkind in ('r', 'p')
               and not c.relispartition
               and not starts_with(c.relname, 'databasechangelog')
             group by c.oid
             order by c.relname
            """;

    private static final Map<String, String> TABLES = Map.of(
            "console_token", "hashes of console tokens",
            "sign_in_failure", "hashes of addresses, for throttling alone");

    private static final Map<String, String> COLUMNS = Map.of(
            "mail.variables", "may contain one-time links",
            "service_key.pair", "an encrypted private key");

    /** The bytes in tables that become files; names are unique, as they begin with the row's key. */
    static final List<Files> FILES = List.of(
            new Files("invoice_file", "content", """
                    select 'documents/' || f.invoice_id || '/' || ${number} || '-' || lower(f.format) || '-' || lower(f.language)
                           || case when f.format like 'XRECHNUNG%' then '.xml' else '.pdf' end as name, f.content
                      from invoice_file f
                      join invoice i on i.id = f.invoice_id
                     order by f.invoice_id, f.format, f.language
                    """.replace("${number}", plain("i.number_text"))),
            new Files(
                    "tax_document",
                    "content",
                    "select 'tax-documents/' || id || '/' || " + plain("name")
                            + " as name, content from tax_document order by id"),
            new Files(
                    "bank_import",
                    "content",
                    "select 'bank-files/' || id || '/' || " + plain("file_name")
                            + " as name, content from bank_import where content is not null order by id"),
            new Files(
                    "brand_picture",
                    "content",
                    "select 'pictures/' || id || '.' || " + plain("split_part(media_type, '/', 2)")
                            + " as name, content from brand_picture order by id"));

    private ExportTables() {}

    /**
     * An exported table.
     *
     * @param columns in the order of the table
     * @param asFiles a column whose values become separate files
     */
    record Table(String name, List<String> columns, Optional<String> asFiles) {
        Table {
            columns = List.copyOf(columns);
        }

        String file() {
            return "tables/" + name + ".csv";
        }
    }

    /**
     * A table or column that is not exported.
     *
     * @param column empty for the whole table
     */
    record ExcludedItem(String table, Optional<String> column, String reason) {}

    /**
     * Bytes of a table that become files.
     *
     * @param query for their {@code name} and {@code content}
     */
    record Files(String table, String column, String query) {}

    /** The whole plan of a schema. */
    record Plan(List<Table> tables, List<ExcludedItem> leftOut) {
        Plan {
            tables = List.copyOf(tables);
            leftOut = List.copyOf(leftOut);
        }
    }

    /** Reads the plan from the connection's schema. */
    static Plan of(Connection connection) throws SQLException {
        var tables = new ArrayList<Table>();
        var leftOut = new ArrayList<ExcludedItem>();
        try (var statement = connection.prepareStatement(ALL);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                var name = rows.getString("relname");
                if (rows.getBoolean("secret")) {
                    leftOut.add(new ExcludedItem(name, Optional.empty(), "secrets"));
                } else if (TABLES.containsKey(name)) {
                    leftOut.add(new ExcludedItem(name, Optional.empty(), TABLES.getOrDefault(name, "")));
                } else {
                    tables.add(table(name, (String[]) rows.getArray("columns").getArray(), leftOut));
                }
            }
        }
        return new Plan(tables, leftOut);
    }

    private static Table table(String name, String[] columns, List<ExcludedItem> leftOut) {
        var asFiles = FILES.stream()
                .filter(files -> files.table().equals(name))
                .map(Files::column)
                .findFirst();
        var kept = new ArrayList<String>();
        for (var column : columns) {
            var reason = COLUMNS.get(name + "." + column);
            if (reason != null) {
                leftOut.add(new ExcludedItem(name, Optional.of(column), reason));
            } else if (!asFiles.equals(Optional.of(column))) {
                kept.add(column);
            }
        }
        return new Table(name, kept, asFiles);
    }

    /** Returns an SQL expression that replaces all characters not valid in every file name. */
    private static String plain(String expression) {
        return "left(regexp_replace(regexp_replace(" + expression
                + ", '[^A-Za-z0-9.-]+', '_', 'g'), '^[.-]+', '_'), 100)";
    }

    /** Returns the column names quoted for SQL; they come from the database's own catalog. */
    static String quoted(List<String> names) {
        return String.join(
                ", ",
                names.stream()
                        .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                        .toList());
    }

    static String quoted(String name) {
        return quoted(List.of(name));
    }
}

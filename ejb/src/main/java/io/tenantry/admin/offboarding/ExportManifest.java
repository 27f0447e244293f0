package io.tenantry.admin.offboarding;

import io.tenantry.tenancy.Tenant;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The manifest of an export, as JSON, so that a program can verify and read the export. */
final class ExportManifest {
    private static final String FORMAT = "tenantry-export 1";
    private static final String CSV =
            "UTF-8, RFC 4180, with a header line; a field without quotes that is empty is null, \"\" is an empty text;"
                    + " bytes are \\x and hexadecimal; times are UTC; arrays are written as PostgreSQL writes them";
    private static final int FILES_AT_ONCE = 100;

    private ExportManifest() {}

    /** A table that was written. */
    record Part(ExportTables.Table table, long rows, long bytes, String sha256) {}

    /**
     * Writes the manifest, without closing anything.
     *
     * @param connection of the same snapshot; lists the files, which may be too many to be kept in memory
     */
    static void write(
            OutputStream out,
            Connection connection,
            Tenant tenant,
            ExportWriter.SnapshotInfo snapshotInfo,
            List<Part> parts,
            List<ExportTables.ExcludedItem> leftOut)
            throws SQLException {
        var generators = Json.createGeneratorFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));
        try (var json = generators.createGenerator(new Open(out))) {
            json.writeStartObject();
            json.write("format", FORMAT);
            json.writeStartObject("tenant");
            json.write("slug", tenant.id().value());
            json.write("name", tenant.name());
            json.write("currency", tenant.currency().getCurrencyCode());
            json.write("zone", tenant.zone().getId());
            json.write("locale", tenant.locale().toLanguageTag());
            json.write("createdAt", tenant.createdAt().toString());
            json.writeEnd();
            json.write("takenAt", snapshotInfo.at().toString());
            json.write("version", version());
            json.write("schemaVersion", snapshotInfo.version());
            json.write("csv", CSV);
            json.writeStartArray("tables");
            parts.forEach(part -> table(json, part));
            json.writeEnd();
            json.writeStartArray("files");
            for (var files : ExportTables.FILES) {
                files(json, connection, files);
            }
            json.writeEnd();
            json.writeStartArray("leftOut");
            leftOut.forEach(left -> leftOut(json, left));
            json.writeEnd();
            json.writeEnd();
        }
    }

    private static void table(JsonGenerator json, Part part) {
        json.writeStartObject();
        json.write("table", part.table().name());
        json.write("file", part.table().file());
        json.write("rows", part.rows());
        json.write("bytes", part.bytes());
        json.write("sha256", part.sha256());
        part.table().asFiles().ifPresent(column -> json.write("columnInFiles", column));
        json.writeEnd();
    }

    private static void files(JsonGenerator json, Connection connection, ExportTables.Files files) throws SQLException {
        var query = "select f.name, octet_length(f.content) as bytes, encode(sha256(f.content), 'hex') as sha256 from ("
                + files.query() + ") f";
        try (var statement = connection.prepareStatement(query)) {
            statement.setFetchSize(FILES_AT_ONCE);
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    json.writeStartObject();
                    json.write("table", files.table());
                    json.write("file", found.getString("name"));
                    json.write("bytes", found.getLong("bytes"));
                    json.write("sha256", found.getString("sha256"));
                    json.writeEnd();
                }
            }
        }
    }

    private static void leftOut(JsonGenerator json, ExportTables.ExcludedItem left) {
        json.writeStartObject();
        json.write("table", left.table());
        left.column().ifPresent(column -> json.write("column", column));
        json.write("reason", left.reason());
        json.writeEnd();
    }

    private static String version() {
        var version = ExportManifest.class.getPackage().getImplementationVersion();
        return version == null ? "1.0.0-SNAPSHOT" : version;
    }

    /** Prevents the generator from closing its output, as the ZIP continues. */
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] part, int from, int length) throws IOException {
            out.write(part, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}

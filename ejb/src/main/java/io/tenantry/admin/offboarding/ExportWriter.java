package io.tenantry.admin.offboarding;

import io.tenantry.files.PrivateFile;
import io.tenantry.tenancy.Snapshots;
import io.tenantry.tenancy.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;

/**
 * Writes all data of a reseller into one ZIP as it was at one moment: a CSV file for each table, what tables hold as bytes as files, and a manifest. Neither a
 * table nor the file is ever in memory.
 */
@ApplicationScoped
public class ExportWriter {
    /** So long may reading one table take. */
    private static final Duration STATEMENT_MAX = Duration.ofMinutes(15);

    /** Files of customers are some MB at most, and so many of them are in memory. */
    private static final int FILES_AT_ONCE = 10;

    private static final String MOMENT = """
            select clock_timestamp() as at, pg_current_snapshot()::text as seen,
                   coalesce(obj_description(n.oid, 'pg_namespace'), '') as version
              from pg_namespace n
             where n.nspname = current_schema()
            """;

    @Inject
    Snapshots snapshots;

    /** For the container. */
    public ExportWriter() {}

    /** For use outside a container. */
    ExportWriter(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** Hears how far it is, many times a second; what it throws ends the writing, and no file is left. */
    public interface Progress {
        /** So many tables of so many, and so many rows of those that are done. */
        void at(int done, int tables, long rows);
    }

    /**
     * What was written.
     *
     * @param seen the snapshot that was read
     */
    public record Written(String seen, int tables, long rows, long bytes, String sha256) {}

    /** Where in time the schema was read, and of which version it is. */
    record Moment(Instant at, String seen, String version) {}

    /** Writes the file, or leaves nothing. */
    public Written write(Tenant tenant, Path file, Progress progress) throws IOException {
        return snapshots.read(tenant.id(), STATEMENT_MAX, connection -> {
            var written = new ArrayList<Written>();
            PrivateFile.write(file, out -> {
                try {
                    written.add(new Pass(connection, tenant, progress).to(out));
                } catch (SQLException failure) {
                    throw new IOException(failure.getMessage(), failure);
                }
            });
            return written.get(0);
        });
    }

    /** One reading of one schema. */
    private static final class Pass {
        private final Connection connection;
        private final Tenant tenant;
        private final Progress progress;
        private int done;
        private int tables;
        private long rows;

        Pass(Connection connection, Tenant tenant, Progress progress) {
            this.connection = connection;
            this.tenant = tenant;
            this.progress = progress;
        }

        Written to(OutputStream file) throws SQLException, IOException {
            var whole = new CountedStream(file, this::tell);
            var moment = moment();
            var plan = ExportTables.of(connection);
            tables = plan.tables().size();
            // Not closed: that would close the file, which is its owner's to close.
            var zip = new ZipOutputStream(whole, StandardCharsets.UTF_8);
            var parts = new ArrayList<ExportManifest.Part>();
            for (var table : plan.tables()) {
                parts.add(table(zip, table));
                done++;
                tell();
            }
            files(zip);
            entry(zip, "manifest.json");
            ExportManifest.write(zip, connection, tenant, moment, parts, plan.leftOut());
            zip.closeEntry();
            zip.finish();
            return new Written(moment.seen(), tables, rows, whole.bytes(), whole.sha256());
        }

        private void tell() {
            progress.at(done, tables, rows);
        }

        private Moment moment() throws SQLException {
            try (var statement = connection.prepareStatement(MOMENT);
                    var row = statement.executeQuery()) {
                row.next();
                return new Moment(
                        row.getObject("at", java.time.OffsetDateTime.class).toInstant(),
                        row.getString("seen"),
                        row.getString("version"));
            }
        }

        private ExportManifest.Part table(ZipOutputStream zip, ExportTables.Table table)
                throws SQLException, IOException {
            entry(zip, table.file());
            var out = new CountedStream(zip, this::tell);
            var copied = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "copy (select " + ExportTables.quoted(table.columns()) + " from "
                                    + ExportTables.quoted(table.name())
                                    + ") to stdout with (format csv, header, encoding 'UTF8')",
                            out);
            zip.closeEntry();
            rows += copied;
            return new ExportManifest.Part(table, copied, out.bytes(), out.sha256());
        }

        private void files(ZipOutputStream zip) throws SQLException, IOException {
            for (var files : ExportTables.FILES) {
                try (var statement = connection.prepareStatement(files.query())) {
                    statement.setFetchSize(FILES_AT_ONCE);
                    try (var found = statement.executeQuery()) {
                        while (found.next()) {
                            entry(zip, found.getString("name"));
                            zip.write(found.getBytes("content"));
                            zip.closeEntry();
                            tell();
                        }
                    }
                }
            }
        }

        private static void entry(ZipOutputStream zip, String name) throws IOException {
            zip.putNextEntry(new ZipEntry(name));
        }
    }
}

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
 * Writes all data of a reseller into one ZIP as of one moment: a CSV file for each table, binary values as files, and a manifest. Neither a
 * table nor the file is ever fully in memory.
 */
@ApplicationScoped
public class ExportWriter {
    /** The time limit for reading one table. */
    private static final Duration STATEMENT_MAX = Duration.ofMinutes(15);

    /** The number of files read at once; each has at most some MB, and that many are in memory. */
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

    /** Receives the progress, many times a second; an exception ends the export, and no file is left. */
    public interface Progress {
        /** Reports the tables done, the number of tables, and the rows of those that are done. */
        void at(int done, int tables, long rows);
    }

    /**
     * The result.
     *
     * @param seen the snapshot that was read
     */
    public record WrittenExport(String seen, int tables, long rows, long bytes, String sha256) {}

    /** When the schema was read, and its version. */
    record SnapshotInfo(Instant at, String seen, String version) {}

    /** Writes the file, or leaves nothing. */
    public WrittenExport write(Tenant tenant, Path file, Progress progress) throws IOException {
        return snapshots.read(tenant.id(), STATEMENT_MAX, connection -> {
            var written = new ArrayList<WrittenExport>();
            PrivateFile.write(file, out -> {
                try {
                    written.add(new ExportPass(connection, tenant, progress).to(out));
                } catch (SQLException failure) {
                    throw new IOException(failure.getMessage(), failure);
                }
            });
            return written.get(0);
        });
    }

    /** One pass over one schema. */
    private static final class ExportPass {
        private final Connection connection;
        private final Tenant tenant;
        private final Progress progress;
        private int done;
        private int tables;
        private long rows;

        ExportPass(Connection connection, Tenant tenant, Progress progress) {
            this.connection = connection;
            this.tenant = tenant;
            this.progress = progress;
        }

        WrittenExport to(OutputStream file) throws SQLException, IOException {
            var whole = new CountedStream(file, this::reportProgress);
            var snapshotInfo = moment();
            var plan = ExportTables.of(connection);
            tables = plan.tables().size();
            // Not closed: that would also close the file, which its owner closes.
            var zip = new ZipOutputStream(whole, StandardCharsets.UTF_8);
            var parts = new ArrayList<ExportManifest.Part>();
            for (var table : plan.tables()) {
                parts.add(table(zip, table));
                done++;
                reportProgress();
            }
            files(zip);
            entry(zip, "manifest.json");
            ExportManifest.write(zip, connection, tenant, snapshotInfo, parts, plan.leftOut());
            zip.closeEntry();
            zip.finish();
            return new WrittenExport(snapshotInfo.seen(), tables, rows, whole.bytes(), whole.sha256());
        }

        private void reportProgress() {
            progress.at(done, tables, rows);
        }

        private SnapshotInfo moment() throws SQLException {
            try (var statement = connection.prepareStatement(MOMENT);
                    var row = statement.executeQuery()) {
                row.next();
                return new SnapshotInfo(
                        row.getObject("at", java.time.OffsetDateTime.class).toInstant(),
                        row.getString("seen"),
                        row.getString("version"));
            }
        }

        private ExportManifest.Part table(ZipOutputStream zip, ExportTables.Table table)
                throws SQLException, IOException {
            entry(zip, table.file());
            var out = new CountedStream(zip, this::reportProgress);
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
                            reportProgress();
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

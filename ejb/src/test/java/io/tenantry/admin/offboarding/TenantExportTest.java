package io.tenantry.admin.offboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.testing.Database;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of tenants of a real PostgreSQL, read again and compared with the tables. */
class TenantExportTest {
    private static final String PASSWORD = "$argon2id$v=19$m=19456$never-to-be-exported";

    @TempDir
    Path folder;

    @Test
    void exportsAllTablesUnchangedWithoutSecrets() throws IOException {
        var offboardingFixture = new OffboardingFixture("exp-all", folder);
        fill("t_exp_all");
        offboardingFixture.suspend();

        var export = offboardingFixture.export();

        assertThat(export.state()).isEqualTo(Export.State.DONE);
        var file = offboardingFixture.path(export);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(export.sha256()).contains(digest(Files.readAllBytes(file)));
        assertThat(export.bytes()).isEqualTo(Files.size(file));
        var parts = parts(file);
        var manifest = manifest(parts);
        assertThat(manifest.getJsonObject("tenant").getString("slug")).isEqualTo("exp-all");
        var written = 0L;
        for (var value : manifest.getJsonArray("tables")) {
            var table = value.asJsonObject();
            var content = Objects.requireNonNull(parts.get(table.getString("file")));
            assertThat(digest(content)).isEqualTo(table.getString("sha256"));
            assertThat(content).hasSize(table.getInt("bytes"));
            assertThat(Database.texts("select count(*) from t_exp_all." + table.getString("table")))
                    .as(table.getString("table"))
                    .containsExactly(String.valueOf(table.getInt("rows")));
            written += table.getInt("rows");
        }
        assertThat(export.rows()).isEqualTo(written);
        assertThat(text(parts, "organization")).contains("\"Nord\nwind, \"\"West\"\"\"");
        assertThat(text(parts, "person").lines().findFirst())
                .hasValueSatisfying(head ->
                        assertThat(head).startsWith("id,email,name,locale,zone,state,sessions_valid_from,created_at"));
        assertThat(text(parts, "person")).contains("ann@exp-all.example,Ann,,\"\",ACTIVE,");
        assertThat(parts.get("pictures/00000000-0000-4000-8000-000000000009.png"))
                .containsExactly(1, 2, 3);
        for (var part : parts.entrySet()) {
            assertThat(new String(part.getValue(), StandardCharsets.UTF_8))
                    .as(part.getKey())
                    .doesNotContain("never-to-be-exported");
        }
        assertThat(manifest.getJsonArray("leftOut").toString())
                .contains("credential", "api_key", "one_time_link", "web_session", "provider_account", "variables");
    }

    @Test
    void exportsEveryTableOfTheSchema() throws IOException {
        var offboardingFixture = new OffboardingFixture("exp-columns", folder);
        offboardingFixture.suspend();
        var manifest = manifest(parts(offboardingFixture.path(offboardingFixture.export())));
        var known = new TreeSet<String>();
        manifest.getJsonArray("tables")
                .forEach(one -> known.add(one.asJsonObject().getString("table")));
        manifest.getJsonArray("leftOut").stream()
                .map(one -> one.asJsonObject())
                .filter(one -> !one.containsKey("column"))
                .forEach(one -> known.add(one.getString("table")));
        assertThat(known)
                .containsExactlyInAnyOrderElementsOf(
                        Database.texts(
                                "select tablename from pg_tables where schemaname = 't_exp_columns' and tablename not like 'databasechangelog%'"));
    }

    /** A new column that looks like a secret is excluded, or listed here after review. */
    @Test
    void exportsNothingThatLooksLikeASecret() throws IOException {
        var offboardingFixture = new OffboardingFixture("exp-secrets", folder);
        offboardingFixture.suspend();
        var parts = parts(offboardingFixture.path(offboardingFixture.export()));
        var found = new TreeSet<String>();
        for (var part : parts.entrySet()) {
            if (part.getKey().startsWith("tables/")) {
                var table = part.getKey().replace("tables/", "").replace(".csv", "");
                var head = new String(part.getValue(), StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElseThrow();
                for (var column : head.split(",", -1)) {
                    if (column.matches(".*(secret|hash|token|password|credential|sealed|pair|otp|salt|nonce).*")) {
                        found.add(table + "." + column);
                    }
                }
            }
        }
        assertThat(found).isSubsetOf(Set.of("audit_record.hash", "audit_record.prev_hash"));
        var bytes = Database.texts("select table_name || '.' || column_name from information_schema.columns"
                + " where table_schema = 't_exp_secrets' and data_type = 'bytea' order by 1");
        bytes.removeIf(column ->
                ExportTables.FILES.stream().anyMatch(files -> column.equals(files.table() + "." + files.column())));
        bytes.removeIf(column -> !parts.containsKey("tables/" + column.substring(0, column.indexOf('.')) + ".csv"));
        assertThat(bytes).isSubsetOf(Set.of("audit_record.hash", "audit_record.prev_hash", "audit_seal.mac"));
    }

    @Test
    void excludesRowsWrittenDuringTheExport() throws IOException {
        var offboardingFixture = new OffboardingFixture("exp-moment", folder);
        fill("t_exp_moment");
        offboardingFixture.suspend();
        var tenant =
                offboardingFixture.directory.byId(offboardingFixture.tenant).orElseThrow();
        var file = folder.resolve("moment.zip");
        var isStarted = new boolean[1];
        offboardingFixture.writer().write(tenant, file, (done, tables, rows) -> {
            if (!isStarted[0]) {
                isStarted[0] = true;
                organization("t_exp_moment", "00000000-0000-4000-8000-000000000002", "Too late");
            }
        });
        assertThat(text(parts(file), "organization")).doesNotContain("Too late");
    }

    @Test
    void resumesAnExportAfterItsWorkerDiedAndIgnoresTheOldWorker() {
        var offboardingFixture = new OffboardingFixture("exp-dead", folder);
        offboardingFixture.suspend();
        var asked = OffboardingFixture.as(() -> offboardingFixture.exports.request(offboardingFixture.tenant))
                .orElseThrow();
        var dead = offboardingFixture.records.claim().orElseThrow();
        assertThat(offboardingFixture.records.claim()).isEmpty();
        assertThat(OffboardingFixture.as(() -> offboardingFixture.exports.request(offboardingFixture.tenant))
                        .orElseThrow()
                        .id())
                .isEqualTo(asked.id());
        Database.asOwner("update platform.tenant_export set lease_until = clock_timestamp() - interval '1 second'"
                + " where tenant = 'exp-dead'");

        var done = offboardingFixture.export();

        assertThat(done.id()).isEqualTo(asked.id());
        assertThat(done.state()).isEqualTo(Export.State.DONE);
        assertThat(offboardingFixture.records.progress(dead, 1, 2, 3)).isFalse();
        assertThat(offboardingFixture.records.done(
                        dead, "late.zip", new ExportWriter.WrittenExport("1:1:", 1, 1, 1, "0".repeat(64))))
                .isFalse();
        offboardingFixture.records.failed(dead, "late", false);
        assertThat(OffboardingFixture.as(() -> offboardingFixture.exports.one(offboardingFixture.tenant, asked.id())))
                .isEqualTo(done);
    }

    @Test
    void givesUpAfterThreeAttemptsAndReportsTheCause() throws IOException {
        var offboardingFixture = new OffboardingFixture("exp-fails", folder);
        offboardingFixture.suspend();
        Files.writeString(folder.resolve("exports"), "a file where a folder has to be");
        for (var attempt = 1; attempt <= 3; attempt++) {
            var export = offboardingFixture.export();
            assertThat(export.state()).isEqualTo(attempt < 3 ? Export.State.WAITING : Export.State.FAILED);
            assertThat(export.error()).isPresent();
            Database.asOwner("update platform.tenant_export set due_at = clock_timestamp() where tenant = 'exp-fails'");
        }
        Files.delete(folder.resolve("exports"));
        assertThat(offboardingFixture.export().state()).isEqualTo(Export.State.DONE);
    }

    @Test
    void exportsOnlySuspendedTenants() {
        var offboardingFixture = new OffboardingFixture("exp-open", folder);
        assertThat(OffboardingFixture.as(() -> offboardingFixture.exports.request(offboardingFixture.tenant)))
                .isEmpty();
        offboardingFixture.suspend();
        var asked = OffboardingFixture.as(() -> offboardingFixture.exports.request(offboardingFixture.tenant))
                .orElseThrow();
        offboardingFixture.resume();
        OffboardingFixture.as(() -> {
            offboardingFixture.work.work();
            return true;
        });
        assertThat(OffboardingFixture.as(() -> offboardingFixture.exports.one(offboardingFixture.tenant, asked.id()))
                        .state())
                .isEqualTo(Export.State.FAILED);
    }

    @Test
    void keepsTheLatestFileForDownloadAndDeletion() {
        var offboardingFixture = new OffboardingFixture("exp-file", folder);
        offboardingFixture.suspend();
        var first = offboardingFixture.export();
        var earlier = offboardingFixture.path(first);
        var second = offboardingFixture.export();

        assertThat(earlier).doesNotExist();
        assertThat(OffboardingFixture.as(
                        () -> offboardingFixture.exports.download(offboardingFixture.tenant, first.id())))
                .isEqualTo(new TenantExports.Download.Missing());
        assertThat(OffboardingFixture.as(
                        () -> offboardingFixture.exports.download(offboardingFixture.tenant, second.id())))
                .isEqualTo(new TenantExports.Download.Ready(
                        offboardingFixture.path(second), second.file().orElseThrow(), second.bytes()));
        assertThat(offboardingFixture.recorded)
                .contains("tenant.export_requested", "tenant.exported", "tenant.export_downloaded");

        assertThat(OffboardingFixture.as(
                        () -> offboardingFixture.exports.remove(offboardingFixture.tenant, second.id())))
                .isTrue();
        assertThat(OffboardingFixture.as(
                        () -> offboardingFixture.exports.remove(offboardingFixture.tenant, second.id())))
                .isFalse();
        OffboardingFixture.as(() -> {
            offboardingFixture.work.work();
            return true;
        });
        assertThat(offboardingFixture.path(second)).doesNotExist();
    }

    @Test
    void reportsTheNodeOfAFileInALocalFolder() {
        var offboardingFixture = new OffboardingFixture("exp-apart", folder);
        offboardingFixture.suspend();
        var export = offboardingFixture.export();
        var other = new OffboardingFixture(offboardingFixture, folder.resolve("other"), "there");

        assertThat(OffboardingFixture.as(() -> other.exports.download(other.tenant, export.id())))
                .isEqualTo(new TenantExports.Download.OnOtherNode("here"));
        assertThat(OffboardingFixture.as(() -> other.exports.isHere(export))).isFalse();
        assertThat(OffboardingFixture.as(() -> other.exports.remove(other.tenant, export.id())))
                .isTrue();
        work(other);
        assertThat(offboardingFixture.path(export)).exists();
        work(offboardingFixture);
        assertThat(offboardingFixture.path(export)).doesNotExist();
        assertThat(OffboardingFixture.as(() -> offboardingFixture.exports.one(offboardingFixture.tenant, export.id()))
                        .file())
                .isEmpty();
    }

    @Test
    void servesAndDeletesFilesOfOtherNodesInASharedFolder() {
        var offboardingFixture = new OffboardingFixture("exp-shared", folder);
        offboardingFixture.suspend();
        var export = offboardingFixture.export();
        var other = new OffboardingFixture(offboardingFixture, folder, "there");

        assertThat(OffboardingFixture.as(() -> other.exports.download(other.tenant, export.id())))
                .isEqualTo(new TenantExports.Download.Ready(
                        offboardingFixture.path(export), export.file().orElseThrow(), export.bytes()));
        assertThat(OffboardingFixture.as(() -> other.exports.isHere(export))).isTrue();
        assertThat(OffboardingFixture.as(() -> other.exports.remove(other.tenant, export.id())))
                .isTrue();
        work(other);
        assertThat(offboardingFixture.path(export)).doesNotExist();
        assertThat(OffboardingFixture.as(() -> offboardingFixture.exports.one(offboardingFixture.tenant, export.id()))
                        .file())
                .isEmpty();
    }

    @Test
    void keepsAFileForNinetyDays() {
        var offboardingFixture = new OffboardingFixture("exp-old", folder);
        offboardingFixture.suspend();
        var export = offboardingFixture.export();
        assertThat(export.keptUntil()).contains(export.endedAt().orElseThrow().plus(Duration.ofDays(90)));
        age("exp-old", "89 days 23 hours");
        work(offboardingFixture);
        assertThat(offboardingFixture.path(export)).exists();

        age("exp-old", "2 hours");
        work(offboardingFixture);
        assertThat(offboardingFixture.path(export)).doesNotExist();
        assertThat(OffboardingFixture.as(() -> offboardingFixture.exports.one(offboardingFixture.tenant, export.id()))
                        .state())
                .isEqualTo(Export.State.REMOVED);
        assertThat(offboardingFixture.recorded).containsOnlyOnce("tenant.export_expired");
    }

    private static void age(String slug, String by) {
        Database.asOwner("update platform.tenant_export set ended_at = ended_at - interval '" + by
                + "' where tenant = '" + slug + "'");
    }

    private static void work(OffboardingFixture offboardingFixture) {
        OffboardingFixture.as(() -> {
            offboardingFixture.work.work();
            return true;
        });
    }

    @Test
    void leavesNoFileWhenAborted() {
        var offboardingFixture = new OffboardingFixture("exp-stop", folder);
        offboardingFixture.suspend();
        var tenant =
                offboardingFixture.directory.byId(offboardingFixture.tenant).orElseThrow();
        assertThatThrownBy(() -> offboardingFixture
                        .writer()
                        .write(tenant, folder.resolve("stop.zip"), (done, tables, rows) -> {
                            throw new IllegalStateException("lost");
                        }))
                .hasMessageContaining("lost");
        assertThat(folder).isEmptyDirectory();
    }

    private static void fill(String schema) {
        organization(schema, "00000000-0000-4000-8000-000000000001", "Nord\nwind, \"West\"");
        Database.asOwner("insert into " + schema
                + ".person (id, email, name, locale, zone, created_at) values ('00000000-0000-4000-8000-000000000003', 'ann@"
                + schema.substring(2).replace('_', '-') + ".example', 'Ann', null, '', '2026-11-01T00:00:00Z')");
        Database.asOwner("insert into " + schema
                + ".credential (person_id, password_hash, changed_at) values ('00000000-0000-4000-8000-000000000003', '"
                + PASSWORD + "', '2026-11-01T00:00:00Z')");
        Database.asOwner("insert into " + schema
                + ".mail (id, template, locale, recipient, variables, state, next_try_at, idempotency_key, created_at)"
                + " values ('00000000-0000-4000-8000-000000000004', 'INVITATION', 'en', 'ann@x.example',"
                + " '{\"link\": \"never-to-be-exported\"}', 'WAITING', now(), 'k', now())");
        Database.asOwner("insert into " + schema
                + ".brand_picture (id, media_type, content, width, height, created_at) values"
                + " ('00000000-0000-4000-8000-000000000009', 'image/png', '\\x010203', 1, 1, now())");
    }

    private static void organization(String schema, String id, String name) {
        Database.asOwner(
                "insert into " + schema + ".organization (id, name, billing_email, country, created_at) values ('" + id
                        + "', '" + name + "', 'b@x.example', 'DE', '2026-11-01T00:00:00Z')");
    }

    private static Map<String, byte[]> parts(Path file) throws IOException {
        var parts = new TreeMap<String, byte[]>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                try (var in = zip.getInputStream(entry)) {
                    assertThat(parts.put(entry.getName(), in.readAllBytes())).isNull();
                }
            }
        }
        return parts;
    }

    private static String text(Map<String, byte[]> parts, String table) {
        return new String(parts.get("tables/" + table + ".csv"), StandardCharsets.UTF_8);
    }

    private static JsonObject manifest(Map<String, byte[]> parts) {
        try (var reader = Json.createReader(new ByteArrayInputStream(parts.get("manifest.json")))) {
            return reader.readObject();
        }
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

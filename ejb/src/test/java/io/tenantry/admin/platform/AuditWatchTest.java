package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import io.tenantry.documents.mail.OwnerMail;
import io.tenantry.health.Readiness;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.audit.AuditTrail.Break;
import io.tenantry.kernel.audit.AuditTrail.Fault;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.OperatorNotifications;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nightly checks of the audit trails of a real PostgreSQL, after tampering during the day. */
class AuditWatchTest {
    private static final TenantId TENANT = new TenantId("watched");
    private static final String SCHEMA = "t_watched";
    private static final String KEY = "first=" + "A".repeat(43) + "=";

    @TempDir
    Path folder;

    private final Sql sql = new Sql(Database.runtime());
    private final Trail trail = new Trail();
    private final List<Notification> told = new ArrayList<>();
    private final List<String> mails = new ArrayList<>();
    private final Readiness readiness = new Readiness();
    private Instant now = Instant.parse("2026-11-26T04:07:00Z");

    @BeforeAll
    static void createTenant() {
        Database.tenant(TENANT, "EUR", "Europe/Berlin");
    }

    @BeforeEach
    @AfterEach
    void fresh() {
        Database.asOwner("truncate t_watched.audit_record");
        Database.asOwner("truncate t_watched.audit_seal");
        Database.asOwner("truncate platform.audit_seal");
        Database.asOwner("delete from platform.audit_check");
        trail.with(sql, Vault.of(List.of(KEY)));
    }

    @Test
    void storesSignsAndSendsHeads() throws IOException {
        records(3);
        var result = night();
        assertThat(result.faults()).doesNotContainKey(SCHEMA);
        assertThat(result.trails()).isEqualTo(2);
        var file = Path.of(result.file());
        assertThat(file).hasParent(folder.resolve("heads")).hasFileName("audit-heads-2026-11-26T04-07-00Z.txt");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains("\n" + SCHEMA + " 3 ").contains("\nsigned first ");
        assertThat(mails).singleElement().asString().contains(SCHEMA + " 3 ");
        assertThat(Database.texts("select file from platform.audit_check where ended_at is not null"))
                .containsExactly(result.file());
    }

    @Test
    void runsOnOneNodePerNight() {
        records(1);
        night();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(watch().nightly()).isEmpty();
    }

    @Test
    void findsATruncatedTrailEveryNightAndNotifiesOnce() {
        records(3);
        night();
        Database.asOwner("delete from t_watched.audit_record where seq = 3");
        Database.asOwner("delete from t_watched.audit_seal where seq = 3");
        nextDay();
        assertThat(night().faults()).containsEntry(SCHEMA, new Fault(3, Break.TRUNCATED));
        assertThat(told)
                .filteredOn(notification -> notification.subject().equals("watched"))
                .containsExactly(new Notification(
                        Notification.Kind.AUDIT_BROKEN,
                        "watched",
                        "TRUNCATED:3",
                        "audit",
                        "audit:t_watched:TRUNCATED:3"));
        assertThat(mails.get(1)).contains("FAULT " + SCHEMA + ": record 3 TRUNCATED");
        assertThat(readiness.warnings().get("audit")).contains(SCHEMA);
        records(2);
        nextDay();
        assertThat(night().faults()).containsEntry(SCHEMA, new Fault(3, Break.CHANGED));
    }

    @Test
    void findsARewrittenTrail() {
        records(2);
        night();
        Database.asOwner("truncate t_watched.audit_record");
        Database.asOwner("truncate t_watched.audit_seal");
        trail.with(sql, Vault.of(List.of()));
        records(5);
        trail.with(sql, Vault.of(List.of(KEY)));
        nextDay();
        assertThat(night().faults()).containsEntry(SCHEMA, new Fault(2, Break.CHANGED));
    }

    @Test
    void acceptsAppendedRecords() throws IOException {
        records(2);
        night();
        records(2);
        nextDay();
        var result = night();
        assertThat(result.faults()).doesNotContainKey(SCHEMA);
        assertThat(Files.readString(Path.of(result.file()))).contains("\n" + SCHEMA + " 4 ");
    }

    @Test
    void reportsAChangedFileAndStoresNoHeadsUntilItIsRemoved() throws IOException {
        records(2);
        var file = Path.of(night().file());
        Files.writeString(file, Files.readString(file).replace(SCHEMA + " 2", SCHEMA + " 1"));
        nextDay();
        assertThat(night().file()).isEmpty();
        assertThat(told).extracting(Notification::kind).contains(Notification.Kind.AUDIT_UNVERIFIED);
        assertThat(told.get(told.size() - 1).detail()).contains("the signature does not match");
        assertThat(readiness.warnings()).containsKey("audit");
        Files.delete(file);
        nextDay();
        assertThat(night().file()).isNotEmpty();
    }

    private void records(int many) {
        for (var i = 0; i < many; i++) {
            Database.run(TENANT, () -> trail.record("plan.published", "plan", "p", Map.of("price", "1")));
        }
    }

    private void nextDay() {
        now = now.plus(Duration.ofDays(1));
    }

    private AuditWatch.Result night() {
        return watch().nightly().orElseThrow();
    }

    private AuditWatch watch() {
        var settings = new Settings(
                Map.of("tenantry.audit.folder", folder.resolve("heads").toString(), "tenantry.node", "n1")::get,
                name -> null);
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        var vault = Vault.of(List.of(KEY));
        var checks = new Checks();
        checks.sql = sql;
        checks.clock = clock;
        checks.settings = settings;
        var files = new AuditHeadFiles();
        files.settings = settings;
        files.vault = vault;
        var watch = new AuditWatch();
        watch.trail = trail;
        watch.checks = checks;
        watch.files = files;
        watch.tenants = new Directory();
        watch.operatorNotifications = new OperatorNotifications() {
            @Override
            public void send(String permission, Notification notification) {
                told.add(notification);
            }
        };
        watch.mail = new OwnerMail() {
            @Override
            public boolean send(String subject, String text) {
                return mails.add(text);
            }
        };
        watch.readiness = readiness;
        watch.vault = vault;
        watch.settings = settings;
        watch.clock = clock;
        return watch;
    }

    /** Other tests have tenants in the same database, whose trails are irrelevant here. */
    private static final class Directory extends TenantDirectory {
        Directory() {
            super(Database.administration());
        }

        @Override
        public List<Tenant> all() {
            return super.all().stream()
                    .filter(tenant -> tenant.id().equals(TENANT))
                    .toList();
        }
    }

    /** Runs each call in its own transaction, as the container does. */
    private static final class Trail extends AuditTrail {
        void with(Sql sql, Vault vault) {
            inject("sql", sql);
            inject("vault", vault);
        }

        private void inject(String name, Object value) {
            try {
                var field = AuditTrail.class.getDeclaredField(name);
                field.setAccessible(true);
                field.set(this, value);
            } catch (ReflectiveOperationException failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Override
        public Optional<Fault> verifyAgainst(Optional<Head> kept, boolean wasSealed) {
            return Database.in(Tenancy.scope(), () -> super.verifyAgainst(kept, wasSealed));
        }

        @Override
        public Optional<Head> head() {
            return Database.in(Tenancy.scope(), super::head);
        }

        @Override
        public void record(String action, String subjectKind, String subjectId, Map<String, ?> facts) {
            try (var actorScope = Actors.enter(Actor.system("test"))) {
                super.record(action, subjectKind, subjectId, facts);
            }
        }
    }

    private static final class Checks extends AuditChecks {
        @Override
        public boolean begin(LocalDate day) {
            return Database.in(Scope.PLATFORM, () -> super.begin(day));
        }

        @Override
        public void end(LocalDate day, int trails, int faults, String file) {
            Database.run(Scope.PLATFORM, () -> super.end(day, trails, faults, file));
        }
    }
}

package io.tenantry.admin.offboarding;

import io.tenantry.admin.platform.TenantTransactions;
import io.tenantry.billing.charging.ChargingRuns;
import io.tenantry.billing.invoicing.InvoiceRuns;
import io.tenantry.config.Settings;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Schemas;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Snapshots;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.WorkQueue;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** A tenant on a real PostgreSQL that is offboarded, with all participating beans; each step commits as on the server. */
final class OffboardingFixture {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC);

    final TenantId tenant;
    final List<String> recorded = new ArrayList<>();
    final Sql sql = new Sql(Database.runtime());
    final TenantDirectory directory = new TenantDirectory(Database.administration());
    final TenantTransactions tenants;
    final ExportRecords records;
    final ExportFiles files;
    final ExportWork work;
    final TenantExports exports;
    final TenantDeletion deletion;

    /** Runs between the queries of the platform's schema and of the tenant's. */
    Runnable betweenSchemas = () -> {};

    /** Notified after each query for obstacles; the argument states whether it ran under the lock. */
    Consumer<Boolean> asked = isLocked -> {};

    private volatile boolean isLocked;

    OffboardingFixture(String slug, Path folder) {
        this(Database.tenant(new TenantId(slug), "EUR", "Europe/Berlin"), folder, "here");
    }

    /** The same tenant as seen by another node. */
    OffboardingFixture(OffboardingFixture other, Path folder, String node) {
        this(other.tenant, folder, node);
    }

    private OffboardingFixture(TenantId tenant, Path folder, String node) {
        this.tenant = tenant;
        var settings = new Settings(
                key -> key.equals("tenantry.exports.folder")
                        ? folder.resolve("exports").toString()
                        : key.equals("tenantry.node") ? node : null,
                key -> null);
        var audit = new AuditTrail() {
            @Override
            public void record(String action, String kind, String subject, Map<String, ?> facts) {
                if (subject.equals(tenant.value())) {
                    recorded.add(action);
                }
            }
        };
        tenants = new CommittingTenants(sql, audit);
        records = new CommittingExports(sql, audit, settings);
        files = new ExportFiles(settings);
        work = new ExportWork(directory, records, writer(), files);
        var access = new Access(sql);
        exports = new TenantExports(access, directory, records, files, settings);
        deletion = new TenantDeletion(access, directory, new CommittingObstacles(sql), tenants);
    }

    ExportWriter writer() {
        return new ExportWriter(new Snapshots(connections()));
    }

    void suspend() {
        if (!tenants.move(tenant, Tenant.State.ACTIVE, Tenant.State.SUSPENDED, "tenant.suspended")) {
            throw new IllegalStateException("not active");
        }
        directory.refresh();
    }

    void resume() {
        tenants.move(tenant, Tenant.State.SUSPENDED, Tenant.State.ACTIVE, "tenant.resumed");
        directory.refresh();
    }

    /** Requests an export and has it written. */
    Export export() {
        var asked = as(() -> exports.request(tenant)).orElseThrow();
        as(() -> {
            work.work();
            return true;
        });
        return as(() -> exports.one(tenant, asked.id()));
    }

    Path path(Export export) {
        return files.file(tenant, export.file().orElseThrow());
    }

    /** Runs the timer's work immediately. */
    void goOn() {
        as(() -> {
            deletions().work(Duration.ZERO);
            return true;
        });
    }

    DeletionWork deletions() {
        var deletions = new DeletionWork() {
            @Override
            Schemas schemas() {
                return new Schemas(Database.administration(), OffboardingFixture.class.getClassLoader());
            }
        };
        deletions.directory = directory;
        deletions.records = tenants;
        deletions.files = files;
        deletions.exports = records;
        deletions.charging = new ChargingRuns() {
            @Override
            public int forget(TenantId of) {
                return forgetIn("charging_run", of);
            }
        };
        deletions.invoicing = new InvoiceRuns() {
            @Override
            public int forget(TenantId of) {
                return forgetIn("invoicing_run", of);
            }
        };
        deletions.work = new WorkQueue() {
            @Override
            public int forget(TenantId of) {
                return forgetIn("work_item", of);
            }
        };
        return deletions;
    }

    private int forgetIn(String table, TenantId of) {
        return Database.in(Scope.WORK, () -> sql.update("delete from " + table + " where tenant = ?", of.value()));
    }

    String state() {
        return Database.texts("select state from platform.tenant where slug = '" + tenant + "'")
                .get(0);
    }

    static <T> T as(Supplier<T> work) {
        try (var actorScope = Actors.enter(Actor.system("test"))) {
            return work.get();
        }
    }

    /** Connections of the runtime user, each a new one, as from the server's pool outside a transaction. */
    private static DataSource connections() {
        return (DataSource) Proxy.newProxyInstance(
                OffboardingFixture.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> Database.connect());
    }

    private final class CommittingTenants extends TenantTransactions {
        CommittingTenants(Sql sql, AuditTrail audit) {
            super(sql, CLOCK, audit);
        }

        @Override
        public boolean move(TenantId id, Tenant.State from, Tenant.State to, String action) {
            return Database.in(Scope.PLATFORM, () -> super.move(id, from, to, action));
        }

        @Override
        public boolean leave(TenantId id, BooleanSupplier isClear) {
            return Database.in(
                    Scope.PLATFORM,
                    () -> super.leave(id, () -> {
                        isLocked = true;
                        try {
                            return isClear.getAsBoolean();
                        } finally {
                            isLocked = false;
                        }
                    }));
        }

        @Override
        public List<TenantId> leaving(Duration since) {
            return Database.in(Scope.PLATFORM, () -> super.leaving(since));
        }

        @Override
        public void stuck(TenantId id, String fault) {
            Database.run(Scope.PLATFORM, () -> super.stuck(id, fault));
        }

        @Override
        public Optional<String> fault(TenantId id) {
            return Database.in(Scope.PLATFORM, () -> super.fault(id));
        }

        @Override
        public void deleted(TenantId id) {
            Database.run(Scope.PLATFORM, () -> super.deleted(id));
        }
    }

    private final class CommittingObstacles extends Obstacles {
        CommittingObstacles(Sql sql) {
            super(sql);
        }

        @Override
        public Outside outside(TenantId of) {
            return Database.in(Scope.PLATFORM, () -> super.outside(of));
        }

        @Override
        public List<Obstacle> inside(Tenant of, Outside outside) {
            betweenSchemas.run();
            var found = Database.in(of.id(), () -> super.inside(of, outside));
            asked.accept(isLocked);
            return found;
        }
    }

    private static final class CommittingExports extends ExportRecords {
        CommittingExports(Sql sql, AuditTrail audit, Settings settings) {
            super(sql, CLOCK, audit, settings);
        }

        @Override
        public Export request(TenantId of) {
            return Database.in(Scope.PLATFORM, () -> super.request(of));
        }

        @Override
        public List<Export> list(TenantId of) {
            return Database.in(Scope.PLATFORM, () -> super.list(of));
        }

        @Override
        public Optional<Export> one(TenantId of, UUID id) {
            return Database.in(Scope.PLATFORM, () -> super.one(of, id));
        }

        @Override
        public Optional<Claim> claim() {
            return Database.in(Scope.PLATFORM, super::claim);
        }

        @Override
        public boolean progress(Claim claim, int done, int tables, long rows) {
            return Database.in(Scope.PLATFORM, () -> super.progress(claim, done, tables, rows));
        }

        @Override
        public boolean done(Claim claim, String file, ExportWriter.WrittenExport writtenExport) {
            return Database.in(Scope.PLATFORM, () -> super.done(claim, file, writtenExport));
        }

        @Override
        public void failed(Claim claim, String error, boolean again) {
            Database.run(Scope.PLATFORM, () -> super.failed(claim, error, again));
        }

        @Override
        public void downloaded(Export export) {
            Database.run(Scope.PLATFORM, () -> super.downloaded(export));
        }

        @Override
        public boolean remove(Export export) {
            return Database.in(Scope.PLATFORM, () -> super.remove(export));
        }

        @Override
        public List<Export> left() {
            return Database.in(Scope.PLATFORM, super::left);
        }

        @Override
        public void forget(TenantId of) {
            Database.run(Scope.PLATFORM, () -> super.forget(of));
        }

        @Override
        public int expire() {
            return Database.in(Scope.PLATFORM, super::expire);
        }

        @Override
        public void gone(Export export) {
            Database.run(Scope.PLATFORM, () -> super.gone(export));
        }
    }
}

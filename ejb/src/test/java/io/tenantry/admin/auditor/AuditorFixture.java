package io.tenantry.admin.auditor;

import io.tenantry.billing.charging.Charging;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Assembles the auditor over {@link Database}: each step runs in its own transaction, as on the server. */
public final class AuditorFixture {
    /** Invariants on tables, rights and functions. Tests do not change those, and checking them costs more than checking all ledgers. */
    private static final Set<String> OF_THE_SCHEMA = Set.of("history-guarded", "no-foreign-grants", "no-cross-schema");

    private static final List<Invariant> OF_THE_BOOKS = Invariant.OF_TENANTS.stream()
            .filter(invariant -> !OF_THE_SCHEMA.contains(invariant.name()))
            .toList();

    /** The platform invariant that checks the tables of all tenants that tests have created so far. */
    private static final String OF_ALL_SCHEMAS = "schemas-identical";

    /** Whether a schema was checked: all are made of the same SQL. */
    private static final AtomicBoolean SCHEMA_CHECKED = new AtomicBoolean();

    private AuditorFixture() {}

    /** Returns the auditor's findings in a tenant's ledger and, in the first tenant that is inspected, in its schema. */
    public static List<Violation> found(TenantId tenant) {
        var asked = SCHEMA_CHECKED.get() ? OF_THE_BOOKS : Invariant.OF_TENANTS;
        var found = asSystem(() -> auditor().auditTransactions.inspect(tenant, asked))
                .orElseThrow();
        if (found.isEmpty()) {
            SCHEMA_CHECKED.set(true);
        }
        return found;
    }

    /**
     * Returns the findings about some invariants in a tenant's ledger.
     *
     * @param names of invariants, or what several begin with
     */
    public static List<Violation> found(TenantId tenant, String... names) {
        var asked = new LinkedHashSet<Invariant>();
        for (var name : names) {
            var named = Invariant.OF_TENANTS.stream()
                    .filter(invariant -> invariant.name().startsWith(name))
                    .toList();
            if (named.isEmpty()) {
                throw new IllegalArgumentException("no invariant is named " + name);
            }
            asked.addAll(named);
        }
        return asSystem(() -> auditor().auditTransactions.inspect(tenant, List.copyOf(asked)))
                .orElseThrow();
    }

    /** An auditor whose steps commit. */
    static Auditor auditor() {
        var auditor = new Auditor();
        auditor.access = new Access();
        auditor.tenants = new TenantDirectory(Database.administration());
        auditor.auditTransactions = wired(new Committing(), Database.runtime());
        return auditor;
    }

    static AuditTrail trail() {
        var trail = new AuditTrail();
        inject(trail, "sql", new Sql(Database.runtime()));
        return trail;
    }

    static <T> T asSystem(Supplier<T> work) {
        try (var actorScope = Actors.enter(Actor.system("auditor"))) {
            return work.get();
        }
    }

    /**
     * Returns the auditor's findings after the statements, which run as the owner with all triggers and foreign keys disabled. Everything runs
     * in one transaction that is rolled back, so that the damage is never visible to others.
     *
     * @param tenant whose schema is damaged and inspected; null for the platform
     */
    public static List<Violation> after(@Nullable TenantId tenant, String... damage) {
        return after(tenant, AuditTransactions.invariants(tenant), damage);
    }

    /** Same as {@link #after(TenantId, String...)}, for damage outside a tenant's tables, rights and functions: those are not checked. */
    public static List<Violation> inTheLedgerAfter(@Nullable TenantId tenant, String... damage) {
        return after(
                tenant,
                AuditTransactions.invariants(tenant).stream()
                        .filter(invariant -> !OF_THE_SCHEMA.contains(invariant.name())
                                && !invariant.name().equals(OF_ALL_SCHEMAS))
                        .toList(),
                damage);
    }

    private static List<Violation> after(@Nullable TenantId tenant, List<Invariant> invariants, String... damage) {
        try (var connection = Database.administration().getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("set local session_replication_role = replica");
                statement.execute("set local search_path to " + (tenant == null ? "platform" : tenant.schema()));
                for (var one : damage) {
                    statement.execute(one);
                }
                statement.execute("set local search_path to ''");
                return wired(new AuditTransactions(), only(connection))
                        .inspect(tenant, invariants)
                        .orElseThrow();
            } finally {
                connection.rollback();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static AuditTransactions wired(AuditTransactions auditTransactions, DataSource source) {
        var clock = new MovableClock();
        auditTransactions.sql = new Sql(source);
        auditTransactions.audit = trail();
        auditTransactions.charging = new Charging(
                auditTransactions.sql,
                clock,
                new Ledger(auditTransactions.sql, clock),
                new TenantDirectory(Database.administration()));
        return auditTransactions;
    }

    private static DataSource only(Connection connection) {
        var loader = AuditorFixture.class.getClassLoader();
        var handle = Proxy.newProxyInstance(loader, new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                return null;
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        });
        return (DataSource)
                Proxy.newProxyInstance(loader, new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> handle);
    }

    private static void inject(Object bean, String name, Object value) {
        try {
            var field = bean.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(bean, value);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private static final class Committing extends AuditTransactions {
        @Override
        Optional<List<Violation>> inspect(@Nullable TenantId tenant, List<Invariant> invariants) {
            var scope =
                    tenant == null ? new Scope("tenantry_auditor", "platform", "audit:platform") : Scope.audit(tenant);
            return Database.in(scope, () -> super.inspect(tenant, invariants));
        }

        @Override
        public int park(TenantId tenant, List<Violation> violations) {
            return Database.in(tenant, () -> super.park(tenant, violations));
        }

        @Override
        public boolean release(TenantId tenant, UUID wallet, String reason) {
            return Database.in(tenant, () -> super.release(tenant, wallet, reason));
        }

        @Override
        public Auditor.Report keep(
                @Nullable TenantId tenant, List<Violation> violations, Duration took, @Nullable String failure) {
            return Database.in(Scope.PLATFORM, () -> super.keep(tenant, violations, took, failure));
        }

        @Override
        public List<Auditor.Report> latest() {
            return Database.in(Scope.PLATFORM, super::latest);
        }

        @Override
        public List<Violation> violations(long report) {
            return Database.in(Scope.PLATFORM, () -> super.violations(report));
        }

        @Override
        public boolean isFresh(@Nullable TenantId tenant, Duration within) {
            return Database.in(Scope.PLATFORM, () -> super.isFresh(tenant, within));
        }
    }
}

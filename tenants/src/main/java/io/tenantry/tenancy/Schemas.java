package io.tenantry.tenancy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope.ScopedRunner;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateSqlCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationFailedException;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Creates schemas and roles, and migrates schemas. Works as the administration's database user, outside JTA, each schema under its own database
 * lock, so that nodes starting together do not conflict; within one process, one schema after the other. No two schemas' migrations write the
 * same row of the PostgreSQL catalog: the rights of tenants in the schema of work are granted once, to a role of which all of them are members.
 *
 * <p>Tables whose comment begins with {@code append-only} may be read and added to by the runtime role, and nothing else:
 * history cannot be changed by the application, whatever it is made to say. Those whose comment begins with {@code secret} are
 * not for the auditor's eyes. Views are only read, with the rights of whoever reads.
 */
public final class Schemas {
    private static final String TENANTS = "tenantry_tenant";
    private static final String LOCK = "select pg_advisory_lock(?, hashtext(?))";

    private static final String ROLE = """
            do $$ begin
              if not exists (select from pg_roles where rolname = '${role}') then
                create role ${role} nologin;
              end if;
            end $$;
            """;
    private static final String TENANT_ROLE = ROLE + "grant ${role} to tenantry; grant " + TENANTS + " to ${role};";

    /** Enforced by the database, because another node may not have read the new state yet. */
    private static final String CLOSE = """
            do $$ begin
              if exists (select from pg_roles where rolname = '${role}') then
                revoke ${role} from tenantry;
              end if;
            end $$
            """;

    /** Liquibase keeps services for the whole process, and each update ends by resetting those of all others. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock(true);

    /** The placeholder for the schema's name in a blueprint; no schema has this name. */
    private static final String BLUEPRINT = "tenantry_blueprint";

    /** The SQL that turns an empty schema into one of a version, by version. */
    private static final Map<String, String> BLUEPRINTS = new ConcurrentHashMap<>();

    private final DataSource administration;
    private final Changelogs changelogs;

    /**
     * Creates an instance for a database.
     *
     * @param administration connections of the user that owns all schemas
     * @param changelogs the class loader that finds the changelogs
     */
    public Schemas(DataSource administration, ClassLoader changelogs) {
        this.administration = administration;
        this.changelogs = new Changelogs(changelogs);
    }

    private interface Step {
        void on(Connection connection) throws SQLException, LiquibaseException;
    }

    private interface SchemaOperation {
        void on(Database database, ResourceAccessor resources) throws LiquibaseException;
    }

    /** Creates or migrates the schema of the platform itself. */
    public void migratePlatform(String changelog) {
        migrate(Scope.PLATFORM, changelog, "");
    }

    /** Creates or migrates the shared schema of work. Its tables are under forced row-level security by tenant. */
    public void migrateWork(String changelog) {
        migrate(Scope.WORK, changelog, ROLE.replace("${role}", TENANTS));
    }

    /**
     * Records the version of this database's tenant schemas and the change sets it consists of. A tenant arriving from another cell is admitted
     * or refused by that ({@code tenant-arrive.sql}).
     */
    public void announce(String changelog) {
        try (var connection = administration.getConnection();
                var statement = connection.prepareStatement(
                        "update platform.cell set version = ?, changes = ? where name = ?")) {
            statement.setString(1, version(changelog, TENANT_ROLE));
            statement.setArray(2, connection.createArrayOf("text", changelogs.changes(changelog)));
            statement.setString(3, DatabaseCells.MAIN);
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new SqlFailure(failure);
        }
    }

    /** Creates a tenant's role and schema, or migrates an existing one. Idempotent. */
    public void migrate(TenantId tenant, String changelog) {
        migrate(Scope.of(tenant), changelog, TENANT_ROLE);
    }

    /**
     * Does the work while no other thread or node creates this tenant or undoes its creation. If the process dies, the lock is released.
     *
     * @return the work's result; empty if the lock is held elsewhere
     */
    public <T> Optional<T> building(TenantId tenant, Supplier<T> work) {
        ONE_AT_A_TIME.lock();
        try (var connection = administration.getConnection()) {
            if (!isLocked(connection, Scope.of(tenant))) {
                return Optional.empty();
            }
            try {
                return Optional.of(work.get());
            } finally {
                unlock(connection, AdvisoryLock.CREATION, Scope.of(tenant));
            }
        } catch (SQLException failure) {
            throw new SqlFailure(failure);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    /**
     * Removes everything that {@link #migrate(TenantId, String)} created, for a creation that failed halfway and for a tenant that is deleted.
     * No new transaction can start with the role; running ones are waited for, for up to half a minute. Idempotent.
     */
    public void drop(TenantId tenant) {
        var scope = Scope.of(tenant);
        locked(scope, connection -> {
            execute(connection, CLOSE.replace("${role}", scope.role()));
            execute(connection, "set lock_timeout = '30s'");
            try {
                execute(connection, "drop schema if exists " + scope.schema() + " cascade");
            } finally {
                execute(connection, "reset lock_timeout");
            }
            execute(connection, "drop role if exists " + scope.role());
        });
    }

    private void migrate(Scope scope, String changelog, String roles) {
        var version = version(changelog, roles);
        locked(scope, connection -> {
            if (isOf(connection, scope, version)) {
                return;
            }
            OutdatedDatabase.refuse(connection, scope);
            execute(connection, roles.replace("${role}", scope.role()));
            execute(connection, "create schema if not exists " + scope.schema());
            if (scope.tenant().isPresent() && isEmpty(connection, scope)) {
                build(connection, scope, blueprint(connection, changelog, version));
            } else {
                update(connection, scope, changelog);
            }
            grant(connection, scope);
            execute(connection, "comment on schema " + scope.schema() + " is '" + version + "'");
        });
    }

    /** Whether the schema already has this version: then there is nothing to do, and Liquibase is not run. */
    private static boolean isOf(Connection connection, Scope scope, String version) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select from pg_namespace n where nspname = ? and obj_description(n.oid, 'pg_namespace') = ?")) {
            statement.setString(1, scope.schema());
            statement.setString(2, version);
            try (var results = statement.executeQuery()) {
                return results.next();
            }
        }
    }

    private static boolean isEmpty(Connection connection, Scope scope) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ? limit 1")) {
            statement.setString(1, scope.schema());
            try (var results = statement.executeQuery()) {
                return !results.next();
            }
        }
    }

    /** Returns the SQL that Liquibase would run on an empty schema; generated once for each version. */
    private String blueprint(Connection connection, String changelog, String version)
            throws SQLException, LiquibaseException {
        var known = BLUEPRINTS.get(version);
        if (known != null) {
            return known;
        }
        var statements = new ByteArrayOutputStream();
        var untold = Map.<String, Object>of(liquibase.Scope.Attr.logService.name(), new QuietLiquibaseLog());
        with(connection, BLUEPRINT, untold, (database, resources) -> {
            var command = new CommandScope(UpdateSqlCommandStep.COMMAND_NAME);
            command.addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database);
            command.addArgumentValue(UpdateSqlCommandStep.CHANGELOG_FILE_ARG, changelog);
            command.setOutput(statements);
            command.execute();
        });
        var blueprint = statements.toString(StandardCharsets.UTF_8);
        BLUEPRINTS.put(version, blueprint);
        return blueprint;
    }

    /**
     * Runs in one transaction: if the process dies, nothing of the schema remains. Function bodies are not checked for each tenant, which would
     * take a sixth of the time: Liquibase checks them where it creates or changes a schema.
     */
    private static void build(Connection connection, Scope scope, String blueprint) throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute(connection, "set local search_path = " + scope.schema());
            execute(connection, "set local check_function_bodies = off");
            execute(connection, blueprint.replace(BLUEPRINT, scope.schema()));
            connection.commit();
        } catch (SQLException failure) {
            connection.rollback();
            throw failure;
        } finally {
            connection.setAutoCommit(true);
            execute(connection, "reset search_path");
        }
    }

    private String version(String changelog, String roles) {
        return changelogs.version(changelog, roles + GRANTS);
    }

    private void locked(Scope scope, Step step) {
        ONE_AT_A_TIME.lock();
        try (var connection = administration.getConnection()) {
            call(connection, LOCK, AdvisoryLock.MIGRATION, scope);
            try {
                step.on(connection);
            } finally {
                unlock(connection, AdvisoryLock.MIGRATION, scope);
            }
        } catch (SQLException failure) {
            throw new SqlFailure(failure);
        } catch (LiquibaseException failure) {
            throw failure(scope, failure);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static MigrationFailure failure(Scope scope, LiquibaseException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ValidationFailedException invalid
                    && !invalid.getInvalidMD5Sums().isEmpty()) {
                return OutdatedDatabase.edited(scope, String.join(", ", invalid.getInvalidMD5Sums()));
            }
        }
        return new MigrationFailure(scope, failure);
    }

    private void update(Connection connection, Scope scope, String changelog) throws SQLException, LiquibaseException {
        with(connection, scope.schema(), Map.of(), (database, resources) -> {
            // Our advisory lock is the lock; a row left behind by a dead process must not block the next start.
            LockServiceFactory.getInstance().getLockService(database).forceReleaseLock();
            new Liquibase(changelog, resources, database).update(new Contexts(), new LabelExpression());
        });
    }

    private void with(
            Connection connection, String schema, Map<String, Object> settings, SchemaOperation schemaOperation)
            throws SQLException, LiquibaseException {
        execute(connection, "select set_config('search_path', '" + schema + "', false)");
        try (var resources = new ClassLoaderResourceAccessor(changelogs.files())) {
            var values = new HashMap<>(settings);
            values.put(liquibase.Scope.Attr.classLoader.name(), changelogs.files());
            values.put(liquibase.Scope.Attr.resourceAccessor.name(), resources);
            ScopedRunner<Void> run = () -> {
                var database =
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
                database.setDefaultSchemaName(schema);
                database.setLiquibaseSchemaName(schema);
                schemaOperation.on(database, resources);
            };
            liquibase.Scope.child(values, run);
        } catch (SQLException | LiquibaseException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new LiquibaseException(failure);
        } finally {
            connection.setAutoCommit(true);
            execute(connection, "reset search_path");
        }
    }

    private static final String GRANTS = """
            revoke all on schema ${schema} from public;
            grant usage on schema ${schema} to ${role}, tenantry_auditor;
            grant usage on all sequences in schema ${schema} to ${role};
            revoke execute on all functions in schema ${schema} from public;
            grant execute on all functions in schema ${schema} to ${role};
            do $$
            declare t record;
            begin
              for t in
                select c.relname, c.relkind,
                       coalesce(obj_description(c.oid, 'pg_class'), '') like 'append-only%' as append_only,
                       coalesce(obj_description(c.oid, 'pg_class'), '') like 'secret%' as secret
                  from pg_class c
                 where c.relnamespace = '${schema}'::regnamespace
                   and c.relkind in ('r', 'p', 'v')
                   and c.relname not like 'databasechangelog%'
              loop
                execute format('revoke all on ${schema}.%I from ${role}', t.relname);
                execute format(
                  case when t.relkind = 'v' then 'grant select on ${schema}.%I to ${role}'
                       when t.append_only then 'grant select, insert on ${schema}.%I to ${role}'
                       else 'grant select, insert, update, delete on ${schema}.%I to ${role}' end,
                  t.relname);
                execute format(
                  case when t.secret then 'revoke all on ${schema}.%I from tenantry_auditor'
                       else 'grant select on ${schema}.%I to tenantry_auditor' end,
                  t.relname);
              end loop;
            end $$
            """;

    private static void grant(Connection connection, Scope scope) throws SQLException {
        execute(connection, GRANTS.replace("${schema}", scope.schema()).replace("${role}", scope.role()));
    }

    private static boolean isLocked(Connection connection, Scope scope) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?, hashtext(?))")) {
            statement.setInt(1, AdvisoryLock.CREATION.space());
            statement.setString(2, scope.schema());
            try (var results = statement.executeQuery()) {
                return results.next() && results.getBoolean(1);
            }
        }
    }

    private static void unlock(Connection connection, AdvisoryLock lock, Scope scope) throws SQLException {
        call(connection, "select pg_advisory_unlock(?, hashtext(?))", lock, scope);
    }

    private static void call(Connection connection, String sql, AdvisoryLock lock, Scope scope) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, lock.space());
            statement.setString(2, scope.schema());
            statement.execute();
        }
    }

    /** Identifiers come from {@link Scope}, whose tenant names are validated slugs; nothing else is ever inserted into the text. */
    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.MigrationFailure;
import io.tenantry.tenancy.OutdatedDatabase;
import io.tenantry.tenancy.Schemas;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Several nodes create and migrate schemas at once and leave current ones unchanged. A node is a separate class loader here: Liquibase and
 * Tenantry keep state in static fields, which two nodes do not share.
 */
class SchemasTest {
    private static final int NODES = 2;
    private static final int THREADS = 6;
    private static final int TENANTS = 12;

    private static final String PIECES = """
            select concat_ws(' ', 'function', pg_get_functiondef(p.oid), array(select unnest(p.proacl)::text order by 1), obj_description(p.oid, 'pg_proc'))
              from pg_proc p
             where p.pronamespace = '${schema}'::regnamespace
             union all
            select concat_ws(' ', 'relation', c.relname, c.relkind, c.relowner::regrole, array(select unnest(c.relacl)::text order by 1), c.reloptions, obj_description(c.oid, 'pg_class'))
              from pg_class c
             where c.relnamespace = '${schema}'::regnamespace
             union all
            select concat_ws(' ', 'column', c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
                             a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attacl, col_description(c.oid, a.attnum))
              from pg_class c
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
              left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
             where c.relnamespace = '${schema}'::regnamespace
             union all
            select concat_ws(' ', 'constraint', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid), k.convalidated)
              from pg_constraint k
             where k.connamespace = '${schema}'::regnamespace
             union all
            select concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid)
              from pg_index i
              join pg_class c on c.oid = i.indrelid
             where c.relnamespace = '${schema}'::regnamespace
             union all
            select concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled)
              from pg_trigger t
              join pg_class c on c.oid = t.tgrelid
             where c.relnamespace = '${schema}'::regnamespace
               and not t.tgisinternal
             union all
            select concat_ws(' ', 'schema', n.nspowner::regrole, array(select unnest(n.nspacl)::text order by 1), obj_description(n.oid, 'pg_namespace'))
              from pg_namespace n
             where n.nspname = '${schema}'
             union all
            select concat_ws(' ', 'role', r) from ${schema}.role r
             union all
            select concat_ws(' ', 'change', author, id, filename, orderexecuted, exectype, md5sum, description, comments, tag, contexts, labels, liquibase)
              from ${schema}.databasechangelog
             union all
            select concat_ws(' ', 'lock', id, locked, lockedby) from ${schema}.databasechangeloglock
            """;

    @Tag("full")
    @Test
    void createsTenantsConcurrentlyOnSeveralNodesDuringAStartup() throws Exception {
        Database.administration();
        var threads = Executors.newFixedThreadPool(THREADS + 1);
        try (var one = node();
                var two = node()) {
            var making = new ArrayList<Future<?>>();
            for (var i = 0; i < TENANTS; i++) {
                var slug = "parallel-" + i;
                var node = i % NODES == 0 ? one : two;
                making.add(threads.submit(() -> on(node, () -> migrate(node, slug))));
                making.add(threads.submit(() -> on(node, () -> migrateWork(node))));
            }
            for (var made : making) {
                made.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(Database.texts("select count(*) from pg_namespace where nspname like 't\\_parallel\\_%'"))
                .containsExactly(Integer.toString(TENANTS));
        assertThat(
                        Database.texts(
                                "select distinct count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                                        + " where n.nspname like 't\\_parallel\\_%' or n.nspname = 't_aurora' group by n.nspname"))
                .hasSize(1);
    }

    @Test
    void grantsOnWorkTablesDoNotGrowWithTenants() {
        var before = Database.texts("select relacl::text from pg_class where oid = 'work.charging_run'::regclass");

        Database.tenant(new TenantId("one-more"), "EUR", "Europe/Berlin");

        assertThat(Database.texts("select relacl::text from pg_class where oid = 'work.charging_run'::regclass"))
                .isEqualTo(before);
        assertThat(Database.texts("select has_table_privilege('tn_one_more', 'work.charging_slice', 'update')"
                        + " and not has_table_privilege('tn_one_more', 'work.charging_slice', 'delete')"
                        + " and has_table_privilege('tn_one_more', 'work.work_item', 'insert')"
                        + " and not has_table_privilege('tn_one_more', 'work.work_item', 'delete')"
                        + " and not has_table_privilege('tn_one_more', 'work.node', 'select')"))
                .containsExactly("t");
    }

    @Test
    void skipsAnUpToDateSchemaUntilItsVersionIsCleared() {
        var id = Database.tenant(new TenantId("up-to-date"), "EUR", "Europe/Berlin");
        var schemas = new Schemas(Database.administration(), Database.class.getClassLoader());
        Database.asOwner(
                "update t_up_to_date.databasechangelog set id = 'mislaid' where id = 'baseline' and author = 'wallet'");

        schemas.migrate(id, "db/tenant/changelog.xml");
        Database.asOwner("comment on schema t_up_to_date is null");

        assertThatThrownBy(() -> schemas.migrate(id, "db/tenant/changelog.xml")).isInstanceOf(MigrationFailure.class);
    }

    /** Where part of the schema already exists, Liquibase creates the rest, change by change. */
    @Test
    void createsTheSameSchemaFromScriptAsLiquibase() {
        Database.asOwner("create schema t_step_by_step");
        Database.asOwner("create table t_step_by_step.in_the_way (id integer)");
        Database.tenant(new TenantId("step-by-step"), "EUR", "Europe/Berlin");
        Database.asOwner("drop table t_step_by_step.in_the_way");

        Database.tenant(new TenantId("at-once"), "EUR", "Europe/Berlin");

        assertThat(piecesOf("at_once"))
                .hasSizeGreaterThan(1_000)
                .anyMatch(piece -> piece.startsWith("function CREATE OR REPLACE FUNCTION schema.move_charges("))
                .anyMatch(piece -> piece.startsWith("change ledger baseline"))
                .containsExactlyElementsOf(piecesOf("step_by_step"));
    }

    @Test
    void leavesNothingForLiquibaseAfterCreatingFromScript() {
        var id = Database.tenant(new TenantId("nothing-left"), "EUR", "Europe/Berlin");
        var made = piecesOf("nothing_left");
        Database.asOwner("comment on schema t_nothing_left is null");
        Database.asOwner("update t_nothing_left.databasechangelog set dateexecuted = '2026-01-01'");

        new Schemas(Database.administration(), Database.class.getClassLoader()).migrate(id, "db/tenant/changelog.xml");

        assertThat(piecesOf("nothing_left")).isEqualTo(made);
        assertThat(Database.texts("select distinct dateexecuted::date::text from t_nothing_left.databasechangelog"))
                .containsExactly("2026-01-01");
    }

    /** A change set after a baseline, and an edited function, have the same result on a schema of this version as on a new one. */
    @Test
    void migratesToTheSameSchemaAsANewOne() throws IOException {
        var older = Database.tenant(new TenantId("before-change"), "EUR", "Europe/Berlin");
        var before = piecesOf("before_change");
        try (var next = nextVersion()) {
            var schemas = new Schemas(Database.administration(), next);
            schemas.migrate(older, "db/tenant/changelog.xml");
            schemas.migrate(new TenantId("with-change"), "db/tenant/changelog.xml");
        }
        assertThat(withoutChanges(piecesOf("before_change")))
                .isNotEqualTo(withoutChanges(before))
                .anyMatch(piece -> piece.startsWith("column ssh_key ") && piece.contains(" noted text t "))
                .anyMatch(piece -> piece.contains("schema.hourly_of(") && piece.contains("/ 730, 8) + 0"))
                .containsExactlyElementsOf(withoutChanges(piecesOf("with_change")));
        assertThat(Database.texts("select author || ':' || id from t_before_change.databasechangelog"))
                .containsExactlyInAnyOrderElementsOf(
                        Database.texts("select author || ':' || id from t_with_change.databasechangelog"));
    }

    @Test
    void refusesASchemaOlderThanTheBaseline() {
        var id = Database.tenant(new TenantId("renumbered"), "EUR", "Europe/Berlin");
        Database.asOwner("comment on schema t_renumbered is null");
        Database.asOwner(
                "insert into t_renumbered.databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)"
                        + " values ('0001', 'identity', 'db/tenant/identity/0001-identity.sql', now(), 1, 'EXECUTED')");
        var schemas = new Schemas(Database.administration(), Database.class.getClassLoader());
        var made = piecesOf("renumbered");

        assertThatThrownBy(() -> schemas.migrate(id, "db/tenant/changelog.xml"))
                .isInstanceOf(OutdatedDatabase.class)
                .hasMessageContaining("made by a version before the first release")
                .hasMessageContaining("in schema t_renumbered there is change identity:0001")
                .hasMessageContaining("delete its folder");
        assertThat(piecesOf("renumbered")).isEqualTo(made);
    }

    @Test
    void refusesASchemaOfAnotherBaseline() {
        var id = Database.tenant(new TenantId("edited"), "EUR", "Europe/Berlin");
        Database.asOwner("comment on schema t_edited is null");
        Database.asOwner("update t_edited.databasechangelog set md5sum = '9:" + "0".repeat(32)
                + "' where author = 'wallet' and id = 'baseline'");
        var schemas = new Schemas(Database.administration(), Database.class.getClassLoader());

        assertThatThrownBy(() -> schemas.migrate(id, "db/tenant/changelog.xml"))
                .isInstanceOf(OutdatedDatabase.class)
                .hasMessageContaining("change sets have been edited since")
                .hasMessageContaining("db/tenant/billing/wallet.sql::baseline::wallet");
    }

    /** A schema with the wholesale functions of an earlier version receives the current ones. */
    @Test
    void updatesTheWholesaleFunctionsOfAnExistingSchema() {
        var id = Database.tenant(new TenantId("older-functions"), "EUR", "Europe/Berlin");
        var made = wholesaleFunctions();
        assertThat(made).hasSize(4);
        Database.asOwner("""
                do $$
                declare f record;
                begin
                  perform set_config('check_function_bodies', 'off', true);
                  for f in select pg_get_functiondef(p.oid) as made
                             from pg_proc p
                            where p.pronamespace = 't_older_functions'::regnamespace
                              and (p.proname like '%wholesale%' or p.proname = 'collect_wholesale') loop
                    execute replace(replace(f.made, 'select', 'select /* before */'), 'begin', 'begin /* before */');
                  end loop;
                end $$
                """);
        assertThat(wholesaleFunctions()).doesNotContainAnyElementsOf(made);
        Database.asOwner("update t_older_functions.databasechangelog set md5sum = '9:" + "0".repeat(32)
                + "' where id = 'collect_wholesale' or id like '%wholesale%'");
        Database.asOwner("comment on schema t_older_functions is null");

        new Schemas(Database.administration(), Database.class.getClassLoader()).migrate(id, "db/tenant/changelog.xml");

        assertThat(wholesaleFunctions()).isEqualTo(made);
    }

    private static List<String> wholesaleFunctions() {
        return Database.texts("""
                select pg_get_functiondef(p.oid)
                  from pg_proc p
                 where p.pronamespace = 't_older_functions'::regnamespace
                   and (p.proname like '%wholesale%' or p.proname = 'collect_wholesale')
                 order by 1
                """);
    }

    /** Returns all parts of a schema without schema-specific names: definitions, rights, comments and Liquibase's records. */
    private static List<String> piecesOf(String name) {
        return Database.texts(PIECES.replace("${schema}", "t_" + name)).stream()
                .map(piece -> piece.replace("t_" + name, "schema").replace("tn_" + name, "role"))
                .sorted()
                .toList();
    }

    private static List<String> withoutChanges(List<String> pieces) {
        return pieces.stream()
                .filter(piece -> !piece.startsWith("change ") && !piece.startsWith("schema "))
                .toList();
    }

    /** Sees the change logs of a later version. */
    private static URLClassLoader nextVersion() throws IOException {
        var folder = Files.createDirectories(Path.of("target", "next-version"));
        edit(folder, "db/tenant/cloud/launch.sql", text -> text + """

                --changeset launch:0001 splitStatements:false
                alter table ssh_key add column noted text not null default '';
                comment on column ssh_key.noted is 'something that a later version notes';
                """);
        edit(folder, "db/tenant/catalog/functions/hourly_of.sql", text -> text.replace("/ 730, 8)", "/ 730, 8) + 0"));
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, Database.class.getClassLoader()) {
            @Override
            public @Nullable URL getResource(String name) {
                var edited = findResource(name);
                return edited == null ? super.getResource(name) : edited;
            }

            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                var edited = findResource(name);
                return edited == null ? super.getResources(name) : Collections.enumeration(List.of(edited));
            }
        };
    }

    private static void edit(Path folder, String file, UnaryOperator<String> change) throws IOException {
        try (var in = Objects.requireNonNull(SchemasTest.class.getClassLoader().getResourceAsStream(file))) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var edited = change.apply(text);
            assertThat(edited).isNotEqualTo(text);
            var copy = folder.resolve(file);
            Files.createDirectories(Objects.requireNonNull(copy.getParent()));
            Files.writeString(copy, edited, StandardCharsets.UTF_8);
        }
    }

    private static URLClassLoader node() throws IOException {
        var path = Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1))
                .map(SchemasTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Object on(ClassLoader node, Callable<Object> work) throws Exception {
        var before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(node);
        try {
            return work.call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Object migrate(ClassLoader node, String slug) throws ReflectiveOperationException {
        var tenant = node.loadClass(TenantId.class.getName());
        var id = tenant.getConstructor(String.class).newInstance(slug);
        return schemas(node)
                .getClass()
                .getMethod("migrate", tenant, String.class)
                .invoke(schemas(node), id, "db/tenant/changelog.xml");
    }

    private static Object migrateWork(ClassLoader node) throws ReflectiveOperationException {
        return schemas(node)
                .getClass()
                .getMethod("migrateWork", String.class)
                .invoke(schemas(node), "db/work/changelog.xml");
    }

    private static Object schemas(ClassLoader node) throws ReflectiveOperationException {
        return node.loadClass(Schemas.class.getName())
                .getConstructor(DataSource.class, ClassLoader.class)
                .newInstance(Database.administration(), node);
    }
}

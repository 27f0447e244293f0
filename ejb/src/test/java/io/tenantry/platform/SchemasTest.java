package io.tenantry.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.MigrationFailure;
import io.tenantry.tenancy.Schemas;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Several nodes make and migrate schemas at once, and leave alone what is up to date. A node is a class loader of its own here: Liquibase and we keep state in
 * static fields, which two nodes do not share.
 */
class SchemasTest {
    private static final int NODES = 2;
    private static final int THREADS = 6;
    private static final int TENANTS = 12;

    @Test
    void tenantsAreMadeByManyThreadsOfManyNodesWhileAnotherStarts() throws Exception {
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
    void rightsOnTheTablesOfWorkDoNotGrowWithTheTenants() {
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
    void aSchemaThatIsUpToDateIsPassedOverUntilItsVersionIsForgotten() {
        var id = Database.tenant(new TenantId("up-to-date"), "EUR", "Europe/Berlin");
        var schemas = new Schemas(Database.administration(), Database.class.getClassLoader());
        Database.asOwner(
                "update t_up_to_date.databasechangelog set id = 'mislaid' where id = '0001' and author = 'wallet'");

        schemas.migrate(id, "db/tenant/changelog.xml");
        Database.asOwner("comment on schema t_up_to_date is null");

        assertThatThrownBy(() -> schemas.migrate(id, "db/tenant/changelog.xml")).isInstanceOf(MigrationFailure.class);
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

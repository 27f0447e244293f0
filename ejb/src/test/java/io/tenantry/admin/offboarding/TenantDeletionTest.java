package io.tenantry.admin.offboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.offboarding.Obstacle.Kind;
import io.tenantry.admin.offboarding.TenantDeletion.Outcome;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Schemas;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletion of tenants of a real PostgreSQL, from each state in which a process can have died. */
class TenantDeletionTest {
    @TempDir
    Path folder;

    @Test
    void deletesEverythingExceptSlugAndExport() throws Exception {
        var offboardingFixture = new OffboardingFixture("del-all", folder);
        work("del-all", "DONE");
        offboardingFixture.suspend();
        var export = offboardingFixture.export();
        Files.writeString(offboardingFixture.path(export).resolveSibling(".half.part"), "of a process that died");

        assertThat(delete(offboardingFixture, "del-all")).isEqualTo(new Outcome.Started());

        assertThat(offboardingFixture.state()).isEqualTo("DELETING");
        assertThat(offboardingFixture.directory.byHost("del-all.example")).isEmpty();
        assertThat(offboardingFixture.directory.chargeable())
                .extracting(Tenant::id)
                .doesNotContain(offboardingFixture.tenant);
        offboardingFixture.goOn();
        gone("del-all");
        assertThat(offboardingFixture.directory.byId(offboardingFixture.tenant)).hasValueSatisfying(tombstone -> {
            assertThat(tombstone.state()).isEqualTo(Tenant.State.DELETED);
            assertThat(tombstone.name()).isEqualTo("del-all");
            assertThat(tombstone.hosts()).isEmpty();
        });
        assertThat(offboardingFixture.path(export)).exists();
        assertThat(offboardingFixture.path(export).resolveSibling(".half.part")).doesNotExist();
        assertThat(offboardingFixture.recorded).endsWith("tenant.deletion_started", "tenant.deleted");

        offboardingFixture.goOn();
        assertThat(offboardingFixture.recorded)
                .filteredOn("tenant.deleted"::equals)
                .hasSize(1);
    }

    @Test
    void resumesAfterAWorkerDied() {
        var after = List.<Consumer>of(
                offboardingFixture -> {},
                offboardingFixture -> Database.asOwner("revoke " + offboardingFixture.tenant.role() + " from tenantry"),
                offboardingFixture ->
                        Database.asOwner("drop schema " + offboardingFixture.tenant.schema() + " cascade"),
                offboardingFixture -> schemas().drop(offboardingFixture.tenant),
                offboardingFixture -> {
                    schemas().drop(offboardingFixture.tenant);
                    Database.asOwner("delete from work.work_item where tenant = '" + offboardingFixture.tenant + "'");
                });
        for (var died = 0; died < after.size(); died++) {
            var slug = "del-died-" + died;
            var offboardingFixture = new OffboardingFixture(slug, folder);
            work(slug, "DONE");
            offboardingFixture.suspend();
            offboardingFixture.export();
            assertThat(delete(offboardingFixture, slug)).isEqualTo(new Outcome.Started());
            after.get(died).accept(offboardingFixture);
            offboardingFixture.goOn();
            assertThat(offboardingFixture.state()).as(slug).isEqualTo("DELETED");
            gone(slug);
        }
    }

    @Test
    void evictsTheTenantFromNodesBeforeItsDataIsDeleted() {
        var offboardingFixture = new OffboardingFixture("del-early", folder);
        offboardingFixture.suspend();
        offboardingFixture.export();
        delete(offboardingFixture, "del-early");
        OffboardingFixture.as(() -> {
            offboardingFixture.deletions().work(Duration.ofMinutes(5));
            return true;
        });
        assertThat(offboardingFixture.state()).isEqualTo("DELETING");
        assertThat(Database.texts("select nspname from pg_namespace where nspname = 't_del_early'"))
                .hasSize(1);
    }

    @Test
    void reportsAFailureAndRetries() {
        var offboardingFixture = new OffboardingFixture("del-stuck", folder);
        offboardingFixture.suspend();
        offboardingFixture.export();
        delete(offboardingFixture, "del-stuck");
        Database.asOwner("create schema del_stuck_elsewhere authorization tn_del_stuck");
        offboardingFixture.goOn();
        assertThat(offboardingFixture.state()).isEqualTo("DELETING");
        assertThat(OffboardingFixture.as(() -> offboardingFixture.deletion.fault(offboardingFixture.tenant)))
                .get(Assertions.as(org.assertj.core.api.InstanceOfAssertFactories.STRING))
                .contains("cannot be dropped");
        Database.asOwner("drop schema del_stuck_elsewhere");
        offboardingFixture.goOn();
        assertThat(offboardingFixture.state()).isEqualTo("DELETED");
        assertThat(OffboardingFixture.as(() -> offboardingFixture.deletion.fault(offboardingFixture.tenant)))
                .isEmpty();
    }

    @Test
    void requiresTheSlugASuspensionAndAnExport() {
        var offboardingFixture = new OffboardingFixture("del-asked", folder);
        assertThat(delete(offboardingFixture, "del-asked")).isEqualTo(refused(Kind.NOT_SUSPENDED));
        offboardingFixture.suspend();
        assertThat(delete(offboardingFixture, "del-aske")).isEqualTo(new Outcome.Unconfirmed());
        assertThat(delete(offboardingFixture, "del-asked")).isEqualTo(refused(Kind.NOT_EXPORTED));
        offboardingFixture.export();
        offboardingFixture.resume();
        offboardingFixture.suspend();
        assertThat(delete(offboardingFixture, "del-asked")).isEqualTo(refused(Kind.NOT_EXPORTED));
        var second = offboardingFixture.export();
        OffboardingFixture.as(() -> offboardingFixture.exports.remove(offboardingFixture.tenant, second.id()));
        assertThat(delete(offboardingFixture, "del-asked")).isEqualTo(refused(Kind.NOT_EXPORTED));
        offboardingFixture.export();
        assertThat(offboardingFixture.state()).isEqualTo("SUSPENDED");
        assertThat(offboardingFixture.recorded).doesNotContain("tenant.deletion_started");
        assertThat(delete(offboardingFixture, "del-asked")).isEqualTo(new Outcome.Started());
        assertThat(delete(offboardingFixture, "del-asked")).isEqualTo(refused(Kind.NOT_SUSPENDED));
        Assertions.assertThatThrownBy(() -> OffboardingFixture.as(
                        () -> offboardingFixture.deletion.delete(new TenantId("del-nobody"), "del-nobody")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void requiresANewExportAfterFurtherEntries() {
        var offboardingFixture = new OffboardingFixture("del-moved", folder);
        offboardingFixture.suspend();
        offboardingFixture.export();
        sale("t_del_moved", "CASH", "2026-10-05T12:00:00Z");
        assertThat(delete(offboardingFixture, "del-moved")).isEqualTo(refused(Kind.EXPORT_OUTDATED));
        offboardingFixture.export();
        assertThat(delete(offboardingFixture, "del-moved")).isEqualTo(new Outcome.Started());
    }

    @Test
    void listsRemainingServicesAddonsAndWorkItems() {
        var offboardingFixture = new OffboardingFixture("del-runs", folder);
        offboardingFixture.suspend();
        service("t_del_runs", "web-1", "ACTIVE");
        service("t_del_runs", "web-2", "TERMINATING");
        service("t_del_runs", "old", "TERMINATED");
        service("t_del_runs", "never", "FAILED");
        work("del-runs", "OPEN");
        offboardingFixture.export();
        assertThat(delete(offboardingFixture, "del-runs"))
                .isEqualTo(new Outcome.Refused(List.of(
                        new Obstacle(Kind.SERVICES, 2, List.of("web-1 (ACTIVE)", "web-2 (TERMINATING)")),
                        new Obstacle(Kind.WORK, 1, List.of("delete")))));
        Database.asOwner("update t_del_runs.service set state = 'TERMINATED'");
        Database.asOwner("update work.work_item set state = 'DONE', ended_at = now() where tenant = 'del-runs'");
        assertThat(delete(offboardingFixture, "del-runs")).isEqualTo(new Outcome.Started());
    }

    @Test
    void requiresInvoicingSettlementAndPaymentOfAllMonths() {
        var offboardingFixture = new OffboardingFixture("del-owes", folder);
        offboardingFixture.suspend();
        sale("t_del_owes", "REVENUE", "2026-10-05T12:00:00Z");
        offboardingFixture.export();
        assertThat(delete(offboardingFixture, "del-owes"))
                .isEqualTo(new Outcome.Refused(List.of(
                        new Obstacle(Kind.UNINVOICED, 1, List.of("2026-10")),
                        new Obstacle(Kind.UNSETTLED, 1, List.of("2026-10")))));

        invoicingRun("del-owes", "2026-10");
        account("del-owes");
        settlementRun("del-owes", "2026-10", "WAITING");
        assertThat(delete(offboardingFixture, "del-owes"))
                .isEqualTo(new Outcome.Refused(List.of(new Obstacle(Kind.UNSETTLED, 1, List.of("2026-10")))));

        Database.asOwner("update platform.settlement_run set state = 'DONE', ended_at = now() where account_id in"
                + " (select id from platform.reseller_ledger_account where tenant = 'del-owes')");
        unpaid("del-owes");
        assertThat(delete(offboardingFixture, "del-owes"))
                .isEqualTo(new Outcome.Refused(List.of(new Obstacle(Kind.UNPAID, 1, List.of("DEL-OWES-1")))));

        Database.asOwner(
                "set session_replication_role = replica; update platform.settlement set state = 'PAID', paid_at = now()"
                        + " where number_text = 'DEL-OWES-1'");
        assertThat(delete(offboardingFixture, "del-owes")).isEqualTo(new Outcome.Started());
        offboardingFixture.goOn();
        gone("del-owes");
        assertThat(
                        Database.texts(
                                "select tenant from platform.reseller_ledger_account where tenant = 'del-owes' and closed_at is null"))
                .hasSize(1);
        Database.asOwner(
                "set session_replication_role = replica; delete from platform.settlement where number_text = 'DEL-OWES-1'");
    }

    private interface Consumer {
        void accept(OffboardingFixture offboardingFixture);
    }

    private static Outcome delete(OffboardingFixture offboardingFixture, String typed) {
        return OffboardingFixture.as(() -> offboardingFixture.deletion.delete(offboardingFixture.tenant, typed));
    }

    private static Outcome refused(Kind kind) {
        return new Outcome.Refused(List.of(Obstacle.of(kind)));
    }

    private static Schemas schemas() {
        return new Schemas(Database.administration(), TenantDeletionTest.class.getClassLoader());
    }

    private static void gone(String slug) {
        var name = slug.replace('-', '_');
        assertThat(Database.texts("select nspname from pg_namespace where nspname = 't_" + name + "'"
                        + " union all select rolname from pg_roles where rolname = 'tn_" + name + "'"
                        + " union all select host from platform.tenant_host where tenant = '" + slug + "'"
                        + " union all select tenant from work.work_item where tenant = '" + slug + "'"
                        + " union all select tenant from work.charging_run where tenant = '" + slug + "'"
                        + " union all select tenant from work.invoicing_run where tenant = '" + slug + "'"))
                .isEmpty();
    }

    private static void work(String slug, String state) {
        Database.asOwner(
                "insert into work.work_item (tenant, tenant_role, kind, key, subject, state, ended_at) values ('" + slug
                        + "', 'tn_" + slug.replace('-', '_') + "', 'delete', 'k', '" + UUID.randomUUID() + "', '"
                        + state + "', "
                        + (state.equals("DONE") ? "now()" : "null") + ")");
    }

    /** The referenced rows are irrelevant here. */
    private static void service(String schema, String name, String state) {
        Database.asOwner("set session_replication_role = replica; insert into " + schema
                + ".service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider, state, ordered_at)"
                + " values ('" + UUID.randomUUID() + "', '" + UUID.randomUUID() + "', '" + UUID.randomUUID()
                + "', 'VPS', '" + name + "', '" + UUID.randomUUID() + "', '" + UUID.randomUUID()
                + "', 'fra', 'sandbox', '"
                + state + "', now())");
    }

    private static void sale(String schema, String account, String at) {
        var id = UUID.randomUUID();
        Database.asOwner("set session_replication_role = replica;"
                + "insert into " + schema + ".ledger_account (id, kind, currency, opened_at) values ('" + id + "', '"
                + account
                + "', 'EUR', now()) on conflict do nothing;"
                + "insert into " + schema
                + ".journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor, reason) values ('DEBIT', 'pack:1', '"
                + id + "', '" + at + "', now(), 'test', 'a sale');"
                + "insert into " + schema + ".posting (entry_id, account_id, currency, amount)"
                + " select max(id), '" + id + "', 'EUR', 1 from " + schema + ".journal_entry");
    }

    private static void invoicingRun(String slug, String month) {
        Database.asOwner(
                "insert into work.invoicing_run (tenant, tenant_role, month, period_to, due_at, state, ended_at) values ('"
                        + slug + "', 'tn_" + slug.replace('-', '_') + "', '" + month
                        + "-01', '2026-10-31T23:00:00Z', '2026-11-02', 'DONE', now())");
    }

    private static void account(String slug) {
        Database.asOwner(
                "insert into platform.reseller_ledger_account (id, tenant, tenant_role, currency, opened_at) values ('"
                        + UUID.randomUUID() + "', '" + slug + "', 'tn_" + slug.replace('-', '_') + "', 'EUR', now())");
    }

    private static void settlementRun(String slug, String month, String state) {
        Database.asOwner(
                "insert into platform.settlement_run (id, account_id, month, since, period_from, period_to, due_at, state, retry_at)"
                        + " select '" + UUID.randomUUID() + "', id, '" + month
                        + "-01', '2026-09-30T22:00:00Z', '2026-09-30T22:00:00Z',"
                        + " '2026-10-31T23:00:00Z', '2026-11-04', '" + state
                        + "', now() from platform.reseller_ledger_account where tenant = '" + slug
                        + "'");
    }

    private static void unpaid(String slug) {
        Database.asOwner(
                "set session_replication_role = replica; insert into platform.settlement (id, account_id, year, number,"
                        + " number_text, currency, decimals, month, period_from, period_to, services, organizations, revenue, wholesale, fees,"
                        + " issued_at, issued_by) select '" + UUID.randomUUID()
                        + "', id, 1999, 1, 'DEL-OWES-1', 'EUR', 2, '2026-10-01',"
                        + " '2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z', 0, 0, 0, 5, 0, now(), 'test' from platform.reseller_ledger_account"
                        + " where tenant = '" + slug + "'");
    }
}

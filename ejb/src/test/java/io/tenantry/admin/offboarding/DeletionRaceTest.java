package io.tenantry.admin.offboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.offboarding.Obstacle.Kind;
import io.tenantry.admin.offboarding.TenantDeletion.Outcome;
import io.tenantry.config.Settings;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.WorkItems;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reseller is deleted while some of its data is being changed: obstacles found absent are still absent when the deletion commits. */
@Tag("full")
class DeletionRaceTest {
    private static final int PATIENCE_SECONDS = 30;

    @TempDir
    Path folder;

    @Test
    void refusesDeletionWhileAChangeIsInProgress() throws Exception {
        for (var change : List.<Change>of(
                new Change("race-service", Kind.SERVICES, DeletionRaceTest::order),
                new Change("race-entry", Kind.EXPORT_OUTDATED, DeletionRaceTest::book),
                new Change("race-work", Kind.WORK, DeletionRaceTest::work))) {
            var offboardingFixture = ready(change.slug());
            var written = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            var other = CompletableFuture.runAsync(() -> Database.run(offboardingFixture.tenant, () -> {
                var unused = change.in().apply(offboardingFixture);
                written.countDown();
                await(go);
            }));
            await(written);

            var deletion = CompletableFuture.supplyAsync(() -> delete(offboardingFixture));
            waits(change.slug(), deletion);
            go.countDown();

            other.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(deletion.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as(change.slug())
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.obstacles())
                                    .extracting(Obstacle::kind)
                                    .containsExactly(change.kind()));
            assertThat(offboardingFixture.state()).isEqualTo("SUSPENDED");
            assertThat(Database.in(offboardingFixture.tenant, () -> change.in().apply(offboardingFixture)))
                    .as("nothing is barred after a refusal")
                    .isPositive();
        }
    }

    @Test
    void refusesChangesAfterTheObstaclesAreChecked() throws Exception {
        for (var change : List.<Change>of(
                new Change("race-late-service", Kind.SERVICES, DeletionRaceTest::order),
                new Change("race-late-entry", Kind.EXPORT_OUTDATED, DeletionRaceTest::book),
                new Change("race-late-work", Kind.WORK, DeletionRaceTest::work))) {
            var offboardingFixture = ready(change.slug());
            var late = new CompletableFuture<CompletableFuture<Integer>>();
            offboardingFixture.asked = isLocked -> {
                if (isLocked && !late.isDone()) {
                    var writes = CompletableFuture.supplyAsync(() -> Database.in(
                            offboardingFixture.tenant, () -> change.in().apply(offboardingFixture)));
                    waits(change.slug(), writes);
                    late.complete(writes);
                }
            };

            assertThat(delete(offboardingFixture)).as(change.slug()).isEqualTo(new Outcome.Started());

            assertThat(late).as(change.slug()).isDone();
            assertThatThrownBy(() -> late.join().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as(change.slug())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            SqlFailure.class,
                            failure -> assertThat(failure.state()).isEqualTo("42501"));
            assertThat(offboardingFixture.state()).isEqualTo("DELETING");
            offboardingFixture.goOn();
            assertThat(offboardingFixture.state()).isEqualTo("DELETED");
        }
    }

    @Test
    void doesNotWaitForAHangingTransactionForever() throws Exception {
        var offboardingFixture = ready("race-stuck");
        var written = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var other = CompletableFuture.runAsync(() -> Database.run(offboardingFixture.tenant, () -> {
            order(offboardingFixture);
            written.countDown();
            await(go);
            throw new IllegalStateException("rolled back");
        }));
        await(written);

        assertThat(delete(offboardingFixture)).isEqualTo(new Outcome.Refused(List.of(Obstacle.of(Kind.CHANGING))));

        assertThat(offboardingFixture.state()).isEqualTo("SUSPENDED");
        go.countDown();
        assertThatThrownBy(() -> other.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).hasMessageContaining("rolled back");
        assertThat(delete(offboardingFixture)).isEqualTo(new Outcome.Started());
    }

    @Test
    void deletesATenantOnceWhenTwoNodesTry() throws Exception {
        var offboardingFixture = ready("race-twice");
        var first = CompletableFuture.supplyAsync(() -> delete(offboardingFixture));
        var second = CompletableFuture.supplyAsync(() -> delete(offboardingFixture));
        assertThat(List.of(
                        first.get(PATIENCE_SECONDS, TimeUnit.SECONDS), second.get(PATIENCE_SECONDS, TimeUnit.SECONDS)))
                .containsExactlyInAnyOrder(
                        new Outcome.Started(), new Outcome.Refused(List.of(Obstacle.of(Kind.NOT_SUSPENDED))));
        assertThat(offboardingFixture.recorded)
                .filteredOn("tenant.deletion_started"::equals)
                .hasSize(1);
    }

    @Test
    void reportsATenantWhoseDeletionAnotherNodeStartsDuringTheCheckAsNotSuspended() {
        var here = ready("race-between");
        var there = new OffboardingFixture(here, folder, "there");
        here.betweenSchemas = () -> assertThat(delete(there)).isEqualTo(new Outcome.Started());

        assertThat(delete(here)).isEqualTo(new Outcome.Refused(List.of(Obstacle.of(Kind.NOT_SUSPENDED))));

        assertThat(here.recorded).doesNotContain("tenant.deletion_started");
        assertThat(here.state()).isEqualTo("DELETING");
    }

    @Test
    void passesOnAFailureOfTheCheckOfASuspendedTenant() {
        var offboardingFixture = ready("race-failure");
        offboardingFixture.betweenSchemas = () -> {
            throw new IllegalStateException("no connection");
        };

        assertThatThrownBy(() -> delete(offboardingFixture)).hasMessage("no connection");

        assertThat(offboardingFixture.state()).isEqualTo("SUSPENDED");
    }

    /** A change that a tenant makes, and the obstacle to deletion that it creates. */
    private record Change(String slug, Kind kind, Function<OffboardingFixture, Integer> in) {}

    private OffboardingFixture ready(String slug) {
        var offboardingFixture = new OffboardingFixture(slug, folder);
        Database.asOwner("set session_replication_role = replica; insert into " + offboardingFixture.tenant.schema()
                + ".service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider, state, ordered_at)"
                + " select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'VPS', 'again', gen_random_uuid(),"
                + " gen_random_uuid(), 'fra', 'sandbox', 'FAILED', now(); set session_replication_role = origin");
        offboardingFixture.suspend();
        offboardingFixture.export();
        return offboardingFixture;
    }

    private static Outcome delete(OffboardingFixture offboardingFixture) {
        return OffboardingFixture.as(
                () -> offboardingFixture.deletion.delete(offboardingFixture.tenant, offboardingFixture.tenant.value()));
    }

    private static int book(OffboardingFixture offboardingFixture) {
        offboardingFixture.sql.update(
                "insert into ledger_account (id, kind, currency, opened_at) values (gen_random_uuid(), 'CASH', 'EUR', now()),"
                        + " (gen_random_uuid(), 'ADJUSTMENT', 'EUR', now()) on conflict do nothing");
        return offboardingFixture.sql.update("""
                with entry as (
                  insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor, reason)
                  values ('DEBIT', 'pack:1', gen_random_uuid()::text, now(), now(), 'test', 'late') returning id)
                insert into posting (entry_id, account_id, currency, amount)
                select e.id, a.id, 'EUR', case a.kind when 'CASH' then 1 else -1 end
                  from entry e
                  join ledger_account a on a.kind in ('CASH', 'ADJUSTMENT')
                """);
    }

    /** An order that failed before is retried; the deletion sees it as in progress. */
    private static int order(OffboardingFixture offboardingFixture) {
        return offboardingFixture.sql.update("update service set state = 'ACTIVE' where name = 'again'");
    }

    private static int work(OffboardingFixture offboardingFixture) {
        var items = new WorkItems(offboardingFixture.sql, new Settings(key -> null, key -> null));
        return items.write("delete", UUID.randomUUID().toString(), UUID.randomUUID()) ? 1 : 0;
    }

    /** Waits until a thread is blocked on a lock of that tenant, or has nothing to wait for. */
    private static void waits(String slug, CompletableFuture<?> other) {
        var schema = "t_" + slug.replace('-', '_');
        while (!other.isDone()
                && Database.texts("select 'waits' from pg_locks l left join pg_class c on c.oid = l.relation"
                                + " left join pg_namespace n on n.oid = c.relnamespace"
                                + " where not l.granted and (n.nspname = '" + schema
                                + "' or l.locktype = 'advisory' and l.classid = 7408"
                                + " and l.objid = (hashtext('" + schema + "')::bigint & 4294967295)::oid)")
                        .isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}

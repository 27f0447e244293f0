package io.tenantry.workqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work is written together with its decision and handed out once and in order; a worker that lost its lease is ignored. */
class WorkQueueTest {
    private static WorkQueueFixture workQueueFixture;

    @BeforeAll
    static void createFixture() {
        workQueueFixture = new WorkQueueFixture("queue");
    }

    @BeforeEach
    void clear() {
        workQueueFixture.clear();
    }

    @Test
    void concurrentWorkersNeverClaimTheSameItem() throws Exception {
        for (var i = 0; i < 40; i++) {
            workQueueFixture.write(i % 2 == 0 ? workQueueFixture.first : workQueueFixture.second, "item " + i);
        }
        Callable<List<Long>> claimer = () -> {
            var mine = new ArrayList<Long>();
            for (var work = workQueueFixture.claim(); work.isPresent(); work = workQueueFixture.claim()) {
                mine.add(work.get().id());
                workQueueFixture.queue.done(work.get());
            }
            return mine;
        };
        var threads = Executors.newFixedThreadPool(2);
        try {
            var one = threads.submit(claimer);
            var two = threads.submit(claimer);
            var all = new ArrayList<>(one.get());
            all.addAll(two.get());
            assertThat(all).hasSize(40).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void skipsItemsThatAnotherWorkerIsClaiming() throws SQLException {
        workQueueFixture.write(workQueueFixture.first, "locked");
        workQueueFixture.write(workQueueFixture.first, "free");
        try (var other = Database.administration().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from work.work_item where key = 'locked' and tenant = '" + workQueueFixture.first
                    + "' for update");
            assertThat(workQueueFixture.claimOne().key()).isEqualTo("free");
            other.rollback();
        }
    }

    @Test
    void reassignsExpiredClaimsAndIgnoresTheLateHolder() {
        workQueueFixture.write(workQueueFixture.first, "slow");
        var lateHolder = workQueueFixture.claimOne();
        assertThat(workQueueFixture.claim()).isEmpty();

        workQueueFixture.expireLeases();
        var next = workQueueFixture.claimOne();

        assertThat(next.id()).isEqualTo(lateHolder.id());
        assertThat(next.fence()).isEqualTo(lateHolder.fence() + 1);
        assertThat(workQueueFixture.queue.done(lateHolder)).isFalse();
        assertThat(workQueueFixture.queue.park(lateHolder, "too late")).isFalse();
        assertThat(workQueueFixture.queue.failed(lateHolder, "too late", Duration.ZERO))
                .isFalse();
        assertThat(workQueueFixture.queue.later(lateHolder, Duration.ofHours(1)))
                .isFalse();
        assertThat(workQueueFixture.queue.done(next)).isTrue();
        assertThat(workQueueFixture.column(workQueueFixture.first, "state")).containsExactly("DONE");
    }

    @Test
    void rollsBackTheTransactionOfALateHolder() {
        workQueueFixture.write(workQueueFixture.first, "slow");
        var lateHolder = workQueueFixture.claimOne();
        workQueueFixture.expireLeases();
        workQueueFixture.claimOne();

        assertThatThrownBy(() -> Database.run(workQueueFixture.first, () -> {
                    workQueueFixture.items.write(WorkQueueFixture.KIND, "what follows", lateHolder.subject());
                    workQueueFixture.items.hold(lateHolder);
                }))
                .isInstanceOf(WorkItemLostException.class);
        assertThat(workQueueFixture.column(workQueueFixture.first, "key")).containsExactly("slow");
    }

    @Test
    void holdingRenewsTheLease() {
        workQueueFixture.write(workQueueFixture.first, "long");
        var claimedWorkItem = workQueueFixture.claimOne();
        workQueueFixture.expireLeases();

        Database.run(workQueueFixture.first, () -> workQueueFixture.items.hold(claimedWorkItem));

        assertThat(workQueueFixture.claim()).isEmpty();
        assertThat(workQueueFixture.queue.done(claimedWorkItem)).isTrue();
    }

    @Test
    void servesOtherTenantsDespiteABacklog() {
        for (var i = 0; i < 20; i++) {
            workQueueFixture.write(workQueueFixture.first, "many " + i);
        }
        workQueueFixture.write(workQueueFixture.second, "one");

        var served = new ArrayList<TenantId>();
        for (var i = 0; i < 3; i++) {
            var claimedWorkItem = workQueueFixture.claimOne();
            served.add(claimedWorkItem.tenant());
            workQueueFixture.queue.done(claimedWorkItem);
        }
        assertThat(served).contains(workQueueFixture.second);
    }

    @Test
    void limitsConcurrentClaimsPerTenant() {
        for (var i = 0; i < 6; i++) {
            workQueueFixture.write(workQueueFixture.first, "many " + i);
        }
        var held = new ArrayList<ClaimedWorkItem>();
        for (var i = 0; i < WorkQueue.OF_A_TENANT_MAX; i++) {
            held.add(workQueueFixture.claimOne());
        }
        assertThat(workQueueFixture.claim()).isEmpty();

        workQueueFixture.write(workQueueFixture.second, "one");
        assertThat(workQueueFixture.claimOne().tenant()).isEqualTo(workQueueFixture.second);

        workQueueFixture.queue.done(held.get(0));
        assertThat(workQueueFixture.claimOne().tenant()).isEqualTo(workQueueFixture.first);
    }

    @Test
    void claimsTheOldestItemFirst() {
        workQueueFixture.write(workQueueFixture.first, "first");
        workQueueFixture.write(workQueueFixture.first, "second");

        assertThat(workQueueFixture.claimOne().key()).isEqualTo("first");
    }

    @Test
    void writesAnItemOncePerKindAndKeyEvenAfterCompletion() {
        assertThat(workQueueFixture.write(workQueueFixture.first, "key")).isTrue();
        assertThat(workQueueFixture.write(workQueueFixture.first, "key")).isFalse();
        workQueueFixture.queue.done(workQueueFixture.claimOne());
        assertThat(workQueueFixture.write(workQueueFixture.first, "key")).isFalse();
        assertThat(workQueueFixture.column(workQueueFixture.first, "key")).containsExactly("key");

        assertThat(workQueueFixture.write(workQueueFixture.second, "key")).isTrue();
        var another = Database.in(
                workQueueFixture.first, () -> workQueueFixture.items.write("another-kind", "key", UUID.randomUUID()));
        assertThat(another).isTrue();
    }

    @Test
    void writesNoItemWhenTheTransactionIsRolledBack() {
        Database.rolledBack(
                workQueueFixture.first,
                () -> workQueueFixture.items.write(WorkQueueFixture.KIND, "never", UUID.randomUUID()));

        assertThat(workQueueFixture.column(workQueueFixture.first, "key")).isEmpty();
    }

    @Test
    void doesNotHandOutDelayedItemsEarly() {
        Database.run(
                workQueueFixture.first,
                () -> workQueueFixture.items.write(
                        WorkQueueFixture.KIND, "later", UUID.randomUUID(), Duration.ofHours(1)));
        assertThat(workQueueFixture.claim()).isEmpty();

        workQueueFixture.makeDue();
        assertThat(workQueueFixture.claimOne().key()).isEqualTo("later");
    }

    @Test
    void leavesUnknownKindsToOtherNodes() {
        Database.run(
                workQueueFixture.first, () -> workQueueFixture.items.write("of-tomorrow", "one", UUID.randomUUID()));

        assertThat(workQueueFixture.claim()).isEmpty();
        assertThat(workQueueFixture.queue.claim(Set.of("of-tomorrow"))).isPresent();
    }

    @Test
    void claimsNothingOfATenantInMaintenance() {
        workQueueFixture.write(workQueueFixture.first, "waits");
        workQueueFixture.state(workQueueFixture.first, Tenant.State.MAINTENANCE);
        try {
            assertThat(workQueueFixture.claim()).isEmpty();
        } finally {
            workQueueFixture.state(workQueueFixture.first, Tenant.State.ACTIVE);
        }
        assertThat(workQueueFixture.claim()).isPresent();
    }

    @Test
    void hidesItemsFromOtherTenants() {
        workQueueFixture.write(workQueueFixture.first, "secret");

        var seen = Database.in(
                workQueueFixture.second,
                () -> workQueueFixture.sql.query("select key from work.work_item", row -> row.text("key")));
        var changed = Database.in(
                workQueueFixture.second,
                () -> workQueueFixture.sql.update("update work.work_item set state = 'PARKED'"));

        assertThat(seen).isEmpty();
        assertThat(changed).isZero();
    }

    @Test
    void cannotWriteItemsForAnotherTenant() {
        var insert =
                "insert into work.work_item (tenant, tenant_role, kind, key, subject) values (?, ?, 'x-y', 'x', gen_random_uuid())";

        assertThatThrownBy(() -> Database.run(
                        workQueueFixture.second,
                        () -> workQueueFixture.sql.update(
                                insert, workQueueFixture.first.value(), workQueueFixture.first.role())))
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining("row-level security");
        assertThatThrownBy(() -> Database.run(
                        workQueueFixture.second,
                        () -> workQueueFixture.sql.update(
                                insert, workQueueFixture.first.value(), workQueueFixture.second.role())))
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining("work_item_role_ck");
    }

    @Test
    void deletesTheItemsOfARemovedTenant() {
        workQueueFixture.write(workQueueFixture.first, "one");
        workQueueFixture.write(workQueueFixture.second, "two");

        assertThat(workQueueFixture.queue.forget(workQueueFixture.first)).isEqualTo(1);
        assertThat(workQueueFixture.column(workQueueFixture.second, "key")).containsExactly("two");
    }

    @Test
    void prunesItemsThatEndedLongAgo() {
        workQueueFixture.write(workQueueFixture.first, "old");
        workQueueFixture.write(workQueueFixture.first, "young");
        workQueueFixture.queue.done(workQueueFixture.claimOne());
        workQueueFixture.queue.done(workQueueFixture.claimOne());
        Database.asOwner("update work.work_item set ended_at = ended_at - interval '91 days' where key = 'old'");

        workQueueFixture.queue.prune();

        assertThat(workQueueFixture.column(workQueueFixture.first, "key")).containsExactly("young");
    }

    @Test
    void agingMakesDelayedItemsDue() {
        Database.in(
                workQueueFixture.first,
                () -> workQueueFixture.items.write(
                        WorkQueueFixture.KIND, "in a day", UUID.randomUUID(), Duration.ofDays(1)));
        Database.in(
                workQueueFixture.second,
                () -> workQueueFixture.items.write(
                        WorkQueueFixture.KIND, "in a day", UUID.randomUUID(), Duration.ofDays(1)));
        assertThat(workQueueFixture.queue.isQuiet(Duration.ofSeconds(4))).isTrue();
        assertThat(workQueueFixture.claim()).isEmpty();

        Database.in(workQueueFixture.first, () -> {
            workQueueFixture.items.age(Duration.ofDays(1));
            return true;
        });

        assertThat(workQueueFixture.queue.isQuiet(Duration.ofSeconds(4))).isFalse();
        var claimed = workQueueFixture.claim();
        assertThat(claimed)
                .hasValueSatisfying(
                        claimedWorkItem -> assertThat(claimedWorkItem.tenant()).isEqualTo(workQueueFixture.first));
        // A queue with a claimed item is not quiet either; one with completed items is.
        assertThat(workQueueFixture.queue.isQuiet(Duration.ofSeconds(4))).isFalse();
        workQueueFixture.queue.done(claimed.orElseThrow());
        assertThat(workQueueFixture.queue.isQuiet(Duration.ofSeconds(4))).isTrue();
        assertThat(workQueueFixture.claim()).isEmpty();
    }
}

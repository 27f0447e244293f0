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
    static void open() {
        workQueueFixture = new WorkQueueFixture("queue");
    }

    @BeforeEach
    void clear() {
        workQueueFixture.clear();
    }

    @Test
    void twoWhoClaimAtOnceNeverGetTheSame() throws Exception {
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
    void whatSomebodyIsJustClaimingIsPassedOver() throws SQLException {
        workQueueFixture.write(workQueueFixture.first, "locked");
        workQueueFixture.write(workQueueFixture.first, "free");
        try (var other = Database.administration().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from work.work_item where key = 'locked' and tenant = '" + workQueueFixture.first
                    + "' for update");
            assertThat(workQueueFixture.claimed().key()).isEqualTo("free");
            other.rollback();
        }
    }

    @Test
    void anExpiredClaimGoesToAnotherWorkerAndIsIgnoredFromThenOn() {
        workQueueFixture.write(workQueueFixture.first, "slow");
        var late = workQueueFixture.claimed();
        assertThat(workQueueFixture.claim()).isEmpty();

        workQueueFixture.letLeasesRunOut();
        var next = workQueueFixture.claimed();

        assertThat(next.id()).isEqualTo(late.id());
        assertThat(next.fence()).isEqualTo(late.fence() + 1);
        assertThat(workQueueFixture.queue.done(late)).isFalse();
        assertThat(workQueueFixture.queue.park(late, "too late")).isFalse();
        assertThat(workQueueFixture.queue.failed(late, "too late", Duration.ZERO))
                .isFalse();
        assertThat(workQueueFixture.queue.later(late, Duration.ofHours(1))).isFalse();
        assertThat(workQueueFixture.queue.done(next)).isTrue();
        assertThat(workQueueFixture.column(workQueueFixture.first, "state")).containsExactly("DONE");
    }

    @Test
    void whatALateHolderDidInItsTransactionIsUndone() {
        workQueueFixture.write(workQueueFixture.first, "slow");
        var late = workQueueFixture.claimed();
        workQueueFixture.letLeasesRunOut();
        workQueueFixture.claimed();

        assertThatThrownBy(() -> Database.run(workQueueFixture.first, () -> {
                    workQueueFixture.items.write(WorkQueueFixture.KIND, "what follows", late.subject());
                    workQueueFixture.items.hold(late);
                }))
                .isInstanceOf(WorkItemLostException.class);
        assertThat(workQueueFixture.column(workQueueFixture.first, "key")).containsExactly("slow");
    }

    @Test
    void everyWriteRenewsTheLease() {
        workQueueFixture.write(workQueueFixture.first, "long");
        var claimedWorkItem = workQueueFixture.claimed();
        workQueueFixture.letLeasesRunOut();

        Database.run(workQueueFixture.first, () -> workQueueFixture.items.hold(claimedWorkItem));

        assertThat(workQueueFixture.claim()).isEmpty();
        assertThat(workQueueFixture.queue.done(claimedWorkItem)).isTrue();
    }

    @Test
    void oneWithMuchToDoDoesNotKeepOthersWaiting() {
        for (var i = 0; i < 20; i++) {
            workQueueFixture.write(workQueueFixture.first, "many " + i);
        }
        workQueueFixture.write(workQueueFixture.second, "one");

        var served = new ArrayList<TenantId>();
        for (var i = 0; i < 3; i++) {
            var claimedWorkItem = workQueueFixture.claimed();
            served.add(claimedWorkItem.tenant());
            workQueueFixture.queue.done(claimedWorkItem);
        }
        assertThat(served).contains(workQueueFixture.second);
    }

    @Test
    void noMoreThanFourOfOneAreAtWorkAtTheSameTime() {
        for (var i = 0; i < 6; i++) {
            workQueueFixture.write(workQueueFixture.first, "many " + i);
        }
        var held = new ArrayList<ClaimedWorkItem>();
        for (var i = 0; i < WorkQueue.OF_A_TENANT_MAX; i++) {
            held.add(workQueueFixture.claimed());
        }
        assertThat(workQueueFixture.claim()).isEmpty();

        workQueueFixture.write(workQueueFixture.second, "one");
        assertThat(workQueueFixture.claimed().tenant()).isEqualTo(workQueueFixture.second);

        workQueueFixture.queue.done(held.get(0));
        assertThat(workQueueFixture.claimed().tenant()).isEqualTo(workQueueFixture.first);
    }

    @Test
    void theOldestOfOneComesFirst() {
        workQueueFixture.write(workQueueFixture.first, "first");
        workQueueFixture.write(workQueueFixture.first, "second");

        assertThat(workQueueFixture.claimed().key()).isEqualTo("first");
    }

    @Test
    void whatIsWrittenTwiceUnderAKeyIsThereOnceAlsoWhenItIsDone() {
        assertThat(workQueueFixture.write(workQueueFixture.first, "key")).isTrue();
        assertThat(workQueueFixture.write(workQueueFixture.first, "key")).isFalse();
        workQueueFixture.queue.done(workQueueFixture.claimed());
        assertThat(workQueueFixture.write(workQueueFixture.first, "key")).isFalse();
        assertThat(workQueueFixture.column(workQueueFixture.first, "key")).containsExactly("key");

        assertThat(workQueueFixture.write(workQueueFixture.second, "key")).isTrue();
        var another = Database.in(
                workQueueFixture.first, () -> workQueueFixture.items.write("another-kind", "key", UUID.randomUUID()));
        assertThat(another).isTrue();
    }

    @Test
    void aDecisionThatIsTakenBackLeavesNoWork() {
        Database.undone(
                workQueueFixture.first,
                () -> workQueueFixture.items.write(WorkQueueFixture.KIND, "never", UUID.randomUUID()));

        assertThat(workQueueFixture.column(workQueueFixture.first, "key")).isEmpty();
    }

    @Test
    void whatIsToWaitIsNotHandedOutBefore() {
        Database.run(
                workQueueFixture.first,
                () -> workQueueFixture.items.write(
                        WorkQueueFixture.KIND, "later", UUID.randomUUID(), Duration.ofHours(1)));
        assertThat(workQueueFixture.claim()).isEmpty();

        workQueueFixture.makeDue();
        assertThat(workQueueFixture.claimed().key()).isEqualTo("later");
    }

    @Test
    void aKindThatThisNodeDoesNotKnowIsLeftToOthers() {
        Database.run(
                workQueueFixture.first, () -> workQueueFixture.items.write("of-tomorrow", "one", UUID.randomUUID()));

        assertThat(workQueueFixture.claim()).isEmpty();
        assertThat(workQueueFixture.queue.claim(Set.of("of-tomorrow"))).isPresent();
    }

    @Test
    void nothingOfATenantIsDoneWhileItIsClosedForRepair() {
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
    void anotherTenantSeesNothingOfItAndChangesNothing() {
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
    void nobodyWritesWorkInAnothersName() {
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
    void aTenantThatIsRemovedLeavesNoWork() {
        workQueueFixture.write(workQueueFixture.first, "one");
        workQueueFixture.write(workQueueFixture.second, "two");

        assertThat(workQueueFixture.queue.forget(workQueueFixture.first)).isEqualTo(1);
        assertThat(workQueueFixture.column(workQueueFixture.second, "key")).containsExactly("two");
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        workQueueFixture.write(workQueueFixture.first, "old");
        workQueueFixture.write(workQueueFixture.first, "young");
        workQueueFixture.queue.done(workQueueFixture.claimed());
        workQueueFixture.queue.done(workQueueFixture.claimed());
        Database.asOwner("update work.work_item set ended_at = ended_at - interval '91 days' where key = 'old'");

        workQueueFixture.queue.prune();

        assertThat(workQueueFixture.column(workQueueFixture.first, "key")).containsExactly("young");
    }

    @Test
    void whatWaitsComesDueWhenADemosTimePasses() {
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

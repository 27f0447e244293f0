package io.tenantry.work;

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

/** Work is written with its decision, handed out once and in turn, and whoever lost it is not heard any more. */
class WorkQueueTest {
    private static Desk desk;

    @BeforeAll
    static void open() {
        desk = new Desk("queue");
    }

    @BeforeEach
    void clear() {
        desk.clear();
    }

    @Test
    void twoWhoClaimAtOnceNeverGetTheSame() throws Exception {
        for (var i = 0; i < 40; i++) {
            desk.write(i % 2 == 0 ? desk.first : desk.second, "item " + i);
        }
        Callable<List<Long>> claimer = () -> {
            var mine = new ArrayList<Long>();
            for (var work = desk.claim(); work.isPresent(); work = desk.claim()) {
                mine.add(work.get().id());
                desk.queue.done(work.get());
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
        desk.write(desk.first, "locked");
        desk.write(desk.first, "free");
        try (var other = Database.administration().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "select from work.work_item where key = 'locked' and tenant = '" + desk.first + "' for update");
            assertThat(desk.claimed().key()).isEqualTo("free");
            other.rollback();
        }
    }

    @Test
    void aClaimThatGivesNoSignOfLifeGoesToAnotherAndIsNotHeardAnyMore() {
        desk.write(desk.first, "slow");
        var late = desk.claimed();
        assertThat(desk.claim()).isEmpty();

        desk.letLeasesRunOut();
        var next = desk.claimed();

        assertThat(next.id()).isEqualTo(late.id());
        assertThat(next.fence()).isEqualTo(late.fence() + 1);
        assertThat(desk.queue.done(late)).isFalse();
        assertThat(desk.queue.park(late, "too late")).isFalse();
        assertThat(desk.queue.inVain(late, "too late", Duration.ZERO)).isFalse();
        assertThat(desk.queue.later(late, Duration.ofHours(1))).isFalse();
        assertThat(desk.queue.done(next)).isTrue();
        assertThat(desk.column(desk.first, "state")).containsExactly("DONE");
    }

    @Test
    void whatALateHolderDidInItsTransactionIsUndone() {
        desk.write(desk.first, "slow");
        var late = desk.claimed();
        desk.letLeasesRunOut();
        desk.claimed();

        assertThatThrownBy(() -> Database.run(desk.first, () -> {
                    desk.items.write(Desk.KIND, "what follows", late.subject());
                    desk.items.hold(late);
                }))
                .isInstanceOf(WorkTaken.class);
        assertThat(desk.column(desk.first, "key")).containsExactly("slow");
    }

    @Test
    void whoeverWritesRenewsTheLease() {
        desk.write(desk.first, "long");
        var work = desk.claimed();
        desk.letLeasesRunOut();

        Database.run(desk.first, () -> desk.items.hold(work));

        assertThat(desk.claim()).isEmpty();
        assertThat(desk.queue.done(work)).isTrue();
    }

    @Test
    void oneWithMuchToDoDoesNotKeepOthersWaiting() {
        for (var i = 0; i < 20; i++) {
            desk.write(desk.first, "many " + i);
        }
        desk.write(desk.second, "one");

        var served = new ArrayList<TenantId>();
        for (var i = 0; i < 3; i++) {
            var work = desk.claimed();
            served.add(work.tenant());
            desk.queue.done(work);
        }
        assertThat(served).contains(desk.second);
    }

    @Test
    void noMoreThanFourOfOneAreAtWorkAtTheSameTime() {
        for (var i = 0; i < 6; i++) {
            desk.write(desk.first, "many " + i);
        }
        var held = new ArrayList<Work>();
        for (var i = 0; i < WorkQueue.OF_A_TENANT_MAX; i++) {
            held.add(desk.claimed());
        }
        assertThat(desk.claim()).isEmpty();

        desk.write(desk.second, "one");
        assertThat(desk.claimed().tenant()).isEqualTo(desk.second);

        desk.queue.done(held.get(0));
        assertThat(desk.claimed().tenant()).isEqualTo(desk.first);
    }

    @Test
    void theOldestOfOneComesFirst() {
        desk.write(desk.first, "first");
        desk.write(desk.first, "second");

        assertThat(desk.claimed().key()).isEqualTo("first");
    }

    @Test
    void whatIsWrittenTwiceUnderAKeyIsThereOnceAlsoWhenItIsDone() {
        assertThat(desk.write(desk.first, "key")).isTrue();
        assertThat(desk.write(desk.first, "key")).isFalse();
        desk.queue.done(desk.claimed());
        assertThat(desk.write(desk.first, "key")).isFalse();
        assertThat(desk.column(desk.first, "key")).containsExactly("key");

        assertThat(desk.write(desk.second, "key")).isTrue();
        var another = Database.in(desk.first, () -> desk.items.write("another-kind", "key", UUID.randomUUID()));
        assertThat(another).isTrue();
    }

    @Test
    void aDecisionThatIsTakenBackLeavesNoWork() {
        Database.undone(desk.first, () -> desk.items.write(Desk.KIND, "never", UUID.randomUUID()));

        assertThat(desk.column(desk.first, "key")).isEmpty();
    }

    @Test
    void whatIsToWaitIsNotHandedOutBefore() {
        Database.run(desk.first, () -> desk.items.write(Desk.KIND, "later", UUID.randomUUID(), Duration.ofHours(1)));
        assertThat(desk.claim()).isEmpty();

        desk.makeDue();
        assertThat(desk.claimed().key()).isEqualTo("later");
    }

    @Test
    void aKindThatThisNodeDoesNotKnowIsLeftToOthers() {
        Database.run(desk.first, () -> desk.items.write("of-tomorrow", "one", UUID.randomUUID()));

        assertThat(desk.claim()).isEmpty();
        assertThat(desk.queue.claim(Set.of("of-tomorrow"))).isPresent();
    }

    @Test
    void nothingOfATenantIsDoneWhileItIsClosedForRepair() {
        desk.write(desk.first, "waits");
        desk.state(desk.first, Tenant.State.MAINTENANCE);
        try {
            assertThat(desk.claim()).isEmpty();
        } finally {
            desk.state(desk.first, Tenant.State.ACTIVE);
        }
        assertThat(desk.claim()).isPresent();
    }

    @Test
    void anotherTenantSeesNothingOfItAndChangesNothing() {
        desk.write(desk.first, "secret");

        var seen = Database.in(
                desk.second, () -> desk.sql.query("select key from work.work_item", row -> row.text("key")));
        var changed = Database.in(desk.second, () -> desk.sql.update("update work.work_item set state = 'PARKED'"));

        assertThat(seen).isEmpty();
        assertThat(changed).isZero();
    }

    @Test
    void nobodyWritesWorkInAnothersName() {
        var insert =
                "insert into work.work_item (tenant, tenant_role, kind, key, subject) values (?, ?, 'x-y', 'x', gen_random_uuid())";

        assertThatThrownBy(() ->
                        Database.run(desk.second, () -> desk.sql.update(insert, desk.first.value(), desk.first.role())))
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining("row-level security");
        assertThatThrownBy(() -> Database.run(
                        desk.second, () -> desk.sql.update(insert, desk.first.value(), desk.second.role())))
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining("work_item_role_ck");
    }

    @Test
    void aTenantThatIsRemovedLeavesNoWork() {
        desk.write(desk.first, "one");
        desk.write(desk.second, "two");

        assertThat(desk.queue.forget(desk.first)).isEqualTo(1);
        assertThat(desk.column(desk.second, "key")).containsExactly("two");
    }

    @Test
    void whatEndedLongAgoIsForgotten() {
        desk.write(desk.first, "old");
        desk.write(desk.first, "young");
        desk.queue.done(desk.claimed());
        desk.queue.done(desk.claimed());
        Database.asOwner("update work.work_item set ended_at = ended_at - interval '91 days' where key = 'old'");

        desk.queue.prune();

        assertThat(desk.column(desk.first, "key")).containsExactly("young");
    }

    @Test
    void whatWaitsComesDueWhenADemosTimePasses() {
        Database.in(desk.first, () -> desk.items.write(Desk.KIND, "in a day", UUID.randomUUID(), Duration.ofDays(1)));
        Database.in(desk.second, () -> desk.items.write(Desk.KIND, "in a day", UUID.randomUUID(), Duration.ofDays(1)));
        assertThat(desk.queue.isQuiet(Duration.ofSeconds(4))).isTrue();
        assertThat(desk.claim()).isEmpty();

        Database.in(desk.first, () -> {
            desk.items.age(Duration.ofDays(1));
            return true;
        });

        assertThat(desk.queue.isQuiet(Duration.ofSeconds(4))).isFalse();
        var claimed = desk.claim();
        assertThat(claimed).hasValueSatisfying(work -> assertThat(work.tenant()).isEqualTo(desk.first));
        // In somebody's hands is not quiet either; done is.
        assertThat(desk.queue.isQuiet(Duration.ofSeconds(4))).isFalse();
        desk.queue.done(claimed.orElseThrow());
        assertThat(desk.queue.isQuiet(Duration.ofSeconds(4))).isTrue();
        assertThat(desk.claim()).isEmpty();
    }
}

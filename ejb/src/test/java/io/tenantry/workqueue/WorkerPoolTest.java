package io.tenantry.workqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state of a work item after each attempt. */
class WorkerPoolTest {
    private static WorkQueueFixture workQueueFixture;

    @BeforeAll
    static void createFixture() {
        workQueueFixture = new WorkQueueFixture("force");
    }

    @BeforeEach
    void clear() {
        workQueueFixture.clear();
    }

    @Test
    void worksWithinTheTenantAsTheSystemUntilNothingIsDue() {
        workQueueFixture.write(workQueueFixture.first, "one");
        workQueueFixture.write(workQueueFixture.second, "two");
        workQueueFixture.write(workQueueFixture.first, "three");
        var seen = new ArrayList<String>();

        var items = workQueueFixture.work(new ScriptedHandler(claimedWorkItem -> {
            seen.add(Tenancy.tenant() + " " + claimedWorkItem.key() + " "
                    + Actors.require().isSystem());
            return WorkOutcome.done();
        }));

        assertThat(items).isEqualTo(3);
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        workQueueFixture.first + " one true",
                        workQueueFixture.first + " three true",
                        workQueueFixture.second + " two true");
        assertThat(workQueueFixture.column(workQueueFixture.first, "state")).containsOnly("DONE");
        assertThat(Tenancy.current()).isEmpty();
    }

    @Test
    void retriesWithGrowingPausesAndParksAfterTenAttempts() {
        workQueueFixture.write(workQueueFixture.first, "stubborn");
        var pauses = new ArrayList<Long>();
        for (var attempt = 1; attempt <= WorkQueue.ATTEMPTS_MAX; attempt++) {
            assertThat(workQueueFixture.work(new ScriptedHandler(claimedWorkItem -> {
                        throw new IllegalStateException("no answer");
                    })))
                    .isEqualTo(1);
            pauses.add(Long.valueOf(pauseSeconds()));
            workQueueFixture.makeDue();
        }

        assertThat(pauses.subList(0, 9)).containsExactly(15L, 30L, 60L, 120L, 240L, 480L, 960L, 1920L, 3600L);
        assertThat(workQueueFixture.column(
                        workQueueFixture.first, "state || ': ' || error || ', ' || parked_reason || ', ' || attempts"))
                .containsExactly("PARKED: no answer, no answer, 10");
        assertThat(workQueueFixture.parked)
                .singleElement()
                .satisfies(item -> assertThat(item.why()).isEqualTo("no answer"));
        assertThat(workQueueFixture.claim()).isEmpty();
    }

    private static String pauseSeconds() {
        return workQueueFixture
                .column(workQueueFixture.first, "round(extract(epoch from due_at - clock_timestamp()) / 15)::int * 15")
                .get(0);
    }

    @Test
    void waitsAsLongAsTheServerRequests() {
        workQueueFixture.write(workQueueFixture.first, "busy");

        workQueueFixture.work(new ScriptedHandler(
                claimedWorkItem -> new WorkOutcome.Failed("too often", Optional.of(Duration.ofHours(2)))));

        assertThat(pauseSeconds()).isEqualTo("7200");
    }

    @Test
    void continuingLaterResetsAttempts() {
        workQueueFixture.write(workQueueFixture.first, "long");
        workQueueFixture.work(new ScriptedHandler(claimedWorkItem -> WorkOutcome.failed("no answer")));
        workQueueFixture.makeDue();

        workQueueFixture.work(new ScriptedHandler(claimedWorkItem -> WorkOutcome.later(Duration.ofMinutes(1))));

        assertThat(workQueueFixture.column(workQueueFixture.first, "attempts || ' ' || coalesce(error, 'fine')"))
                .containsExactly("0 fine");
        assertThat(pauseSeconds()).isEqualTo("60");
    }

    @Test
    void parksUnclearOutcomesImmediately() {
        workQueueFixture.write(workQueueFixture.first, "unclear");

        workQueueFixture.work(new ScriptedHandler(claimedWorkItem -> WorkOutcome.unclear("two servers with one mark")));

        assertThat(workQueueFixture.column(workQueueFixture.first, "state")).containsExactly("PARKED");
        assertThat(workQueueFixture.parked).extracting(WorkParked::why).containsExactly("two servers with one mark");
    }

    @Test
    void parksItemsWhoseWorkersKeepDying() {
        workQueueFixture.write(workQueueFixture.first, "deadly");
        for (var attempt = 1; attempt <= WorkQueue.ATTEMPTS_MAX; attempt++) {
            workQueueFixture.claimOne();
            workQueueFixture.expireLeases();
        }

        workQueueFixture.work(new ScriptedHandler(claimedWorkItem -> {
            throw new AssertionError("the item must not be handed out again");
        }));

        assertThat(workQueueFixture.column(workQueueFixture.first, "state || ': ' || parked_reason"))
                .containsExactly("PARKED: every attempt ended without a result");
    }

    @Test
    void workersIgnoreItemsWhoseLeaseTheyLost() {
        workQueueFixture.write(workQueueFixture.first, "taken");

        workQueueFixture.work(new ScriptedHandler(claimedWorkItem -> {
            workQueueFixture.expireLeases();
            var other = workQueueFixture.claimOne();
            Database.run(workQueueFixture.first, () -> workQueueFixture.items.hold(other));
            Database.run(workQueueFixture.first, () -> workQueueFixture.items.hold(claimedWorkItem));
            return WorkOutcome.done();
        }));

        assertThat(workQueueFixture.column(
                        workQueueFixture.first, "state || ' ' || fence || ' ' || (lease_until > clock_timestamp())"))
                .containsExactly("OPEN 2 true");
    }

    @Test
    void sanitizesAndTruncatesErrors() {
        workQueueFixture.write(workQueueFixture.first, "rude");

        workQueueFixture.work(
                new ScriptedHandler(claimedWorkItem -> WorkOutcome.failed("a\u0000b\n" + "x".repeat(5_000))));

        assertThat(workQueueFixture.column(workQueueFixture.first, "error"))
                .singleElement()
                .satisfies(error -> assertThat(error).startsWith("a b x").hasSize(1_000));
    }

    @Test
    void stopsBetweenItemsOnRequest() {
        workQueueFixture.write(workQueueFixture.first, "one");
        workQueueFixture.write(workQueueFixture.first, "two");
        var left = new int[] {1};

        var worked = new WorkerPool(
                        workQueueFixture.queue,
                        List.of(WorkQueueFixture.answering(WorkQueueFixture.KIND, WorkOutcome.done())),
                        workQueueFixture.parked::add)
                .work(() -> left[0]-- > 0);

        assertThat(worked).isEqualTo(1);
    }

    @Test
    void rejectsTwoHandlersOfOneKind() {
        var workHandler = WorkQueueFixture.answering(WorkQueueFixture.KIND, WorkOutcome.done());

        assertThatThrownBy(() -> new WorkerPool(
                        workQueueFixture.queue, List.of(workHandler, workHandler), workQueueFixture.parked::add))
                .hasMessageContaining(WorkQueueFixture.KIND);
    }

    private interface Script {
        WorkOutcome run(ClaimedWorkItem claimedWorkItem);
    }

    /** A scripted handler. */
    private record ScriptedHandler(Script script) implements WorkHandler {
        @Override
        public String kind() {
            return WorkQueueFixture.KIND;
        }

        @Override
        public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
            return script.run(claimedWorkItem);
        }
    }
}

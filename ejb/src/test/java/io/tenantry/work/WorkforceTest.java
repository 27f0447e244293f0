package io.tenantry.work;

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

/** What becomes of an item after each turn at it. */
class WorkforceTest {
    private static Desk desk;

    @BeforeAll
    static void open() {
        desk = new Desk("force");
    }

    @BeforeEach
    void clear() {
        desk.clear();
    }

    @Test
    void worksWithinTheTenantAsTheSystemUntilNothingIsDue() {
        desk.write(desk.first, "one");
        desk.write(desk.second, "two");
        desk.write(desk.first, "three");
        var seen = new ArrayList<String>();

        var items = desk.work(new Rehearsal(work -> {
            seen.add(
                    Tenancy.tenant() + " " + work.key() + " " + Actors.require().isSystem());
            return Outcome.done();
        }));

        assertThat(items).isEqualTo(3);
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        desk.first + " one true", desk.first + " three true", desk.second + " two true");
        assertThat(desk.column(desk.first, "state")).containsOnly("DONE");
        assertThat(Tenancy.current()).isEmpty();
    }

    @Test
    void comesAgainAfterPausesThatGrowAndIsParkedAfterTenAttemptsInVain() {
        desk.write(desk.first, "stubborn");
        var pauses = new ArrayList<Long>();
        for (var attempt = 1; attempt <= WorkQueue.ATTEMPTS_MAX; attempt++) {
            assertThat(desk.work(new Rehearsal(work -> {
                        throw new IllegalStateException("no answer");
                    })))
                    .isEqualTo(1);
            pauses.add(Long.valueOf(pauseSeconds()));
            desk.makeDue();
        }

        assertThat(pauses.subList(0, 9)).containsExactly(15L, 30L, 60L, 120L, 240L, 480L, 960L, 1920L, 3600L);
        assertThat(desk.column(desk.first, "state || ': ' || error || ', ' || parked_why || ', ' || attempts"))
                .containsExactly("PARKED: no answer, no answer, 10");
        assertThat(desk.parked)
                .singleElement()
                .satisfies(told -> assertThat(told.why()).isEqualTo("no answer"));
        assertThat(desk.claim()).isEmpty();
    }

    private static String pauseSeconds() {
        return desk.column(desk.first, "round(extract(epoch from due_at - clock_timestamp()) / 15)::int * 15")
                .get(0);
    }

    @Test
    void waitsAsLongAsWhoeverRefusedWants() {
        desk.write(desk.first, "busy");

        desk.work(new Rehearsal(work -> new Outcome.InVain("too often", Optional.of(Duration.ofHours(2)))));

        assertThat(pauseSeconds()).isEqualTo("7200");
    }

    @Test
    void whatGoesWellButIsNotOverCountsNoAttempt() {
        desk.write(desk.first, "long");
        desk.work(new Rehearsal(work -> Outcome.inVain("no answer")));
        desk.makeDue();

        desk.work(new Rehearsal(work -> Outcome.later(Duration.ofMinutes(1))));

        assertThat(desk.column(desk.first, "attempts || ' ' || coalesce(error, 'fine')"))
                .containsExactly("0 fine");
        assertThat(pauseSeconds()).isEqualTo("60");
    }

    @Test
    void whatIsUnclearIsParkedAtOnceAndTold() {
        desk.write(desk.first, "unclear");

        desk.work(new Rehearsal(work -> Outcome.unclear("two servers with one mark")));

        assertThat(desk.column(desk.first, "state")).containsExactly("PARKED");
        assertThat(desk.parked).extracting(WorkParked::why).containsExactly("two servers with one mark");
    }

    @Test
    void anItemThatKillsWhoeverWorksOnItIsParkedInTheEnd() {
        desk.write(desk.first, "deadly");
        for (var death = 1; death <= WorkQueue.ATTEMPTS_MAX; death++) {
            desk.claimed();
            desk.letLeasesRunOut();
        }

        desk.work(new Rehearsal(work -> {
            throw new AssertionError("nobody may work on it any more");
        }));

        assertThat(desk.column(desk.first, "state || ': ' || parked_why"))
                .containsExactly("PARKED: nobody who worked on it said how it ended");
    }

    @Test
    void aWorkerWhoseItemWasTakenLeavesItAlone() {
        desk.write(desk.first, "taken");

        desk.work(new Rehearsal(work -> {
            desk.letLeasesRunOut();
            var other = desk.claimed();
            Database.run(desk.first, () -> desk.items.hold(other));
            Database.run(desk.first, () -> desk.items.hold(work));
            return Outcome.done();
        }));

        assertThat(desk.column(desk.first, "state || ' ' || fence || ' ' || (lease_until > clock_timestamp())"))
                .containsExactly("OPEN 2 true");
    }

    @Test
    void whatAVendorSaysDoesNotBreakTheRecord() {
        desk.write(desk.first, "rude");

        desk.work(new Rehearsal(work -> Outcome.inVain("a\u0000b\n" + "x".repeat(5_000))));

        assertThat(desk.column(desk.first, "error"))
                .singleElement()
                .satisfies(error -> assertThat(error).startsWith("a b x").hasSize(1_000));
    }

    @Test
    void stopsBetweenTwoItemsWhenItIsTold() {
        desk.write(desk.first, "one");
        desk.write(desk.first, "two");
        var left = new int[] {1};

        var worked = new Workforce(desk.queue, List.of(Desk.answering(Desk.KIND, Outcome.done())), desk.parked::add)
                .work(() -> left[0]-- > 0);

        assertThat(worked).isEqualTo(1);
    }

    @Test
    void twoWorkersOfOneKindAreRefused() {
        var worker = Desk.answering(Desk.KIND, Outcome.done());

        assertThatThrownBy(() -> new Workforce(desk.queue, List.of(worker, worker), desk.parked::add))
                .hasMessageContaining(Desk.KIND);
    }

    private interface Turn {
        Outcome take(Work work);
    }

    /** Does as it is told. */
    private record Rehearsal(Turn turn) implements Worker {
        @Override
        public String kind() {
            return Desk.KIND;
        }

        @Override
        public Outcome work(Work work) {
            return turn.take(work);
        }
    }
}

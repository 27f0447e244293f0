package io.tenantry.workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.query.ListQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators' view of work items, and their permitted actions. */
class WorkListTest {
    private static WorkQueueFixture workQueueFixture;

    @BeforeAll
    static void open() {
        workQueueFixture = new WorkQueueFixture("list");
    }

    @BeforeEach
    void clear() {
        workQueueFixture.clear();
    }

    @Test
    void whatIsParkedComesFirstThenTheOldest() {
        workQueueFixture.write(workQueueFixture.first, "old");
        workQueueFixture.write(workQueueFixture.first, "stuck");
        workQueueFixture.write(workQueueFixture.first, "young");
        workQueueFixture.queue.later(workQueueFixture.claimed(), Duration.ZERO);
        var stuck = claimed("stuck");
        workQueueFixture.queue.park(stuck, "nobody answers");

        assertThat(states(Map.of())).containsExactly("PARKED", "WAITING", "WAITING");
    }

    @Test
    void eachStateIsFoundByItsFilter() {
        workQueueFixture.write(workQueueFixture.first, "parked");
        workQueueFixture.queue.park(workQueueFixture.claimed(), "nobody answers");
        workQueueFixture.write(workQueueFixture.first, "retrying");
        workQueueFixture.queue.failed(workQueueFixture.claimed(), "no answer", Duration.ZERO);
        workQueueFixture.write(workQueueFixture.first, "over");
        workQueueFixture.queue.done(workQueueFixture.claimed());
        workQueueFixture.write(workQueueFixture.first, "working");
        workQueueFixture.claimed();
        workQueueFixture.write(workQueueFixture.first, "waiting");

        assertThat(states(Map.of("state", "parked"))).containsExactly("PARKED");
        assertThat(states(Map.of("state", "retrying"))).containsExactly("RETRYING");
        assertThat(states(Map.of("state", "over"))).containsExactly("DONE");
        assertThat(states(Map.of("state", "working"))).containsExactly("WORKING");
        assertThat(states(Map.of("state", "waiting"))).containsExactly("WAITING");
        assertThat(states(Map.of())).hasSize(4).doesNotContain("DONE");
        assertThat(states(Map.of("state", "all"))).hasSize(5);
        assertThat(states(Map.of("state", "'; drop table work_item; --"))).isEmpty();
        assertThat(states(Map.of("kind", "another"))).isEmpty();
    }

    @Test
    void anItemIsFoundByWhatItIsAboutAndByItsError() {
        workQueueFixture.write(workQueueFixture.first, "one");
        workQueueFixture.write(workQueueFixture.first, "two");
        var one = workQueueFixture.claimed();
        workQueueFixture.queue.failed(one, "The Vendor is closed", Duration.ZERO);

        assertThat(search(one.subject().toString())).containsExactly(one.id());
        assertThat(search("vendor is")).containsExactly(one.id());
        assertThat(search("nobody")).isEmpty();
    }

    @Test
    void everySortingIsAQueryThatWorks() {
        workQueueFixture.write(workQueueFixture.first, "one");
        for (var by : List.of("age", "due", "kind", "tenant", "attempts", "state")) {
            var listQuery = new ListQuery("", Map.of("tenant", workQueueFixture.first.value()), by, true, 0, 5);
            assertThat(workQueueFixture.list.find(listQuery).rows()).as(by).hasSize(1);
        }
    }

    @Test
    void aParkedItemIsTriedAgainAsIfItHadNeverFailed() {
        workQueueFixture.write(workQueueFixture.first, "stuck");
        var before = workQueueFixture.claimed();
        workQueueFixture.queue.park(before, "nobody answers");

        assertThat(workQueueFixture.list.retry(before.id())).isTrue();

        var again = workQueueFixture.claimed();
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(workQueueFixture.queue.done(before)).isFalse();
        assertThat(workQueueFixture.list.one(again.id()).orElseThrow().why()).isEmpty();
    }

    @Test
    void claimedWorkIsNotStartedAgain() {
        workQueueFixture.write(workQueueFixture.first, "at work");
        var claimedWorkItem = workQueueFixture.claimed();

        assertThat(workQueueFixture.list.retry(claimedWorkItem.id())).isFalse();
        assertThat(workQueueFixture.queue.done(claimedWorkItem)).isTrue();
        assertThat(workQueueFixture.list.retry(claimedWorkItem.id())).isFalse();
    }

    @Test
    void aCancelledItemEndsForItsWorkerToo() {
        workQueueFixture.write(workQueueFixture.first, "hopeless");
        var claimedWorkItem = workQueueFixture.claimed();

        assertThat(workQueueFixture.list.drop(claimedWorkItem.id(), "the customer is gone"))
                .isTrue();

        assertThat(workQueueFixture.queue.later(claimedWorkItem, Duration.ZERO)).isFalse();
        assertThat(workQueueFixture.list.drop(claimedWorkItem.id(), "again")).isFalse();
        assertThat(workQueueFixture.list.retry(claimedWorkItem.id())).isFalse();
        assertThat(workQueueFixture.claim()).isEmpty();
        var shown = workQueueFixture.list.one(claimedWorkItem.id()).orElseThrow();
        assertThat(shown.state()).isEqualTo("DROPPED");
        assertThat(shown.why()).contains("the customer is gone");
        assertThat(shown.isOpen()).isFalse();
    }

    @Test
    void countsWhatWaitsForAPerson() {
        var before = workQueueFixture.list.parked();
        workQueueFixture.write(workQueueFixture.first, "stuck");
        workQueueFixture.queue.park(workQueueFixture.claimed(), "nobody answers");

        assertThat(workQueueFixture.list.parked()).isEqualTo(before + 1);
    }

    private static ClaimedWorkItem claimed(String key) {
        var claimedWorkItem = workQueueFixture.claimed();
        while (!claimedWorkItem.key().equals(key)) {
            workQueueFixture.queue.later(claimedWorkItem, Duration.ofHours(1));
            claimedWorkItem = workQueueFixture.claimed();
        }
        return claimedWorkItem;
    }

    private static List<String> states(Map<String, String> filters) {
        var all = new java.util.HashMap<>(filters);
        all.put("tenant", workQueueFixture.first.value());
        return workQueueFixture.list.find(new ListQuery("", all, "", false, 0, 20)).rows().stream()
                .map(WorkAdministration.View::state)
                .toList();
    }

    private static List<Long> search(String text) {
        return workQueueFixture
                .list
                .find(new ListQuery(text, Map.of("tenant", workQueueFixture.first.value()), "", false, 0, 20))
                .rows()
                .stream()
                .map(WorkAdministration.View::id)
                .toList();
    }
}

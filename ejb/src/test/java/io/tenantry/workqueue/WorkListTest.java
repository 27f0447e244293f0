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
    static void createFixture() {
        workQueueFixture = new WorkQueueFixture("list");
    }

    @BeforeEach
    void clear() {
        workQueueFixture.clear();
    }

    @Test
    void sortsParkedItemsFirst() {
        workQueueFixture.write(workQueueFixture.first, "old");
        workQueueFixture.write(workQueueFixture.first, "stuck");
        workQueueFixture.write(workQueueFixture.first, "young");
        workQueueFixture.queue.later(workQueueFixture.claimOne(), Duration.ZERO);
        var stuck = claimByKey("stuck");
        workQueueFixture.queue.park(stuck, "nobody answers");

        assertThat(states(Map.of())).containsExactly("PARKED", "WAITING", "WAITING");
    }

    @Test
    void filtersByState() {
        workQueueFixture.write(workQueueFixture.first, "parked");
        workQueueFixture.queue.park(workQueueFixture.claimOne(), "nobody answers");
        workQueueFixture.write(workQueueFixture.first, "retrying");
        workQueueFixture.queue.failed(workQueueFixture.claimOne(), "no answer", Duration.ZERO);
        workQueueFixture.write(workQueueFixture.first, "over");
        workQueueFixture.queue.done(workQueueFixture.claimOne());
        workQueueFixture.write(workQueueFixture.first, "working");
        workQueueFixture.claimOne();
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
    void findsItemsBySubjectAndError() {
        workQueueFixture.write(workQueueFixture.first, "one");
        workQueueFixture.write(workQueueFixture.first, "two");
        var one = workQueueFixture.claimOne();
        workQueueFixture.queue.failed(one, "The Vendor is closed", Duration.ZERO);

        assertThat(search(one.subject().toString())).containsExactly(one.id());
        assertThat(search("vendor is")).containsExactly(one.id());
        assertThat(search("nobody")).isEmpty();
    }

    @Test
    void sortsByEveryColumn() {
        workQueueFixture.write(workQueueFixture.first, "one");
        for (var by : List.of("age", "due", "kind", "tenant", "attempts", "state")) {
            var listQuery = new ListQuery("", Map.of("tenant", workQueueFixture.first.value()), by, true, 0, 5);
            assertThat(workQueueFixture.list.find(listQuery).rows()).as(by).hasSize(1);
        }
    }

    @Test
    void retryingAParkedItemResetsItsAttempts() {
        workQueueFixture.write(workQueueFixture.first, "stuck");
        var before = workQueueFixture.claimOne();
        workQueueFixture.queue.park(before, "nobody answers");

        assertThat(workQueueFixture.list.retry(before.id())).isTrue();

        var again = workQueueFixture.claimOne();
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(workQueueFixture.queue.done(before)).isFalse();
        assertThat(workQueueFixture.list.one(again.id()).orElseThrow().why()).isEmpty();
    }

    @Test
    void doesNotRetryClaimedOrCompletedItems() {
        workQueueFixture.write(workQueueFixture.first, "at work");
        var claimedWorkItem = workQueueFixture.claimOne();

        assertThat(workQueueFixture.list.retry(claimedWorkItem.id())).isFalse();
        assertThat(workQueueFixture.queue.done(claimedWorkItem)).isTrue();
        assertThat(workQueueFixture.list.retry(claimedWorkItem.id())).isFalse();
    }

    @Test
    void droppingAnItemInvalidatesItsClaim() {
        workQueueFixture.write(workQueueFixture.first, "hopeless");
        var claimedWorkItem = workQueueFixture.claimOne();

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
    void countsParkedItems() {
        var before = workQueueFixture.list.parked();
        workQueueFixture.write(workQueueFixture.first, "stuck");
        workQueueFixture.queue.park(workQueueFixture.claimOne(), "nobody answers");

        assertThat(workQueueFixture.list.parked()).isEqualTo(before + 1);
    }

    private static ClaimedWorkItem claimByKey(String key) {
        var claimedWorkItem = workQueueFixture.claimOne();
        while (!claimedWorkItem.key().equals(key)) {
            workQueueFixture.queue.later(claimedWorkItem, Duration.ofHours(1));
            claimedWorkItem = workQueueFixture.claimOne();
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

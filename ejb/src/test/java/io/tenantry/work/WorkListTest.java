package io.tenantry.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.listing.Wish;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see of work, and what they may do about it. */
class WorkListTest {
    private static Desk desk;

    @BeforeAll
    static void open() {
        desk = new Desk("list");
    }

    @BeforeEach
    void clear() {
        desk.clear();
    }

    @Test
    void whatIsParkedComesFirstThenTheOldest() {
        desk.write(desk.first, "old");
        desk.write(desk.first, "stuck");
        desk.write(desk.first, "young");
        desk.queue.later(desk.claimed(), Duration.ZERO);
        var stuck = claimed("stuck");
        desk.queue.park(stuck, "nobody answers");

        assertThat(states(Map.of())).containsExactly("PARKED", "WAITING", "WAITING");
    }

    @Test
    void eachStateIsFoundByItsFilter() {
        desk.write(desk.first, "parked");
        desk.queue.park(desk.claimed(), "nobody answers");
        desk.write(desk.first, "retrying");
        desk.queue.inVain(desk.claimed(), "no answer", Duration.ZERO);
        desk.write(desk.first, "over");
        desk.queue.done(desk.claimed());
        desk.write(desk.first, "working");
        desk.claimed();
        desk.write(desk.first, "waiting");

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
        desk.write(desk.first, "one");
        desk.write(desk.first, "two");
        var one = desk.claimed();
        desk.queue.inVain(one, "The Vendor is closed", Duration.ZERO);

        assertThat(search(one.subject().toString())).containsExactly(one.id());
        assertThat(search("vendor is")).containsExactly(one.id());
        assertThat(search("nobody")).isEmpty();
    }

    @Test
    void everySortingIsAQueryThatWorks() {
        desk.write(desk.first, "one");
        for (var by : List.of("age", "due", "kind", "tenant", "attempts", "state")) {
            var wish = new Wish("", Map.of("tenant", desk.first.value()), by, true, 0, 5);
            assertThat(desk.list.find(wish).rows()).as(by).hasSize(1);
        }
    }

    @Test
    void aParkedItemIsTriedAgainAsIfItHadNeverFailed() {
        desk.write(desk.first, "stuck");
        var before = desk.claimed();
        desk.queue.park(before, "nobody answers");

        assertThat(desk.list.retry(before.id())).isTrue();

        var again = desk.claimed();
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(desk.queue.done(before)).isFalse();
        assertThat(desk.list.one(again.id()).orElseThrow().why()).isEmpty();
    }

    @Test
    void whatSomebodyIsAtIsNotTriedBesides() {
        desk.write(desk.first, "at work");
        var work = desk.claimed();

        assertThat(desk.list.retry(work.id())).isFalse();
        assertThat(desk.queue.done(work)).isTrue();
        assertThat(desk.list.retry(work.id())).isFalse();
    }

    @Test
    void whatIsGivenUpIsOverAlsoForWhoeverIsAtIt() {
        desk.write(desk.first, "hopeless");
        var work = desk.claimed();

        assertThat(desk.list.drop(work.id(), "the customer is gone")).isTrue();

        assertThat(desk.queue.later(work, Duration.ZERO)).isFalse();
        assertThat(desk.list.drop(work.id(), "again")).isFalse();
        assertThat(desk.list.retry(work.id())).isFalse();
        assertThat(desk.claim()).isEmpty();
        var shown = desk.list.one(work.id()).orElseThrow();
        assertThat(shown.state()).isEqualTo("DROPPED");
        assertThat(shown.why()).contains("the customer is gone");
        assertThat(shown.isOpen()).isFalse();
    }

    @Test
    void countsWhatWaitsForAPerson() {
        var before = desk.list.parked();
        desk.write(desk.first, "stuck");
        desk.queue.park(desk.claimed(), "nobody answers");

        assertThat(desk.list.parked()).isEqualTo(before + 1);
    }

    private static Work claimed(String key) {
        var work = desk.claimed();
        while (!work.key().equals(key)) {
            desk.queue.later(work, Duration.ofHours(1));
            work = desk.claimed();
        }
        return work;
    }

    private static List<String> states(Map<String, String> filters) {
        var all = new java.util.HashMap<>(filters);
        all.put("tenant", desk.first.value());
        return desk.list.find(new Wish("", all, "", false, 0, 20)).rows().stream()
                .map(WorkConsole.View::state)
                .toList();
    }

    private static List<Long> search(String text) {
        return desk.list.find(new Wish(text, Map.of("tenant", desk.first.value()), "", false, 0, 20)).rows().stream()
                .map(WorkConsole.View::id)
                .toList();
    }
}

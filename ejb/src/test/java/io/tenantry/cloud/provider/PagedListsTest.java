package io.tenantry.cloud.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PagedListsTest {
    private static final int MEGABYTE = 1024 * 1024;

    @Test
    void readsAListToItsLastPage() {
        assertThat(PagedLists.whole("/servers", "servers", 10, page -> page("a"), (answer, page, read) -> page == 3))
                .hasSize(3);
    }

    @Test
    void abortsAListThatExceedsTheSizeLimit() {
        var read = new AtomicInteger();
        var large = page("a".repeat(MEGABYTE));
        assertThatThrownBy(() -> PagedLists.whole(
                        "/servers",
                        "servers",
                        1000,
                        page -> {
                            read.incrementAndGet();
                            return large;
                        },
                        (answer, page, elements) -> false))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ProviderFailure.Reason.INVALID_RESPONSE))
                .hasMessageContaining("/servers has more than");
        assertThat(read.get()).isLessThanOrEqualTo(PagedLists.LENGTH_MAX / MEGABYTE);
    }

    @Test
    void abortsAListWithTooManyElements() {
        var elements = Json.createArrayBuilder();
        for (var i = 0; i < 1000; i++) {
            elements.add(Json.createObjectBuilder());
        }
        var small = new JsonFields(
                Json.createObjectBuilder().add("servers", elements).build());
        assertThatThrownBy(() -> PagedLists.whole(
                        "/servers", "servers", 1000, page -> small, (answer, page, read) -> page == 100))
                .isInstanceOf(ProviderFailure.class)
                .hasMessageContaining("elements");
    }

    /** A slow provider, each of whose responses is within its own limit. */
    @Test
    void abortsAListThatExceedsTheTimeLimit() {
        var nanos = new AtomicLong(Long.MAX_VALUE - 1);
        var read = new AtomicInteger();
        assertThatThrownBy(() -> PagedLists.whole(
                        "/servers",
                        "servers",
                        1000,
                        page -> {
                            read.incrementAndGet();
                            nanos.addAndGet(Duration.ofSeconds(30).toNanos());
                            return page("a");
                        },
                        (answer, page, elements) -> page == 500,
                        nanos::get))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.isPassing())
                                .as("a later attempt may succeed")
                                .isTrue())
                .hasMessageContaining("/servers took more than");
        assertThat(read.get()).isEqualTo((int) PagedLists.TIME_MAX.dividedBy(Duration.ofSeconds(30)));
    }

    @Test
    void acceptsALateLastPage() {
        var nanos = new AtomicLong();
        assertThat(PagedLists.whole(
                        "/servers",
                        "servers",
                        10,
                        page -> {
                            nanos.addAndGet(PagedLists.TIME_MAX.toNanos() - 1);
                            return page("a");
                        },
                        (answer, page, elements) -> page == 2,
                        nanos::get))
                .hasSize(2);
    }

    private static JsonFields page(String name) {
        return new JsonFields(Json.createObjectBuilder()
                .add(
                        "servers",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("name", name)))
                .build());
    }
}

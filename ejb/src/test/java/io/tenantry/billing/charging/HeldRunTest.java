package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker that holds a run stops without an end, for example because its machine is frozen. */
class HeldRunTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<BillingFixture> books = List.of(book("held-first"), book("held-second"));
    private final InterruptibleRuns runs = new InterruptibleRuns(
            new Killer(), books.stream().map(book -> book.tenant).toList());

    private static BillingFixture book(String slug) {
        var book = new BillingFixture(slug, "USD", "UTC");
        book.clock.stopAt(START);
        book.rent(book.wallet("1000"), book.price("7.30"), START);
        return book;
    }

    @AfterEach
    void close() {
        runs.close();
        Database.asOwner("delete from work.charging_run where tenant like 'held-%'");
    }

    private static String states(String tenant) {
        return String.join(
                " ",
                Database.texts("select state from work.charging_run where tenant = '" + tenant + "' order by until"));
    }

    @Test
    void othersAreChargedMeanwhileAndTheRunWhenItIsReleased() throws Exception {
        runs.open(START.plus(Duration.ofHours(2)));
        CompletableFuture<Integer> work;
        try (var frozen = Database.administration().getConnection()) {
            frozen.setAutoCommit(false);
            lockFirstRun(frozen);
            work = CompletableFuture.supplyAsync(() -> new ChargingWorker(runs, parked -> {}).work(() -> true));
            for (var tries = 0; tries < 300 && !states("held-second").matches("DONE( DONE)*"); tries++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(states("held-second")).matches("DONE( DONE)*");
            assertThat(work).as("it waits for the run").isNotDone();
            assertThat(states("held-first")).startsWith("OPEN");
        }
        work.get(30, TimeUnit.SECONDS);
        assertThat(states("held-first")).matches("DONE( DONE)*");
    }

    private static void lockFirstRun(Connection frozen) throws SQLException {
        try (var statement = frozen.createStatement()) {
            statement.execute(
                    "select id from work.charging_run where tenant = 'held-first' order by until limit 1 for update");
        }
    }
}

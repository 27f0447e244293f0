package io.tenantry.kernel.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.idempotency.SlowRequests.Claim;
import io.tenantry.kernel.idempotency.SlowRequests.Lease;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slow work is done once, whatever happens between its steps. Each step is a transaction. */
class SlowRequestsTest {
    private static final UUID ORGANIZATION = UUID.fromString("00000000-0000-7000-8000-0000000000f1");

    private final SlowRequests requests = new SlowRequests();
    private final UUID person = UUID.randomUUID();
    private final RequestKey key = new RequestKey(Optional.empty(), "key of " + person);

    @BeforeEach
    void createPerson() {
        requests.sql = new Sql(Database.runtime());
        requests.clock = Clock.systemUTC();
        Database.asOwner("insert into t_aurora.person (id, email, name, created_at) values ('" + person + "', '"
                + person + "@example.org', 'Ada', now())");
    }

    @Test
    void repeatedRequestIsInProgressThenGetsTheResponse() {
        var lease = start(key, "make a");
        assertThat(((Claim.InProgress) begin(key, "make a")).retryAfter())
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        assertThat(begin(key, "make b")).isInstanceOf(Claim.Taken.class);
        finish(lease, "{\"link\":\"secret\"}");
        assertThat(begin(key, "make a")).isEqualTo(new Claim.Repeated("{\"link\":\"secret\"}"));
        assertThat(begin(key, "make b")).isInstanceOf(Claim.Taken.class);
        release(lease);
        assertThat(begin(key, "make a")).as("a finished key is not released").isInstanceOf(Claim.Repeated.class);
    }

    @Test
    void takesOverAfterTheLeaseOfADeadProcess() {
        var died = start(key, "make a");
        assertThat(begin(key, "make a")).isInstanceOf(Claim.InProgress.class);
        endLease();
        assertThat(begin(key, "make b"))
                .as("a different request does not take over")
                .isInstanceOf(Claim.Taken.class);
        var second = start(key, "make a");
        assertThat(begin(key, "make a")).isInstanceOf(Claim.InProgress.class);
        finish(second, "second");
        assertThatThrownBy(() -> finish(died, "first")).isInstanceOf(SlowRequests.LeaseLost.class);
        assertThat(begin(key, "make a")).isEqualTo(new Claim.Repeated("second"));
    }

    /** A process that was merely slow makes nothing visible: everything in the same transaction as the response is rolled back. */
    @Test
    void rollsBackWorkWhoseLeaseWasTakenOver() {
        var slow = start(key, "make a");
        endLease();
        start(key, "make a");
        assertThatThrownBy(() -> in(() -> {
                    requests.sql.update("update person set name = 'visible' where id = ?", person);
                    requests.finish(slow, "first");
                    return true;
                }))
                .isInstanceOf(SlowRequests.LeaseLost.class);
        assertThat(Database.texts("select name from t_aurora.person where id = '" + person + "'"))
                .containsExactly("Ada");
        release(slow);
        assertThat(begin(key, "make a")).as("the later lease is kept").isInstanceOf(Claim.InProgress.class);
    }

    @Test
    void releasesTheKeyOfRefusedWork() {
        release(start(key, "make a"));
        assertThat(begin(key, "make b")).isInstanceOf(Claim.Fresh.class);
    }

    @Test
    void distinguishesTheSameKeyOfTwoOrganizations() {
        finish(start(key, "make a"), "first");
        var other = new RequestKey(Optional.of(ORGANIZATION), key.key());
        assertThat(begin(other, "make a")).isInstanceOf(Claim.Fresh.class);
    }

    @Test
    void startsOnlyOneOfConcurrentRequests() throws Exception {
        var callers = new ArrayList<Callable<Claim>>();
        for (int i = 0; i < 12; i++) {
            callers.add(() -> begin(key, "make a"));
        }
        var threads = Executors.newFixedThreadPool(callers.size());
        try {
            var claims = new ArrayList<Claim>();
            for (var claim : threads.invokeAll(callers)) {
                claims.add(claim.get());
            }
            assertThat(claims).filteredOn(Claim.Fresh.class::isInstance).hasSize(1);
            assertThat(claims).filteredOn(Claim.InProgress.class::isInstance).hasSize(callers.size() - 1);
            endLease();
            var again = new ArrayList<Claim>();
            for (var claim : threads.invokeAll(callers)) {
                again.add(claim.get());
            }
            assertThat(again)
                    .as("one takes over")
                    .filteredOn(Claim.Fresh.class::isInstance)
                    .hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private void endLease() {
        Database.asOwner("update t_aurora.idempotency_key set leased_until = clock_timestamp() - interval '1 second'"
                + " where person_id = '" + person + "' and lease is not null");
    }

    private Lease start(RequestKey named, String request) {
        return ((Claim.Fresh) begin(named, request)).lease();
    }

    private Claim begin(RequestKey named, String request) {
        return in(() -> requests.begin(named, request));
    }

    private void finish(Lease lease, String answer) {
        in(() -> {
            requests.finish(lease, answer);
            return true;
        });
    }

    private void release(Lease lease) {
        in(() -> {
            requests.release(lease);
            return true;
        });
    }

    private <T> T in(Supplier<T> work) {
        return Database.in(Database.AURORA, () -> {
            try (var actorScope = Actors.enter(new Actor(Actor.Kind.MEMBER, person, "Ada"))) {
                return work.get();
            }
        });
    }
}

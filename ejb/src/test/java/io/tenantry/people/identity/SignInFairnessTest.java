package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.SignInOutcome.Authenticated;
import io.tenantry.people.identity.SignInOutcome.Refused;
import io.tenantry.people.identity.SignInOutcome.Throttled;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One client cannot prevent others from signing in, neither at its own reseller nor at another. */
class SignInFairnessTest {
    private static final String BROWSER = "Firefox";
    private static final int FLOOD = 14;

    private final IdentityFixture identityFixture = new IdentityFixture();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final HeldPasswords heldPasswords = new HeldPasswords();

    @BeforeEach
    void allowOneCheckAtATime() {
        heldPasswords.settings = IdentityFixture.settings("1024");
        heldPasswords.prepare();
        heldPasswords.turns = new TurnQueue(1, 8);
        heldPasswords.waitMax = Duration.ofMinutes(10);
        identityFixture.use(heldPasswords);
        var signIns = new InTransactions();
        signIns.sql = identityFixture.sql;
        signIns.clock = identityFixture.clock;
        signIns.audit = identityFixture.audit;
        signIns.securityMails = identityFixture.signInTransactions.securityMails;
        identityFixture.passwordAuthentication.signInTransactions = signIns;
        identityFixture.attempts.signInTransactions = signIns;
    }

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFloodOfSignInsDoesNotBlockOthers() throws Exception {
        Database.run(Database.AURORA, () -> identityFixture.customer("fair1@example.org"));
        Database.run(Database.BOREALIS, () -> identityFixture.customer("fair2@example.org"));
        Database.run(Scope.PLATFORM, () -> identityFixture.staffMember("fair3@platform.example", "operator_viewer"));
        var flood = flood("203.0.113.209");
        awaitUntil(() -> flood.stream().filter(Future::isDone).count() == FLOOD - 2);
        var sameReseller = signInAsync(Scope.of(Database.AURORA), "fair1@example.org", "192.0.2.71");
        var otherReseller = signInAsync(Scope.of(Database.BOREALIS), "fair2@example.org", "192.0.2.72");
        var operator = signInAsync(Scope.PLATFORM, "fair3@platform.example", "192.0.2.73");
        awaitUntil(() -> heldPasswords.turns.waiting() == 4);
        heldPasswords.release.countDown();
        assertThat(sameReseller.get()).isInstanceOf(Authenticated.class);
        assertThat(otherReseller.get()).isInstanceOf(Authenticated.class);
        assertThat(operator.get()).isInstanceOf(Authenticated.class);
        assertThat(flood.stream().filter(SignInFairnessTest::isRefused))
                .as("one of the flood was being checked and one waited")
                .hasSize(2);
        assertThat(failures(Database.AURORA, "address", "203.0.113.209"))
                .as("attempts that got no turn are not counted as failures")
                .isEqualTo(2);
    }

    @Test
    void countsFailuresOfAnAddressAcrossTenants() throws Exception {
        identityFixture.use(identityFixture.passwords);
        for (int i = 0; i < 30; i++) {
            for (var tenant : List.of(Database.AURORA, Database.BOREALIS)) {
                var attempt = signInAsync(Scope.of(tenant), "addresswide" + i + "@example.org", "2001:db8:77:7::" + i);
                assertThat(attempt.get()).isInstanceOf(Refused.class);
            }
        }
        var operator = signInAsync(Scope.PLATFORM, "addresswide@platform.example", "2001:db8:77:7::99");
        assertThat(operator.get()).isInstanceOf(Throttled.class);
        assertThat(failures(Scope.PLATFORM, "address", "2001:db8:77:7::/64"))
                .as("no password was checked there")
                .isZero();
        var elsewhere = signInAsync(Scope.PLATFORM, "addresswide@platform.example", "2001:db8:77:8::1");
        assertThat(elsewhere.get()).isInstanceOf(Refused.class);
    }

    @Test
    void countsNoFailureForTheRightPassword() throws Exception {
        identityFixture.use(identityFixture.passwords);
        Database.run(Database.AURORA, () -> identityFixture.customer("fair4@example.org"));
        var attempt = signInAsync(Scope.of(Database.AURORA), "fair4@example.org", "192.0.2.74");
        assertThat(attempt.get()).isInstanceOf(Authenticated.class);
        assertThat(failures(Scope.PLATFORM, "everywhere", "192.0.2.74")).isZero();
        assertThat(failures(Database.AURORA, "address", "192.0.2.74")).isZero();
    }

    private static boolean isRefused(Future<SignInOutcome> attempt) {
        try {
            return attempt.get() instanceof Refused;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private long failures(TenantId tenant, String kind, String network) {
        return failures(Scope.of(tenant), kind, network);
    }

    private long failures(Scope scope, String kind, String network) {
        return Database.in(
                scope,
                () -> identityFixture.sql.one(
                        "select coalesce(sum(failures), 0)::int failures from sign_in_failure where subject = ?",
                        row -> row.whole("failures"),
                        FailureCounter.subject(kind, network)));
    }

    private List<Future<SignInOutcome>> flood(String address) {
        var flood = new ArrayList<Future<SignInOutcome>>();
        for (int i = 0; i < FLOOD; i++) {
            var email = "stranger" + i + "@example.org";
            flood.add(threads.submit(attempt(Scope.of(Database.AURORA), email, "wrong", address)));
        }
        return flood;
    }

    private Future<SignInOutcome> signInAsync(Scope scope, String email, String address) {
        return threads.submit(attempt(scope, email, IdentityFixture.PASSWORD, address));
    }

    private Callable<SignInOutcome> attempt(Scope scope, String email, String password, String address) {
        return () -> Tenancy.in(
                scope, () -> identityFixture.passwordAuthentication.signIn(email, password, address, BROWSER));
    }

    /** Called as by the container: each call in a transaction, and none in between. */
    private static final class InTransactions extends SignInTransactions {
        @Override
        public Admission admit(String typed, String address) {
            return Database.in(Tenancy.scope(), () -> super.admit(typed, address));
        }

        @Override
        public Optional<UUID> welcome(
                Attempt attempt, AuthenticatedPerson person, String checkedHash, String address, String userAgent) {
            return Database.in(Tenancy.scope(), () -> super.welcome(attempt, person, checkedHash, address, userAgent));
        }

        @Override
        public void putOff(Attempt attempt) {
            Database.run(Tenancy.scope(), () -> super.putOff(attempt));
        }

        @Override
        public void refused(Optional<Candidate> candidate, String reason) {
            Database.run(Tenancy.scope(), () -> super.refused(candidate, reason));
        }

        @Override
        public void renew(UUID personId, String outdated, String renewed) {
            Database.run(Tenancy.scope(), () -> super.renew(personId, outdated, renewed));
        }
    }

    /** The first check blocks until it is released. */
    private static final class HeldPasswords extends Passwords {
        private final CountDownLatch release = new CountDownLatch(1);

        @Override
        public boolean matches(String password, Optional<String> phc) {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return super.matches(password, phc);
        }
    }

    private static void awaitUntil(BooleanSupplier reached) {
        while (!reached.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}

package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.SignInOutcome.Authenticated;
import io.tenantry.people.identity.SignInOutcome.Refused;
import io.tenantry.people.identity.SignInOutcome.Throttled;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.testing.Database;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PasswordAuthenticationTest {
    private static final String BROWSER = "Firefox";

    private final IdentityFixture identityFixture = new IdentityFixture();

    @Test
    void opensASessionForAMember() {
        var owner = customer("welcome1@example.org");
        var outcome = signIn("welcome1@example.org", IdentityFixture.PASSWORD, "192.0.2.1");
        assertThat(outcome).isInstanceOf(Authenticated.class);
        var authenticated = (Authenticated) outcome;
        assertThat(authenticated.person().kind()).isEqualTo(Actor.Kind.MEMBER);
        assertThat(authenticated.person().personId()).isEqualTo(owner.personId());
        assertThat(Database.in(Database.AURORA, () -> identityFixture.sessions.find(authenticated.sessionId())))
                .contains(authenticated.person());
        assertThat(Database.in(Database.BOREALIS, () -> identityFixture.sessions.find(authenticated.sessionId())))
                .isEmpty();
    }

    @Test
    void distinguishesStaffFromOperators() {
        Database.in(Database.AURORA, () -> identityFixture.staffMember("staff2@aurora.example", "staff_support"));
        Database.in(Scope.PLATFORM, () -> identityFixture.staffMember("operator2@platform.example", "operator_viewer"));
        assertThat(((Authenticated) signIn("staff2@aurora.example", IdentityFixture.PASSWORD, "192.0.2.2"))
                        .person()
                        .kind())
                .isEqualTo(Actor.Kind.STAFF);
        var onPlatform = Database.in(
                Scope.PLATFORM,
                () -> identityFixture.passwordAuthentication.signIn(
                        "operator2@platform.example", IdentityFixture.PASSWORD, "192.0.2.2", BROWSER));
        assertThat(((Authenticated) onPlatform).person().kind()).isEqualTo(Actor.Kind.OPERATOR);
        assertThat(signIn("operator2@platform.example", IdentityFixture.PASSWORD, "192.0.2.2"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void acceptsAllSpellingsOfTheEmailAddress() {
        customer("m3u@xn--mller-kva.example");
        for (var typed : List.of(
                "\u00A0m3u@m\u00FCller.example", "M3U@MU\u0308LLER.example\u200B", "m3u@xn--mller-kva.example")) {
            assertThat(signIn(typed, IdentityFixture.PASSWORD, "192.0.2.33"))
                    .as(typed)
                    .isInstanceOf(Authenticated.class);
        }
    }

    /** As stored before hosts had a canonical form. */
    @Test
    void acceptsAddressesStoredInUnicode() {
        var owner = customer("m3v@before.example");
        Database.in(
                Database.AURORA,
                () -> identityFixture.sql.update(
                        "update person set email = ? where id = ?", "m3v@m\u00FCller.example", owner.personId()));
        for (var typed :
                List.of("m3v@m\u00FCller.example", "m3v@xn--mller-kva.example", "\u00A0M3V@M\u00DCLLER.EXAMPLE")) {
            assertThat(signIn(typed, IdentityFixture.PASSWORD, "192.0.2.34"))
                    .as(typed)
                    .isInstanceOf(Authenticated.class);
        }
    }

    @Test
    void ignoresTheCaseOfTheAddress() {
        customer("mixed3@example.org");
        assertThat(signIn(" Mixed3@Example.ORG ", IdentityFixture.PASSWORD, "192.0.2.3"))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    void answersUnknownPersonsLikeWrongPasswords() {
        var owner = customer("enumerated4@example.org");
        var wrong = signIn("enumerated4@example.org", "not the password", "192.0.2.4");
        var unknown = signIn("nobody4@example.org", "not the password", "192.0.2.4");
        assertThat(wrong).isEqualTo(unknown).isInstanceOf(Refused.class);
        assertThat(reasons(String.valueOf(owner.personId()))).containsExactly("wrong_password");
        assertThat(reasons("unknown")).contains("unknown_person");
    }

    @Test
    void takesTheSameTimeForUnknownPersonsAndWrongPasswords() {
        customer("timed5@example.org");
        var slow = new Passwords();
        slow.settings = IdentityFixture.settings("19456");
        slow.prepare();
        identityFixture.use(slow);
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.asSystem(() -> {
                    var person = identityFixture.sql.one(
                            "select id from person where email = ?", r -> r.uuid("id"), "timed5@example.org");
                    identityFixture.passwordLinks.setByTheSystem(person, slow.hash(IdentityFixture.PASSWORD));
                    return true;
                }));
        var wrong = new ArrayList<Long>();
        var unknown = new ArrayList<Long>();
        for (int i = 0; i < 9; i++) {
            wrong.add(nanos("timed5@example.org", "198.51.100." + i));
            unknown.add(nanos("nobody5@example.org", "198.51.100." + i));
            Database.asOwner("delete from t_aurora.sign_in_failure");
        }
        double ratio = (double) median(wrong) / median(unknown);
        assertThat(ratio).isBetween(0.5, 2.0);
    }

    @Test
    void throttlesAnAccountAfterFiveFailures() {
        customer("throttled6@example.org");
        for (int i = 0; i < 5; i++) {
            assertThat(signIn("throttled6@example.org", "wrong", "203.0.113." + i))
                    .isInstanceOf(Refused.class);
        }
        var paused = signIn("throttled6@example.org", IdentityFixture.PASSWORD, "203.0.113.99");
        assertThat(((Throttled) paused).retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
        Database.asOwner("update t_aurora.sign_in_failure set last_at = last_at - interval '31 seconds', "
                + "blocked_until = blocked_until - interval '31 seconds'");
        assertThat(signIn("throttled6@example.org", IdentityFixture.PASSWORD, "203.0.113.99"))
                .isInstanceOf(Authenticated.class);
        assertThat(signIn("throttled6@example.org", "wrong", "203.0.113.99")).isInstanceOf(Refused.class);
    }

    @Test
    void throttlesUnknownPersonsLikeKnownOnes() {
        for (int i = 0; i < 5; i++) {
            assertThat(signIn("nobody7@example.org", "wrong", "203.0.113." + i)).isInstanceOf(Refused.class);
        }
        assertThat(signIn("nobody7@example.org", "wrong", "203.0.113.99")).isInstanceOf(Throttled.class);
    }

    @Test
    void doesNotThrottleKnownAddressesBecauseOfGuessesElsewhere() {
        customer("victim8@example.org");
        assertThat(signIn("victim8@example.org", IdentityFixture.PASSWORD, "192.0.2.88"))
                .isInstanceOf(Authenticated.class);
        for (int i = 0; i < 20; i++) {
            signIn("victim8@example.org", "guess " + i, "203.0.113." + (100 + i));
        }
        assertThat(signIn("victim8@example.org", IdentityFixture.PASSWORD, "203.0.113.150"))
                .isInstanceOf(Throttled.class);
        assertThat(signIn("victim8@example.org", IdentityFixture.PASSWORD, "192.0.2.88"))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    void throttlesAnAddressThatTriesManyAccounts() {
        for (int i = 0; i < 30; i++) {
            assertThat(signIn("spray" + i + "@example.org", "wrong", "2001:db8:9:9::" + i))
                    .isInstanceOf(Refused.class);
        }
        assertThat(signIn("spray99@example.org", "wrong", "2001:db8:9:9:ffff::1"))
                .isInstanceOf(Throttled.class);
        assertThat(signIn("spray99@example.org", "wrong", "2001:db8:9:a::1")).isInstanceOf(Refused.class);
    }

    @Test
    void throttlesConcurrentGuessesLikeSequentialOnes() throws Exception {
        customer("parallel10@example.org");
        var guesses = new ArrayList<Callable<SignInOutcome>>();
        for (int i = 0; i < 24; i++) {
            var address = "203.0.113." + (200 + i);
            guesses.add(() -> signIn("parallel10@example.org", "wrong", address));
        }
        assertThat(atOnce(guesses)).filteredOn(Refused.class::isInstance).hasSize(5);
    }

    @Test
    void rejectsPersonsDisabledWithoutPasswordOrWithoutRole() {
        var owner = Database.in(Database.AURORA, () -> {
            var customer = identityFixture.customer("disabled11@example.org");
            identityFixture.member(customer, "second11@example.org", "owner");
            return customer.owner();
        });
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.asSystem(() -> {
                    identityFixture.personAccounts.disable(IdentityFixture.id(owner));
                    var customer = identityFixture.customer("host11@example.org");
                    identityFixture.members.invite(customer.organizationId(), "invited11@example.org", "Ina", "viewer");
                    var gone = identityFixture.member(customer, "gone11@example.org", "viewer");
                    identityFixture.members.remove(customer.organizationId(), IdentityFixture.id(gone));
                    return true;
                }));
        assertThat(signIn("disabled11@example.org", IdentityFixture.PASSWORD, "192.0.2.11"))
                .isInstanceOf(Refused.class);
        assertThat(signIn("invited11@example.org", IdentityFixture.PASSWORD, "192.0.2.11"))
                .isInstanceOf(Refused.class);
        assertThat(signIn("gone11@example.org", IdentityFixture.PASSWORD, "192.0.2.11"))
                .isInstanceOf(Refused.class);
        assertThat(reasons(String.valueOf(owner.personId()))).containsExactly("disabled");
    }

    @Test
    void rehashesPasswordsWithOutdatedParameters() {
        var owner = customer("renewed12@example.org");
        var stronger = new Passwords();
        stronger.settings = IdentityFixture.settings("2048");
        stronger.prepare();
        identityFixture.use(stronger);
        assertThat(signIn("renewed12@example.org", IdentityFixture.PASSWORD, "192.0.2.12"))
                .isInstanceOf(Authenticated.class);
        assertThat(Database.texts("select password_hash from t_aurora.credential where person_id = '" + owner.personId()
                                + "'")
                        .get(0))
                .contains("m=2048");
        assertThat(signIn("renewed12@example.org", IdentityFixture.PASSWORD, "192.0.2.12"))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    void opensNoSessionIfThePasswordWasReplacedMeanwhile() {
        var owner = customer("raced13@example.org");
        var opened = Database.in(Database.AURORA, () -> {
            var admitted = (SignInTransactions.Admission.Admitted)
                    identityFixture.signInTransactions.admit("raced13@example.org", "192.0.2.13");
            var checked = admitted.attempt().candidate().orElseThrow();
            IdentityFixture.asSystem(() -> {
                identityFixture.passwordLinks.setByTheSystem(
                        IdentityFixture.id(owner), identityFixture.passwords.hash("another-long-one"));
                return true;
            });
            return identityFixture.signInTransactions.welcome(
                    admitted.attempt(),
                    checked.authenticated().orElseThrow(),
                    checked.passwordHash().orElseThrow(),
                    "192.0.2.13",
                    BROWSER);
        });
        assertThat(opened).isEmpty();
    }

    @Test
    void auditsSuccessfulAndRefusedSignIns() {
        var owner = customer("named15@example.org");
        signIn("named15@example.org", IdentityFixture.PASSWORD, "192.0.2.15");
        signIn("named15@example.org", "wrong", "192.0.2.15");
        assertThat(Database.texts("select concat_ws(' ', action, actor_kind, actor_name, actor_id)"
                        + " from t_aurora.audit_record where subject_id = '" + IdentityFixture.id(owner)
                        + "' and action like 'person.sign%' order by seq"))
                .containsExactly(
                        "person.signed_in MEMBER Olga Owner " + IdentityFixture.id(owner),
                        "person.sign_in_refused NOBODY ");
        assertThat(Actors.current()).isEmpty();
    }

    @Test
    void storesNoTypedTextWithFailures() {
        signIn("my-secret-password@typed-into-the-wrong-field", "x", "192.0.2.14");
        assertThat(Database.texts("select subject from t_aurora.sign_in_failure"))
                .allMatch(subject -> subject.matches("(account|address):[0-9a-f]{64}"));
    }

    private Actor customer(String email) {
        return Database.in(
                Database.AURORA, () -> identityFixture.customer(email).owner());
    }

    private SignInOutcome signIn(String email, String password, String address) {
        return Database.in(
                Database.AURORA,
                () -> identityFixture.passwordAuthentication.signIn(email, password, address, BROWSER));
    }

    /** Returns the CPU time, which does not depend on other load of the machine; the hash is nearly all of it. */
    private long nanos(String email, String address) {
        var threads = ManagementFactory.getThreadMXBean();
        return Database.in(Database.AURORA, () -> {
            long before = threads.getCurrentThreadCpuTime();
            identityFixture.passwordAuthentication.signIn(email, "wrong password", address, BROWSER);
            return threads.getCurrentThreadCpuTime() - before;
        });
    }

    private static long median(List<Long> nanos) {
        return nanos.stream().sorted().toList().get(nanos.size() / 2);
    }

    private static List<String> reasons(String personId) {
        return Database.texts("select facts ->> 'reason' from t_aurora.audit_record "
                + "where action = 'person.sign_in_refused' and subject_id = '" + personId + "'");
    }

    static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var results = new ArrayList<T>();
            for (var future : threads.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}

package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.identity.SignInOutcome.Welcome;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken away stays away, also from what is made at the same moment. */
class RevocationRaceTest {
    private static final TenantId TENANT = Database.AURORA;
    private static final Set<String> SCOPES = Set.of(Permission.SETTINGS_MANAGE);

    private final World world = new World();

    @ParameterizedTest
    @ValueSource(strings = {"disable", "revoke", "remove", "staff"})
    void aKeyMadeBesideARevocationIsRevokedToo(String way) throws Exception {
        var customer = Database.in(TENANT, () -> world.customer("race1@" + way + ".example"));
        var admin = Database.in(TENANT, () -> world.member(customer, "admin1@" + way + ".example", "admin"));
        var key = beside(() -> make(customer, admin), () -> putOut(way, customer, admin))
                .orElseThrow();
        assertThat(isRevoked(key.id())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "remove", "staff"})
    void noKeyIsMadeBesideAPersonWhoIsPutOut(String way) throws Exception {
        var customer = Database.in(TENANT, () -> world.customer("race2@" + way + ".example"));
        var admin = Database.in(TENANT, () -> world.member(customer, "admin2@" + way + ".example", "admin"));
        beside(() -> Optional.of(putOut(way, customer, admin)), () -> make(customer, admin));
        assertThat(keysOf(admin)).isEmpty();
    }

    @Test
    void aKeyThatIsBeingRevokedMakesNoOther() throws Exception {
        var customer = Database.in(TENANT, () -> world.customer("race3@revoke.example"));
        var key = Database.in(TENANT, () -> make(customer, customer.owner())).orElseThrow();
        beside(
                () -> {
                    World.run(customer.owner(), () -> world.apiKeys.revoke(customer.organizationId(), key.id()));
                    return Optional.of(true);
                },
                () -> using(customer, key.id(), () -> make(customer, customer.owner())));
        assertThat(keysOf(customer.owner())).isEmpty();
    }

    @Test
    void aSignInBesideANewPasswordOpensNothingThatOutlivesIt() throws Exception {
        var customer = Database.in(TENANT, () -> world.customer("race4@revoke.example"));
        var owner = World.id(customer.owner());
        var attempt = Database.in(
                TENANT, () -> (SignIns.Admission.Admitted) world.signIns.admit("race4@revoke.example", "192.0.2.81"));
        var candidate = attempt.attempt().candidate().orElseThrow();
        beside(
                () -> {
                    var hash = world.passwords.hash("another-orbit-teapot");
                    World.asSystem(() -> {
                        world.links.setByTheSystem(owner, hash);
                        return true;
                    });
                    return Optional.of(true);
                },
                () -> world.signIns.welcome(
                        attempt.attempt(),
                        candidate.standing().orElseThrow(),
                        candidate.passwordHash().orElseThrow(),
                        "192.0.2.81",
                        "Firefox"));
        assertThat(liveOf(owner)).isEmpty();
    }

    @Test
    void whoSignsOutElsewhereEndsWhatIsBeingOpened() throws Exception {
        var customer = Database.in(TENANT, () -> world.customer("race5@revoke.example"));
        var owner = World.id(customer.owner());
        var kept = signIn("race5@revoke.example");
        beside(
                () -> Optional.of(
                        world.credentials.signIn("race5@revoke.example", World.PASSWORD, "192.0.2.83", "Firefox")),
                () -> {
                    World.run(customer.owner(), () -> world.sessions.endOthers(kept));
                    return Optional.of(true);
                });
        assertThat(liveOf(owner)).containsExactly(kept.toString());
    }

    @Test
    void whatWasOpenedWhileSomebodyWasDisabledIsNotOpenAgainAfterwards() {
        var customer = Database.in(TENANT, () -> world.customer("race6@revoke.example"));
        var admin = Database.in(TENANT, () -> world.member(customer, "admin6@revoke.example", "admin"));
        var organization = customer.organizationId();
        Database.run(TENANT, () -> putOut("disable", customer, admin));
        var session = UUID.randomUUID();
        Database.asOwner("insert into t_aurora.web_session"
                + " (id, person_id, created_at, last_seen_at, address, user_agent) values ('" + session + "', '"
                + World.id(admin) + "', clock_timestamp(), clock_timestamp(), '192.0.2.84', 'Firefox')");
        Database.run(
                TENANT, () -> World.run(customer.owner(), () -> world.members.enable(organization, World.id(admin))));
        assertThat(Database.in(TENANT, () -> world.sessions.find(session))).isEmpty();
    }

    private Optional<ApiKeys.Created> make(World.Customer customer, Actor person) {
        return Optional.of(World.as(person, () -> world.apiKeys.create("k", customer.organizationId(), SCOPES, null)));
    }

    private TeamChange putOut(String way, World.Customer customer, Actor person) {
        var organization = customer.organizationId();
        var id = World.id(person);
        return World.as(customer.owner(), () -> switch (way) {
            case "disable" -> world.members.disable(organization, id);
            case "remove" -> world.members.remove(organization, id);
            case "revoke" -> world.members.revokeKeys(organization, id);
            default -> World.asSystem(() -> world.people.disable(id));
        });
    }

    private static <T> Optional<T> using(World.Customer customer, UUID key, Supplier<Optional<T>> work) {
        KeyInUse.enter(new KeyInUse(key, customer.organizationId(), SCOPES));
        try {
            return work.get();
        } finally {
            KeyInUse.clear();
        }
    }

    /** Does the second while the first is done but not yet committed; a refusal of the second is one way to lose. */
    private static <T> Optional<T> beside(Supplier<Optional<T>> first, Supplier<?> second) throws Exception {
        var other = new FutureTask<>(() -> attempt(second), true);
        var result = Database.in(TENANT, () -> {
            var done = first.get();
            new Thread(other, "second").start();
            while (!other.isDone() && !isWaiting() && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return done;
        });
        other.get(60, TimeUnit.SECONDS);
        return result;
    }

    private static void attempt(Supplier<?> work) {
        try {
            Database.in(TENANT, work::get);
        } catch (AccessDenied | NotVisible expected) {
            // It came second.
        }
    }

    private static boolean isWaiting() {
        return !Database.texts("select 'waits' from pg_locks where not granted").isEmpty();
    }

    private static boolean isRevoked(UUID key) {
        return Database.texts("select id::text from t_aurora.api_key where revoked_at is not null")
                .contains(key.toString());
    }

    private static List<String> keysOf(Actor person) {
        return Database.texts("select id::text from t_aurora.api_key where revoked_at is null and person_id = '"
                + World.id(person) + "'");
    }

    private static List<String> liveOf(UUID person) {
        return Database.texts(
                "select w.id::text from t_aurora.web_session w join t_aurora.person p on p.id = w.person_id"
                        + " where w.ended_at is null and w.created_at >= p.sessions_valid_from and p.id = '" + person
                        + "'");
    }

    private UUID signIn(String email) {
        return Database.in(
                TENANT,
                () -> ((Welcome) world.credentials.signIn(email, World.PASSWORD, "192.0.2.82", "Firefox")).sessionId());
    }
}

package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.SignInOutcome.Authenticated;
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

/** A revoked permission stays revoked, also for credentials created at the same moment. */
class RevocationRaceTest {
    private static final TenantId TENANT = Database.AURORA;
    private static final Set<String> SCOPES = Set.of(Permission.SETTINGS_MANAGE);

    private final IdentityFixture identityFixture = new IdentityFixture();

    @ParameterizedTest
    @ValueSource(strings = {"disable", "revoke", "remove", "staff"})
    void revokesKeysCreatedDuringARevocation(String way) throws Exception {
        var customer = Database.in(TENANT, () -> identityFixture.customer("race1@" + way + ".example"));
        var admin = Database.in(TENANT, () -> identityFixture.member(customer, "admin1@" + way + ".example", "admin"));
        var key = runConcurrently(() -> createKey(customer, admin), () -> revoke(way, customer, admin))
                .orElseThrow();
        assertThat(isRevoked(key.id())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "remove", "staff"})
    void createsNoKeyDuringARemoval(String way) throws Exception {
        var customer = Database.in(TENANT, () -> identityFixture.customer("race2@" + way + ".example"));
        var admin = Database.in(TENANT, () -> identityFixture.member(customer, "admin2@" + way + ".example", "admin"));
        runConcurrently(() -> Optional.of(revoke(way, customer, admin)), () -> createKey(customer, admin));
        assertThat(keysOf(admin)).isEmpty();
    }

    @Test
    void createsNoKeyWithAKeyThatIsBeingRevoked() throws Exception {
        var customer = Database.in(TENANT, () -> identityFixture.customer("race3@revoke.example"));
        var key =
                Database.in(TENANT, () -> createKey(customer, customer.owner())).orElseThrow();
        runConcurrently(
                () -> {
                    IdentityFixture.run(
                            customer.owner(),
                            () -> identityFixture.apiKeys.revoke(customer.organizationId(), key.id()));
                    return Optional.of(true);
                },
                () -> withKey(customer, key.id(), () -> createKey(customer, customer.owner())));
        assertThat(keysOf(customer.owner())).isEmpty();
    }

    @Test
    void endsSessionsOpenedDuringAPasswordChange() throws Exception {
        var customer = Database.in(TENANT, () -> identityFixture.customer("race4@revoke.example"));
        var owner = IdentityFixture.id(customer.owner());
        var attempt = Database.in(TENANT, () -> (SignInTransactions.Admission.Admitted)
                identityFixture.signInTransactions.admit("race4@revoke.example", "192.0.2.81"));
        var candidate = attempt.attempt().candidate().orElseThrow();
        runConcurrently(
                () -> {
                    var hash = identityFixture.passwords.hash("another-orbit-teapot");
                    IdentityFixture.asSystem(() -> {
                        identityFixture.passwordLinks.setByTheSystem(owner, hash);
                        return true;
                    });
                    return Optional.of(true);
                },
                () -> identityFixture.signInTransactions.welcome(
                        attempt.attempt(),
                        candidate.authenticated().orElseThrow(),
                        candidate.passwordHash().orElseThrow(),
                        "192.0.2.81",
                        "Firefox"));
        assertThat(liveSessionsOf(owner)).isEmpty();
    }

    @Test
    void signingOutElsewhereEndsSessionsThatAreBeingOpened() throws Exception {
        var customer = Database.in(TENANT, () -> identityFixture.customer("race5@revoke.example"));
        var owner = IdentityFixture.id(customer.owner());
        var kept = signIn("race5@revoke.example");
        runConcurrently(
                () -> Optional.of(identityFixture.passwordAuthentication.signIn(
                        "race5@revoke.example", IdentityFixture.PASSWORD, "192.0.2.83", "Firefox")),
                () -> {
                    IdentityFixture.run(customer.owner(), () -> identityFixture.sessions.endOthers(kept));
                    return Optional.of(true);
                });
        assertThat(liveSessionsOf(owner)).containsExactly(kept.toString());
    }

    @Test
    void sessionsOpenedWhileDisabledStayInvalidAfterEnabling() {
        var customer = Database.in(TENANT, () -> identityFixture.customer("race6@revoke.example"));
        var admin = Database.in(TENANT, () -> identityFixture.member(customer, "admin6@revoke.example", "admin"));
        var organization = customer.organizationId();
        Database.run(TENANT, () -> revoke("disable", customer, admin));
        var session = UUID.randomUUID();
        Database.asOwner("insert into t_aurora.web_session"
                + " (id, person_id, created_at, last_seen_at, address, user_agent) values ('" + session + "', '"
                + IdentityFixture.id(admin) + "', clock_timestamp(), clock_timestamp(), '192.0.2.84', 'Firefox')");
        Database.run(
                TENANT,
                () -> IdentityFixture.run(
                        customer.owner(),
                        () -> identityFixture.members.enable(organization, IdentityFixture.id(admin))));
        assertThat(Database.in(TENANT, () -> identityFixture.sessions.find(session)))
                .isEmpty();
    }

    @Test
    void withdrawsInvitationsCreatedDuringARevocation() throws Exception {
        var customer = Database.in(TENANT, () -> identityFixture.customer("race7@revoke.example"));
        var inviter = Database.in(TENANT, () -> identityFixture.member(customer, "maker7@revoke.example", "owner"));
        for (var way : List.of("sessions", "disable")) {
            var made = runConcurrently(() -> Optional.of(invite(customer, inviter, way + "7@revoke.example")), () -> {
                IdentityFixture.asSystem(() -> {
                    if (way.equals("sessions")) {
                        identityFixture.personAccounts.endSessions(IdentityFixture.id(inviter));
                    } else {
                        identityFixture.personAccounts.disable(IdentityFixture.id(inviter));
                    }
                    return true;
                });
                return true;
            });
            assertThat(made).isPresent();
            assertThat(Database.texts("select state from t_aurora.membership_invitation where email = '" + way
                            + "7@revoke.example'"))
                    .containsExactly("WITHDRAWN");
        }
    }

    private InvitationOutcome invite(IdentityFixture.Customer customer, Actor inviter, String email) {
        return IdentityFixture.as(
                inviter, () -> identityFixture.members.invite(customer.organizationId(), email, "Gus", "viewer"));
    }

    private Optional<ApiKeys.Created> createKey(IdentityFixture.Customer customer, Actor person) {
        return Optional.of(IdentityFixture.as(
                person, () -> identityFixture.apiKeys.create("k", customer.organizationId(), SCOPES, null)));
    }

    private TeamChange revoke(String way, IdentityFixture.Customer customer, Actor person) {
        var organization = customer.organizationId();
        var id = IdentityFixture.id(person);
        return IdentityFixture.as(customer.owner(), () -> switch (way) {
            case "disable" -> identityFixture.members.disable(organization, id);
            case "remove" -> identityFixture.members.remove(organization, id);
            case "revoke" -> identityFixture.members.revokeKeys(organization, id);
            default -> IdentityFixture.asSystem(() -> identityFixture.personAccounts.disable(id));
        });
    }

    private static <T> Optional<T> withKey(IdentityFixture.Customer customer, UUID key, Supplier<Optional<T>> work) {
        CurrentApiKey.enter(new CurrentApiKey(key, customer.organizationId(), SCOPES));
        try {
            return work.get();
        } finally {
            CurrentApiKey.clear();
        }
    }

    /** Runs the second while the first is done but not yet committed; a refusal of the second is one way to lose. */
    private static <T> Optional<T> runConcurrently(Supplier<Optional<T>> first, Supplier<?> second) throws Exception {
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
        } catch (AccessDeniedException | NotFoundException expected) {
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
                + IdentityFixture.id(person) + "'");
    }

    private static List<String> liveSessionsOf(UUID person) {
        return Database.texts(
                "select w.id::text from t_aurora.web_session w join t_aurora.person p on p.id = w.person_id"
                        + " where w.ended_at is null and w.created_at >= p.sessions_valid_from and p.id = '" + person
                        + "'");
    }

    private UUID signIn(String email) {
        return Database.in(
                TENANT,
                () -> ((Authenticated) identityFixture.passwordAuthentication.signIn(
                                email, IdentityFixture.PASSWORD, "192.0.2.82", "Firefox"))
                        .sessionId());
    }
}

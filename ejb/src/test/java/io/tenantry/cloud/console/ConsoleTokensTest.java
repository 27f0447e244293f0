package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens that open a console, and tokens that do not. */
class ConsoleTokensTest {
    private static ConsoleFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new ConsoleFixture("tickets", Map.of());
    }

    @Test
    void opensAConsoleOnlyOnce() {
        var session = fixture.session(fixture.owner);
        var token = issue(fixture.owner, session);
        assertThat(use(fixture.owner, token, session))
                .contains(new ConsoleToken(fixture.service, ConsoleToken.Kind.SHELL));
        assertThat(use(fixture.owner, token, session)).isEmpty();
    }

    @Test
    void opensOnlyTheKindOfConsoleItWasIssuedFor() {
        var session = fixture.session(fixture.owner);
        var token = fixture.as(
                fixture.owner, () -> fixture.consoleTokens.issue(fixture.service, ConsoleToken.Kind.SCREEN, session));
        assertThat(use(fixture.owner, token, session))
                .contains(new ConsoleToken(fixture.service, ConsoleToken.Kind.SCREEN));
        assertThat(use(fixture.owner, token, session)).isEmpty();
    }

    @Test
    void opensOnceUnderConcurrentUse() throws Exception {
        var session = fixture.session(fixture.owner);
        var token = issue(fixture.owner, session);
        var pool = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> attempt = () -> use(fixture.owner, token, session).isPresent();
            var opened = 0;
            for (var one :
                    pool.invokeAll(IntStream.range(0, 32).mapToObj(i -> attempt).toList())) {
                opened += one.get() ? 1 : 0;
            }
            assertThat(opened).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void expiresAfterThirtySeconds() {
        var session = fixture.session(fixture.owner);
        var young = issue(fixture.owner, session);
        fixture.asOwner("update %.console_token set created_at = created_at - interval '29 seconds',"
                + " expires_at = expires_at - interval '29 seconds' where session_id = '" + session + "'");
        assertThat(use(fixture.owner, young, session)).isPresent();
        var old = issue(fixture.owner, session);
        fixture.asOwner("update %.console_token set created_at = created_at - interval '30 seconds',"
                + " expires_at = expires_at - interval '30 seconds' where session_id = '" + session + "'");
        assertThat(use(fixture.owner, old, session)).isEmpty();
    }

    @Test
    void isNotUsedUpByAnotherSessionOrPerson() {
        var session = fixture.session(fixture.owner);
        var token = issue(fixture.owner, session);
        assertThat(use(fixture.owner, token, fixture.session(fixture.owner))).isEmpty();
        assertThat(use(fixture.viewer, token, session)).isEmpty();
        assertThat(use(fixture.owner, token, session)).isPresent();
    }

    /** A socket that was opened before a session ended may still present a token. */
    @Test
    void isInvalidOnceTheSessionHasEnded() {
        var signedOut = fixture.session(fixture.owner);
        var token = issue(fixture.owner, signedOut);
        fixture.asOwner("update %.web_session set ended_at = now() where id = '" + signedOut + "'");
        assertThat(use(fixture.owner, token, signedOut)).isEmpty();

        var replaced = fixture.session(fixture.owner);
        var later = issue(fixture.owner, replaced);
        fixture.asOwner("update %.person set sessions_valid_from = now() + interval '1 second' where id = '"
                + fixture.owner.personId() + "'");
        assertThat(use(fixture.owner, later, replaced)).isEmpty();
        fixture.asOwner(
                "update %.person set sessions_valid_from = '-infinity' where id = '" + fixture.owner.personId() + "'");
        assertThat(use(fixture.owner, later, replaced)).isPresent();
    }

    @Test
    void isInvalidAtAnotherTenant() {
        var session = fixture.session(fixture.owner);
        var token = issue(fixture.owner, session);
        try (var actorScope = Actors.enter(fixture.owner)) {
            assertThat(Database.in(Database.BOREALIS, () -> fixture.consoleTokens.use(token, session)))
                    .isEmpty();
        }
    }

    @Test
    void keepsOnlyTheLatestTokensOfASession() {
        var session = fixture.session(fixture.owner);
        var first = issue(fixture.owner, session);
        for (var more = 0; more < 12; more++) {
            issue(fixture.owner, session);
        }
        assertThat(fixture.texts("select count(*) from %.console_token where session_id = '" + session + "'"))
                .containsExactly("10");
        assertThat(use(fixture.owner, first, session)).isEmpty();
    }

    @Test
    void storesOnlyAHashOfTheToken() {
        var token = issue(fixture.owner, fixture.session(fixture.owner));
        assertThat(String.join(" ", fixture.texts("select console_token::text from %.console_token")))
                .doesNotContain(token);
    }

    @Test
    void requiresPermissionToOpenConsoles() {
        assertThatThrownBy(() -> issue(fixture.viewer, fixture.session(fixture.viewer)))
                .isInstanceOf(AccessDeniedException.class);
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "stranger");
        assertThatThrownBy(() -> issue(stranger, UUID.randomUUID())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> fixture.as(
                        fixture.owner,
                        () -> fixture.consoleTokens.issue(
                                UUID.randomUUID(), ConsoleToken.Kind.SHELL, UUID.randomUUID())))
                .isInstanceOf(NotFoundException.class);
    }

    private static String issue(Actor person, UUID session) {
        return fixture.as(person, () -> fixture.consoleTokens.issue(fixture.service, ConsoleToken.Kind.SHELL, session));
    }

    private static Optional<ConsoleToken> use(Actor person, String token, UUID session) {
        return fixture.as(person, () -> fixture.consoleTokens.use(token, session));
    }
}

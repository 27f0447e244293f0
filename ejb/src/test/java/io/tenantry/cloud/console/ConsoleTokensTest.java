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
    private static ConsoleFixture here;

    @BeforeAll
    static void open() {
        here = new ConsoleFixture("tickets", Map.of());
    }

    @Test
    void opensOnce() {
        var session = here.session(here.owner);
        var token = issue(here.owner, session);
        assertThat(use(here.owner, token, session)).contains(new ConsoleToken(here.service, ConsoleToken.Kind.SHELL));
        assertThat(use(here.owner, token, session)).isEmpty();
    }

    @Test
    void opensWhatItWasIssuedForAndThatOnce() {
        var session = here.session(here.owner);
        var token =
                here.as(here.owner, () -> here.consoleTokens.issue(here.service, ConsoleToken.Kind.SCREEN, session));
        assertThat(use(here.owner, token, session)).contains(new ConsoleToken(here.service, ConsoleToken.Kind.SCREEN));
        assertThat(use(here.owner, token, session)).isEmpty();
    }

    @Test
    void opensOnceForHoweverManyComeAtOnce() throws Exception {
        var session = here.session(here.owner);
        var token = issue(here.owner, session);
        var pool = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> attempt = () -> use(here.owner, token, session).isPresent();
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
    void isTooOldAfterThirtySeconds() {
        var session = here.session(here.owner);
        var young = issue(here.owner, session);
        here.asOwner("update %.console_token set created_at = created_at - interval '29 seconds',"
                + " expires_at = expires_at - interval '29 seconds' where session_id = '" + session + "'");
        assertThat(use(here.owner, young, session)).isPresent();
        var old = issue(here.owner, session);
        here.asOwner("update %.console_token set created_at = created_at - interval '30 seconds',"
                + " expires_at = expires_at - interval '30 seconds' where session_id = '" + session + "'");
        assertThat(use(here.owner, old, session)).isEmpty();
    }

    @Test
    void isNothingInAnotherSessionNorForAnotherPersonNorSpoiledByThem() {
        var session = here.session(here.owner);
        var token = issue(here.owner, session);
        assertThat(use(here.owner, token, here.session(here.owner))).isEmpty();
        assertThat(use(here.viewer, token, session)).isEmpty();
        assertThat(use(here.owner, token, session)).isPresent();
    }

    @Test
    void isNothingAtAnotherReseller() {
        var session = here.session(here.owner);
        var token = issue(here.owner, session);
        try (var actorScope = Actors.enter(here.owner)) {
            assertThat(Database.in(Database.BOREALIS, () -> here.consoleTokens.use(token, session)))
                    .isEmpty();
        }
    }

    @Test
    void isKeptAsAHashAlone() {
        var token = issue(here.owner, here.session(here.owner));
        assertThat(String.join(" ", here.texts("select console_token::text from %.console_token")))
                .doesNotContain(token);
    }

    @Test
    void isForThoseWhoMayOpenConsoles() {
        assertThatThrownBy(() -> issue(here.viewer, here.session(here.viewer)))
                .isInstanceOf(AccessDeniedException.class);
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "stranger");
        assertThatThrownBy(() -> issue(stranger, UUID.randomUUID())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> here.as(
                        here.owner,
                        () -> here.consoleTokens.issue(UUID.randomUUID(), ConsoleToken.Kind.SHELL, UUID.randomUUID())))
                .isInstanceOf(NotFoundException.class);
    }

    private static String issue(Actor person, UUID session) {
        return here.as(person, () -> here.consoleTokens.issue(here.service, ConsoleToken.Kind.SHELL, session));
    }

    private static Optional<ConsoleToken> use(Actor person, String token, UUID session) {
        return here.as(person, () -> here.consoleTokens.use(token, session));
    }
}

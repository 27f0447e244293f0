package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.console.SshConsoles.ConsoleExecutor;
import io.tenantry.cloud.console.SshConsoles.ConsoleRequest;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.config.Settings;
import io.tenantry.people.identity.RandomTokens;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand invalid tokens of all sorts, followed by a valid one. */
class InvalidTokensTest {
    private static final Map<String, String> ANY = Map.of("tenantry.outbound.addresses", "any");
    private static final int OF_EACH = 112;
    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    private static final VncProvider PROVIDER_ERROR = new VncProvider();
    private static final VncConsoles SCREENS = new VncConsoles();
    private static final SshConsoles TERMINALS = new SshConsoles();
    private static ConsoleFixture here;
    private static ConsoleFixture there;

    private final Random random = new Random(43);
    private final Map<TokenFault, Integer> refused = new EnumMap<>(TokenFault.class);

    /** The defect of a token. */
    private enum TokenFault {
        EXPIRED,
        USED,
        ANOTHER_PERSONS,
        OF_ANOTHER_SESSION,
        OF_ANOTHER_TENANT,
        OF_A_SERVICE_OF_OTHERS,
        FORGED,
        TRUNCATED,
        ALTERED
    }

    @BeforeAll
    static void open() {
        here = new ConsoleFixture("bad-tickets", ANY);
        there = new ConsoleFixture("bad-tickets-too", ANY);
        SCREENS.consoleAccess = here.consoleAccess;
        SCREENS.consoleEndpoints = new ConsoleEndpoints(
                new ProvisioningTargets(List.of(PROVIDER_ERROR)), new Settings(ANY::get, name -> null));
        SCREENS.lines = new TcpChannels();
        SCREENS.consoleSlots = here.consoleSlots;
        SCREENS.audit = here.audit;
        SCREENS.consoleCleanup = new ConsoleCleanup();
        SCREENS.consoleCleanup.consoleSlots = here.consoleSlots;
        SCREENS.consoleCleanup.audit = here.audit;
        TERMINALS.consoleTokens = here.consoleTokens;
        TERMINALS.consoleAccess = here.consoleAccess;
        TERMINALS.keys = here.keys;
        TERMINALS.vncConsoles = SCREENS;
    }

    @AfterAll
    static void close() {
        here.consoleSlots.close();
        SCREENS.lines.close();
        PROVIDER_ERROR.close();
    }

    @Tag("full")
    @Test
    void ofAThousandNoneOpensAndNobodyIsAskedForAnythingBecauseOfThem() {
        here.asOwner("truncate %.audit_record");
        var session = here.session(here.owner);
        for (var tokenFault : TokenFault.values()) {
            for (var i = 0; i < OF_EACH; i++) {
                show(tokenFault, session, i % 2 == 0 ? ConsoleToken.Kind.SCREEN : ConsoleToken.Kind.SHELL);
            }
        }
        assertThat(refused.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(1_000);
        assertThat(refused).hasSize(TokenFault.values().length);
        assertThat(PROVIDER_ERROR.asked()).isEmpty();
        assertThat(here.consoleSlots.count()).isZero();
        assertThat(here.texts("select action from %.audit_record")).isEmpty();

        var good = issue(here, here.owner, ConsoleToken.Kind.SCREEN, session);
        assertThat(enter(here.owner, good, session)).isInstanceOf(OpenOutcome.Open.class);
        assertThat(PROVIDER_ERROR.asked()).containsExactly("open");
    }

    /** Creates and presents one such token; an invalid one opens nothing. */
    private void show(TokenFault tokenFault, UUID session, ConsoleToken.Kind kind) {
        var openOutcome = switch (tokenFault) {
            case EXPIRED -> enter(here.owner, expired(session, kind), session);
            case USED -> enter(here.owner, used(session, kind), session);
            case ANOTHER_PERSONS -> enter(here.viewer, issue(here, here.owner, kind, session), session);
            case OF_ANOTHER_SESSION ->
                enter(here.owner, issue(here, here.owner, kind, session), here.session(here.owner));
            case OF_ANOTHER_TENANT -> ofAnotherTenant(session, kind);
            case OF_A_SERVICE_OF_OTHERS -> enter(here.owner, ofOthers(session, kind), session);
            case FORGED -> enter(here.owner, forged(), session);
            case TRUNCATED -> enter(here.owner, truncated(session, kind), session);
            case ALTERED -> enter(here.owner, altered(session, kind), session);
        };
        // A user without access to a service gains nothing from a token that grants it; all others are not valid
        // tokens.
        assertThat(openOutcome)
                .as("a token that is %s", tokenFault)
                .isInstanceOf(
                        tokenFault == TokenFault.OF_A_SERVICE_OF_OTHERS
                                ? OpenOutcome.NotAllowed.class
                                : OpenOutcome.InvalidToken.class);
        refused.merge(tokenFault, 1, Integer::sum);
    }

    private String expired(UUID session, ConsoleToken.Kind kind) {
        var token = issue(here, here.owner, kind, session);
        var age = "interval '" + random.nextInt(30, 3_000) + " seconds'";
        here.asOwner("update %.console_token set created_at = created_at - " + age + ", expires_at = expires_at - "
                + age + " where secret_hash = " + hash(token));
        return token;
    }

    private static String used(UUID session, ConsoleToken.Kind kind) {
        var token = issue(here, here.owner, kind, session);
        assertThat(here.as(here.owner, () -> here.consoleTokens.use(token, session)))
                .isPresent();
        return token;
    }

    /** Presents a token at a tenant that did not issue it, as its own person and in its own session. */
    private static OpenOutcome ofAnotherTenant(UUID session, ConsoleToken.Kind kind) {
        var elsewhere = there.session(there.owner);
        var theirs = issue(there, there.owner, kind, elsewhere);
        assertThat(enter(there.owner, theirs, elsewhere)).isInstanceOf(OpenOutcome.InvalidToken.class);
        var ours = issue(here, here.owner, kind, session);
        try (var actorScope = Actors.enter(here.owner)) {
            return Database.in(
                    there.billingFixture.tenant,
                    () -> TERMINALS.open(new ConsoleRequest(ours, session, SIZE), new FakeClientChannel(), crew()));
        }
    }

    /** A token as if the table contained it: none is ever issued this way. */
    private static String ofOthers(UUID session, ConsoleToken.Kind kind) {
        var token = RandomTokens.secret();
        var service = here.billingFixture
                .rent(
                        here.billingFixture.wallet("10"),
                        here.billingFixture.price("7.30"),
                        here.billingFixture.clock.instant())
                .service();
        here.asOwner("update %.service set account = 'vendor', provider_region = 'fra', provider_size = 's',"
                + " provider_image = 'i', provider_ref = 'other-" + service + "', address = '203.0.113.10' where id = '"
                + service + "'");
        here.asOwner("insert into %.console_token (secret_hash, service_id, person_id, session_id, kind, created_at,"
                + " expires_at) values (" + hash(token) + ", '" + service + "', '" + here.owner.personId() + "', '"
                + session + "', '" + kind + "', now(), now() + interval '30 seconds')");
        return token;
    }

    /** A different secret of the same form, or text that matches no form. */
    private String forged() {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "' or true --";
            case 2 -> "\u0000".repeat(random.nextInt(1, 100));
            case 3 -> "A".repeat(random.nextInt(1, 10_000));
            case 4 -> "\ud83d\ude00" + random.nextLong();
            default -> RandomTokens.secret();
        };
    }

    private String truncated(UUID session, ConsoleToken.Kind kind) {
        var token = issue(here, here.owner, kind, session);
        var length = random.nextInt(token.length());
        return random.nextBoolean() ? token.substring(0, length) : token.substring(token.length() - length);
    }

    /** One character is changed, or in the other case, or there is one more. */
    private String altered(UUID session, ConsoleToken.Kind kind) {
        var token = issue(here, here.owner, kind, session);
        var at = random.nextInt(token.length());
        var letter = token.charAt(at);
        return switch (random.nextInt(3)) {
            case 0 -> token.substring(0, at) + (letter == 'x' ? 'y' : 'x') + token.substring(at + 1);
            case 1 -> token.substring(0, at) + letter + token.substring(at);
            default -> swapped(token);
        };
    }

    private static String swapped(String token) {
        var upper = token.toUpperCase(Locale.ROOT);
        return upper.equals(token) ? token.toLowerCase(Locale.ROOT) : upper;
    }

    private static String hash(String token) {
        return "'\\x" + HexFormat.of().formatHex(RandomTokens.sha256(token)) + "'";
    }

    private static String issue(ConsoleFixture where, Actor person, ConsoleToken.Kind kind, UUID session) {
        return where.as(person, () -> where.consoleTokens.issue(where.service, kind, session));
    }

    private static OpenOutcome enter(Actor person, String token, UUID session) {
        return here.as(
                person,
                () -> TERMINALS.open(new ConsoleRequest(token, session, SIZE), new FakeClientChannel(), crew()));
    }

    private static ConsoleExecutor crew() {
        return new ConsoleExecutor(
                work -> here.billingFixture.in(() -> {
                    work.run();
                    return true;
                }),
                Runnable::run);
    }
}

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

    private static final VncProvider PROVIDER = new VncProvider();
    private static final VncConsoles VNC_CONSOLES = new VncConsoles();
    private static final SshConsoles SSH_CONSOLES = new SshConsoles();
    private static ConsoleFixture fixture;
    private static ConsoleFixture otherFixture;

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
        fixture = new ConsoleFixture("bad-tickets", ANY);
        otherFixture = new ConsoleFixture("bad-tickets-too", ANY);
        VNC_CONSOLES.consoleAccess = fixture.consoleAccess;
        VNC_CONSOLES.consoleEndpoints =
                new ConsoleEndpoints(new ProvisioningTargets(List.of(PROVIDER)), new Settings(ANY::get, name -> null));
        VNC_CONSOLES.lines = new TcpChannels();
        VNC_CONSOLES.consoleSlots = fixture.consoleSlots;
        VNC_CONSOLES.audit = fixture.audit;
        VNC_CONSOLES.consoleCleanup = new ConsoleCleanup();
        VNC_CONSOLES.consoleCleanup.consoleSlots = fixture.consoleSlots;
        VNC_CONSOLES.consoleCleanup.audit = fixture.audit;
        SSH_CONSOLES.consoleTokens = fixture.consoleTokens;
        SSH_CONSOLES.consoleAccess = fixture.consoleAccess;
        SSH_CONSOLES.keys = fixture.keys;
        SSH_CONSOLES.vncConsoles = VNC_CONSOLES;
    }

    @AfterAll
    static void close() {
        fixture.consoleSlots.close();
        VNC_CONSOLES.lines.close();
        PROVIDER.close();
    }

    @Tag("full")
    @Test
    void opensNothingForAThousandInvalidTokens() {
        fixture.asOwner("truncate %.audit_record");
        var session = fixture.session(fixture.owner);
        for (var tokenFault : TokenFault.values()) {
            for (var i = 0; i < OF_EACH; i++) {
                presentInvalidToken(
                        tokenFault, session, i % 2 == 0 ? ConsoleToken.Kind.SCREEN : ConsoleToken.Kind.SHELL);
            }
        }
        assertThat(refused.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(1_000);
        assertThat(refused).hasSize(TokenFault.values().length);
        assertThat(PROVIDER.requests()).isEmpty();
        assertThat(fixture.consoleSlots.count()).isZero();
        assertThat(fixture.texts("select action from %.audit_record")).isEmpty();

        var good = issue(fixture, fixture.owner, ConsoleToken.Kind.SCREEN, session);
        assertThat(enter(fixture.owner, good, session)).isInstanceOf(OpenOutcome.Open.class);
        assertThat(PROVIDER.requests()).containsExactly("open");
    }

    /** Creates and presents one such token; an invalid one opens nothing. */
    private void presentInvalidToken(TokenFault tokenFault, UUID session, ConsoleToken.Kind kind) {
        var openOutcome = switch (tokenFault) {
            case EXPIRED -> enter(fixture.owner, expired(session, kind), session);
            case USED -> enter(fixture.owner, used(session, kind), session);
            case ANOTHER_PERSONS -> enter(fixture.viewer, issue(fixture, fixture.owner, kind, session), session);
            case OF_ANOTHER_SESSION ->
                enter(fixture.owner, issue(fixture, fixture.owner, kind, session), fixture.session(fixture.owner));
            case OF_ANOTHER_TENANT -> ofAnotherTenant(session, kind);
            case OF_A_SERVICE_OF_OTHERS -> enter(fixture.owner, forAnotherService(session, kind), session);
            case FORGED -> enter(fixture.owner, forged(), session);
            case TRUNCATED -> enter(fixture.owner, truncated(session, kind), session);
            case ALTERED -> enter(fixture.owner, altered(session, kind), session);
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
        var token = issue(fixture, fixture.owner, kind, session);
        var age = "interval '" + random.nextInt(30, 3_000) + " seconds'";
        fixture.asOwner("update %.console_token set created_at = created_at - " + age + ", expires_at = expires_at - "
                + age + " where secret_hash = " + hash(token));
        return token;
    }

    private static String used(UUID session, ConsoleToken.Kind kind) {
        var token = issue(fixture, fixture.owner, kind, session);
        assertThat(fixture.as(fixture.owner, () -> fixture.consoleTokens.use(token, session)))
                .isPresent();
        return token;
    }

    /** Presents a token at a tenant that did not issue it, as its own person and in its own session. */
    private static OpenOutcome ofAnotherTenant(UUID session, ConsoleToken.Kind kind) {
        var elsewhere = otherFixture.session(otherFixture.owner);
        var theirs = issue(otherFixture, otherFixture.owner, kind, elsewhere);
        assertThat(enter(otherFixture.owner, theirs, elsewhere)).isInstanceOf(OpenOutcome.InvalidToken.class);
        var ours = issue(fixture, fixture.owner, kind, session);
        try (var actorScope = Actors.enter(fixture.owner)) {
            return Database.in(
                    otherFixture.billingFixture.tenant,
                    () -> SSH_CONSOLES.open(
                            new ConsoleRequest(ours, session, SIZE), new FakeClientChannel(), consoleExecutor()));
        }
    }

    /** A token as if the table contained it: none is ever issued this way. */
    private static String forAnotherService(UUID session, ConsoleToken.Kind kind) {
        var token = RandomTokens.secret();
        var service = fixture.billingFixture
                .rent(
                        fixture.billingFixture.wallet("10"),
                        fixture.billingFixture.price("7.30"),
                        fixture.billingFixture.clock.instant())
                .service();
        fixture.asOwner("update %.service set account = 'vendor', provider_region = 'fra', provider_size = 's',"
                + " provider_image = 'i', provider_ref = 'other-" + service + "', address = '203.0.113.10' where id = '"
                + service + "'");
        fixture.asOwner("insert into %.console_token (secret_hash, service_id, person_id, session_id, kind, created_at,"
                + " expires_at) values (" + hash(token) + ", '" + service + "', '" + fixture.owner.personId() + "', '"
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
        var token = issue(fixture, fixture.owner, kind, session);
        var length = random.nextInt(token.length());
        return random.nextBoolean() ? token.substring(0, length) : token.substring(token.length() - length);
    }

    /** One character is changed, or its case, or one is added. */
    private String altered(UUID session, ConsoleToken.Kind kind) {
        var token = issue(fixture, fixture.owner, kind, session);
        var at = random.nextInt(token.length());
        var letter = token.charAt(at);
        return switch (random.nextInt(3)) {
            case 0 -> token.substring(0, at) + (letter == 'x' ? 'y' : 'x') + token.substring(at + 1);
            case 1 -> token.substring(0, at) + letter + token.substring(at);
            default -> withCaseChanged(token);
        };
    }

    private static String withCaseChanged(String token) {
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
        return fixture.as(
                person,
                () -> SSH_CONSOLES.open(
                        new ConsoleRequest(token, session, SIZE), new FakeClientChannel(), consoleExecutor()));
    }

    private static ConsoleExecutor consoleExecutor() {
        return new ConsoleExecutor(
                work -> fixture.billingFixture.in(() -> {
                    work.run();
                    return true;
                }),
                Runnable::run);
    }
}

package io.tenantry.cloud.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.launch.SshKeys.Outcome;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Impersonation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SshKeysTest {
    private final LaunchFixture fixture = new LaunchFixture();

    @Test
    void namesAKeyAsEnteredOrByItsComment() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            addKey(kiosk, "Laptop", line(1) + " ada@home");
            addKey(kiosk, " ", line(2) + " ada@work");
            assertThat(fixture.keys.of(kiosk)).extracting(SshKeys.Key::name).containsExactly("ada@work", "Laptop");
            assertThat(fixture.keys.of(kiosk)).extracting(SshKeys.Key::line).containsExactly(line(2), line(1));
            assertThat(fixture.keys.of(kiosk)).extracting(SshKeys.Key::addedBy).containsOnly("test");
            assertThat(fixture.keys.of(kiosk).get(0).kind()).isEqualTo("ssh-ed25519");
            assertThat(fixture.keys.add(kiosk, "", line(3))).isEqualTo(new Outcome.BadName());
            assertThat(fixture.keys.add(kiosk, "x".repeat(81), line(3))).isEqualTo(new Outcome.BadName());
            assertThat(fixture.keys.add(kiosk, "a\0b", line(3))).isEqualTo(new Outcome.BadName());
            assertThat(fixture.keys.add(kiosk, "a\u202Eb", line(3))).isEqualTo(new Outcome.BadName());
            assertThat(fixture.keys.add(kiosk, "", line(3) + " ada\u2067b@work"))
                    .isEqualTo(new Outcome.Refused(PublicKey.Fault.BROKEN));
            assertThat(fixture.keys.add(kiosk, "x", "ssh-rsa AAAA"))
                    .isEqualTo(new Outcome.Refused(PublicKey.Fault.BROKEN));
        });
    }

    /** A key would open servers that are created long after the impersonation. */
    @Test
    void refusesChangesWhileImpersonating() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            addKey(kiosk, "Laptop", line(1));
            addKey(kiosk, "Old", line(2));
            var laptop = key(kiosk, "Laptop");
            var deleted = fixture.keys.delete(key(kiosk, "Old").id());
            var impersonation = new Impersonation(
                    UUID.randomUUID(), kiosk, "Kiosk", "Sam", "support", Instant.parse("2030-01-01T00:00:00Z"));
            try (var actorScope = Actors.enter(Actor.impersonating(UUID.randomUUID(), impersonation))) {
                assertRefused(() -> fixture.keys.add(kiosk, "Mine", line(3)));
                assertRefused(() -> fixture.keys.delete(laptop.id()));
                assertRefused(() -> fixture.keys.putBack(deleted));
            }
            assertThat(fixture.keys.of(kiosk)).containsExactly(laptop);
        });
    }

    private SshKeys.Key key(UUID organization, String name) {
        return fixture.keys.of(organization).stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertRefused(ThrowingCallable change) {
        assertThatThrownBy(change)
                .isInstanceOfSatisfying(
                        AccessDeniedException.class,
                        denied -> assertThat(denied.permission()).isEqualTo("ssh keys"));
    }

    @Test
    void refusesADuplicateKeyWithinAnOrganization() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            addKey(kiosk, "Laptop", line(1));
            assertThat(fixture.keys.add(kiosk, "Another", "  " + line(1) + "  again"))
                    .isEqualTo(new Outcome.Duplicate("Laptop"));
            addKey(fixture.organization(), "Theirs", line(1));
        });
    }

    @Test
    void limitsTheNumberOfKeys() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            for (var number = 0; number < SshKeys.KEYS_MAX; number++) {
                addKey(kiosk, "Key " + number, line(number));
            }
            assertThat(fixture.keys.add(kiosk, "One too many", line(99))).isEqualTo(new Outcome.TooMany());
            var deleted = fixture.keys.delete(fixture.keys.of(kiosk).get(0).id());
            addKey(kiosk, "In its place", line(99));
            assertThat(fixture.keys.putBack(deleted)).as("limit reached").isFalse();
        });
    }

    @Test
    void restoresADeletedKey() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            var key = addKey(kiosk, "Laptop", line(1));
            assertThat(fixture.keys.delete(key.id())).isEqualTo(key);
            assertThat(fixture.keys.of(kiosk)).isEmpty();
            assertThat(fixture.keys.putBack(key)).isTrue();
            assertThat(fixture.keys.of(kiosk)).containsExactly(key);
            assertThat(fixture.keys.putBack(key)).as("already restored").isFalse();

            fixture.keys.delete(key.id());
            addKey(kiosk, "Laptop again", line(1));
            assertThat(fixture.keys.putBack(key)).as("added again").isFalse();
            assertThat(fixture.auditedActions())
                    .containsExactly(
                            "ssh_key.added", "ssh_key.deleted", "ssh_key.put_back", "ssh_key.deleted", "ssh_key.added");
        });
    }

    @Test
    void findsOnlyTheOrganizationsOwnKeysForAnOrder() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            var own = addKey(kiosk, "Own", line(1));
            var theirs = addKey(fixture.organization(), "Theirs", line(2));
            assertThat(fixture.keys.these(kiosk, List.of(theirs.id(), own.id(), UUID.randomUUID())))
                    .containsExactly(own);
        });
    }

    @Test
    void requiresPermissionsToReadAndManageKeys() {
        LaunchFixture.run(() -> {
            var kiosk = fixture.organization();
            var key = addKey(kiosk, "Laptop", line(1));
            LaunchFixture.as(fixture.member(kiosk, "member"), () -> {
                assertThat(fixture.keys.of(kiosk)).containsExactly(key);
                assertThatThrownBy(() -> fixture.keys.add(kiosk, "x", line(2)))
                        .isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> fixture.keys.delete(key.id())).isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> fixture.keys.putBack(key)).isInstanceOf(AccessDeniedException.class);
            });
            LaunchFixture.as(
                    fixture.member(kiosk, "viewer"),
                    () -> assertThatThrownBy(() -> fixture.keys.of(kiosk)).isInstanceOf(AccessDeniedException.class));
            LaunchFixture.as(fixture.member(fixture.organization(), "owner"), () -> {
                assertThatThrownBy(() -> fixture.keys.of(kiosk)).isInstanceOf(NotFoundException.class);
                assertThatThrownBy(() -> fixture.keys.delete(key.id())).isInstanceOf(NotFoundException.class);
            });
            assertThatThrownBy(() -> fixture.keys.delete(UUID.randomUUID())).isInstanceOf(NotFoundException.class);
        });
    }

    private SshKeys.Key addKey(UUID organization, String name, String typed) {
        return ((Outcome.Added) fixture.keys.add(organization, name, typed)).key();
    }

    /** Returns the numbered key of a series. */
    static String line(int number) {
        var kind = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
        var blob = ByteBuffer.allocate(8 + kind.length + 32)
                .putInt(kind.length)
                .put(kind)
                .putInt(32)
                .putInt(number)
                .array();
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob);
    }
}

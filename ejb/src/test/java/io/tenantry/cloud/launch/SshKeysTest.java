package io.tenantry.cloud.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.launch.SshKeys.Outcome;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SshKeysTest {
    private final LaunchFixture target = new LaunchFixture();

    @Test
    void aKeyIsCalledAsSaidOrByWhatStandsBehindIt() {
        LaunchFixture.run(() -> {
            var kiosk = target.organization();
            added(kiosk, "Laptop", line(1) + " ada@home");
            added(kiosk, " ", line(2) + " ada@work");
            assertThat(target.keys.of(kiosk)).extracting(SshKeys.Key::name).containsExactly("ada@work", "Laptop");
            assertThat(target.keys.of(kiosk)).extracting(SshKeys.Key::line).containsExactly(line(2), line(1));
            assertThat(target.keys.of(kiosk)).extracting(SshKeys.Key::addedBy).containsOnly("test");
            assertThat(target.keys.of(kiosk).get(0).kind()).isEqualTo("ssh-ed25519");
            assertThat(target.keys.add(kiosk, "", line(3))).isEqualTo(new Outcome.BadName());
            assertThat(target.keys.add(kiosk, "x".repeat(81), line(3))).isEqualTo(new Outcome.BadName());
            assertThat(target.keys.add(kiosk, "a\0b", line(3))).isEqualTo(new Outcome.BadName());
            assertThat(target.keys.add(kiosk, "a\u202Eb", line(3))).isEqualTo(new Outcome.BadName());
            assertThat(target.keys.add(kiosk, "", line(3) + " ada\u2067b@work"))
                    .isEqualTo(new Outcome.Refused(PublicKey.Fault.BROKEN));
            assertThat(target.keys.add(kiosk, "x", "ssh-rsa AAAA"))
                    .isEqualTo(new Outcome.Refused(PublicKey.Fault.BROKEN));
        });
    }

    @Test
    void anOrganizationHasAKeyOnceAndOthersMayHaveItToo() {
        LaunchFixture.run(() -> {
            var kiosk = target.organization();
            added(kiosk, "Laptop", line(1));
            assertThat(target.keys.add(kiosk, "Another", "  " + line(1) + "  again"))
                    .isEqualTo(new Outcome.Duplicate("Laptop"));
            added(target.organization(), "Theirs", line(1));
        });
    }

    @Test
    void thereIsRoomForSoMany() {
        LaunchFixture.run(() -> {
            var kiosk = target.organization();
            for (var number = 0; number < SshKeys.KEYS_MAX; number++) {
                added(kiosk, "Key " + number, line(number));
            }
            assertThat(target.keys.add(kiosk, "One too many", line(99))).isEqualTo(new Outcome.TooMany());
            var gone = target.keys.delete(target.keys.of(kiosk).get(0).id());
            added(kiosk, "In its place", line(99));
            assertThat(target.keys.putBack(gone)).as("no room").isFalse();
        });
    }

    @Test
    void whatWasDeletedIsPutBackAsItWas() {
        LaunchFixture.run(() -> {
            var kiosk = target.organization();
            var key = added(kiosk, "Laptop", line(1));
            assertThat(target.keys.delete(key.id())).isEqualTo(key);
            assertThat(target.keys.of(kiosk)).isEmpty();
            assertThat(target.keys.putBack(key)).isTrue();
            assertThat(target.keys.of(kiosk)).containsExactly(key);
            assertThat(target.keys.putBack(key)).as("back already").isFalse();

            target.keys.delete(key.id());
            added(kiosk, "Anew", line(1));
            assertThat(target.keys.putBack(key)).as("added again").isFalse();
            assertThat(target.audited())
                    .containsExactly(
                            "ssh_key.added", "ssh_key.deleted", "ssh_key.put_back", "ssh_key.deleted", "ssh_key.added");
        });
    }

    @Test
    void onlyTheOrganizationsOwnAreFoundForAnOrder() {
        LaunchFixture.run(() -> {
            var kiosk = target.organization();
            var own = added(kiosk, "Own", line(1));
            var theirs = added(target.organization(), "Theirs", line(2));
            assertThat(target.keys.these(kiosk, List.of(theirs.id(), own.id(), UUID.randomUUID())))
                    .containsExactly(own);
        });
    }

    @Test
    void asksForThePermission() {
        LaunchFixture.run(() -> {
            var kiosk = target.organization();
            var key = added(kiosk, "Laptop", line(1));
            LaunchFixture.as(target.member(kiosk, "member"), () -> {
                assertThat(target.keys.of(kiosk)).containsExactly(key);
                assertThatThrownBy(() -> target.keys.add(kiosk, "x", line(2)))
                        .isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> target.keys.delete(key.id())).isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> target.keys.putBack(key)).isInstanceOf(AccessDeniedException.class);
            });
            LaunchFixture.as(
                    target.member(kiosk, "viewer"),
                    () -> assertThatThrownBy(() -> target.keys.of(kiosk)).isInstanceOf(AccessDeniedException.class));
            LaunchFixture.as(target.member(target.organization(), "owner"), () -> {
                assertThatThrownBy(() -> target.keys.of(kiosk)).isInstanceOf(NotFoundException.class);
                assertThatThrownBy(() -> target.keys.delete(key.id())).isInstanceOf(NotFoundException.class);
            });
            assertThatThrownBy(() -> target.keys.delete(UUID.randomUUID())).isInstanceOf(NotFoundException.class);
        });
    }

    private SshKeys.Key added(UUID organization, String name, String typed) {
        return ((Outcome.Added) target.keys.add(organization, name, typed)).key();
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

package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.recording.Asciicast;
import io.tenantry.cloud.recording.RecordingRepository;
import io.tenantry.cloud.recording.RecordingSecrets;
import io.tenantry.cloud.recording.Recordings;
import io.tenantry.cloud.recording.Recordings.Line;
import io.tenantry.cloud.recording.Recordings.Outcome;
import io.tenantry.cloud.recording.Recordings.Policy;
import io.tenantry.kernel.secret.SecretStore.Count;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is recorded of consoles, who may see it, and for how long it is kept. */
class RecordingsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String OLD = "one=" + "A".repeat(43) + "=";
    private static final String NEW = "two=" + "B".repeat(42) + "A=";

    private static ConsoleFixture fixture;
    private static Recordings recordings;

    @BeforeAll
    static void open() {
        fixture = new ConsoleFixture("recordings", Map.of());
        recordings = recordingsWith(OLD);
    }

    @BeforeEach
    void clear() {
        fixture.billingFixture.clock.stopAt(NOON);
        fixture.asOwner("truncate %.audit_record");
        fixture.asOwner("delete from %.console_recording");
        fixture.asOwner("update %.recording_policy set is_on = false, keep_days = 30");
    }

    @Test
    void recordsOnlyOnceStaffTurnItOnAndAuditsThat() {
        assertThat(fixture.billingFixture.in(recordings::isOn)).isFalse();
        assertThat(change(recordings, true, 7)).isEqualTo(Outcome.DONE);
        assertThat(fixture.billingFixture.in(recordings::isOn)).isTrue();
        assertThat(fixture.billingFixture.in(recordings::policy)).isEqualTo(new Policy(true, 7));
        assertThat(fixture.texts("select action || (facts ->> 'on') || (facts ->> 'days') from %.audit_record"))
                .containsExactly("recording.policy_changedtrue7");
    }

    @Test
    void refusesRecordingWithoutAKeyOrWithInvalidRetention() {
        var keyless = recordingsWith();
        assertThat(change(keyless, true, 7)).isEqualTo(Outcome.NO_KEY);
        assertThat(change(recordings, true, 0)).isEqualTo(Outcome.BAD_DAYS);
        assertThat(change(recordings, true, 366)).isEqualTo(Outcome.BAD_DAYS);
        change(recordings, true, 7);
        assertThat(fixture.billingFixture.in(keyless::isOn)).isFalse();
        assertThat(change(keyless, false, 7)).isEqualTo(Outcome.DONE);
    }

    @Test
    void encryptsRecordingsAndAuditsReplays() {
        keep("the secret of the server");
        assertThat(fixture.texts("select content from %.console_recording"))
                .singleElement()
                .asString()
                .startsWith("v1.one.");
        var line = latest().get(0);
        assertThat(line.person()).isEqualTo("owner");
        assertThat(line.serviceId()).isEqualTo(fixture.service);
        assertThat(line.startedAt()).isEqualTo(NOON);
        assertThat(fixture.billingFixture.in(() -> recordings.replay(line.id())).orElseThrow())
                .contains("the secret of the server")
                .startsWith("{\"version\":2");
        assertThat(fixture.texts("select action || (facts ->> 'recording') from %.audit_record"))
                .containsExactly("recording.replayed" + line.id());
    }

    @Test
    void refusesRecordingsToCustomers() {
        keep("anything");
        var id = latest().get(0).id();
        assertThatThrownBy(() -> fixture.as(fixture.owner, recordings::latest))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> fixture.as(fixture.owner, () -> recordings.replay(id)))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> fixture.as(fixture.owner, () -> recordings.change(new Policy(false, 1))))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> fixture.billingFixture.in(() -> recordings.replay(UUID.randomUUID())))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void deletesRecordingsAfterTheRetentionPeriod() {
        change(recordings, true, 2);
        keep("old");
        fixture.billingFixture.clock.stopAt(NOON.plus(Duration.ofDays(2)).minusSeconds(1));
        assertThat(fixture.billingFixture.in(recordings::forget)).isZero();
        fixture.billingFixture.clock.stopAt(NOON.plus(Duration.ofDays(2)));
        assertThat(fixture.billingFixture.in(recordings::forget)).isEqualTo(1);
        assertThat(latest()).isEmpty();
    }

    @Test
    void reencryptsRecordingsAndDisclosesNothingWithoutAKey() {
        keep("still there");
        var id = latest().get(0).id();
        var secrets =
                new RecordingSecrets(new RecordingRepository(fixture.billingFixture.sql), Vault.of(List.of(NEW, OLD)));
        assertThat(fixture.billingFixture.in(secrets::reencrypt)).isEqualTo(new Count(1, 0));
        assertThat(fixture.billingFixture.in(secrets::reencrypt)).isEqualTo(new Count(0, 0));
        assertThat(fixture.billingFixture.in(secrets::keys).values()).containsExactly(1);
        assertThat(fixture.billingFixture
                        .in(() -> recordingsWith(NEW).replay(id))
                        .orElseThrow())
                .contains("still there");
        fixture.asOwner("truncate %.audit_record");
        assertThat(fixture.billingFixture.in(() -> recordings.replay(id))).isEmpty();
        assertThat(fixture.texts("select action from %.audit_record")).isEmpty();
        var stranger =
                new RecordingSecrets(new RecordingRepository(fixture.billingFixture.sql), Vault.of(List.of(OLD)));
        assertThat(fixture.billingFixture.in(stranger::reencrypt)).isEqualTo(new Count(0, 1));
    }

    @Test
    void recordsOutputButNotInput() {
        var nanos = new AtomicLong();
        var client = new FakeClientChannel();
        var asciicast = new Asciicast(80, 24, NOON, nanos::get);
        var page = new RecordingChannel(client, asciicast);
        page.recorded();
        var console = new Console(page, nanos::get);
        console.begin(new FakeServerChannel(), () -> {});
        console.type("hunter2".getBytes(StandardCharsets.UTF_8));
        console.heard("Password: ".getBytes(StandardCharsets.UTF_8));
        console.end(ConsoleEndReason.CLOSED);
        assertThat(client.records).isEqualTo(1);
        assertThat(client.text()).isEqualTo("Password: ");
        assertThat(client.taken).isEqualTo(7);
        assertThat(client.endReasons).containsExactly(ConsoleEndReason.CLOSED);
        assertThat(asciicast.end().bytes()).isEqualTo(10);
    }

    private static void keep(String outputBytes) {
        var asciicast = new Asciicast(80, 24, fixture.billingFixture.clock.instant(), System::nanoTime);
        asciicast.heard(outputBytes.getBytes(StandardCharsets.UTF_8));
        fixture.as(fixture.owner, () -> {
            recordings.keep(fixture.service, asciicast.end());
            return outputBytes;
        });
    }

    private static List<Line> latest() {
        return fixture.billingFixture.in(recordings::latest);
    }

    private static Outcome change(Recordings who, boolean isOn, int days) {
        return fixture.billingFixture.in(() -> who.change(new Policy(isOn, days)));
    }

    private static Recordings recordingsWith(String... keys) {
        return new Recordings(
                fixture.billingFixture.sql,
                fixture.billingFixture.clock,
                fixture.access,
                fixture.audit,
                Vault.of(List.of(keys)));
    }
}

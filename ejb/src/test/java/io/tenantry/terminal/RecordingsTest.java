package io.tenantry.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.recording.Cast;
import io.tenantry.recording.RecordingRecords;
import io.tenantry.recording.RecordingSecrets;
import io.tenantry.recording.Recordings;
import io.tenantry.recording.Recordings.Line;
import io.tenantry.recording.Recordings.Outcome;
import io.tenantry.recording.Recordings.Policy;
import io.tenantry.secret.SecretKeeper.Count;
import io.tenantry.secret.Vault;
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

/** What is recorded of consoles, for whom, and for how long. */
class RecordingsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String OLD = "one=" + "A".repeat(43) + "=";
    private static final String NEW = "two=" + "B".repeat(42) + "A=";

    private static Reception here;
    private static Recordings recordings;

    @BeforeAll
    static void open() {
        here = new Reception("recordings", Map.of());
        recordings = with(OLD);
    }

    @BeforeEach
    void clear() {
        here.books.clock.stopAt(NOON);
        here.asOwner("truncate %.audit_record");
        here.asOwner("delete from %.console_recording");
        here.asOwner("update %.recording_policy set is_on = false, keep_days = 30");
    }

    @Test
    void nothingIsRecordedUntilStaffWantItAndThatIsInTheAuditTrail() {
        assertThat(here.books.in(recordings::isOn)).isFalse();
        assertThat(change(recordings, true, 7)).isEqualTo(Outcome.DONE);
        assertThat(here.books.in(recordings::isOn)).isTrue();
        assertThat(here.books.in(recordings::policy)).isEqualTo(new Policy(true, 7));
        assertThat(here.texts("select action || (facts ->> 'on') || (facts ->> 'days') from %.audit_record"))
                .containsExactly("recording.policytrue7");
    }

    @Test
    void itIsRefusedWhereNothingCanBeSealedOrForNoTime() {
        var keyless = with();
        assertThat(change(keyless, true, 7)).isEqualTo(Outcome.NO_KEY);
        assertThat(change(recordings, true, 0)).isEqualTo(Outcome.BAD_DAYS);
        assertThat(change(recordings, true, 366)).isEqualTo(Outcome.BAD_DAYS);
        change(recordings, true, 7);
        assertThat(here.books.in(keyless::isOn)).isFalse();
        assertThat(change(keyless, false, 7)).isEqualTo(Outcome.DONE);
    }

    @Test
    void whatWasRecordedIsSealedAndLookedAtWithARecord() {
        keep("the secret of the server");
        assertThat(here.texts("select content from %.console_recording"))
                .singleElement()
                .asString()
                .startsWith("v1.one.");
        var line = latest().get(0);
        assertThat(line.person()).isEqualTo("owner");
        assertThat(line.serviceId()).isEqualTo(here.service);
        assertThat(line.startedAt()).isEqualTo(NOON);
        assertThat(here.books.in(() -> recordings.replay(line.id())).orElseThrow())
                .contains("the secret of the server")
                .startsWith("{\"version\":2");
        assertThat(here.texts("select action || (facts ->> 'recording') from %.audit_record"))
                .containsExactly("recording.replayed" + line.id());
    }

    @Test
    void customersSeeNeitherTheListNorARecordingOfTheirOwn() {
        keep("anything");
        var id = latest().get(0).id();
        assertThatThrownBy(() -> here.as(here.owner, recordings::latest)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> here.as(here.owner, () -> recordings.replay(id)))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> here.as(here.owner, () -> recordings.change(new Policy(false, 1))))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> here.books.in(() -> recordings.replay(UUID.randomUUID())))
                .isInstanceOf(NotVisible.class);
    }

    @Test
    void whatIsOldEnoughIsForgotten() {
        change(recordings, true, 2);
        keep("old");
        here.books.clock.stopAt(NOON.plus(Duration.ofDays(2)).minusSeconds(1));
        assertThat(here.books.in(recordings::forget)).isZero();
        here.books.clock.stopAt(NOON.plus(Duration.ofDays(2)));
        assertThat(here.books.in(recordings::forget)).isEqualTo(1);
        assertThat(latest()).isEmpty();
    }

    @Test
    void aNewKeySealsItAnewAndWhoHasNoKeyIsToldNothing() {
        keep("still there");
        var id = latest().get(0).id();
        var secrets = new RecordingSecrets(new RecordingRecords(here.books.sql), Vault.of(List.of(NEW, OLD)));
        assertThat(here.books.in(secrets::sealAnew)).isEqualTo(new Count(1, 0));
        assertThat(here.books.in(secrets::sealAnew)).isEqualTo(new Count(0, 0));
        assertThat(here.books.in(secrets::keys).values()).containsExactly(1);
        assertThat(here.books.in(() -> with(NEW).replay(id)).orElseThrow()).contains("still there");
        here.asOwner("truncate %.audit_record");
        assertThat(here.books.in(() -> recordings.replay(id))).isEmpty();
        assertThat(here.texts("select action from %.audit_record")).isEmpty();
        var stranger = new RecordingSecrets(new RecordingRecords(here.books.sql), Vault.of(List.of(OLD)));
        assertThat(here.books.in(stranger::sealAnew)).isEqualTo(new Count(0, 1));
    }

    @Test
    void whatIsShownIsWrittenDownAndWhatIsTypedIsNot() {
        var nanos = new AtomicLong();
        var window = new FakeWindow();
        var cast = new Cast(80, 24, NOON, nanos::get);
        var page = new Recorder(window, cast);
        page.recorded();
        var console = new Console(page, nanos::get);
        console.begin(new FakeLine(), () -> {});
        console.type("hunter2".getBytes(StandardCharsets.UTF_8));
        console.heard("Password: ".getBytes(StandardCharsets.UTF_8));
        console.end(End.LEFT);
        assertThat(window.records).isEqualTo(1);
        assertThat(window.text()).isEqualTo("Password: ");
        assertThat(window.taken).isEqualTo(7);
        assertThat(window.ends).containsExactly(End.LEFT);
        assertThat(cast.end().bytes()).isEqualTo(10);
    }

    private static void keep(String said) {
        var cast = new Cast(80, 24, here.books.clock.instant(), System::nanoTime);
        cast.heard(said.getBytes(StandardCharsets.UTF_8));
        here.as(here.owner, () -> {
            recordings.keep(here.service, cast.end());
            return said;
        });
    }

    private static List<Line> latest() {
        return here.books.in(recordings::latest);
    }

    private static Outcome change(Recordings who, boolean isOn, int days) {
        return here.books.in(() -> who.change(new Policy(isOn, days)));
    }

    private static Recordings with(String... keys) {
        return new Recordings(here.books.sql, here.books.clock, here.access, here.audit, Vault.of(List.of(keys)));
    }
}

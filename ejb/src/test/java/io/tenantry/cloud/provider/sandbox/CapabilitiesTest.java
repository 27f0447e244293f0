package io.tenantry.cloud.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.Metrics.Kind;
import io.tenantry.cloud.provider.Metrics.Point;
import io.tenantry.cloud.provider.Metrics.Series;
import io.tenantry.cloud.provider.NetworkIsolation.Reachability;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import io.tenantry.cloud.provider.VncConsole.Vnc;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Optional capabilities that this provider supports too. */
class CapabilitiesTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk someone";

    @TempDir
    Path folder;

    private SandboxFixture sandboxFixture;
    private SandboxClient account;

    @BeforeEach
    void setUp() {
        sandboxFixture = new SandboxFixture(folder);
        account = sandboxFixture.account();
    }

    @AfterEach
    void tearDown() {
        sandboxFixture.close();
    }

    @Test
    void isolatesAServerUntilItIsReconnected() throws IOException {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        assertThat(account.reach(id)).isEqualTo(Reachability.CONNECTED);
        assertThat(greeting(id)).startsWith("SSH-");
        assertThat(account.progress(account.cutOff(id)).stage()).isEqualTo(Stage.DONE);
        account.cutOff(id);
        sandboxFixture.restart();
        account = sandboxFixture.account();
        assertThat(account.reach(id)).isEqualTo(Reachability.ISOLATED);
        assertThat(state(id)).as("it keeps running").isEqualTo(State.RUNNING);
        assertThat(greeting(id)).isEmpty();
        account.resetPassword(id);
        sandboxFixture.completeTasks();
        assertThat(account.reach(id)).isEqualTo(Reachability.ISOLATED);
        account.reconnect(id);
        account.reconnect(id);
        assertThat(account.reach(id)).isEqualTo(Reachability.CONNECTED);
        assertThat(greeting(id)).startsWith("SSH-");
    }

    /** Returns the first message a client receives. */
    private String greeting(String id) throws IOException {
        var endpoint = account.shell(id);
        try (var socket = new Socket(endpoint.host(), endpoint.port())) {
            socket.setSoTimeout(5_000);
            return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
        } catch (SocketException refused) {
            return "";
        }
    }

    @Test
    void completesASnapshotWithItsTask() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var providerTask = account.snapshot(id, "before the change");
        assertThat(account.snapshots(id)).extracting(Snapshot::ready).containsExactly(false);
        assertThat(state(id)).isEqualTo(State.RUNNING);
        sandboxFixture.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.DONE);
        var snapshot = account.snapshots(id).get(0);
        assertThat(snapshot.ready()).isTrue();
        assertThat(snapshot.name()).isEqualTo("before the change");
        assertThat(snapshot.sizeMib()).isPositive();

        account.restore(id, snapshot.id());
        assertThat(state(id)).isEqualTo(State.BUSY);
        sandboxFixture.completeTasks();
        assertRefused(Reason.NOT_FOUND, () -> account.restore(id, "snap-none"));
    }

    @Test
    void deletesSnapshotsRepeatedlyAndWithTheirServer() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        for (var name : List.of("first", "second")) {
            account.snapshot(id, name);
            sandboxFixture.completeTasks();
        }
        var first = account.snapshots(id).get(0).id();
        account.deleteSnapshot(id, first);
        account.deleteSnapshot(id, first);
        assertThat(account.snapshots(id)).extracting(Snapshot::name).containsExactly("second");
        sandboxFixture.restart();
        account = sandboxFixture.account();
        assertThat(account.snapshotsOf(List.of(id, "sb-none"))).hasSize(1);

        assertThat(account.keeping()).isEqualTo(Keeping.WITH_SERVER);
        account.delete(id);
        sandboxFixture.completeTasks();
        assertThat(account.snapshotsOf(List.of(id))).isEmpty();
        account.deleteSnapshot(id, "snap-none");
    }

    @Test
    void createsNightlyBackupsWhileTheyAreOn() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        assertThat(account.backups(id)).isEmpty();
        assertThat(account.isBackedUp(id)).isFalse();
        assertThat(account.backedUp()).isEmpty();
        account.backUp(id, true);
        account.backUp(id, true);
        assertThat(account.isBackedUp(id)).isTrue();
        assertThat(account.backedUp()).containsExactly(id);
        assertThat(account.backups(id)).isEmpty();

        sandboxFixture.advance(Duration.ofDays(2));
        assertThat(account.backups(id))
                .extracting(Snapshot::at)
                .containsExactly(Instant.parse("2026-11-24T03:00:00Z"), Instant.parse("2026-11-23T03:00:00Z"));
        sandboxFixture.advance(Duration.ofDays(20));
        assertThat(account.backups(id)).hasSize(7);
        var providerTask = account.restoreBackup(id, account.backups(id).get(0).id());
        sandboxFixture.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.DONE);

        account.backUp(id, false);
        assertThat(account.backups(id)).isEmpty();
        assertThat(account.backedUp()).isEmpty();
    }

    @Test
    void createsWeeklyBackups() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        account.backUp(id, Policy.WEEKLY);
        sandboxFixture.advance(Duration.ofDays(20));
        assertThat(account.backups(id))
                .extracting(Snapshot::at)
                .containsExactly(Instant.parse("2026-12-06T03:00:00Z"), Instant.parse("2026-11-29T03:00:00Z"));
        sandboxFixture.advance(Duration.ofDays(40));
        assertThat(account.backups(id)).hasSize(4).extracting(Snapshot::name).containsOnly("weekly");

        account.backUp(id, Policy.DAILY);
        assertThat(account.backups(id)).hasSize(7).extracting(Snapshot::name).containsOnly("daily");
        sandboxFixture.restart();
        account = sandboxFixture.account();
        assertThat(account.policy(id)).contains(Policy.DAILY);
        account.backUp(id, false);
        assertThat(account.policy(id)).isEmpty();
    }

    @Test
    void keepsVolumesWhenTheirServerIsDeleted() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var resourceTag = new ResourceTag(UUID.randomUUID());
        var volume = account.createVolume(resourceTag, "fra1", 10);
        assertThat(volume.ready()).isFalse();
        assertThat(volume.mark()).contains(resourceTag);
        assertRefused(Reason.BUSY, () -> account.attach(volume.id(), id));
        sandboxFixture.completeTasks();

        assertDone(account.attach(volume.id(), id));
        assertThat(account.volumes()).singleElement().satisfies(one -> {
            assertThat(one.serverId()).contains(id);
            assertThat(one.ready()).isTrue();
        });
        assertRefused(Reason.BUSY, () -> account.deleteVolume(volume.id()));
        assertRefused(Reason.INVALID, () -> account.grow(volume.id(), 5));
        assertDone(account.grow(volume.id(), 20));
        assertDone(account.detach(volume.id()));
        assertDone(account.attach(volume.id(), id));

        account.delete(id);
        sandboxFixture.completeTasks();
        assertThat(account.volumes()).singleElement().satisfies(one -> {
            assertThat(one.serverId()).isEmpty();
            assertThat(one.sizeGib()).isEqualTo(20);
        });
        account.deleteVolume(volume.id());
        account.deleteVolume(volume.id());
        assertThat(account.volumes()).isEmpty();
    }

    @Test
    void refusesToAttachAVolumeInAnotherRegion() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var volume = account.createVolume(new ResourceTag(UUID.randomUUID()), "ams1", 10);
        sandboxFixture.completeTasks();
        assertRefused(Reason.INVALID, () -> account.attach(volume.id(), id));
        assertRefused(Reason.NOT_FOUND, () -> account.attach("vol-none", id));
    }

    @Test
    void countsTrafficByMonth() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var first = account.traffic(id, sandboxFixture.now()).get(0);
        var later = account.traffic(id, sandboxFixture.now().plusSeconds(3_600)).get(0);
        assertThat(later.outBytes()).isGreaterThan(first.outBytes());
        assertThat(later.inBytes()).isGreaterThan(first.inBytes());
        assertThat(account.traffic(id, sandboxFixture.now())).first().isEqualTo(first);

        var months = account.traffic(id, Instant.parse("2027-01-05T00:00:00Z"));
        assertThat(months)
                .extracting(one -> one.from().toString())
                .containsExactly("2027-01-01T00:00:00Z", "2026-12-01T00:00:00Z", "2026-11-01T00:00:00Z");
    }

    @Test
    void returnsTheSameMetricsForTheSamePeriod() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        sandboxFixture.advance(Duration.ofHours(2));
        var now = sandboxFixture.now();
        var hour = account.measured(id, now, Duration.ofHours(1));
        assertThat(hour).extracting(Series::kind).containsExactly(Kind.CPU, Kind.RECEIVED, Kind.SENT);
        assertThat(hour)
                .allSatisfy(series -> assertThat(series.points())
                        .hasSize(60)
                        .allSatisfy(point -> assertThat(point.value()).isPositive())
                        .extracting(Point::at)
                        .isSorted()
                        .allMatch(at -> at.isBefore(now)));
        assertThat(account.measured(id, now, Duration.ofHours(1))).isEqualTo(hour);
        assertThat(account.measured(id, now, Duration.ofDays(7))
                        .get(0)
                        .points()
                        .get(0)
                        .at())
                .isEqualTo(server(id).createdAt().orElseThrow());
    }

    @Test
    void returnsNoMetricsForAStoppedServer() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        account.power(id, PowerAction.OFF);
        sandboxFixture.advance(Duration.ofHours(3));
        assertThat(account.measured(id, sandboxFixture.now(), Duration.ofHours(1)))
                .isEmpty();
    }

    @Test
    void showsAScreenUntilItIsClosedOrTheServerStops() throws IOException {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var shown = account.open(id);
        assertThat(account.open(id)).isEqualTo(shown);
        assertThat(shown.password()).hasSize(8);
        assertThat(isListening(shown)).isTrue();
        account.close(id);
        account.close(id);
        assertThat(isListening(shown)).isFalse();

        var again = account.open(id);
        assertThat(again.password()).isNotEqualTo(shown.password());
        account.power(id, PowerAction.OFF);
        sandboxFixture.completeTasks();
        assertThat(isListening(again)).isFalse();
        assertRefused(Reason.BUSY, () -> account.open(id));
        assertRefused(Reason.NOT_FOUND, () -> sandboxFixture.account("another").open(id));
    }

    private static boolean isListening(Vnc shown) throws IOException {
        try (var viewer = new Socket(shown.host(), shown.port())) {
            return viewer.getInputStream().read() == 'R';
        } catch (SocketException nobody) {
            return false;
        }
    }

    @Test
    void storesAKeyOnce() {
        var key = account.addKey("laptop", KEY);
        assertThat(account.addKey("again", KEY + " and more")).isEqualTo(key);
        assertThat(account.keys()).containsExactly(key);
        assertRefused(Reason.INVALID, () -> account.addKey("nonsense", "ssh-rsa nonsense"));
        account.deleteKey(key.id());
        account.deleteKey(key.id());
        assertThat(account.keys()).isEmpty();
    }

    @Test
    void requiresAnswersOfAScriptAndWritesItsFile() {
        assertThat(account.scripts()).hasSize(2);
        assertRefused(Reason.INVALID, () -> account.create(scripted("greeting", Map.of())));
        assertRefused(Reason.INVALID, () -> account.create(scripted("website", Map.of("server", "other"))));
        assertRefused(Reason.INVALID, () -> account.create(scripted("none", Map.of())));

        var id = account.create(scripted("greeting", Map.of("greeting", "Good morning")))
                .id();
        assertThat(sandboxFixture.sandbox().contents().of(id).all().get("/etc/motd"))
                .isNotNull()
                .extracting(entry -> new String(entry.content(), StandardCharsets.UTF_8))
                .isEqualTo("Good morning\n");
    }

    @Test
    void storesACustomScriptAsUserData() {
        var id = account.create(scripted("#!/bin/sh\necho hello", Map.of())).id();
        assertThat(sandboxFixture.sandbox().contents().of(id).all().get("/var/lib/cloud/instance/user-data.txt"))
                .isNotNull()
                .extracting(entry -> new String(entry.content(), StandardCharsets.UTF_8))
                .isEqualTo("#!/bin/sh\necho hello\n");
    }

    @Test
    void namesOnlyAddressesOfTheServer() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var address = server(id).addresses().get(0);
        account.name(id, address, "mail.example.org");
        assertThat(sandboxFixture.sandbox().machines().find(id).orElseThrow().names())
                .containsEntry(address, "mail.example.org");
        account.name(id, address, "");
        assertThat(sandboxFixture.sandbox().machines().find(id).orElseThrow().names())
                .isEmpty();
        assertRefused(Reason.INVALID, () -> account.name(id, "192.0.2.1", "mail.example.org"));
    }

    @Test
    void namesAnAdditionalAddressAndReleasesItWithTheServer() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var address = account.addAddress(id);
        assertThat(address.ready()).isFalse();
        assertRefused(Reason.INVALID, () -> account.name(id, address.text(), "mail.example.org"));
        sandboxFixture.completeTasks();
        assertThat(account.addresses(id)).singleElement().satisfies(one -> {
            assertThat(one.text()).isEqualTo(address.text());
            assertThat(one.ready()).isTrue();
        });
        account.name(id, address.text(), "mail.example.org");
        assertThat(sandboxFixture.sandbox().machines().find(id).orElseThrow().names())
                .containsEntry(address.text(), "mail.example.org");

        account.releaseAddress(id, server(id).addresses().get(0));
        assertThat(account.addresses(id)).hasSize(1);
        account.releaseAddress(id, address.text());
        assertThat(sandboxFixture.sandbox().machines().find(id).orElseThrow().names())
                .isEmpty();
        for (var i = 0; i < account.addressesMax(); i++) {
            account.addAddress(id);
        }
        assertRefused(Reason.LIMIT, () -> account.addAddress(id));
        var last = account.addresses(id).get(0).text();
        account.delete(id);
        sandboxFixture.completeTasks();
        assertThat(account.isKept(id, last)).isFalse();
    }

    private static ServerSpec scripted(String script, Map<String, String> answers) {
        return new ServerSpec(
                new ResourceTag(UUID.randomUUID()),
                SandboxFixture.HOSTNAME,
                "fra1",
                "s-1-1",
                "debian-13",
                List.of(),
                Optional.of(script),
                answers);
    }

    private void assertDone(ProviderTask providerTask) {
        sandboxFixture.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.DONE);
    }

    private ProviderServer server(String id) {
        return account.server(id).orElseThrow();
    }

    private State state(String id) {
        return server(id).state();
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}

package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.Plan;
import io.tenantry.charging.Books.Rented;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Provider;
import io.tenantry.provider.Snapshots;
import io.tenantry.provider.Volumes;
import io.tenantry.provider.Wish;
import io.tenantry.provider.account.Desk;
import io.tenantry.provider.sandbox.SandboxVendor;
import io.tenantry.provisioning.Upstream;
import io.tenantry.time.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same at the built-in vendor, where things take their time. */
class SandboxOptionsTest {
    private static final String DATA = "jboss.server.data.dir";
    private static final String BEFORE = System.getProperty(DATA, "");
    private static int sheds;

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final SandboxVendor vendor = new SandboxVendor();
    private final Shed shed = new Shed("shed-toys-" + sheds++, new Toys());
    private String number = "";

    @BeforeEach
    void open() {
        System.setProperty(DATA, folder.toString());
        clock.stopAt(Instant.parse("2026-11-22T10:00:00Z"));
        Desk.inject(vendor, "clock", clock);
        shed.publish("0.73", "3.65");
    }

    @AfterEach
    void restore() {
        if (BEFORE.isEmpty()) {
            System.clearProperty(DATA);
        } else {
            System.setProperty(DATA, BEFORE);
        }
    }

    @Test
    void aVolumeIsMadeAttachedGrownAndDeleted() {
        var server = server();
        var id = Shed.done(shed.order(server, 10));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("ORDERED");
        goOn(3);
        assertThat(shed.column(id, "state || ' ' || attached")).isEqualTo("ACTIVE true");
        assertThat(volumes())
                .singleElement()
                .satisfies(disk -> assertThat(disk.serverId()).contains(number));

        var volume = new Rented(id, server.wallet());
        shed.grow(volume, 20);
        goOn(3);
        assertThat(volumes()).extracting(Volumes.Volume::sizeGib).containsExactly(20);
        assertThat(shed.books.charged(volume)).isEqualTo(shed.books.money("0.02"));

        shed.books.in(() -> shed.volumes.delete(id));
        goOn(4);
        assertThat(volumes()).isEmpty();
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(shed.parked()).isEmpty();
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void backupsAreTakenListedAndPutBack() {
        var server = server();
        var id = Shed.done(shed.backUp(server));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
        clock.stopAt(clock.instant().plus(Duration.ofDays(1)));
        shed.read();
        var backups = shed.books.in(() -> shed.list.backups(server.service())).orElseThrow();
        var copies = shed.books.in(() -> shed.list.copies(backups));
        assertThat(copies).isNotEmpty();

        shed.books.in(() -> shed.backups.restore(server.service(), copies.get(0).id()));
        shed.work();
        clock.stopAt(clock.instant().plus(Duration.ofMinutes(5)));
        shed.work();
        assertThat(shed.timeline(server)).endsWith("backup_restore", "backup_restored");

        shed.books.in(() -> shed.backups.switchOff(server.service()));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(shed.parked()).isEmpty();
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void aSnapshotIsTakenPutBackAndDeleted() {
        shed.publish(OptionKind.SNAPSHOT, "0.73");
        var server = server();
        var id = Shed.done(shed.snap(server));
        shed.work(2);
        assertThat(shed.state(id)).isEqualTo("ORDERED");
        goOn(2);
        assertThat(shed.column(id, "state || ' ' || quantity || ' ' || keeping"))
                .isEqualTo("ACTIVE 2 WITH_SERVER");
        assertThat(snapshots()).singleElement().matches(Snapshots.Snapshot::ready);

        shed.books.in(() -> shed.snapshots.restore(id));
        shed.work();
        goOn(2);
        assertThat(shed.timeline(server)).endsWith("snapshot_restore", "snapshot_restored");

        shed.books.in(() -> shed.snapshots.delete(id));
        shed.work(2);
        assertThat(snapshots()).isEmpty();
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(shed.parked()).isEmpty();
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void aSnapshotThatFailsCostsNothing() {
        shed.publish(OptionKind.SNAPSHOT, "0.73");
        var server = server("fail-snapshot");
        var id = Shed.done(shed.snap(server));
        shed.work();
        goOn(2);
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(shed.timeline(server)).endsWith("snapshot_ordered", "snapshot_failed");
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void anAddressIsTakenAndGivenBack() {
        shed.publish(OptionKind.ADDRESS, "0.73");
        var server = server();
        var id = Shed.done(shed.reachMore(server));
        shed.work(2);
        assertThat(shed.state(id)).isEqualTo("ORDERED");
        goOn(1);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
        var address = shed.column(id, "upstream_id");
        assertThat(account().server(number).orElseThrow().addresses())
                .hasSize(2)
                .contains(address);
        assertThat(shed.addressesOf(server)).containsExactly(address);

        shed.books.in(() -> shed.addresses.release(id));
        shed.work(2);
        assertThat(account().server(number).orElseThrow().addresses()).doesNotContain(address);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(shed.addressesOf(server)).isEmpty();
        assertThat(shed.parked()).isEmpty();
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void anAddressIsGoneWithItsServer() {
        shed.publish(OptionKind.ADDRESS, "0.73");
        var server = server();
        var id = Shed.done(shed.reachMore(server));
        shed.work(2);
        goOn(1);
        shed.end(server);
        account().delete(number);
        clock.stopAt(clock.instant().plus(Duration.ofMinutes(2)));
        shed.work();
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(shed.charged(id, server.wallet())).isEqualTo(shed.books.money("0.001"));
        assertThat(shed.violations()).isEmpty();
    }

    /** So often a few seconds go by at the vendor, and everybody works. */
    private void goOn(int times) {
        for (var i = 0; i < times; i++) {
            clock.stopAt(clock.instant().plusSeconds(5));
            shed.work(2);
        }
    }

    private Rented server() {
        return server("web");
    }

    private Rented server(String hostname) {
        var rented = shed.server("10");
        number = account()
                .create(new Wish(
                        new Mark(rented.service()),
                        hostname,
                        "fra1",
                        "s-1-2",
                        "debian-13",
                        List.of(),
                        Optional.empty(),
                        Map.of()))
                .id();
        clock.stopAt(clock.instant().plus(Duration.ofMinutes(2)));
        shed.place(rented, "toys", "fra1", number);
        return rented;
    }

    private List<Volumes.Volume> volumes() {
        return ((Volumes) account()).volumes();
    }

    private List<Snapshots.Snapshot> snapshots() {
        return ((Snapshots) account()).snapshots(number);
    }

    private Provider account() {
        return vendor.open(new Credentials(vendor.base().orElseThrow(), "shed"));
    }

    private final class Toys implements Upstream {
        @Override
        public Optional<Place> place(UUID planId, Plan.Size size, String region) {
            return Optional.empty();
        }

        @Override
        public Optional<Home> open(String account) {
            return account.equals("toys") ? Optional.of(new Home(account(), Map.of())) : Optional.empty();
        }
    }
}

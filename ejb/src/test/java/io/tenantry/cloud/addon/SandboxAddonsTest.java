package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provider.Snapshots;
import io.tenantry.cloud.provider.Volumes;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provider.sandbox.SandboxProvider;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import io.tenantry.kernel.time.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same with the built-in provider, where operations take time. */
@Tag("full")
class SandboxAddonsTest {
    private static final String DATA = "jboss.server.data.dir";
    private static final String BEFORE = System.getProperty(DATA, "");
    private static int sheds;

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final SandboxProvider provider = new SandboxProvider();
    private final AddonFixture addonFixture = new AddonFixture("shed-toys-" + sheds++, new Toys());
    private String number = "";

    @BeforeEach
    void open() {
        System.setProperty(DATA, folder.toString());
        clock.stopAt(Instant.parse("2026-11-22T10:00:00Z"));
        ProviderAccountFixture.inject(provider, "clock", clock);
        addonFixture.publish("0.73", "3.65");
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
    void createsAttachesGrowsAndDeletesAVolume() {
        var server = server();
        var id = AddonFixture.idOf(addonFixture.orderVolume(server, 10));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");
        workRepeatedly(3);
        assertThat(addonFixture.column(id, "state || ' ' || attached")).isEqualTo("ACTIVE true");
        assertThat(volumes())
                .singleElement()
                .satisfies(disk -> assertThat(disk.serverId()).contains(number));

        var volume = new Rented(id, server.wallet());
        addonFixture.grow(volume, 20);
        workRepeatedly(3);
        assertThat(volumes()).extracting(Volumes.Volume::sizeGib).containsExactly(20);
        assertThat(addonFixture.billingFixture.charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.02"));

        addonFixture.billingFixture.in(() -> addonFixture.volumes.delete(id));
        workRepeatedly(4);
        assertThat(volumes()).isEmpty();
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.parked()).isEmpty();
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void listsAndRestoresBackups() {
        var server = server();
        var id = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        clock.stopAt(clock.instant().plus(Duration.ofDays(1)));
        addonFixture.read();
        var backups = addonFixture
                .billingFixture
                .in(() -> addonFixture.list.backups(server.service()))
                .orElseThrow();
        var copies = addonFixture.billingFixture.in(() -> addonFixture.list.copies(backups));
        assertThat(copies).isNotEmpty();

        addonFixture.billingFixture.in(() ->
                addonFixture.backups.restore(server.service(), copies.get(0).id()));
        addonFixture.work();
        clock.stopAt(clock.instant().plus(Duration.ofMinutes(5)));
        addonFixture.work();
        assertThat(addonFixture.timeline(server)).endsWith("backup_restore", "backup_restored");

        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.parked()).isEmpty();
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void createsRestoresAndDeletesASnapshot() {
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
        var server = server();
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");
        workRepeatedly(2);
        assertThat(addonFixture.column(id, "state || ' ' || quantity || ' ' || retention"))
                .isEqualTo("ACTIVE 2 WITH_SERVER");
        assertThat(snapshots()).singleElement().matches(Snapshots.Snapshot::ready);

        addonFixture.billingFixture.in(() -> addonFixture.snapshots.restore(id));
        addonFixture.work();
        workRepeatedly(2);
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_restore", "snapshot_restored");

        addonFixture.billingFixture.in(() -> addonFixture.snapshots.delete(id));
        addonFixture.work(2);
        assertThat(snapshots()).isEmpty();
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.parked()).isEmpty();
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void chargesNothingForAFailedSnapshot() {
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
        var server = server("fail-snapshot");
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work();
        workRepeatedly(2);
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_ordered", "snapshot_failed");
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void assignsAndReleasesAnAddress() {
        addonFixture.publish(AddonType.ADDRESS, "0.73");
        var server = server();
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");
        workRepeatedly(1);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        var address = addonFixture.column(id, "provider_ref");
        assertThat(account().server(number).orElseThrow().addresses())
                .hasSize(2)
                .contains(address);
        assertThat(addonFixture.addressesOf(server)).containsExactly(address);

        addonFixture.billingFixture.in(() -> addonFixture.addresses.release(id));
        addonFixture.work(2);
        assertThat(account().server(number).orElseThrow().addresses()).doesNotContain(address);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.addressesOf(server)).isEmpty();
        assertThat(addonFixture.parked()).isEmpty();
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void endsAnAddressWithItsServer() {
        addonFixture.publish(AddonType.ADDRESS, "0.73");
        var server = server();
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.work(2);
        workRepeatedly(1);
        addonFixture.terminate(server);
        account().delete(number);
        clock.stopAt(clock.instant().plus(Duration.ofMinutes(2)));
        addonFixture.work();
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.charged(id, server.wallet())).isEqualTo(addonFixture.billingFixture.money("0.001"));
        assertThat(addonFixture.violations()).isEmpty();
    }

    /** Repeatedly lets a few seconds pass at the provider and runs all workers. */
    private void workRepeatedly(int times) {
        for (var i = 0; i < times; i++) {
            clock.stopAt(clock.instant().plusSeconds(5));
            addonFixture.work(2);
        }
    }

    private Rented server() {
        return server("web");
    }

    private Rented server(String hostname) {
        var rented = addonFixture.server("10");
        number = account()
                .create(new ServerSpec(
                        new ResourceTag(rented.service()),
                        hostname,
                        "fra1",
                        "s-1-2",
                        "debian-13",
                        List.of(),
                        Optional.empty(),
                        Map.of()))
                .id();
        clock.stopAt(clock.instant().plus(Duration.ofMinutes(2)));
        addonFixture.place(rented, "toys", "fra1", number);
        return rented;
    }

    private List<Volumes.Volume> volumes() {
        return ((Volumes) account()).volumes();
    }

    private List<Snapshots.Snapshot> snapshots() {
        return ((Snapshots) account()).snapshots(number);
    }

    private ProviderClient account() {
        return provider.open(new Credentials(provider.base().orElseThrow(), "shed"));
    }

    private final class Toys implements ProvisioningTarget {
        @Override
        public Optional<Placement> place(UUID planId, Plan.Size size, String region) {
            return Optional.empty();
        }

        @Override
        public Optional<TargetAccount> open(String account) {
            return account.equals("toys") ? Optional.of(new TargetAccount(account(), Map.of())) : Optional.empty();
        }
    }
}

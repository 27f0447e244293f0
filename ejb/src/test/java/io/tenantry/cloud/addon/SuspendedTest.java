package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Add-ons of a server suspended by staff, for which no new ones can be ordered and existing ones can be deleted; and of a server with a deletion
 * lock, whose data they cannot replace or delete.
 */
class SuspendedTest {
    private static final AddonOutcome SUSPENDED = new AddonOutcome.Suspended();

    private static AddonFixture addonFixture;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed-suspended");
        addonFixture.publish("0.73", "3.65");
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
        addonFixture.publish(AddonType.ADDRESS, "0.73");
        addonFixture.provider.setKeeping(Keeping.STANDALONE);
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void refusesFurtherAddonsForASuspendedServer() {
        var server = addonFixture.server("10");
        var other = addonFixture.server(server.wallet());
        var volume = addonFixture.createVolume(other, 10).service();
        addonFixture.billingFixture.in(() -> addonFixture.volumes.detach(volume));
        addonFixture.work(3);
        setState(server, "SUSPENDED");
        assertThat(addonFixture.orderSnapshot(server)).isEqualTo(SUSPENDED);
        assertThat(addonFixture.orderBackups(server)).isEqualTo(SUSPENDED);
        assertThat(addonFixture.orderVolume(server, 10)).isEqualTo(SUSPENDED);
        assertThat(addonFixture.orderAddress(server)).isEqualTo(SUSPENDED);
        assertThat(addonFixture.billingFixture.<AddonOutcome>in(
                        () -> addonFixture.volumes.attach(volume, server.service())))
                .isEqualTo(SUSPENDED);
    }

    @Test
    void refusesRestoresButAllowsDeletions() {
        var server = addonFixture.server("10");
        AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work();
        addonFixture.read();
        var snapshot = addonFixture.createSnapshot(server).service();
        setState(server, "SUSPENDED");
        assertThat(addonFixture.billingFixture.<AddonOutcome>in(() -> addonFixture.snapshots.restore(snapshot)))
                .isEqualTo(SUSPENDED);
        assertThat(addonFixture.billingFixture.<AddonOutcome>in(
                        () -> addonFixture.backups.restore(server.service(), "copy-1")))
                .isEqualTo(SUSPENDED);
        assertThat(addonFixture.changePolicy(server, Policy.WEEKLY)).isEqualTo(SUSPENDED);

        assertThat(addonFixture.billingFixture.<AddonOutcome>in(() -> addonFixture.snapshots.delete(snapshot)))
                .isEqualTo(new AddonOutcome.Done(snapshot));
        assertThat(addonFixture.billingFixture.<AddonOutcome>in(() -> addonFixture.backups.switchOff(server.service())))
                .isInstanceOf(AddonOutcome.Done.class);
        addonFixture.work(3);
        assertThat(addonFixture.provider.snapshotsOf(snapshot)).isEmpty();
    }

    @Test
    void postponesARestoreDuringASuspension() {
        var server = addonFixture.server("10");
        var snapshot = addonFixture.createSnapshot(server).service();
        assertThat(addonFixture.billingFixture.<AddonOutcome>in(() -> addonFixture.snapshots.restore(snapshot)))
                .isEqualTo(new AddonOutcome.Done(snapshot));
        setState(server, "SUSPENDED");
        var before = addonFixture.provider.requests().size();
        addonFixture.work(3);
        assertThat(addonFixture.provider.requests()).hasSize(before);
        setState(server, "ACTIVE");
        addonFixture.work(3);
        assertThat(addonFixture.provider.requests()).hasSize(before + 1);
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_restore", "snapshot_restored");
    }

    @Test
    void aDeletionLockPreventsRestoresAndSwitchingOffBackups() {
        var server = addonFixture.server("10");
        AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work();
        addonFixture.read();
        var snapshot = addonFixture.createSnapshot(server).service();
        setLocked(server, true);
        assertThat(restored(snapshot)).isEqualTo(new AddonOutcome.Locked());
        assertThat(addonFixture.billingFixture.<AddonOutcome>in(
                        () -> addonFixture.backups.restore(server.service(), "copy-1")))
                .isEqualTo(new AddonOutcome.Locked());
        assertThat(addonFixture.billingFixture.<AddonOutcome>in(() -> addonFixture.backups.switchOff(server.service())))
                .isEqualTo(new AddonOutcome.Locked());

        setLocked(server, false);
        assertThat(restored(snapshot)).isEqualTo(new AddonOutcome.Done(snapshot));
        addonFixture.work(3);
    }

    private static AddonOutcome restored(UUID snapshot) {
        return addonFixture.billingFixture.<AddonOutcome>in(() -> addonFixture.snapshots.restore(snapshot));
    }

    private static void setLocked(Rented server, boolean isLocked) {
        addonFixture.billingFixture.in(() -> addonFixture.billingFixture.sql.update(
                "update service set locked = ? where id = ?", isLocked, server.service()));
    }

    private static void setState(Rented server, String state) {
        addonFixture.billingFixture.in(() -> addonFixture.billingFixture.sql.update(
                "update service set state = ? where id = ?", state, server.service()));
    }
}

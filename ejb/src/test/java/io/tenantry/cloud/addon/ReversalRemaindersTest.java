package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.addon.AddonReconciliationSchedule.Kind;
import io.tenantry.cloud.addon.ScriptedAddonProvider.ScriptedOutcome;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory.State;
import io.tenantry.cloud.reconciliation.discrepancy.ResolutionOutcome;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Existing but unpaid add-ons are removed if they were ours and staff decide so; backups that are paid for but off are switched on again. */
@Tag("full")
class ReversalRemaindersTest {
    private static int sheds;

    private final AddonFixture addonFixture = new AddonFixture("shed-remains-" + sheds++);

    @BeforeEach
    void begin() {
        addonFixture.publish("0.73", "3.65");
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
        assertThat(addonFixture.parked()).isEmpty();
    }

    @Test
    void deletesARemainingVolumeDespiteLostResponses() {
        var server = addonFixture.server("10");
        var volume = createEndedVolume(server);
        addonFixture.provider.addUnorderedVolume(volume, 10);
        var id = confirmedDiscrepancy();
        assertThat(discrepancy(id).isDeletable()).isTrue();
        assertThat(delete(id)).isEqualTo(ResolutionOutcome.DONE);
        assertThat(delete(id)).isEqualTo(ResolutionOutcome.TOO_LATE);
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT, ScriptedOutcome.DEATH_AFTER);
        addonFixture.work();
        assertThat(addonFixture.provider.volumesOf(volume)).hasSize(1);
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.actions.dismiss(id, "too late")))
                .isEqualTo(ResolutionOutcome.TOO_LATE);
        addonFixture.work();
        assertThat(addonFixture.provider.volumesOf(volume)).isEmpty();
        addonFixture.work();
        assertThat(discrepancy(id).history().resolution()).contains("DELETED");
        assertThat(addonFixture.timeline(server)).endsWith("volume_remainder");
    }

    @Test
    void neverDeletesAnUnknownVolume() {
        addonFixture.createVolume(addonFixture.server("10"), 10);
        var unknown = UUID.randomUUID();
        addonFixture.provider.addUnorderedVolume(unknown, 50);
        var id = confirmedDiscrepancy();
        assertThat(discrepancy(id).history().isToDecide()).isTrue();
        assertThat(discrepancy(id).isDeletable()).isFalse();
        assertThat(delete(id)).isEqualTo(ResolutionOutcome.TOO_LATE);
        addonFixture.work(3);
        assertThat(addonFixture.provider.volumesOf(unknown)).hasSize(1);
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.actions.dismiss(id, "another installation's")))
                .isEqualTo(ResolutionOutcome.DONE);
    }

    @Test
    void doesNotDeleteAVolumeWithAnotherResourceTag() {
        var volume = createEndedVolume(addonFixture.server("10"));
        var number = addonFixture.provider.addUnorderedVolume(volume, 10);
        var id = confirmedDiscrepancy();
        delete(id);
        var another = UUID.randomUUID();
        addonFixture.provider.retagVolume(number, another);
        addonFixture.work(3);
        assertThat(addonFixture.provider.volumesOf(another)).hasSize(1);
        assertThat(discrepancy(id).history().repairAction()).isEmpty();
        assertThat(discrepancy(id).failure()).isNotEmpty();
    }

    @Test
    void allowsAnotherDecisionAfterARefusal() {
        var volume = createEndedVolume(addonFixture.server("10"));
        addonFixture.provider.addUnorderedVolume(volume, 10);
        var id = confirmedDiscrepancy();
        delete(id);
        addonFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        addonFixture.work();
        assertThat(discrepancy(id).failure()).contains("no such size");
        assertThat(discrepancy(id).isDeletable()).isTrue();
        assertThat(delete(id)).isEqualTo(ResolutionOutcome.DONE);
        addonFixture.work(2);
        assertThat(discrepancy(id).history().state()).isEqualTo(State.RESOLVED);
        assertThat(addonFixture.provider.volumesOf(volume)).isEmpty();
    }

    @Test
    void allowsAnotherDecisionAfterRepeatedSilence() {
        var volume = createEndedVolume(addonFixture.server("10"));
        addonFixture.provider.addUnorderedVolume(volume, 10);
        var id = confirmedDiscrepancy();
        delete(id);
        for (var i = 0; i < 8; i++) {
            addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
            addonFixture.work();
        }
        assertThat(discrepancy(id).failure()).contains("silence");
        assertThat(discrepancy(id).isDeletable()).isTrue();
        delete(id);
        addonFixture.work(2);
        assertThat(addonFixture.provider.volumesOf(volume)).isEmpty();
    }

    @Test
    void allowsAnotherDecisionWhenAVolumeRemainsAfterADay() {
        var volume = createEndedVolume(addonFixture.server("10"));
        addonFixture.provider.addUnorderedVolume(volume, 10);
        var id = confirmedDiscrepancy();
        delete(id);
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
        addonFixture.work();
        Database.asOwner("update " + addonFixture.billingFixture.tenant.schema()
                + ".addon_discrepancy set requested_at = requested_at - interval '25 hours' where id = '" + id + "'");
        addonFixture.work();
        assertThat(discrepancy(id).failure()).contains("still there");
        assertThat(discrepancy(id).history().isToDecide()).isTrue();
        assertThat(addonFixture.provider.volumesOf(volume)).hasSize(1);
    }

    @Test
    void deletesARemainingSnapshotOfAReplacedServer() {
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
        var server = addonFixture.server("10");
        var snapshot = addonFixture.createSnapshot(server).service();
        addonFixture.billingFixture.in(() -> addonFixture.snapshots.delete(snapshot));
        addonFixture.work(2);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(snapshot)).isEqualTo("TERMINATED");
        addonFixture.provider.addUnorderedSnapshot(snapshot, AddonFixture.serverId(1));
        addonFixture.place(server, ScriptedAddonProvider.ACCOUNT, "fra", "server-again");
        var id = confirmedDiscrepancy();
        assertThat(delete(id)).isEqualTo(ResolutionOutcome.DONE);
        addonFixture.work(2);
        assertThat(addonFixture.provider.snapshotsOf(snapshot)).isEmpty();
        assertThat(discrepancy(id).history().resolution()).contains("DELETED");
    }

    @Test
    void deletesOnlyTheDuplicateOfAPaidVolume() {
        var volume = addonFixture.createVolume(addonFixture.server("10"), 10).service();
        var second = addonFixture.provider.addUnorderedVolume(volume, 20);
        var id = confirmedDiscrepancy();
        assertThat(discrepancy(id).upstreamId()).isEqualTo(second);
        delete(id);
        addonFixture.work(2);
        assertThat(addonFixture.provider.volumesOf(volume))
                .singleElement()
                .satisfies(one -> assertThat(one.sizeGib()).isEqualTo(10));
    }

    @Test
    void releasesAKeptAddressAndBlocksOrdersMeanwhile() {
        addonFixture.publish(AddonType.ADDRESS, "0.73");
        var server = addonFixture.server("10");
        var address = addonFixture.createAddress(server);
        addonFixture.billingFixture.in(() -> addonFixture.addresses.release(address));
        addonFixture.work(2);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(address)).isEqualTo("TERMINATED");
        addonFixture.provider.keepReleasedAddress(
                AddonFixture.serverId(1), addonFixture.column(address, "provider_ref"));
        var id = confirmedDiscrepancy();
        delete(id);
        assertThat(addonFixture.orderAddress(server)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        assertThat(addonFixture.provider.addressesOf(AddonFixture.serverId(1))).isEmpty();
        assertThat(discrepancy(id).history().resolution()).contains("DELETED");
        assertThat(addonFixture.orderAddress(server)).isInstanceOf(AddonOutcome.Done.class);
    }

    @Test
    void switchesMissingBackupsOnAgain() {
        var server = addonFixture.server("10");
        var backups = orderBackups(server);
        addonFixture.provider.setBackedUp(AddonFixture.serverId(1), false);
        var id = confirmedDiscrepancy();
        assertThat(discrepancy(id).of()).isEqualTo(AddonType.BACKUP);
        assertThat(discrepancy(id).kind()).isEqualTo(Kind.MISSING);
        assertThat(switchOn(id)).isEqualTo(ResolutionOutcome.DONE);
        assertThat(switchOn(id)).isEqualTo(ResolutionOutcome.TOO_LATE);
        addonFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        addonFixture.work(2);
        assertThat(addonFixture.provider.isBackedUp(AddonFixture.serverId(1))).isTrue();
        assertThat(discrepancy(id).history().resolution()).contains("SWITCHED");
        assertThat(addonFixture.state(backups)).isEqualTo("ACTIVE");
        assertThat(addonFixture.timeline(server)).endsWith("backup_on_again_wanted", "backup_on_again");
        addonFixture.read();
        addonFixture.read();
        assertThat(addonFixture.billingFixture.in(addonFixture.schedule::differences))
                .isEmpty();
    }

    @Test
    void switchesMissingWeeklyBackupsOnAsWeekly() {
        addonFixture.publish(Policy.WEEKLY, "1.46");
        var server = addonFixture.server("10");
        var unused = AddonFixture.idOf(addonFixture.orderBackups(server, Optional.of(Policy.WEEKLY)));
        addonFixture.work();
        addonFixture.provider.backUp(AddonFixture.serverId(1), false);
        switchOn(confirmedDiscrepancy());
        addonFixture.work(2);
        assertThat(addonFixture.provider.isBackedUp(AddonFixture.serverId(1))).isTrue();
        assertThat(addonFixture.provider.policy(AddonFixture.serverId(1))).contains(Policy.WEEKLY);
    }

    @Test
    void leavesBackupsOffWhenTheCustomerSwitchesThemOffMeanwhile() {
        var server = addonFixture.server("10");
        var backups = orderBackups(server);
        addonFixture.provider.setBackedUp(AddonFixture.serverId(1), false);
        var id = confirmedDiscrepancy();
        switchOn(id);
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
        addonFixture.work();
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        addonFixture.work(3);
        assertThat(addonFixture.state(backups)).isEqualTo("TERMINATED");
        assertThat(addonFixture.provider.isBackedUp(AddonFixture.serverId(1))).isFalse();
    }

    @Test
    void doesNotSwitchBackupsOfAReusedServerId() {
        var server = addonFixture.server("10");
        orderBackups(server);
        addonFixture.provider.setBackedUp(AddonFixture.serverId(1), false);
        var id = confirmedDiscrepancy();
        switchOn(id);
        addonFixture.provider.reassignServerId(AddonFixture.serverId(1), UUID.randomUUID());
        addonFixture.work(2);
        assertThat(addonFixture.provider.isBackedUp(AddonFixture.serverId(1))).isFalse();
        assertThat(discrepancy(id).failure()).contains("another");
    }

    @Test
    void switchesUnpaidBackupsOffAndBlocksOrdersMeanwhile() {
        var server = addonFixture.server("10");
        orderBackups(server);
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        addonFixture.work();
        addonFixture.provider.setBackedUp(AddonFixture.serverId(1), true);
        var id = confirmedDiscrepancy();
        assertThat(discrepancy(id).kind()).isEqualTo(Kind.UNKNOWN_ADDON);
        delete(id);
        assertThat(addonFixture.orderBackups(server)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        assertThat(addonFixture.provider.isBackedUp(AddonFixture.serverId(1))).isFalse();
        assertThat(discrepancy(id).history().resolution()).contains("DELETED");
        assertThat(addonFixture.orderBackups(server)).isInstanceOf(AddonOutcome.Done.class);
        addonFixture.work();
    }

    @Test
    void keepsUnpaidBackupsThatAreOrderedMeanwhile() {
        addonFixture.createVolume(addonFixture.server("10"), 10);
        var server = addonFixture.server("10");
        addonFixture.provider.setBackedUp(AddonFixture.serverId(2), true);
        var id = confirmedDiscrepancy();
        assertThat(discrepancy(id).optionId()).isEmpty();
        assertThat(discrepancy(id).serviceId()).contains(server.service());
        assertThat(discrepancy(id).isDeletable()).isTrue();
        var ordered = AddonFixture.idOf(addonFixture.orderBackups(server));
        assertThat(delete(id)).isEqualTo(ResolutionOutcome.TOO_LATE);
        addonFixture.work();
        assertThat(addonFixture.state(ordered)).isEqualTo("ACTIVE");
        addonFixture.read();
        assertThat(discrepancy(id).history().state()).isEqualTo(State.RESOLVED);
        assertThat(addonFixture.provider.isBackedUp(AddonFixture.serverId(2))).isTrue();
    }

    private UUID createEndedVolume(Rented server) {
        var volume = addonFixture.createVolume(server, 10).service();
        addonFixture.billingFixture.in(() -> addonFixture.volumes.delete(volume));
        addonFixture.work(3);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(volume)).isEqualTo("TERMINATED");
        return volume;
    }

    private UUID orderBackups(Rented server) {
        var backups = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work();
        return backups;
    }

    /** Returns the discrepancy confirmed after two scans. */
    private UUID confirmedDiscrepancy() {
        addonFixture.read();
        addonFixture.read();
        List<AddonReconciliationSchedule.Difference> all =
                addonFixture.billingFixture.in(addonFixture.schedule::differences);
        assertThat(all).hasSize(1);
        return all.get(0).id();
    }

    private AddonDiscrepancies.AddonDiscrepancy discrepancy(UUID id) {
        return addonFixture.billingFixture.in(() -> addonFixture.discrepancies.one(id));
    }

    private ResolutionOutcome delete(UUID id) {
        return addonFixture.billingFixture.in(() -> addonFixture.actions.delete(id));
    }

    private ResolutionOutcome switchOn(UUID id) {
        return addonFixture.billingFixture.in(() -> addonFixture.actions.switchOn(id));
    }
}

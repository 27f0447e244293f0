package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tenantry.cloud.addon.AddonReconciliationSchedule.Kind;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Provider resources that differ from what is charged are reported after two sightings, for as long as they differ. */
@Tag("full")
class AddonReconciliationHandlerTest {
    private static int sheds;

    private final AddonFixture addonFixture = new AddonFixture("shed-look-" + sheds++);

    @BeforeEach
    void begin() {
        addonFixture.publish("0.73", "3.65");
    }

    @Test
    void reportsNothingWhenListsAndAddonsMatch() {
        addonFixture.createVolume(addonFixture.server("10"), 10);
        addonFixture.read();
        addonFixture.read();
        assertThat(differences()).isEmpty();
    }

    @Test
    void reportsAnUnpaidVolumeAtTheSecondReading() {
        addonFixture.createVolume(addonFixture.server("10"), 10);
        var id = addonFixture.provider.addUnorderedVolume(UUID.randomUUID(), 50);
        addonFixture.read();
        assertThat(differences()).isEmpty();
        addonFixture.read();
        assertThat(differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.UNKNOWN_ADDON);
            assertThat(one.upstreamId()).isEqualTo(id);
            assertThat(one.seenGib()).isEqualTo(50);
        });

        addonFixture.provider.removeVolume(id);
        addonFixture.read();
        assertThat(differences()).isEmpty();
    }

    @Test
    void reportsAVolumeThatReappearsAfterItsDeletion() {
        var volume = addonFixture.createVolume(addonFixture.server("10"), 10);
        addonFixture.billingFixture.in(() -> addonFixture.volumes.delete(volume.service()));
        addonFixture.work(3);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        addonFixture.provider.addUnorderedVolume(volume.service(), 10);
        addonFixture.read();
        addonFixture.read();
        assertThat(differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.UNKNOWN_ADDON);
            assertThat(one.optionId()).contains(volume.service());
        });
    }

    @Test
    void reportsAMissingVolume() {
        var volume = addonFixture.createVolume(addonFixture.server("10"), 10);
        addonFixture.provider.removeVolume(
                addonFixture.provider.volumesOf(volume.service()).get(0).id());
        addonFixture.read();
        addonFixture.read();
        assertThat(differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.MISSING);
            assertThat(one.optionId()).contains(volume.service());
            assertThat(one.expectedGib()).isEqualTo(10);
        });
    }

    @Test
    void reportsAVolumeOfAnotherSize() {
        var volume = addonFixture.createVolume(addonFixture.server("10"), 10);
        var unused = addonFixture.provider.grow(
                addonFixture.provider.volumesOf(volume.service()).get(0).id(), 40);
        addonFixture.read();
        addonFixture.read();
        assertThat(differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.SIZE);
            assertThat(one.expectedGib()).isEqualTo(10);
            assertThat(one.seenGib()).isEqualTo(40);
        });
    }

    @Test
    void reportsUnpaidAndMissingSnapshots() {
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
        var server = addonFixture.server("10");
        var snapshot = addonFixture.createSnapshot(server).service();
        addonFixture.read();
        addonFixture.read();
        assertThat(differences()).isEmpty();

        var stray = addonFixture.provider.addUnorderedSnapshot(UUID.randomUUID(), AddonFixture.serverId(1));
        addonFixture.provider.removeSnapshot(
                addonFixture.provider.snapshotsOf(snapshot).get(0).id());
        addonFixture.read();
        addonFixture.read();
        assertThat(differences())
                .allMatch(one -> one.of() == AddonType.SNAPSHOT)
                .extracting(
                        AddonReconciliationSchedule.Difference::kind, AddonReconciliationSchedule.Difference::seenGib)
                .containsExactlyInAnyOrder(tuple(Kind.UNKNOWN_ADDON, 3), tuple(Kind.MISSING, 0));
        assertThat(differences()).anyMatch(one -> one.upstreamId().equals(stray));
    }

    @Test
    void looksForASnapshotAtTheServerItWasTakenOf() {
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
        var server = addonFixture.server("10");
        var snapshot = addonFixture.createSnapshot(server).service();
        addonFixture.place(server, ScriptedAddonProvider.ACCOUNT, "fra", "server-again");
        addonFixture.read();
        addonFixture.read();
        assertThat(differences()).isEmpty();

        var stray = addonFixture.provider.addUnorderedSnapshot(UUID.randomUUID(), "server-again");
        addonFixture.provider.removeSnapshot(
                addonFixture.provider.snapshotsOf(snapshot).get(0).id());
        addonFixture.read();
        addonFixture.read();
        assertThat(differences())
                .extracting(
                        AddonReconciliationSchedule.Difference::kind, AddonReconciliationSchedule.Difference::optionId)
                .containsExactlyInAnyOrder(
                        tuple(Kind.UNKNOWN_ADDON, Optional.empty()), tuple(Kind.MISSING, Optional.of(snapshot)));
        assertThat(differences()).anyMatch(one -> one.upstreamId().equals(stray));
    }

    @Test
    void reportsALateUnpaidSnapshotWhileItsServerExists() {
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
        addonFixture.provider.setKeeping(Keeping.WITH_SERVER);
        var server = addonFixture.server("10");
        var snapshot = addonFixture.createSnapshot(server).service();
        addonFixture.billingFixture.in(() -> addonFixture.snapshots.delete(snapshot));
        addonFixture.work(2);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(snapshot)).isEqualTo("TERMINATED");
        addonFixture.read();
        addonFixture.read();
        assertThat(differences()).isEmpty();

        var late = addonFixture.provider.addUnorderedSnapshot(snapshot, AddonFixture.serverId(1));
        addonFixture.read();
        addonFixture.read();
        assertThat(differences())
                .extracting(
                        AddonReconciliationSchedule.Difference::kind,
                        AddonReconciliationSchedule.Difference::upstreamId)
                .containsExactly(tuple(Kind.UNKNOWN_ADDON, late));

        addonFixture.terminate(server);
        addonFixture.provider.removeSnapshot(late);
        addonFixture.read();
        addonFixture.read();
        assertThat(differences()).isEmpty();
    }

    @Test
    void countsAVolumeListedTwiceAsOneSighting() {
        addonFixture.createVolume(addonFixture.server("10"), 10);
        addonFixture.provider.listTwice(addonFixture.provider.addUnorderedVolume(UUID.randomUUID(), 50));
        addonFixture.read();
        assertThat(differences()).isEmpty();
        addonFixture.read();
        assertThat(differences()).hasSize(1);
    }

    @Test
    void doesNotReportFreeExtraBackups() {
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
        addonFixture.provider.setKeeping(Keeping.WITH_BACKUPS);
        var server = addonFixture.server("10");
        AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work();
        var snapshot = addonFixture.createSnapshot(server).service();
        addonFixture.billingFixture.in(() -> addonFixture.snapshots.delete(snapshot));
        assertThat(addonFixture.provider.snapshotsOf(snapshot)).hasSize(1);
        addonFixture.read();
        addonFixture.read();
        assertThat(differences()).isEmpty();
    }

    @Test
    void reportsUnpaidAndMissingAddresses() {
        addonFixture.publish(AddonType.ADDRESS, "0.73");
        var own = addonFixture.provider.addUnorderedAddress(AddonFixture.serverId(1));
        var address = addonFixture.createAddress(addonFixture.server("10"));
        addonFixture.read();
        addonFixture.read();
        assertThat(differences()).isEmpty();

        var stray = addonFixture.provider.addUnorderedAddress(AddonFixture.serverId(1));
        var lost = addonFixture.column(address, "provider_ref");
        addonFixture.provider.removeAddress(lost);
        addonFixture.read();
        assertThat(differences()).isEmpty();
        addonFixture.read();
        assertThat(differences())
                .allMatch(one -> one.of() == AddonType.ADDRESS)
                .extracting(
                        AddonReconciliationSchedule.Difference::kind,
                        AddonReconciliationSchedule.Difference::upstreamId)
                .containsExactlyInAnyOrder(tuple(Kind.UNKNOWN_ADDON, stray), tuple(Kind.MISSING, lost));
        assertThat(differences()).noneMatch(one -> one.upstreamId().equals(own));
    }

    @Test
    void reportsAnAddressAssignedAfterItsOrderWasGivenUp() {
        addonFixture.publish(AddonType.ADDRESS, "0.73");
        addonFixture.provider.setSlow(true);
        var id = AddonFixture.idOf(addonFixture.orderAddress(addonFixture.server("10")));
        addonFixture.work(2);
        addonFixture.read();
        addonFixture.read();
        assertThat(differences()).isEmpty();

        addonFixture.advance(Duration.ofHours(2));
        addonFixture.work();
        addonFixture.billingFixture.in(() -> addonFixture.decisions.giveUp(id, "it does not come"));
        addonFixture.read();
        addonFixture.read();
        assertThat(differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Kind.UNKNOWN_ADDON);
            assertThat(one.optionId()).contains(id);
        });
    }

    private List<AddonReconciliationSchedule.Difference> differences() {
        return addonFixture.billingFixture.in(addonFixture.schedule::differences);
    }
}

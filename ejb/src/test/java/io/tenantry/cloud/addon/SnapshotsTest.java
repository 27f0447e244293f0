package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.addon.ScriptedAddonProvider.ScriptedOutcome;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Snapshots from order to end, regardless of lost responses. The disk has ten gibibytes, a cent an hour; a copy occupies a started three of
 * them.
 */
class SnapshotsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static AddonFixture addonFixture;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed-snaps");
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
    }

    @BeforeEach
    void begin() {
        addonFixture.provider.setSlow(false);
        addonFixture.provider.setHidingUnfinishedSnapshots(false);
        addonFixture.provider.setSnapshotSize(2_100);
        addonFixture.provider.setKeeping(Keeping.STANDALONE);
        addonFixture.provider.setTaskProgress(Progress.done());
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void chargesTheActualSizeFromTheCompletion() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSlow(true);
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work(3);
        assertThat(addonFixture.column(id, "state || ' ' || quantity")).isEqualTo("ORDERED 10");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RESERVED");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00000000 EUR");

        addonFixture.charge(HOUR.multipliedBy(2));
        addonFixture.provider.completePending();
        addonFixture.work();
        assertThat(addonFixture.column(id, "state || ' ' || quantity")).isEqualTo("ACTIVE 3");
        assertThat(addonFixture.column(id, "activated_at - ordered_at")).isEqualTo("02:00:00");
        assertThat(addonFixture.reservationStates(id)).containsExactly("CAPTURED");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
        addonFixture.charge(HOUR);
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
        addonFixture.charge(HOUR);
        assertThat(charged(id, server.wallet())).isEqualTo("0.00600000 EUR");
        assertThat(addonFixture.timeline(server)).containsExactly("snapshot_ordered", "snapshot_created");
    }

    @Test
    void chargesUpToTheRequestedDeletion() {
        var server = addonFixture.server("10");
        var snapshot = addonFixture.createSnapshot(server);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(61)));
        assertThat(delete(snapshot.service())).isEqualTo(new AddonOutcome.Done(snapshot.service()));
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.00600000 EUR");
        assertThat(delete(snapshot.service())).isEqualTo(new AddonOutcome.Busy());

        addonFixture.work(2);
        assertThat(addonFixture.provider.snapshotsOf(snapshot.service())).isEmpty();
        assertThat(addonFixture.state(snapshot.service())).isEqualTo("TERMINATING");
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(snapshot.service())).isEqualTo("TERMINATED");
        addonFixture.charge(HOUR.multipliedBy(3));
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.00600000 EUR");
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_delete", "snapshot_deleted");
    }

    @Test
    void deletesASnapshotOfAReplacedServer() {
        var server = addonFixture.server("10");
        var snapshot = addonFixture.createSnapshot(server).service();
        addonFixture.place(server, ScriptedAddonProvider.ACCOUNT, "fra", "again-of-" + snapshot);
        assertThat(delete(snapshot)).isEqualTo(new AddonOutcome.Done(snapshot));
        addonFixture.work(2);
        assertThat(addonFixture.provider.snapshotsOf(snapshot)).isEmpty();
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(snapshot)).isEqualTo("TERMINATED");
    }

    @Test
    void findsASnapshotAtTheServerItWasTakenOf() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work();
        addonFixture.place(server, ScriptedAddonProvider.ACCOUNT, "fra", "again-of-" + id);
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(addonFixture.provider.snapshotsOf(id)).hasSize(1);
    }

    @Test
    void roundsSizesUpToWholeGibibytes() {
        assertThat(SnapshotTransactions.gib(0)).isEqualTo(1);
        assertThat(SnapshotTransactions.gib(1)).isEqualTo(1);
        assertThat(SnapshotTransactions.gib(2_048)).isEqualTo(2);
        assertThat(SnapshotTransactions.gib(2_049)).isEqualTo(3);
    }

    @Test
    void chargesTheActualSizeOfASnapshotLargerThanTheDisk() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSnapshotSize(20 * 1_024);
        var snapshot = addonFixture.createSnapshot(server);
        assertThat(addonFixture.column(snapshot.service(), "quantity")).isEqualTo("20");
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.02000000 EUR");
    }

    @Test
    void takesOneSnapshotForARepeatedRequest() {
        var server = addonFixture.server("10");
        var requestId = UUID.randomUUID();
        assertThat(addonFixture.orderSnapshot(requestId, server))
                .isEqualTo(addonFixture.orderSnapshot(requestId, server));
        addonFixture.work(3);
        assertThat(addonFixture.orderSnapshot(requestId, server)).isEqualTo(new AddonOutcome.Done(requestId));
        addonFixture.work(2);
        assertThat(addonFixture.provider.snapshotsOf(requestId)).hasSize(1);
        assertThat(addonFixture.reservationStates(requestId)).containsExactly("CAPTURED");
        assertThat(charged(requestId, server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void refusesAnOrderWithInsufficientFundsForTheWholeDisk() {
        var server = addonFixture.server("0.025");
        var before = addonFixture.provider.requests().size();
        assertThat(addonFixture.orderSnapshot(server))
                .isEqualTo(new AddonOutcome.InsufficientFunds(addonFixture.billingFixture.money("0.015")));
        addonFixture.work();
        assertThat(addonFixture.provider.requests()).hasSize(before);
        assertThat(addonFixture.timeline(server)).isEmpty();
    }

    @Test
    void findsTheSnapshotOfALostResponseByItsResourceTag() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work(3);
        assertThat(addonFixture.provider.snapshotsOf(id)).hasSize(1);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void findsTheSnapshotOfADeadWorkerByItsResourceTag() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.DEATH_AFTER);
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work(3);
        assertThat(addonFixture.provider.snapshotsOf(id)).hasSize(1);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void repeatsASilentRequestOnlyAfterTheWaitingTime() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        var before = addonFixture.provider.requests().size();
        addonFixture.work(3);
        addonFixture.advance(Duration.ofMinutes(30));
        addonFixture.work(3);
        assertThat(addonFixture.provider.requests()).hasSize(before + 1);

        addonFixture.advance(Duration.ofMinutes(31));
        addonFixture.work(4);
        assertThat(addonFixture.provider.requests()).hasSize(before + 2);
        assertThat(addonFixture.provider.snapshotsOf(id)).hasSize(1);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void waitsForASnapshotListedOnlyWhenReady() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSlow(true);
        addonFixture.provider.setHidingUnfinishedSnapshots(true);
        addonFixture.provider.setTaskProgress(Progress.running(10));
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        var before = addonFixture.provider.requests().size();
        addonFixture.work(2);
        addonFixture.advance(Duration.ofHours(2));
        addonFixture.work(3);
        assertThat(addonFixture.provider.requests()).hasSize(before + 1);
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");

        addonFixture.provider.completePending();
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");
        addonFixture.provider.setTaskProgress(Progress.done());
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void showsTheProgressUntilTheSnapshotIsReady() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSlow(true);
        addonFixture.provider.setTaskProgress(Progress.running(10));
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        assertThat(view(id).isMeasured()).isFalse();
        addonFixture.work(2);
        assertThat(view(id).percent()).isEqualTo(10);
        assertThat(view(id).isMeasured()).isTrue();

        addonFixture.provider.setTaskProgress(Progress.running(60));
        addonFixture.work();
        addonFixture.provider.setTaskProgress(Progress.running(30));
        addonFixture.work();
        assertThat(view(id).percent()).as("progress never decreases").isEqualTo(60);

        addonFixture.provider.completePending();
        addonFixture.provider.setTaskProgress(Progress.done());
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(view(id).percent()).isZero();
    }

    private static AddonQuery.AddonView view(UUID snapshot) {
        return addonFixture.billingFixture.in(() -> addonFixture.copies.one(snapshot));
    }

    @Test
    void chargesNothingForARefusedSnapshot() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00000000 EUR");
        assertThat(addonFixture.timeline(server)).containsExactly("snapshot_ordered", "snapshot_failed");
        assertThat(addonFixture.column(id, "failure")).contains("no such size");
    }

    @Test
    void chargesNothingForAFailedSnapshot() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSlow(true);
        addonFixture.provider.setHidingUnfinishedSnapshots(true);
        addonFixture.provider.setTaskProgress(Progress.failed("the disk cannot be read"));
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00000000 EUR");
        assertThat(addonFixture.column(id, "failure")).contains("the disk cannot be read");
    }

    @Test
    void parksASnapshotThatIsNotReadyInTime() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSlow(true);
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work(2);
        addonFixture.advance(Duration.ofHours(4));
        addonFixture.work();
        assertThat(addonFixture.parked()).anyMatch(why -> why.contains("is there, but not ready"));

        assertThat(addonFixture.billingFixture.in(() -> addonFixture.decisions.giveUp(id, "the vendor says so")))
                .isTrue();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00000000 EUR");
    }

    @Test
    void chargesTheAcceptedPrice() {
        var other = new AddonFixture("shed-snaps-dear");
        other.publish(AddonType.SNAPSHOT, "0.73");
        var server = other.server("10");
        other.provider.setSlow(true);
        var id = AddonFixture.idOf(other.orderSnapshot(server));
        other.work(2);
        other.billingFixture.clock.stopAt(other.billingFixture.clock.instant().plusSeconds(60));
        other.publish(AddonType.SNAPSHOT, "7.30");
        other.provider.completePending();
        other.work();
        assertThat(other.charged(id, server.wallet())).isEqualTo(other.billingFixture.money("0.003"));
        assertThat(other.violations()).isEmpty();
    }

    @Test
    void restoresAServerFromASnapshot() {
        var server = addonFixture.server("10");
        var snapshot = addonFixture.createSnapshot(server);
        assertThat(restore(snapshot.service())).isEqualTo(new AddonOutcome.Done(snapshot.service()));
        assertThat(restore(snapshot.service())).isEqualTo(new AddonOutcome.Busy());
        assertThat(delete(snapshot.service())).as("during the restore").isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        assertThat(addonFixture.provider.requests())
                .endsWith("put back "
                        + addonFixture
                                .provider
                                .snapshotsOf(snapshot.service())
                                .get(0)
                                .id());
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_restore", "snapshot_restored");
        assertThat(addonFixture.column(snapshot.service(), "coalesce(pending_action, 'nothing')"))
                .isEqualTo("nothing");
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void doesNotRepeatARestoreAfterALostResponse() {
        for (var scriptedOutcome : new ScriptedOutcome[] {ScriptedOutcome.LOST, ScriptedOutcome.DEATH_AFTER}) {
            var server = addonFixture.server("10");
            var snapshot = addonFixture.createSnapshot(server);
            restore(snapshot.service());
            addonFixture.provider.nextOutcomes(scriptedOutcome);
            var before = addonFixture.provider.requests().size();
            addonFixture.work(3);
            addonFixture.advance(Duration.ofMinutes(2));
            addonFixture.work();
            assertThat(addonFixture.provider.requests()).hasSize(before + 1);
            assertThat(addonFixture.timeline(server)).endsWith("snapshot_restore", "snapshot_unsure");
        }
    }

    @Test
    void recordsARestoreRefusedByTheProvider() {
        var server = addonFixture.server("10");
        var snapshot = addonFixture.createSnapshot(server);
        restore(snapshot.service());
        addonFixture.provider.setTaskProgress(Progress.failed("the copy is broken"));
        addonFixture.work(2);
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_restore", "snapshot_refused");
    }

    @Test
    void completesADeletionAfterTheWorkerDied() {
        var server = addonFixture.server("10");
        var snapshot = addonFixture.createSnapshot(server);
        delete(snapshot.service());
        addonFixture.provider.nextOutcomes(ScriptedOutcome.DEATH_AFTER);
        addonFixture.work(2);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(snapshot.service())).isEqualTo("TERMINATED");
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.00300000 EUR");
    }

    private static AddonOutcome restore(UUID snapshot) {
        return addonFixture.billingFixture.in(() -> addonFixture.snapshots.restore(snapshot));
    }

    private static AddonOutcome delete(UUID snapshot) {
        return addonFixture.billingFixture.in(() -> addonFixture.snapshots.delete(snapshot));
    }

    private static String charged(UUID id, UUID wallet) {
        return addonFixture.charged(id, wallet).toString();
    }
}

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
        addonFixture.provider.slow(false);
        addonFixture.provider.shy(false);
        addonFixture.provider.copies(2_100);
        addonFixture.provider.keeps(Keeping.STANDALONE);
        addonFixture.provider.tasks(Progress.done());
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void chargesTheActualSizeFromTheCompletion() {
        var server = addonFixture.server("10");
        addonFixture.provider.slow(true);
        var id = AddonFixture.done(addonFixture.snap(server));
        addonFixture.work(3);
        assertThat(addonFixture.column(id, "state || ' ' || quantity")).isEqualTo("ORDERED 10");
        assertThat(addonFixture.holds(id)).containsExactly("RESERVED");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00000000 EUR");

        addonFixture.charge(HOUR.multipliedBy(2));
        addonFixture.provider.ready();
        addonFixture.work();
        assertThat(addonFixture.column(id, "state || ' ' || quantity")).isEqualTo("ACTIVE 3");
        assertThat(addonFixture.column(id, "activated_at - ordered_at")).isEqualTo("02:00:00");
        assertThat(addonFixture.holds(id)).containsExactly("CAPTURED");
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
        var snapshot = addonFixture.snapshot(server);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(61)));
        assertThat(delete(snapshot.service())).isEqualTo(new AddonOutcome.Done(snapshot.service()));
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.00600000 EUR");
        assertThat(delete(snapshot.service())).isEqualTo(new AddonOutcome.Busy());

        addonFixture.work(2);
        assertThat(addonFixture.provider.copiesOf(snapshot.service())).isEmpty();
        assertThat(addonFixture.state(snapshot.service())).isEqualTo("TERMINATING");
        addonFixture.pass(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(snapshot.service())).isEqualTo("TERMINATED");
        addonFixture.charge(HOUR.multipliedBy(3));
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.00600000 EUR");
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_delete", "snapshot_deleted");
    }

    @Test
    void deletesASnapshotOfAReplacedServer() {
        var server = addonFixture.server("10");
        var snapshot = addonFixture.snapshot(server).service();
        addonFixture.place(server, ScriptedAddonProvider.ACCOUNT, "fra", "again-of-" + snapshot);
        assertThat(delete(snapshot)).isEqualTo(new AddonOutcome.Done(snapshot));
        addonFixture.work(2);
        assertThat(addonFixture.provider.copiesOf(snapshot)).isEmpty();
        addonFixture.pass(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(snapshot)).isEqualTo("TERMINATED");
    }

    @Test
    void findsASnapshotAtTheServerItWasTakenOf() {
        var server = addonFixture.server("10");
        addonFixture.provider.fates(ScriptedOutcome.LOST);
        var id = AddonFixture.done(addonFixture.snap(server));
        addonFixture.work();
        addonFixture.place(server, ScriptedAddonProvider.ACCOUNT, "fra", "again-of-" + id);
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(addonFixture.provider.copiesOf(id)).hasSize(1);
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
        addonFixture.provider.copies(20 * 1_024);
        var snapshot = addonFixture.snapshot(server);
        assertThat(addonFixture.column(snapshot.service(), "quantity")).isEqualTo("20");
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.02000000 EUR");
    }

    @Test
    void takesOneSnapshotForARepeatedRequest() {
        var server = addonFixture.server("10");
        var requestId = UUID.randomUUID();
        assertThat(addonFixture.snap(requestId, server)).isEqualTo(addonFixture.snap(requestId, server));
        addonFixture.work(3);
        assertThat(addonFixture.snap(requestId, server)).isEqualTo(new AddonOutcome.Done(requestId));
        addonFixture.work(2);
        assertThat(addonFixture.provider.copiesOf(requestId)).hasSize(1);
        assertThat(addonFixture.holds(requestId)).containsExactly("CAPTURED");
        assertThat(charged(requestId, server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void refusesAnOrderWithInsufficientFundsForTheWholeDisk() {
        var server = addonFixture.server("0.025");
        var before = addonFixture.provider.asked().size();
        assertThat(addonFixture.snap(server))
                .isEqualTo(new AddonOutcome.InsufficientFunds(addonFixture.billingFixture.money("0.015")));
        addonFixture.work();
        assertThat(addonFixture.provider.asked()).hasSize(before);
        assertThat(addonFixture.timeline(server)).isEmpty();
    }

    @Test
    void findsTheSnapshotOfALostResponseByItsResourceTag() {
        var server = addonFixture.server("10");
        addonFixture.provider.fates(ScriptedOutcome.LOST);
        var id = AddonFixture.done(addonFixture.snap(server));
        addonFixture.work(3);
        assertThat(addonFixture.provider.copiesOf(id)).hasSize(1);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void findsTheSnapshotOfADeadWorkerByItsResourceTag() {
        var server = addonFixture.server("10");
        addonFixture.provider.fates(ScriptedOutcome.DEATH_AFTER);
        var id = AddonFixture.done(addonFixture.snap(server));
        addonFixture.work(3);
        assertThat(addonFixture.provider.copiesOf(id)).hasSize(1);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void repeatsASilentRequestOnlyAfterTheWaitingTime() {
        var server = addonFixture.server("10");
        addonFixture.provider.fates(ScriptedOutcome.SILENT);
        var id = AddonFixture.done(addonFixture.snap(server));
        var before = addonFixture.provider.asked().size();
        addonFixture.work(3);
        addonFixture.pass(Duration.ofMinutes(30));
        addonFixture.work(3);
        assertThat(addonFixture.provider.asked()).hasSize(before + 1);

        addonFixture.pass(Duration.ofMinutes(31));
        addonFixture.work(4);
        assertThat(addonFixture.provider.asked()).hasSize(before + 2);
        assertThat(addonFixture.provider.copiesOf(id)).hasSize(1);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void waitsForASnapshotListedOnlyWhenReady() {
        var server = addonFixture.server("10");
        addonFixture.provider.slow(true);
        addonFixture.provider.shy(true);
        addonFixture.provider.tasks(Progress.running(10));
        var id = AddonFixture.done(addonFixture.snap(server));
        var before = addonFixture.provider.asked().size();
        addonFixture.work(2);
        addonFixture.pass(Duration.ofHours(2));
        addonFixture.work(3);
        assertThat(addonFixture.provider.asked()).hasSize(before + 1);
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");

        addonFixture.provider.ready();
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");
        addonFixture.provider.tasks(Progress.done());
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void showsTheProgressUntilTheSnapshotIsReady() {
        var server = addonFixture.server("10");
        addonFixture.provider.slow(true);
        addonFixture.provider.tasks(Progress.running(10));
        var id = AddonFixture.done(addonFixture.snap(server));
        assertThat(seen(id).isMeasured()).isFalse();
        addonFixture.work(2);
        assertThat(seen(id).percent()).isEqualTo(10);
        assertThat(seen(id).isMeasured()).isTrue();

        addonFixture.provider.tasks(Progress.running(60));
        addonFixture.work();
        addonFixture.provider.tasks(Progress.running(30));
        addonFixture.work();
        assertThat(seen(id).percent()).as("it does not go back").isEqualTo(60);

        addonFixture.provider.ready();
        addonFixture.provider.tasks(Progress.done());
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(seen(id).percent()).isZero();
    }

    private static AddonQuery.AddonView seen(UUID snapshot) {
        return addonFixture.billingFixture.in(() -> addonFixture.copies.one(snapshot));
    }

    @Test
    void chargesNothingForARefusedSnapshot() {
        var server = addonFixture.server("10");
        addonFixture.provider.fates(ScriptedOutcome.REFUSED);
        var id = AddonFixture.done(addonFixture.snap(server));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00000000 EUR");
        assertThat(addonFixture.timeline(server)).containsExactly("snapshot_ordered", "snapshot_failed");
        assertThat(addonFixture.column(id, "failure")).contains("no such size");
    }

    @Test
    void chargesNothingForAFailedSnapshot() {
        var server = addonFixture.server("10");
        addonFixture.provider.slow(true);
        addonFixture.provider.shy(true);
        addonFixture.provider.tasks(Progress.failed("the disk cannot be read"));
        var id = AddonFixture.done(addonFixture.snap(server));
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00000000 EUR");
        assertThat(addonFixture.column(id, "failure")).contains("the disk cannot be read");
    }

    @Test
    void parksASnapshotThatIsNotReadyInTime() {
        var server = addonFixture.server("10");
        addonFixture.provider.slow(true);
        var id = AddonFixture.done(addonFixture.snap(server));
        addonFixture.work(2);
        addonFixture.pass(Duration.ofHours(4));
        addonFixture.work();
        assertThat(addonFixture.parked()).anyMatch(why -> why.contains("is there, but not ready"));

        assertThat(addonFixture.billingFixture.in(() -> addonFixture.decisions.giveUp(id, "the vendor says so")))
                .isTrue();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00000000 EUR");
    }

    @Test
    void chargesTheAcceptedPrice() {
        var other = new AddonFixture("shed-snaps-dear");
        other.publish(AddonType.SNAPSHOT, "0.73");
        var server = other.server("10");
        other.provider.slow(true);
        var id = AddonFixture.done(other.snap(server));
        other.work(2);
        other.billingFixture.clock.stopAt(other.billingFixture.clock.instant().plusSeconds(60));
        other.publish(AddonType.SNAPSHOT, "7.30");
        other.provider.ready();
        other.work();
        assertThat(other.charged(id, server.wallet())).isEqualTo(other.billingFixture.money("0.003"));
        assertThat(other.violations()).isEmpty();
    }

    @Test
    void restoresAServerFromASnapshot() {
        var server = addonFixture.server("10");
        var snapshot = addonFixture.snapshot(server);
        assertThat(restore(snapshot.service())).isEqualTo(new AddonOutcome.Done(snapshot.service()));
        assertThat(restore(snapshot.service())).isEqualTo(new AddonOutcome.Busy());
        assertThat(delete(snapshot.service()))
                .as("while its server is put back")
                .isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        assertThat(addonFixture.provider.asked())
                .endsWith("put back "
                        + addonFixture
                                .provider
                                .copiesOf(snapshot.service())
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
            var snapshot = addonFixture.snapshot(server);
            restore(snapshot.service());
            addonFixture.provider.fates(scriptedOutcome);
            var before = addonFixture.provider.asked().size();
            addonFixture.work(3);
            addonFixture.pass(Duration.ofMinutes(2));
            addonFixture.work();
            assertThat(addonFixture.provider.asked()).hasSize(before + 1);
            assertThat(addonFixture.timeline(server)).endsWith("snapshot_restore", "snapshot_unsure");
        }
    }

    @Test
    void recordsARestoreRefusedByTheProvider() {
        var server = addonFixture.server("10");
        var snapshot = addonFixture.snapshot(server);
        restore(snapshot.service());
        addonFixture.provider.tasks(Progress.failed("the copy is broken"));
        addonFixture.work(2);
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_restore", "snapshot_refused");
    }

    @Test
    void completesADeletionAfterTheWorkerDied() {
        var server = addonFixture.server("10");
        var snapshot = addonFixture.snapshot(server);
        delete(snapshot.service());
        addonFixture.provider.fates(ScriptedOutcome.DEATH_AFTER);
        addonFixture.work(2);
        addonFixture.pass(Duration.ofMinutes(2));
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

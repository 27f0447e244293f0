package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.options.Warehouse.Fate;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Snapshots.Keeping;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots from the wish to the end, whatever answers are lost. The disk has ten gibibytes, a cent an hour; a copy has begun three of them. */
class SnapshotsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Shed shed;

    @BeforeAll
    static void open() {
        shed = new Shed("shed-snaps");
        shed.publish(OptionKind.SNAPSHOT, "0.73");
    }

    @BeforeEach
    void begin() {
        shed.vendor.slow(false);
        shed.vendor.shy(false);
        shed.vendor.copies(2_100);
        shed.vendor.keeps(Keeping.APART);
        shed.vendor.tasks(Progress.done());
    }

    @AfterEach
    void theBooksAreRight() {
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void itCostsFromWhenItIsReadyByTheSizeThatItHasThen() {
        var server = shed.server("10");
        shed.vendor.slow(true);
        var id = Shed.done(shed.snap(server));
        shed.work(3);
        assertThat(shed.column(id, "state || ' ' || quantity")).isEqualTo("ORDERED 10");
        assertThat(shed.holds(id)).containsExactly("HELD");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00000000 EUR");

        shed.charge(HOUR.multipliedBy(2));
        shed.vendor.ready();
        shed.work();
        assertThat(shed.column(id, "state || ' ' || quantity")).isEqualTo("ACTIVE 3");
        assertThat(shed.column(id, "activated_at - ordered_at")).isEqualTo("02:00:00");
        assertThat(shed.holds(id)).containsExactly("TAKEN");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
        shed.charge(HOUR);
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
        shed.charge(HOUR);
        assertThat(charged(id, server.wallet())).isEqualTo("0.00600000 EUR");
        assertThat(shed.timeline(server)).containsExactly("snapshot_ordered", "snapshot_created");
    }

    @Test
    void itCostsUpToTheSecondInWhichItIsToBeDeleted() {
        var server = shed.server("10");
        var snapshot = shed.snapshot(server);
        shed.books.clock.stopAt(shed.books.clock.instant().plus(Duration.ofMinutes(61)));
        assertThat(delete(snapshot.service())).isEqualTo(new OptionOutcome.Done(snapshot.service()));
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.00600000 EUR");
        assertThat(delete(snapshot.service())).isEqualTo(new OptionOutcome.Busy());

        shed.work(2);
        assertThat(shed.vendor.copiesOf(snapshot.service())).isEmpty();
        assertThat(shed.state(snapshot.service())).isEqualTo("TERMINATING");
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(snapshot.service())).isEqualTo("TERMINATED");
        shed.charge(HOUR.multipliedBy(3));
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.00600000 EUR");
        assertThat(shed.timeline(server)).endsWith("snapshot_delete", "snapshot_deleted");
    }

    @Test
    void itIsDeletedAlsoWhenItsServerHasAnotherNumberByNow() {
        var server = shed.server("10");
        var snapshot = shed.snapshot(server).service();
        shed.place(server, Warehouse.ACCOUNT, "fra", "again-of-" + snapshot);
        assertThat(delete(snapshot)).isEqualTo(new OptionOutcome.Done(snapshot));
        shed.work(2);
        assertThat(shed.vendor.copiesOf(snapshot)).isEmpty();
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(snapshot)).isEqualTo("TERMINATED");
    }

    @Test
    void oneWhoseAnswerWasLostIsFoundAtTheServerThatItWasTakenOf() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.LOST);
        var id = Shed.done(shed.snap(server));
        shed.work();
        shed.place(server, Warehouse.ACCOUNT, "fra", "again-of-" + id);
        shed.work(2);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
        assertThat(shed.vendor.copiesOf(id)).hasSize(1);
    }

    @Test
    void aSizeOfWholeGibibytesIsNotRoundedUp() {
        assertThat(SnapshotSteps.gib(0)).isEqualTo(1);
        assertThat(SnapshotSteps.gib(1)).isEqualTo(1);
        assertThat(SnapshotSteps.gib(2_048)).isEqualTo(2);
        assertThat(SnapshotSteps.gib(2_049)).isEqualTo(3);
    }

    @Test
    void oneThatIsLargerThanTheDiskIsPaidForAsItIs() {
        var server = shed.server("10");
        shed.vendor.copies(20 * 1_024);
        var snapshot = shed.snapshot(server);
        assertThat(shed.column(snapshot.service(), "quantity")).isEqualTo("20");
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.02000000 EUR");
    }

    @Test
    void askedForTwiceItIsTheSame() {
        var server = shed.server("10");
        var wish = UUID.randomUUID();
        assertThat(shed.snap(wish, server)).isEqualTo(shed.snap(wish, server));
        shed.work(3);
        assertThat(shed.snap(wish, server)).isEqualTo(new OptionOutcome.Done(wish));
        shed.work(2);
        assertThat(shed.vendor.copiesOf(wish)).hasSize(1);
        assertThat(shed.holds(wish)).containsExactly("TAKEN");
        assertThat(charged(wish, server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void whoHasTooLittleForTheWholeDiskIsToldHowMuchIsMissingAndNobodyIsAsked() {
        var server = shed.server("0.025");
        var before = shed.vendor.asked().size();
        assertThat(shed.snap(server)).isEqualTo(new OptionOutcome.TooLittle(shed.books.money("0.015")));
        shed.work();
        assertThat(shed.vendor.asked()).hasSize(before);
        assertThat(shed.timeline(server)).isEmpty();
    }

    @Test
    void whatALostAnswerMadeIsFoundByItsMark() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.LOST);
        var id = Shed.done(shed.snap(server));
        shed.work(3);
        assertThat(shed.vendor.copiesOf(id)).hasSize(1);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void whatSomebodyMadeWhoDiedIsFoundByItsMark() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.DEATH_AFTER);
        var id = Shed.done(shed.snap(server));
        shed.work(3);
        assertThat(shed.vendor.copiesOf(id)).hasSize(1);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void itIsAskedForAgainOnlyOnceNothingCanComeOfTheQuestionBefore() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.SILENT);
        var id = Shed.done(shed.snap(server));
        var before = shed.vendor.asked().size();
        shed.work(3);
        shed.pass(Duration.ofMinutes(30));
        shed.work(3);
        assertThat(shed.vendor.asked()).hasSize(before + 1);

        shed.pass(Duration.ofMinutes(31));
        shed.work(4);
        assertThat(shed.vendor.asked()).hasSize(before + 2);
        assertThat(shed.vendor.copiesOf(id)).hasSize(1);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void whatIsShownOnlyWhenItIsReadyIsWaitedFor() {
        var server = shed.server("10");
        shed.vendor.slow(true);
        shed.vendor.shy(true);
        shed.vendor.tasks(Progress.running(10));
        var id = Shed.done(shed.snap(server));
        var before = shed.vendor.asked().size();
        shed.work(2);
        shed.pass(Duration.ofHours(2));
        shed.work(3);
        assertThat(shed.vendor.asked()).hasSize(before + 1);
        assertThat(shed.state(id)).isEqualTo("ORDERED");

        shed.vendor.ready();
        shed.work();
        assertThat(shed.state(id)).isEqualTo("ORDERED");
        shed.vendor.tasks(Progress.done());
        shed.work();
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void howFarTheVendorIsIsKeptAsLongAsItIsAtIt() {
        var server = shed.server("10");
        shed.vendor.slow(true);
        shed.vendor.tasks(Progress.running(10));
        var id = Shed.done(shed.snap(server));
        assertThat(seen(id).isMeasured()).isFalse();
        shed.work(2);
        assertThat(seen(id).percent()).isEqualTo(10);
        assertThat(seen(id).isMeasured()).isTrue();

        shed.vendor.tasks(Progress.running(60));
        shed.work();
        shed.vendor.tasks(Progress.running(30));
        shed.work();
        assertThat(seen(id).percent()).as("it does not go back").isEqualTo(60);

        shed.vendor.ready();
        shed.vendor.tasks(Progress.done());
        shed.work();
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
        assertThat(seen(id).percent()).isZero();
    }

    private static OptionList.Shown seen(UUID snapshot) {
        return shed.books.in(() -> shed.copies.one(snapshot));
    }

    @Test
    void whatTheVendorRefusesCostsNothing() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.REFUSED);
        var id = Shed.done(shed.snap(server));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00000000 EUR");
        assertThat(shed.timeline(server)).containsExactly("snapshot_ordered", "snapshot_failed");
        assertThat(shed.column(id, "failure")).contains("no such size");
    }

    @Test
    void whatTheVendorBeganAndCouldNotDoCostsNothing() {
        var server = shed.server("10");
        shed.vendor.slow(true);
        shed.vendor.shy(true);
        shed.vendor.tasks(Progress.failed("the disk cannot be read"));
        var id = Shed.done(shed.snap(server));
        shed.work(2);
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00000000 EUR");
        assertThat(shed.column(id, "failure")).contains("the disk cannot be read");
    }

    @Test
    void whatTakesTooLongIsForAPersonAndCostsNothing() {
        var server = shed.server("10");
        shed.vendor.slow(true);
        var id = Shed.done(shed.snap(server));
        shed.work(2);
        shed.pass(Duration.ofHours(4));
        shed.work();
        assertThat(shed.parked()).anyMatch(why -> why.contains("is there, but not ready"));

        assertThat(shed.books.in(() -> shed.decisions.giveUp(id, "the vendor says so")))
                .isTrue();
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server.wallet())).isEqualTo("0.00000000 EUR");
    }

    @Test
    void itCostsWhatWasAcceptedWhateverIsAskedWhenItIsReady() {
        var other = new Shed("shed-snaps-dear");
        other.publish(OptionKind.SNAPSHOT, "0.73");
        var server = other.server("10");
        other.vendor.slow(true);
        var id = Shed.done(other.snap(server));
        other.work(2);
        other.books.clock.stopAt(other.books.clock.instant().plusSeconds(60));
        other.publish(OptionKind.SNAPSHOT, "7.30");
        other.vendor.ready();
        other.work();
        assertThat(other.charged(id, server.wallet())).isEqualTo(other.books.money("0.003"));
        assertThat(other.violations()).isEmpty();
    }

    @Test
    void aServerIsPutBackToIt() {
        var server = shed.server("10");
        var snapshot = shed.snapshot(server);
        assertThat(restore(snapshot.service())).isEqualTo(new OptionOutcome.Done(snapshot.service()));
        assertThat(restore(snapshot.service())).isEqualTo(new OptionOutcome.Busy());
        assertThat(delete(snapshot.service()))
                .as("while its server is put back")
                .isEqualTo(new OptionOutcome.Busy());
        shed.work(2);
        assertThat(shed.vendor.asked())
                .endsWith("put back "
                        + shed.vendor.copiesOf(snapshot.service()).get(0).id());
        assertThat(shed.timeline(server)).endsWith("snapshot_restore", "snapshot_restored");
        assertThat(shed.column(snapshot.service(), "coalesce(wanted, 'nothing')"))
                .isEqualTo("nothing");
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.00300000 EUR");
    }

    @Test
    void nobodyAsksTwiceToPutOneBack() {
        for (var fate : new Fate[] {Fate.LOST, Fate.DEATH_AFTER}) {
            var server = shed.server("10");
            var snapshot = shed.snapshot(server);
            restore(snapshot.service());
            shed.vendor.fates(fate);
            var before = shed.vendor.asked().size();
            shed.work(3);
            shed.pass(Duration.ofMinutes(2));
            shed.work();
            assertThat(shed.vendor.asked()).hasSize(before + 1);
            assertThat(shed.timeline(server)).endsWith("snapshot_restore", "snapshot_unsure");
        }
    }

    @Test
    void whatTheVendorCannotPutBackIsSaid() {
        var server = shed.server("10");
        var snapshot = shed.snapshot(server);
        restore(snapshot.service());
        shed.vendor.tasks(Progress.failed("the copy is broken"));
        shed.work(2);
        assertThat(shed.timeline(server)).endsWith("snapshot_restore", "snapshot_refused");
    }

    @Test
    void whoeverDiesWhileItIsDeletedHasDeletedIt() {
        var server = shed.server("10");
        var snapshot = shed.snapshot(server);
        delete(snapshot.service());
        shed.vendor.fates(Fate.DEATH_AFTER);
        shed.work(2);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(snapshot.service())).isEqualTo("TERMINATED");
        assertThat(charged(snapshot.service(), server.wallet())).isEqualTo("0.00300000 EUR");
    }

    private static OptionOutcome restore(UUID snapshot) {
        return shed.books.in(() -> shed.snapshots.restore(snapshot));
    }

    private static OptionOutcome delete(UUID snapshot) {
        return shed.books.in(() -> shed.snapshots.delete(snapshot));
    }

    private static String charged(UUID id, UUID wallet) {
        return shed.charged(id, wallet).toString();
    }
}

package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.provider.Snapshots.Keeping;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Snapshots of a server with which something else goes on. */
class SnapshotsMeanwhileTest {
    private static Shed shed;

    @BeforeAll
    static void open() {
        shed = new Shed("shed-meanwhile");
        shed.publish("0.73", "3.65");
        shed.publish(OptionKind.SNAPSHOT, "0.73");
        shed.vendor.keeps(Keeping.APART);
    }

    @AfterEach
    void theBooksAreRight() {
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void itIsTakenWhenItsServerIsChangedAndNotMeanwhile() {
        var server = shed.server("10");
        shed.changing(server, "RESIZE");
        var before = shed.vendor.asked().size();
        var id = Shed.done(shed.snap(server));
        shed.work(10);
        assertThat(shed.vendor.asked()).hasSize(before);
        assertThat(shed.state(id)).isEqualTo("ORDERED");

        shed.changing(server, null);
        shed.work(2);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void itIsDeletedAlsoWhileItsServerIsChanged() {
        var server = shed.server("10");
        var id = shed.snapshot(server).service();
        shed.changing(server, "RESIZE");
        shed.books.in(() -> shed.snapshots.delete(id));
        shed.work(2);
        assertThat(shed.vendor.copiesOf(id)).isEmpty();
        shed.changing(server, null);
    }

    @Test
    void nothingIsPutBackIntoAServerThatIsBeingChanged() {
        var server = shed.server("10");
        var id = shed.snapshot(server).service();
        shed.changing(server, "REBUILD");
        assertThat(restore(id)).isEqualTo(new OptionOutcome.Busy());
        shed.changing(server, null);
        shed.rescued(server, true);
        assertThat(restore(id)).isEqualTo(new OptionOutcome.Busy());
        shed.rescued(server, false);
        assertThat(restore(id)).isEqualTo(new OptionOutcome.Done(id));
        shed.work(2);
    }

    @Test
    void aServerThatWasPutBackMayShowTheKeyThatItHadThen() {
        var server = shed.server("10");
        var id = shed.snapshot(server).service();
        restore(id);
        shed.work();
        assertThat(shed.begunAnew).doesNotContain(server.service());
        shed.work();
        assertThat(shed.begunAnew).contains(server.service());
    }

    @Test
    void oneThingAtATimeIsDoneToAServer() {
        var server = shed.server("10");
        Shed.done(shed.backUp(server));
        shed.work();
        shed.read();
        var first = shed.snapshot(server).service();
        var second = shed.snapshot(server).service();

        assertThat(restore(first)).isEqualTo(new OptionOutcome.Done(first));
        assertThat(restore(second)).isEqualTo(new OptionOutcome.Busy());
        assertThat(shed.books.in(() -> shed.backups.restore(server.service(), "copy-1")))
                .isEqualTo(new OptionOutcome.Busy());
        assertThat(shed.snap(server)).isEqualTo(new OptionOutcome.Busy());
        shed.work(2);

        var third = Shed.done(shed.snap(server));
        assertThat(restore(first)).isEqualTo(new OptionOutcome.Busy());
        shed.work(2);
        assertThat(shed.state(third)).isEqualTo("ACTIVE");
        assertThat(restore(first)).isEqualTo(new OptionOutcome.Done(first));
        shed.work(2);
    }

    @Test
    void whatHasAnothersMarkIsNeitherCopiedNorPutBack() {
        var server = shed.server("10");
        var id = shed.snapshot(server).service();
        shed.vendor.gives(shed.number(server), UUID.randomUUID());
        var before = shed.vendor.asked().size();
        restore(id);
        shed.work(2);
        assertThat(shed.timeline(server)).endsWith("snapshot_restore", "snapshot_refused");

        var other = Shed.done(shed.snap(server));
        shed.work(2);
        assertThat(shed.state(other)).isEqualTo("FAILED");
        assertThat(shed.charged(other, server.wallet())).isEqualTo(shed.books.money("0"));
        assertThat(shed.vendor.asked()).hasSize(before);
    }

    @Test
    void ofAnotherWhoGotTheServersNumberNoSnapshotIsDeleted() {
        var server = shed.server("10");
        var id = shed.snapshot(server).service();
        var number = shed.number(server);
        shed.giveNumberAway(id);
        var others = UUID.randomUUID();
        shed.vendor.copyAppears(others, number);
        var before = shed.vendor.asked().size();
        shed.books.in(() -> shed.snapshots.delete(id));
        shed.work(2);
        assertThat(shed.vendor.copiesOf(id))
                .as("it outlives its server, and is ours")
                .isEmpty();
        assertThat(shed.vendor.copiesOf(others)).as("another's").hasSize(1);
        assertThat(shed.vendor.asked()).hasSize(before + 1).endsWith("delete snapshot");
        shed.pass(OptionRecords.GRACE.plusSeconds(1));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
    }

    @Test
    void aSnapshotThatWaitedWhileItsServersNumberWasGivenAwayIsTakenOfNobodys() {
        var server = shed.server("10");
        shed.changing(server, "RESIZE");
        var id = Shed.done(shed.snap(server));
        shed.work();
        shed.giveNumberAway(id);
        var before = shed.vendor.asked().size();
        shed.changing(server, null);
        shed.work(2);
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(shed.vendor.asked()).hasSize(before);
        assertThat(shed.vendor.snapshots(shed.number(server))).isEmpty();
    }

    private static OptionOutcome restore(UUID snapshot) {
        return shed.books.in(() -> shed.snapshots.restore(snapshot));
    }
}

package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books.Rented;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.provider.Snapshots.Keeping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Options of a server that staff have suspended: nothing more is had for it, and what there is can be deleted. */
class SuspendedTest {
    private static final OptionOutcome SUSPENDED = new OptionOutcome.Suspended();

    private static Shed shed;

    @BeforeAll
    static void open() {
        shed = new Shed("shed-suspended");
        shed.publish("0.73", "3.65");
        shed.publish(OptionKind.SNAPSHOT, "0.73");
        shed.publish(OptionKind.ADDRESS, "0.73");
        shed.vendor.keeps(Keeping.APART);
    }

    @AfterEach
    void theBooksAreRight() {
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void nothingMoreIsHadForIt() {
        var server = shed.server("10");
        var other = shed.server(server.wallet());
        var volume = shed.volume(other, 10).service();
        shed.books.in(() -> shed.volumes.detach(volume));
        shed.work(3);
        state(server, "SUSPENDED");
        assertThat(shed.snap(server)).isEqualTo(SUSPENDED);
        assertThat(shed.backUp(server)).isEqualTo(SUSPENDED);
        assertThat(shed.order(server, 10)).isEqualTo(SUSPENDED);
        assertThat(shed.reachMore(server)).isEqualTo(SUSPENDED);
        assertThat(shed.books.<OptionOutcome>in(() -> shed.volumes.attach(volume, server.service())))
                .isEqualTo(SUSPENDED);
    }

    @Test
    void nothingIsPutBackAndAllCanBeDeleted() {
        var server = shed.server("10");
        Shed.done(shed.backUp(server));
        shed.work();
        shed.read();
        var snapshot = shed.snapshot(server).service();
        state(server, "SUSPENDED");
        assertThat(shed.books.<OptionOutcome>in(() -> shed.snapshots.restore(snapshot)))
                .isEqualTo(SUSPENDED);
        assertThat(shed.books.<OptionOutcome>in(() -> shed.backups.restore(server.service(), "copy-1")))
                .isEqualTo(SUSPENDED);
        assertThat(shed.copyAsOften(server, Policy.WEEKLY)).isEqualTo(SUSPENDED);

        assertThat(shed.books.<OptionOutcome>in(() -> shed.snapshots.delete(snapshot)))
                .isEqualTo(new OptionOutcome.Done(snapshot));
        assertThat(shed.books.<OptionOutcome>in(() -> shed.backups.switchOff(server.service())))
                .isInstanceOf(OptionOutcome.Done.class);
        shed.work(3);
        assertThat(shed.vendor.copiesOf(snapshot)).isEmpty();
    }

    @Test
    void whatWasToBePutBackWaitsUntilItIsSuspendedNoMore() {
        var server = shed.server("10");
        var snapshot = shed.snapshot(server).service();
        assertThat(shed.books.<OptionOutcome>in(() -> shed.snapshots.restore(snapshot)))
                .isEqualTo(new OptionOutcome.Done(snapshot));
        state(server, "SUSPENDED");
        var before = shed.vendor.asked().size();
        shed.work(3);
        assertThat(shed.vendor.asked()).hasSize(before);
        state(server, "ACTIVE");
        shed.work(3);
        assertThat(shed.vendor.asked()).hasSize(before + 1);
        assertThat(shed.timeline(server)).endsWith("snapshot_restore", "snapshot_restored");
    }

    private static void state(Rented server, String state) {
        shed.books.in(
                () -> shed.books.sql.update("update service set state = ? where id = ?", state, server.service()));
    }
}

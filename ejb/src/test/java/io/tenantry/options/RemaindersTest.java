package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books.Rented;
import io.tenantry.finding.Course.State;
import io.tenantry.finding.Outcome;
import io.tenantry.options.VolumeRounds.Kind;
import io.tenantry.options.Warehouse.Fate;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is there and nobody pays for is taken away if it was ours and staff say so; backups that are paid for and off are switched on again. */
class RemaindersTest {
    private static int sheds;

    private final Shed shed = new Shed("shed-remains-" + sheds++);

    @BeforeEach
    void begin() {
        shed.publish("0.73", "3.65");
    }

    @AfterEach
    void theBooksAreRight() {
        assertThat(shed.violations()).isEmpty();
        assertThat(shed.parked()).isEmpty();
    }

    @Test
    void whatIsLeftOfAVolumeIsDeletedHoweverManyAnswersAreLost() {
        var server = shed.server("10");
        var volume = ended(server);
        shed.vendor.appears(volume, 10);
        var id = found();
        assertThat(finding(id).isDeletable()).isTrue();
        assertThat(delete(id)).isEqualTo(Outcome.DONE);
        assertThat(delete(id)).isEqualTo(Outcome.TOO_LATE);
        shed.vendor.fates(Fate.SILENT, Fate.DEATH_AFTER);
        shed.work();
        assertThat(shed.vendor.of(volume)).hasSize(1);
        assertThat(shed.books.in(() -> shed.actions.dismiss(id, "too late"))).isEqualTo(Outcome.TOO_LATE);
        shed.work();
        assertThat(shed.vendor.of(volume)).isEmpty();
        shed.work();
        assertThat(finding(id).course().resolution()).contains("DELETED");
        assertThat(shed.timeline(server)).endsWith("volume_remainder");
    }

    @Test
    void whatIsUnknownIsNeverDeleted() {
        shed.volume(shed.server("10"), 10);
        var unknown = UUID.randomUUID();
        shed.vendor.appears(unknown, 50);
        var id = found();
        assertThat(finding(id).course().isToDecide()).isTrue();
        assertThat(finding(id).isDeletable()).isFalse();
        assertThat(delete(id)).isEqualTo(Outcome.TOO_LATE);
        shed.work(3);
        assertThat(shed.vendor.of(unknown)).hasSize(1);
        assertThat(shed.books.in(() -> shed.actions.dismiss(id, "another installation's")))
                .isEqualTo(Outcome.DONE);
    }

    @Test
    void whatHasAnotherMarkByThenIsLeft() {
        var volume = ended(shed.server("10"));
        var number = shed.vendor.appears(volume, 10);
        var id = found();
        delete(id);
        var another = UUID.randomUUID();
        shed.vendor.marks(number, another);
        shed.work(3);
        assertThat(shed.vendor.of(another)).hasSize(1);
        assertThat(finding(id).course().deed()).isEmpty();
        assertThat(finding(id).failure()).isNotEmpty();
    }

    @Test
    void whatAVendorRefusesMayBeDecidedAgain() {
        var volume = ended(shed.server("10"));
        shed.vendor.appears(volume, 10);
        var id = found();
        delete(id);
        shed.vendor.fates(Fate.REFUSED);
        shed.work();
        assertThat(finding(id).failure()).contains("no such size");
        assertThat(finding(id).isDeletable()).isTrue();
        assertThat(delete(id)).isEqualTo(Outcome.DONE);
        shed.work(2);
        assertThat(finding(id).course().state()).isEqualTo(State.RESOLVED);
        assertThat(shed.vendor.of(volume)).isEmpty();
    }

    @Test
    void whatNobodyAnswersForTooOftenMayBeDecidedAgain() {
        var volume = ended(shed.server("10"));
        shed.vendor.appears(volume, 10);
        var id = found();
        delete(id);
        for (var i = 0; i < 8; i++) {
            shed.vendor.fates(Fate.SILENT);
            shed.work();
        }
        assertThat(finding(id).failure()).contains("silence");
        assertThat(finding(id).isDeletable()).isTrue();
        delete(id);
        shed.work(2);
        assertThat(shed.vendor.of(volume)).isEmpty();
    }

    @Test
    void whatIsStillThereAfterADayMayBeDecidedAgain() {
        var volume = ended(shed.server("10"));
        shed.vendor.appears(volume, 10);
        var id = found();
        delete(id);
        shed.vendor.fates(Fate.SILENT);
        shed.work();
        Database.asOwner("update " + shed.books.tenant.schema()
                + ".option_finding set asked_at = asked_at - interval '25 hours' where id = '" + id + "'");
        shed.work();
        assertThat(finding(id).failure()).contains("still there");
        assertThat(finding(id).course().isToDecide()).isTrue();
        assertThat(shed.vendor.of(volume)).hasSize(1);
    }

    @Test
    void aSnapshotOfAServerThatHasAnotherNumberByNowIsDeleted() {
        shed.publish(OptionKind.SNAPSHOT, "0.73");
        var server = shed.server("10");
        var snapshot = shed.snapshot(server).service();
        shed.books.in(() -> shed.snapshots.delete(snapshot));
        shed.work(2);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(snapshot)).isEqualTo("TERMINATED");
        shed.vendor.copyAppears(snapshot, Shed.serverId(1));
        shed.place(server, Warehouse.ACCOUNT, "fra", "server-again");
        var id = found();
        assertThat(delete(id)).isEqualTo(Outcome.DONE);
        shed.work(2);
        assertThat(shed.vendor.copiesOf(snapshot)).isEmpty();
        assertThat(finding(id).course().resolution()).contains("DELETED");
    }

    @Test
    void aSecondOneWithTheMarkOfOneThatIsPaidForIsDeletedAndTheFirstStays() {
        var volume = shed.volume(shed.server("10"), 10).service();
        var second = shed.vendor.appears(volume, 20);
        var id = found();
        assertThat(finding(id).upstreamId()).isEqualTo(second);
        delete(id);
        shed.work(2);
        assertThat(shed.vendor.of(volume))
                .singleElement()
                .satisfies(one -> assertThat(one.sizeGib()).isEqualTo(10));
    }

    @Test
    void anAddressThatIsKeptIsGivenBackAndNoneIsOrderedMeanwhile() {
        shed.publish(OptionKind.ADDRESS, "0.73");
        var server = shed.server("10");
        var address = shed.address(server);
        shed.books.in(() -> shed.addresses.release(address));
        shed.work(2);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(address)).isEqualTo("TERMINATED");
        shed.vendor.keepsAddress(Shed.serverId(1), shed.column(address, "upstream_id"));
        var id = found();
        delete(id);
        assertThat(shed.reachMore(server)).isEqualTo(new OptionOutcome.Busy());
        shed.work(2);
        assertThat(shed.vendor.addressesOf(Shed.serverId(1))).isEmpty();
        assertThat(finding(id).course().resolution()).contains("DELETED");
        assertThat(shed.reachMore(server)).isInstanceOf(OptionOutcome.Done.class);
    }

    @Test
    void backupsThatAreOffAreSwitchedOnAgain() {
        var server = shed.server("10");
        var backups = on(server);
        shed.vendor.backsUp(Shed.serverId(1), false);
        var id = found();
        assertThat(finding(id).of()).isEqualTo(OptionKind.BACKUP);
        assertThat(finding(id).kind()).isEqualTo(Kind.MISSING);
        assertThat(switchOn(id)).isEqualTo(Outcome.DONE);
        assertThat(switchOn(id)).isEqualTo(Outcome.TOO_LATE);
        shed.vendor.fates(Fate.LOST);
        shed.work(2);
        assertThat(shed.vendor.isBackedUp(Shed.serverId(1))).isTrue();
        assertThat(finding(id).course().resolution()).contains("SWITCHED");
        assertThat(shed.state(backups)).isEqualTo("ACTIVE");
        assertThat(shed.timeline(server)).endsWith("backup_on_again_wanted", "backup_on_again");
        shed.read();
        shed.read();
        assertThat(shed.books.in(shed.rounds::differences)).isEmpty();
    }

    @Test
    void backupsThatArePaidForByTheWeekAreSwitchedOnByTheWeek() {
        shed.publish(Policy.WEEKLY, "1.46");
        var server = shed.server("10");
        var unused = Shed.done(shed.backUp(server, Optional.of(Policy.WEEKLY)));
        shed.work();
        shed.vendor.backUp(Shed.serverId(1), false);
        switchOn(found());
        shed.work(2);
        assertThat(shed.vendor.isBackedUp(Shed.serverId(1))).isTrue();
        assertThat(shed.vendor.policy(Shed.serverId(1))).contains(Policy.WEEKLY);
    }

    @Test
    void whoSwitchesThemOffMeanwhileHasThemOff() {
        var server = shed.server("10");
        var backups = on(server);
        shed.vendor.backsUp(Shed.serverId(1), false);
        var id = found();
        switchOn(id);
        shed.vendor.fates(Fate.SILENT);
        shed.work();
        shed.books.in(() -> shed.backups.switchOff(server.service()));
        shed.work(3);
        assertThat(shed.state(backups)).isEqualTo("TERMINATED");
        assertThat(shed.vendor.isBackedUp(Shed.serverId(1))).isFalse();
    }

    @Test
    void ofAServerWhoseNumberWasGivenAwayNothingIsSwitched() {
        var server = shed.server("10");
        on(server);
        shed.vendor.backsUp(Shed.serverId(1), false);
        var id = found();
        switchOn(id);
        shed.vendor.gives(Shed.serverId(1), UUID.randomUUID());
        shed.work(2);
        assertThat(shed.vendor.isBackedUp(Shed.serverId(1))).isFalse();
        assertThat(finding(id).failure()).contains("another");
    }

    @Test
    void backupsThatNobodyPaysForAreSwitchedOffAndNoneAreOrderedMeanwhile() {
        var server = shed.server("10");
        on(server);
        shed.books.in(() -> shed.backups.switchOff(server.service()));
        shed.work();
        shed.vendor.backsUp(Shed.serverId(1), true);
        var id = found();
        assertThat(finding(id).kind()).isEqualTo(Kind.STRAY);
        delete(id);
        assertThat(shed.backUp(server)).isEqualTo(new OptionOutcome.Busy());
        shed.work(2);
        assertThat(shed.vendor.isBackedUp(Shed.serverId(1))).isFalse();
        assertThat(finding(id).course().resolution()).contains("DELETED");
        assertThat(shed.backUp(server)).isInstanceOf(OptionOutcome.Done.class);
        shed.work();
    }

    @Test
    void backupsThatAreOrderedBeforeAnybodyDecidesStayOn() {
        shed.volume(shed.server("10"), 10);
        var server = shed.server("10");
        shed.vendor.backsUp(Shed.serverId(2), true);
        var id = found();
        assertThat(finding(id).optionId()).isEmpty();
        assertThat(finding(id).serviceId()).contains(server.service());
        assertThat(finding(id).isDeletable()).isTrue();
        var ordered = Shed.done(shed.backUp(server));
        assertThat(delete(id)).isEqualTo(Outcome.TOO_LATE);
        shed.work();
        assertThat(shed.state(ordered)).isEqualTo("ACTIVE");
        shed.read();
        assertThat(finding(id).course().state()).isEqualTo(State.RESOLVED);
        assertThat(shed.vendor.isBackedUp(Shed.serverId(2))).isTrue();
    }

    private UUID ended(Rented server) {
        var volume = shed.volume(server, 10).service();
        shed.books.in(() -> shed.volumes.delete(volume));
        shed.work(3);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(volume)).isEqualTo("TERMINATED");
        return volume;
    }

    private UUID on(Rented server) {
        var backups = Shed.done(shed.backUp(server));
        shed.work();
        return backups;
    }

    /** The one that is certain after two looks. */
    private UUID found() {
        shed.read();
        shed.read();
        List<VolumeRounds.Difference> all = shed.books.in(shed.rounds::differences);
        assertThat(all).hasSize(1);
        return all.get(0).id();
    }

    private OptionFindings.Finding finding(UUID id) {
        return shed.books.in(() -> shed.findings.one(id));
    }

    private Outcome delete(UUID id) {
        return shed.books.in(() -> shed.actions.delete(id));
    }

    private Outcome switchOn(UUID id) {
        return shed.books.in(() -> shed.actions.switchOn(id));
    }
}

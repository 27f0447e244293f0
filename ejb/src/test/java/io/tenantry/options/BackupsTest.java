package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books.Rented;
import io.tenantry.options.Warehouse.Fate;
import io.tenantry.provider.Progress;
import io.tenantry.work.Looked;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups of servers: on, off, on again, one put back. They cost half a cent an hour. */
class BackupsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Shed shed;

    @BeforeAll
    static void open() {
        shed = new Shed("shed-copies");
        shed.publish("0.73", "3.65");
    }

    @BeforeEach
    void begin() {
        shed.vendor.tasks(Progress.done());
    }

    @AfterEach
    void theBooksAreRight() {
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void theyCostFromWhenTheyAreOn() {
        var server = shed.server("10");
        var id = Shed.done(shed.backUp(server));
        assertThat(shed.holds(id)).containsExactly("HELD");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
        shed.work();
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
        assertThat(shed.vendor.isBackedUp(shed.column(id, serverId()))).isTrue();
        assertThat(shed.holds(id)).containsExactly("TAKEN");
        assertThat(charged(id, server)).isEqualTo("0.00500000 EUR");
        assertThat(shed.timeline(server)).containsExactly("backup_ordered", "backup_on");
    }

    @Test
    void askedForTwiceTheyAreTheSame() {
        var server = shed.server("10");
        assertThat(shed.backUp(server)).isEqualTo(shed.backUp(server));
        shed.work();
        assertThat(shed.backUp(server)).isInstanceOf(OptionOutcome.Done.class);
        shed.work();
        assertThat(shed.timeline(server)).containsExactly("backup_ordered", "backup_on");
    }

    @Test
    void offAndOnAgainWithinTheHourCostsAFirstHourTwice() {
        var server = shed.server("10");
        var first = on(server);
        shed.books.clock.stopAt(shed.books.clock.instant().plus(Duration.ofMinutes(10)));
        shed.books.in(() -> shed.backups.switchOff(server.service()));
        assertThat(shed.backUp(server)).isEqualTo(new OptionOutcome.Busy());
        shed.work();
        assertThat(shed.state(first)).isEqualTo("TERMINATED");

        var second = on(server);
        assertThat(second).isNotEqualTo(first);
        shed.charge(HOUR);
        assertThat(charged(first, server)).isEqualTo("0.00500000 EUR");
        assertThat(charged(second, server)).isEqualTo("0.00500000 EUR");
        shed.charge(HOUR);
        assertThat(charged(first, server)).isEqualTo("0.00500000 EUR");
        assertThat(charged(second, server)).isEqualTo("0.01000000 EUR");
        assertThat(shed.timeline(server))
                .containsExactly(
                        "backup_ordered",
                        "backup_on",
                        "backup_off_wanted",
                        "backup_off",
                        "backup_ordered",
                        "backup_on");
    }

    @Test
    void aLostAnswerSwitchesThemOnOnce() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.LOST);
        var id = Shed.done(shed.backUp(server));
        shed.work(2);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
        assertThat(charged(id, server)).isEqualTo("0.00500000 EUR");
    }

    @Test
    void whatTheVendorRefusesCostsNothing() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.REFUSED);
        var id = Shed.done(shed.backUp(server));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(shed.timeline(server)).containsExactly("backup_ordered", "backup_failed");
    }

    @Test
    void whatIsRefusedAfterALostAnswerIsForAPerson() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.LOST, Fate.REFUSED);
        var id = Shed.done(shed.backUp(server));
        shed.work(2);
        assertThat(shed.state(id)).isEqualTo("ORDERED");
        assertThat(shed.parked()).singleElement().asString().contains("no such size");

        assertThat(shed.books.<Looked>in(() -> shed.decisions.lookAgain(id, "they are on")))
                .isEqualTo(new Looked.Again());
        shed.work();
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void theyEndWithTheirServer() {
        var server = shed.server("10");
        var id = on(server);
        shed.books.clock.stopAt(shed.books.clock.instant().plus(Duration.ofMinutes(90)));
        shed.end(server);
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(charged(id, server)).isEqualTo("0.01000000 EUR");
        assertThat(shed.books.charged(server)).isEqualTo(shed.books.money("0.04"));
        shed.charge(HOUR.multipliedBy(5));
        assertThat(charged(id, server)).isEqualTo("0.01000000 EUR");
    }

    @Test
    void thoseThatAreOrderedWhenTheirServerEndsCostNothing() {
        var server = shed.server("10");
        var id = Shed.done(shed.backUp(server));
        shed.end(server);
        shed.work();
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
    }

    @Test
    void oneThatIsListedIsPutBack() {
        var server = shed.server("10");
        var id = on(server);
        assertThat(restore(server, "copy-1")).isEqualTo(new OptionOutcome.NotThere());
        shed.read();
        assertThat(shed.books.in(() ->
                        shed.list.copies(shed.list.backups(server.service()).orElseThrow())))
                .singleElement()
                .extracting(OptionList.Copy::name)
                .isEqualTo("daily");

        assertThat(restore(server, "copy-1")).isEqualTo(new OptionOutcome.Done(id));
        assertThat(restore(server, "copy-1")).isEqualTo(new OptionOutcome.Busy());
        assertThat(shed.books.<OptionOutcome>in(() -> shed.backups.switchOff(server.service())))
                .as("while the server is put back")
                .isEqualTo(new OptionOutcome.Busy());
        shed.work(2);
        assertThat(shed.timeline(server)).endsWith("backup_restore", "backup_restored");
        assertThat(shed.column(id, "wanted")).isEqualTo("-");
    }

    @Test
    void nobodyAsksTwiceToPutOneBack() {
        var server = shed.server("10");
        on(server);
        shed.read();
        restore(server, "copy-1");
        shed.vendor.fates(Fate.LOST);
        var before = shed.vendor.asked().size();
        shed.work(3);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.vendor.asked()).hasSize(before + 1);
        assertThat(shed.timeline(server)).endsWith("backup_restore", "backup_unsure");
    }

    @Test
    void whatIsLeftOverOfAnEarlierWishPutsNothingBackOnceMore() {
        var server = shed.server("10");
        var id = on(server);
        shed.read();
        shed.desk.clear();
        shed.books.in(() -> shed.desk.items.write(BackupWork.KIND, "left over", id));
        restore(server, "copy-1");
        var leftOver = claimed();
        var wanted = claimed();
        var before = shed.vendor.asked().size();
        assertThat(shed.turn(leftOver)).isEqualTo(Outcome.done());
        assertThat(shed.vendor.asked()).hasSize(before);
        assertThat(shed.turn(wanted)).isInstanceOf(Outcome.Later.class);
        assertThat(shed.vendor.asked()).hasSize(before + 1);
    }

    @Test
    void ofAnotherWhoGotTheServersNumberNothingIsAsked() {
        var server = shed.server("10");
        var id = on(server);
        shed.read();
        restore(server, "copy-1");
        shed.giveNumberAway(id);
        var before = shed.vendor.asked().size();
        shed.work(2);
        assertThat(shed.timeline(server)).endsWith("backup_restore", "backup_refused");
        shed.read();
        assertThat(shed.books.in(() ->
                        shed.list.copies(shed.list.backups(server.service()).orElseThrow())))
                .as("another's")
                .isEmpty();
        shed.books.in(() -> shed.backups.switchOff(server.service()));
        shed.work(2);
        assertThat(shed.state(id)).isEqualTo("TERMINATED");

        var again = Shed.done(shed.backUp(server));
        shed.work(2);
        assertThat(shed.state(again)).isEqualTo("FAILED");
        assertThat(shed.vendor.asked()).hasSize(before);
    }

    @Test
    void whereThereIsNoServerAnyMoreTheyAreOffWhenTheVendorSaysSoTwice() {
        var server = shed.server("10");
        var id = on(server);
        shed.books.in(() -> shed.backups.switchOff(server.service()));
        shed.vendor.fates(Fate.GONE, Fate.GONE, Fate.GONE);
        shed.work(2);
        assertThat(shed.state(id)).as("it may be a mistake").isEqualTo("TERMINATING");
        shed.pass(OptionRecords.GRACE.plusSeconds(1));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(shed.timeline(server)).endsWith("backup_off_wanted", "backup_off");
        assertThat(shed.parked()).isEmpty();
    }

    @Test
    void thoseOfAServerThatIsFoundAgainAreSwitchedOffAtTheVendor() {
        var server = shed.server("10");
        var id = on(server);
        shed.books.in(() -> shed.backups.switchOff(server.service()));
        shed.vendor.fates(Fate.GONE);
        shed.work();
        shed.pass(OptionRecords.GRACE.plusSeconds(1));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(shed.vendor.isBackedUp(shed.number(server))).isFalse();
    }

    @Test
    void ofAServerThatIsThereTheyAreNotOffBecauseSomethingWasNotFound() {
        var server = shed.server("10");
        var id = on(server);
        shed.vendor.shows(shed.number(server), server.service());
        shed.books.in(() -> shed.backups.switchOff(server.service()));
        shed.vendor.fates(Fate.GONE, Fate.GONE);
        shed.work();
        shed.pass(OptionRecords.GRACE.plusSeconds(1));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATING");
        assertThat(shed.vendor.isBackedUp(shed.number(server))).isTrue();
        assertThat(shed.timeline(server)).endsWith("backup_off_wanted");

        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(shed.vendor.isBackedUp(shed.number(server))).isFalse();
    }

    @Test
    void whatTheVendorCannotPutBackIsSaid() {
        var server = shed.server("10");
        on(server);
        shed.read();
        restore(server, "copy-1");
        shed.vendor.tasks(Progress.failed("the copy is broken"));
        shed.work(2);
        assertThat(shed.timeline(server)).endsWith("backup_restore", "backup_refused");
    }

    @Test
    void aServerThatWasPutBackMayShowTheKeyThatItHadThen() {
        var server = shed.server("10");
        on(server);
        shed.read();
        restore(server, "copy-1");
        shed.work();
        assertThat(shed.begunAnew).doesNotContain(server.service());
        shed.work();
        assertThat(shed.begunAnew).contains(server.service());
    }

    @Test
    void nothingIsPutBackIntoAServerThatIsBeingChanged() {
        var server = shed.server("10");
        var id = on(server);
        shed.read();
        shed.changing(server, "REBUILD");
        assertThat(restore(server, "copy-1")).isEqualTo(new OptionOutcome.Busy());
        shed.changing(server, null);
        shed.rescued(server, true);
        assertThat(restore(server, "copy-1")).isEqualTo(new OptionOutcome.Busy());
        shed.rescued(server, false);
        assertThat(restore(server, "copy-1")).isEqualTo(new OptionOutcome.Done(id));
        shed.work(2);
    }

    @Test
    void theyWaitUntilTheirServerIsChanged() {
        var server = shed.server("10");
        shed.changing(server, "RESIZE");
        var before = shed.vendor.asked().size();
        var id = Shed.done(shed.backUp(server));
        shed.work(10);
        assertThat(shed.vendor.asked()).hasSize(before);
        assertThat(shed.state(id)).isEqualTo("ORDERED");

        shed.changing(server, null);
        shed.work();
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
    }

    private static Work claimed() {
        return shed.desk.queue.claim(Set.of(BackupWork.KIND)).orElseThrow();
    }

    private static UUID on(Rented server) {
        var id = Shed.done(shed.backUp(server));
        shed.work();
        return id;
    }

    private static OptionOutcome restore(Rented server, String copy) {
        return shed.books.in(() -> shed.backups.restore(server.service(), copy));
    }

    private static String charged(UUID id, Rented server) {
        return shed.charged(id, server.wallet()).toString();
    }

    /** The vendor's number of an option's server. */
    private static String serverId() {
        return "select s.upstream_id from " + shed.books.tenant.schema()
                + ".service s where s.id = service_option.service_id";
    }
}

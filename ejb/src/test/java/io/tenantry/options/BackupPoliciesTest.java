package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books.Rented;
import io.tenantry.options.Warehouse.Fate;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.provider.Progress;
import io.tenantry.work.Looked;
import io.tenantry.work.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups each day for a cent an hour, or each week for half of one; and from one to the other. */
class BackupPoliciesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Shed shed;

    @BeforeAll
    static void open() {
        shed = new Shed("shed-policies");
        shed.publish("0.73", "1.46");
        shed.publish(Policy.DAILY, "7.30");
        shed.publish(Policy.WEEKLY, "3.65");
        shed.publish(OptionKind.SNAPSHOT, "0.73");
    }

    @BeforeEach
    void begin() {
        shed.vendor.tasks(Progress.done());
        shed.vendor.idles(false);
        shed.vendor.lets(true);
    }

    @AfterEach
    void theBooksAreRight() {
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void eachHasItsPriceAndTellsWhatIsKept() {
        var server = shed.server("10");
        var choice = shed.books.in(() -> shed.list.backupChoice(server.service()));
        assertThat(choice.isThere()).isTrue();
        assertThat(choice.rhythms())
                .extracting(one -> one.retention().policy().orElseThrow() + " "
                        + one.retention().copies() + " " + one.offer().unit())
                .containsExactly("DAILY 7 7.30000000 EUR", "WEEKLY 4 3.65000000 EUR");
        assertThat(on(server, Policy.DAILY)).isEqualTo("0.01000000 EUR");
        assertThat(on(shed.server("10"), Policy.WEEKLY)).isEqualTo("0.00500000 EUR");
    }

    @Test
    void moreOftenCostsMoreFromThatSecondOn() {
        var server = shed.server("10");
        on(server, Policy.WEEKLY);
        shed.books.clock.stopAt(shed.books.clock.instant().plus(Duration.ofMinutes(20)));
        var id = Shed.done(shed.copyAsOften(server, Policy.DAILY));
        assertThat(shed.holds(id)).containsExactly("TAKEN", "HELD");
        assertThat(shed.copyAsOften(server, Policy.DAILY)).as("asked twice").isEqualTo(new OptionOutcome.Done(id));
        assertThat(shed.copyAsOften(server, Policy.WEEKLY)).isEqualTo(new OptionOutcome.Busy());
        assertThat(charged(server)).isEqualTo("0.00500000 EUR");
        shed.work(2);

        assertThat(shed.column(id, "policy")).isEqualTo("DAILY");
        assertThat(shed.vendor.policy(shed.number(server))).contains(Policy.DAILY);
        assertThat(shed.holds(id)).containsExactly("TAKEN", "TAKEN");
        assertThat(charged(server)).as("the hour in progress, at the higher").isEqualTo("0.01000000 EUR");
        shed.charge(HOUR);
        assertThat(charged(server)).isEqualTo("0.02000000 EUR");
        assertThat(shed.timeline(server))
                .containsExactly("backup_ordered", "backup_on", "backup_change", "backup_daily");
    }

    @Test
    void lessOftenCostsLessFromTheNextHourOn() {
        var server = shed.server("10");
        on(server, Policy.DAILY);
        shed.books.clock.stopAt(shed.books.clock.instant().plus(Duration.ofMinutes(20)));
        var id = Shed.done(shed.copyAsOften(server, Policy.WEEKLY));
        assertThat(shed.holds(id)).as("nothing more").containsExactly("TAKEN");
        shed.work(2);
        assertThat(charged(server)).isEqualTo("0.01000000 EUR");
        shed.charge(HOUR);
        assertThat(charged(server)).isEqualTo("0.01500000 EUR");
        assertThat(shed.timeline(server)).endsWith("backup_change", "backup_weekly");
    }

    @Test
    void asOftenAsTheyAreIsDoneAlready() {
        var server = shed.server("10");
        on(server, Policy.DAILY);
        shed.copyAsOften(server, Policy.DAILY);
        shed.work();
        assertThat(shed.timeline(server)).containsExactly("backup_ordered", "backup_on");
    }

    @Test
    void aLostAnswerChangesThemOnce() {
        for (var fate : new Fate[] {Fate.LOST, Fate.DEATH_AFTER}) {
            var server = shed.server("10");
            on(server, Policy.WEEKLY);
            var before = shed.vendor.asked().size();
            shed.vendor.fates(fate);
            var id = Shed.done(shed.copyAsOften(server, Policy.DAILY));
            shed.work(3);
            assertThat(shed.column(id, "policy || ' ' || coalesce(wanted, 'nothing')"))
                    .isEqualTo("DAILY nothing");
            assertThat(shed.vendor.asked()).hasSize(before + 1);
            assertThat(charged(server)).isEqualTo("0.01000000 EUR");
        }
    }

    @Test
    void whatNobodyAnswersIsAskedForAgain() {
        var server = shed.server("10");
        on(server, Policy.WEEKLY);
        var before = shed.vendor.asked().size();
        shed.vendor.fates(Fate.SILENT);
        var id = Shed.done(shed.copyAsOften(server, Policy.DAILY));
        shed.work(2);
        assertThat(shed.vendor.asked()).hasSize(before + 1);
        assertThat(charged(server)).isEqualTo("0.00500000 EUR");
        shed.pass(PolicyWork.UNTIL_AGAIN.plusSeconds(1));
        shed.work(2);
        assertThat(shed.vendor.asked()).hasSize(before + 2);
        assertThat(shed.column(id, "policy")).isEqualTo("DAILY");
        assertThat(charged(server)).isEqualTo("0.01000000 EUR");
    }

    @Test
    void whatTheVendorRefusesLeavesThemAsTheyAre() {
        var server = shed.server("10");
        on(server, Policy.WEEKLY);
        shed.vendor.fates(Fate.REFUSED);
        var id = Shed.done(shed.copyAsOften(server, Policy.DAILY));
        shed.work();
        assertThat(shed.column(id, "policy || ' ' || coalesce(wanted, 'nothing')"))
                .isEqualTo("WEEKLY nothing");
        assertThat(shed.holds(id)).containsExactlyInAnyOrder("TAKEN", "RELEASED");
        assertThat(charged(server)).isEqualTo("0.00500000 EUR");
        assertThat(shed.timeline(server)).endsWith("backup_change", "backup_change_refused");
    }

    @Test
    void whatIsRefusedAfterALostAnswerIsForAPerson() {
        var server = shed.server("10");
        on(server, Policy.WEEKLY);
        shed.vendor.fates(Fate.SILENT, Fate.REFUSED);
        var id = Shed.done(shed.copyAsOften(server, Policy.DAILY));
        shed.work();
        shed.pass(PolicyWork.UNTIL_AGAIN.plusSeconds(1));
        shed.work();
        assertThat(shed.parked()).singleElement().asString().contains("no such size");

        assertThat(shed.books.<Boolean>in(() -> shed.decisions.giveUp(id, "they are weekly")))
                .isTrue();
        assertThat(shed.column(id, "policy || ' ' || coalesce(wanted, 'nothing')"))
                .isEqualTo("WEEKLY nothing");
        assertThat(shed.holds(id)).containsExactlyInAnyOrder("TAKEN", "RELEASED");
        assertThat(shed.timeline(server)).endsWith("backup_change_refused");
    }

    @Test
    void whatTheVendorTakesAndDoesNotDoIsForAPersonWhoHasItAskedForAgain() {
        var server = shed.server("10");
        on(server, Policy.WEEKLY);
        shed.vendor.idles(true);
        var id = Shed.done(shed.copyAsOften(server, Policy.DAILY));
        shed.work();
        var asked = shed.vendor.asked().size();
        shed.pass(Duration.ofMinutes(5));
        shed.work();
        assertThat(shed.vendor.asked()).as("it is at it").hasSize(asked);
        shed.pass(PolicyWork.PATIENCE);
        shed.work();
        assertThat(shed.parked()).singleElement().asString().contains("not daily after");
        assertThat(charged(server)).isEqualTo("0.00500000 EUR");

        shed.vendor.idles(false);
        assertThat(shed.books.<Looked>in(() -> shed.decisions.lookAgain(id, "once more")))
                .isEqualTo(new Looked.Again());
        shed.work(2);
        assertThat(shed.column(id, "policy")).isEqualTo("DAILY");
        assertThat(charged(server)).isEqualTo("0.01000000 EUR");
        assertThat(shed.parked()).isEmpty();
    }

    @Test
    void nothingIsChangedWhileOneIsPutBack() {
        var server = shed.server("10");
        on(server, Policy.WEEKLY);
        shed.read();
        shed.vendor.tasks(Progress.running(10));
        var id = Shed.done(restore(server));
        assertThat(shed.copyAsOften(server, Policy.DAILY)).isEqualTo(new OptionOutcome.Busy());
        shed.work(2);
        assertThat(shed.copyAsOften(server, Policy.DAILY)).isEqualTo(new OptionOutcome.Busy());
        shed.vendor.tasks(Progress.done());
        shed.work();
        assertThat(shed.timeline(server)).endsWith("backup_restore", "backup_restored");
        assertThat(shed.copyAsOften(server, Policy.DAILY)).isEqualTo(new OptionOutcome.Done(id));
        shed.work(2);
        assertThat(shed.column(id, "policy")).isEqualTo("DAILY");
    }

    @Test
    void nothingIsPutBackOrCopiedWhileTheyAreChanged() {
        var server = shed.server("10");
        on(server, Policy.WEEKLY);
        shed.read();
        var snapshot = shed.snapshot(server).service();
        shed.copyAsOften(server, Policy.DAILY);
        assertThat(restore(server)).isEqualTo(new OptionOutcome.Busy());
        assertThat(shed.books.<OptionOutcome>in(() -> shed.snapshots.restore(snapshot)))
                .isEqualTo(new OptionOutcome.Busy());
        assertThat(shed.snap(server)).isEqualTo(new OptionOutcome.Busy());
        shed.work(2);
        assertThat(restore(server)).isInstanceOf(OptionOutcome.Done.class);
        shed.work(2);
    }

    @Test
    void theyAreChangedWhenTheirServerIsChangedAndNotMeanwhile() {
        var server = shed.server("10");
        on(server, Policy.WEEKLY);
        shed.changing(server, "REBUILD");
        var before = shed.vendor.asked().size();
        var id = Shed.done(shed.copyAsOften(server, Policy.DAILY));
        shed.work(3);
        assertThat(shed.vendor.asked()).hasSize(before);
        shed.changing(server, null);
        shed.work(2);
        assertThat(shed.column(id, "policy")).isEqualTo("DAILY");
    }

    @Test
    void switchedOffMeanwhileTheyAreChangedNoMore() {
        var server = shed.server("10");
        on(server, Policy.WEEKLY);
        var id = Shed.done(shed.copyAsOften(server, Policy.DAILY));
        var before = shed.vendor.asked().size();
        shed.books.in(() -> shed.backups.switchOff(server.service()));
        assertThat(shed.holds(id)).containsExactlyInAnyOrder("TAKEN", "RELEASED");
        shed.work(2);
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(charged(server)).isEqualTo("0.00500000 EUR");
        assertThat(shed.vendor.asked().subList(before, shed.vendor.asked().size()))
                .containsExactly("backups off");
    }

    @Test
    void switchedOffInTheMiddleOfAQuestionTheyAreOffWhenThatIsOver() {
        var server = shed.server("10");
        on(server, Policy.WEEKLY);
        var id = Shed.done(shed.copyAsOften(server, Policy.DAILY));
        var before = shed.vendor.asked().size();
        shed.vendor.meanwhile(() -> {
            shed.books.in(() -> shed.backups.switchOff(server.service()));
            var off = shed.desk.queue.claim(Set.of(BackupWork.KIND)).orElseThrow();
            assertThat(shed.turn(off)).as("somebody is at it").isInstanceOf(Outcome.Later.class);
        });
        shed.work();
        assertThat(shed.vendor.asked()).as("daily is not wanted any more").hasSize(before);
        assertThat(shed.state(id)).isEqualTo("TERMINATING");
        shed.work();
        assertThat(shed.vendor.asked()).hasSize(before + 1).endsWith("backups off");
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(shed.column(id, "asked_at")).isEqualTo("-");
        assertThat(charged(server)).isEqualTo("0.00500000 EUR");
    }

    @Test
    void theyEndWithTheirServerAlsoWhileTheyAreChanged() {
        var server = shed.server("10");
        on(server, Policy.WEEKLY);
        var id = Shed.done(shed.copyAsOften(server, Policy.DAILY));
        shed.end(server);
        assertThat(shed.holds(id)).containsExactlyInAnyOrder("TAKEN", "RELEASED");
        shed.work(2);
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(shed.parked()).isEmpty();
    }

    @Test
    void theWalletHasToHaveWhatTheyCostMoreAtFirst() {
        var server = shed.server("0.04");
        on(server, Policy.WEEKLY);
        assertThat(shed.copyAsOften(server, Policy.DAILY)).isInstanceOf(OptionOutcome.Done.class);
        shed.work(2);
        var poor = shed.server("0.031");
        on(poor, Policy.WEEKLY);
        assertThat(shed.copyAsOften(poor, Policy.DAILY))
                .isEqualTo(new OptionOutcome.TooLittle(shed.books.money("0.004")));
    }

    @Test
    void ofAnotherPriceThanWasShownNothingComes() {
        var server = shed.server("10");
        var service = server.service();
        assertThat(shed.books.<OptionOutcome>in(
                        () -> shed.backups.switchOn(service, Optional.of(Policy.DAILY), UUID.randomUUID())))
                .isEqualTo(new OptionOutcome.PriceChanged());
        on(server, Policy.WEEKLY);
        assertThat(shed.books.<OptionOutcome>in(() -> shed.backups.change(service, Policy.DAILY, UUID.randomUUID())))
                .isEqualTo(new OptionOutcome.PriceChanged());
    }

    @Test
    void whereNobodyChoosesTheyCostWhatBackupsCostOtherwise() {
        shed.vendor.lets(false);
        var server = shed.server("10");
        assertThat(shed.backUp(server, Optional.of(Policy.DAILY))).isEqualTo(new OptionOutcome.NotThere());
        var id = Shed.done(shed.backUp(server, Optional.empty()));
        shed.work();
        assertThat(shed.column(id, "policy")).isEqualTo("-");
        assertThat(charged(server)).isEqualTo("0.00200000 EUR");
        assertThat(shed.vendor.asked()).endsWith("backups on");
        assertThat(shed.copyAsOften(server, Policy.WEEKLY)).isEqualTo(new OptionOutcome.NotThere());
    }

    @Test
    void whereOneChoosesOneHasToChoose() {
        var server = shed.server("10");
        assertThat(shed.backUp(server, Optional.empty())).isEqualTo(new OptionOutcome.NotThere());
    }

    @Test
    void aPolicyWithoutAPriceOfItsOwnCostsTheSameAndMayBeWithheld() {
        var other = new Shed("shed-policies-two");
        var server = other.server("10");
        other.publish("0.73", "3.65");
        var service = server.service();
        assertThat(other.books.in(() -> other.list.backupChoice(service)).rhythms())
                .hasSize(2)
                .allMatch(one -> one.offer().unit().equals(other.books.money("3.65")));

        assertThat(other.books.<OptionPrices.Outcome>in(
                        () -> other.prices.publish(Policy.WEEKLY, Optional.empty(), Optional.empty())))
                .isEqualTo(OptionPrices.Outcome.DONE);
        aSecondGoesBy(other);
        assertThat(other.books.<OptionPrices.Outcome>in(
                        () -> other.prices.publish(Policy.WEEKLY, Optional.empty(), Optional.empty())))
                .isEqualTo(OptionPrices.Outcome.UNCHANGED);
        assertThat(other.books.in(() -> other.list.backupChoice(service)).rhythms())
                .extracting(one -> one.retention().policy().orElseThrow())
                .containsExactly(Policy.DAILY);
        assertThat(other.backUp(server, Optional.of(Policy.WEEKLY))).isEqualTo(new OptionOutcome.NotOffered());
        assertThat(other.backUp(server, Optional.of(Policy.DAILY))).isInstanceOf(OptionOutcome.Done.class);
        other.work();

        aSecondGoesBy(other);
        other.publish(Policy.WEEKLY, "0");
        assertThat(other.copyAsOften(server, Policy.WEEKLY)).isInstanceOf(OptionOutcome.Done.class);
        other.work(2);
        other.charge(HOUR.multipliedBy(3));
        assertThat(other.timeline(server)).endsWith("backup_weekly");
        assertThat(other.violations()).isEmpty();
    }

    /** Of two prices one is later. */
    private static void aSecondGoesBy(Shed one) {
        one.books.clock.stopAt(one.books.clock.instant().plusSeconds(1));
    }

    /** They are switched on; what they have cost by then. */
    private static String on(Rented server, Policy policy) {
        Shed.done(shed.backUp(server, Optional.of(policy)));
        shed.work();
        return charged(server);
    }

    private static OptionOutcome restore(Rented server) {
        return shed.books.in(() -> shed.backups.restore(server.service(), "copy-1"));
    }

    private static String charged(Rented server) {
        var id = shed.books.in(() -> shed.books.sql.one(
                "select id from service_option where service_id = ? and kind = 'BACKUP'",
                row -> row.uuid("id"),
                server.service()));
        return shed.charged(id, server.wallet()).toString();
    }
}

package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books.Rented;
import io.tenantry.finding.Course.State;
import io.tenantry.finding.Outcome;
import io.tenantry.money.Money;
import io.tenantry.provider.Snapshots.Keeping;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is paid for and not there, or of another size, is put right as staff decide: once, and exactly. A volume of 10 GiB costs a cent an hour. */
class LostOptionsTest {
    private static final Duration MINUTES = Duration.ofMinutes(10);
    private static final Duration HOURS = Duration.ofHours(3);

    private static int sheds;

    private final Shed shed = new Shed("shed-lost-" + sheds++);

    @BeforeEach
    void begin() {
        shed.publish("0.73", "3.65");
    }

    @AfterEach
    void theBooksAreRight() {
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void aVolumeThatIsGoneEndsAndIsGivenBackSinceItWasSeenLast() {
        var server = shed.server("10");
        var volume = lost(server);
        var id = found();
        assertThat(finding(id).course().isToDecide()).isTrue();
        assertThat(shed.books.in(
                        () -> shed.findings.amounts(shed.findings.one(id)).owed()))
                .contains(shed.books.money("0.03"));

        assertThat(giveBack(id)).contains(shed.books.money("0.03"));
        assertThat(shed.state(volume.service())).isEqualTo("TERMINATED");
        assertThat(charged(volume)).isEqualTo(shed.books.money("0.04"));
        assertThat(gifts()).containsExactly("0.03000000");
        assertThat(finding(id).course().state()).isEqualTo(State.RESOLVED);
        assertThat(finding(id).course().resolution()).contains("ENDED");
        assertThat(finding(id).givenBack()).isEqualTo(shed.books.money("0.03"));
        assertThat(shed.timeline(server)).endsWith("volume_lost");

        shed.charge(HOURS);
        shed.read();
        assertThat(charged(volume)).isEqualTo(shed.books.money("0.04"));
        assertThat(shed.books.in(shed.rounds::differences)).isEmpty();
    }

    @Test
    void itIsGivenBackOnce() {
        lost(shed.server("10"));
        var id = found();
        assertThat(giveBack(id)).isPresent();
        assertThat(giveBack(id)).isEmpty();
        assertThat(dismiss(id)).isEqualTo(Outcome.TOO_LATE);
        assertThat(gifts()).hasSize(1);
    }

    @Test
    void ofManyWhoDecideAtOnceOneIsHeard() throws Exception {
        lost(shed.server("10"));
        var id = found();
        var threads = Executors.newFixedThreadPool(4);
        try {
            var deeds = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < 4; i++) {
                deeds.add(() -> giveBack(id).isPresent());
                deeds.add(() -> dismiss(id) == Outcome.DONE);
            }
            var heard = 0;
            for (var answer : threads.invokeAll(deeds)) {
                heard += answer.get() ? 1 : 0;
            }
            assertThat(heard).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(gifts()).hasSizeLessThan(2);
        assertThat(gifts()).hasSize(finding(id).course().state() == State.RESOLVED ? 1 : 0);
    }

    @Test
    void whatWasSeenOnceOnlyIsNotDecided() {
        lost(shed.server("10"));
        shed.read();
        var id = UUID.fromString(column("id"));
        assertThat(giveBack(id)).isEmpty();
        assertThat(dismiss(id)).isEqualTo(Outcome.TOO_LATE);
        assertThat(gifts()).isEmpty();
    }

    @Test
    void whatIsLeftAsItIsIsChargedAndMayBeTakenUp() {
        var volume = lost(shed.server("10"));
        var id = found();
        assertThat(dismiss(id)).isEqualTo(Outcome.DONE);
        shed.charge(Duration.ofHours(1));
        shed.read();
        assertThat(finding(id).course().state()).isEqualTo(State.DISMISSED);
        assertThat(finding(id).course().reason()).contains("being moved");
        assertThat(shed.books.in(shed.rounds::differences)).singleElement().matches(VolumeRounds.Difference::isLeft);
        assertThat(giveBack(id)).isEmpty();

        assertThat(shed.books.in(() -> shed.actions.takeUp(id))).isEqualTo(Outcome.DONE);
        assertThat(giveBack(id)).contains(shed.books.money("0.04"));
        assertThat(charged(volume)).isEqualTo(shed.books.money("0.05"));
    }

    @Test
    void whatItsCustomerHasDeletedMeanwhileIsTooLate() {
        var volume = lost(shed.server("10"));
        var id = found();
        shed.books.in(() -> shed.volumes.delete(volume.service()));
        assertThat(giveBack(id)).isEmpty();
        assertThat(gifts()).isEmpty();
        shed.work();
    }

    @Test
    void whatIsThereAgainIsOverAndTheNextTimeCountsFromThen() {
        var server = shed.server("10");
        var volume = shed.volume(server, 10);
        var number = shed.vendor.of(volume.service()).get(0).id();
        var away = shed.vendor.takesAway(number);
        shed.read();
        shed.read();
        var first = shed.books.in(shed.rounds::differences).get(0).id();
        shed.charge(HOURS);
        shed.vendor.brings(away);
        shed.read();
        assertThat(finding(first).course().state()).isEqualTo(State.RESOLVED);
        assertThat(finding(first).course().resolution()).contains("GONE");
        assertThat(giveBack(first)).isEmpty();

        shed.vendor.loses(number);
        shed.charge(Duration.ofHours(1));
        var second = found();
        assertThat(second).isNotEqualTo(first);
        assertThat(giveBack(second)).contains(shed.books.money("0.01"));
    }

    @Test
    void anotherSizeIsPaidForFromWhenItIsAccepted() {
        var server = shed.server("10");
        var volume = shed.volume(server, 10);
        var unused = shed.vendor.grow(shed.vendor.of(volume.service()).get(0).id(), 40);
        var id = found();
        assertThat(shed.books.in(
                        () -> shed.findings.amounts(shed.findings.one(id)).monthlyThen()))
                .contains(shed.books.money("29.20"));
        assertThat(shed.books.in(() -> shed.actions.acceptSize(id))).isEqualTo(Outcome.DONE);
        assertThat(shed.books.in(() -> shed.actions.acceptSize(id))).isEqualTo(Outcome.TOO_LATE);
        assertThat(shed.column(volume.service(), "quantity")).isEqualTo("40");
        assertThat(charged(volume)).isEqualTo(shed.books.money("0.04"));
        shed.charge(Duration.ofHours(2));
        assertThat(charged(volume)).isEqualTo(shed.books.money("0.08"));
        assertThat(shed.timeline(server)).endsWith("volume_resized");
        shed.read();
        shed.read();
        assertThat(shed.books.in(shed.rounds::differences)).isEmpty();
    }

    @Test
    void anAddressThatIsGoneLeavesItsServer() {
        shed.publish(OptionKind.ADDRESS, "7.30");
        var server = shed.server("10");
        var address = shed.address(server);
        seen();
        shed.vendor.losesAddress(shed.column(address, "upstream_id"));
        shed.charge(HOURS);
        assertThat(giveBack(found())).contains(shed.books.money("0.03"));
        assertThat(shed.state(address)).isEqualTo("TERMINATED");
        assertThat(shed.addressesOf(server)).isEmpty();
    }

    @Test
    void anAddressThatItsVendorKeepsForNobodyIsToldAndGivenBackByStaff() {
        shed.publish(OptionKind.ADDRESS, "7.30");
        var server = shed.server("10");
        var address = shed.address(server);
        var text = shed.column(address, "upstream_id");
        seen();
        shed.vendor.loosens(text);
        shed.charge(HOURS);
        assertThat(giveBack(found())).contains(shed.books.money("0.03"));
        assertThat(shed.vendor.loose()).containsExactly(text);

        var left = found();
        assertThat(finding(left).upstreamId()).isEqualTo(text);
        assertThat(finding(left).isDeletable()).isTrue();
        assertThat(shed.books.in(() -> shed.actions.delete(left))).isEqualTo(Outcome.DONE);
        shed.work(2);
        assertThat(shed.vendor.loose()).isEmpty();
        assertThat(finding(left).course().resolution()).contains("DELETED");
        shed.read();
        shed.read();
        assertThat(shed.books.in(shed.rounds::differences)).isEmpty();
        assertThat(gifts()).hasSize(1);
    }

    @Test
    void ofBackupsWhoseServerHasAnotherNumberByNowNothingIsGivenBack() {
        var server = shed.server("10");
        var backups = Shed.done(shed.backUp(server));
        shed.work();
        shed.vendor.backsUp(Shed.serverId(1), false);
        var id = found();
        shed.vendor.backsUp("server-again", true);
        shed.place(server, Warehouse.ACCOUNT, "fra", "server-again");
        assertThat(giveBack(id)).isEmpty();
        assertThat(finding(id).isRight()).isFalse();
        shed.read();
        assertThat(finding(id).course().state()).isEqualTo(State.RESOLVED);
        assertThat(shed.state(backups)).isEqualTo("ACTIVE");
        assertThat(gifts()).isEmpty();
    }

    @Test
    void backupsThatAreOffEndWithTheSnapshotBesideThem() {
        shed.publish(OptionKind.SNAPSHOT, "7.30");
        shed.vendor.keeps(Keeping.WITH_BACKUPS);
        var server = shed.server("10");
        var backups = Shed.done(shed.backUp(server));
        shed.work();
        var snapshot = shed.snapshot(server).service();
        seen();
        shed.vendor.backsUp(Shed.serverId(1), false);
        shed.vendor.losesCopy(shed.vendor.copiesOf(snapshot).get(0).id());
        shed.charge(HOURS);
        shed.read();
        shed.read();
        var id = shed.books.in(shed.rounds::differences).stream()
                .filter(one -> one.of() == OptionKind.BACKUP)
                .findFirst()
                .orElseThrow()
                .id();
        // Three hours of half a cent for the backups, and of three gibibytes at a cent each.
        assertThat(giveBack(id)).contains(shed.books.money("0.105"));
        assertThat(shed.state(backups)).isEqualTo("TERMINATED");
        assertThat(shed.state(snapshot)).isEqualTo("TERMINATED");
        assertThat(gifts()).hasSize(2);
        assertThat(shed.timeline(server)).endsWith("snapshot_lost", "backup_lost");
    }

    /** A volume that was seen ten minutes after it was made, and is gone since; four of its hours are charged. */
    private Rented lost(Rented server) {
        var volume = shed.volume(server, 10);
        seen();
        shed.vendor.loses(shed.vendor.of(volume.service()).get(0).id());
        shed.charge(HOURS);
        return volume;
    }

    private void seen() {
        shed.books.clock.stopAt(shed.books.clock.instant().plus(MINUTES));
        shed.read();
    }

    /** The one that is certain after two looks. */
    private UUID found() {
        shed.read();
        shed.read();
        return shed.books.in(shed.rounds::differences).stream()
                .filter(one -> !one.isLeft())
                .findFirst()
                .map(VolumeRounds.Difference::id)
                .orElseThrow();
    }

    private OptionFindings.Finding finding(UUID id) {
        return shed.books.in(() -> shed.findings.one(id));
    }

    private Optional<Money> giveBack(UUID id) {
        return shed.books.in(() -> shed.actions.giveBack(id));
    }

    private Outcome dismiss(UUID id) {
        return shed.books.in(() -> shed.actions.dismiss(id, "being moved"));
    }

    private Money charged(Rented option) {
        return shed.charged(option.service(), option.wallet());
    }

    private String column(String expression) {
        return Database.texts("select " + expression + "::text from " + shed.books.tenant.schema() + ".option_finding")
                .get(0);
    }

    /** What was given back, by the ledger. */
    private List<String> gifts() {
        var schema = shed.books.tenant.schema();
        return Database.texts("select p.amount::text from " + schema + ".journal_entry e join " + schema
                + ".posting p on p.entry_id = e.id join " + schema
                + ".wallet w on w.id = p.account_id where e.source like 'option-finding:%' order by e.id");
    }
}

package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books.Rented;
import io.tenantry.options.Warehouse.Fate;
import io.tenantry.provider.Progress;
import io.tenantry.work.Looked;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever looks again at what is to be paid for has the money held again. The server costs two cents an hour, a volume of ten gibibytes one,
 * backups half of one, a snapshot of the whole disk one.
 */
class OptionDecisionsTest {
    /** What is held for a volume or for backups has ended. */
    private static final Duration LATER = VolumeOrders.HELD_FOR.plusMinutes(10);

    private static Shed shed;

    @BeforeAll
    static void open() {
        shed = new Shed("shed-deciding");
        shed.publish("0.73", "3.65");
        shed.publish(OptionKind.SNAPSHOT, "0.73");
    }

    @BeforeEach
    void begin() {
        shed.vendor.slow(false);
        shed.vendor.grows(true);
        shed.vendor.tasks(Progress.done());
    }

    @AfterEach
    void theBooksAreRight() {
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void whatWasHeldForAVolumeAndHasEndedIsHeldAnew() {
        var server = shed.server("10");
        var id = unclearVolume(server);
        shed.charge(LATER);
        assertThat(look(id)).isEqualTo(new Looked.Again());
        assertThat(held(id)).isEqualTo("0.02000000 RELEASED, 0.02000000 HELD");

        settle(id);
        assertThat(held(id)).isEqualTo("0.02000000 RELEASED, 0.02000000 TAKEN");
    }

    @Test
    void whatIsHeldStillIsNotHeldTwiceButForLonger() {
        var id = unclearVolume(shed.server("10"));
        shed.charge(Duration.ofHours(3));
        assertThat(look(id)).isEqualTo(new Looked.Again());
        assertThat(held(id)).isEqualTo("0.02000000 HELD");
        assertThat(span(id)).isEqualTo("07:00:00");
        settle(id);
    }

    @Test
    void whoeverLooksAgainAtAVolumeIsToldHowMuchTheWalletLacks() {
        var server = shed.server("0.10");
        var id = unclearVolume(server);
        shed.charge(LATER);
        assertThat(shed.books.balance(server.wallet()))
                .as("five hours have begun")
                .isEqualTo(shed.books.money("0"));

        assertThat(look(id)).isEqualTo(new Looked.TooLittle(shed.books.money("0.02")));
        assertThat(shed.parked()).hasSize(1);
        assertThat(held(id)).isEqualTo("0.02000000 RELEASED");
        assertThat(decided(id)).isZero();

        shed.books.limit(server.wallet(), new BigDecimal("0.02"));
        assertThat(look(id)).isEqualTo(new Looked.Again());
        assertThat(shed.parked()).isEmpty();
        assertThat(held(id)).isEqualTo("0.02000000 RELEASED, 0.02000000 HELD");
        assertThat(decided(id)).isEqualTo(1);
        settle(id);
    }

    @Test
    void ofAVolumeThatIsToGrowOnlyWhatItCostsMoreIsHeldAnew() {
        var volume = shed.volume(shed.server("10"), 10);
        var id = volume.service();
        shed.books.clock.stopAt(shed.books.clock.instant().plus(Duration.ofMinutes(20)));
        shed.vendor.fates(Fate.SILENT);
        shed.grow(volume, 30);
        shed.work();
        shed.pass(Duration.ofDays(1));
        shed.work();
        assertThat(shed.parked()).hasSize(1);
        shed.charge(LATER);

        assertThat(look(id)).isEqualTo(new Looked.Again());
        assertThat(held(id)).isEqualTo("0.02000000 TAKEN, 0.04000000 RELEASED, 0.04000000 HELD");
        shed.pass(Duration.ofDays(1));
        shed.work();
        shed.books.in(() -> shed.decisions.giveUp(id, "it is as it was"));
        assertThat(held(id)).isEqualTo("0.02000000 TAKEN, 0.04000000 RELEASED, 0.04000000 RELEASED");
    }

    @Test
    void aVolumeThatIsToGrowIsWaitedForAsLongAgain() {
        var server = shed.server("10");
        var volume = shed.volume(server, 10);
        var id = volume.service();
        shed.vendor.tasks(Progress.running(10));
        shed.vendor.grows(false);
        shed.grow(volume, 30);
        shed.work();
        shed.pass(VolumeWork.PATIENCE.plusSeconds(1));
        shed.work();
        assertThat(shed.parked()).singleElement().asString().contains("not done after");

        var asked = shed.vendor.asked().size();
        assertThat(look(id)).isEqualTo(new Looked.Again());
        assertThat(shed.timeline(server)).endsWith("volume_grow", "volume_looked_again");
        shed.pass(VolumeWork.PATIENCE.minusMinutes(1));
        shed.work();
        assertThat(shed.parked()).isEmpty();
        assertThat(shed.vendor.asked()).as("it is at it").hasSize(asked);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.parked()).hasSize(1);

        assertThat(look(id)).isEqualTo(new Looked.Again());
        shed.vendor.ready();
        shed.work();
        assertThat(shed.timeline(server)).endsWith("volume_looked_again", "volume_grown");
        assertThat(shed.column(id, "quantity")).isEqualTo("30");
    }

    @Test
    void whatTheVendorSaysItCouldNotGrowIsAskedForOnceMoreByWhoeverLooksAgain() {
        var volume = shed.volume(shed.server("10"), 10);
        shed.vendor.grows(false);
        shed.vendor.tasks(Progress.failed("no room there"));
        shed.grow(volume, 30);
        shed.work(2);
        assertThat(shed.parked()).singleElement().asString().contains("no room there");

        shed.vendor.grows(true);
        shed.vendor.tasks(Progress.done());
        var asked = shed.vendor.asked().size();
        assertThat(look(volume.service())).isEqualTo(new Looked.Again());
        shed.work(2);
        assertThat(shed.column(volume.service(), "quantity")).isEqualTo("30");
        assertThat(shed.vendor.asked()).hasSize(asked + 1).endsWith("grow 30");
    }

    @Test
    void backupsThatAreOrderedAreHeldFor() {
        var server = shed.server("0.10");
        shed.vendor.fates(Fate.LOST, Fate.REFUSED);
        var id = Shed.done(shed.backUp(server));
        shed.work(2);
        shed.charge(LATER);
        assertThat(look(id)).isEqualTo(new Looked.TooLittle(shed.books.money("0.01")));

        shed.books.topUp(server.wallet(), "0.01");
        assertThat(look(id)).isEqualTo(new Looked.Again());
        assertThat(held(id)).isEqualTo("0.01000000 RELEASED, 0.01000000 HELD");
        shed.work();
        assertThat(held(id)).isEqualTo("0.01000000 RELEASED, 0.01000000 TAKEN");
    }

    @Test
    void forASnapshotItIsHeldAsLongAsWhenItWasOrdered() {
        var server = shed.server("10");
        shed.vendor.slow(true);
        var id = Shed.done(shed.snap(server));
        shed.work(2);
        shed.pass(Duration.ofHours(4));
        shed.work();
        assertThat(shed.parked()).hasSize(1);
        shed.charge(SnapshotOrders.HELD_FOR.plusMinutes(1));

        assertThat(look(id)).isEqualTo(new Looked.Again());
        assertThat(held(id)).isEqualTo("0.02000000 RELEASED, 0.02000000 HELD");
        assertThat(span(id)).isEqualTo("12:00:00");
        shed.vendor.ready();
        shed.work();
        assertThat(held(id)).isEqualTo("0.02000000 RELEASED, 0.02000000 TAKEN");
    }

    @Test
    void nothingIsHeldForWhatIsToBeDeletedOrCostsWhatItCost() {
        var server = shed.server("10");
        var volume = shed.volume(server, 10);
        var id = volume.service();
        shed.vendor.fates(Fate.SILENT);
        shed.books.in(() -> shed.volumes.delete(id));
        shed.work();
        shed.pass(Duration.ofDays(2));
        shed.work();
        assertThat(shed.parked()).hasSize(1);
        assertThat(look(id)).isEqualTo(new Looked.Again());
        assertThat(held(id)).isEqualTo("0.02000000 TAKEN");
        assertThat(look(id)).as("a second time").isEqualTo(new Looked.Late());
        shed.work(3);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(shed.timeline(server))
                .as("once, as it was looked at once")
                .endsWith("volume_delete", "volume_looked_again", "volume_deleted");
    }

    /** Its vendor has two with its mark. */
    private static UUID unclearVolume(Rented server) {
        var id = Shed.done(shed.order(server, 10));
        shed.vendor.appears(id, 10);
        shed.vendor.appears(id, 10);
        shed.work();
        assertThat(shed.parked()).hasSize(1);
        return id;
    }

    /** One of the two is not there any more, as somebody saw to. */
    private static void settle(UUID volume) {
        shed.vendor.loses(shed.vendor.of(volume).get(0).id());
        shed.work(4);
        assertThat(shed.column(volume, "state || ' ' || attached")).isEqualTo("ACTIVE true");
    }

    private static Looked look(UUID option) {
        return shed.books.in(() -> shed.decisions.lookAgain(option, "looked there"));
    }

    /** What was held for it, and what became of that. */
    private static String held(UUID option) {
        return String.join(
                ", ",
                shed.books.in(() -> shed.books.sql.query(
                        "select amount || ' ' || state as hold from wallet_hold where service_id = ? order by held_at, id",
                        row -> row.text("hold"),
                        option)));
    }

    /** For how long the latest is held. */
    private static String span(UUID option) {
        return shed.books.in(() -> shed.books.sql.one(
                "select (until - held_at)::text as span from wallet_hold where service_id = ? order by held_at desc limit 1",
                row -> row.text("span"),
                option));
    }

    /** How often somebody has looked again, as the audit trail has it. */
    private static int decided(UUID option) {
        return shed.books.in(() -> shed.books.sql.one(
                "select count(*)::int as n from audit_record where action = 'option.looked_again' and subject_id = ?",
                row -> row.whole("n"),
                option.toString()));
    }
}

package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books.Rented;
import io.tenantry.provider.Snapshots.Keeping;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each vendor's snapshots are like: how many there may be, and how long. */
class SnapshotRulesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Shed shed;

    @BeforeAll
    static void open() {
        shed = new Shed("shed-rules");
        shed.publish("0.73", "3.65");
        shed.publish(OptionKind.SNAPSHOT, "0.73");
    }

    @BeforeEach
    void begin() {
        shed.vendor.slow(false);
    }

    @AfterEach
    void theBooksAreRight() {
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void whatIsKeptApartOutlivesItsServerAndGoesOnCosting() {
        shed.vendor.keeps(Keeping.APART);
        var server = shed.server("10");
        var snapshot = shed.snapshot(server).service();
        shed.end(server);
        assertThat(shed.state(snapshot)).isEqualTo("ACTIVE");
        shed.charge(HOUR.multipliedBy(2));
        assertThat(charged(snapshot, server)).isEqualTo("0.00600000 EUR");
        assertThat(shed.timeline(server)).endsWith("snapshot_kept");
        var shown = shed.books.in(() -> shed.copies.one(snapshot));
        assertThat(shed.books.in(() -> shed.copies.in(shown.organizationId())))
                .singleElement()
                .matches(OptionList.Shown::isServerOver);
        assertThat(shed.books.in(() -> shed.snapshots.restore(snapshot))).isEqualTo(new OptionOutcome.NotThere());

        shed.books.in(() -> shed.snapshots.delete(snapshot));
        shed.work(2);
        assertThat(shed.vendor.copiesOf(snapshot)).isEmpty();
        shed.charge(HOUR);
        assertThat(charged(snapshot, server)).isEqualTo("0.00600000 EUR");
    }

    @Test
    void whatIsKeptWithItsServerEndsWithIt() {
        shed.vendor.keeps(Keeping.WITH_SERVER);
        var server = shed.server("10");
        var snapshot = shed.snapshot(server).service();
        shed.books.clock.stopAt(shed.books.clock.instant().plus(Duration.ofMinutes(90)));
        shed.end(server);
        assertThat(shed.state(snapshot)).isEqualTo("TERMINATED");
        assertThat(charged(snapshot, server)).isEqualTo("0.00600000 EUR");
        shed.charge(HOUR.multipliedBy(5));
        assertThat(charged(snapshot, server)).isEqualTo("0.00600000 EUR");
    }

    @Test
    void oneThatIsBeingMadeWhenItsServerEndsCostsNothing() {
        for (var keeping : new Keeping[] {Keeping.WITH_SERVER, Keeping.APART}) {
            shed.vendor.keeps(keeping);
            var server = shed.server("10");
            var id = Shed.done(shed.snap(server));
            shed.end(server);
            shed.work(2);
            assertThat(shed.state(id)).as("%s", keeping).isEqualTo("FAILED");
            assertThat(shed.holds(id)).containsExactly("RELEASED");
            assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
        }
    }

    @Test
    void whereItIsKeptWithBackupsTheyHaveToBeOn() {
        shed.vendor.keeps(Keeping.WITH_BACKUPS);
        var server = shed.server("10");
        assertThat(choice(server).isLackingBackups()).isTrue();
        assertThat(shed.snap(server)).isEqualTo(new OptionOutcome.NeedsBackups());
        backedUp(server);
        assertThat(choice(server).isOffered()).isTrue();
        assertThat(shed.snap(server)).isInstanceOf(OptionOutcome.Done.class);
    }

    @Test
    void whereThereIsOneSlotTheOneThatIsThereIsNotLostUnasked() {
        shed.vendor.keeps(Keeping.WITH_BACKUPS);
        var server = shed.server("10");
        backedUp(server);
        var first = shed.snapshot(server).service();
        assertThat(choice(server).isTaken()).isTrue();
        assertThat(shed.snap(server)).isEqualTo(new OptionOutcome.SlotTaken());

        var before = shed.vendor.asked().size();
        shed.books.in(() -> shed.snapshots.delete(first));
        assertThat(shed.state(first)).isEqualTo("TERMINATED");
        shed.work();
        assertThat(shed.vendor.asked()).hasSize(before);

        var second = shed.snapshot(server).service();
        assertThat(shed.state(second)).isEqualTo("ACTIVE");
        assertThat(shed.vendor.copiesOf(first)).isEmpty();
        shed.charge(HOUR.multipliedBy(2));
        assertThat(charged(first, server)).isEqualTo("0.00300000 EUR");
        assertThat(charged(second, server)).isEqualTo("0.00600000 EUR");
    }

    @Test
    void whatIsKeptWithBackupsEndsWithThem() {
        shed.vendor.keeps(Keeping.WITH_BACKUPS);
        var server = shed.server("10");
        backedUp(server);
        var snapshot = shed.snapshot(server).service();
        shed.books.in(() -> shed.backups.switchOff(server.service()));
        assertThat(shed.state(snapshot)).isEqualTo("TERMINATED");
        assertThat(shed.timeline(server)).contains("snapshot_gone");
        shed.work();
        shed.charge(HOUR.multipliedBy(2));
        assertThat(charged(snapshot, server)).isEqualTo("0.00300000 EUR");
    }

    @Test
    void whatIsKeptOtherwiseDoesNotEndWithBackups() {
        shed.vendor.keeps(Keeping.WITH_SERVER);
        var server = shed.server("10");
        backedUp(server);
        var snapshot = shed.snapshot(server).service();
        shed.books.in(() -> shed.backups.switchOff(server.service()));
        shed.work();
        assertThat(shed.state(snapshot)).isEqualTo("ACTIVE");
    }

    @Test
    void oneAtATimeAndTenAtMost() {
        shed.vendor.keeps(Keeping.APART);
        var server = shed.server("10");
        assertThat(shed.snap(server)).isInstanceOf(OptionOutcome.Done.class);
        assertThat(shed.snap(server)).isEqualTo(new OptionOutcome.Busy());
        shed.work(2);
        for (var i = 1; i < 10; i++) {
            shed.snapshot(server);
        }
        assertThat(shed.snap(server)).isEqualTo(new OptionOutcome.TooMany(10));
        assertThat(shed.books.in(() -> shed.copies.of(server.service()))).hasSize(10);
    }

    @Test
    void whatIsNotOfferedOrHasAnotherPriceOrNameIsNotTaken() {
        shed.vendor.keeps(Keeping.APART);
        var server = shed.server("10");
        assertThat(take(shed, server, "before")).isEqualTo(new OptionOutcome.PriceChanged());
        assertThat(take(shed, server, "<b>")).isEqualTo(new OptionOutcome.BadName());
        var other = new Shed("shed-rules-bare");
        assertThat(take(other, other.server("10"), "before")).isEqualTo(new OptionOutcome.NotOffered());
    }

    private static OptionOutcome take(Shed where, Rented server, String name) {
        return where.books.in(() -> where.snapshots.take(UUID.randomUUID(), server.service(), name, UUID.randomUUID()));
    }

    private static SnapshotList.Choice choice(Rented server) {
        return shed.books.in(() -> shed.copies.choice(server.service()));
    }

    private static void backedUp(Rented server) {
        Shed.done(shed.backUp(server));
        shed.work();
    }

    private static String charged(UUID id, Rented server) {
        return shed.charged(id, server.wallet()).toString();
    }
}

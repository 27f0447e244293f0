package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books.Rented;
import io.tenantry.options.Warehouse.Fate;
import io.tenantry.work.Looked;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Further addresses from the wish to the end, whatever answers are lost. One costs a tenth of a cent an hour. */
class AddressesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Shed shed;

    @BeforeAll
    static void open() {
        shed = new Shed("shed-ips");
        shed.publish(OptionKind.ADDRESS, "0.73");
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
    void itCostsFromWhenItLeadsToItsServer() {
        var server = shed.server("10");
        shed.vendor.slow(true);
        var id = Shed.done(shed.reachMore(server));
        shed.work(3);
        assertThat(shed.state(id)).isEqualTo("ORDERED");
        assertThat(shed.holds(id)).containsExactly("HELD");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");

        shed.charge(HOUR.multipliedBy(2));
        shed.vendor.ready();
        shed.work();
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
        assertThat(shed.column(id, "activated_at - ordered_at")).isEqualTo("02:00:00");
        assertThat(shed.holds(id)).containsExactly("TAKEN");
        assertThat(charged(id, server)).isEqualTo("0.00100000 EUR");
        shed.charge(HOUR);
        assertThat(charged(id, server)).isEqualTo("0.00100000 EUR");
        shed.charge(HOUR);
        assertThat(charged(id, server)).isEqualTo("0.00200000 EUR");
        assertThat(shed.timeline(server)).containsExactly("further_address_ordered", "further_address_ready");
        assertThat(shed.column(id, "name")).isEqualTo(shed.column(id, "upstream_id"));
    }

    @Test
    void itCostsUpToTheSecondInWhichItIsToBeGivenBack() {
        var server = shed.server("10");
        var id = shed.address(server);
        shed.books.clock.stopAt(shed.books.clock.instant().plus(Duration.ofMinutes(61)));
        assertThat(release(id)).isEqualTo(new OptionOutcome.Done(id));
        assertThat(charged(id, server)).isEqualTo("0.00200000 EUR");
        assertThat(release(id)).isEqualTo(new OptionOutcome.Busy());

        shed.work(2);
        assertThat(shed.vendor.addressesOf(shed.number(server))).isEmpty();
        assertThat(shed.state(id)).isEqualTo("TERMINATING");
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        shed.charge(HOUR.multipliedBy(3));
        assertThat(charged(id, server)).isEqualTo("0.00200000 EUR");
        assertThat(shed.timeline(server)).endsWith("further_address_release", "further_address_released");
    }

    @Test
    void askedForTwiceItIsTheSame() {
        var server = shed.server("10");
        var wish = UUID.randomUUID();
        assertThat(shed.reachMore(wish, server)).isEqualTo(shed.reachMore(wish, server));
        shed.work(3);
        assertThat(shed.reachMore(wish, server)).isEqualTo(new OptionOutcome.Done(wish));
        shed.work(2);
        assertThat(shed.vendor.addressesOf(shed.number(server))).hasSize(1);
        assertThat(shed.holds(wish)).containsExactly("TAKEN");
        assertThat(charged(wish, server)).isEqualTo("0.00100000 EUR");
    }

    @Test
    void whoHasTooLittleIsToldHowMuchIsMissingAndNobodyIsAsked() {
        var server = shed.server("0.021");
        var before = shed.vendor.asked().size();
        assertThat(shed.reachMore(server)).isEqualTo(new OptionOutcome.TooLittle(shed.books.money("0.001")));
        shed.work();
        assertThat(shed.vendor.asked()).hasSize(before);
        assertThat(shed.timeline(server)).isEmpty();
    }

    @Test
    void whatCameOfALostAnswerIsFoundBesideWhatWasThereBefore() {
        for (var fate : new Fate[] {Fate.LOST, Fate.DEATH_AFTER}) {
            var server = shed.server("10");
            var own = shed.vendor.addressAppears(shed.number(server));
            shed.vendor.fates(fate);
            var id = Shed.done(shed.reachMore(server));
            shed.work(3);
            assertThat(shed.state(id)).isEqualTo("ACTIVE");
            assertThat(shed.vendor.addressesOf(shed.number(server)))
                    .containsExactly(own, shed.column(id, "upstream_id"));
            assertThat(charged(id, server)).isEqualTo("0.00100000 EUR");
        }
    }

    @Test
    void itIsAskedForAgainOnlyOnceNothingCanComeOfTheQuestionBefore() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.SILENT);
        var id = Shed.done(shed.reachMore(server));
        var before = shed.vendor.asked().size();
        shed.work(3);
        shed.pass(Duration.ofMinutes(5));
        shed.work(3);
        assertThat(shed.vendor.asked()).hasSize(before + 1);

        shed.pass(Duration.ofMinutes(6));
        shed.work(4);
        assertThat(shed.vendor.asked()).hasSize(before + 2);
        assertThat(shed.vendor.addressesOf(shed.number(server))).hasSize(1);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void whatCameTooLateForEveryQuestionIsFoundWhenAPersonHasItLookedForAgain() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.SILENT, Fate.SILENT, Fate.SILENT);
        var id = Shed.done(shed.reachMore(server));
        for (var i = 0; i < AddressSteps.LOST_MAX; i++) {
            shed.work(2);
            shed.pass(Duration.ofMinutes(11));
        }
        shed.work(2);
        assertThat(shed.parked()).anyMatch(why -> why.contains("nothing came of it"));
        var before = shed.vendor.asked().size();
        var late = shed.vendor.addressAppears(shed.number(server));
        assertThat(shed.books.<Looked>in(() -> shed.decisions.lookAgain(id, "the vendor says that it is there")))
                .isEqualTo(new Looked.Again());
        shed.work(2);
        assertThat(shed.column(id, "state || ' ' || upstream_id")).isEqualTo("ACTIVE " + late);
        assertThat(shed.vendor.asked()).hasSize(before);
    }

    @Test
    void whereMoreCameThanWasAskedForAPersonLooks() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.LOST);
        var id = Shed.done(shed.reachMore(server));
        shed.work();
        var other = shed.vendor.addressAppears(shed.number(server));
        shed.work();
        assertThat(shed.parked()).anyMatch(why -> why.contains("more addresses came") && why.contains(other));
        assertThat(shed.state(id)).isEqualTo("ORDERED");

        shed.vendor.losesAddress(other);
        assertThat(shed.books.<Looked>in(() -> shed.decisions.lookAgain(id, "the other one was a mistake")))
                .isEqualTo(new Looked.Again());
        shed.work();
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void whatTheVendorRefusesCostsNothing() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.REFUSED);
        var id = Shed.done(shed.reachMore(server));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
        assertThat(shed.timeline(server)).containsExactly("further_address_ordered", "further_address_failed");
        assertThat(shed.column(id, "failure")).contains("no such size");
    }

    @Test
    void whatDoesNotLeadThereForTooLongIsForAPersonAndCostsNothing() {
        var server = shed.server("10");
        shed.vendor.slow(true);
        var id = Shed.done(shed.reachMore(server));
        shed.work(2);
        shed.pass(Duration.ofHours(2));
        shed.work();
        var address = shed.column(id, "upstream_id");
        assertThat(shed.parked()).anyMatch(why -> why.contains(address + " is there, but does not lead"));

        assertThat(shed.books.in(() -> shed.decisions.giveUp(id, "the vendor says so")))
                .isTrue();
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
    }

    @Test
    void whoeverDiesWhileItIsGivenBackHasGivenItBack() {
        var server = shed.server("10");
        var id = shed.address(server);
        release(id);
        shed.vendor.fates(Fate.DEATH_AFTER);
        shed.work(2);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(charged(id, server)).isEqualTo("0.00100000 EUR");
    }

    @Test
    void whatIsNotGivenBackAtOnceIsGivenBackLater() {
        var server = shed.server("10");
        var id = shed.address(server);
        release(id);
        shed.vendor.fates(Fate.SILENT, Fate.FULL);
        shed.work(4);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.vendor.addressesOf(shed.number(server))).isEmpty();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        assertThat(charged(id, server)).isEqualTo("0.00100000 EUR");
    }

    private static OptionOutcome release(UUID address) {
        return shed.books.in(() -> shed.addresses.release(address));
    }

    private static String charged(UUID id, Rented server) {
        return shed.charged(id, server.wallet()).toString();
    }
}

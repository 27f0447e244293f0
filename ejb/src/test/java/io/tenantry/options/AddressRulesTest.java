package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books.Rented;
import io.tenantry.options.Warehouse.Fate;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many further addresses there may be, one after the other, and what becomes of them with their server. */
class AddressRulesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Shed shed;

    @BeforeAll
    static void open() {
        shed = new Shed("shed-ip-rules");
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
    void oneAtATimeAndAsManyAsTheVendorGives() {
        var server = shed.server("10");
        assertThat(choice(server).isOffered()).isTrue();
        assertThat(shed.reachMore(server)).isInstanceOf(OptionOutcome.Done.class);
        assertThat(shed.reachMore(server)).isEqualTo(new OptionOutcome.Busy());
        shed.work(2);
        var second = shed.address(server);
        assertThat(choice(server).isFull()).isTrue();
        assertThat(shed.reachMore(server)).isEqualTo(new OptionOutcome.TooMany(2));
        assertThat(choice(server).all())
                .extracting(OptionList.Shown::name)
                .containsExactlyInAnyOrderElementsOf(shed.vendor.addressesOf(shed.number(server)));

        release(second);
        assertThat(shed.reachMore(server)).isEqualTo(new OptionOutcome.Busy());
        shed.work(2);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(shed.address(server))).isEqualTo("ACTIVE");
    }

    @Test
    void whatIsNotOfferedOrHasAnotherPriceIsNotTaken() {
        var server = shed.server("10");
        assertThat(take(shed, server)).isEqualTo(new OptionOutcome.PriceChanged());
        var other = new Shed("shed-ip-bare");
        assertThat(take(other, other.server("10"))).isEqualTo(new OptionOutcome.NotOffered());
    }

    @Test
    void withItsServerItIsGivenBackAndChargedNoMore() {
        var server = shed.server("10");
        var id = shed.address(server);
        shed.books.clock.stopAt(shed.books.clock.instant().plus(Duration.ofMinutes(90)));
        shed.end(server);
        assertThat(shed.state(id)).isEqualTo("TERMINATING");
        assertThat(charged(id, server)).isEqualTo("0.00200000 EUR");
        shed.work(2);
        assertThat(shed.vendor.addressesOf(shed.number(server))).isEmpty();
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
        shed.charge(HOUR.multipliedBy(5));
        assertThat(charged(id, server)).isEqualTo("0.00200000 EUR");
    }

    @Test
    void oneThatIsOnItsWayWhenItsServerEndsIsGivenBackAndCostsNothing() {
        var server = shed.server("10");
        shed.vendor.slow(true);
        var id = Shed.done(shed.reachMore(server));
        shed.work(2);
        assertThat(shed.vendor.addressesOf(shed.number(server))).hasSize(1);
        shed.end(server);
        shed.work(2);
        assertThat(shed.vendor.addressesOf(shed.number(server))).isEmpty();
        assertThat(shed.state(id)).isEqualTo("ORDERED");
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
    }

    @Test
    void whatMayHaveComeOfALostAnswerIsGivenBackWhenItsServerHasEnded() {
        var server = shed.server("10");
        var own = shed.vendor.addressAppears(shed.number(server));
        shed.vendor.fates(Fate.LOST);
        var id = Shed.done(shed.reachMore(server));
        shed.work();
        shed.end(server);
        shed.work(2);
        assertThat(shed.vendor.addressesOf(shed.number(server))).containsExactly(own);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
    }

    @Test
    void oneThatNobodyAskedForYetFailsAtOnceWhenItsServerHasEnded() {
        var server = shed.server("10");
        var before = shed.vendor.asked().size();
        var id = Shed.done(shed.reachMore(server));
        shed.end(server);
        shed.work();
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(shed.vendor.asked()).hasSize(before);
    }

    @Test
    void whileAServerIsSetUpAnewNobodyIsAsked() {
        var server = shed.server("10");
        shed.changing(server, "REBUILD");
        var before = shed.vendor.asked().size();
        var id = Shed.done(shed.reachMore(server));
        shed.work(2);
        assertThat(shed.vendor.asked()).hasSize(before);
        shed.changing(server, null);
        shed.work(2);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void noneIsAskedForWhileAnotherIsOnItsWayOut() {
        var server = shed.server("10");
        var first = shed.address(server);
        shed.changing(server, "REBUILD");
        var second = Shed.done(shed.reachMore(server));
        release(first);
        shed.changing(server, null);
        shed.work(3);
        assertThat(shed.state(second)).isEqualTo("ORDERED");
        assertThat(shed.vendor.addressesOf(shed.number(server))).isEmpty();
        shed.pass(Duration.ofMinutes(2));
        shed.work(4);
        assertThat(shed.state(first)).isEqualTo("TERMINATED");
        assertThat(shed.state(second)).isEqualTo("ACTIVE");
    }

    @Test
    void noneIsGivenBackWhileNobodyKnowsWhatCameOfAQuestion() {
        var server = shed.server("10");
        var first = shed.address(server);
        shed.vendor.fates(Fate.SILENT);
        var second = Shed.done(shed.reachMore(server));
        shed.work();
        release(first);
        shed.work(3);
        assertThat(shed.vendor.addressesOf(shed.number(server))).containsExactly(shed.column(first, "upstream_id"));
        assertThat(charged(first, server)).isEqualTo("0.00100000 EUR");

        var late = shed.vendor.addressAppears(shed.number(server));
        shed.work(4);
        assertThat(shed.column(second, "state || ' ' || upstream_id")).isEqualTo("ACTIVE " + late);
        assertThat(shed.vendor.addressesOf(shed.number(server))).containsExactly(late);
    }

    @Test
    void oneThatItsVendorTellsAmongTheOthersCanBeNamedLikeThemUntilItIsGone() {
        var server = shed.server("10");
        shed.vendor.slow(true);
        var id = Shed.done(shed.reachMore(server));
        shed.work(2);
        shed.vendor.shows(shed.number(server), server.service());
        shed.vendor.ready();
        shed.work();
        var address = shed.column(id, "upstream_id");
        assertThat(shed.addressesOf(server)).containsExactly(address);

        release(id);
        shed.work(2);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.addressesOf(server)).isEmpty();
    }

    @Test
    void ofAServerThatHasTheNumberOfAnotherNothingIsAsked() {
        var server = shed.server("10");
        var id = Shed.done(shed.reachMore(server));
        shed.giveNumberAway(id);
        var before = shed.vendor.asked().size();
        shed.work();
        assertThat(shed.vendor.asked()).hasSize(before);
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
    }

    @Test
    void nothingIsGivenBackOfAServerThatHasTheNumberOfAnother() {
        var server = shed.server("10");
        var id = shed.address(server);
        release(id);
        shed.giveNumberAway(id);
        var before = shed.vendor.asked().size();
        shed.work();
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.vendor.asked()).hasSize(before);
        assertThat(shed.state(id)).isEqualTo("TERMINATED");
    }

    @Test
    void whatHasFailedIsShownAfterTheOthersAndTakesNoPlace() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.REFUSED);
        var failed = Shed.done(shed.reachMore(server));
        shed.work();
        var id = shed.address(server);
        assertThat(choice(server).all()).extracting(OptionList.Shown::id).containsExactly(id, failed);
        assertThat(choice(server).isOffered()).isTrue();
    }

    private static OptionOutcome take(Shed where, Rented server) {
        return where.books.in(() -> where.addresses.take(UUID.randomUUID(), server.service(), UUID.randomUUID()));
    }

    private static AddressList.Choice choice(Rented server) {
        return shed.books.in(() -> shed.further.choice(server.service()));
    }

    private static OptionOutcome release(UUID address) {
        return shed.books.in(() -> shed.addresses.release(address));
    }

    private static String charged(UUID id, Rented server) {
        return shed.charged(id, server.wallet()).toString();
    }
}

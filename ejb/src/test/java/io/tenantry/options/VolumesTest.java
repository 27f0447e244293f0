package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books.Rented;
import io.tenantry.options.Warehouse.Fate;
import io.tenantry.pricing.PriceFixture;
import io.tenantry.pricing.PriceKey;
import io.tenantry.provider.Progress;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes from the wish to the end, whatever answers are lost: ten gibibytes cost a cent an hour. */
class VolumesTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant MINUTE = Shed.NOON.plusSeconds(60);

    private static Shed shed;

    @BeforeAll
    static void open() {
        shed = new Shed("shed");
        shed.publish("0.73", "3.65");
    }

    @BeforeEach
    void begin() {
        shed.vendor.slow(false);
        shed.vendor.tasks(Progress.done());
    }

    @AfterEach
    void theBooksAreRight() {
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void itCostsFromWhenItIsThereAndIsAttachedToItsServer() {
        var server = shed.server("10");
        shed.vendor.slow(true);
        var id = Shed.done(shed.order(server, 10));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("ORDERED");
        assertThat(shed.holds(id)).containsExactly("HELD");
        assertThat(shed.charged(id, server.wallet())).isEqualTo(shed.books.money("0"));

        shed.vendor.ready();
        shed.work(3);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
        assertThat(shed.holds(id)).containsExactly("TAKEN");
        assertThat(shed.charged(id, server.wallet())).isEqualTo(shed.books.money("0.01"));
        assertThat(shed.column(id, "attached")).isEqualTo("true");
        assertThat(shed.vendor.of(id)).singleElement().satisfies(disk -> {
            assertThat(disk.sizeGib()).isEqualTo(10);
            assertThat(disk.serverId()).isPresent();
        });
        assertThat(shed.timeline(server)).containsExactly("volume_ordered", "volume_created", "volume_attached");
    }

    @Test
    void aServerTellsWhatRunsWithItAndWhatThatCosts() {
        var server = shed.server("10");
        assertThat(besides(server)).isEmpty();
        Shed.done(shed.order(server, 10));
        shed.work(4);
        var second = Shed.done(shed.order(server, 20));
        shed.work(4);
        assertThat(besides(server)).hasValueSatisfying(all -> {
            assertThat(all.options()).isEqualTo(2);
            assertThat(all.hourly()).isEqualTo(shed.books.money("0.03"));
            assertThat(all.monthly()).isEqualTo(shed.books.money("21.9"));
        });

        shed.books.in(() -> shed.volumes.detach(second));
        shed.work(4);
        assertThat(besides(server)).hasValueSatisfying(all -> {
            assertThat(all.options()).isEqualTo(1);
            assertThat(all.hourly()).isEqualTo(shed.books.money("0.01"));
        });
    }

    private static Optional<OptionList.Besides> besides(Rented server) {
        return shed.books.in(() -> shed.list.besides(server.service()));
    }

    @Test
    void askedForTwiceItIsTheSame() {
        var server = shed.server("10");
        var wish = UUID.randomUUID();
        assertThat(shed.order(wish, server, 10)).isEqualTo(shed.order(wish, server, 10));
        shed.work(4);
        assertThat(shed.vendor.of(wish)).hasSize(1);
        assertThat(shed.holds(wish)).containsExactly("TAKEN");
        assertThat(shed.charged(wish, server.wallet())).isEqualTo(shed.books.money("0.01"));
    }

    @Test
    void theFirstHoursOfADiskAreAsManyAsTheResellerWants() {
        var server = shed.server("0.035");
        first(24);
        try {
            assertThat(shed.order(server, 10)).isEqualTo(new OptionOutcome.TooLittle(shed.books.money("0.225")));
            first(1);
            assertThat(shed.order(server, 10)).isInstanceOf(OptionOutcome.Done.class);
        } finally {
            first(2);
        }
    }

    private static void first(int hours) {
        shed.books.in(() -> shed.books.sql.update("update order_policy set hours_held = ?", hours));
    }

    @Test
    void whoHasTooLittleIsToldHowMuchIsMissingAndNobodyIsAsked() {
        var server = shed.server("0.025");
        var before = shed.vendor.asked().size();
        var outcome = shed.order(server, 10);
        assertThat(outcome).isEqualTo(new OptionOutcome.TooLittle(shed.books.money("0.015")));
        shed.work();
        assertThat(shed.vendor.asked()).hasSize(before);
        assertThat(shed.timeline(server)).isEmpty();
    }

    @Test
    void whatWasShownAtAnotherPriceIsNotOrdered() {
        var server = shed.server("10");
        var outcome = shed.books.in(
                () -> shed.volumes.create(UUID.randomUUID(), server.service(), "data", 10, UUID.randomUUID()));
        assertThat(outcome).isEqualTo(new OptionOutcome.PriceChanged());
    }

    @Test
    void namesAndSizesThatNobodyMakesAreRefused() {
        var server = shed.server("10");
        assertThat(shed.order(server, 9)).isEqualTo(new OptionOutcome.BadSize(10, 10_000));
        assertThat(shed.books.in(
                        () -> shed.volumes.create(UUID.randomUUID(), server.service(), "<b>", 10, UUID.randomUUID())))
                .isEqualTo(new OptionOutcome.BadName());
    }

    @Test
    void whatALostAnswerMadeIsFoundByItsMark() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.LOST);
        var id = Shed.done(shed.order(server, 10));
        shed.work(4);
        assertThat(shed.vendor.of(id)).hasSize(1);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
        assertThat(shed.charged(id, server.wallet())).isEqualTo(shed.books.money("0.01"));
    }

    @Test
    void whatSomebodyMadeWhoDiedIsFoundByItsMark() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.DEATH_AFTER);
        var id = Shed.done(shed.order(server, 10));
        shed.work(5);
        assertThat(shed.vendor.of(id)).hasSize(1);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void itIsAskedForAgainOnlyOnceNothingCanComeOfTheQuestionBefore() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.SILENT);
        var id = Shed.done(shed.order(server, 10));
        var before = shed.vendor.asked().size();
        shed.work(3);
        assertThat(shed.vendor.asked()).hasSize(before + 1);

        shed.pass(Duration.ofMinutes(11));
        shed.work(4);
        assertThat(shed.vendor.of(id)).hasSize(1);
        assertThat(shed.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void whatTheVendorRefusesCostsNothing() {
        var server = shed.server("10");
        shed.vendor.fates(Fate.REFUSED);
        var id = Shed.done(shed.order(server, 10));
        shed.work();
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(shed.charged(id, server.wallet())).isEqualTo(shed.books.money("0"));
        assertThat(shed.timeline(server)).containsExactly("volume_ordered", "volume_failed");
        assertThat(shed.column(id, "failure")).contains("no such size");
    }

    @Test
    void whatNobodyCanTellIsForAPersonAndCanBeGivenUp() {
        var server = shed.server("10");
        var id = Shed.done(shed.order(server, 10));
        shed.vendor.appears(id, 10);
        shed.vendor.appears(id, 10);
        shed.work();
        assertThat(shed.parked()).singleElement().asString().contains("volumes with the mark of one");
        assertThat(shed.vendor.of(id)).hasSize(2);

        assertThat(shed.books.in(() -> shed.decisions.giveUp(id, "ordered by mistake")))
                .isTrue();
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
    }

    @Test
    void itGrowsAndCostsMoreFromThatSecondOn() {
        var server = shed.server("10");
        var volume = shed.volume(server, 10);
        shed.books.clock.stopAt(shed.books.clock.instant().plus(Duration.ofMinutes(20)));
        assertThat(shed.grow(volume, 30)).isEqualTo(new OptionOutcome.Done(volume.service()));
        assertThat(shed.holds(volume.service())).containsExactly("TAKEN", "HELD");
        assertThat(shed.grow(volume, 40)).isEqualTo(new OptionOutcome.Busy());
        shed.work(2);

        assertThat(shed.column(volume.service(), "quantity")).isEqualTo("30");
        assertThat(shed.holds(volume.service())).containsExactly("TAKEN", "TAKEN");
        assertThat(shed.books.charged(volume)).isEqualTo(shed.books.money("0.03"));
        assertThat(shed.vendor.of(volume.service()))
                .singleElement()
                .extracting("sizeGib")
                .isEqualTo(30);

        shed.charge(HOUR);
        assertThat(shed.books.charged(volume)).isEqualTo(shed.books.money("0.06"));
    }

    @Test
    void aLostAnswerMakesItGrowOnce() {
        var server = shed.server("10");
        var volume = shed.volume(server, 10);
        shed.vendor.fates(Fate.LOST);
        shed.grow(volume, 20);
        shed.work(3);
        assertThat(shed.column(volume.service(), "quantity || ' ' || coalesce(wanted, 'nothing')"))
                .isEqualTo("20 nothing");
        assertThat(shed.books.charged(volume)).isEqualTo(shed.books.money("0.02"));
    }

    @Test
    void whatTheVendorDoesNotLetGrowStaysAndItsMoneyIsFree() {
        var server = shed.server("10");
        var volume = shed.volume(server, 10);
        shed.vendor.fates(Fate.REFUSED);
        shed.grow(volume, 20);
        shed.work(2);
        assertThat(shed.column(volume.service(), "quantity || ' ' || coalesce(wanted, 'nothing')"))
                .isEqualTo("10 nothing");
        assertThat(shed.holds(volume.service())).containsExactlyInAnyOrder("TAKEN", "RELEASED");
        assertThat(shed.timeline(server)).endsWith("volume_grow", "volume_refused");
    }

    @Test
    void itNeverBecomesSmaller() {
        var volume = shed.volume(shed.server("10"), 20);
        assertThat(shed.grow(volume, 20)).isEqualTo(new OptionOutcome.BadSize(21, 10_000));
        assertThat(shed.grow(volume, 10)).isEqualTo(new OptionOutcome.BadSize(21, 10_000));
    }

    @Test
    void aMonthNeverCostsMoreThanItsPrice() {
        var other = new Shed("shed-month");
        other.publish("0.73", "3.65");
        other.books.clock.stopAt(Instant.parse("2026-11-30T23:00:00Z"));
        var volume = other.volume(other.server("100"), 10);
        other.charge(Duration.ofDays(31));
        assertThat(other.books.charged(volume)).isEqualTo(other.books.money("7.30"));
        other.charge(HOUR);
        assertThat(other.books.charged(volume)).isEqualTo(other.books.money("7.31"));
        assertThat(other.violations()).isEmpty();
    }

    @Test
    void itIsTakenOffOneServerAndAttachedToAnother() {
        var wallet = shed.books.wallet("10");
        var first = shed.server(wallet);
        var second = shed.server(wallet);
        var volume = shed.volume(first, 10);

        assertThat(shed.books.in(() -> shed.volumes.attach(volume.service(), second.service())))
                .isEqualTo(new OptionOutcome.Busy());
        shed.books.in(() -> shed.volumes.detach(volume.service()));
        shed.work(2);
        assertThat(shed.column(volume.service(), "attached")).isEqualTo("false");

        assertThat(shed.books.in(() -> shed.list.volumesOf(second.service()))).hasSize(1);
        shed.books.in(() -> shed.volumes.attach(volume.service(), second.service()));
        shed.work(2);
        assertThat(shed.column(volume.service(), "attached || ' ' || service_id"))
                .isEqualTo("true " + second.service());
        assertThat(shed.timeline(second)).containsExactly("volume_attach", "volume_attached");
    }

    @Test
    void itCostsUpToTheSecondInWhichItIsToBeDeleted() {
        var server = shed.server("10");
        var volume = shed.volume(server, 10);
        shed.books.clock.stopAt(shed.books.clock.instant().plus(Duration.ofMinutes(61)));
        shed.books.in(() -> shed.volumes.delete(volume.service()));
        assertThat(shed.books.charged(volume)).isEqualTo(shed.books.money("0.02"));
        assertThat(shed.books.in(() -> shed.volumes.delete(volume.service()))).isEqualTo(new OptionOutcome.Busy());

        shed.work(3);
        assertThat(shed.vendor.of(volume.service())).isEmpty();
        assertThat(shed.state(volume.service())).isEqualTo("TERMINATING");
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(volume.service())).isEqualTo("TERMINATED");
        shed.charge(HOUR.multipliedBy(3));
        assertThat(shed.books.charged(volume)).isEqualTo(shed.books.money("0.02"));
    }

    @Test
    void oneThatIsThereAfterADayIsAskedToBeDeletedAgainWhenSomebodyHasLooked() {
        var other = new Shed("shed-stubborn");
        other.publish("0.73", "3.65");
        var volume = other.volume(other.server("10"), 10);
        other.vendor.fates(Fate.SILENT);
        other.books.in(() -> other.volumes.delete(volume.service()));
        other.work();
        other.pass(Duration.ofDays(2));
        other.work();
        assertThat(other.parked()).singleElement().asString().contains("still there");

        other.books.in(() -> other.decisions.lookAgain(volume.service(), "it is there"));
        other.work(4);
        assertThat(other.vendor.of(volume.service())).isEmpty();
        assertThat(other.parked()).isEmpty();
    }

    @Test
    void toAnotherWhoGotItsServersNumberNothingIsAttached() {
        var server = shed.server("10");
        var volume = shed.volume(server, 10);
        shed.books.in(() -> shed.volumes.detach(volume.service()));
        shed.work(3);
        shed.giveNumberAway(volume.service());
        var before = shed.vendor.asked().size();
        shed.books.in(() -> shed.volumes.attach(volume.service(), server.service()));
        shed.work(2);
        assertThat(shed.vendor.asked()).hasSize(before);
        assertThat(shed.timeline(server)).endsWith("volume_attach", "volume_refused");
    }

    @Test
    void whatIsDeletedWhileItGrowsFreesItsMoney() {
        var volume = shed.volume(shed.server("10"), 10);
        shed.grow(volume, 20);
        shed.books.in(() -> shed.volumes.delete(volume.service()));
        assertThat(shed.holds(volume.service())).containsExactlyInAnyOrder("TAKEN", "RELEASED");
        assertThat(shed.books.charged(volume)).isEqualTo(shed.books.money("0.01"));
        shed.work(4);
        shed.pass(Duration.ofMinutes(2));
        shed.work();
        assertThat(shed.state(volume.service())).isEqualTo("TERMINATED");
    }

    @Test
    void itOutlivesItsServerAndGoesOnCosting() {
        var server = shed.server("10");
        var volume = shed.volume(server, 10);
        shed.charge(HOUR);
        shed.end(server);
        assertThat(shed.column(volume.service(), "state || ' ' || attached")).isEqualTo("ACTIVE false");
        shed.charge(HOUR);
        assertThat(shed.books.charged(server)).isEqualTo(shed.books.money("0.02"));
        assertThat(shed.books.charged(volume)).isEqualTo(shed.books.money("0.02"));
        var organization =
                shed.books.in(() -> shed.list.volume(volume.service())).organizationId();
        assertThat(shed.books.in(() -> shed.list.volumesIn(organization)))
                .singleElement()
                .matches(OptionList.Shown::isServerOver);
    }

    @Test
    void oneThatComesToBeAfterItsServerHasEndedIsAtNone() {
        var server = shed.server("10");
        shed.vendor.slow(true);
        var id = Shed.done(shed.order(server, 10));
        shed.work();
        shed.end(server);
        shed.vendor.ready();
        shed.work(3);
        assertThat(shed.column(id, "state || ' ' || attached || ' ' || coalesce(wanted, 'nothing')"))
                .isEqualTo("ACTIVE false nothing");
    }

    @Test
    void oneThatNobodyAskedForYetFailsWhenItsServerHasEnded() {
        var server = shed.server("10");
        var before = shed.vendor.asked().size();
        var id = Shed.done(shed.order(server, 10));
        shed.end(server);
        shed.work();
        assertThat(shed.state(id)).isEqualTo("FAILED");
        assertThat(shed.holds(id)).containsExactly("RELEASED");
        assertThat(shed.timeline(server)).endsWith("volume_ordered", "volume_failed");
        assertThat(shed.vendor.asked()).hasSize(before);
        assertThat(shed.violations()).isEmpty();
    }

    @Test
    void whatIsNotOfferedIsNotOrdered() {
        var other = new Shed("shed-bare");
        var server = other.server("10");
        assertThat(other.order(server, 10)).isEqualTo(new OptionOutcome.NotOffered());
        other.publish(OptionKind.VOLUME, "0.73");
        assertThat(other.books.in(() -> other.prices.publish(OptionKind.VOLUME, Optional.empty(), Optional.of(MINUTE))))
                .isEqualTo(OptionPrices.Outcome.DONE);
        assertThat(other.order(server, 10)).isInstanceOf(OptionOutcome.Done.class);
        other.books.clock.stopAt(MINUTE);
        assertThat(other.order(server, 10)).isEqualTo(new OptionOutcome.NotOffered());
    }

    @Test
    void whatIsThereStaysAtThePriceThatItsCustomerAccepted() {
        var other = new Shed("shed-dear");
        other.publish(OptionKind.VOLUME, "0.73");
        var server = other.server("10");
        var volume = other.volume(server, 10);
        other.books.clock.stopAt(MINUTE);
        other.publish(OptionKind.VOLUME, "1.46");
        var dearer = other.volume(server, 10);
        assertThat(other.books.charged(dearer)).isEqualTo(other.books.money("0.02"));
        other.charge(HOUR);
        assertThat(other.books.charged(volume)).isEqualTo(other.books.money("0.02"));
        assertThat(other.violations()).isEmpty();
    }

    @Test
    void whatAVendorTookOffWhenItsServerBeganAnewIsAttachedAgain() {
        var server = shed.server("10");
        var id = shed.volume(server, 10).service();
        var disk = shed.vendor.of(id).get(0);
        shed.vendor.takesOff(disk.id());
        shed.rebuilt(server);
        assertThat(shed.column(id, "wanted")).isEqualTo("ATTACH");
        shed.work(3);

        assertThat(shed.vendor.of(id).get(0).serverId()).isEqualTo(disk.serverId());
        assertThat(shed.column(id, "attached || coalesce(wanted, '-')")).isEqualTo("true-");
        assertThat(shed.timeline(server)).endsWith("volume_attached", "volume_attached");
    }

    @Test
    void whatIsStillAtAServerThatBeganAnewIsLeftThere() {
        var server = shed.server("10");
        var id = shed.volume(server, 10).service();
        var before = shed.vendor.asked().size();
        shed.rebuilt(server);
        shed.work(3);
        assertThat(shed.vendor.asked()).hasSize(before);
        assertThat(shed.column(id, "attached || coalesce(wanted, '-')")).isEqualTo("true-");
    }

    @Test
    void whatCannotBeAttachedAgainIsSaidToBeAtNone() {
        var server = shed.server("10");
        var id = shed.volume(server, 10).service();
        shed.vendor.takesOff(shed.vendor.of(id).get(0).id());
        shed.vendor.fates(Fate.REFUSED);
        shed.rebuilt(server);
        shed.work(3);
        assertThat(shed.column(id, "attached || coalesce(wanted, '-')")).isEqualTo("false-");
        assertThat(shed.timeline(server)).endsWith("volume_refused");
    }

    @Test
    void itIsAttachedWhenItsServerIsChangedAndNotMeanwhile() {
        var server = shed.server("10");
        shed.changing(server, "RESIZE");
        var id = shed.volume(server, 10).service();
        shed.work(10);
        assertThat(shed.column(id, "state || wanted || attached")).isEqualTo("ACTIVEATTACHfalse");
        assertThat(shed.vendor.of(id).get(0).serverId()).isEmpty();

        shed.changing(server, null);
        shed.work(3);
        assertThat(shed.column(id, "attached")).isEqualTo("true");
    }

    @Test
    void itGrowsAlsoWhileItsServerIsChanged() {
        var server = shed.server("10");
        var volume = shed.volume(server, 10);
        shed.changing(server, "RESIZE");
        shed.grow(volume, 20);
        shed.work(3);
        assertThat(shed.column(volume.service(), "quantity")).isEqualTo("20");
        shed.changing(server, null);
    }

    @Test
    void itIsNotAttachedToWhatHasAnothersMark() {
        var server = shed.server("10");
        shed.vendor.gives(shed.number(server), UUID.randomUUID());
        var id = shed.volume(server, 10).service();
        assertThat(shed.vendor.of(id).get(0).serverId()).isEmpty();
        assertThat(shed.column(id, "attached || coalesce(wanted, '-')")).isEqualTo("false-");
        assertThat(shed.timeline(server)).endsWith("volume_created", "volume_refused");
    }

    @Test
    void aPriceIsNeitherPublishedTwiceNorForThePast() {
        var other = new Shed("shed-past");
        other.publish(OptionKind.VOLUME, "0.73");
        other.books.clock.stopAt(MINUTE.plus(HOUR));
        assertThat(publish(other, "0.73", Optional.empty())).isEqualTo(OptionPrices.Outcome.UNCHANGED);
        assertThat(publish(other, "0.80", Optional.of(MINUTE))).isEqualTo(OptionPrices.Outcome.TOO_EARLY);
        assertThat(publish(other, "-1", Optional.empty())).isEqualTo(OptionPrices.Outcome.INVALID);
        assertThat(publish(other, "100001", Optional.empty())).isEqualTo(OptionPrices.Outcome.INVALID);
        assertThat(other.books.in(other.prices::all)).hasSize(1);
    }

    /** As of plans: so the settlement of a month asks it of the reseller by the hours that the customer was charged. */
    @Test
    void whatThePlatformAsksIsSoManyTimesWhatItAsksForOne() {
        var other = new Shed("shed-wholesale");
        PriceFixture.publish(
                other.books.tenant,
                "EUR",
                other.books.clock.instant(),
                Map.of(PriceFixture.option(PriceKey.PLATFORM, "VOLUME"), "0.0511"));
        var asked = other.books.money("0.73");
        assertThat(other.books.in(() -> other.prices.publish(OptionKind.VOLUME, Optional.of(asked), Optional.empty())))
                .isEqualTo(OptionPrices.Outcome.DONE);
        var volume = other.volume(other.server("10"), 10);
        BigDecimal wholesale = other.books.in(
                () -> other.books.sql.one("""
                select v.wholesale_monthly
                  from rated_period p
                  join price_version v on v.id = p.price_version_id
                 where p.service_id = ?
                """, row -> row.decimal("wholesale_monthly"), volume.service()));
        assertThat(wholesale).isEqualByComparingTo("0.511");

        other.books.clock.stopAt(MINUTE);
        var backup = other.books.money("3");
        assertThat(other.books.in(() -> other.prices.publish(OptionKind.BACKUP, Optional.of(backup), Optional.empty())))
                .as("its version of the list has no price of backups")
                .isEqualTo(OptionPrices.Outcome.NO_WHOLESALE);
        assertThat(other.books.in(other.prices::all)).hasSize(1);
        assertThat(other.violations()).isEmpty();
    }

    private static OptionPrices.Outcome publish(Shed other, String monthly, Optional<Instant> from) {
        var price = Optional.of(other.books.money(monthly));
        return other.books.in(() -> other.prices.publish(OptionKind.VOLUME, price, from));
    }
}

package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.ChargeBreakdown.BreakdownQuery;
import io.tenantry.billing.charging.ChargeBreakdown.Part;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Breakdown of an hour, a change within it and a day. 7.30 a month is a cent an hour, 73.00 is ten. */
class ChargeBreakdownTest {
    private static final Instant NOON = Instant.parse("2026-11-10T11:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 10);

    private static ChargeBreakdownFixture chargeBreakdownFixture;
    private static UUID cent;
    private static UUID dime;

    @BeforeAll
    static void open() {
        chargeBreakdownFixture = new ChargeBreakdownFixture("parts", "EUR", "Europe/Berlin", NOON);
        var plan = chargeBreakdownFixture.billingFixture.plan();
        cent = chargeBreakdownFixture.billingFixture.price(plan, 1, "7.30");
        chargeBreakdownFixture.billingFixture.clock.stopAt(NOON.plusSeconds(1));
        dime = chargeBreakdownFixture.billingFixture.price(plan, 2, "73.00");
    }

    @Test
    void listsServersAndAddonsOfAnHourWithTheirPrices() {
        var wallet = chargeBreakdownFixture.wallet("100");
        var server = chargeBreakdownFixture.billingFixture.rent(wallet, cent, at(5));
        var disk =
                chargeBreakdownFixture.volume(server, chargeBreakdownFixture.price("VOLUME", "0.073", 50), 50, at(10));
        charge(120);

        var found = chargeBreakdownFixture.ofLatest(wallet);
        assertThat(found).hasSize(2);
        assertThat(found.get(0)).satisfies(part -> {
            assertThat(part.thing()).isEqualTo(server.service());
            assertThat(part.kind() + " " + part.name() + " " + part.plan() + " " + part.version())
                    .isEqualTo("SERVER web Plan 1");
            assertThat(part.hours() + " " + part.hourly() + " " + part.amount())
                    .isEqualTo("1 0.01000000 EUR 0.01000000 EUR");
            assertThat(part.begins()).isEqualTo(at(65));
            assertThat(part.ends()).isEqualTo(at(125));
            assertThat(part.isCapped()).isFalse();
        });
        assertThat(found.get(1)).satisfies(part -> {
            assertThat(part.thing()).isEqualTo(disk.service());
            assertThat(part.serviceId()).isEqualTo(server.service());
            assertThat(part.kind() + " " + part.name() + " " + part.quantity()).isEqualTo("VOLUME attic 50");
            assertThat(part.amount()).isEqualTo(chargeBreakdownFixture.billingFixture.money("0.005"));
        });
    }

    @Test
    void showsAPriceIncreaseWithinAnHourAsASeparateLine() {
        var wallet = chargeBreakdownFixture.wallet("100");
        var server = chargeBreakdownFixture.billingFixture.rent(wallet, cent, at(5));
        charge(60);
        chargeBreakdownFixture.billingFixture.change(server, dime, at(80));
        charge(120);
        charge(180);

        var lines = chargeBreakdownFixture.charges(wallet);
        assertThat(lines).hasSize(4);
        assertThat(chargeBreakdownFixture.of(
                        ChargeBreakdownFixture.entry(wallet, lines.get(2).entryId())))
                .extracting(ChargeBreakdownTest::told)
                .containsExactly("1 1 0.00000000 EUR 0.01000000 EUR");
        assertThat(chargeBreakdownFixture.of(
                        ChargeBreakdownFixture.entry(wallet, lines.get(1).entryId())))
                .singleElement()
                .satisfies(part -> {
                    assertThat(told(part)).isEqualTo("2 0 0.09000000 EUR 0.09000000 EUR");
                    assertThat(part.begins()).as("the hour in progress").isEqualTo(at(65));
                    assertThat(part.ends()).isEqualTo(at(125));
                });
        assertThat(chargeBreakdownFixture.ofLatest(wallet))
                .extracting(ChargeBreakdownTest::told)
                .containsExactly("2 1 0.00000000 EUR 0.10000000 EUR");
        assertThat(chargeBreakdownFixture.of(ChargeBreakdownFixture.day(wallet, DAY)))
                .extracting(ChargeBreakdownTest::told)
                .containsExactly("2 1 0.09000000 EUR 0.19000000 EUR", "1 2 0.00000000 EUR 0.02000000 EUR");
    }

    @Test
    void dayShowsItsHoursAndItsCredits() {
        var wallet = chargeBreakdownFixture.wallet("100");
        var server = chargeBreakdownFixture.billingFixture.rent(wallet, cent, at(5));
        charge(60);
        charge(120);
        chargeBreakdownFixture.billingFixture.clock.stopAt(at(130));
        chargeBreakdownFixture.giveBack(wallet, "0.005");
        chargeBreakdownFixture.billingFixture.end(server, at(140));

        var day = chargeBreakdownFixture.inspect(ChargeBreakdownFixture.day(wallet, DAY));
        assertThat(day.amount()).isEqualTo(chargeBreakdownFixture.billingFixture.money("0.03"));
        assertThat(day.otherCharges()).isEqualTo(chargeBreakdownFixture.billingFixture.money("-0.005"));
        assertThat(day.total())
                .isEqualTo(chargeBreakdownFixture.daily(wallet).amounts().get(DAY));
        assertThat(chargeBreakdownFixture.of(ChargeBreakdownFixture.day(wallet, DAY)))
                .extracting(ChargeBreakdownTest::told)
                .containsExactly("1 3 0.00000000 EUR 0.03000000 EUR");
        assertThat(chargeBreakdownFixture.of(ChargeBreakdownFixture.day(wallet, DAY.plusDays(1))))
                .isEmpty();
    }

    /** 0.00002740 an hour is more than 0.02 for 730 hours: the last hour before the cap costs less, those after it nothing. */
    @Test
    void capsTheMonthAndOmitsHoursChargedNothing() {
        var other = new ChargeBreakdownFixture("parts-cap", "USD", "UTC", Instant.parse("2026-10-01T00:00:00Z"));
        var wallet = other.wallet("1");
        other.billingFixture.rent(wallet, other.billingFixture.price("0.02"), Instant.parse("2026-10-01T00:00:00Z"));
        var end = Instant.parse("2026-10-01T00:00:00Z").plus(Duration.ofHours(729));
        other.billingFixture.charge(end);
        assertThat(other.ofLatest(wallet)).singleElement().satisfies(part -> {
            assertThat(part.hours()).isEqualTo(728);
            assertThat(part.isCapped()).isFalse();
        });
        for (var hour = 1; hour <= 16; hour++) {
            other.billingFixture.charge(end.plus(Duration.ofHours(hour)));
        }

        var lines = other.charges(wallet);
        assertThat(lines)
                .extracting(statementLine -> statementLine.amount().amount().toPlainString())
                .startsWith("-0.00002740", "-0.00002540", "-0.01994720");
        assertThat(other.of(ChargeBreakdownFixture.entry(wallet, lines.get(1).entryId())))
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.hours()).isEqualTo(1);
                    assertThat(part.isCapped()).isTrue();
                    assertThat(part.isCut()).isTrue();
                    assertThat(part.monthCap()).isEqualTo(other.billingFixture.money("0.02"));
                });
        assertThat(other.ofLatest(wallet)).singleElement().satisfies(part -> {
            assertThat(part.hours()).isEqualTo(1);
            assertThat(part.isCapped()).isFalse();
            assertThat(part.begins()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
        });
    }

    /** Free periods roll over without an entry; the run after it still has one entry for each month. */
    @Test
    void ignoresMonthsWithoutCharges() {
        var other = new ChargeBreakdownFixture("parts-free", "USD", "UTC", Instant.parse("2026-09-30T12:00:00Z"));
        var wallet = other.wallet("100");
        var free = other.billingFixture.price("0");
        var paid = other.billingFixture.price("73.00");
        var first = other.billingFixture.rent(wallet, free, Instant.parse("2026-09-30T12:00:00Z"));
        other.billingFixture.charge(Instant.parse("2026-10-01T06:00:00Z"));
        var second = other.billingFixture.rent(wallet, paid, Instant.parse("2026-10-31T10:00:00Z"));
        other.billingFixture.change(first, paid, Instant.parse("2026-10-31T15:00:00Z"));
        other.billingFixture.charge(Instant.parse("2026-11-01T05:00:00Z"));

        var lines = other.charges(wallet);
        assertThat(lines)
                .extracting(statementLine -> statementLine.amount().amount().toPlainString())
                .containsExactly("-1.00000000", "-2.20000000", "-0.10000000");
        var october = other.of(ChargeBreakdownFixture.entry(wallet, lines.get(1).entryId()));
        assertThat(october)
                .filteredOn(part -> part.amount().isPositive())
                .extracting(part -> part.thing() + " " + part.hours())
                .containsExactly(second.service() + " 13", first.service() + " 9");
        assertThat(other.sum(october)).isEqualTo(other.billingFixture.money("2.20"));
        assertThat(other.ofLatest(wallet)).extracting(Part::hours).containsExactly(5, 5);
    }

    @Test
    void searchesFiltersAndPagesTheList() {
        var wallet = chargeBreakdownFixture.wallet("100");
        var server = chargeBreakdownFixture.billingFixture.rent(wallet, cent, at(5));
        var disk =
                chargeBreakdownFixture.volume(server, chargeBreakdownFixture.price("VOLUME", "0.073", 20), 20, at(10));
        charge(120);
        var breakdownQuery = ChargeBreakdownFixture.entry(
                wallet, chargeBreakdownFixture.charges(wallet).get(0).entryId());

        assertThat(view(breakdownQuery, new ListQuery("TTI", Map.of(), "", false, 0, 10))
                        .rows())
                .extracting(Part::thing)
                .containsExactly(disk.service());
        assertThat(view(breakdownQuery, ListQuery.of(10).with(ChargeBreakdown.KIND, "server"))
                        .rows())
                .extracting(Part::thing)
                .containsExactly(server.service());
        assertThat(view(breakdownQuery, ListQuery.of(10).part(1, 1))).satisfies(second -> {
            assertThat(second.rows()).extracting(Part::thing).containsExactly(disk.service());
            assertThat(second.total()).isEqualTo(2);
        });
        assertThat(view(breakdownQuery, ListQuery.of(10).part(7, 1)).total()).isEqualTo(2);
    }

    @Test
    void requiresAccessToTheWallet() {
        var wallet = chargeBreakdownFixture.wallet("100");
        chargeBreakdownFixture.billingFixture.rent(wallet, cent, at(5));
        var entry = chargeBreakdownFixture.charges(wallet).get(0).entryId();
        var another = chargeBreakdownFixture.wallet("100");

        assertThat(chargeBreakdownFixture.of(ChargeBreakdownFixture.entry(wallet, entry)))
                .hasSize(1);
        refused(ChargeBreakdownFixture.entry(another, entry));
        refused(ChargeBreakdownFixture.entry(UUID.randomUUID(), entry));
        refused(ChargeBreakdownFixture.entry(wallet, entry + 1_000_000));
        refused(new BreakdownQuery(wallet, Optional.empty(), Optional.empty()));
        var stranger = member(another);
        assertThatThrownBy(() -> Database.in(chargeBreakdownFixture.billingFixture.tenant, () -> {
                    try (var actorScope = Actors.enter(stranger)) {
                        return chargeBreakdownFixture.parts.rows(
                                ChargeBreakdownFixture.entry(wallet, entry), ListQuery.of(10));
                    }
                }))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> Database.in(chargeBreakdownFixture.billingFixture.tenant, () -> {
                    try (var actorScope = Actors.enter(stranger)) {
                        return chargeBreakdownFixture.parts.view(
                                ChargeBreakdownFixture.day(wallet, DAY), ListQuery.of(10));
                    }
                }))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void onlyChargesHaveABreakdown() {
        var wallet = chargeBreakdownFixture.wallet("100");
        var credit = chargeBreakdownFixture.billingFixture.in(() -> chargeBreakdownFixture.billingFixture.sql.one(
                "select max(entry_id) as id from posting where account_id = ?", row -> row.big("id"), wallet));
        refused(ChargeBreakdownFixture.entry(wallet, credit));
    }

    @Test
    void parsesTheAddressOfAnEntryOrADay() {
        var wallet = UUID.randomUUID();
        assertThat(BreakdownQuery.of(wallet, "12", "2026-11-10")).isEqualTo(ChargeBreakdownFixture.entry(wallet, 12));
        assertThat(BreakdownQuery.of(wallet, "x", "2026-11-10")).isEqualTo(ChargeBreakdownFixture.day(wallet, DAY));
        assertThat(BreakdownQuery.of(wallet, null, "yesterday"))
                .isEqualTo(new BreakdownQuery(wallet, Optional.empty(), Optional.empty()));
    }

    private static void refused(BreakdownQuery breakdownQuery) {
        assertThatThrownBy(() -> chargeBreakdownFixture.of(breakdownQuery)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> chargeBreakdownFixture.inspect(breakdownQuery)).isInstanceOf(NotFoundException.class);
    }

    private static ResultPage<Part> view(BreakdownQuery breakdownQuery, ListQuery listQuery) {
        return chargeBreakdownFixture
                .billingFixture
                .in(() -> chargeBreakdownFixture.parts.view(breakdownQuery, listQuery))
                .parts();
    }

    private static Actor member(UUID wallet) {
        var organization = chargeBreakdownFixture.organization(wallet);
        var person = UUID.randomUUID();
        chargeBreakdownFixture.billingFixture.in(() -> {
            chargeBreakdownFixture.billingFixture.sql.update(
                    "insert into person (id, email, name, created_at) values (?, ?, 'Olga', ?)",
                    person,
                    person + "@kiosk.example",
                    NOON);
            return chargeBreakdownFixture.billingFixture.sql.update(
                    "insert into membership (organization_id, person_id, role, joined_at) values (?, ?, 'owner', ?)",
                    organization,
                    person,
                    NOON);
        });
        return new Actor(Actor.Kind.MEMBER, person, "Olga");
    }

    private static String told(Part part) {
        return part.version() + " " + part.hours() + " " + part.increase() + " " + part.amount();
    }

    private static void charge(int minutes) {
        chargeBreakdownFixture.billingFixture.clock.stopAt(at(minutes));
        chargeBreakdownFixture.billingFixture.charge(at(minutes));
    }

    private static Instant at(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }
}

package io.tenantry.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.invoicing.Office;
import io.tenantry.tax.TaxOffice.Outcome;
import io.tenantry.tax.TaxOffice.Proof;
import io.tenantry.tax.TaxOffice.Scheme;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What staff say of tax, and from when on it holds. */
class TaxOfficeTest {
    private static final Instant NOW = Instant.parse("2026-10-10T12:20:00Z");
    private static final LocalDate NEXT_MONTH = LocalDate.of(2026, 11, 1);
    private static int count;

    private final Books books = new Books("tax-office-" + ++count, "EUR", "Europe/Berlin");
    private final TaxOffice taxes = new TaxOffice();

    @BeforeEach
    void open() {
        books.clock.stopAt(NOW);
        taxes.sql = books.sql;
        taxes.clock = books.clock;
        taxes.access = new Access(books.sql);
        taxes.audit = Office.trail(books);
        taxes.tenants = new TenantDirectory(Database.administration());
        taxes.ledger = books.ledger;
        taxes.charging = books.charging;
    }

    private Outcome register(String country, Scheme scheme, LocalDate from) {
        return books.in(() -> taxes.register(country, "DE999999995", scheme, from));
    }

    @Test
    void openPeriodsBearTaxFromTheBeginningOfAMonth() {
        var office = new Office(books);
        var rented = books.rent(books.wallet("100"), books.price("7.30"), NOW);
        office.name(rented.wallet());

        assertThat(register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 11))).isEqualTo(Outcome.FROM);
        assertThat(register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1))).isEqualTo(Outcome.FROM);
        assertThat(register("DE", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.DONE);
        assertThat(register("DE", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.UNCHANGED);

        // Half an hour after the month has begun in Berlin: 515 hours without tax, and one with.
        books.charge(Instant.parse("2026-10-31T23:30:00Z"));
        assertThat(books.balance(rented.wallet())).isEqualTo(books.money("94.8381"));
        BigDecimal pace = books.in(() -> books.sql.one(
                "select burn_per_hour from wallet where id = ?", row -> row.decimal("burn_per_hour"), rented.wallet()));
        assertThat(pace).isEqualByComparingTo("0.0119");
        assertThat(Rig.found(books.tenant))
                .noneMatch(found -> found.invariant().startsWith("tax")
                        || found.invariant().startsWith("period")
                        || List.of("wallet-pace", "charges-match-periods").contains(found.invariant()));
    }

    @Test
    void whereNothingIsChargedYetAnyDayWillDo() {
        var unused = new Office(books);

        assertThat(register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 5))).isEqualTo(Outcome.DONE);
        var registered = books.in(taxes::registrations);
        assertThat(registered)
                .containsExactly(new TaxOffice.Registration(
                        1,
                        "DE",
                        "DE999999995",
                        Scheme.DOMESTIC,
                        Instant.parse("2026-10-04T22:00:00Z"),
                        Optional.empty()));
    }

    @Test
    void aRegistrationEndsWithAMonthAndBeginsAgain() {
        var office = new Office(books);
        register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1));
        var rented = books.rent(books.wallet("100"), books.price("7.30"), NOW);
        office.name(rented.wallet());
        var id = books.in(taxes::registrations).get(0).id();

        assertThat(books.in(() -> taxes.deregister(id, LocalDate.of(2026, 10, 20))))
                .isEqualTo(Outcome.FROM);
        assertThat(books.in(() -> taxes.deregister(id, NEXT_MONTH))).isEqualTo(Outcome.DONE);
        assertThat(books.in(() -> taxes.deregister(id, NEXT_MONTH))).isEqualTo(Outcome.UNCHANGED);
        assertThatThrownBy(() -> books.in(() -> taxes.deregister(id + 1, NEXT_MONTH)))
                .isInstanceOf(NotVisible.class);
        assertThat(register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 12, 1))).isEqualTo(Outcome.DONE);
        assertThat(register("DE", Scheme.DOMESTIC, LocalDate.of(2027, 1, 1))).isEqualTo(Outcome.UNCHANGED);

        // 515 hours with tax, November without, and the first of December with it again.
        books.charge(Instant.parse("2026-10-31T23:30:00Z"));
        assertThat(books.balance(rented.wallet())).isEqualTo(books.money("93.8615"));
        books.charge(Instant.parse("2026-11-30T23:30:00Z"));
        assertThat(books.balance(rented.wallet())).isEqualTo(books.money("86.6596"));
        isSound();
    }

    @Test
    void whatWouldNotBeLawfulIsRefused() {
        assertThat(register("DE", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.SELLER);
        var unused = new Office(books);
        assertThat(register("XX", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.COUNTRY);
        assertThat(register("US", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.COUNTRY);
        assertThat(register("GB", Scheme.OSS, NEXT_MONTH)).isEqualTo(Outcome.SCHEME);
        assertThat(register("FR", Scheme.SMALL, NEXT_MONTH)).isEqualTo(Outcome.SCHEME);
        assertThat(books.in(() -> taxes.register("DE", " ", Scheme.DOMESTIC, NEXT_MONTH)))
                .isEqualTo(Outcome.NUMBER);
        assertThat(rate("US", "101")).isEqualTo(Outcome.PERCENT);
        assertThat(rate("XX", "1")).isEqualTo(Outcome.COUNTRY);
        var registered = books.in(taxes::registrations);
        assertThat(registered).isEmpty();
    }

    private Outcome rate(String place, String percent) {
        return books.in(
                () -> taxes.rate(new TaxOffice.Rate(place, TaxRates.STANDARD, new BigDecimal(percent), NEXT_MONTH)));
    }

    @Test
    void aRateThatIsNotedHoldsFromItsDay() {
        var unused = new Office(books);
        assertThat(rate("US", "7.25")).isEqualTo(Outcome.DONE);
        assertThat(rate("US", "8")).isEqualTo(Outcome.UNCHANGED);
        assertThat(register("US", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.DONE);
        assertThat(books.in(taxes::rates))
                .contains(new TaxOffice.Rate("US", "STANDARD", new BigDecimal("7.2500"), NEXT_MONTH));
    }

    private TaxOffice.Imported take(String... lines) {
        return books.in(() -> taxes.take(String.join("\n", lines)));
    }

    private static List<String> faults(TaxOffice.Imported imported) {
        return imported.faults().stream()
                .map(fault -> fault.line() + " " + fault.fault())
                .toList();
    }

    @Test
    void aTableIsTakenAsAWholeOrNotAtAllAndReadTwiceChangesNothing() {
        var unused = new Office(books);
        var before = books.in(taxes::rates).size();
        var table = new String[] {
            "place;category;percent;from",
            "US-CA;STANDARD;7,25;2026-01-01",
            "CA-QC;;GST;5;2026-01-01",
            "CA-QC;;QST;9.975;2026-01-01",
            "CA;;5;2026-01-01"
        };
        var wrong = take("US-CA;STANDARD;7.25;2026-01-01", "XX;STANDARD;1;2026-01-01", "US-NY;STANDARD;101;2026-01-01");
        assertThat(faults(wrong)).containsExactly("2 PLACE", "3 PERCENT");
        assertThat(wrong.written()).isZero();
        assertThat(books.in(taxes::rates)).hasSize(before);

        assertThat(take(table)).isEqualTo(new TaxOffice.Imported(3, 0, List.of()));
        assertThat(take(table)).isEqualTo(new TaxOffice.Imported(0, 3, List.of()));
        assertThat(books.in(taxes::rates))
                .hasSize(before + 3)
                .filteredOn(rate -> rate.place().equals("CA-QC"))
                .first()
                .satisfies(rate -> {
                    assertThat(rate.percent()).isEqualByComparingTo("14.975");
                    assertThat(rate.split().pieces()).hasSize(2);
                });
        assertThat(faults(take("US-CA,,8,2026-01-01"))).containsExactly("1 KNOWN");
        assertThat(faults(take("CA-QC;;GST;5;2026-01-01", "CA-QC;;QST;+9.975;2026-01-01")))
                .as("another split")
                .isNotEmpty();
        assertThat(register("US-CA", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.DONE);
        assertThat(register("US-NY", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.COUNTRY);
        assertThat(register("US-CA", Scheme.OSS, NEXT_MONTH)).isEqualTo(Outcome.SCHEME);
        assertThat(register("US-CA", Scheme.SMALL, NEXT_MONTH)).isEqualTo(Outcome.SCHEME);
    }

    /** While hours are charged a rate of a place where nothing was taxed yet may begin on any day. */
    @Test
    void aRateOfAPlaceWhereHoursAreTaxedBeginsWithAMonthToCome() {
        var office = new Office(books);
        assertThat(register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1))).isEqualTo(Outcome.DONE);
        var wallet = books.wallet("100");
        office.name(wallet);
        var unusedRented = books.rent(wallet, books.price("7.30"), NOW);

        assertThat(faults(take("DE;STANDARD;16;2026-10-05"))).containsExactly("1 FROM");
        assertThat(take("DE;STANDARD;16;2026-11-01", "US-CA;STANDARD;7.25;2026-10-05"))
                .isEqualTo(new TaxOffice.Imported(2, 0, List.of()));
    }

    @Test
    void pricesHaveTaxInThemFromADayOn() {
        assertThat(books.in(taxes::pricing)).isEmpty();
        assertThat(books.in(() -> taxes.price(true, NEXT_MONTH))).isEqualTo(Outcome.DONE);
        assertThat(books.in(taxes::pricing))
                .containsExactly(new TaxOffice.Pricing(true, Instant.parse("2026-10-31T23:00:00Z")));
    }

    @Test
    void whatACustomerIsMustBeProvenAndHoldsFromTheNextHour() {
        var office = new Office(books);
        register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1));
        var wallet = books.wallet("100");
        office.name(wallet);
        var organization = books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var rented = books.rent(wallet, books.price("7.30"), NOW);

        assertThat(note(organization, certificate(" ", null))).isEqualTo(Outcome.EVIDENCE);
        assertThat(note(organization, Proof.of("NATO SOFA 12/2026"))).isEqualTo(Outcome.DOCUMENT);
        assertThat(note(organization, certificate("NATO SOFA 12/2026", LocalDate.of(2026, 10, 9))))
                .isEqualTo(Outcome.UNTIL);
        assertThat(note(organization, certificate("NATO SOFA 12/2026", null))).isEqualTo(Outcome.DONE);
        assertThat(note(organization, Proof.of("NATO SOFA 12/2026"))).isEqualTo(Outcome.UNCHANGED);
        assertThat(books.in(() -> taxes.standing(organization)).status()).isEqualTo(Buyer.Status.EXEMPT);
        books.charge(NOW.plusSeconds(3_601));
        assertThat(books.balance(wallet)).isEqualTo(books.money("99.9781"));
        assertThat(books.hours(rented)).isEqualTo(2);
        assertThat(Rig.found(books.tenant))
                .noneMatch(found -> found.invariant().startsWith("tax")
                        || found.invariant().startsWith("period")
                        || List.of("wallet-pace", "charges-match-periods").contains(found.invariant()));
    }

    @Test
    void whatWasProvenOfANumberIsNotProvenOfAnother() {
        var office = new Office(books);
        register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1));
        var wallet = books.wallet("100");
        office.name(wallet);
        var organization = books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var unused =
                books.in(() -> taxes.note(organization, Buyer.Status.BUSINESS, Proof.of("VIES, request WAPIAAAA")));

        books.in(() -> {
            taxes.moved(new PlaceChanged(organization, true));
            return true;
        });

        assertThat(books.in(() -> taxes.standing(organization)).status()).isEqualTo(Buyer.Status.CONSUMER);
    }

    private Outcome note(UUID organization, Proof proof) {
        return books.in(() -> taxes.note(organization, Buyer.Status.EXEMPT, proof));
    }

    /** What frees somebody until a day, or for ever. */
    static Proof certificate(String text, @Nullable LocalDate until) {
        var file = TaxFile.of("C:\\certificate.pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII));
        return new Proof(text, Optional.ofNullable(until), file);
    }

    private record Freed(UUID organization, UUID wallet, Books.Rented rented) {}

    /** Rents at 12:20 and is freed until the end of the next day, which in Berlin is at 22:00. */
    private Freed freed() {
        var office = new Office(books);
        register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1));
        var wallet = books.wallet("100");
        office.name(wallet);
        var organization = books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var rented = books.rent(wallet, books.price("7.30"), NOW);
        assertThat(note(organization, certificate("NATO SOFA 12/2026", LocalDate.of(2026, 10, 11))))
                .isEqualTo(Outcome.DONE);
        return new Freed(organization, wallet, rented);
    }

    private void isSound() {
        assertThat(Rig.found(books.tenant))
                .noneMatch(found -> found.invariant().startsWith("tax")
                        || found.invariant().startsWith("period")
                        || List.of("wallet-pace", "charges-match-periods").contains(found.invariant()));
    }

    /** An hour before it was freed, 33 until 22:20 of which the last had begun when it ended, and twelve after that. */
    private static final String PAID = "99.5153";

    private static final Instant MORNING = Instant.parse("2026-10-12T10:00:00Z");

    @Test
    void anExemptionEndsWithItsLastDayHoweverLateThatIsCharged() {
        var freed = freed();

        books.charge(MORNING);

        assertThat(books.balance(freed.wallet())).isEqualTo(books.money(PAID));
        BigDecimal pace = books.in(() -> books.sql.one(
                "select burn_per_hour from wallet where id = ?", row -> row.decimal("burn_per_hour"), freed.wallet()));
        assertThat(pace).isEqualByComparingTo("0.0119");
        isSound();
    }

    @Test
    void anExemptionEndsTheSameChargedHourByHour() {
        var freed = freed();

        for (var at = NOW; at.isBefore(MORNING); at = at.plusSeconds(3_600)) {
            books.charge(at);
        }
        books.charge(MORNING);

        assertThat(books.balance(freed.wallet())).isEqualTo(books.money(PAID));
        isSound();
    }

    @Test
    void whatIsSaidAfterAnExemptionHasEndedDoesNotProlongIt() {
        var freed = freed();
        books.clock.stopAt(MORNING);

        assertThat(books.in(() -> taxes.standing(freed.organization())).status())
                .isEqualTo(Buyer.Status.CONSUMER);
        assertThat(note(freed.organization(), Proof.of("NATO SOFA 12/2026"))).isEqualTo(Outcome.DOCUMENT);
        assertThat(note(freed.organization(), certificate("NATO SOFA 1/2027", null)))
                .isEqualTo(Outcome.DONE);

        assertThat(books.balance(freed.wallet())).isEqualTo(books.money(PAID));
        books.charge(MORNING.plusSeconds(3_600));
        assertThat(books.balance(freed.wallet())).isEqualTo(books.money("99.5053"));
        isSound();
    }

    @Test
    void aServiceThatEndsAfterAnExemptionPaysTheSame() {
        var freed = freed();
        books.clock.stopAt(MORNING);

        books.end(freed.rented(), MORNING);

        assertThat(books.balance(freed.wallet())).isEqualTo(books.money(PAID));
        isSound();
    }

    @Test
    void whoIsFreedIsListedWithWhatProvesIt() {
        var freed = freed();

        var listed = books.in(taxes::exemptions);

        assertThat(listed).singleElement().satisfies(one -> {
            assertThat(one.organizationId()).isEqualTo(freed.organization());
            assertThat(one.until()).hasValue(LocalDate.of(2026, 10, 11));
            assertThat(one.isOver()).isFalse();
            var file = books.in(() -> taxes.document(one.document().orElseThrow()));
            assertThat(file.name()).isEqualTo("certificate.pdf");
            assertThat(file.content()).asString().isEqualTo("%PDF-1.7");
        });
        books.clock.stopAt(MORNING);
        assertThat(books.in(taxes::exemptions)).singleElement().matches(TaxOffice.Exemption::isOver);
        assertThatThrownBy(() -> books.in(() -> taxes.document(UUID.randomUUID())))
                .isInstanceOf(NotVisible.class);
        assertThat(TaxFile.of("a.pdf", "<html>".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void aStrangerSaysNothingOfTax() {
        try (var acting = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(books.tenant, taxes::registrations))
                    .isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> Database.in(books.tenant, () -> taxes.price(true, NEXT_MONTH)))
                    .isInstanceOf(AccessDenied.class);
        }
    }
}

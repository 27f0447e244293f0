package io.tenantry.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.billing.tax.TaxSettings.Outcome;
import io.tenantry.billing.tax.TaxSettings.Proof;
import io.tenantry.billing.tax.TaxSettings.Scheme;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
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

/** The tax settings of staff, and from when on they apply. */
class TaxSettingsTest {
    private static final Instant NOW = Instant.parse("2026-10-10T12:20:00Z");
    private static final LocalDate NEXT_MONTH = LocalDate.of(2026, 11, 1);
    private static int count;

    private final BillingFixture billingFixture = new BillingFixture("tax-office-" + ++count, "EUR", "Europe/Berlin");
    private final TaxSettings taxes = new TaxSettings();

    @BeforeEach
    void open() {
        billingFixture.clock.stopAt(NOW);
        taxes.sql = billingFixture.sql;
        taxes.clock = billingFixture.clock;
        taxes.access = new Access(billingFixture.sql);
        taxes.audit = InvoicingFixture.trail(billingFixture);
        taxes.tenants = new TenantDirectory(Database.administration());
        taxes.ledger = billingFixture.ledger;
        taxes.charging = billingFixture.charging;
    }

    private Outcome register(String country, Scheme scheme, LocalDate from) {
        return billingFixture.in(() -> taxes.register(country, "DE999999995", scheme, from));
    }

    @Test
    void openPeriodsBearTaxFromTheBeginningOfAMonth() {
        var invoicingFixture = new InvoicingFixture(billingFixture);
        var rented = billingFixture.rent(billingFixture.wallet("100"), billingFixture.price("7.30"), NOW);
        invoicingFixture.name(rented.wallet());

        assertThat(register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 11))).isEqualTo(Outcome.FROM);
        assertThat(register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1))).isEqualTo(Outcome.FROM);
        assertThat(register("DE", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.DONE);
        assertThat(register("DE", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.UNCHANGED);

        // Half an hour after the start of the month in Berlin: 515 hours without tax, and one with.
        billingFixture.charge(Instant.parse("2026-10-31T23:30:00Z"));
        assertThat(billingFixture.balance(rented.wallet())).isEqualTo(billingFixture.money("94.8381"));
        BigDecimal pace = billingFixture.in(() -> billingFixture.sql.one(
                "select hourly_cost from wallet where id = ?", row -> row.decimal("hourly_cost"), rented.wallet()));
        assertThat(pace).isEqualByComparingTo("0.0119");
        assertThat(AuditorFixture.found(billingFixture.tenant))
                .noneMatch(found -> found.invariant().startsWith("tax")
                        || found.invariant().startsWith("period")
                        || List.of("wallet-pace", "charges-match-periods").contains(found.invariant()));
    }

    @Test
    void whereNothingIsChargedYetAnyDayWillDo() {
        var unused = new InvoicingFixture(billingFixture);

        assertThat(register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 5))).isEqualTo(Outcome.DONE);
        var registered = billingFixture.in(taxes::registrations);
        assertThat(registered)
                .containsExactly(new TaxSettings.Registration(
                        1,
                        "DE",
                        "DE999999995",
                        Scheme.DOMESTIC,
                        Instant.parse("2026-10-04T22:00:00Z"),
                        Optional.empty()));
    }

    @Test
    void aRegistrationEndsWithAMonthAndBeginsAgain() {
        var invoicingFixture = new InvoicingFixture(billingFixture);
        register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1));
        var rented = billingFixture.rent(billingFixture.wallet("100"), billingFixture.price("7.30"), NOW);
        invoicingFixture.name(rented.wallet());
        var id = billingFixture.in(taxes::registrations).get(0).id();

        assertThat(billingFixture.in(() -> taxes.deregister(id, LocalDate.of(2026, 10, 20))))
                .isEqualTo(Outcome.FROM);
        assertThat(billingFixture.in(() -> taxes.deregister(id, NEXT_MONTH))).isEqualTo(Outcome.DONE);
        assertThat(billingFixture.in(() -> taxes.deregister(id, NEXT_MONTH))).isEqualTo(Outcome.UNCHANGED);
        assertThatThrownBy(() -> billingFixture.in(() -> taxes.deregister(id + 1, NEXT_MONTH)))
                .isInstanceOf(NotFoundException.class);
        assertThat(register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 12, 1))).isEqualTo(Outcome.DONE);
        assertThat(register("DE", Scheme.DOMESTIC, LocalDate.of(2027, 1, 1))).isEqualTo(Outcome.UNCHANGED);

        // 515 hours with tax, November without, and the first hour of December with it again.
        billingFixture.charge(Instant.parse("2026-10-31T23:30:00Z"));
        assertThat(billingFixture.balance(rented.wallet())).isEqualTo(billingFixture.money("93.8615"));
        billingFixture.charge(Instant.parse("2026-11-30T23:30:00Z"));
        assertThat(billingFixture.balance(rented.wallet())).isEqualTo(billingFixture.money("86.6596"));
        isSound();
    }

    @Test
    void whatWouldNotBeLawfulIsRefused() {
        assertThat(register("DE", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.SELLER);
        var unused = new InvoicingFixture(billingFixture);
        assertThat(register("XX", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.COUNTRY);
        assertThat(register("US", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.COUNTRY);
        assertThat(register("GB", Scheme.OSS, NEXT_MONTH)).isEqualTo(Outcome.SCHEME);
        assertThat(register("FR", Scheme.SMALL_BUSINESS, NEXT_MONTH)).isEqualTo(Outcome.SCHEME);
        assertThat(billingFixture.in(() -> taxes.register("DE", " ", Scheme.DOMESTIC, NEXT_MONTH)))
                .isEqualTo(Outcome.NUMBER);
        assertThat(rate("US", "101")).isEqualTo(Outcome.PERCENT);
        assertThat(rate("XX", "1")).isEqualTo(Outcome.COUNTRY);
        var registered = billingFixture.in(taxes::registrations);
        assertThat(registered).isEmpty();
    }

    private Outcome rate(String place, String percent) {
        return billingFixture.in(
                () -> taxes.rate(new TaxSettings.Rate(place, TaxRates.STANDARD, new BigDecimal(percent), NEXT_MONTH)));
    }

    @Test
    void aRateThatIsNotedHoldsFromItsDay() {
        var unused = new InvoicingFixture(billingFixture);
        assertThat(rate("US", "7.25")).isEqualTo(Outcome.DONE);
        assertThat(rate("US", "8")).isEqualTo(Outcome.UNCHANGED);
        assertThat(register("US", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.DONE);
        assertThat(billingFixture.in(taxes::rates))
                .contains(new TaxSettings.Rate("US", "STANDARD", new BigDecimal("7.2500"), NEXT_MONTH));
    }

    private TaxSettings.Imported take(String... lines) {
        return billingFixture.in(() -> taxes.take(String.join("\n", lines)));
    }

    private static List<String> faults(TaxSettings.Imported imported) {
        return imported.faults().stream()
                .map(fault -> fault.line() + " " + fault.fault())
                .toList();
    }

    @Test
    void aTableIsTakenAsAWholeOrNotAtAllAndReadTwiceChangesNothing() {
        var unused = new InvoicingFixture(billingFixture);
        var before = billingFixture.in(taxes::rates).size();
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
        assertThat(billingFixture.in(taxes::rates)).hasSize(before);

        assertThat(take(table)).isEqualTo(new TaxSettings.Imported(3, 0, List.of()));
        assertThat(take(table)).isEqualTo(new TaxSettings.Imported(0, 3, List.of()));
        assertThat(billingFixture.in(taxes::rates))
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
        assertThat(register("US-CA", Scheme.SMALL_BUSINESS, NEXT_MONTH)).isEqualTo(Outcome.SCHEME);
    }

    /** While hours are charged, a rate of a place where nothing was taxed yet may begin on any day. */
    @Test
    void aRateOfAPlaceWhereHoursAreTaxedBeginsWithAMonthToCome() {
        var invoicingFixture = new InvoicingFixture(billingFixture);
        assertThat(register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1))).isEqualTo(Outcome.DONE);
        var wallet = billingFixture.wallet("100");
        invoicingFixture.name(wallet);
        var unusedRented = billingFixture.rent(wallet, billingFixture.price("7.30"), NOW);

        assertThat(faults(take("DE;STANDARD;16;2026-10-05"))).containsExactly("1 FROM");
        assertThat(take("DE;STANDARD;16;2026-11-01", "US-CA;STANDARD;7.25;2026-10-05"))
                .isEqualTo(new TaxSettings.Imported(2, 0, List.of()));
    }

    @Test
    void pricesHaveTaxInThemFromADayOn() {
        assertThat(billingFixture.in(taxes::pricing)).isEmpty();
        assertThat(billingFixture.in(() -> taxes.price(true, NEXT_MONTH))).isEqualTo(Outcome.DONE);
        assertThat(billingFixture.in(taxes::pricing))
                .containsExactly(new TaxSettings.Pricing(true, Instant.parse("2026-10-31T23:00:00Z")));
    }

    @Test
    void whatACustomerIsMustBeProvenAndHoldsFromTheNextHour() {
        var invoicingFixture = new InvoicingFixture(billingFixture);
        register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1));
        var wallet = billingFixture.wallet("100");
        invoicingFixture.name(wallet);
        var organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var rented = billingFixture.rent(wallet, billingFixture.price("7.30"), NOW);

        assertThat(note(organization, certificate(" ", null))).isEqualTo(Outcome.EVIDENCE);
        assertThat(note(organization, Proof.of("NATO SOFA 12/2026"))).isEqualTo(Outcome.DOCUMENT);
        assertThat(note(organization, certificate("NATO SOFA 12/2026", LocalDate.of(2026, 10, 9))))
                .isEqualTo(Outcome.UNTIL);
        assertThat(note(organization, certificate("NATO SOFA 12/2026", null))).isEqualTo(Outcome.DONE);
        assertThat(note(organization, Proof.of("NATO SOFA 12/2026"))).isEqualTo(Outcome.UNCHANGED);
        assertThat(billingFixture.in(() -> taxes.status(organization)).status()).isEqualTo(TaxCustomer.Status.EXEMPT);
        billingFixture.charge(NOW.plusSeconds(3_601));
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("99.9781"));
        assertThat(billingFixture.hours(rented)).isEqualTo(2);
        assertThat(AuditorFixture.found(billingFixture.tenant))
                .noneMatch(found -> found.invariant().startsWith("tax")
                        || found.invariant().startsWith("period")
                        || List.of("wallet-pace", "charges-match-periods").contains(found.invariant()));
    }

    @Test
    void whatWasProvenOfANumberIsNotProvenOfAnother() {
        var invoicingFixture = new InvoicingFixture(billingFixture);
        register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1));
        var wallet = billingFixture.wallet("100");
        invoicingFixture.name(wallet);
        var organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var unused = billingFixture.in(
                () -> taxes.note(organization, TaxCustomer.Status.BUSINESS, Proof.of("VIES, request WAPIAAAA")));

        billingFixture.in(() -> {
            taxes.moved(new TaxLocationChanged(organization, true));
            return true;
        });

        assertThat(billingFixture.in(() -> taxes.status(organization)).status()).isEqualTo(TaxCustomer.Status.CONSUMER);
    }

    private Outcome note(UUID organization, Proof proof) {
        return billingFixture.in(() -> taxes.note(organization, TaxCustomer.Status.EXEMPT, proof));
    }

    /** Returns an exemption proof valid until a day, or indefinitely. */
    static Proof certificate(String text, @Nullable LocalDate until) {
        var file = ExemptionCertificate.of("C:\\certificate.pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII));
        return new Proof(text, Optional.ofNullable(until), file);
    }

    private record Freed(UUID organization, UUID wallet, BillingFixture.Rented rented) {}

    /** Rents at 12:20 and is exempt until the end of the next day, which in Berlin is at 22:00. */
    private Freed freed() {
        var invoicingFixture = new InvoicingFixture(billingFixture);
        register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1));
        var wallet = billingFixture.wallet("100");
        invoicingFixture.name(wallet);
        var organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var rented = billingFixture.rent(wallet, billingFixture.price("7.30"), NOW);
        assertThat(note(organization, certificate("NATO SOFA 12/2026", LocalDate.of(2026, 10, 11))))
                .isEqualTo(Outcome.DONE);
        return new Freed(organization, wallet, rented);
    }

    private void isSound() {
        assertThat(AuditorFixture.found(billingFixture.tenant))
                .noneMatch(found -> found.invariant().startsWith("tax")
                        || found.invariant().startsWith("period")
                        || List.of("wallet-pace", "charges-match-periods").contains(found.invariant()));
    }

    /** One hour before the exemption, 33 until 22:20 of which the last had started when it ended, and twelve after that. */
    private static final String PAID = "99.5153";

    private static final Instant MORNING = Instant.parse("2026-10-12T10:00:00Z");

    @Test
    void anExemptionEndsWithItsLastDayHoweverLateThatIsCharged() {
        var freed = freed();

        billingFixture.charge(MORNING);

        assertThat(billingFixture.balance(freed.wallet())).isEqualTo(billingFixture.money(PAID));
        BigDecimal pace = billingFixture.in(() -> billingFixture.sql.one(
                "select hourly_cost from wallet where id = ?", row -> row.decimal("hourly_cost"), freed.wallet()));
        assertThat(pace).isEqualByComparingTo("0.0119");
        isSound();
    }

    @Test
    void anExemptionEndsTheSameChargedHourByHour() {
        var freed = freed();

        for (var at = NOW; at.isBefore(MORNING); at = at.plusSeconds(3_600)) {
            billingFixture.charge(at);
        }
        billingFixture.charge(MORNING);

        assertThat(billingFixture.balance(freed.wallet())).isEqualTo(billingFixture.money(PAID));
        isSound();
    }

    @Test
    void whatIsSaidAfterAnExemptionHasEndedDoesNotProlongIt() {
        var freed = freed();
        billingFixture.clock.stopAt(MORNING);

        assertThat(billingFixture.in(() -> taxes.status(freed.organization())).status())
                .isEqualTo(TaxCustomer.Status.CONSUMER);
        assertThat(note(freed.organization(), Proof.of("NATO SOFA 12/2026"))).isEqualTo(Outcome.DOCUMENT);
        assertThat(note(freed.organization(), certificate("NATO SOFA 1/2027", null)))
                .isEqualTo(Outcome.DONE);

        assertThat(billingFixture.balance(freed.wallet())).isEqualTo(billingFixture.money(PAID));
        billingFixture.charge(MORNING.plusSeconds(3_600));
        assertThat(billingFixture.balance(freed.wallet())).isEqualTo(billingFixture.money("99.5053"));
        isSound();
    }

    @Test
    void aServiceThatEndsAfterAnExemptionPaysTheSame() {
        var freed = freed();
        billingFixture.clock.stopAt(MORNING);

        billingFixture.end(freed.rented(), MORNING);

        assertThat(billingFixture.balance(freed.wallet())).isEqualTo(billingFixture.money(PAID));
        isSound();
    }

    @Test
    void whoIsFreedIsListedWithWhatProvesIt() {
        var freed = freed();

        var listed = billingFixture.in(taxes::exemptions);

        assertThat(listed).singleElement().satisfies(one -> {
            assertThat(one.organizationId()).isEqualTo(freed.organization());
            assertThat(one.until()).hasValue(LocalDate.of(2026, 10, 11));
            assertThat(one.isOver()).isFalse();
            var file = billingFixture.in(() -> taxes.document(one.document().orElseThrow()));
            assertThat(file.name()).isEqualTo("certificate.pdf");
            assertThat(file.content()).asString().isEqualTo("%PDF-1.7");
        });
        billingFixture.clock.stopAt(MORNING);
        assertThat(billingFixture.in(taxes::exemptions)).singleElement().matches(TaxSettings.Exemption::isOver);
        assertThatThrownBy(() -> billingFixture.in(() -> taxes.document(UUID.randomUUID())))
                .isInstanceOf(NotFoundException.class);
        assertThat(ExemptionCertificate.of("a.pdf", "<html>".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void aStrangerSaysNothingOfTax() {
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(billingFixture.tenant, taxes::registrations))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Database.in(billingFixture.tenant, () -> taxes.price(true, NEXT_MONTH)))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }
}

package io.tenantry.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.billing.tax.CustomerTaxStatuses.Outcome;
import io.tenantry.billing.tax.CustomerTaxStatuses.Proof;
import io.tenantry.billing.tax.TaxSettings.Scheme;
import io.tenantry.people.identity.NotFoundException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tax status of a customer, its evidence, and from when on it applies. */
@Tag("full")
class CustomerTaxStatusesTest {
    private static final Instant NOW = Instant.parse("2026-10-10T12:20:00Z");
    private static int count;

    private final BillingFixture billingFixture = new BillingFixture("tax-statuses-" + ++count, "EUR", "Europe/Berlin");
    private final TaxSettingsFixture fixture = new TaxSettingsFixture(billingFixture);
    private final CustomerTaxStatuses statuses = fixture.statuses;

    @BeforeEach
    void open() {
        billingFixture.clock.stopAt(NOW);
    }

    @Test
    void requiresEvidenceAndAppliesFromTheNextHour() {
        var invoicingFixture = new InvoicingFixture(billingFixture);
        fixture.register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1));
        var wallet = billingFixture.wallet("100");
        invoicingFixture.name(wallet);
        var organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var rented = billingFixture.rent(wallet, billingFixture.price("7.30"), NOW);

        assertThat(setExempt(organization, certificate(" ", null))).isEqualTo(Outcome.EVIDENCE);
        assertThat(setExempt(organization, Proof.of("NATO SOFA 12/2026"))).isEqualTo(Outcome.DOCUMENT);
        assertThat(setExempt(organization, certificate("NATO SOFA 12/2026", LocalDate.of(2026, 10, 9))))
                .isEqualTo(Outcome.UNTIL);
        assertThat(setExempt(organization, certificate("NATO SOFA 12/2026", null)))
                .isEqualTo(Outcome.DONE);
        assertThat(setExempt(organization, Proof.of("NATO SOFA 12/2026"))).isEqualTo(Outcome.UNCHANGED);
        assertThat(billingFixture.in(() -> statuses.of(organization)).status()).isEqualTo(TaxCustomer.Status.EXEMPT);
        billingFixture.charge(NOW.plusSeconds(3_601));
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("99.9781"));
        assertThat(billingFixture.hours(rented)).isEqualTo(2);
        fixture.assertConsistent();
    }

    @Test
    void discardsEvidenceOfAReplacedVatNumber() {
        var invoicingFixture = new InvoicingFixture(billingFixture);
        fixture.register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1));
        var wallet = billingFixture.wallet("100");
        invoicingFixture.name(wallet);
        var organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var unused = billingFixture.in(
                () -> statuses.set(organization, TaxCustomer.Status.BUSINESS, Proof.of("VIES, request WAPIAAAA")));

        billingFixture.in(() -> {
            statuses.locationChanged(new TaxLocationChanged(organization, true));
            return true;
        });

        assertThat(billingFixture.in(() -> statuses.of(organization)).status()).isEqualTo(TaxCustomer.Status.CONSUMER);
    }

    private Outcome setExempt(UUID organization, Proof proof) {
        return billingFixture.in(() -> statuses.set(organization, TaxCustomer.Status.EXEMPT, proof));
    }

    /** Returns an exemption proof valid until a day, or indefinitely. */
    static Proof certificate(String text, @Nullable LocalDate until) {
        var file = ExemptionCertificate.of("C:\\certificate.pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII));
        return new Proof(text, Optional.ofNullable(until), file);
    }

    private record ExemptCustomer(UUID organization, UUID wallet, BillingFixture.Rented rented) {}

    /** Rents at 12:20 and is exempt until the end of the next day, which in Berlin is at 22:00. */
    private ExemptCustomer exemptCustomer() {
        var invoicingFixture = new InvoicingFixture(billingFixture);
        fixture.register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1));
        var wallet = billingFixture.wallet("100");
        invoicingFixture.name(wallet);
        var organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var rented = billingFixture.rent(wallet, billingFixture.price("7.30"), NOW);
        assertThat(setExempt(organization, certificate("NATO SOFA 12/2026", LocalDate.of(2026, 10, 11))))
                .isEqualTo(Outcome.DONE);
        return new ExemptCustomer(organization, wallet, rented);
    }

    /** One hour before the exemption, 33 until 22:20 of which the last had started when it ended, and twelve after that. */
    private static final String PAID = "99.5153";

    private static final Instant MORNING = Instant.parse("2026-10-12T10:00:00Z");

    @Test
    void endsAnExemptionOnItsLastDayHoweverLateItIsCharged() {
        var freed = exemptCustomer();

        billingFixture.charge(MORNING);

        assertThat(billingFixture.balance(freed.wallet())).isEqualTo(billingFixture.money(PAID));
        BigDecimal pace = billingFixture.in(() -> billingFixture.sql.one(
                "select hourly_cost from wallet where id = ?", row -> row.decimal("hourly_cost"), freed.wallet()));
        assertThat(pace).isEqualByComparingTo("0.0119");
        fixture.assertConsistent();
    }

    @Test
    void endsAnExemptionEquallyWhenChargedHourByHour() {
        var freed = exemptCustomer();

        for (var at = NOW; at.isBefore(MORNING); at = at.plusSeconds(3_600)) {
            billingFixture.charge(at);
        }
        billingFixture.charge(MORNING);

        assertThat(billingFixture.balance(freed.wallet())).isEqualTo(billingFixture.money(PAID));
        fixture.assertConsistent();
    }

    @Test
    void renewsAnExpiredExemptionOnlyForTheFuture() {
        var freed = exemptCustomer();
        billingFixture.clock.stopAt(MORNING);

        assertThat(billingFixture.in(() -> statuses.of(freed.organization())).status())
                .isEqualTo(TaxCustomer.Status.CONSUMER);
        assertThat(setExempt(freed.organization(), Proof.of("NATO SOFA 12/2026")))
                .isEqualTo(Outcome.DOCUMENT);
        assertThat(setExempt(freed.organization(), certificate("NATO SOFA 1/2027", null)))
                .isEqualTo(Outcome.DONE);

        assertThat(billingFixture.balance(freed.wallet())).isEqualTo(billingFixture.money(PAID));
        billingFixture.charge(MORNING.plusSeconds(3_600));
        assertThat(billingFixture.balance(freed.wallet())).isEqualTo(billingFixture.money("99.5053"));
        fixture.assertConsistent();
    }

    @Test
    void chargesAServiceEndedAfterAnExemptionEqually() {
        var freed = exemptCustomer();
        billingFixture.clock.stopAt(MORNING);

        billingFixture.end(freed.rented(), MORNING);

        assertThat(billingFixture.balance(freed.wallet())).isEqualTo(billingFixture.money(PAID));
        fixture.assertConsistent();
    }

    @Test
    void listsExemptionsWithTheirCertificates() {
        var freed = exemptCustomer();

        var listed = billingFixture.in(statuses::exemptions);

        assertThat(listed).singleElement().satisfies(one -> {
            assertThat(one.organizationId()).isEqualTo(freed.organization());
            assertThat(one.until()).hasValue(LocalDate.of(2026, 10, 11));
            assertThat(one.isOver()).isFalse();
            var file =
                    billingFixture.in(() -> statuses.certificate(one.document().orElseThrow()));
            assertThat(file.name()).isEqualTo("certificate.pdf");
            assertThat(file.content()).asString().isEqualTo("%PDF-1.7");
        });
        billingFixture.clock.stopAt(MORNING);
        assertThat(billingFixture.in(statuses::exemptions))
                .singleElement()
                .matches(CustomerTaxStatuses.Exemption::isOver);
        assertThatThrownBy(() -> billingFixture.in(() -> statuses.certificate(UUID.randomUUID())))
                .isInstanceOf(NotFoundException.class);
        assertThat(ExemptionCertificate.of("a.pdf", "<html>".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }
}

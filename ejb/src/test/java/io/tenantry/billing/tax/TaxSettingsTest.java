package io.tenantry.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.billing.tax.TaxSettings.Outcome;
import io.tenantry.billing.tax.TaxSettings.Scheme;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tax settings of staff, and from when on they apply. */
class TaxSettingsTest {
    private static final Instant NOW = Instant.parse("2026-10-10T12:20:00Z");
    private static final LocalDate NEXT_MONTH = LocalDate.of(2026, 11, 1);
    private static int count;

    private final BillingFixture billingFixture = new BillingFixture("tax-office-" + ++count, "EUR", "Europe/Berlin");
    private final TaxSettingsFixture fixture = new TaxSettingsFixture(billingFixture);
    private final TaxSettings settings = fixture.settings;

    @BeforeEach
    void open() {
        billingFixture.clock.stopAt(NOW);
    }

    @Test
    void taxesOpenPeriodsFromTheStartOfAMonth() {
        var invoicingFixture = new InvoicingFixture(billingFixture);
        var rented = billingFixture.rent(billingFixture.wallet("100"), billingFixture.price("7.30"), NOW);
        invoicingFixture.name(rented.wallet());

        assertThat(fixture.register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 11)))
                .isEqualTo(Outcome.FROM);
        assertThat(fixture.register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1)))
                .isEqualTo(Outcome.FROM);
        assertThat(fixture.register("DE", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.DONE);
        assertThat(fixture.register("DE", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.REGISTERED);

        // Half an hour after the start of the month in Berlin: 515 hours without tax, and one with.
        billingFixture.charge(Instant.parse("2026-10-31T23:30:00Z"));
        assertThat(billingFixture.balance(rented.wallet())).isEqualTo(billingFixture.money("94.8381"));
        BigDecimal pace = billingFixture.in(() -> billingFixture.sql.one(
                "select hourly_cost from wallet where id = ?", row -> row.decimal("hourly_cost"), rented.wallet()));
        assertThat(pace).isEqualByComparingTo("0.0119");
        fixture.assertConsistent();
    }

    @Test
    void acceptsAnyDayBeforeTheFirstCharge() {
        var unused = new InvoicingFixture(billingFixture);

        assertThat(fixture.register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 5)))
                .isEqualTo(Outcome.DONE);
        var registered = billingFixture.in(settings::registrations);
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
    void endsARegistrationWithAMonthAndRegistersAgain() {
        var invoicingFixture = new InvoicingFixture(billingFixture);
        fixture.register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1));
        var rented = billingFixture.rent(billingFixture.wallet("100"), billingFixture.price("7.30"), NOW);
        invoicingFixture.name(rented.wallet());
        var id = billingFixture.in(settings::registrations).get(0).id();

        assertThat(billingFixture.in(() -> settings.deregister(id, LocalDate.of(2026, 10, 20))))
                .isEqualTo(Outcome.FROM);
        assertThat(billingFixture.in(() -> settings.deregister(id, NEXT_MONTH))).isEqualTo(Outcome.DONE);
        assertThat(billingFixture.in(() -> settings.deregister(id, NEXT_MONTH))).isEqualTo(Outcome.ENDED);
        assertThatThrownBy(() -> billingFixture.in(() -> settings.deregister(id + 1, NEXT_MONTH)))
                .isInstanceOf(NotFoundException.class);
        assertThat(fixture.register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 12, 1)))
                .isEqualTo(Outcome.DONE);
        assertThat(fixture.register("DE", Scheme.DOMESTIC, LocalDate.of(2027, 1, 1)))
                .isEqualTo(Outcome.REGISTERED);

        // 515 hours with tax, November without, and the first hour of December with it again.
        billingFixture.charge(Instant.parse("2026-10-31T23:30:00Z"));
        assertThat(billingFixture.balance(rented.wallet())).isEqualTo(billingFixture.money("93.8615"));
        billingFixture.charge(Instant.parse("2026-11-30T23:30:00Z"));
        assertThat(billingFixture.balance(rented.wallet())).isEqualTo(billingFixture.money("86.6596"));
        fixture.assertConsistent();
    }

    @Test
    void refusesUnlawfulRegistrations() {
        assertThat(fixture.register("DE", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.SELLER);
        var unused = new InvoicingFixture(billingFixture);
        assertThat(fixture.register("XX", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.COUNTRY);
        assertThat(fixture.register("US", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(Outcome.COUNTRY);
        assertThat(fixture.register("GB", Scheme.OSS, NEXT_MONTH)).isEqualTo(Outcome.SCHEME);
        assertThat(fixture.register("FR", Scheme.SMALL_BUSINESS, NEXT_MONTH)).isEqualTo(Outcome.SCHEME);
        assertThat(billingFixture.in(() -> settings.register("DE", " ", Scheme.DOMESTIC, NEXT_MONTH)))
                .isEqualTo(Outcome.NUMBER);
        var registered = billingFixture.in(settings::registrations);
        assertThat(registered).isEmpty();
    }

    @Test
    void changesToGrossPricesFromADay() {
        assertThat(billingFixture.in(settings::pricing)).isEmpty();
        assertThat(billingFixture.in(() -> settings.setPricing(true, NEXT_MONTH)))
                .isEqualTo(Outcome.DONE);
        assertThat(billingFixture.in(settings::pricing))
                .containsExactly(new TaxSettings.Pricing(true, Instant.parse("2026-10-31T23:00:00Z")));
    }

    @Test
    void requiresPermission() {
        try (var acting = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(billingFixture.tenant, settings::registrations))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Database.in(billingFixture.tenant, () -> settings.setPricing(true, NEXT_MONTH)))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }
}

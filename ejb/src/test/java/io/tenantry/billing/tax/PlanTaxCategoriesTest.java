package io.tenantry.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.billing.tax.PlanTaxCategories.CategorySince;
import io.tenantry.billing.tax.PlanTaxCategories.Outcome;
import io.tenantry.billing.tax.PlanTaxCategories.PlanCategory;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tax rates of a plan: what staff set, and from when on it applies. */
class PlanTaxCategoriesTest {
    private static final Instant NOW = Instant.parse("2026-10-10T12:20:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 10, 10);
    private static final LocalDate NEXT_MONTH = LocalDate.of(2026, 11, 1);
    private static int count;

    private final BillingFixture billingFixture = new BillingFixture("plan-taxes-" + ++count, "EUR", "Europe/Berlin");
    private final InvoicingFixture invoicingFixture = new InvoicingFixture(billingFixture);
    private final PlanTaxCategories taxes = new PlanTaxCategories(
            billingFixture.sql,
            billingFixture.clock,
            new Access(billingFixture.sql),
            InvoicingFixture.trail(billingFixture),
            new TenantDirectory(Database.administration()));
    private UUID plan;

    @BeforeEach
    void open() {
        billingFixture.clock.stopAt(NOW);
        plan = billingFixture.plan();
        rate("REDUCED", "7");
        rate("DATA_PROCESSING", "0");
    }

    private void rate(String category, String percent) {
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into tax_rate (place, category, percent, from_day, recorded_at, recorded_by)
                values ('DE', ?, ?::numeric, '2026-01-01', now(), 'test')
                """, category, percent));
    }

    private void collectTax() {
        for (var kind : List.of(AccountKind.TAX, AccountKind.ROUNDING)) {
            billingFixture.in(() -> billingFixture.ledger.account(
                    kind, billingFixture.money("0").currency()));
        }
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into tax_registration (country, number, scheme, from_at, recorded_at, recorded_by)
                values ('DE', 'DE999999995', 'DOMESTIC', '2026-01-01', now(), 'test')
                """));
    }

    private Outcome setCategory(String category, LocalDate from) {
        return billingFixture.in(() -> taxes.note(plan, category, from));
    }

    private PlanCategory current() {
        return billingFixture.in(() -> taxes.of(plan));
    }

    private BillingFixture.Rented rent() {
        var wallet = billingFixture.wallet("100");
        invoicingFixture.name(wallet);
        return billingFixture.rent(wallet, billingFixture.price(plan, 1, "7.30"), NOW);
    }

    @Test
    void isStandardUntilAnotherCategoryIsSet() {
        assertThat(current())
                .isEqualTo(new PlanCategory("STANDARD", List.of(), List.of("STANDARD", "DATA_PROCESSING", "REDUCED")));
        assertThat(setCategory("STANDARD", TODAY)).isEqualTo(Outcome.UNCHANGED);
        assertThat(setCategory("REDUCED", TODAY)).isEqualTo(Outcome.DONE);
        assertThat(setCategory("REDUCED", TODAY)).isEqualTo(Outcome.UNCHANGED);

        assertThat(current().now()).isEqualTo("REDUCED");
        assertThat(Database.texts("select subject_id || ' ' || (facts ->> 'category') from "
                        + billingFixture.tenant.schema() + ".audit_record where action = 'plan.tax_category_changed'"))
                .containsExactly(plan + " REDUCED");
    }

    @Test
    void refusesACategoryWithoutARate() {
        assertThat(setCategory("DOMAIN", TODAY)).isEqualTo(Outcome.CATEGORY);
        assertThat(setCategory("", NEXT_MONTH)).isEqualTo(Outcome.CATEGORY);
        assertThat(current().history()).isEmpty();
        assertThatThrownBy(() -> billingFixture.in(() -> taxes.note(UUID.randomUUID(), "REDUCED", TODAY)))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void changesAPlanInUseFromANextMonth() {
        collectTax();
        var rented = rent();

        assertThat(billingFixture.in(() -> taxes.earliest(plan))).isEqualTo(NEXT_MONTH);
        assertThat(setCategory("REDUCED", TODAY)).isEqualTo(Outcome.FROM);
        assertThat(setCategory("REDUCED", LocalDate.of(2026, 10, 1))).isEqualTo(Outcome.FROM);
        assertThat(setCategory("REDUCED", LocalDate.of(2026, 11, 2))).isEqualTo(Outcome.FROM);
        assertThat(setCategory("REDUCED", NEXT_MONTH)).isEqualTo(Outcome.DONE);
        assertThat(current().now()).isEqualTo("STANDARD");
        assertThat(current().history())
                .containsExactly(new CategorySince("REDUCED", Instant.parse("2026-10-31T23:00:00Z")));

        // 515 hours at 19 percent, and the first hour of November at 7.
        billingFixture.charge(Instant.parse("2026-10-31T23:30:00Z"));
        assertThat(billingFixture.balance(rented.wallet())).isEqualTo(billingFixture.money("93.8608"));
        assertConsistent();
    }

    @Test
    void replacesAnUpcomingChange() {
        collectTax();
        var rented = rent();
        assertThat(setCategory("REDUCED", NEXT_MONTH)).isEqualTo(Outcome.DONE);
        assertThat(setCategory("DATA_PROCESSING", NEXT_MONTH)).isEqualTo(Outcome.DONE);
        assertThat(current().history())
                .containsExactly(new CategorySince("DATA_PROCESSING", Instant.parse("2026-10-31T23:00:00Z")));

        billingFixture.charge(Instant.parse("2026-10-31T23:30:00Z"));
        assertThat(billingFixture.balance(rented.wallet())).isEqualTo(billingFixture.money("93.8615"));
        assertConsistent();
    }

    @Test
    void changesAnUnusedPlanImmediately() {
        collectTax();
        var rented = rent();
        billingFixture.end(rented, NOW.plusSeconds(60));
        billingFixture.clock.stopAt(NOW.plusSeconds(7_200));

        assertThat(billingFixture.in(() -> taxes.earliest(plan))).isEqualTo(TODAY);
        assertThat(setCategory("REDUCED", TODAY)).isEqualTo(Outcome.DONE);
        assertConsistent();
    }

    @Test
    void databaseRefusesToChangeHistory() {
        assertThat(setCategory("REDUCED", TODAY)).isEqualTo(Outcome.DONE);
        assertThatThrownBy(() -> Database.asOwner(
                        "update " + billingFixture.tenant.schema() + ".plan_tax set category = 'STANDARD'"))
                .hasMessageContaining("plan_tax");
    }

    private void assertConsistent() {
        assertThat(AuditorFixture.found(billingFixture.tenant, "tax", "period", "wallet-", "charges-match-periods"))
                .isEmpty();
    }
}

package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_DECEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.BillingStart.Outcome;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reseller who had customers before documents: earlier charges stay off them. Its servers are rented on 10 October. */
@Tag("full")
class BillingStartTest {
    private static final YearMonth JANUARY = YearMonth.of(2026, 1);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static final YearMonth DECEMBER = YearMonth.of(2026, 12);
    private static int count;

    private final BillingFixture billingFixture = started();
    private final InvoicingFixture invoicingFixture = new InvoicingFixture(billingFixture, false);
    private final BillingStart staff = new BillingStart();
    private UUID wallet = UUID.randomUUID();

    private static BillingFixture started() {
        var billingFixture = new BillingFixture("first-month-" + ++count, "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(RENTED);
        return billingFixture;
    }

    @BeforeEach
    void chargeTwoMonths() {
        staff.sql = billingFixture.sql;
        staff.clock = billingFixture.clock;
        staff.access = new Access(billingFixture.sql);
        staff.audit = InvoicingFixture.trail(billingFixture);
        staff.tenants = new TenantDirectory(Database.administration());
        staff.invoicing = invoicingFixture.invoicing;
        wallet = invoicingFixture.wallet("1000");
        billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED);
        invoicingFixture.take(wallet, "5", "transfer-pack:1");
        billingFixture.charge(IN_DECEMBER);
        billingFixture.clock.stopAt(IN_DECEMBER);
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(billingFixture.tenant, "invoice")).isEmpty();
        Database.asOwner("delete from work.invoicing_run where tenant = '" + billingFixture.tenant.value() + "'");
    }

    private Outcome begin(YearMonth month) {
        return billingFixture.in(() -> staff.begin(month));
    }

    private List<String> months() {
        return Database.texts(
                "select to_char(month, 'YYYY-MM') || ' ' || state || ' ' || documents from work.invoicing_run"
                        + " where tenant = '" + billingFixture.tenant.value() + "' order by month");
    }

    @Test
    void doesNotInvoiceEarlierCharges() {
        assertThat(begin(NOVEMBER)).isEqualTo(Outcome.DONE);
        invoicingFixture.enterSeller();
        new FixtureRuns(IN_DECEMBER, invoicingFixture).work();

        assertThat(months()).containsExactly("2026-11 DONE 1");
        // A month of 720 hours at a cent; October's hours and its pack are not included.
        assertThat(invoicingFixture.document(wallet).net()).isEqualByComparingTo("7.20");
        assertThat(invoicingFixture.document(wallet).lines()).isEqualTo(1);
    }

    @Test
    void defaultsToTheFirstMonthOfTheReseller() {
        var choice = billingFixture.in(staff::choice);
        assertThat(choice.month()).isEqualTo(JANUARY);
        assertThat(choice.months()).startsWith(YearMonth.of(2027, 1), DECEMBER).endsWith(JANUARY);
        assertThat(begin(JANUARY)).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void existingResellersStartInvoicingInTheMonthOfIntroduction() {
        // Applies the change set that introduces the table, to a tenant that has charges.
        Database.asOwner(
                "update t_" + billingFixture.tenant.value().replace('-', '_') + ".invoice_policy set first_at ="
                        + " (select max(month_ends_at) from t_"
                        + billingFixture.tenant.value().replace('-', '_')
                        + ".rated_period where month_ends_at <= '" + IN_DECEMBER + "')");
        assertThat(billingFixture.in(staff::choice).month()).isEqualTo(DECEMBER);
        invoicingFixture.enterSeller();
        var runs = new FixtureRuns(IN_DECEMBER, invoicingFixture);
        runs.work();
        assertThat(months()).isEmpty();
        assertThat(invoicingFixture.documents(wallet)).isEmpty();

        runs.advance(billingFixture, Instant.parse("2027-01-04T00:00:00Z"));
        billingFixture.charge(Instant.parse("2027-01-04T00:00:00Z"));
        runs.work();
        assertThat(months()).containsExactly("2026-12 DONE 1");
    }

    @Test
    void canBeChangedUntilADocumentIsIssued() {
        var runs = new FixtureRuns(IN_DECEMBER, invoicingFixture);
        assertThat(begin(NOVEMBER)).isEqualTo(Outcome.DONE);
        runs.work();
        assertThat(months()).as("without seller data").containsExactly("2026-11 WAITING 0");

        assertThat(begin(OCTOBER)).isEqualTo(Outcome.DONE);
        assertThat(months()).containsExactly("2026-10 OPEN 0", "2026-11 OPEN 0");
        invoicingFixture.enterSeller();
        runs.work();
        assertThat(months()).containsExactly("2026-10 DONE 1", "2026-11 DONE 1");
        assertThat(invoicingFixture.documents(wallet))
                .extracting(InvoicingFixture.Document::number)
                .containsExactly(1L, 2L);

        assertThat(begin(NOVEMBER)).isEqualTo(Outcome.FIXED);
        assertThat(billingFixture.in(staff::choice))
                .isEqualTo(new BillingStart.Choice(OCTOBER, List.of()))
                .matches(BillingStart.Choice::isFixed);
    }

    @Test
    void checksMonthsWithoutDocumentsAgain() {
        invoicingFixture.enterSeller();
        assertThat(begin(DECEMBER)).isEqualTo(Outcome.DONE);
        var runs = new FixtureRuns(IN_DECEMBER, invoicingFixture);
        runs.work();
        assertThat(months()).isEmpty();
        assertThat(begin(OCTOBER)).isEqualTo(Outcome.DONE);
        runs.work();
        assertThat(months()).containsExactly("2026-10 DONE 1", "2026-11 DONE 1");
    }

    @Test
    void refusesAnInvalidMonth() {
        assertThat(begin(YearMonth.of(2025, 12)))
                .as("before the first month of the reseller")
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(begin(YearMonth.of(2027, 2))).as("after next month").isEqualTo(Outcome.OUTSIDE);
        assertThat(billingFixture.in(staff::choice).month()).isEqualTo(JANUARY);
    }

    @Test
    void requiresPermission() {
        var member = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia");
        try (var actorScope = Actors.enter(member)) {
            assertThatThrownBy(() -> Database.in(billingFixture.tenant, () -> staff.begin(NOVEMBER)))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Database.in(billingFixture.tenant, staff::choice))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }
}

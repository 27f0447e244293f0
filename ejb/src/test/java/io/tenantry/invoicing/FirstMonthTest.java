package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_DECEMBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.invoicing.FirstMonth.Outcome;
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
import org.junit.jupiter.api.Test;

/** A reseller who had customers before documents: what was before stays off them. Its servers are rented on 10 October. */
class FirstMonthTest {
    private static final YearMonth JANUARY = YearMonth.of(2026, 1);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static final YearMonth DECEMBER = YearMonth.of(2026, 12);
    private static int count;

    private final Books books = begun();
    private final Office office = new Office(books, false);
    private final FirstMonth staff = new FirstMonth();
    private UUID wallet = UUID.randomUUID();

    private static Books begun() {
        var books = new Books("first-month-" + ++count, "EUR", "Europe/Berlin");
        books.clock.stopAt(RENTED);
        return books;
    }

    @BeforeEach
    void chargeTwoMonths() {
        staff.sql = books.sql;
        staff.clock = books.clock;
        staff.access = new Access(books.sql);
        staff.audit = Office.trail(books);
        staff.tenants = new TenantDirectory(Database.administration());
        staff.invoicing = office.invoicing;
        wallet = office.wallet("1000");
        books.rent(wallet, books.price("7.30"), RENTED);
        office.take(wallet, "5", "transfer-pack:1");
        books.charge(IN_DECEMBER);
        books.clock.stopAt(IN_DECEMBER);
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(books.faults()).isEmpty();
        assertThat(Rig.found(books.tenant)).noneMatch(found -> found.invariant().startsWith("invoice"));
        Database.asOwner("delete from work.invoicing_run where tenant = '" + books.tenant.value() + "'");
    }

    private Outcome begin(YearMonth month) {
        return books.in(() -> staff.begin(month));
    }

    private List<String> months() {
        return Database.texts(
                "select to_char(month, 'YYYY-MM') || ' ' || state || ' ' || documents from work.invoicing_run"
                        + " where tenant = '" + books.tenant.value() + "' order by month");
    }

    @Test
    void whatWasBeforeItIsOnNoDocument() {
        assertThat(begin(NOVEMBER)).isEqualTo(Outcome.DONE);
        office.sell();
        new OfficeRuns(IN_DECEMBER, office).work();

        assertThat(months()).containsExactly("2026-11 DONE 1");
        // A month of 720 hours at a cent; October's hours and its pack are not on it.
        assertThat(office.document(wallet).net()).isEqualByComparingTo("7.20");
        assertThat(office.document(wallet).lines()).isEqualTo(1);
    }

    @Test
    void withoutAWordItIsTheMonthInWhichTheResellerBegan() {
        var choice = books.in(staff::look);
        assertThat(choice.month()).isEqualTo(JANUARY);
        assertThat(choice.months()).startsWith(YearMonth.of(2027, 1), DECEMBER).endsWith(JANUARY);
        assertThat(begin(JANUARY)).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void whoeverWasThereBeforeDocumentsBeginsWithTheMonthInWhichTheyCame() {
        // What the change set does that brings the table, to a tenant that has charged.
        Database.asOwner("update t_" + books.tenant.value().replace('-', '_') + ".invoice_policy set first_at ="
                + " (select max(month_ends_at) from t_" + books.tenant.value().replace('-', '_')
                + ".rated_period where month_ends_at <= '" + IN_DECEMBER + "')");
        assertThat(books.in(staff::look).month()).isEqualTo(DECEMBER);
        office.sell();
        var runs = new OfficeRuns(IN_DECEMBER, office);
        runs.work();
        assertThat(months()).isEmpty();
        assertThat(office.documents(wallet)).isEmpty();

        runs.reach(books, Instant.parse("2027-01-04T00:00:00Z"));
        books.charge(Instant.parse("2027-01-04T00:00:00Z"));
        runs.work();
        assertThat(months()).containsExactly("2026-12 DONE 1");
    }

    @Test
    void untilADocumentIsIssuedItMayBeAnother() {
        var runs = new OfficeRuns(IN_DECEMBER, office);
        assertThat(begin(NOVEMBER)).isEqualTo(Outcome.DONE);
        runs.work();
        assertThat(months()).as("nobody has said who sells").containsExactly("2026-11 WAITING 0");

        assertThat(begin(OCTOBER)).isEqualTo(Outcome.DONE);
        assertThat(months()).containsExactly("2026-10 OPEN 0", "2026-11 OPEN 0");
        office.sell();
        runs.work();
        assertThat(months()).containsExactly("2026-10 DONE 1", "2026-11 DONE 1");
        assertThat(office.documents(wallet)).extracting(Office.Document::number).containsExactly(1L, 2L);

        assertThat(begin(NOVEMBER)).isEqualTo(Outcome.FIXED);
        assertThat(books.in(staff::look))
                .isEqualTo(new FirstMonth.Choice(OCTOBER, List.of()))
                .matches(FirstMonth.Choice::isFixed);
    }

    @Test
    void monthsThatFoundNothingAreLookedAtAgain() {
        office.sell();
        assertThat(begin(DECEMBER)).isEqualTo(Outcome.DONE);
        var runs = new OfficeRuns(IN_DECEMBER, office);
        runs.work();
        assertThat(months()).isEmpty();
        assertThat(begin(OCTOBER)).isEqualTo(Outcome.DONE);
        runs.work();
        assertThat(months()).containsExactly("2026-10 DONE 1", "2026-11 DONE 1");
    }

    @Test
    void aMonthThatCannotBeIsRefused() {
        assertThat(begin(YearMonth.of(2025, 12)))
                .as("before the reseller began")
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(begin(YearMonth.of(2027, 2))).as("after next month").isEqualTo(Outcome.OUTSIDE);
        assertThat(books.in(staff::look).month()).isEqualTo(JANUARY);
    }

    @Test
    void aMemberDecidesNothing() {
        var member = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia");
        try (var acting = Actors.enter(member)) {
            assertThatThrownBy(() -> Database.in(books.tenant, () -> staff.begin(NOVEMBER)))
                    .isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> Database.in(books.tenant, staff::look)).isInstanceOf(AccessDenied.class);
        }
    }
}

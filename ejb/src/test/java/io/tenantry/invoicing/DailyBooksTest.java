package io.tenantry.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.DailyAmounts;
import io.tenantry.wallet.DailyBooks;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What corrects a document of an earlier month is not taken off what is charged on the day of the correction. */
class DailyBooksTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 4);

    private static Books books;
    private static UUID organization;
    private static DailyBooks daily;
    private static DailyAmounts before;

    @BeforeAll
    static void creditsAndDebitsAfterTheMonthWasIssued() {
        books = new Books("daybook", "EUR", "Europe/Berlin");
        var office = new Office(books);
        daily = new DailyBooks(books.sql, books.clock, new TenantDirectory(Database.administration()));
        var rented = Instant.parse("2026-10-10T12:20:00Z");
        books.clock.stopAt(rented);
        var wallet = office.wallet("100");
        organization = books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        books.rent(wallet, books.price("7.30"), rented);
        charge("2026-11-04T00:00:00Z");
        assertThat(office.issue(wallet, Office.OCTOBER).documents()).isEqualTo(1);
        charge("2026-11-04T20:00:00Z");
        before = books.in(() -> daily.ofAll());
        office.credit(wallet, "3");
        office.debit(wallet, "0.5");
        charge("2026-11-05T20:00:00Z");
    }

    private static void charge(String until) {
        books.clock.stopAt(Instant.parse(until));
        books.charge(Instant.parse(until));
    }

    @Test
    void theCustomersDayHasItsChargesAndTheCorrectionsBesideThem() {
        sees(books.in(() -> daily.of(organization, books.money("0").currency())));
    }

    @Test
    void theResellersDayHasTheSame() {
        sees(books.in(() -> daily.ofAll()));
    }

    private static void sees(DailyAmounts days) {
        assertThat(before.amounts()).containsKey(DAY);
        assertThat(days.amounts()).containsAllEntriesOf(before.amounts());
        assertThat(days.corrections()).containsOnlyKeys(DAY).containsEntry(DAY, books.money("-2.50"));
        assertThat(days.corrected()).isEqualTo(books.money("-2.50"));
        assertThat(days.thisMonth()).isGreaterThan(before.thisMonth());
    }
}

package io.tenantry.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.bank.BankLines.Why;
import io.tenantry.bank.StatementImports.ImportRow;
import io.tenantry.bank.StatementImports.PostOutcome;
import io.tenantry.charging.Books;
import io.tenantry.invoicing.Office;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One payment that two files of a bank give in different ways is credited once. */
class ImportRepetitionTest {
    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    private static Books books;
    private static Office office;
    private static ImportDesk desk;

    @BeforeAll
    static void prepare() {
        books = new Books("repeated", "EUR", "Europe/Berlin");
        office = new Office(books);
        desk = new ImportDesk(books);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("truncate t_repeated.bank_import, t_repeated.bank_profile cascade");
        books.clock.stopAt(NOON);
    }

    private static String reference() {
        var wallet = books.wallet("0");
        office.name(wallet);
        return books.in(() -> books.sql.one(
                "select r.reference from bank_reference r join wallet w on w.organization_id = r.organization_id where w.id = ?",
                row -> row.text("reference"),
                wallet));
    }

    @Test
    void anotherExportOfTheSameBankWithAnotherDateIsForAPerson() {
        var reference = reference();
        desk.take("Buchungstag;Betrag;Name;IBAN;Text\n09.11.2026;10,00;Ann;DE1;" + reference + "\n");
        var second =
                desk.take("Valuta;Betrag;Name;IBAN;Text;Primanota\n10.11.2026;10,00;Ann;DE1;" + reference + ";1\n");
        assertThat(desk.rows(second)).extracting(ImportRow::why).containsExactly(Optional.of(Why.ALIKE));
    }

    @Test
    void anotherColumnOfDatesIsForAPerson() {
        var reference = reference();
        var file = "Buchungstag;Valuta;Betrag;Name;IBAN;Text\n09.11.2026;10.11.2026;10,00;Ann;DE1;" + reference + "\n";
        desk.take(file);
        var second = desk.draft(file + "10.11.2026;10.11.2026;-1,00;Rent;;x\n");
        var settings = new TreeMap<>(desk.one(second).understood());
        settings.put("DATE", "1");
        assertThat(desk.act(() -> desk.imports.reread(second, 1, settings))).isTrue();
        assertThat(desk.rows(second))
                .extracting(ImportRow::why)
                .containsExactly(Optional.of(Why.ALIKE), Optional.of(Why.OUTGOING));
    }

    @Test
    void theSameColumnsOnALaterDayAreAnotherPayment() {
        var reference = reference();
        var head = "Buchungstag;Betrag;Name;IBAN;Text\n";
        desk.take(head + "09.11.2026;10,00;Ann;DE1;" + reference + "\n");
        var second = desk.draft(head + "10.11.2026;10,00;Ann;DE1;" + reference + "\n");
        assertThat(desk.rows(second)).extracting(ImportRow::plan).containsExactly(RowPlan.CREDIT);
        assertThat(desk.post(second)).isInstanceOf(PostOutcome.Posted.class);
        assertThat(books.in(() -> desk.imports.credited(second))).isEqualTo(1);
    }
}

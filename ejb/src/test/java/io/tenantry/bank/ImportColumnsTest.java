package io.tenantry.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.bank.StatementImports.ImportRow;
import io.tenantry.charging.Books;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.HashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A column that is not known is asked for once, and not again where the answer was saved. */
class ImportColumnsTest {
    private static Books books;
    private static ImportDesk desk;

    @BeforeAll
    static void prepare() {
        books = new Books("columned", "EUR", "Europe/Berlin");
        desk = new ImportDesk(books);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("truncate t_columned.bank_import, t_columned.bank_profile cascade");
        books.clock.stopAt(Instant.parse("2026-11-10T12:00:00Z"));
    }

    @Test
    void anUnknownColumnIsConfirmedOnce() {
        var head = "Datum;Betrag;Name;Text;Xyz\n";
        var id = desk.draft(head + "09.11.2026;5,00;Ann;one;blorb\n08.11.2026;-1,00;Bob;two;\n");
        assertThat(desk.rows(id)).extracting(ImportRow::plan).containsExactly(RowPlan.REVIEW, RowPlan.OUTGOING);
        var settings = new HashMap<>(desk.one(id).understood());
        settings.put(ProfileSettings.OTHER_COLUMNS, ProfileSettings.CONFIRMED);
        assertThat(desk.act(() -> desk.imports.reread(id, desk.one(id).version(), settings)))
                .isTrue();
        assertThat(desk.rows(id)).extracting(ImportRow::plan).containsExactly(RowPlan.ASSIGN, RowPlan.OUTGOING);
        assertThat(desk.one(id).settings()).containsEntry(ProfileSettings.OTHER_COLUMNS, ProfileSettings.CONFIRMED);
        assertThat(books.in(() -> desk.profiles.save(id, "My bank"))).isEqualTo(StatementProfiles.Outcome.DONE);

        var next = desk.draft(head + "10.11.2026;7,00;Ann;three;frumm\n08.11.2026;-2,00;Bob;two;\n");
        assertThat(desk.one(next).profile()).contains("My bank");
        assertThat(desk.rows(next)).extracting(ImportRow::plan).containsExactly(RowPlan.ASSIGN, RowPlan.OUTGOING);
        var other =
                desk.draft(head.replace("Xyz", "Abc") + "10.11.2026;8,00;Ann;four;frumm\n08.11.2026;-3,00;Bob;x;\n");
        assertThat(desk.rows(other)).extracting(ImportRow::plan).containsExactly(RowPlan.REVIEW, RowPlan.OUTGOING);
    }
}

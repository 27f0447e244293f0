package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.billing.bank.StatementImports.PostOutcome;
import io.tenantry.billing.bank.statement.ColumnRole;
import io.tenantry.billing.bank.statement.StatementProblem;
import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.HashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An unknown column is asked about once, and not again where the answer was saved. */
class ImportColumnsTest {
    private static BillingFixture billingFixture;
    private static ImportFixture desk;

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("columned", "EUR", "Europe/Berlin");
        desk = new ImportFixture(billingFixture);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("truncate t_columned.bank_import, t_columned.bank_profile cascade");
        billingFixture.clock.stopAt(Instant.parse("2026-11-10T12:00:00Z"));
    }

    @Test
    void asksToConfirmAnUnknownColumnOnce() {
        var head = "Datum;Betrag;Name;Text;Xyz\n";
        var id = desk.draft(head + "09.11.2026;5,00;Ann;one;blorb\n08.11.2026;-1,00;Bob;two;\n");
        assertThat(desk.one(id).problem().orElseThrow())
                .isEqualTo(new StatementProblem(Reason.UNKNOWN_COLUMN, 1, "Xyz"));
        assertThat(desk.rows(id)).isEmpty();
        assertThat(desk.post(id)).isEqualTo(new PostOutcome.Nothing());
        var settings = new HashMap<>(desk.one(id).understood());
        settings.put(ProfileSettings.OTHER_COLUMNS, ProfileSettings.CONFIRMED);
        assertThat(desk.act(() -> desk.imports.reread(id, desk.one(id).version(), settings)))
                .isTrue();
        assertThat(desk.rows(id)).extracting(ImportRow::plan).containsExactly(RowPlan.ASSIGN, RowPlan.OUTGOING);
        assertThat(desk.one(id).settings()).containsEntry(ProfileSettings.OTHER_COLUMNS, ProfileSettings.CONFIRMED);
        assertThat(billingFixture.in(() -> desk.profiles.save(id, "My bank")))
                .isEqualTo(StatementProfiles.Outcome.DONE);

        var next = desk.draft(head + "10.11.2026;7,00;Ann;three;frumm\n08.11.2026;-2,00;Bob;two;\n");
        assertThat(desk.one(next).profile()).contains("My bank");
        assertThat(desk.rows(next)).extracting(ImportRow::plan).containsExactly(RowPlan.ASSIGN, RowPlan.OUTGOING);
        var other =
                desk.draft(head.replace("Xyz", "Abc") + "10.11.2026;8,00;Ann;four;frumm\n08.11.2026;-3,00;Bob;x;\n");
        assertThat(desk.one(other).problem().orElseThrow().detail()).isEqualTo("Abc");
    }

    /** Columns that look like names, free text or ids may be states: no row of a file is posted until the user states what each column is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Erika Muster;Otto Normal;Max Meier",
                "Zurückgestellt;Held;En attente de validation",
                "4711000815;4711000816;4711000817",
                "Alpha;Beta;Gamma"
            })
    void neverGuessesAColumnFromItsValues(String values) {
        var cell = values.split(";", -1);
        var file = new StringBuilder("Datum;Betrag;Name;Text;Freigabestand\n");
        for (var row = 0; row < 12; row++) {
            file.append("09.11.2026;5,0" + row % 10 + ";Ann;RF138641464252;" + cell[row % 3] + row + "\n");
        }
        var id = desk.draft(file.toString());
        assertThat(desk.one(id).understood()).containsEntry(ProfileSettings.UNKNOWN_COLUMNS, "4");
        assertThat(desk.post(id)).isEqualTo(new PostOutcome.Nothing());

        var state = new HashMap<>(desk.one(id).understood());
        state.put(ColumnRole.STATUS.name(), "4");
        assertThat(desk.act(() -> desk.imports.reread(id, desk.one(id).version(), state)))
                .isTrue();
        assertThat(desk.rows(id))
                .hasSize(12)
                .allSatisfy(row -> assertThat(row.plan()).isEqualTo(RowPlan.REVIEW))
                .allSatisfy(row -> assertThat(row.reason()).isEqualTo("STATUS"))
                .allSatisfy(row -> assertThat(row.detail()).isNotEmpty());

        var ignored = new HashMap<>(desk.one(id).understood());
        ignored.remove(ColumnRole.STATUS.name());
        ignored.put(ColumnRole.IGNORED.name(), "4");
        assertThat(desk.act(() -> desk.imports.reread(id, desk.one(id).version(), ignored)))
                .isTrue();
        // Values known to mean "pending" or "put back" are reviewed all the same.
        assertThat(desk.rows(id))
                .allSatisfy(row -> assertThat(row.plan())
                        .isEqualTo(
                                row.raw().matches(".*(En attente|Zurückgestellt).*")
                                        ? RowPlan.REVIEW
                                        : RowPlan.ASSIGN));
        assertThat(desk.one(id).understood()).doesNotContainKey(ProfileSettings.UNKNOWN_COLUMNS);
    }

    @Test
    void keepsAnUnknownStateForReview() {
        var head = "Datum;Betrag;Name;Text;Etappe\n";
        var id = desk.draft(head + "09.11.2026;5,00;Ann;one two;gebucht\n08.11.2026;-1,00;Bob;two;gebucht\n");
        var settings = new HashMap<>(desk.one(id).understood());
        settings.put(ColumnRole.STATUS.name(), "4");
        desk.act(() -> desk.imports.reread(id, desk.one(id).version(), settings));
        assertThat(billingFixture.in(() -> desk.profiles.save(id, "Staged bank")))
                .isEqualTo(StatementProfiles.Outcome.DONE);

        var next = desk.draft(head + "10.11.2026;7,00;Ann;three;gebucht\n10.11.2026;8,00;Ann;four;Wiedervorlage 7\n");
        assertThat(desk.one(next).profile()).contains("Staged bank");
        assertThat(desk.rows(next)).extracting(ImportRow::plan).containsExactly(RowPlan.ASSIGN, RowPlan.REVIEW);
        assertThat(desk.rows(next).get(1).reason()).isEqualTo("STATUS");
        assertThat(desk.rows(next).get(1).detail()).isEqualTo("Wiedervorlage 7");
    }
}

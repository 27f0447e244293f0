package io.tenantry.web.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.ProfileSettings;
import io.tenantry.billing.bank.StatementImportQuery;
import io.tenantry.billing.bank.StatementImports.State;
import io.tenantry.web.security.CurrentPerson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Lines of a bank file outside its transactions: those that are not understood, and those that were accepted. */
class BankImportPageTest {
    private static final UUID ID = UUID.fromString("0198d0c5-0000-7000-8000-00000000beef");

    private static BankImportPage page(
            State state, List<String> header, Map<String, String> understood, String accepted) {
        var page = new BankImportPage();
        page.me = new CurrentPerson() {
            @Override
            public boolean may(String permission) {
                return true;
            }
        };
        page.importQuery = new StatementImportQuery() {
            @Override
            public ImportDetails one(UUID id) {
                return new ImportDetails(
                        id,
                        state,
                        "file.csv",
                        "CSV",
                        1,
                        2,
                        "",
                        header,
                        List.of(),
                        understood,
                        accepted.isEmpty() ? Map.of() : Map.of(ProfileSettings.ACCEPTED_LINES, accepted),
                        Optional.empty(),
                        Optional.empty(),
                        Instant.EPOCH,
                        "Sam",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
            }
        };
        page.setParameter(ID.toString());
        page.open();
        return page;
    }

    @Test
    void listsEachUnknownLineOnce() {
        var page = page(
                State.DRAFT, List.of("Datum", "Betrag"), Map.of(ProfileSettings.UNKNOWN_LINES, "a; b\nc\na; b"), "");
        assertThat(page.getUnknownLines()).containsExactly("a; b", "c");
        assertThat(page.getAcceptedLines()).isEmpty();
        assertThat(page.isSavable()).isTrue();
    }

    @Test
    void savesAFileWithoutColumnsForItsAcceptedLines() {
        assertThat(page(State.DRAFT, List.of(), Map.of(), "").isSavable()).isFalse();
        var page = page(State.DRAFT, List.of(), Map.of(), "x\ny");
        assertThat(page.getAcceptedLines()).containsExactly("x", "y");
        assertThat(page.isSavable()).isTrue();
        assertThat(page(State.POSTED, List.of(), Map.of(), "x").isSavable()).isFalse();
    }

    @Test
    void otherSettingsKeepAcceptedLines() {
        var page = page(
                State.DRAFT, List.of("Datum", "Betrag"), Map.of("DATE", "0", ProfileSettings.UNKNOWN_LINES, "c"), "x");
        assertThat(page.getMapping().stated())
                .containsEntry("DATE", "0")
                .containsEntry(ProfileSettings.ACCEPTED_LINES, "x");
        assertThat(ProfileSettings.accepting(page.getDetails().settings(), page.getUnknownLines()))
                .containsExactly(Map.entry(ProfileSettings.ACCEPTED_LINES, "x\nc"));
    }
}

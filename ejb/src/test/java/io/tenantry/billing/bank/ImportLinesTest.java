package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A line outside the table that is not understood is asked about once, and not again where the answer was saved. */
class ImportLinesTest {
    private static BillingFixture billingFixture;
    private static ImportFixture desk;

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("outlined", "EUR", "Europe/Berlin");
        desk = new ImportFixture(billingFixture);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("truncate t_outlined.bank_import, t_outlined.bank_profile cascade");
        billingFixture.clock.stopAt(Instant.parse("2026-11-10T12:00:00Z"));
    }

    private static String table(String line, String amount) {
        return line + "\n\nDatum;Betrag;Name;Text\n09.11.2026;" + amount + ";Ann;one\n08.11.2026;-1,00;Bob;two\n";
    }

    private static String camt(String text, String amount) {
        return """
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>
                <Stmt><Id>%s</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
                <Ntry><Amt Ccy="EUR">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-09</Dt></BookgDt>
                <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
                <NtryDtls><TxDtls><RmtInf><Ustrd>one</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
                <AddtlStmtInf>%s</AddtlStmtInf></Stmt></BkToCstmrStmt></Document>
                """.formatted(amount, amount, text);
    }

    private static List<String> unknown(UUID id) {
        return ProfileSettings.lines(desk.one(id).understood().getOrDefault(ProfileSettings.UNKNOWN_LINES, ""));
    }

    private static boolean accept(UUID id) {
        var shown = desk.one(id);
        return desk.act(() ->
                desk.imports.reread(id, shown.version(), ProfileSettings.accepting(shown.settings(), unknown(id))));
    }

    private static RowPlan plan(UUID id) {
        return desk.rows(id).get(0).plan();
    }

    @Test
    void asksAboutALineOfATableOnce() {
        var id = desk.draft(table("Mappe 7: Meyer", "5,00"));
        assertThat(unknown(id)).containsExactly("Mappe 7: Meyer");
        assertThat(desk.rows(id)).extracting(ImportRow::plan).containsExactly(RowPlan.REVIEW, RowPlan.OUTGOING);
        assertThat(desk.rows(id).get(0).reason()).isEqualTo("UNKNOWN_LINE");
        assertThat(desk.rows(id).get(0).detail()).isEqualTo("Mappe 7: Meyer");

        assertThat(accept(id)).isTrue();
        assertThat(unknown(id)).isEmpty();
        assertThat(plan(id)).isEqualTo(RowPlan.ASSIGN);
        assertThat(desk.one(id).settings()).isEqualTo(Map.of(ProfileSettings.ACCEPTED_LINES, "Mappe 7: Meyer"));
        assertThat(Database.texts(
                        "select action from t_outlined.audit_record where subject_id = '" + id + "' order by seq"))
                .containsExactly("bank.file_uploaded", "bank.lines_accepted");
        assertThat(billingFixture.in(() -> desk.profiles.save(id, "My bank")))
                .isEqualTo(StatementProfiles.Outcome.DONE);

        var next = desk.draft(table("Mappe 8: Meyer", "6,00"));
        assertThat(desk.one(next).profile()).contains("My bank");
        assertThat(desk.one(next).settings()).containsKeys("DATE", "AMOUNT", ProfileSettings.ACCEPTED_LINES);
        assertThat(plan(next)).isEqualTo(RowPlan.ASSIGN);
        var other = desk.draft(table("Mappe 8: Müller", "7,00"));
        assertThat(desk.one(other).profile()).contains("My bank");
        assertThat(plan(other)).isEqualTo(RowPlan.REVIEW);
        accept(other);
        assertThat(plan(other)).isEqualTo(RowPlan.ASSIGN);
        assertThat(ProfileSettings.lines(desk.one(other).settings().getOrDefault(ProfileSettings.ACCEPTED_LINES, "")))
                .containsExactly("Mappe 7: Meyer", "Mappe 8: Müller");
    }

    @Test
    void asksAboutATextOfCamtOnce() {
        var id = desk.draft(camt("Mappe 7", "5.00"));
        assertThat(plan(id)).isEqualTo(RowPlan.REVIEW);
        accept(id);
        assertThat(plan(id)).isEqualTo(RowPlan.ASSIGN);
        assertThat(billingFixture.in(() -> desk.profiles.save(id, "My camt")))
                .isEqualTo(StatementProfiles.Outcome.DONE);

        var next = desk.draft(camt("Mappe 8", "6.00"));
        assertThat(desk.one(next).profile()).contains("My camt");
        assertThat(plan(next)).isEqualTo(RowPlan.ASSIGN);
        var other = desk.draft(camt("Mappe 8", "7.00").replace("DE89370400440532013000", "DE02120300000000202051"));
        assertThat(desk.one(other).profile()).isEmpty();
        assertThat(plan(other)).isEqualTo(RowPlan.REVIEW);
    }

    @Test
    void confirmsOnlyWhatWasShown() {
        var id = desk.draft(table("Mappe 7", "5,00"));
        var shown = desk.one(id);
        assertThat(accept(id)).isTrue();
        assertThat(desk.act(() -> desk.imports.reread(
                        id, shown.version(), ProfileSettings.accepting(shown.settings(), List.of("Mappe 9")))))
                .isFalse();
        var settings = new TreeMap<>(desk.one(id).settings());
        settings.remove(ProfileSettings.ACCEPTED_LINES);
        assertThat(desk.act(() -> desk.imports.reread(id, desk.one(id).version(), settings)))
                .isTrue();
        assertThat(plan(id)).isEqualTo(RowPlan.REVIEW);
    }

    @Test
    void aLineKnownAsDoubtfulCannotBeConfirmed() {
        var id = desk.draft(table("Offene Posten", "5,00"));
        assertThat(unknown(id)).isEmpty();
        var shown = desk.one(id);
        desk.act(() -> desk.imports.reread(
                id, shown.version(), ProfileSettings.accepting(shown.settings(), List.of("Offene Posten"))));
        assertThat(plan(id)).isEqualTo(RowPlan.REVIEW);
    }
}

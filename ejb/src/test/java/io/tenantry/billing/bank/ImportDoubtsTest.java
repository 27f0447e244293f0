package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.AdjustmentReason;
import io.tenantry.billing.adjustment.Adjustments;
import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.BankTransactions.Outcome;
import io.tenantry.billing.bank.BankTransactions.State;
import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.billing.bank.StatementImports.UploadOutcome;
import io.tenantry.billing.bank.StatementReviews.Entry;
import io.tenantry.billing.bank.statement.Direction;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.testing.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Doubtful rows are not credited: a decision was made in the meantime, figures of a file differ, or a row was reviewed before. */
class ImportDoubtsTest {
    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
    private static final String HEAD = "Date;Amount;Payer;Payer IBAN;Text\n";
    private static final String OURS = "DE89370400440532013000";
    private static final String OTHER = "DE02120300000000202051";

    private static BillingFixture billingFixture;
    private static InvoicingFixture invoicingFixture;
    private static ImportFixture desk;

    private record Customer(UUID id, UUID wallet, String reference) {}

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("doubted", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        desk = new ImportFixture(billingFixture);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("truncate t_doubted.bank_import, t_doubted.bank_profile cascade");
        billingFixture.clock.stopAt(NOON);
        desk.lines.isDead = false;
    }

    @Test
    void doesNotCreditFromAnOutdatedList() {
        var customer = customer();
        var other = customer();
        desk.lines.isDead = true;
        desk.take(HEAD + "2026-11-09;10,00;Ann;DE1;" + customer.reference() + "\n2026-11-09;20,00;Ann;DE1;"
                + customer.reference() + "\n");
        var certain = desk.act(() -> desk.lines.certain(10));
        desk.lines.isDead = false;
        assertThat(certain).hasSize(2);
        billingFixture.in(() -> desk.lines.setAside(certain.get(0).lineId(), "to be asked"));
        billingFixture.in(() -> desk.lines.takeUp(certain.get(0).lineId()));
        billingFixture.in(() -> desk.lines.assign(certain.get(1).lineId(), other.id(), true));
        billingFixture.in(() -> desk.lines.takeBack(certain.get(1).lineId(), "neither"));

        for (var line : certain) {
            assertThat(desk.act(() -> desk.lines.bookCertain(line.lineId(), line.organizationId())))
                    .isEqualTo(Outcome.CONFLICT);
        }
        assertThat(balance(customer)).isZero();
        assertThat(billingFixture.in(() -> desk.query.lines(State.OPEN, 10, 0)))
                .extracting(BankTransactions.Line::why)
                .containsExactlyInAnyOrder(MatchReason.MANUAL, MatchReason.REVERSED);
    }

    @Test
    void creditsAutomaticallyOnlyTheProposedCustomer() {
        var customer = customer();
        desk.lines.isDead = true;
        desk.take(HEAD + "2026-11-09;10,00;Ann;DE1;" + customer.reference() + "\n");
        var certainMatch = desk.act(() -> desk.lines.certain(10)).get(0);
        desk.lines.isDead = false;
        assertThat(desk.act(() ->
                        desk.lines.bookCertain(certainMatch.lineId(), customer().id())))
                .isEqualTo(Outcome.CONFLICT);
        assertThat(desk.act(() -> desk.lines.bookCertain(certainMatch.lineId(), customer.id())))
                .isEqualTo(Outcome.DONE);
        assertThat(balance(customer)).isEqualByComparingTo("10");
    }

    @Test
    void reviewRowDoesNotExplainADifferenceInAnotherAccount() {
        var customer = customer();
        var id = desk.draft(camt(
                statement(OURS, "99.00", entry("10.00", "BOOK", "1", customer.reference())),
                statement(OTHER, "", entry("89.00", "ODD", "2", "x"))));
        assertHeld(id, customer);
    }

    @Test
    void reviewRowOfAnotherAmountExplainsNoDifference() {
        var customer = customer();
        var id = desk.draft(camt(statement(
                OURS, "99.00", entry("10.00", "BOOK", "1", customer.reference()) + entry("88.00", "ODD", "2", "x"))));
        assertHeld(id, customer);
    }

    @Test
    void reviewRowsExplainADifferenceOfTheirTotal() {
        var customer = customer();
        var id = desk.draft(camt(
                statement(
                        OURS,
                        "99.00",
                        entry("10.00", "BOOK", "1", customer.reference()) + entry("89.00", "ODD", "2", "x")),
                statement(OURS, "7.00", entry("7.00", "ODD", "3", "y"))));
        assertCredited(id, customer);
    }

    @Test
    void rowWithoutAmountMayExplainADifferenceInItsAccount() {
        var customer = customer();
        var id = desk.draft(camt(statement(
                OURS, "99.00", entry("10.00", "BOOK", "1", customer.reference()) + entry("many", "BOOK", "2", "x"))));
        assertCredited(id, customer);
    }

    @Test
    void reviewRowExplainsOneMissingEntry() {
        var customer = customer();
        assertCredited(desk.draft(camt(statement(OURS, "", counted(2, customer)))), customer);
    }

    @Test
    void reviewRowExplainsAtMostOneMissingEntry() {
        var customer = customer();
        assertHeld(desk.draft(camt(statement(OURS, "", counted(3, customer)))), customer);
    }

    /** Two entries, of which one needs review, and the number of entries the bank states. */
    private static String counted(int entries, Customer customer) {
        return "<TxsSummry><TtlNtries><NbOfNtries>" + entries + "</NbOfNtries></TtlNtries></TxsSummry>"
                + entry("10.00", "BOOK", "1", customer.reference()) + entry("many", "BOOK", "2", "x");
    }

    @Test
    void doesNotCreditAReviewedRowThatReturnsReadable() {
        var customer = customer();
        desk.take(camt(statement(OURS, "", entry("10.00", "ODD", "1", customer.reference()))));
        var row = billingFixture.in(() -> desk.reviews.open(10, 0)).get(0);
        billingFixture.in(() -> desk.reviews.discard(row.id(), "paid in another way"));

        var id = desk.take(camt(statement(OURS, "", entry("10.00", "BOOK", "1", customer.reference()))));
        assertThat(desk.rows(id)).extracting(ImportRow::why).containsExactly(Optional.of(MatchReason.SIMILAR));
        assertThat(balance(customer)).isZero();
    }

    @Test
    void normalizesAccountsOfReviewRows() {
        desk.take(HEAD + "2026-11-09;ten;Bob;de02 1203 0000 0000 2020 51;x\n2026-11-09;-1,00;Rent;;x\n");
        assertThat(billingFixture.in(() -> desk.reviews.open(10, 0)))
                .singleElement()
                .satisfies(row -> assertThat(row.iban()).isEqualTo(OTHER));
    }

    @Test
    void concurrentAssignmentsDoNotExceedTheLimit() throws Exception {
        var approvers = desk.approvers;
        approvers.limit("100");
        try {
            for (var round = 0; round < 5; round++) {
                var customer = customer();
                var rows = entered("60", "60");
                var acts = rows.stream()
                        .map(row -> (Callable<Outcome>)
                                () -> approvers.as(approvers.bruno, () -> desk.lines.assign(row, customer.id(), true)))
                        .toList();
                assertThat(together(acts)).containsExactlyInAnyOrder(Outcome.DONE, Outcome.SECOND_PERSON);
                assertThat(balance(customer)).isEqualByComparingTo("60");
            }
        } finally {
            approvers.noLimit();
        }
    }

    @Test
    void manualAssignmentsAndAdjustmentsShareTheDailyLimit() {
        var approvers = desk.approvers;
        approvers.limit("100");
        try {
            var customer = customer();
            var rows = entered("90", "90");
            assertThat(approvers.as(approvers.bruno, () -> desk.lines.assign(rows.get(0), customer.id(), true)))
                    .isEqualTo(Outcome.DONE);
            assertThat(approvers.as(
                            approvers.bruno, () -> approvers.adjustments().ask(wish(customer, "90"))))
                    .isEqualTo(new Adjustments.Outcome.Waiting());

            var other = customer();
            assertThat(approvers.as(
                            approvers.bruno, () -> approvers.adjustments().ask(wish(other, "90"))))
                    .isEqualTo(new Adjustments.Outcome.Done());
            assertThat(approvers.as(approvers.bruno, () -> desk.lines.assign(rows.get(1), other.id(), true)))
                    .isEqualTo(Outcome.SECOND_PERSON);
        } finally {
            approvers.noLimit();
        }
    }

    @Test
    void importsAnArchiveAboveTheDraftLimitInSeveralUploads() throws IOException {
        var archive = archive(25);
        var first = (UploadOutcome.Saved) desk.upload("month.zip", archive);
        assertThat(first.imports()).hasSize(StatementDrafts.DRAFTS_MAX);
        assertThat(first.known()).isZero();
        assertThat(first.left()).isEqualTo(5);
        assertThat(desk.upload("month.zip", archive)).isEqualTo(first);
        first.imports().forEach(desk::post);

        var second = (UploadOutcome.Saved) desk.upload("month.zip", archive);
        assertThat(second.imports()).hasSize(5);
        assertThat(second.known()).isEqualTo(StatementDrafts.DRAFTS_MAX);
        assertThat(second.left()).isZero();
        second.imports().forEach(desk::post);
        assertThat(desk.upload("month.zip", archive)).isEqualTo(new UploadOutcome.Saved(List.of(), 25, 0));
        assertThat(Database.texts("select count(*)::text from t_doubted.bank_transaction"))
                .containsExactly("25");
    }

    @Test
    void rejectsAMappingNameGivenTwiceConcurrently() throws Exception {
        for (var round = 0; round < 5; round++) {
            var name = "My bank " + round;
            var acts = new ArrayList<Callable<StatementProfiles.Outcome>>();
            for (var extra : List.of("Text", "Details")) {
                var id = desk.draft("Date;Amount;Payer;" + extra + round + "\n2026-11-09;1,00;P;x\n");
                acts.add(() -> billingFixture.in(() -> desk.profiles.save(id, name)));
            }
            assertThat(together(acts))
                    .containsExactlyInAnyOrder(StatementProfiles.Outcome.DONE, StatementProfiles.Outcome.TAKEN);
        }
    }

    private static void assertHeld(UUID id, Customer customer) {
        assertThat(desk.rows(id))
                .filteredOn(row -> row.plan() != RowPlan.REVIEW)
                .extracting(row -> row.why().orElseThrow())
                .containsExactly(MatchReason.TOTALS);
        assertThat(billingFixture.in(() -> desk.importQuery.isHeld(id))).isTrue();
        desk.act(() -> desk.imports.post(id, 1, true));
        assertThat(balance(customer)).isZero();
        assertThat(billingFixture.in(() -> desk.importQuery.credited(id))).isZero();
    }

    private static void assertCredited(UUID id, Customer customer) {
        assertThat(billingFixture.in(() -> desk.importQuery.figures(id)))
                .anyMatch(StatementImportQuery.StatedFigure::isDifferent);
        assertThat(desk.rows(id))
                .filteredOn(row -> row.plan() != RowPlan.REVIEW)
                .extracting(ImportRow::plan)
                .containsExactly(RowPlan.CREDIT);
        assertThat(billingFixture.in(() -> desk.importQuery.isHeld(id))).isFalse();
        desk.act(() -> desk.imports.post(id, 1, true));
        assertThat(balance(customer)).isEqualByComparingTo("10");
        assertThat(billingFixture.in(() -> desk.importQuery.credited(id))).isEqualTo(1);
    }

    /** Lines entered manually by Bruno. */
    private static List<UUID> entered(String... amounts) {
        var file = new StringBuilder(HEAD);
        for (var row = 0; row < amounts.length; row++) {
            file.append("2026-11-09;ten;Bob;;").append(UUID.randomUUID()).append('\n');
        }
        var id = desk.take(file + "2026-11-09;-1,00;Rent;;" + UUID.randomUUID() + "\n");
        var rows = billingFixture.in(() -> desk.reviews.open(10, 0)).stream()
                .filter(row -> row.importId().equals(id))
                .map(StatementReviews.ReviewRow::id)
                .toList();
        for (var at = 0; at < amounts.length; at++) {
            var entry = new Entry(
                    LocalDate.parse("2026-11-09"),
                    new BigDecimal(amounts[at]),
                    "EUR",
                    Direction.IN,
                    "Bob",
                    "",
                    "seen at the bank");
            var row = rows.get(at);
            desk.approvers.as(desk.approvers.bruno, () -> desk.reviews.complete(row, entry));
        }
        return rows;
    }

    private static Adjustments.AdjustmentRequest wish(Customer customer, String amount) {
        return new Adjustments.AdjustmentRequest(
                UUID.randomUUID(),
                customer.wallet(),
                Kind.CREDIT,
                AdjustmentReason.GOODWILL,
                new BigDecimal(amount),
                "for patience");
    }

    private static byte[] archive(int files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file = 0; file < files; file++) {
                zip.putNextEntry(new ZipEntry("day" + file + ".csv"));
                zip.write((HEAD + "2026-11-09;1,00;P;DE1;x" + file + "\n").getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String camt(String... statements) {
        return "<Document><BkToCstmrStmt>" + String.join("", statements) + "</BkToCstmrStmt></Document>";
    }

    /** A statement with an opening balance of zero and this closing balance. */
    private static String statement(String account, String closing, String entries) {
        var balances = closing.isEmpty() ? "" : """
            <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
            <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
            """.formatted(closing);
        return "<Stmt><Acct><Id><IBAN>%s</IBAN></Id><Ccy>EUR</Ccy></Acct>%s%s</Stmt>"
                .formatted(account, balances, entries);
    }

    private static String entry(String amount, String status, String reference, String words) {
        return """
            <Ntry><Amt Ccy="EUR">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>%s</Sts><BookgDt><Dt>2026-11-09</Dt></BookgDt><AcctSvcrRef>%s</AcctSvcrRef>
            <NtryDtls><TxDtls><RmtInf><Ustrd>%s</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
            """.formatted(amount, status, reference, words);
    }

    private static <T> List<T> together(List<Callable<T>> acts) throws Exception {
        var pool = Executors.newFixedThreadPool(acts.size());
        try {
            var all = new ArrayList<T>();
            for (var done : pool.invokeAll(acts)) {
                all.add(done.get());
            }
            return all;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Customer customer() {
        var wallet = billingFixture.wallet("0");
        invoicingFixture.name(wallet);
        var id = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var reference = billingFixture.in(() -> billingFixture.sql.one(
                "select reference from bank_reference where organization_id = ?", row -> row.text("reference"), id));
        return new Customer(id, wallet, reference);
    }

    private static BigDecimal balance(Customer customer) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select balance from wallet where id = ?", row -> row.decimal("balance"), customer.wallet()));
    }
}

package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.BankTransactions.State;
import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.billing.bank.StatementImports.PostOutcome;
import io.tenantry.billing.bank.StatementImports.UploadOutcome;
import io.tenantry.billing.bank.StatementReviews.Entry;
import io.tenantry.billing.bank.StatementReviews.Field;
import io.tenantry.billing.bank.StatementReviews.ReviewState;
import io.tenantry.billing.bank.statement.Direction;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bank file from upload to posting: nothing is posted before confirmation, then exactly what was shown, once. */
class StatementImportsTest {
    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
    private static final String HEAD = "Date;Amount;Payer;Payer IBAN;Text\n";

    private static BillingFixture billingFixture;
    private static InvoicingFixture invoicingFixture;
    private static ImportFixture desk;
    private static int customers;
    private static String latestReference = "";

    private record Customer(UUID id, UUID wallet, String reference) {}

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("imported", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        desk = new ImportFixture(billingFixture);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("truncate t_imported.bank_import, t_imported.bank_profile cascade");
        billingFixture.clock.stopAt(NOON);
        desk.lines.isDead = false;
        desk.posting.isDeadBeforeCommit = false;
    }

    @Test
    void previewShowsTheResultOfEachRowAndChangesNothing() {
        var customer = customer();
        var before = books();
        var id = desk.draft(HEAD + "2026-11-09;119,00;Ann;DE1;" + customer.reference() + "\n"
                + "2026-11-09;5,00;Nobody;;hello\n" + "2026-11-09;-7,00;Landlord;;rent " + customer.reference() + "\n");

        assertThat(desk.rows(id))
                .extracting(ImportRow::plan)
                .containsExactly(RowPlan.CREDIT, RowPlan.ASSIGN, RowPlan.OUTGOING);
        assertThat(desk.rows(id).get(0).customer())
                .map(BankTransactions.Customer::id)
                .contains(customer.id());
        assertThat(billingFixture.in(() -> desk.importQuery.planTotals(id)))
                .extracting(total -> total.plan() + " " + total.count() + " "
                        + total.incoming()
                                .subtract(total.outgoing())
                                .stripTrailingZeros()
                                .toPlainString())
                .containsExactly("CREDIT 1 119", "ASSIGN 1 5", "OUTGOING 1 -7");
        assertThat(books()).isEqualTo(before);
        assertThat(lines()).isEmpty();
        assertThat(billingFixture.in(() -> desk.query.imports(10))).isEmpty();
    }

    @Test
    void postsThePreviewOnceWhenConfirmedRepeatedly() {
        var customer = customer();
        var id = desk.draft(file(customer, "10,00"));
        assertThat(desk.post(id)).isEqualTo(new PostOutcome.Posted(id));
        assertThat(desk.act(() -> desk.imports.post(id, 1, false))).isEqualTo(new PostOutcome.Posted(id));

        assertThat(balance(customer)).isEqualByComparingTo("10");
        assertThat(desk.rows(id)).singleElement().satisfies(row -> {
            assertThat(row.isCredited()).isTrue();
            assertThat(row.lineId()).contains(row.id());
        });
        assertThat(Database.texts("select content is null from t_imported.bank_import"))
                .containsExactly("t");
        assertThat(Database.texts(
                        "select action from t_imported.audit_record where subject_id = '" + id + "' order by seq"))
                .containsExactly("bank.file_uploaded", "bank.imported");
    }

    @Test
    void postsOnceWhenConfirmedConcurrently() throws Exception {
        var customer = customer();
        var id = desk.draft(file(customer, "10,00", "20,00", "30,00"));
        var outcomes = together(8, () -> desk.act(() -> desk.imports.post(id, 1, false)));
        assertThat(outcomes).containsOnly(new PostOutcome.Posted(id));
        assertThat(balance(customer)).isEqualByComparingTo("60");
        assertThat(Database.texts(
                        "select count(*)::text from t_imported.bank_transaction_event where action = 'BOOKED'"))
                .containsExactly("3");
    }

    @Test
    void onlyOneOfConcurrentPostAndDiscardSucceeds() throws Exception {
        for (var round = 0; round < 5; round++) {
            var customer = customer();
            var id = desk.draft(file(customer, (10 + round) + ",00"));
            var pool = Executors.newFixedThreadPool(2);
            try {
                var post = pool.submit(() -> desk.act(() -> desk.imports.post(id, 1, false)));
                var discard = pool.submit(() -> desk.act(() -> desk.imports.discard(id)));
                var isPosted = post.get() instanceof PostOutcome.Posted;
                assertThat(discard.get()).isEqualTo(!isPosted);
                assertThat(balance(customer)).isEqualByComparingTo(isPosted ? Integer.toString(10 + round) : "0");
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void recoversFromACrashBeforeOrAfterPosting() {
        var customer = customer();
        var id = desk.draft(file(customer, "10,00", "20,00"));
        desk.posting.isDeadBeforeCommit = true;
        assertThatThrownBy(() -> desk.post(id)).hasMessageContaining("gone");
        assertThat(desk.one(id).state()).isEqualTo(StatementImports.State.DRAFT);
        assertThat(lines()).isEmpty();

        desk.posting.isDeadBeforeCommit = false;
        desk.lines.isDead = true;
        assertThat(desk.post(id)).isInstanceOf(PostOutcome.Posted.class);
        assertThat(balance(customer)).isZero();

        desk.lines.isDead = false;
        assertThat(desk.act(desk.imports::creditPending)).isEqualTo(2);
        assertThat(desk.act(desk.imports::creditPending)).isZero();
        assertThat(balance(customer)).isEqualByComparingTo("30");
    }

    @Test
    void rejectsPostingAPreviewThatWasReadAgain() {
        var customer = customer();
        var id = desk.draft(file(customer, "10,00"));
        var seen = desk.one(id).version();
        assertThat(desk.act(() -> desk.imports.reread(id, seen, Map.of()))).isTrue();
        assertThat(desk.act(() -> desk.imports.reread(id, seen, Map.of()))).isFalse();
        assertThat(desk.act(() -> desk.imports.post(id, seen, true))).isEqualTo(new PostOutcome.Changed());
        assertThat(lines()).isEmpty();
        assertThat(desk.post(id)).isEqualTo(new PostOutcome.Posted(id));
        assertThat(balance(customer)).isEqualByComparingTo("10");
    }

    @Test
    void rowsAffectedByLaterChangesOnlyWaitForReview() {
        var closed = customer();
        var renamed = customer();
        var id = desk.draft(HEAD + "2026-11-09;10,00;A;DE1;" + closed.reference() + "\n"
                + "2026-11-09;20,00;Late Ltd;DE2;without reference\n");
        assertThat(desk.rows(id)).extracting(ImportRow::plan).containsExactly(RowPlan.CREDIT, RowPlan.ASSIGN);
        billingFixture.in(
                () -> billingFixture.sql.update("update wallet set closed_at = ? where id = ?", NOON, closed.wallet()));
        billingFixture.in(() ->
                billingFixture.sql.update("update organization set name = 'Late Ltd' where id = ?", renamed.id()));

        desk.post(id);
        assertThat(desk.rows(id)).extracting(ImportRow::plan).containsExactly(RowPlan.ASSIGN, RowPlan.ASSIGN);
        assertThat(desk.rows(id))
                .extracting(row -> row.why().orElseThrow())
                .containsExactly(MatchReason.CURRENCY, MatchReason.NAME);
        assertThat(balance(closed)).isZero();
    }

    @Test
    void sameFileIsOneDraftAndKnownOncePosted() {
        var customer = customer();
        var file = file(customer, "10,00");
        var id = desk.draft(file);
        assertThat(desk.draft(file)).isEqualTo(id);
        desk.post(id);

        var again = desk.draft(file);
        assertThat(again).isNotEqualTo(id);
        assertThat(desk.one(again).earlier())
                .map(StatementImportQuery.Earlier::importId)
                .contains(id);
        assertThat(desk.rows(again)).extracting(ImportRow::plan).containsExactly(RowPlan.KNOWN);
        desk.post(again);
        assertThat(balance(customer)).isEqualByComparingTo("10");
    }

    @Test
    void overlappingFilesPostEachRowOnce() {
        var customer = customer();
        var first = desk.draft(file(customer, "10,00", "20,00"));
        var second = desk.draft(file(customer, "20,00", "30,00"));
        assertThat(desk.rows(second)).extracting(ImportRow::plan).containsOnly(RowPlan.CREDIT);
        desk.post(first);
        desk.post(second);
        assertThat(desk.rows(second)).extracting(ImportRow::plan).containsExactly(RowPlan.KNOWN, RowPlan.CREDIT);
        assertThat(balance(customer)).isEqualByComparingTo("60");
    }

    @Test
    void creditsAPendingPaymentOnceBooked() {
        var customer = customer();
        var head = "Date;Status;Amount;Payer;Payer IBAN;Text\n";
        var pending = desk.draft(head + "2026-11-09;Vorgemerkt;10,00;Ann;DE1;" + customer.reference() + "\n");
        assertThat(desk.rows(pending)).extracting(ImportRow::plan).containsExactly(RowPlan.SKIPPED);
        desk.post(pending);
        assertThat(balance(customer)).isZero();
        desk.post(desk.draft(head + "2026-11-10;Gebucht;10,00;Ann;DE1;" + customer.reference() + "\n"));
        assertThat(balance(customer)).isEqualByComparingTo("10");
    }

    @Test
    void invalidRowWaitsWithAReasonAndDoesNotBlockOthers() {
        var customer = customer();
        var id = desk.draft(HEAD + "2026-11-09;10,00;Ann;DE1;" + customer.reference() + "\n2026-11-09;ten;Bob;DE2;"
                + customer.reference() + "\n");
        assertThat(desk.rows(id)).extracting(ImportRow::plan).containsExactly(RowPlan.CREDIT, RowPlan.REVIEW);
        desk.post(id);
        assertThat(balance(customer)).isEqualByComparingTo("10");
        assertThat(billingFixture.in(() -> desk.reviews.open(10, 0)))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.lineNumber()).isEqualTo(3);
                    assertThat(row.reason()).isEqualTo("AMOUNT");
                    assertThat(row.raw()).contains("ten");
                });
        assertThat(billingFixture.in(() -> desk.reviews.count())).isEqualTo(1);

        // The same bad row of a later file is not queried twice.
        var later = desk.draft(HEAD + "2026-11-09;ten;Bob;DE2;" + customer.reference() + "\n2026-11-10;1,00;Eve;;x\n");
        assertThat(desk.rows(later)).extracting(ImportRow::plan).containsExactly(RowPlan.KNOWN, RowPlan.ASSIGN);
    }

    @Test
    void completedRowWaitsForAssignment() {
        var customer = customer();
        var row = invalidRow(customer);
        assertThat(complete(row, new BigDecimal("0"), "EUR", "x"))
                .isEqualTo(new StatementReviews.Outcome.Invalid(Field.AMOUNT));
        assertThat(complete(row, new BigDecimal("1.005"), "EUR", "x"))
                .isEqualTo(new StatementReviews.Outcome.Invalid(Field.AMOUNT));
        assertThat(complete(row, BigDecimal.TEN, "EURO", "x"))
                .isEqualTo(new StatementReviews.Outcome.Invalid(Field.CURRENCY));
        assertThat(complete(row, BigDecimal.TEN, "EUR", " "))
                .isEqualTo(new StatementReviews.Outcome.Invalid(Field.REASON));
        assertThat(complete(row, BigDecimal.TEN, "EUR", "seen at the bank"))
                .isEqualTo(new StatementReviews.Outcome.Completed(row));
        assertThat(complete(row, BigDecimal.TEN, "EUR", "again")).isEqualTo(new StatementReviews.Outcome.Decided());

        assertThat(balance(customer)).isZero();
        assertThat(desk.act(desk.imports::creditPending)).isZero();
        var line = billingFixture.in(() -> desk.query.one(row));
        assertThat(line.state()).isEqualTo(State.OPEN);
        assertThat(line.proposed()).map(BankTransactions.Customer::id).contains(customer.id());
        assertThat(billingFixture.in(() -> desk.lines.accept(row))).isEqualTo(BankTransactions.Outcome.DONE);
        assertThat(balance(customer)).isEqualByComparingTo("10");
        assertThat(billingFixture.in(() -> desk.query.acts(row)))
                .extracting(BankTransactions.BankTransactionEvent::act)
                .containsExactly("BOOKED", "ENTERED");
    }

    @Test
    void discardsARowWithAReason() {
        var row = invalidRow(customer());
        assertThat(billingFixture.in(() -> desk.reviews.discard(row, "")))
                .isEqualTo(new StatementReviews.Outcome.Invalid(Field.REASON));
        assertThat(billingFixture.in(() -> desk.reviews.discard(row, "a note")))
                .isEqualTo(new StatementReviews.Outcome.Discarded());
        assertThat(billingFixture.in(() -> desk.reviews.discard(row, "a note")))
                .isEqualTo(new StatementReviews.Outcome.Decided());
        assertThat(billingFixture.in(() -> desk.reviews.one(row)).state()).isEqualTo(ReviewState.DISCARDED);
        assertThat(billingFixture.in(() -> desk.reviews.count())).isZero();
        assertThat(lines()).doesNotContain(row.toString());
    }

    @Test
    void requiresApprovalForAManualAmountAboveTheLimit() {
        var customer = customer();
        var row = invalidRow(customer);
        var approvers = desk.approvers;
        approvers.limit("50");
        try {
            approvers.as(approvers.anna, () -> desk.reviews.complete(row, entry(new BigDecimal("60"), "EUR", "seen")));
            assertThat(approvers.as(approvers.anna, () -> desk.lines.assign(row, customer.id(), true)))
                    .isEqualTo(BankTransactions.Outcome.SECOND_PERSON);
            assertThat(balance(customer)).isZero();
            assertThat(approvers.as(approvers.clara, () -> desk.lines.assign(row, customer.id(), true)))
                    .isEqualTo(BankTransactions.Outcome.DONE);
            assertThat(balance(customer)).isEqualByComparingTo("60");
        } finally {
            approvers.noLimit();
        }
    }

    @Test
    void savesAColumnMappingForTheBankAndFindsItAgain() {
        var customer = customer();
        var head = "Wann;Wieviel;Wer;Wozu\n";
        var id = desk.draft(head + "09.11.2026;5,00;Ann;" + customer.reference() + "\n");
        assertThat(desk.one(id).problem()).isPresent();
        assertThat(desk.one(id).samples().get(0)).isEqualTo("Wann · 09.11.2026");
        assertThat(desk.post(id)).isEqualTo(new PostOutcome.Nothing());
        assertThat(billingFixture.in(() -> desk.profiles.save(id, "My bank")))
                .isEqualTo(StatementProfiles.Outcome.NOTHING);

        var settings = new HashMap<>(desk.one(id).understood());
        settings.putAll(
                Map.of("DATE", "0", "AMOUNT", "1", "PAYER", "2", "PURPOSE", "3", "NONSENSE", "\0", "currency", "EUR"));
        assertThat(desk.act(() -> desk.imports.reread(id, desk.one(id).version(), settings)))
                .isTrue();
        assertThat(desk.one(id).problem()).isEmpty();
        assertThat(desk.one(id).header()).containsExactly("Wann", "Wieviel", "Wer", "Wozu");
        assertThat(desk.rows(id)).extracting(ImportRow::plan).containsExactly(RowPlan.CREDIT);

        assertThat(billingFixture.in(() -> desk.profiles.save(id, " "))).isEqualTo(StatementProfiles.Outcome.NAME);
        assertThat(billingFixture.in(() -> desk.profiles.save(id, "My bank")))
                .isEqualTo(StatementProfiles.Outcome.DONE);
        desk.post(id);
        assertThat(balance(customer)).isEqualByComparingTo("5");

        var next = desk.draft(head + "10.11.2026;7,00;Ann;" + customer.reference() + "\n");
        assertThat(desk.one(next).profile()).contains("My bank");
        assertThat(desk.rows(next)).extracting(ImportRow::plan).containsExactly(RowPlan.CREDIT);
        var profile = billingFixture.in(() -> desk.profiles.all()).get(0);
        assertThat(billingFixture.in(() -> desk.profiles.rename(profile.id(), "Other")))
                .isEqualTo(StatementProfiles.Outcome.DONE);
        billingFixture.in(() -> {
            desk.profiles.delete(profile.id());
            return true;
        });
        assertThat(desk.one(desk.draft(head + "11.11.2026;7,00;Ann;x\n")).problem())
                .isPresent();
        assertThat(Database.texts("select action from t_imported.audit_record where subject_id = '" + profile.id()
                        + "' order by seq"))
                .containsExactly("bank.profile_saved", "bank.profile_renamed", "bank.profile_deleted");
    }

    @Test
    void differingTotalsNeedConfirmationAndCreditNothing() {
        var customer = customer();
        var id = desk.draft(camt("""
            <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-08</Dt></Dt></Bal>
            <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">99.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-09</Dt></Dt></Bal>
            """, customer));
        assertThat(billingFixture.in(() -> desk.importQuery.figures(id)))
                .anyMatch(StatementImportQuery.StatedFigure::isDifferent);
        assertThat(desk.rows(id)).extracting(row -> row.why().orElseThrow()).containsExactly(MatchReason.TOTALS);
        assertThat(desk.post(id)).isEqualTo(new PostOutcome.NotAcknowledged());
        assertThat(lines()).isEmpty();
        assertThat(desk.act(() -> desk.imports.post(id, 1, true))).isEqualTo(new PostOutcome.Posted(id));
        assertThat(balance(customer)).isZero();
        assertThat(billingFixture.in(() -> desk.query.lines(State.OPEN, 10, 0))).hasSize(1);
    }

    @Test
    void matchingTotalsAreShownAndCredited() {
        var customer = customer();
        var id = desk.draft(camt("""
            <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-08</Dt></Dt></Bal>
            <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">15.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-09</Dt></Dt></Bal>
            """, customer));
        assertThat(billingFixture.in(() -> desk.importQuery.figures(id)))
                .isNotEmpty()
                .noneMatch(StatementImportQuery.StatedFigure::isDifferent);
        desk.post(id);
        assertThat(balance(customer)).isEqualByComparingTo("10");
    }

    @Test
    void refusesHostileFilesOrKeepsThemAsText() {
        assertThat(desk.upload("x", "")).isInstanceOf(UploadOutcome.Unreadable.class);
        assertThat(desk.upload("x", "x".repeat(StatementImports.BYTES_MAX + 1)))
                .isInstanceOf(UploadOutcome.Unreadable.class);
        assertThat(desk.upload("x", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><Document/>"))
                .isInstanceOf(UploadOutcome.Unreadable.class);
        assertThat(desk.upload("x.pdf", "%PDF-1.7\n\0\1\2".getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(UploadOutcome.Unreadable.class);
        var kept = desk.upload(
                "../../<script>\0\u202e" + "n".repeat(500) + ".csv",
                HEAD + "2026-11-09;10,00;<b>=cmd|'/c calc'!A0</b>;DE1;a\u0000b\ud800c \ud83d\ude00\n");
        var id = ((UploadOutcome.Saved) kept).imports().get(0);
        assertThat(desk.one(id).fileName()).doesNotContain("/", "\0").hasSizeLessThanOrEqualTo(120);
        desk.post(id);
        assertThat(billingFixture
                        .in(() -> desk.query.lines(State.OPEN, 10, 0))
                        .get(0)
                        .payer())
                .contains("<b>=cmd");
    }

    @Tag("full")
    @Test
    void refusesTooManyRowsAndPreviewsManyInTime() {
        var customer = customer();
        var many = new StringBuilder(HEAD);
        for (var row = 0; row < 25_000; row++) {
            many.append("2026-11-09;1,00;P;DE1;x").append(row).append('\n');
        }
        var outcome = desk.upload("many.csv", many.toString());
        assertThat(outcome)
                .satisfiesAnyOf(
                        refused -> assertThat(refused).isInstanceOf(UploadOutcome.Unreadable.class),
                        kept -> assertThat(desk.one(((UploadOutcome.Saved) kept)
                                                .imports()
                                                .get(0))
                                        .problem())
                                .isPresent());
        var fewer = new StringBuilder(HEAD);
        for (var row = 0; row < 5_000; row++) {
            fewer.append("2026-11-09;1,00;Payer ")
                    .append(row)
                    .append(";DE1;x")
                    .append(row)
                    .append('\n');
        }
        fewer.append("2026-11-09;1,00;P;DE1;").append(customer.reference()).append('\n');
        var id = desk.draft(fewer.toString());
        assertThat(desk.rows(id)).hasSize(1_000);
        desk.post(id);
        assertThat(balance(customer)).isEqualByComparingTo("1");
    }

    @Test
    void limitsDiscardsAndExpiresDrafts() {
        for (var number = 0; number < StatementDrafts.DRAFTS_MAX; number++) {
            desk.draft(HEAD + "2026-11-09;1,00;P;DE1;x" + number + "\n");
        }
        assertThat(desk.upload("x", HEAD + "2026-11-09;1,00;P;DE1;too many\n"))
                .isInstanceOf(UploadOutcome.TooManyDrafts.class);
        var first = billingFixture.in(() -> desk.importQuery.drafts()).get(0).id();
        assertThat(desk.act(() -> desk.imports.discard(first))).isTrue();
        assertThat(desk.act(() -> desk.imports.discard(first))).isFalse();
        assertThat(desk.act(() -> desk.imports.post(first, 1, true))).isEqualTo(new PostOutcome.Changed());
        assertThat(desk.rows(first)).isEmpty();

        billingFixture.clock.stopAt(NOON.plus(Duration.ofDays(15)));
        billingFixture.in(() -> desk.drafts.expire());
        assertThat(billingFixture.in(() -> desk.importQuery.drafts())).isEmpty();
        assertThat(Database.texts("select count(*)::text from t_imported.bank_import where content is not null"))
                .containsExactly("0");
        billingFixture.clock.stopAt(NOON.plus(Duration.ofDays(91)));
        billingFixture.in(() -> desk.drafts.expire());
        assertThat(Database.texts("select count(*)::text from t_imported.bank_import"))
                .containsExactly("0");
    }

    @Test
    void requiresPermissionToMoveMoney() {
        var id = desk.draft(file(customer(), "10,00"));
        var stranger = new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "Mia");
        for (var act : List.<Callable<Object>>of(
                () -> desk.imports.upload("x", HEAD.getBytes(StandardCharsets.UTF_8)),
                () -> desk.imports.post(id, 1, true),
                () -> desk.imports.discard(id),
                () -> desk.imports.reread(id, 1, Map.of()),
                () -> Database.in(billingFixture.tenant, () -> desk.importQuery.one(id)),
                () -> Database.in(billingFixture.tenant, () -> desk.importQuery.drafts()),
                () -> Database.in(billingFixture.tenant, () -> desk.profiles.save(id, "x")),
                () -> Database.in(billingFixture.tenant, () -> desk.profiles.all()),
                () -> Database.in(billingFixture.tenant, () -> desk.reviews.open(1, 0)),
                () -> Database.in(billingFixture.tenant, () -> desk.reviews.discard(id, "x")))) {
            assertThatThrownBy(() -> {
                        try (var actorScope = Actors.enter(stranger)) {
                            Tenancy.in(billingFixture.tenant, () -> {
                                try {
                                    return act.call();
                                } catch (RuntimeException failure) {
                                    throw failure;
                                } catch (Exception failure) {
                                    throw new IllegalStateException(failure);
                                }
                            });
                        }
                    })
                    .isInstanceOf(AccessDeniedException.class);
        }
        assertThatThrownBy(() -> desk.act(() -> desk.imports.post(UUID.randomUUID(), 1, true)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> billingFixture.in(() -> desk.reviews.one(id))).isInstanceOf(NotFoundException.class);
    }

    private static UUID invalidRow(Customer customer) {
        var id = desk.draft(HEAD + "2026-11-09;ten;Bob;DE2;" + customer.reference() + "\n2026-11-09;-1,00;Rent;;x\n");
        desk.post(id);
        return billingFixture.in(() -> desk.reviews.open(10, 0)).get(0).id();
    }

    private static StatementReviews.Outcome complete(UUID row, BigDecimal amount, String currency, String reason) {
        return billingFixture.in(() -> desk.reviews.complete(row, entry(amount, currency, reason)));
    }

    private static Entry entry(BigDecimal amount, String currency, String reason) {
        return new Entry(LocalDate.parse("2026-11-09"), amount, currency, Direction.IN, "Bob", latestReference, reason);
    }

    private static String file(Customer customer, String... amounts) {
        var file = new StringBuilder(HEAD);
        for (var amount : amounts) {
            file.append("2026-11-09;")
                    .append(amount)
                    .append(";Ann;DE1;")
                    .append(customer.reference())
                    .append('\n');
        }
        return file.toString();
    }

    private static String camt(String balances, Customer customer) {
        return """
            <Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>%s
            <Ntry><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-09</Dt></BookgDt><AcctSvcrRef>1</AcctSvcrRef>
            <NtryDtls><TxDtls><RmtInf><Ustrd>%s</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>
            """.formatted(balances, customer.reference());
    }

    private static <T> List<T> together(int times, Callable<T> act) throws Exception {
        var pool = Executors.newFixedThreadPool(times);
        try {
            var all = new ArrayList<T>();
            for (var done : pool.invokeAll(Collections.nCopies(times, act))) {
                all.add(done.get());
            }
            return all;
        } finally {
            pool.shutdownNow();
        }
    }

    /** Returns the complete ledger. */
    private static List<String> books() {
        return Database.texts("select p.entry_id || ' ' || p.amount from t_imported.posting p order by 1");
    }

    private static List<String> lines() {
        return Database.texts("select id::text from t_imported.bank_transaction");
    }

    private static Customer customer() {
        var wallet = billingFixture.wallet("0");
        invoicingFixture.name(wallet);
        var id = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        var name = "Imported customer " + customers++;
        billingFixture.in(() -> billingFixture.sql.update("update organization set name = ? where id = ?", name, id));
        var reference = billingFixture.in(() -> billingFixture.sql.one(
                "select reference from bank_reference where organization_id = ?", row -> row.text("reference"), id));
        latestReference = reference;
        return new Customer(id, wallet, reference);
    }

    private static BigDecimal balance(Customer customer) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select balance from wallet where id = ?", row -> row.decimal("balance"), customer.wallet()));
    }
}

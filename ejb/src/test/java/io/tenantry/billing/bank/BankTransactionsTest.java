package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.bank.BankTransactions.Line;
import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.BankTransactions.Outcome;
import io.tenantry.billing.bank.BankTransactions.State;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money received by bank transfer: credited to the right wallet, once; the rest waits for review. */
class BankTransactionsTest {
    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    private static BillingFixture billingFixture;
    private static InvoicingFixture invoicingFixture;
    private static ImportFixture desk;
    private static ImportFixture.Lines lines;
    private static int customers;

    private record Customer(UUID id, UUID wallet, String name, String reference) {}

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("banked", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        billingFixture.clock.stopAt(NOON);
        desk = new ImportFixture(billingFixture);
        lines = desk.lines;
    }

    @BeforeEach
    void empty() {
        Database.asOwner("truncate t_banked.bank_import cascade");
        billingFixture.clock.stopAt(NOON);
    }

    @Test
    void creditsByPaymentReferenceOnceWhenImportedTwice() {
        var customer = customer();
        var file = csv(
                "2026-11-09;119,00;Anyone;DE1;thanks " + customer.reference().toLowerCase(java.util.Locale.ROOT));

        take(file);
        assertThat(imports()).containsExactly("1 1");
        take(file);
        assertThat(imports()).containsExactlyInAnyOrder("1 0", "1 1");

        assertThat(balance(customer)).isEqualByComparingTo("119");
        assertThat(only(State.BOOKED)).satisfies(line -> {
            assertThat(line.why()).isEqualTo(MatchReason.REFERENCE);
            assertThat(line.customer()).map(BankTransactions.Customer::id).contains(customer.id());
        });
        assertThat(Database.texts("select a.kind || ' ' || p.amount from t_banked.posting p"
                        + " join t_banked.ledger_account a on a.id = p.account_id"
                        + " join t_banked.bank_transaction l on l.entry_id = p.entry_id order by 1"))
                .containsExactly("CASH -119.00000000", "WALLET 119.00000000");
    }

    @Test
    void keepsIdenticalLinesOfOneFileApart() {
        var customer = customer();
        var line = "2026-11-09;10,00;Ann;DE1;" + customer.reference();
        take(csv(line, line));
        assertThat(balance(customer)).isEqualByComparingTo("20");
        take(csv(line, line));
        assertThat(balance(customer)).isEqualByComparingTo("20");
    }

    @Test
    void booksConcurrentlyUploadedFilesOnce() throws Exception {
        var first = customer();
        var second = customer();
        var file = csv(
                "2026-11-09;10,00;Ann;DE1;" + first.reference(),
                "2026-11-09;20,00;Bob;DE2;" + second.reference(),
                "2026-11-08;5,00;Ann;DE1;" + first.reference());
        var pool = Executors.newFixedThreadPool(4);
        try {
            for (var done : pool.invokeAll(Collections.nCopies(4, (Callable<UUID>) () -> take(file)))) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(Database.texts("select sum(new_lines)::text from t_banked.bank_import"))
                .containsExactly("3");
        assertThat(balance(first)).isEqualByComparingTo("15");
        assertThat(balance(second)).isEqualByComparingTo("20");
    }

    @Test
    void booksLinesOfAnInterruptedImportWithTheNextFile() {
        var customer = customer();
        lines.isDead = true;
        take(csv("2026-11-09;10,00;Ann;DE1;" + customer.reference()));
        assertThat(balance(customer)).isZero();
        assertThat(only(State.OPEN).why()).isEqualTo(MatchReason.REFERENCE);

        lines.isDead = false;
        take(csv("2026-11-10;1,00;Nobody;DE9;x"));
        assertThat(balance(customer)).isEqualByComparingTo("10");
    }

    @Test
    void paysOpenInvoices() {
        var customer = customer();
        var document = owe(customer);
        assertThat(state(document)).isEqualTo("FINAL");
        take(csv("2026-11-09;50,00;Ann;DE1;" + customer.reference()));
        assertThat(state(document)).isEqualTo("PAID");
    }

    @Test
    void paysInvoicesInPartAndOpensThemAgainForAReversedLine() {
        var customer = customer();
        var document = owe(customer);
        take(csv("2026-11-09;5,00;Ann;DE1;" + customer.reference()));
        assertThat(openAmount(document)).isEqualByComparingTo("0.15");
        take(csv("2026-11-10;0,15;Ann;DE1;" + customer.reference()));
        assertThat(state(document)).isEqualTo("PAID");

        var line = last(State.BOOKED);
        assertThat(billingFixture.in(() -> lines.takeBack(line.id(), "returned by the bank")))
                .isEqualTo(Outcome.DONE);
        assertThat(openAmount(document)).isEqualByComparingTo(line.amount().amount());
        assertThat(state(document)).isEqualTo("FINAL");
    }

    @Test
    void proposesTheBuyerForTheAmountDueOfItsDocument() {
        var customer = customer();
        billingFixture.topUp(customer.wallet(), "3.04");
        var document = owe(customer);
        assertThat(openAmount(document)).isEqualByComparingTo("2.11");
        billingFixture.in(() -> billingFixture.sql.update(
                "update organization set name = name || ' Holding' where id = ?", customer.id()));

        proposes(MatchReason.NAME, customer, "2026-11-02;2,11;" + customer.name() + ";DE6;x");
        take(csv("2026-11-03;2,12;" + customer.name() + ";DE61;x"));
        assertThat(last(State.OPEN).why()).isEqualTo(MatchReason.UNKNOWN);
    }

    @Test
    void proposesUncertainMatchesForReview() {
        var customer = customer();
        var other = customer();
        var document = owe(customer);
        var number = billingFixture.in(() -> billingFixture.sql.one(
                "select number_text from invoice where id = ?", row -> row.text("number_text"), document));
        var total = billingFixture.in(() -> billingFixture.sql.one(
                "select trim(to_char(total, '9990.00')) as t from invoice where id = ?",
                row -> row.text("t"),
                document));

        proposes(
                MatchReason.NAME,
                other,
                "2026-10-30;4,44;" + other.name().toLowerCase(java.util.Locale.ROOT) + " ,;DE8;x");
        proposes(MatchReason.DOCUMENT, customer, "2026-11-01;3,00;Ann;DE7;" + number.replace("-", " - "));
        proposes(
                MatchReason.NAME,
                customer,
                "2026-11-02;" + total.replace('.', ',') + ";" + customer.name().toUpperCase(java.util.Locale.ROOT)
                        + ".;DE6;x");
        proposes(
                MatchReason.DIGITS,
                other,
                "2026-11-03;3,00;Ann;DE5;Kd " + other.reference().substring(4));
        take(csv("2026-11-04;3,00;Ann;DE44;" + other.reference(), "2026-11-05;7,00;Ann;DE44;of the same file"));
        assertThat(last(State.OPEN).why()).isEqualTo(MatchReason.PAYER);
        proposes(MatchReason.PAYER, other, "2026-11-05;4,00;Ann;DE44;no words");
        take(csv("2026-11-06;5,00;Ann;DE3;" + customer.reference() + " and " + other.reference()));
        assertThat(last(State.OPEN)).satisfies(line -> {
            assertThat(line.why()).isEqualTo(MatchReason.AMBIGUOUS);
            assertThat(line.proposed()).isEmpty();
        });
        take(csv("2026-11-07;6,00;Nobody;DE2;hello"));
        assertThat(last(State.OPEN).why()).isEqualTo(MatchReason.UNKNOWN);
        assertThat(balance(other)).isEqualByComparingTo("3");
    }

    @Test
    void keepsOtherCurrenciesForReview() {
        var customer = customer();
        take("Date;Amount;Currency;Text\n2026-11-09;10,00;USD;" + customer.reference() + "\n");
        var line = only(State.OPEN);
        assertThat(line.why()).isEqualTo(MatchReason.CURRENCY);
        assertThat(line.proposed()).map(BankTransactions.Customer::id).contains(customer.id());
        assertThat(billingFixture.in(() -> lines.assign(line.id(), customer.id(), true)))
                .isEqualTo(Outcome.CURRENCY);
        assertThat(balance(customer)).isZero();
    }

    @Test
    void skipsLinesKnownFromAnotherFileFormat() {
        var customer = customer();
        take(csv("2026-11-09;10,00;Ann;DE1;" + customer.reference()));
        take("""
            <Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
            <Ntry><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-09</Dt></BookgDt><AcctSvcrRef>1</AcctSvcrRef>
            <NtryDtls><TxDtls><RltdPties><DbtrAcct><Id><IBAN>DE1</IBAN></Id></DbtrAcct></RltdPties>
            <RmtInf><Ustrd>%s</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>
            """.formatted(customer.reference()));
        assertThat(balance(customer)).isEqualByComparingTo("10");
        assertThat(only(State.OPEN).why()).isEqualTo(MatchReason.SIMILAR);
    }

    @Test
    void skipsLinesKnownFromAnotherFormatDatedADayLater() {
        var customer = customer();
        take(csv("2026-11-09;10,00;Ann;DE1;" + customer.reference()));
        take(camt("2026-11-10", "10.00", "<RmtInf><Ustrd>" + customer.reference() + "</Ustrd></RmtInf>"));
        assertThat(balance(customer)).isEqualByComparingTo("10");
        assertThat(only(State.OPEN).why()).isEqualTo(MatchReason.SIMILAR);
    }

    @Test
    void keepsLinesWithTwoReferencesForReview() {
        var one = customer();
        var other = customer();
        take(camt(
                "2026-11-09",
                "33.00",
                "<RmtInf><Strd><CdtrRefInf><Ref>" + one.reference()
                        + "</Ref></CdtrRefInf></Strd><Strd><CdtrRefInf><Ref>" + other.reference()
                        + "</Ref></CdtrRefInf></Strd></RmtInf>"));
        assertThat(balance(one)).isZero();
        assertThat(balance(other)).isZero();
        assertThat(only(State.OPEN)).satisfies(line -> {
            assertThat(line.why()).isEqualTo(MatchReason.AMBIGUOUS);
            assertThat(line.words()).contains(one.reference(), other.reference());
        });
    }

    @Test
    void booksAPendingLineOnceTheBankBooksIt() {
        var customer = customer();
        var file = "Datum;Betrag;Name;Text;Status\n09.11.2026;50,00;Ann;%s;%s\n10.11.2026;1,00;Bob;x;Gebucht\n";
        take(file.formatted(customer.reference(), "Vorgemerkt"));
        assertThat(balance(customer)).isZero();
        take(file.formatted(customer.reference(), "Gebucht"));
        take(file.formatted(customer.reference(), "Gebucht"));
        assertThat(balance(customer)).isEqualByComparingTo("50");
    }

    @Test
    void uncertainRowDoesNotBlockOthers() {
        var customer = customer();
        var id = take(
                "Datum;Betrag;Name;Text;Dr/Cr\n09.11.2026;50,00;Ann;%1$s;DR\n09.11.2026;7,00;Ann;%1$s;CR\n09.11.2026;8,00;Ann;%1$s;?\n"
                        .formatted(customer.reference()));
        assertThat(desk.rows(id))
                .extracting(StatementImportQuery.ImportRow::plan)
                .containsExactly(RowPlan.OUTGOING, RowPlan.CREDIT, RowPlan.REVIEW);
        assertThat(balance(customer)).isEqualByComparingTo("7");
    }

    private static String camt(String date, String amount, String part) {
        return """
            <Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
            <Ntry><Amt Ccy="EUR">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>%s</Dt></BookgDt><AcctSvcrRef>1</AcctSvcrRef>
            <NtryDtls><TxDtls>%s</TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>
            """.formatted(amount, date, part);
    }

    @Test
    void reversesAWrongAssignment() {
        var wrong = customer();
        var right = customer();
        take(csv("2026-11-09;10,00;Ann;DE1;" + wrong.reference()));
        var line = only(State.BOOKED);

        assertThat(billingFixture.in(() -> lines.takeBack(line.id(), " "))).isEqualTo(Outcome.REASON);
        assertThat(billingFixture.in(() -> lines.takeBack(line.id(), "mistyped")))
                .isEqualTo(Outcome.DONE);
        assertThat(billingFixture.in(() -> lines.takeBack(line.id(), "mistyped")))
                .isEqualTo(Outcome.CONFLICT);
        assertThat(balance(wrong)).isZero();
        assertThat(only(State.OPEN).why()).isEqualTo(MatchReason.REVERSED);
        take(csv("2026-11-09;10,00;Ann;DE1;" + wrong.reference()));
        assertThat(balance(wrong)).isZero();

        assertThat(billingFixture.in(() -> lines.assign(line.id(), right.id(), true)))
                .isEqualTo(Outcome.DONE);
        assertThat(billingFixture.in(() -> lines.assign(line.id(), wrong.id(), true)))
                .isEqualTo(Outcome.CONFLICT);
        assertThat(balance(right)).isEqualByComparingTo("10");
        assertThat(billingFixture.in(() -> desk.query.acts(line.id())))
                .extracting(BankTransactions.BankTransactionEvent::act)
                .containsExactly("BOOKED", "REVERSED", "BOOKED");
        assertThat(Database.texts("select e.kind || ' ' || (r.id is not null) from t_banked.bank_transaction_event a"
                        + " join t_banked.journal_entry e on e.id = a.entry_id left join t_banked.journal_entry r on r.id ="
                        + " e.reverses where a.line_id = '" + line.id() + "' order by a.id"))
                .containsExactly("CREDIT false", "REVERSAL true", "CREDIT false");
        assertThat(Database.texts(
                        "select action from t_banked.audit_record where subject_id = '" + line.id() + "' order by seq"))
                .containsExactly("bank.line_booked", "bank.line_reversed", "bank.line_booked");
    }

    @Test
    void rejectsTheSlowerOfTwoConcurrentAssignments() throws Exception {
        var first = customer();
        var second = customer();
        take(csv("2026-11-09;10,00;Nobody;;x"));
        var line = only(State.OPEN);
        var pool = Executors.newFixedThreadPool(2);
        try {
            var both = pool.invokeAll(List.<Callable<Outcome>>of(
                    () -> billingFixture.in(() -> lines.assign(line.id(), first.id(), true)),
                    () -> billingFixture.in(() -> lines.assign(line.id(), second.id(), true))));
            assertThat(List.of(both.get(0).get(), both.get(1).get()))
                    .containsExactlyInAnyOrder(Outcome.DONE, Outcome.CONFLICT);
        } finally {
            pool.shutdownNow();
        }
        assertThat(balance(first).add(balance(second))).isEqualByComparingTo("10");
    }

    @Test
    void setsLinesAsideWithAReasonAndReopensThem() {
        take(csv("2026-11-09;10,00;Tax office;;notice 7", "2026-11-09;-10,00;Rent;;out"));
        assertThat(only(State.IGNORED).why()).isEqualTo(MatchReason.OUTGOING);
        var line = only(State.OPEN);
        assertThat(billingFixture.in(() -> lines.setAside(line.id(), ""))).isEqualTo(Outcome.REASON);
        assertThat(billingFixture.in(() -> lines.setAside(line.id(), "no customer")))
                .isEqualTo(Outcome.DONE);
        assertThat(billingFixture.in(() -> lines.setAside(line.id(), "no customer")))
                .isEqualTo(Outcome.CONFLICT);
        assertThat(billingFixture.in(() -> desk.query.one(line.id())).note()).isEqualTo("no customer");
        assertThat(billingFixture.in(() -> lines.takeUp(line.id()))).isEqualTo(Outcome.DONE);
        assertThat(billingFixture.in(() -> desk.query.counts()))
                .isEqualTo(new BankTransactionQuery.StateCounts(1, 0, 1));
    }

    @Test
    void honorsColumnNamesOfOlderMappings() {
        var columns = new ColumnNames();
        columns.sql = billingFixture.sql;
        columns.access = lines.access;
        columns.audit = lines.audit;
        var customer = customer();
        var file = "Wann;Wieviel;Wozu\n2026-11-09;5,00;" + customer.reference() + "\n";
        billingFixture.in(() -> billingFixture.sql.update(
                "update bank_columns set names = '{\"DATE\": \"Wann\", \"AMOUNT\": \"Wieviel\", \"WORDS\":"
                        + " \"Wozu\"}'"));
        assertThat(billingFixture.in(() -> columns.columns())).containsOnlyKeys("DATE", "AMOUNT", "PURPOSE");
        take(file);
        assertThat(balance(customer)).isEqualByComparingTo("5");
        billingFixture.in(() -> {
            columns.forget();
            return true;
        });
        assertThat(billingFixture.in(() -> columns.columns())).isEmpty();
    }

    @Test
    void requiresPermissionToMoveMoney() {
        var customer = customer();
        take(csv("2026-11-09;10,00;Nobody;;x"));
        var line = only(State.OPEN).id();
        var stranger = new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "Mia");
        for (var act : List.<Supplier<Object>>of(
                () -> lines.assign(line, customer.id(), true),
                () -> lines.setAside(line, "x"),
                () -> lines.takeUp(line),
                () -> lines.takeBack(line, "x"),
                () -> desk.query.customers("x"),
                () -> desk.query.one(line),
                () -> desk.query.acts(line),
                () -> desk.query.imports(1),
                () -> desk.query.lines(State.OPEN, 1, 0))) {
            assertThatThrownBy(() -> {
                        try (var actorScope = Actors.enter(stranger)) {
                            Database.in(billingFixture.tenant, act);
                        }
                    })
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void showsThePaymentReferenceOnceTheBankAccountIsKnown() {
        var customer = customer();
        var transfers = new BankTransferDetails();
        transfers.sql = billingFixture.sql;
        transfers.access = new Access(billingFixture.sql);
        assertThat(billingFixture.in(() -> transfers.of(customer.id()))).isEmpty();
        billingFixture.in(() -> billingFixture.sql.update("""
            insert into invoice_seller (name, street, postcode, city, country, vat_number, tax_number, register, email, bank, iban, bic,
                                        note, recorded_at, recorded_by)
            values ('Aurora Cloud GmbH', 'a', 'b', 'c', 'DE', '', '', '', '', '', 'DE89370400440532013000', '', '', now(), 'test')
            """));
        var way = billingFixture.in(() -> transfers.of(customer.id())).orElseThrow();
        assertThat(CreditorReference.isValid(way.reference())).isTrue();
        assertThat(way.getSpacedReference()).matches("RF[0-9]{2} [0-9]{4} [0-9]{4} [0-9]{2}");
    }

    private static void proposes(MatchReason matchReason, Customer customer, String line) {
        take(csv(line));
        assertThat(last(State.OPEN)).satisfies(found -> {
            assertThat(found.why()).isEqualTo(matchReason);
            assertThat(found.proposed()).map(BankTransactions.Customer::id).contains(customer.id());
        });
    }

    private static String csv(String... rows) {
        return "Date;Amount;Payer;Payer IBAN;Text\n" + String.join("\n", rows) + "\n";
    }

    private static UUID take(String file) {
        return desk.take(file);
    }

    /** Returns the row and new-line counts of each file, the latest first. */
    private static List<String> imports() {
        return Database.texts(
                "select lines || ' ' || new_lines from t_banked.bank_import where state = 'POSTED' order by posted_at"
                        + " desc, id desc");
    }

    private static Line only(State state) {
        var all = billingFixture.in(() -> desk.query.lines(state, 10, 0));
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static Line last(State state) {
        return billingFixture.in(() -> desk.query.lines(state, 1, 0)).get(0);
    }

    private static Customer customer() {
        var name = "Customer " + customers++;
        var wallet = billingFixture.wallet("0");
        invoicingFixture.name(wallet);
        var id = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        billingFixture.in(() -> billingFixture.sql.update("update organization set name = ? where id = ?", name, id));
        var reference = billingFixture.in(() -> billingFixture.sql.one(
                "select reference from bank_reference where organization_id = ?", row -> row.text("reference"), id));
        return new Customer(id, wallet, name, reference);
    }

    /** Creates an open document: hours of October that are unpaid. */
    private static UUID owe(Customer customer) {
        billingFixture.clock.stopAt(Instant.parse("2026-10-10T12:20:00Z"));
        billingFixture.rent(customer.wallet(), billingFixture.price("7.30"), billingFixture.clock.instant());
        billingFixture.charge(Instant.parse("2026-11-04T00:00:00Z"));
        billingFixture.clock.stopAt(NOON);
        assertThat(invoicingFixture
                        .issue(customer.wallet(), InvoicingFixture.OCTOBER)
                        .documents())
                .isEqualTo(1);
        return billingFixture.in(() -> billingFixture.sql.one(
                "select id from invoice where wallet_id = ?", row -> row.uuid("id"), customer.wallet()));
    }

    private static String state(UUID document) {
        return billingFixture.in(() ->
                billingFixture.sql.one("select state from invoice where id = ?", row -> row.text("state"), document));
    }

    private static BigDecimal openAmount(UUID document) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select open_amount from invoice where id = ?", row -> row.decimal("open_amount"), document));
    }

    private static BigDecimal balance(Customer customer) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select balance from wallet where id = ?", row -> row.decimal("balance"), customer.wallet()));
    }
}

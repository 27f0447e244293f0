package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.adjustment.Adjustment;
import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustment.State;
import io.tenantry.billing.adjustment.AdjustmentReason;
import io.tenantry.billing.adjustment.Adjustments;
import io.tenantry.billing.adjustment.Approvers;
import io.tenantry.billing.invoicing.CreditNotes.Outcome;
import io.tenantry.billing.wallet.AppliedTax;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Credit notes and voids of up to 50 a day, including tax, are issued at once; above that a second member of staff approves. 100 is 119 in
 * Germany.
 */
class CreditApprovalsTest {
    private static InvoicingFixture invoicingFixture;
    private static Approvers people;

    @BeforeAll
    static void open() {
        invoicingFixture = GermanTaxFixture.open("credits-approved", false);
        var billingFixture = invoicingFixture.billingFixture;
        people = new Approvers(
                billingFixture,
                InvoicingFixture.trail(billingFixture),
                ItemsCharged.wallets(billingFixture),
                new ApprovedCreditNoteIssuer(
                        billingFixture.sql,
                        billingFixture.clock,
                        InvoicingFixture.trail(billingFixture),
                        tenants(),
                        ItemsCharged.items(billingFixture)));
    }

    @BeforeEach
    void limitToFiftyADay() {
        invoicingFixture.billingFixture.clock.stopAt(RENTED);
        people.limit("50");
    }

    @AfterEach
    void assertLedgerIsConsistent() {
        invoicingFixture
                .billingFixture
                .in(() -> invoicingFixture.billingFixture.sql.query("select id from wallet", row -> row.uuid("id")))
                .forEach(wallet -> invoicingFixture.billingFixture.topUp(wallet, "0"));
        assertThat(AuditorFixture.found(
                        invoicingFixture.billingFixture.tenant,
                        "invoice",
                        "adjustment",
                        "tax",
                        "wallet-",
                        "entry-balances",
                        "running-balance"))
                .isEmpty();
    }

    @Test
    void issuesCreditNotesWithinALimitSharedWithAdjustments() {
        var wallet = invoiced("DE");
        var id = UUID.randomUUID();
        assertThat(credit(people.bruno, id, wallet, "20")).isEqualTo(new Outcome.Issued(id));
        assertThat(credit(people.bruno, id, wallet, "20"))
                .as("a repeated request")
                .isEqualTo(new Outcome.Issued(id));
        assertThat(adjustment(id)).satisfies(one -> {
            assertThat(one.state()).isEqualTo(State.DONE);
            assertThat(one.amount()).isEqualTo(invoicingFixture.billingFixture.money("23.80"));
            assertThat(one.decision().orElseThrow().document().orElseThrow().number())
                    .startsWith("CN-2026-");
        });

        assertThat(requestAdjustment(wallet, "26.21")).isEqualTo(new Adjustments.Outcome.Waiting());
        assertThat(requestAdjustment(wallet, "26.20")).isEqualTo(new Adjustments.Outcome.Done());
        assertThat(credit(people.anna, UUID.randomUUID(), wallet, "0.01")).isInstanceOf(Outcome.ApprovalPending.class);
    }

    @Test
    void countsSplitCreditsTogetherForADay() {
        var wallet = invoiced("DE");
        assertThat(credit(people.bruno, UUID.randomUUID(), wallet, "30")).isInstanceOf(Outcome.Issued.class);
        assertThat(credit(people.anna, UUID.randomUUID(), wallet, "12.03")).isInstanceOf(Outcome.ApprovalPending.class);
        assertThat(credit(people.anna, UUID.randomUUID(), wallet, "12.01")).isInstanceOf(Outcome.Issued.class);
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER.plus(Duration.ofHours(23)));
        assertThat(credit(people.clara, UUID.randomUUID(), wallet, "0.1")).isInstanceOf(Outcome.ApprovalPending.class);
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER.plus(Duration.ofHours(24)));
        assertThat(credit(people.clara, UUID.randomUUID(), wallet, "42")).isInstanceOf(Outcome.Issued.class);
    }

    @Test
    void issuesNoMoreThanTheLimitConcurrently() {
        var wallet = invoiced("DE");
        var before = invoicingFixture.billingFixture.balance(wallet);
        var outcomes = concurrently(List.of(
                () -> credit(people.anna, UUID.randomUUID(), wallet, "20"),
                () -> credit(people.bruno, UUID.randomUUID(), wallet, "20"),
                () -> credit(people.clara, UUID.randomUUID(), wallet, "20"),
                () -> requestAdjustment(wallet, "23.80")));
        assertThat(outcomes)
                .filteredOn(one -> one instanceof Outcome.Issued || one instanceof Adjustments.Outcome.Done)
                .hasSize(2);
        assertThat(invoicingFixture.billingFixture.balance(wallet).minus(before))
                .isEqualTo(invoicingFixture.billingFixture.money("47.60"));
    }

    @Test
    void requiresApprovalBySomebodyElseAboveTheLimit() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var before = invoicingFixture.billingFixture.balance(wallet);
        var id = UUID.randomUUID();
        assertThat(credit(people.bruno, id, wallet, "80")).isEqualTo(new Outcome.ApprovalPending(id));
        assertThat(credit(people.bruno, id, wallet, "80"))
                .as("a repeated request")
                .isEqualTo(new Outcome.ApprovalPending(id));
        assertThat(invoicingFixture.billingFixture.balance(wallet)).isEqualTo(before);
        assertThat(numbers(wallet)).isEmpty();
        assertThat(people.as(people.sofia, () -> people.adjustments().waitingOf(invoice)))
                .singleElement()
                .satisfies(one -> assertThat(one.amount()).isEqualTo(invoicingFixture.billingFixture.money("95.20")));
        assertThat(people.as(people.anna, () -> requests().of(id)).lines())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.amount()).isEqualTo(invoicingFixture.billingFixture.money("80"));
                    assertThat(line.left()).isEqualTo(invoicingFixture.billingFixture.money("100"));
                });
        assertThat(texts("select p.name || ' ' || n.kind from %s.notification n join %s.person p on p.id = n.person_id"
                        + " where n.path = 'approval?id=" + id + "'"))
                .contains("Anna APPROVAL_REQUESTED")
                .doesNotContain("Bruno APPROVAL_REQUESTED", "Sofia APPROVAL_REQUESTED");

        assertThat(people.approve(people.bruno, id)).isEqualTo(new Adjustments.Outcome.SecondApproverRequired());
        assertThatThrownBy(() -> people.approve(people.sofia, id)).isInstanceOf(AccessDeniedException.class);
        assertThat(people.approve(people.anna, id)).isEqualTo(new Adjustments.Outcome.Done());
        assertThat(people.approve(people.clara, id)).isEqualTo(new Adjustments.Outcome.AlreadyDecided(State.DONE));
        assertThat(credit(people.bruno, id, wallet, "80"))
                .as("the request repeated")
                .isEqualTo(new Outcome.Issued(id));

        assertThat(invoicingFixture.billingFixture.balance(wallet).minus(before))
                .isEqualTo(invoicingFixture.billingFixture.money("95.20"));
        assertThat(numbers(wallet))
                .containsExactly(adjustment(id)
                        .decision()
                        .orElseThrow()
                        .document()
                        .orElseThrow()
                        .number());
        assertThat(texts("select n.kind from %s.notification n where n.person_id = '" + people.bruno.personId()
                        + "' and n.path = 'approval?id=" + id + "'"))
                .containsExactly("APPROVAL_GRANTED");
        assertThat(texts("select action || ' ' || actor_name from %s.audit_record where subject_id = '" + wallet
                        + "' order by 1"))
                .containsExactly("adjustment.approved Anna", "adjustment.requested Bruno");
    }

    @Test
    void decidesConcurrentApprovalsAndAWithdrawalOnce() {
        for (var round = 0; round < 4; round++) {
            invoicingFixture.billingFixture.clock.stopAt(RENTED);
            var wallet = invoiced("DE");
            var before = invoicingFixture.billingFixture.balance(wallet);
            var id = UUID.randomUUID();
            credit(people.bruno, id, wallet, "80");
            var outcomes = concurrently(List.of(
                    () -> people.approve(people.anna, id),
                    () -> people.approve(people.clara, id),
                    () -> people.as(people.bruno, () -> people.adjustments().withdraw(id))));
            assertThat(outcomes)
                    .filteredOn(one -> !(one instanceof Adjustments.Outcome.AlreadyDecided))
                    .hasSize(1);
            assertThat(invoicingFixture.billingFixture.balance(wallet).minus(before))
                    .isEqualTo(invoicingFixture.billingFixture.money(
                            outcomes.contains(new Adjustments.Outcome.Done()) ? "95.20" : "0"));
        }
    }

    @Test
    void refusesApprovalWhenLessIsLeftThanRequested() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var item = itemPosition(wallet);
        var id = UUID.randomUUID();
        credit(people.bruno, id, wallet, "80");
        assertThat(credit(people.anna, UUID.randomUUID(), wallet, "30")).isInstanceOf(Outcome.Issued.class);
        var before = invoicingFixture.billingFixture.balance(wallet);

        assertThat(people.approve(people.anna, id)).isEqualTo(new Adjustments.Outcome.LinesChanged(Set.of(item)));
        assertThat(people.as(people.anna, () -> requests().of(id)).lines())
                .allMatch(CreditNoteRequests.RequestedLine::isLacking);
        assertThat(adjustment(id).state()).isEqualTo(State.WAITING);
        assertThat(people.as(people.anna, () -> people.adjustments().refuse(id, "70 is left")))
                .isEqualTo(new Adjustments.Outcome.Closed());
        assertThat(credit(people.bruno, id, wallet, "80")).isEqualTo(new Outcome.ExceedsRemaining(State.REFUSED));
        assertThat(invoicingFixture.billingFixture.balance(wallet)).isEqualTo(before);
        assertThat(people.as(people.anna, () -> people.adjustments().waitingOf(invoice)))
                .isEmpty();
    }

    @Test
    void requiresApprovalOfAVoidAboveTheLimit() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var id = UUID.randomUUID();
        var offer = people.as(people.bruno, () -> voids().offer(invoice));
        assertThat(offer.isHeld()).isTrue();
        assertThat(requestVoid(people.bruno, id, wallet)).isEqualTo(new Voids.Outcome.Waiting(id));
        assertThat(requestVoid(people.bruno, id, wallet)).isEqualTo(new Voids.Outcome.Waiting(id));
        assertThat(adjustment(id).amount()).isEqualTo(offer.whole());
        var before = invoicingFixture.billingFixture.balance(wallet);

        assertThat(people.approve(people.clara, id)).isEqualTo(new Adjustments.Outcome.Done());
        assertThat(requestVoid(people.bruno, id, wallet)).isEqualTo(new Voids.Outcome.Done(id));
        assertThat(invoicingFixture.billingFixture.balance(wallet).minus(before))
                .isEqualTo(offer.whole());
        assertThat(GermanTaxFixture.charged(invoicingFixture, wallet)).isZero();
    }

    @Test
    void refusesApprovalForInvoicesVoidedOrCreditedMeanwhile() {
        var wallet = invoiced("DE");
        var part = UUID.randomUUID();
        var all = UUID.randomUUID();
        var late = UUID.randomUUID();
        credit(people.bruno, part, wallet, "80");
        requestVoid(people.bruno, all, wallet);
        assertThat(credit(people.anna, UUID.randomUUID(), wallet, "1")).isInstanceOf(Outcome.Issued.class);
        assertThat(people.approve(people.anna, all))
                .isEqualTo(new Adjustments.Outcome.LinesChanged(Set.of(itemPosition(wallet))));
        requestVoid(people.bruno, late, wallet);
        assertThat(people.approve(people.anna, late)).isEqualTo(new Adjustments.Outcome.Done());

        assertThat(people.approve(people.anna, part)).isEqualTo(new Adjustments.Outcome.Voided());
        assertThat(people.approve(people.anna, all)).isEqualTo(new Adjustments.Outcome.Voided());
        assertThat(requestVoid(people.bruno, UUID.randomUUID(), wallet)).isEqualTo(new Voids.Outcome.AlreadyVoid(late));
        assertThat(GermanTaxFixture.charged(invoicingFixture, wallet)).isZero();
    }

    @Test
    void expiresUndecidedRequests() {
        var wallet = invoiced("DE");
        var id = UUID.randomUUID();
        credit(people.bruno, id, wallet, "80");
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER.plus(Duration.ofDays(14)));
        assertThat(people.approve(people.anna, id)).isEqualTo(new Adjustments.Outcome.AlreadyDecided(State.EXPIRED));
        assertThat(credit(people.bruno, id, wallet, "80")).isEqualTo(new Outcome.ExceedsRemaining(State.EXPIRED));
        assertThat(numbers(wallet)).isEmpty();
    }

    @Test
    void requiresNoApprovalWithoutALimitAndAlwaysWithALimitOfZero() {
        people.noLimit();
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        assertThat(people.as(people.bruno, () -> notes().offer(invoice)).rule()).isEmpty();
        assertThat(credit(people.bruno, UUID.randomUUID(), wallet, "90")).isInstanceOf(Outcome.Issued.class);
        people.limit("0");
        assertThat(credit(people.bruno, UUID.randomUUID(), wallet, "0.01")).isInstanceOf(Outcome.ApprovalPending.class);
        assertThat(people.as(people.bruno, () -> notes().offer(invoice)).rule())
                .hasValueSatisfying(approvalRule ->
                        assertThat(approvalRule.before()).isEqualTo(invoicingFixture.billingFixture.money("107.10")));
    }

    @Test
    void taxCorrectionsNeedNoApprovalAndClosePendingRequests() {
        people.limit("0");
        var wallet = invoiced("FR");
        var invoice = invoice(wallet);
        var id = UUID.randomUUID();
        credit(people.bruno, id, wallet, "10");
        assertThat(adjustment(id).amount()).isEqualTo(invoicingFixture.billingFixture.money("12"));
        invoicingFixture.billingFixture.in(() -> {
            var corrected = corrector().find(invoice).orElseThrow();
            var all = new TreeSet<>(corrected.lines().stream()
                    .map(CorrectedInvoice.Line::position)
                    .toList());
            return corrector()
                    .retax(UUID.randomUUID(), corrector().locked(corrected), all, reverseCharge(), "confirmed");
        });

        assertThat(people.approve(people.anna, id))
                .isEqualTo(new Adjustments.Outcome.TaxChanged(invoicingFixture.billingFixture.money("10")));
        assertThat(people.as(people.bruno, () -> people.adjustments().withdraw(id)))
                .isEqualTo(new Adjustments.Outcome.Closed());
        assertThat(adjustment(id).state()).isEqualTo(State.WITHDRAWN);
    }

    @Test
    void databaseAndAuditorRejectCreditNotesWithoutARequest() {
        var wallet = invoiced("DE");
        var invoice = invoice(wallet);
        var id = UUID.randomUUID();
        credit(people.bruno, id, wallet, "20");
        var lines = new TreeMap<>(Map.of(itemPosition(wallet), new BigDecimal("-1")));
        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() -> corrector()
                        .write(
                                DocumentKind.CREDIT_NOTE,
                                UUID.randomUUID(),
                                corrector().find(invoice).orElseThrow(),
                                lines,
                                "a present")))
                .hasStackTraceContaining("and nobody has asked for it");
        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() ->
                        invoicingFixture.billingFixture.sql.update("insert into preapproved_document values (?)", id)))
                .hasStackTraceContaining("cannot be changed");

        assertThat(countFindingsAfter("delete from %s.adjustment_decision where adjustment_id = '" + id + "'"))
                .isEqualTo(1);
        assertThat(countFindingsAfter("update %s.adjustment set amount = amount - 1 where id = '" + id + "'"))
                .isEqualTo(1);
        assertThat(countFindingsAfter("update %s.adjustment_line set amount = 19 where adjustment_id = '" + id + "'"))
                .isEqualTo(1);
        assertThat(countFindingsAfter("update %s.adjustment set kind = 'VOID' where id = '" + id + "'"))
                .isEqualTo(1);
    }

    @Test
    void databaseTiesRequestsToLinesAndDecisionsToDocuments() {
        var wallet = invoiced("DE");
        var waits = UUID.randomUUID();
        var issued = UUID.randomUUID();
        credit(people.bruno, waits, wallet, "80");
        credit(people.bruno, issued, wallet, "20");
        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.update(
                        "insert into adjustment_line (adjustment_id, position, amount) values (?, 99, 5)", waits)))
                .hasStackTraceContaining("a line comes too late");
        var forged = "insert into %s.adjustment_decision (adjustment_id, outcome, decided_at, decided_by,"
                + " decided_by_name, document_id) values ('" + waits + "', 'DONE', '2026-11-04T01:00:00Z', '"
                + people.anna.personId() + "', 'Anna', '" + issued + "')";
        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(
                        () -> invoicingFixture.billingFixture.sql.update(in(forged))))
                .hasStackTraceContaining("is not what document");
        assertThat(countFindingsAfter(
                        "delete from %s.adjustment_decision where adjustment_id = '" + issued + "'", forged))
                .isEqualTo(1);
    }

    private static int countFindingsAfter(String... damage) {
        var statements = Arrays.stream(damage).map(CreditApprovalsTest::in).toArray(String[]::new);
        return (int) AuditorFixture.inTheLedgerAfter(invoicingFixture.billingFixture.tenant, statements).stream()
                .filter(found -> found.invariant().equals("adjustments"))
                .count();
    }

    /** Creates October's invoice of one server, 5.15, and an item, 100. */
    private static UUID invoiced(String country) {
        var wallet = GermanTaxFixture.wallet(invoicingFixture, country);
        var rented =
                invoicingFixture.billingFixture.rent(wallet, invoicingFixture.billingFixture.price("7.30"), RENTED);
        ItemsCharged.take(invoicingFixture.billingFixture, wallet, "100", "setup:" + wallet);
        invoicingFixture.billingFixture.charge(OCTOBER.to());
        invoicingFixture.billingFixture.end(rented, OCTOBER.to());
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(wallet, OCTOBER);
        return wallet;
    }

    /** Credits this amount of the item. */
    private static Outcome credit(Actor who, UUID id, UUID wallet, String amount) {
        var amounts = Map.of(itemPosition(wallet), new BigDecimal(amount));
        var invoice = invoice(wallet);
        return people.as(who, () -> notes().issue(id, invoice, amounts, "it was down"));
    }

    private static Voids.Outcome requestVoid(Actor who, UUID id, UUID wallet) {
        var invoice = invoice(wallet);
        return people.as(who, () -> voids().issue(id, invoice, "it was for somebody else"));
    }

    private static Adjustments.Outcome requestAdjustment(UUID wallet, String amount) {
        return people.as(
                people.clara,
                () -> people.adjustments()
                        .ask(new Adjustments.AdjustmentRequest(
                                UUID.randomUUID(),
                                wallet,
                                Kind.CREDIT,
                                AdjustmentReason.GOODWILL,
                                new BigDecimal(amount),
                                "it was down")));
    }

    private static Adjustment adjustment(UUID id) {
        return people.as(people.anna, () -> people.adjustments().one(id));
    }

    private static UUID invoice(UUID wallet) {
        return invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                "select id from invoice where wallet_id = ? and kind = 'INVOICE'", row -> row.uuid("id"), wallet));
    }

    /** Returns the position of the item's line. */
    private static int itemPosition(UUID wallet) {
        return invoicingFixture.billingFixture.in(
                () -> invoicingFixture.billingFixture.sql.one("""
                select l.position from invoice v join invoice_line l on l.invoice_id = v.id and l.amount = 100
                 where v.wallet_id = ? and v.kind = 'INVOICE'
                """, row -> row.whole("position"), wallet));
    }

    /** Returns the numbers of its credit notes. */
    private static List<String> numbers(UUID wallet) {
        return texts("select number_text from %s.invoice where kind = 'CREDIT_NOTE' and wallet_id = '" + wallet + "'");
    }

    private static CreditNotes notes() {
        var billingFixture = invoicingFixture.billingFixture;
        return new CreditNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                tenants(),
                ItemsCharged.items(billingFixture));
    }

    private static Voids voids() {
        var billingFixture = invoicingFixture.billingFixture;
        return new Voids(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                tenants(),
                ItemsCharged.items(billingFixture));
    }

    private static CreditNoteRequests requests() {
        return new CreditNoteRequests(
                invoicingFixture.billingFixture.sql,
                new Access(invoicingFixture.billingFixture.sql),
                tenants(),
                people.adjustments());
    }

    private static InvoiceCorrector corrector() {
        var billingFixture = invoicingFixture.billingFixture;
        return new InvoiceCorrector(
                billingFixture.sql,
                billingFixture.clock,
                InvoicingFixture.trail(billingFixture),
                tenants(),
                ItemsCharged.items(billingFixture));
    }

    private static AppliedTax reverseCharge() {
        return invoicingFixture.billingFixture.sql.one(
                """
                insert into applied_tax (treatment, place, category, rate, included) values ('REVERSE_CHARGE', 'FR', 'STANDARD', 0, false)
                returning id
                """, row -> new AppliedTax(row.big("id"), BigDecimal.ZERO, false));
    }

    private static TenantDirectory tenants() {
        return new TenantDirectory(Database.administration());
    }

    private static List<Object> concurrently(List<Callable<Object>> deeds) {
        var workers = Executors.newFixedThreadPool(deeds.size());
        try {
            var outcomes = new ArrayList<Object>();
            for (var future : workers.invokeAll(deeds)) {
                outcomes.add(future.get());
            }
            return outcomes;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        } finally {
            workers.shutdownNow();
        }
    }

    private static List<String> texts(String query) {
        return Database.texts(in(query));
    }

    private static String in(String sql) {
        return sql.replace("%s", invoicingFixture.billingFixture.tenant.schema().toString());
    }
}

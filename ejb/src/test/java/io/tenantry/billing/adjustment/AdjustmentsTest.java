package io.tenantry.billing.adjustment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustment.State;
import io.tenantry.billing.adjustment.Adjustments.AdjustmentRequest;
import io.tenantry.billing.adjustment.Adjustments.Outcome;
import io.tenantry.billing.adjustment.ManualDebits.DebitRequest;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.HourlyRuns;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two members of staff and the amounts they waive: up to 50 a day without approval. */
class AdjustmentsTest {
    private static final Instant MORNING = Instant.parse("2026-11-10T08:00:00Z");

    private static BillingFixture billingFixture;
    private static Adjustments adjustments;
    private static ApprovalLimits limits;
    private static Actor anna;
    private static Actor bruno;
    private static Actor sofia;

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("conceded", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(MORNING);
        var access = new Access(billingFixture.sql);
        var audit = InvoicingFixture.trail(billingFixture);
        limits = new ApprovalLimits(
                billingFixture.sql,
                billingFixture.clock,
                access,
                audit,
                new TenantDirectory(Database.administration()));
        adjustments = new Adjustments(
                billingFixture.sql,
                billingFixture.clock,
                access,
                audit,
                ItemsCharged.wallets(billingFixture, HourlyRuns.heardBy(billingFixture.charging)::fire),
                (asked, lines) -> {
                    throw new AssertionError("no document was asked for");
                });
        anna = staff("Anna", "staff_owner");
        bruno = staff("Bruno", "staff_billing");
        sofia = staff("Sofia", "staff_support");
    }

    @BeforeEach
    void fiftyADay() {
        billingFixture.clock.stopAt(MORNING);
        limit("50");
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(AuditorFixture.found(
                        billingFixture.tenant, "adjustment", "wallet-", "entry-balances", "running-balance"))
                .isEmpty();
    }

    @Test
    void booksImmediatelyWithinTheLimit() {
        var wallet = billingFixture.wallet("10");
        var adjustmentRequest = credit(wallet, "50");
        assertThat(ask(bruno, adjustmentRequest)).isEqualTo(new Outcome.Done());
        assertThat(ask(bruno, adjustmentRequest))
                .as("a form that is sent twice")
                .isEqualTo(new Outcome.Done());
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("60"));
        assertThat(texts("select action || ' ' || actor_name from %s.audit_record where subject_id = '" + wallet + "'"))
                .containsExactly("wallet.credited Bruno");
    }

    @Test
    void refusesFractionsOfTheSmallestUnit() {
        var wallet = billingFixture.wallet("10");
        assertThat(ask(bruno, credit(wallet, "0.001"))).isEqualTo(new Outcome.Amount());
        assertThat(ask(bruno, credit(wallet, "0.010"))).isEqualTo(new Outcome.Done());
    }

    @Test
    void refusesARepeatedFormWithAnotherAmountKindOrReason() {
        var wallet = billingFixture.wallet("10");
        var first = credit(wallet, "3");
        assertThat(ask(bruno, first)).isEqualTo(new Outcome.Done());
        var already = new Outcome.AlreadyRequested(billingFixture.money("3"));
        var larger = new AdjustmentRequest(
                first.id(), wallet, first.kind(), first.ground(), new BigDecimal("777"), first.reason());
        assertThat(ask(bruno, larger)).isEqualTo(already);
        assertThat(ask(
                        bruno,
                        new AdjustmentRequest(
                                first.id(), wallet, first.kind(), first.ground(), first.amount(), "another reason")))
                .isEqualTo(already);
        var ground = AdjustmentReason.of(first.kind()).stream()
                .filter(one -> one != first.ground())
                .findFirst()
                .orElseThrow();
        assertThat(ask(
                        bruno,
                        new AdjustmentRequest(
                                first.id(), wallet, first.kind(), ground, first.amount(), first.reason())))
                .isEqualTo(already);
        assertThat(ask(bruno, first)).isEqualTo(new Outcome.Done());
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("13"));
    }

    @Test
    void countsSplitAdjustmentsOfADayTogether() {
        var wallet = billingFixture.wallet("0");
        assertThat(ask(bruno, credit(wallet, "30"))).isEqualTo(new Outcome.Done());
        assertThat(ask(anna, credit(wallet, "20.01"))).isEqualTo(new Outcome.Waiting());
        assertThat(ask(anna, credit(wallet, "20"))).isEqualTo(new Outcome.Done());
        assertThat(ask(anna, credit(billingFixture.wallet("0"), "50")))
                .as("another customer")
                .isEqualTo(new Outcome.Done());
        billingFixture.clock.stopAt(MORNING.plus(Duration.ofHours(23)));
        assertThat(ask(bruno, credit(wallet, "0.01"))).isEqualTo(new Outcome.Waiting());
        billingFixture.clock.stopAt(MORNING.plus(Duration.ofHours(24)));
        assertThat(ask(bruno, credit(wallet, "50"))).isEqualTo(new Outcome.Done());
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("100"));
    }

    @Test
    void concurrentAdjustmentsDoNotExceedTheLimit() {
        var wallet = billingFixture.wallet("0");
        var barrier = new CyclicBarrier(4);
        var outcomes = together(IntStream.range(0, 4).mapToObj(any -> (Supplier<Outcome>) () -> {
            await(barrier);
            return ask(any % 2 == 0 ? anna : bruno, credit(wallet, "20"));
        }));
        assertThat(outcomes.stream().filter(new Outcome.Done()::equals)).hasSize(2);
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("40"));
    }

    @Test
    void requiresOneApprovalByAnotherPersonAboveTheLimit() {
        var wallet = billingFixture.wallet("0");
        var adjustmentRequest = credit(wallet, "50.01");
        assertThat(ask(bruno, adjustmentRequest)).isEqualTo(new Outcome.Waiting());
        assertThat(ask(bruno, adjustmentRequest))
                .as("a form that is sent twice")
                .isEqualTo(new Outcome.Waiting());
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("0"));
        assertThat(texts("select p.name || ' ' || n.kind from %s.notification n join %s.person p on p.id = n.person_id"
                        + " where n.path = 'approval?id=" + adjustmentRequest.id() + "'"))
                .contains("Anna APPROVAL_REQUESTED")
                .doesNotContain("Bruno APPROVAL_REQUESTED", "Sofia APPROVAL_REQUESTED");
        assertThat(as(bruno, () -> adjustments.approve(adjustmentRequest.id(), "")))
                .isEqualTo(new Outcome.SecondApproverRequired());
        assertThat(as(bruno, () -> adjustments.refuse(adjustmentRequest.id(), "no")))
                .isEqualTo(new Outcome.SecondApproverRequired());
        assertThat(as(anna, () -> adjustments.withdraw(adjustmentRequest.id())))
                .isEqualTo(new Outcome.SecondApproverRequired());
        assertThatThrownBy(() -> as(sofia, () -> adjustments.approve(adjustmentRequest.id(), "")))
                .isInstanceOf(AccessDeniedException.class);

        assertThat(as(anna, () -> adjustments.approve(adjustmentRequest.id(), "as agreed")))
                .isEqualTo(new Outcome.Done());
        assertThat(as(anna, () -> adjustments.approve(adjustmentRequest.id(), "")))
                .isEqualTo(new Outcome.AlreadyDecided(State.DONE));
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("50.01"));
        assertThat(as(anna, () -> adjustments.one(adjustmentRequest.id())).decision())
                .hasValueSatisfying(decision -> {
                    assertThat(decision.by()).isEqualTo("Anna");
                    assertThat(decision.remark()).contains("as agreed");
                });
    }

    @Test
    void booksOnceWhenApprovedTwiceConcurrently() {
        var other = staff("Clara", "staff_owner");
        for (var round = 0; round < 5; round++) {
            var wallet = billingFixture.wallet("0");
            var adjustmentRequest = credit(wallet, "70");
            ask(bruno, adjustmentRequest);
            var barrier = new CyclicBarrier(3);
            var outcomes = together(Stream.<Supplier<Outcome>>of(
                    () -> {
                        await(barrier);
                        return as(anna, () -> adjustments.approve(adjustmentRequest.id(), ""));
                    },
                    () -> {
                        await(barrier);
                        return as(other, () -> adjustments.approve(adjustmentRequest.id(), ""));
                    },
                    () -> {
                        await(barrier);
                        return as(bruno, () -> adjustments.withdraw(adjustmentRequest.id()));
                    }));
            assertThat(outcomes.stream().filter(one -> !(one instanceof Outcome.AlreadyDecided)))
                    .hasSize(1);
            assertThat(billingFixture.balance(wallet))
                    .isEqualTo(billingFixture.money(outcomes.contains(new Outcome.Done()) ? "70" : "0"));
        }
    }

    @Test
    void neverWritesOffMoreThanTheCurrentDebt() {
        var wallet = owing("80");
        assertThat(ask(anna, writeOff(wallet, "80.01")))
                .isEqualTo(new Outcome.DebtDecreased(billingFixture.money("80")));
        assertThat(ask(anna, writeOff(wallet, "30"))).isEqualTo(new Outcome.Done());
        var rest = writeOff(wallet, "50");
        assertThat(ask(anna, rest)).isEqualTo(new Outcome.Waiting());
        billingFixture.topUp(wallet, "10");
        assertThat(as(bruno, () -> adjustments.approve(rest.id(), "")))
                .isEqualTo(new Outcome.DebtDecreased(billingFixture.money("40")));
        assertThat(as(bruno, () -> adjustments.refuse(rest.id(), " "))).isEqualTo(new Outcome.Reason());
        assertThat(as(bruno, () -> adjustments.refuse(rest.id(), "they have paid")))
                .isEqualTo(new Outcome.Closed());
        var all = writeOff(wallet, "40");
        assertThat(ask(anna, all)).isEqualTo(new Outcome.Waiting());
        assertThat(as(bruno, () -> adjustments.approve(all.id(), ""))).isEqualTo(new Outcome.Done());
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("0"));
        assertThat(texts("select sum(p.amount)::text from %s.posting p join %s.ledger_account a on a.id = p.account_id"
                        + " join %s.adjustment_decision d on d.entry_id = p.entry_id"
                        + " join %s.adjustment c on c.id = d.adjustment_id and c.wallet_id = '" + wallet
                        + "' where a.kind = 'WRITE_OFF'"))
                .containsExactly("-70.00000000");
    }

    @Test
    void expiresWithoutADecision() {
        var adjustmentRequest = credit(billingFixture.wallet("0"), "60");
        ask(bruno, adjustmentRequest);
        billingFixture.clock.stopAt(MORNING.plus(Duration.ofDays(14)).minusSeconds(1));
        assertThat(as(anna, () -> adjustments.waiting()))
                .extracting(Adjustment::id)
                .contains(adjustmentRequest.id());
        billingFixture.clock.stopAt(MORNING.plus(Duration.ofDays(14)));
        assertThat(as(anna, () -> adjustments.waiting()))
                .extracting(Adjustment::id)
                .doesNotContain(adjustmentRequest.id());
        assertThat(as(anna, () -> adjustments.approve(adjustmentRequest.id(), "")))
                .isEqualTo(new Outcome.AlreadyDecided(State.EXPIRED));
        assertThat(as(bruno, () -> adjustments.withdraw(adjustmentRequest.id())))
                .isEqualTo(new Outcome.AlreadyDecided(State.EXPIRED));
    }

    @Test
    void needsNoApprovalWithoutALimit() {
        as(anna, () -> limits.set(ApprovalLimits.Subject.ADJUSTMENT, Optional.empty()));
        assertThat(ask(bruno, credit(billingFixture.wallet("0"), "5000"))).isEqualTo(new Outcome.Done());
        limit("0");
        assertThat(ask(bruno, credit(billingFixture.wallet("0"), "0.01"))).isEqualTo(new Outcome.Waiting());
        assertThatThrownBy(() -> as(bruno, () -> limits.set(ApprovalLimits.Subject.ADJUSTMENT, Optional.empty())))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(as(anna, () -> limits.set(ApprovalLimits.Subject.ADJUSTMENT, Optional.of(new BigDecimal("-1")))))
                .isFalse();
    }

    /** One form moves money once, in one direction. */
    @Test
    void aFormThatDebitedDoesNotCreditAndViceVersa() {
        var wallet = billingFixture.wallet("100");
        var form = UUID.randomUUID();
        assertThat(debit(form, wallet, "10")).isEqualTo(new Outcome.Done());
        assertThat(debit(form, wallet, "10")).isEqualTo(new Outcome.Done());
        assertThat(debit(form, wallet, "11")).isEqualTo(new Outcome.AlreadyRequested(billingFixture.money("-10")));
        assertThat(ask(anna, creditBy(form, wallet, "10")))
                .isEqualTo(new Outcome.AlreadyRequested(billingFixture.money("-10")));
        var second = UUID.randomUUID();
        assertThat(ask(anna, creditBy(second, wallet, "5"))).isEqualTo(new Outcome.Done());
        assertThat(debit(second, wallet, "5")).isInstanceOf(Outcome.AlreadyRequested.class);
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("95"));
    }

    /** A form may have been displayed before the customer changed the currency. */
    @Test
    void aClosedWalletOnlySettlesItsDebtAndGivesItsBalance() {
        var owing = owing("5");
        var holding = billingFixture.wallet("5");
        for (var wallet : List.of(owing, holding)) {
            billingFixture.in(
                    () -> billingFixture.sql.update("update wallet set closed_at = opened_at where id = ?", wallet));
        }
        assertThat(ask(anna, credit(owing, "6"))).isEqualTo(new Outcome.WalletClosed());
        assertThat(ask(anna, credit(owing, "5"))).isEqualTo(new Outcome.Done());
        assertThat(ask(anna, credit(owing, "1"))).isEqualTo(new Outcome.WalletClosed());
        assertThat(debit(UUID.randomUUID(), holding, "6")).isEqualTo(new Outcome.WalletClosed());
        assertThat(debit(UUID.randomUUID(), holding, "5")).isEqualTo(new Outcome.Done());
        assertThat(billingFixture.balance(owing)).isEqualTo(billingFixture.money("0"));
        assertThat(billingFixture.balance(holding)).isEqualTo(billingFixture.money("0"));
    }

    @Test
    void debitsOnlyPayableAmountsWithAReason() {
        var wallet = billingFixture.wallet("100");
        assertThat(debit(UUID.randomUUID(), wallet, "0")).isEqualTo(new Outcome.Amount());
        assertThat(debit(UUID.randomUUID(), wallet, "1.005")).isEqualTo(new Outcome.Amount());
        assertThat(debit(UUID.randomUUID(), wallet, "1000001"))
                .isEqualTo(new Outcome.TooLarge(billingFixture.money("1000000")));
        assertThat(as(
                        anna,
                        () -> debits().debit(new DebitRequest(
                                UUID.randomUUID(), wallet, AdjustmentReason.OTHER, BigDecimal.ONE, " "))))
                .isEqualTo(new Outcome.Reason());
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("100"));
    }

    @Test
    void requiresAnAmountAndAReasonOfItsKind() {
        var wallet = owing("5");
        assertThat(ask(
                        anna,
                        new AdjustmentRequest(
                                UUID.randomUUID(),
                                wallet,
                                Kind.WRITE_OFF,
                                AdjustmentReason.GOODWILL,
                                BigDecimal.ONE,
                                "x")))
                .isEqualTo(new Outcome.Reason());
        assertThat(ask(
                        anna,
                        new AdjustmentRequest(
                                UUID.randomUUID(), wallet, Kind.CREDIT, AdjustmentReason.OTHER, BigDecimal.ONE, " ")))
                .isEqualTo(new Outcome.Reason());
        assertThat(ask(
                        anna,
                        new AdjustmentRequest(
                                UUID.randomUUID(),
                                wallet,
                                Kind.CREDIT,
                                AdjustmentReason.PAYMENT,
                                new BigDecimal("12.345"),
                                "x")))
                .isEqualTo(new Outcome.Amount());
        assertThat(ask(anna, writeOff(wallet, "99999999999")))
                .isEqualTo(new Outcome.TooLarge(billingFixture.money("1000000")));
        assertThat(ask(anna, writeOff(wallet, "0"))).isEqualTo(new Outcome.Amount());
        assertThat(ask(anna, writeOff(wallet, "0.000000001"))).isEqualTo(new Outcome.Amount());
        assertThatThrownBy(() -> ask(sofia, writeOff(wallet, "1"))).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void databaseAndAuditorRejectSelfApproval() {
        var adjustmentRequest = credit(billingFixture.wallet("0"), "60");
        ask(bruno, adjustmentRequest);
        billingFixture.topUp(adjustmentRequest.walletId(), "1");
        var entry = texts("select max(entry_id)::text from %s.posting").get(0);
        var own =
                "insert into %s.adjustment_decision (adjustment_id, outcome, decided_at, decided_by, decided_by_name, entry_id)"
                        + " values ('" + adjustmentRequest.id() + "', 'DONE', '2026-11-10T09:00:00Z', '"
                        + bruno.personId()
                        + "', 'Bruno', "
                        + entry + ")";
        assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update(in(own))))
                .hasStackTraceContaining("is not what entry");
        assertThat(AuditorFixture.inTheLedgerAfter(billingFixture.tenant, in(own)))
                .filteredOn(found -> found.invariant().equals("adjustments"))
                .hasSize(2);
    }

    private static Outcome ask(Actor who, AdjustmentRequest adjustmentRequest) {
        return as(who, () -> adjustments.ask(adjustmentRequest));
    }

    private static Outcome debit(UUID id, UUID wallet, String amount) {
        return as(
                anna,
                () -> debits().debit(new DebitRequest(
                        id, wallet, AdjustmentReason.GOODWILL, new BigDecimal(amount), "a mistake")));
    }

    private static ManualDebits debits() {
        return new ManualDebits(
                billingFixture.sql,
                billingFixture.clock,
                adjustments.access,
                adjustments.audit,
                adjustments.wallets,
                new WalletAdministration(adjustments.access, adjustments.audit, adjustments.wallets));
    }

    private static AdjustmentRequest creditBy(UUID id, UUID wallet, String amount) {
        return new AdjustmentRequest(
                id, wallet, Kind.CREDIT, AdjustmentReason.GOODWILL, new BigDecimal(amount), "a mistake");
    }

    private static AdjustmentRequest credit(UUID wallet, String amount) {
        return new AdjustmentRequest(
                UUID.randomUUID(),
                wallet,
                Kind.CREDIT,
                AdjustmentReason.GOODWILL,
                new BigDecimal(amount),
                "it was down");
    }

    private static AdjustmentRequest writeOff(UUID wallet, String amount) {
        return new AdjustmentRequest(
                UUID.randomUUID(),
                wallet,
                Kind.WRITE_OFF,
                AdjustmentReason.INSOLVENT,
                new BigDecimal(amount),
                "insolvent");
    }

    private static UUID owing(String amount) {
        var wallet = billingFixture.wallet("0");
        billingFixture.takeOut(wallet, amount);
        return wallet;
    }

    private static void limit(String amount) {
        as(anna, () -> limits.set(ApprovalLimits.Subject.ADJUSTMENT, Optional.of(new BigDecimal(amount))));
    }

    private static <T> T as(Actor who, Supplier<T> action) {
        return Database.in(billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(who)) {
                return action.get();
            }
        });
    }

    private static List<Outcome> together(Stream<Supplier<Outcome>> deeds) {
        var threads = Executors.newCachedThreadPool();
        try {
            return deeds.map(action -> CompletableFuture.supplyAsync(action, threads)).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            threads.shutdown();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Actor staff(String name, String role) {
        var person = UUID.randomUUID();
        billingFixture.in(() -> {
            billingFixture.sql.update(
                    "insert into person (id, email, name, created_at) values (?, ?, ?, ?)",
                    person,
                    person + "@conceded.example",
                    name,
                    MORNING);
            return billingFixture.sql.update(
                    "insert into staff_member (person_id, role, role_kind, joined_at) values (?, ?, 'STAFF', ?)",
                    person,
                    role,
                    MORNING);
        });
        return new Actor(Actor.Kind.STAFF, person, name);
    }

    private static List<String> texts(String query) {
        return Database.texts(in(query));
    }

    private static String in(String sql) {
        return sql.replace("%s", billingFixture.tenant.schema().toString());
    }
}

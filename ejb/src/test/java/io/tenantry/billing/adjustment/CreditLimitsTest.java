package io.tenantry.billing.adjustment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.adjustment.ApprovalLimits.Subject;
import io.tenantry.billing.adjustment.CreditLimits.Outcome;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.HourlyRuns;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.billing.wallet.ItemsCharged;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A credit limit above 500 requires two members of staff. */
class CreditLimitsTest {
    private static final Instant MORNING = Instant.parse("2026-11-11T08:00:00Z");

    private static BillingFixture billingFixture;
    private static Adjustments adjustments;
    private static CreditLimits credit;
    private static ApprovalLimits limits;
    private static Actor anna;
    private static Actor bruno;
    private static Actor sofia;

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("credit-limits", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(MORNING);
        var access = new Access(billingFixture.sql);
        var audit = InvoicingFixture.trail(billingFixture);
        var wallets = ItemsCharged.wallets(billingFixture, HourlyRuns.heardBy(billingFixture.charging)::fire);
        limits = new ApprovalLimits(
                billingFixture.sql,
                billingFixture.clock,
                access,
                audit,
                new TenantDirectory(Database.administration()));
        credit = new CreditLimits(billingFixture.sql, billingFixture.clock, access, audit, wallets);
        adjustments =
                new Adjustments(billingFixture.sql, billingFixture.clock, access, audit, wallets, (asked, lines) -> {
                    throw new AssertionError("no document was asked for");
                });
        anna = staff("Anna", "staff_owner");
        bruno = staff("Bruno", "staff_billing");
        sofia = staff("Sofia", "staff_support");
    }

    @BeforeEach
    void fiveHundred() {
        billingFixture.clock.stopAt(MORNING);
        threshold("500");
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(AuditorFixture.found(billingFixture.tenant, "adjustment", "wallet-"))
                .isEmpty();
    }

    @Test
    void appliesImmediatelyWithinTheThreshold() {
        var wallet = billingFixture.wallet("0");
        assertThat(set(bruno, wallet, "500", "")).isEqualTo(new Outcome.LimitSet(billingFixture.money("0")));
        assertThat(set(bruno, wallet, "100", "")).isEqualTo(new Outcome.LimitSet(billingFixture.money("500")));
        assertThat(limitOf(wallet)).isEqualByComparingTo("100");
        assertThatThrownBy(() -> set(sofia, wallet, "1", "")).isInstanceOf(AccessDeniedException.class);
        assertThat(set(bruno, wallet, "-1", "")).isEqualTo(new Outcome.Amount());
        assertThat(set(bruno, wallet, "0.001", "")).isEqualTo(new Outcome.Amount());
        assertThat(set(bruno, wallet, "1000001", "large"))
                .isEqualTo(new Outcome.TooLarge(billingFixture.money("1000000")));
    }

    @Test
    void requiresApprovalByAnotherPersonAboveTheThreshold() {
        var wallet = billingFixture.wallet("0");
        assertThat(set(bruno, wallet, "500.01", " ")).isEqualTo(new Outcome.Reason());
        var id = UUID.randomUUID();
        assertThat(set(bruno, id, wallet, "500.01", "pays by invoice")).isEqualTo(new Outcome.Waiting());
        assertThat(set(bruno, id, wallet, "500.01", "pays by invoice"))
                .as("a form that is sent twice")
                .isEqualTo(new Outcome.Waiting());
        assertThat(set(bruno, id, wallet, "900", "pays by invoice"))
                .as("the request is for another limit")
                .isEqualTo(new Outcome.AlreadyRequested(billingFixture.money("500.01")));
        assertThat(set(bruno, id, wallet, "500.01", "another reason"))
                .isEqualTo(new Outcome.AlreadyRequested(billingFixture.money("500.01")));
        assertThat(limitOf(wallet)).isEqualByComparingTo("0");
        assertThat(as(bruno, () -> adjustments.approve(id, "")))
                .isEqualTo(new Adjustments.Outcome.SecondApproverRequired());
        assertThatThrownBy(() -> as(sofia, () -> adjustments.approve(id, "")))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(as(anna, () -> adjustments.approve(id, "fine"))).isEqualTo(new Adjustments.Outcome.Done());
        assertThat(limitOf(wallet)).isEqualByComparingTo("500.01");
        assertThat(as(anna, () -> adjustments.approve(id, "")))
                .isEqualTo(new Adjustments.Outcome.AlreadyDecided(Adjustment.State.DONE));
        assertThat(texts("select action || ' ' || actor_name from %s.audit_record where subject_id = '" + wallet
                        + "' order by seq"))
                .containsExactly("adjustment.requested Bruno", "wallet.limit_changed Anna");
    }

    @Test
    void staysUnchangedWhenRefusedWithdrawnOrExpired() {
        for (var how : List.of("refused", "withdrawn", "expired")) {
            var wallet = billingFixture.wallet("0");
            var id = UUID.randomUUID();
            set(bruno, id, wallet, "900", "large customer");
            switch (how) {
                case "refused" -> as(anna, () -> adjustments.refuse(id, "no"));
                case "withdrawn" -> as(bruno, () -> adjustments.withdraw(id));
                default -> billingFixture.clock.stopAt(MORNING.plus(Duration.ofDays(14)));
            }
            assertThat(as(anna, () -> adjustments.approve(id, "")))
                    .isInstanceOf(Adjustments.Outcome.AlreadyDecided.class);
            assertThat(limitOf(wallet)).isEqualByComparingTo("0");
        }
    }

    /** The form may have been displayed, or the request made, before the customer changed the currency. */
    @Test
    void doesNotChangeTheLimitOfAClosedWallet() {
        var wallet = billingFixture.wallet("0");
        var id = UUID.randomUUID();
        as(anna, () -> limits.set(Subject.CREDIT_LIMIT, Optional.of(new BigDecimal("500"))));
        assertThat(set(bruno, id, wallet, "900", "large customer")).isEqualTo(new Outcome.Waiting());
        billingFixture.in(
                () -> billingFixture.sql.update("update wallet set closed_at = opened_at where id = ?", wallet));

        assertThat(set(bruno, wallet, "1", "")).isEqualTo(new Outcome.WalletClosed());
        assertThat(as(anna, () -> adjustments.approve(id, ""))).isEqualTo(new Adjustments.Outcome.WalletClosed());
        assertThat(limitOf(wallet)).isEqualByComparingTo("0");
    }

    @Test
    void doesNotCountTowardsTheDailyAdjustmentLimit() {
        var wallet = billingFixture.wallet("0");
        as(anna, () -> limits.set(Subject.ADJUSTMENT, Optional.of(new BigDecimal("50"))));
        var id = UUID.randomUUID();
        set(bruno, id, wallet, "900", "large customer");
        as(anna, () -> adjustments.approve(id, ""));
        var adjustmentRequest = new Adjustments.AdjustmentRequest(
                UUID.randomUUID(),
                wallet,
                Adjustment.Kind.CREDIT,
                AdjustmentReason.GOODWILL,
                new BigDecimal("50"),
                "it was down");
        assertThat(as(bruno, () -> adjustments.ask(adjustmentRequest))).isEqualTo(new Adjustments.Outcome.Done());
        var wrong = new Adjustments.AdjustmentRequest(
                UUID.randomUUID(),
                wallet,
                Adjustment.Kind.CREDIT_LIMIT,
                AdjustmentReason.ALLOWANCE,
                new BigDecimal("5"),
                "the other way in");
        assertThat(as(bruno, () -> adjustments.ask(wrong))).isEqualTo(new Adjustments.Outcome.Reason());
    }

    @Test
    void needsNoApprovalWithoutAThreshold() {
        var wallet = billingFixture.wallet("0");
        as(anna, () -> limits.set(Subject.CREDIT_LIMIT, Optional.empty()));
        assertThat(set(bruno, wallet, "100000", "")).isInstanceOf(Outcome.LimitSet.class);
    }

    @Test
    void databaseRejectsADecisionThatTheWalletDoesNotReflect() {
        var wallet = billingFixture.wallet("0");
        var id = UUID.randomUUID();
        set(bruno, id, wallet, "900", "large customer");
        assertThatThrownBy(() -> as(
                        anna,
                        () -> billingFixture.sql.update(
                                "insert into adjustment_decision (adjustment_id, outcome, decided_at, decided_by,"
                                        + " decided_by_name, credit_limit) values (?, 'DONE', ?, ?, 'Anna', 900)",
                                id,
                                MORNING,
                                anna.personId())))
                .hasStackTraceContaining("is not the credit limit that was set");
    }

    private static Outcome set(Actor who, UUID wallet, String amount, String reason) {
        return set(who, UUID.randomUUID(), wallet, amount, reason);
    }

    private static Outcome set(Actor who, UUID id, UUID wallet, String amount, String reason) {
        return as(who, () -> credit.set(id, wallet, new BigDecimal(amount), reason));
    }

    private static BigDecimal limitOf(UUID wallet) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select credit_limit from wallet where id = ?", row -> row.decimal("credit_limit"), wallet));
    }

    private static void threshold(String amount) {
        as(anna, () -> limits.set(Subject.CREDIT_LIMIT, Optional.of(new BigDecimal(amount))));
    }

    private static <T> T as(Actor who, Supplier<T> action) {
        return Database.in(billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(who)) {
                return action.get();
            }
        });
    }

    private static List<String> texts(String query) {
        return Database.texts(query.replace("%s", billingFixture.tenant.schema().toString()));
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
}

package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.admin.auditor.Violation;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.Resizes.Outcome;
import io.tenantry.cloud.provisioning.Resizes.Refusal;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.RetryOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Resize requests, and the instant from which the new price applies. */
class ResizeHandlerTest {
    private static final Duration HALF_PAST = Duration.ofMinutes(30);

    /** The reservation for the resize has expired. */
    private static final Duration LATER = Duration.ofMinutes(280);

    private static final Set<String> MONEY = Set.of(
            "reservation-of-service",
            "reservation-ends",
            "pending-operation",
            "period-of-service",
            "periods-contiguous",
            "period-cap",
            "period-amount",
            "charges-match-periods",
            "open-period-of-running-service");

    private static ServerOperationFixture here;
    private static ProvisioningFixture provisioningFixture;
    private static UUID large;
    private static UUID cheap;
    private UUID service;

    @BeforeAll
    static void open() {
        here = new ServerOperationFixture("resizing");
        provisioningFixture = here.provisioningFixture;
        large = here.plan("14.60", 20, "big");
        cheap = here.plan("3.65", 10, "tiny");
    }

    @BeforeEach
    void up() {
        provisioningFixture.workQueueFixture.clear();
        here.provider.clear();
        here.moveTo(Duration.ZERO);
        service = here.up(provisioningFixture.billingFixture.wallet("1"));
        here.moveTo(HALF_PAST);
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(provisioningFixture.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(provisioningFixture.billingFixture.tenant))
                .extracting(Violation::invariant)
                .doesNotContainAnyElementsOf(MONEY);
    }

    @Test
    void chargesThePriceOfTheLargerPlanOnceResized() {
        want(large);
        assertThat(here.holds(service)).containsExactly("0.02 CAPTURED", "0.02 RESERVED");
        assertThat(provisioningFixture.column(service, "pending_operation")).isEqualTo("RESIZE");

        here.work(2);
        assertThat(here.provider.asked()).containsExactly(number() + " big");
        isLarge();
        assertThat(here.holds(service)).containsExactly("0.02 CAPTURED", "0.02 CAPTURED");
        assertThat(here.balance(service)).as("and the difference for the hour").isEqualTo(money("0.98"));
        assertThat(provisioningFixture.timeline(service)).endsWith("resize_wanted", "plan_changed");
        assertThat(here.calls(service, "RESIZE")).containsExactly("DONE");
        charge(Duration.ofMinutes(61));
        assertThat(here.balance(service)).isEqualTo(money("0.96"));
    }

    @Test
    void keepsPlanAndPriceUntilTheResizeIsDone() {
        here.provider.stands(Progress.running(10));
        want(large);
        here.work(3);
        charge(Duration.ofMinutes(90));
        assertThat(here.balance(service)).as("two hours as before").isEqualTo(money("0.98"));
        isSmall();
        assertThat(provisioningFixture.column(service, "pending_operation")).isEqualTo("RESIZE");

        here.provider.has(number(), "big");
        here.provider.stands(Progress.done());
        here.work();
        isLarge();
        assertThat(here.provider.asked()).hasSize(1);
        assertThat(here.balance(service))
                .as("the hour in progress as dear as it became")
                .isEqualTo(money("0.97"));
    }

    @Test
    void chargesTheAcceptedPrice() {
        var plan = here.plan("14.60", 20, "bigger");
        here.provider.stands(Progress.running(10));
        want(plan);
        here.work();
        here.moveTo(HALF_PAST.plusMinutes(5));
        provisioningFixture.billingFixture.price(plan, 2, "29.20");
        here.provider.has(number(), "bigger");
        here.provider.stands(Progress.done());
        here.work();
        assertThat(
                        provisioningFixture.column(
                                service,
                                "(select version || ' ' || monthly::numeric(9, 2) from t_resizing.price_version where id = price_version_id)"))
                .isEqualTo("1 14.60");
        assertThat(here.balance(service)).isEqualTo(money("0.98"));
    }

    @Test
    void doesNotRequestASizeTheServerAlreadyHas() {
        here.provider.has(number(), "big");
        want(large);
        here.work();
        assertThat(here.provider.asked()).isEmpty();
        isLarge();
    }

    @Test
    void neitherReservesNorRefundsWhenDownsizing() {
        want(cheap);
        assertThat(here.holds(service))
                .as("nothing is held for what costs less")
                .containsExactly("0.02 CAPTURED");
        here.work(2);
        assertThat(provisioningFixture.column(service, "provider_size || coalesce(pending_operation, '-')"))
                .isEqualTo("tiny-");
        assertThat(here.balance(service)).isEqualTo(money("0.99"));

        want(provisioningFixture.plan);
        here.work(2);
        assertThat(here.balance(service)).as("the hour was as dear before").isEqualTo(money("0.99"));
        want(cheap);
        here.work(2);
        charge(Duration.ofMinutes(61));
        assertThat(here.balance(service)).isEqualTo(money("0.985"));
    }

    @Test
    void confirmsAResizeAfterALostResponse() {
        here.provider.fates(ScriptedOutcome.LOST);
        want(large);
        here.work(2);
        assertThat(here.provider.asked()).hasSize(1);
        isLarge();
    }

    @Test
    void confirmsAResizeAfterTheWorkerDied() {
        here.provider.fates(ScriptedOutcome.DEATH_AFTER);
        want(large);
        here.work(2);
        assertThat(here.provider.asked()).hasSize(1);
        isLarge();
        assertThat(here.balance(service)).isEqualTo(money("0.98"));
    }

    @Test
    void repeatsAnUnansweredRequestWithoutEffect() {
        here.provider.fates(ScriptedOutcome.SILENT, ScriptedOutcome.DEATH_BEFORE);
        want(large);
        here.work(2);
        assertThat(here.provider.asked()).as("not at once").hasSize(1);
        here.pass(ResizeHandler.UNTIL_AGAIN.plusSeconds(1));
        here.work(2);
        here.pass(ResizeHandler.UNTIL_AGAIN.plusSeconds(1));
        here.work(2);
        assertThat(here.provider.asked()).hasSize(3);
        isLarge();
        assertThat(here.calls(service, "RESIZE")).containsExactly("NOT_FOUND", "NOT_FOUND", "DONE");
    }

    @Test
    void allowsAnotherRequestAfterARefusal() {
        here.provider.fates(ScriptedOutcome.REFUSED);
        want(large);
        here.work();
        failed("refused");
        assertThat(here.calls(service, "RESIZE")).containsExactly("REFUSED: INVALID: not that");

        want(large);
        here.work(2);
        isLarge();
    }

    @Test
    void retriesForAWhileWithoutCapacity() {
        here.provider.fates(
                ScriptedOutcome.FULL,
                ScriptedOutcome.FULL,
                ScriptedOutcome.FULL,
                ScriptedOutcome.FULL,
                ScriptedOutcome.FULL);
        want(large);
        here.work(4);
        assertThat(provisioningFixture.column(service, "pending_operation")).isEqualTo("RESIZE");
        here.work();
        assertThat(here.provider.asked()).hasSize(5);
        failed("full");
    }

    @Test
    void changesNothingAfterAFailedTask() {
        here.provider.stands(Progress.failed("the host did not do it"));
        want(large);
        here.work(2);
        failed("provider_error");
        assertThat(here.calls(service, "RESIZE")).containsExactly("REFUSED: the host did not do it");
    }

    @Test
    void confirmsAResizeOfAServerThatDoesNotStart() {
        here.provider.growsAllTheSame();
        here.provider.stands(Progress.failed("it was not switched on"));
        want(large);
        here.work();
        provisioningFixture.provider.all(ProviderServer.State.STOPPED);
        here.work();
        isLarge();
        assertThat(provisioningFixture.column(service, "power")).isEqualTo("OFF");
        provisioningFixture.provider.all(ProviderServer.State.RUNNING);
    }

    @Test
    void trustsTheTaskWhenSizesAreUnknown() {
        here.provider.isSilentOnSizes();
        want(large);
        here.work(2);
        isLarge();
    }

    @Test
    void parksAnOperationThatTakesTooLong() {
        unclear();
        assertThat(here.holds(service)).endsWith("0.02 RESERVED");
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.decisions().giveUp(service, "looked there")))
                .isTrue();
        failed("given_up");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("DROPPED");
    }

    @Test
    void aRetryFindsTheCompletedOperation() {
        unclear();
        here.provider.has(number(), "big");
        here.provider.stands(Progress.done());
        assertThat(provisioningFixture.billingFixture.<RetryOutcome>in(
                        () -> provisioningFixture.decisions().retry(service, "looked there")))
                .isEqualTo(new RetryOutcome.Retried());
        here.work();
        isLarge();
        assertThat(here.holds(service)).endsWith("0.02 CAPTURED");
    }

    @Test
    void renewsAnExpiredReservationOnRetry() {
        unclear();
        charge(LATER);
        assertThat(inspect()).isEqualTo(new RetryOutcome.Retried());
        assertThat(here.holds(service)).containsExactly("0.02 CAPTURED", "0.02 RELEASED", "0.02 RESERVED");

        here.provider.has(number(), "big");
        here.provider.stands(Progress.done());
        here.work();
        isLarge();
        assertThat(here.holds(service)).containsExactly("0.02 CAPTURED", "0.02 RELEASED", "0.02 CAPTURED");
    }

    @Test
    void countsTheWaitingTimeFromTheFirstRequest() {
        here.provider.stands(Progress.running(10));
        want(large);
        here.pass(ResizeHandler.PATIENCE.plusSeconds(1));
        here.work(2);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .doesNotContain("PARKED");
        here.pass(ResizeHandler.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
    }

    @Test
    void doesNotReserveTwiceOnRetry() {
        unclear();
        charge(HALF_PAST.plus(ResizeHandler.PATIENCE));
        assertThat(inspect()).isEqualTo(new RetryOutcome.Retried());
        assertThat(here.holds(service)).containsExactly("0.02 CAPTURED", "0.02 RESERVED");
    }

    @Test
    void aRetryReportsTheMissingAmount() {
        here.moveTo(Duration.ZERO);
        service = here.up(provisioningFixture.billingFixture.wallet("0.05"));
        here.moveTo(HALF_PAST);
        unclear();
        charge(LATER);
        assertThat(here.balance(service)).as("five hours have begun").isEqualTo(money("0"));

        assertThat(inspect()).isEqualTo(new RetryOutcome.InsufficientFunds(money("0.02")));
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(provisioningFixture.timeline(service)).endsWith("resize_wanted");
        assertThat(here.holds(service)).endsWith("0.02 RELEASED");

        provisioningFixture.billingFixture.limit(
                UUID.fromString(provisioningFixture.column(service, "wallet_id")), new BigDecimal("0.02"));
        assertThat(inspect()).isEqualTo(new RetryOutcome.Retried());
        assertThat(here.holds(service)).endsWith("0.02 RESERVED");
        here.provider.has(number(), "big");
        here.provider.stands(Progress.done());
        here.work();
        isLarge();
        assertThat(here.balance(service)).isEqualTo(money("-0.01"));
    }

    @Test
    void givesUpOnAnUnreachableProviderOnlyBeforeTheRequest() {
        want(large);
        provisioningFixture.provider.looks(times(ScriptedOutcome.AWAY, 5));
        here.work(5);
        failed("busy");

        here.provider.stands(Progress.running(10));
        want(large);
        here.work();
        provisioningFixture.provider.looks(times(ScriptedOutcome.AWAY, 10));
        here.work(10);
        assertThat(provisioningFixture.column(service, "pending_operation")).isEqualTo("RESIZE");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
    }

    @Test
    void doesNotResizeATerminatedService() {
        want(large);
        provisioningFixture.billingFixture.in(() -> {
            provisioningFixture.pendingOperations.drop(provisioningFixture.serviceLifecycle.lock(service));
            return true;
        });
        provisioningFixture.end(service);
        here.work();
        assertThat(here.provider.asked()).isEmpty();
        assertThat(here.holds(service)).endsWith("0.02 RELEASED");
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void dropsAPendingResizeOnTermination() {
        want(large);
        provisioningFixture.end(service);
        here.work();
        assertThat(here.provider.asked()).isEmpty();
        assertThat(here.holds(service)).endsWith("0.02 RELEASED");
    }

    @Test
    void workOfAnEarlierRequestIgnoresALaterOne() {
        want(large);
        var earlier = new ClaimedWorkItem(
                0,
                provisioningFixture.billingFixture.tenant,
                ResizeHandler.KIND,
                UUID.randomUUID().toString(),
                service,
                0,
                1,
                ProvisioningFixture.NOON);
        assertThat(here.steps.read(earlier).wanted()).isEmpty();
    }

    @Test
    void doesNotResizeAReusedServerId() {
        provisioningFixture.provider.gives(number(), UUID.randomUUID());
        want(large);
        here.work(2);
        assertThat(here.provider.asked()).isEmpty();
        failed("refused");
    }

    @Test
    void doesNotConfirmTheSizeOfAReusedServerId() {
        here.provider.stands(Progress.running(10));
        want(large);
        here.work();
        provisioningFixture.provider.gives(number(), UUID.randomUUID());
        here.provider.has(number(), "big");
        here.provider.stands(Progress.done());
        here.work(3);
        isSmall();
        assertThat(provisioningFixture.column(service, "pending_operation"))
                .as("what was asked for may have been done before: a person looks")
                .isEqualTo("RESIZE");
    }

    @Test
    void reservesTheConfiguredNumberOfFirstHours() {
        here.moveTo(Duration.ZERO);
        var poor = here.up(provisioningFixture.billingFixture.wallet("0.025"));
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.billingFixture.sql.update("update order_policy set reserved_hours = 24"));
        try {
            assertThat(asked(poor, large)).isEqualTo(new Outcome.InsufficientFunds(money("0.225")));
        } finally {
            provisioningFixture.billingFixture.in(
                    () -> provisioningFixture.billingFixture.sql.update("update order_policy set reserved_hours = 2"));
        }
    }

    @Test
    void reportsTheMissingAmount() {
        here.moveTo(Duration.ZERO);
        var poor = here.up(provisioningFixture.billingFixture.wallet("0.025"));
        assertThat(asked(poor, large)).isEqualTo(new Outcome.InsufficientFunds(money("0.005")));
        assertThat(provisioningFixture.column(poor, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
        assertThat(here.holds(poor)).containsExactly("0.02 CAPTURED");
    }

    @Test
    void refusesAResizeOnAParkedWallet() {
        var wallet = provisioningFixture.column(service, "wallet_id");
        provisioningFixture.billingFixture.in(() -> provisioningFixture.billingFixture.sql.update(
                "update wallet set parked = 'wallet-balance' where id = ?", UUID.fromString(wallet)));
        assertThat(asked(service, large)).isEqualTo(new Outcome.NoWallet(Currency.getInstance("EUR")));
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void refusesUnsuitablePlansWithAReason() {
        var smaller = here.plan("20", 5, "flat");
        var elsewhere = here.plan("21", 20);
        assertThat(asked(service, provisioningFixture.plan)).isEqualTo(new Outcome.Refused(Refusal.CURRENT));
        assertThat(asked(service, smaller)).isEqualTo(new Outcome.Refused(Refusal.DISK));
        assertThat(asked(service, elsewhere)).isEqualTo(new Outcome.Refused(Refusal.UNAVAILABLE));
        assertThat(asked(service, provisioningFixture.billingFixture.plan()))
                .isEqualTo(new Outcome.Refused(Refusal.WITHDRAWN));
        here.offer(new ProvisioningTargets(List.of(provisioningFixture.provider)));
        try {
            assertThat(asked(service, large))
                    .as("one that changes no sizes")
                    .isEqualTo(new Outcome.Refused(Refusal.UNSUPPORTED));
        } finally {
            here.offer(new ProvisioningTargets(List.of(here.provider)));
        }
        assertThat(provisioningFixture.timeline(service)).doesNotContain("resize_wanted");
    }

    @Test
    void showsTheImmediateSurchargeOfEachPlan() {
        var now = here.summary(service);
        List<Resizes.Choice> choices = provisioningFixture.billingFixture.in(() -> here.resizes.choices(now));
        assertThat(choice(choices, provisioningFixture.plan).isCurrent()).isTrue();
        assertThat(choice(choices, large).surcharge()).isEqualTo(money("0.01"));
        assertThat(choice(choices, large).refusal()).isEmpty();
        assertThat(choice(choices, cheap).surcharge()).isEqualTo(money("0"));
    }

    @Test
    void notifiesMembersOfTheRequester() {
        var olga = here.member(service, "Olga");
        Database.in(provisioningFixture.billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(olga)) {
                return here.resizes.want(service, large);
            }
        });
        here.work(2);
        assertThat(here.told(olga)).as("also of the wallet").endsWith("SERVICE_CHANGED web Olga");
    }

    @Test
    void refusesAnotherOperationWhileOneIsPending() {
        want(large);
        assertThat(asked(service, large)).isEqualTo(new Outcome.Busy("resize"));
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.powers().want(service, PendingPowerAction.STOP)))
                .isEqualTo(new ServerPower.Outcome.Occupied(OperationInProgress.RESIZE));
        here.work(2);
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.powers().want(service, PendingPowerAction.STOP)))
                .isEqualTo(new ServerPower.Outcome.Wanted());
        assertThat(asked(service, cheap)).isEqualTo(new Outcome.Busy("stop"));
    }

    @Test
    void refusesAResizeDuringARestore() {
        Database.asOwner("""
                insert into t_resizing.addon (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id,
                                                       account, provider_region, state, pending_action, pending_restore_point, ordered_at, activated_at)
                select gen_random_uuid(), id, organization_id, wallet_id, 'BACKUP', 'backups', 1, price_version_id,
                       account, provider_region, 'ACTIVE', 'RESTORE', 'copy-1', activated_at, activated_at
                  from t_resizing.service
                 where id = '%s'
                """.formatted(service));
        try {
            assertThat(asked(service, large)).isEqualTo(new Outcome.Busy("restore"));
        } finally {
            Database.asOwner("delete from t_resizing.addon");
        }
        want(large);
    }

    @Test
    void hidesForeignServers() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(provisioningFixture.billingFixture.tenant, () -> {
                    try (var actorScope = Actors.enter(stranger)) {
                        return here.resizes.want(service, large);
                    }
                }))
                .isInstanceOf(NotFoundException.class);
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    private RetryOutcome inspect() {
        return provisioningFixture.billingFixture.in(
                () -> provisioningFixture.decisions().retry(service, "looked there"));
    }

    /** The provider's task takes too long. */
    private void unclear() {
        here.provider.stands(Progress.running(10));
        want(large);
        here.work(2);
        here.pass(ResizeHandler.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(provisioningFixture.column(service, "pending_operation")).isEqualTo("RESIZE");
    }

    private void isLarge() {
        assertThat(provisioningFixture.column(service, "provider_size || ' ' || coalesce(pending_operation, '-')"))
                .isEqualTo("big -");
        assertThat(provisioningFixture.column(service, "plan_id")).isEqualTo(large.toString());
    }

    private void isSmall() {
        assertThat(provisioningFixture.column(service, "provider_size")).isEqualTo("small");
        assertThat(provisioningFixture.column(service, "plan_id")).isEqualTo(provisioningFixture.plan.toString());
    }

    /** Asserts that nothing has changed, nothing is reserved, and the timeline states the reason. */
    private void failed(String reason) {
        isSmall();
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
        assertThat(here.holds(service)).endsWith("0.02 RELEASED");
        assertThat(here.balance(service)).isEqualTo(money("0.99"));
        assertThat(provisioningFixture.timeline(service)).endsWith("resize_failed");
        assertThat(here.texts("select facts ->> 'reason' from %s.service_event where service_id = '" + service
                        + "' and event = 'resize_failed' order by id desc limit 1"))
                .containsExactly(reason);
    }

    private void charge(Duration afterNoon) {
        here.moveTo(afterNoon);
        provisioningFixture.billingFixture.charge(provisioningFixture.billingFixture.clock.instant());
    }

    private String number() {
        return provisioningFixture.column(service, "provider_ref");
    }

    private static Resizes.Choice choice(List<Resizes.Choice> choices, UUID plan) {
        return choices.stream()
                .filter(one -> one.offer().planId().equals(plan))
                .findFirst()
                .orElseThrow();
    }

    private void want(UUID plan) {
        assertThat(asked(service, plan)).isEqualTo(new Outcome.Wanted());
    }

    private static Outcome asked(UUID service, UUID plan) {
        return provisioningFixture.billingFixture.in(() -> here.resizes.want(service, plan));
    }

    private static io.tenantry.kernel.money.Money money(String amount) {
        return provisioningFixture.billingFixture.money(amount);
    }

    private static ScriptedOutcome[] times(ScriptedOutcome scriptedOutcome, int times) {
        var all = new ScriptedOutcome[times];
        Arrays.fill(all, scriptedOutcome);
        return all;
    }
}

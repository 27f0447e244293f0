package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
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
import java.util.Optional;
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

    private static ServerOperationFixture operationFixture;
    private static ProvisioningFixture provisioningFixture;
    private static UUID large;
    private static UUID cheap;
    private UUID service;

    @BeforeAll
    static void open() {
        operationFixture = new ServerOperationFixture("resizing");
        provisioningFixture = operationFixture.provisioningFixture;
        large = operationFixture.plan("14.60", 20, "big");
        cheap = operationFixture.plan("3.65", 10, "tiny");
    }

    @BeforeEach
    void createServer() {
        provisioningFixture.workQueueFixture.clear();
        operationFixture.provider.clear();
        operationFixture.moveClockTo(Duration.ZERO);
        service = operationFixture.createServer(provisioningFixture.billingFixture.wallet("1"));
        operationFixture.moveClockTo(HALF_PAST);
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(provisioningFixture.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(provisioningFixture.billingFixture.tenant, MONEY.toArray(String[]::new)))
                .isEmpty();
    }

    @Test
    void chargesThePriceOfTheLargerPlanOnceResized() {
        want(large);
        assertThat(operationFixture.reservations(service)).containsExactly("0.02 CAPTURED", "0.02 RESERVED");
        assertThat(provisioningFixture.column(service, "pending_operation")).isEqualTo("RESIZE");

        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).containsExactly(serverId() + " big");
        assertLarge();
        assertThat(operationFixture.reservations(service)).containsExactly("0.02 CAPTURED", "0.02 CAPTURED");
        assertThat(operationFixture.balance(service))
                .as("plus the difference for the hour")
                .isEqualTo(money("0.98"));
        assertThat(provisioningFixture.timeline(service)).endsWith("resize_wanted", "plan_changed");
        assertThat(operationFixture.callOutcomes(service, "RESIZE")).containsExactly("DONE");
        charge(Duration.ofMinutes(61));
        assertThat(operationFixture.balance(service)).isEqualTo(money("0.96"));
    }

    @Test
    void refusesAPriceThatIsNoLongerInForce() {
        var outcome = provisioningFixture.billingFixture.in(
                () -> operationFixture.resizes.want(service, large, Optional.of(UUID.randomUUID())));
        assertThat(outcome).isEqualTo(new Outcome.PriceChanged(money("14.60")));
        assertThat(operationFixture.reservations(service)).containsExactly("0.02 CAPTURED");
    }

    @Test
    void keepsPlanAndPriceUntilTheResizeIsDone() {
        operationFixture.provider.setTaskProgress(Progress.running(10));
        want(large);
        operationFixture.work(3);
        charge(Duration.ofMinutes(90));
        assertThat(operationFixture.balance(service))
                .as("two hours at the old price")
                .isEqualTo(money("0.98"));
        assertSmall();
        assertThat(provisioningFixture.column(service, "pending_operation")).isEqualTo("RESIZE");

        operationFixture.provider.setSize(serverId(), "big");
        operationFixture.provider.setTaskProgress(Progress.done());
        operationFixture.work();
        assertLarge();
        assertThat(operationFixture.provider.requests()).hasSize(1);
        assertThat(operationFixture.balance(service))
                .as("the hour in progress at the new price")
                .isEqualTo(money("0.97"));
    }

    @Test
    void chargesTheAcceptedPrice() {
        var plan = operationFixture.plan("14.60", 20, "bigger");
        operationFixture.provider.setTaskProgress(Progress.running(10));
        want(plan);
        operationFixture.work();
        operationFixture.moveClockTo(HALF_PAST.plusMinutes(5));
        provisioningFixture.billingFixture.price(plan, 2, "29.20");
        operationFixture.provider.setSize(serverId(), "bigger");
        operationFixture.provider.setTaskProgress(Progress.done());
        operationFixture.work();
        assertThat(
                        provisioningFixture.column(
                                service,
                                "(select version || ' ' || monthly::numeric(9, 2) from t_resizing.price_version where id = price_version_id)"))
                .isEqualTo("1 14.60");
        assertThat(operationFixture.balance(service)).isEqualTo(money("0.98"));
    }

    @Test
    void doesNotRequestASizeTheServerAlreadyHas() {
        operationFixture.provider.setSize(serverId(), "big");
        want(large);
        operationFixture.work();
        assertThat(operationFixture.provider.requests()).isEmpty();
        assertLarge();
    }

    @Test
    void neitherReservesNorRefundsWhenDownsizing() {
        want(cheap);
        assertThat(operationFixture.reservations(service))
                .as("a cheaper plan needs no reservation")
                .containsExactly("0.02 CAPTURED");
        operationFixture.work(2);
        assertThat(provisioningFixture.column(service, "provider_size || coalesce(pending_operation, '-')"))
                .isEqualTo("tiny-");
        assertThat(operationFixture.balance(service)).isEqualTo(money("0.99"));

        want(provisioningFixture.plan);
        operationFixture.work(2);
        assertThat(operationFixture.balance(service))
                .as("the hour was already charged at that price")
                .isEqualTo(money("0.99"));
        want(cheap);
        operationFixture.work(2);
        charge(Duration.ofMinutes(61));
        assertThat(operationFixture.balance(service)).isEqualTo(money("0.985"));
    }

    @Test
    void confirmsAResizeAfterALostResponse() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        want(large);
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).hasSize(1);
        assertLarge();
    }

    @Test
    void confirmsAResizeAfterTheWorkerDied() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.DEATH_AFTER);
        want(large);
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).hasSize(1);
        assertLarge();
        assertThat(operationFixture.balance(service)).isEqualTo(money("0.98"));
    }

    @Test
    void repeatsAnUnansweredRequestWithoutEffect() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.SILENT, ScriptedOutcome.DEATH_BEFORE);
        want(large);
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).as("not immediately").hasSize(1);
        operationFixture.advance(ResizeHandler.UNTIL_AGAIN.plusSeconds(1));
        operationFixture.work(2);
        operationFixture.advance(ResizeHandler.UNTIL_AGAIN.plusSeconds(1));
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).hasSize(3);
        assertLarge();
        assertThat(operationFixture.callOutcomes(service, "RESIZE")).containsExactly("NOT_FOUND", "NOT_FOUND", "DONE");
    }

    @Test
    void allowsAnotherRequestAfterARefusal() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        want(large);
        operationFixture.work();
        assertFailed("refused");
        assertThat(operationFixture.callOutcomes(service, "RESIZE")).containsExactly("REFUSED: INVALID: not that");

        want(large);
        operationFixture.work(2);
        assertLarge();
    }

    @Test
    void retriesForAWhileWithoutCapacity() {
        operationFixture.provider.nextOutcomes(
                ScriptedOutcome.FULL,
                ScriptedOutcome.FULL,
                ScriptedOutcome.FULL,
                ScriptedOutcome.FULL,
                ScriptedOutcome.FULL);
        want(large);
        operationFixture.work(4);
        assertThat(provisioningFixture.column(service, "pending_operation")).isEqualTo("RESIZE");
        operationFixture.work();
        assertThat(operationFixture.provider.requests()).hasSize(5);
        assertFailed("full");
    }

    @Test
    void changesNothingAfterAFailedTask() {
        operationFixture.provider.setTaskProgress(Progress.failed("the host did not do it"));
        want(large);
        operationFixture.work(2);
        assertFailed("provider_error");
        assertThat(operationFixture.callOutcomes(service, "RESIZE")).containsExactly("REFUSED: the host did not do it");
    }

    @Test
    void confirmsAResizeOfAServerThatDoesNotStart() {
        operationFixture.provider.ignoreTaskProgress();
        operationFixture.provider.setTaskProgress(Progress.failed("it was not switched on"));
        want(large);
        operationFixture.work();
        provisioningFixture.provider.setServerStates(ProviderServer.State.STOPPED);
        operationFixture.work();
        assertLarge();
        assertThat(provisioningFixture.column(service, "power")).isEqualTo("OFF");
        provisioningFixture.provider.setServerStates(ProviderServer.State.RUNNING);
    }

    @Test
    void trustsTheTaskWhenSizesAreUnknown() {
        operationFixture.provider.hideSizes();
        want(large);
        operationFixture.work(2);
        assertLarge();
    }

    @Test
    void parksAnOperationThatTakesTooLong() {
        createUnclearResize();
        assertThat(operationFixture.reservations(service)).endsWith("0.02 RESERVED");
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.serviceReview().giveUp(service, "looked there")))
                .isTrue();
        assertFailed("given_up");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("DROPPED");
    }

    @Test
    void aRetryFindsTheCompletedOperation() {
        createUnclearResize();
        operationFixture.provider.setSize(serverId(), "big");
        operationFixture.provider.setTaskProgress(Progress.done());
        assertThat(provisioningFixture.billingFixture.<RetryOutcome>in(
                        () -> provisioningFixture.serviceReview().retry(service, "looked there")))
                .isEqualTo(new RetryOutcome.Retried());
        operationFixture.work();
        assertLarge();
        assertThat(operationFixture.reservations(service)).endsWith("0.02 CAPTURED");
    }

    @Test
    void renewsAnExpiredReservationOnRetry() {
        createUnclearResize();
        charge(LATER);
        assertThat(retry()).isEqualTo(new RetryOutcome.Retried());
        assertThat(operationFixture.reservations(service))
                .containsExactly("0.02 CAPTURED", "0.02 RELEASED", "0.02 RESERVED");

        operationFixture.provider.setSize(serverId(), "big");
        operationFixture.provider.setTaskProgress(Progress.done());
        operationFixture.work();
        assertLarge();
        assertThat(operationFixture.reservations(service))
                .containsExactly("0.02 CAPTURED", "0.02 RELEASED", "0.02 CAPTURED");
    }

    @Test
    void countsTheWaitingTimeFromTheFirstRequest() {
        operationFixture.provider.setTaskProgress(Progress.running(10));
        want(large);
        operationFixture.advance(ResizeHandler.PATIENCE.plusSeconds(1));
        operationFixture.work(2);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .doesNotContain("PARKED");
        operationFixture.advance(ResizeHandler.PATIENCE.plusSeconds(1));
        operationFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
    }

    @Test
    void doesNotReserveTwiceOnRetry() {
        createUnclearResize();
        charge(HALF_PAST.plus(ResizeHandler.PATIENCE));
        assertThat(retry()).isEqualTo(new RetryOutcome.Retried());
        assertThat(operationFixture.reservations(service)).containsExactly("0.02 CAPTURED", "0.02 RESERVED");
    }

    @Test
    void aRetryReportsTheMissingAmount() {
        operationFixture.moveClockTo(Duration.ZERO);
        service = operationFixture.createServer(provisioningFixture.billingFixture.wallet("0.05"));
        operationFixture.moveClockTo(HALF_PAST);
        createUnclearResize();
        charge(LATER);
        assertThat(operationFixture.balance(service)).as("five hours started").isEqualTo(money("0"));

        assertThat(retry()).isEqualTo(new RetryOutcome.InsufficientFunds(money("0.02")));
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(provisioningFixture.timeline(service)).endsWith("resize_wanted");
        assertThat(operationFixture.reservations(service)).endsWith("0.02 RELEASED");

        provisioningFixture.billingFixture.limit(
                UUID.fromString(provisioningFixture.column(service, "wallet_id")), new BigDecimal("0.02"));
        assertThat(retry()).isEqualTo(new RetryOutcome.Retried());
        assertThat(operationFixture.reservations(service)).endsWith("0.02 RESERVED");
        operationFixture.provider.setSize(serverId(), "big");
        operationFixture.provider.setTaskProgress(Progress.done());
        operationFixture.work();
        assertLarge();
        assertThat(operationFixture.balance(service)).isEqualTo(money("-0.01"));
    }

    @Test
    void givesUpOnAnUnreachableProviderOnlyBeforeTheRequest() {
        want(large);
        provisioningFixture.provider.nextQueries(times(ScriptedOutcome.AWAY, 5));
        operationFixture.work(5);
        assertFailed("busy");

        operationFixture.provider.setTaskProgress(Progress.running(10));
        want(large);
        operationFixture.work();
        provisioningFixture.provider.nextQueries(times(ScriptedOutcome.AWAY, 10));
        operationFixture.work(10);
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
        provisioningFixture.terminate(service);
        operationFixture.work();
        assertThat(operationFixture.provider.requests()).isEmpty();
        assertThat(operationFixture.reservations(service)).endsWith("0.02 RELEASED");
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void dropsAPendingResizeOnTermination() {
        want(large);
        provisioningFixture.terminate(service);
        operationFixture.work();
        assertThat(operationFixture.provider.requests()).isEmpty();
        assertThat(operationFixture.reservations(service)).endsWith("0.02 RELEASED");
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
        assertThat(operationFixture.steps.read(earlier).wanted()).isEmpty();
    }

    @Test
    void doesNotResizeAReusedServerId() {
        provisioningFixture.provider.assignServerId(serverId(), UUID.randomUUID());
        want(large);
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).isEmpty();
        assertFailed("refused");
    }

    @Test
    void doesNotConfirmTheSizeOfAReusedServerId() {
        operationFixture.provider.setTaskProgress(Progress.running(10));
        want(large);
        operationFixture.work();
        provisioningFixture.provider.assignServerId(serverId(), UUID.randomUUID());
        operationFixture.provider.setSize(serverId(), "big");
        operationFixture.provider.setTaskProgress(Progress.done());
        operationFixture.work(3);
        assertSmall();
        assertThat(provisioningFixture.column(service, "pending_operation"))
                .as("the resize may have been done: needs a review")
                .isEqualTo("RESIZE");
    }

    @Test
    void reservesTheConfiguredNumberOfFirstHours() {
        operationFixture.moveClockTo(Duration.ZERO);
        var poor = operationFixture.createServer(provisioningFixture.billingFixture.wallet("0.025"));
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.billingFixture.sql.update("update order_policy set reserved_hours = 24"));
        try {
            assertThat(request(poor, large)).isEqualTo(new Outcome.InsufficientFunds(money("0.225")));
        } finally {
            provisioningFixture.billingFixture.in(
                    () -> provisioningFixture.billingFixture.sql.update("update order_policy set reserved_hours = 2"));
        }
    }

    @Test
    void reportsTheMissingAmount() {
        operationFixture.moveClockTo(Duration.ZERO);
        var poor = operationFixture.createServer(provisioningFixture.billingFixture.wallet("0.025"));
        assertThat(request(poor, large)).isEqualTo(new Outcome.InsufficientFunds(money("0.005")));
        assertThat(provisioningFixture.column(poor, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
        assertThat(operationFixture.reservations(poor)).containsExactly("0.02 CAPTURED");
    }

    @Test
    void refusesAResizeOnAParkedWallet() {
        var wallet = provisioningFixture.column(service, "wallet_id");
        provisioningFixture.billingFixture.in(() -> provisioningFixture.billingFixture.sql.update(
                "update wallet set parked = 'wallet-balance' where id = ?", UUID.fromString(wallet)));
        assertThat(request(service, large)).isEqualTo(new Outcome.NoWallet(Currency.getInstance("EUR")));
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    @Test
    void refusesUnsuitablePlansWithAReason() {
        var smaller = operationFixture.plan("20", 5, "flat");
        var elsewhere = operationFixture.plan("21", 20);
        assertThat(request(service, provisioningFixture.plan)).isEqualTo(new Outcome.Refused(Refusal.CURRENT));
        assertThat(request(service, smaller)).isEqualTo(new Outcome.Refused(Refusal.DISK));
        assertThat(request(service, elsewhere)).isEqualTo(new Outcome.Refused(Refusal.UNAVAILABLE));
        assertThat(request(service, provisioningFixture.billingFixture.plan()))
                .isEqualTo(new Outcome.Refused(Refusal.WITHDRAWN));
        operationFixture.useTargets(new ProvisioningTargets(List.of(provisioningFixture.provider)));
        try {
            assertThat(request(service, large))
                    .as("a provider without resizes")
                    .isEqualTo(new Outcome.Refused(Refusal.UNSUPPORTED));
        } finally {
            operationFixture.useTargets(new ProvisioningTargets(List.of(operationFixture.provider)));
        }
        assertThat(provisioningFixture.timeline(service)).doesNotContain("resize_wanted");
    }

    @Test
    void showsTheImmediateSurchargeOfEachPlan() {
        var now = operationFixture.summary(service);
        List<Resizes.Choice> choices =
                provisioningFixture.billingFixture.in(() -> operationFixture.resizes.choices(now));
        assertThat(choice(choices, provisioningFixture.plan).isCurrent()).isTrue();
        assertThat(choice(choices, large).surcharge()).isEqualTo(money("0.01"));
        assertThat(choice(choices, large).refusal()).isEmpty();
        assertThat(choice(choices, cheap).surcharge()).isEqualTo(money("0"));
    }

    @Test
    void notifiesMembersOfTheRequester() {
        var olga = operationFixture.member(service, "Olga");
        Database.in(provisioningFixture.billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(olga)) {
                return operationFixture.resizes.want(service, large);
            }
        });
        operationFixture.work(2);
        assertThat(operationFixture.notificationsOf(olga))
                .as("after the notification of the wallet")
                .endsWith("SERVICE_CHANGED web Olga");
    }

    @Test
    void refusesAnotherOperationWhileOneIsPending() {
        want(large);
        assertThat(request(service, large)).isEqualTo(new Outcome.Busy("resize"));
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.serverPower().want(service, PendingPowerAction.STOP)))
                .isEqualTo(new ServerPower.Outcome.Occupied(OperationInProgress.RESIZE));
        operationFixture.work(2);
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.serverPower().want(service, PendingPowerAction.STOP)))
                .isEqualTo(new ServerPower.Outcome.Wanted());
        assertThat(request(service, cheap)).isEqualTo(new Outcome.Busy("stop"));
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
            assertThat(request(service, large)).isEqualTo(new Outcome.Busy("restore"));
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
                        return operationFixture.resizes.want(service, large);
                    }
                }))
                .isInstanceOf(NotFoundException.class);
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
    }

    private RetryOutcome retry() {
        return provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serviceReview().retry(service, "looked there"));
    }

    /** The provider's task takes too long. */
    private void createUnclearResize() {
        operationFixture.provider.setTaskProgress(Progress.running(10));
        want(large);
        operationFixture.work(2);
        operationFixture.advance(ResizeHandler.PATIENCE.plusSeconds(1));
        operationFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(provisioningFixture.column(service, "pending_operation")).isEqualTo("RESIZE");
    }

    private void assertLarge() {
        assertThat(provisioningFixture.column(service, "provider_size || ' ' || coalesce(pending_operation, '-')"))
                .isEqualTo("big -");
        assertThat(provisioningFixture.column(service, "plan_id")).isEqualTo(large.toString());
    }

    private void assertSmall() {
        assertThat(provisioningFixture.column(service, "provider_size")).isEqualTo("small");
        assertThat(provisioningFixture.column(service, "plan_id")).isEqualTo(provisioningFixture.plan.toString());
    }

    /** Asserts that nothing has changed, nothing is reserved, and the timeline states the reason. */
    private void assertFailed(String reason) {
        assertSmall();
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
        assertThat(operationFixture.reservations(service)).endsWith("0.02 RELEASED");
        assertThat(operationFixture.balance(service)).isEqualTo(money("0.99"));
        assertThat(provisioningFixture.timeline(service)).endsWith("resize_failed");
        assertThat(operationFixture.texts("select facts ->> 'reason' from %s.service_event where service_id = '"
                        + service + "' and event = 'resize_failed' order by id desc limit 1"))
                .containsExactly(reason);
    }

    private void charge(Duration afterNoon) {
        operationFixture.moveClockTo(afterNoon);
        provisioningFixture.billingFixture.charge(provisioningFixture.billingFixture.clock.instant());
    }

    private String serverId() {
        return provisioningFixture.column(service, "provider_ref");
    }

    private static Resizes.Choice choice(List<Resizes.Choice> choices, UUID plan) {
        return choices.stream()
                .filter(one -> one.offer().planId().equals(plan))
                .findFirst()
                .orElseThrow();
    }

    private void want(UUID plan) {
        assertThat(request(service, plan)).isEqualTo(new Outcome.Wanted());
    }

    private static Outcome request(UUID service, UUID plan) {
        return provisioningFixture.billingFixture.in(() -> operationFixture.resizes.want(service, plan));
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

package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.RescueOperations.Outcome;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.RetryOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests to put a server into its rescue system, or back into its own, until their outcome. */
class EnterRescueHandlerTest {
    private static final String LINE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    private static ServerOperationFixture operationFixture;
    private static ProvisioningFixture provisioningFixture;
    private UUID service;
    private String server;

    @BeforeAll
    static void open() {
        operationFixture = new ServerOperationFixture("in-need");
        provisioningFixture = operationFixture.provisioningFixture;
    }

    @BeforeEach
    void createServer() {
        provisioningFixture.workQueueFixture.clear();
        operationFixture.provider.clear();
        service = operationFixture.createServer(provisioningFixture.billingFixture.wallet("1"));
        server = provisioningFixture.column(service, "provider_ref");
    }

    @AfterEach
    void chargesNothingExtra() {
        assertThat(operationFixture.balance(service)).isEqualTo(provisioningFixture.billingFixture.money("0.99"));
        assertThat(AuditorFixture.found(
                        provisioningFixture.billingFixture.tenant,
                        "pending-operation",
                        "transition-has-work",
                        "period-of-service"))
                .isEmpty();
    }

    @Test
    void entersAndLeavesTheRescueSystem() {
        enterRescue();
        assertThat(status()).isEqualTo("RESCUE own");
        operationFixture.work(2);
        assertThat(status()).isEqualTo("- rescued");
        assertThat(operationFixture.summary(service).rescued()).isTrue();
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_wanted", "rescued");

        assertThat(leaveRescue()).isEqualTo(new Outcome.Wanted());
        operationFixture.work(2);
        assertThat(status()).isEqualTo("- own");
        assertThat(provisioningFixture.timeline(service)).endsWith("rescued", "leave_rescue_wanted", "rescue_left");
        assertThat(operationFixture.provider.requests()).containsExactly(server + " rescue", server + " leave");
        assertThat(operationFixture.callOutcomes(service, "RESCUE")).containsExactly("DONE");
        assertThat(operationFixture.callOutcomes(service, "LEAVE_RESCUE")).containsExactly("DONE");
        assertThat(operationFixture.texts("select action from %s.audit_record where subject_id = '" + service
                        + "' and action in ('service.rescue', 'service.rescued', 'service.leave_rescue', 'service.rescue_left')"
                        + " order by seq"))
                .containsExactly("service.rescue", "service.rescued", "service.leave_rescue", "service.rescue_left");
    }

    @Test
    void passesTheCurrentSshKeysToTheRescueSystem() {
        var customer = UUID.fromString(provisioningFixture.column(service, "organization_id"));
        var key = operationFixture.orderFixture.key(customer, "Laptop", LINE);
        provisioningFixture.billingFixture.<Object>in(() -> operationFixture.rebuilds.want(
                service, new LaunchConfig("Fancy", List.of(key.id()), Optional.empty(), Map.of()), "web"));
        operationFixture.work(2);
        enterRescue();
        operationFixture.work(2);
        assertThat(operationFixture.provider.rescueKeys()).containsExactly(List.of(LINE));
    }

    @Test
    void checksTheServerBeforeRepeatingALostRequest() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        enterRescue();
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).containsExactly(server + " rescue");
        assertThat(status()).isEqualTo("- rescued");

        operationFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        assertThat(leaveRescue()).isEqualTo(new Outcome.Wanted());
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).containsExactly(server + " rescue", server + " leave");
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void repeatsALostRequestAfterTheWaitingTimeWhenTheStateIsUnknown() {
        operationFixture.provider.hideRescue();
        operationFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        enterRescue();
        operationFixture.work(2);
        operationFixture.advance(RescueTransition.UNTIL_AGAIN.minusSeconds(5));
        operationFixture.work();
        assertThat(operationFixture.provider.requests()).hasSize(1);
        operationFixture.advance(Duration.ofSeconds(10));
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).hasSize(2);
        assertThat(status()).isEqualTo("- rescued");
    }

    @Test
    void parksWhenTheSecondRequestFailsAndTheStateIsUnknown() {
        operationFixture.provider.hideRescue();
        operationFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        enterRescue();
        operationFixture.work(2);
        operationFixture.provider.setTaskProgress(Progress.failed("no such system"));
        operationFixture.advance(RescueTransition.UNTIL_AGAIN.plusSeconds(1));
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).hasSize(2);
        assertThat(status()).isEqualTo("RESCUE own");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");

        operationFixture.provider.clear();
        operationFixture.provider.hideRescue();
        assertThat(provisioningFixture.billingFixture.<RetryOutcome>in(
                        () -> provisioningFixture.serviceReview().retry(service, "looked there")))
                .isInstanceOf(RetryOutcome.Retried.class);
        operationFixture.work(2);
        assertThat(status()).isEqualTo("- rescued");
    }

    @Test
    void parksWhenTheSecondRequestIsRefusedAndTheStateIsUnknown() {
        operationFixture.provider.hideRescue();
        operationFixture.provider.nextOutcomes(ScriptedOutcome.LOST, ScriptedOutcome.REFUSED);
        enterRescue();
        operationFixture.work(2);
        operationFixture.advance(RescueTransition.UNTIL_AGAIN.plusSeconds(1));
        operationFixture.work(2);
        assertThat(status()).isEqualTo("RESCUE own");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.serviceReview().giveUp(service, "looked there")))
                .isTrue();
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void repeatsAnUnansweredRequest() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
        enterRescue();
        operationFixture.work(2);
        assertThat(status()).isEqualTo("RESCUE own");
        operationFixture.advance(RescueTransition.UNTIL_AGAIN.plusSeconds(1));
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).hasSize(2);
        assertThat(status()).isEqualTo("- rescued");
    }

    @Test
    void continuesAfterTheWorkerDied() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.DEATH_BEFORE);
        enterRescue();
        operationFixture.work(2);
        operationFixture.advance(RescueTransition.UNTIL_AGAIN.plusSeconds(1));
        operationFixture.work(2);
        assertThat(status()).isEqualTo("- rescued");

        operationFixture.provider.nextOutcomes(ScriptedOutcome.DEATH_AFTER);
        assertThat(leaveRescue()).isEqualTo(new Outcome.Wanted());
        operationFixture.work(2);
        assertThat(status()).isEqualTo("- own");
        assertThat(operationFixture.provider.requests())
                .containsExactly(server + " rescue", server + " rescue", server + " leave");
    }

    @Test
    void changesNothingAfterARefusalOrFailure() {
        operationFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        enterRescue();
        operationFixture.work();
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_wanted", "rescue_failed");
        assertThat(status()).isEqualTo("- own");

        operationFixture.provider.setTaskProgress(Progress.failed("no such system"));
        enterRescue();
        operationFixture.work(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_wanted", "rescue_failed");
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void doesNotConfirmAServerRunningTheOtherSystem() {
        operationFixture.provider.setTaskProgress(Progress.running(10));
        enterRescue();
        operationFixture.work();
        operationFixture.provider.setTaskProgress(Progress.done());
        operationFixture.work();
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_failed");
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void confirmsByTheServerStateDespiteAFailedTask() {
        operationFixture.provider.setTaskProgress(Progress.failed("timed out"));
        operationFixture.provider.ignoreTaskProgress();
        enterRescue();
        operationFixture.work(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_wanted", "rescued");
        assertThat(status()).isEqualTo("- rescued");

        assertThat(leaveRescue()).isEqualTo(new Outcome.Wanted());
        operationFixture.work(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("leave_rescue_wanted", "rescue_left");
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void confirmsOnlyOnceTheServerRuns() {
        enterRescue();
        operationFixture.work();
        provisioningFixture.provider.setServerStates(ProviderServer.State.BUSY);
        operationFixture.work();
        assertThat(status()).isEqualTo("RESCUE own");
        provisioningFixture.provider.setServerStates(ProviderServer.State.RUNNING);
        operationFixture.work();
        assertThat(status()).isEqualTo("- rescued");
    }

    @Test
    void parksAnOperationThatTakesTooLong() {
        operationFixture.provider.setTaskProgress(Progress.running(10));
        enterRescue();
        operationFixture.work(2);
        operationFixture.advance(RescueTransition.PATIENCE.plusSeconds(1));
        operationFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.serviceReview().giveUp(service, "looked there")))
                .isTrue();
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_failed");
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void countsTheWaitingTimeFromTheFirstRequest() {
        operationFixture.provider.setTaskProgress(Progress.running(10));
        enterRescue();
        operationFixture.advance(RescueTransition.PATIENCE.plusSeconds(1));
        operationFixture.work(2);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .doesNotContain("PARKED");
        operationFixture.advance(RescueTransition.PATIENCE.plusSeconds(1));
        operationFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.serviceReview().giveUp(service, "looked there")))
                .isTrue();
    }

    @Test
    void leavesTheRescueSystemOnAPowerCycle() {
        enterRescue();
        operationFixture.work(2);
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.serverPower().want(service, PendingPowerAction.STOP)))
                .isEqualTo(new ServerPower.Outcome.Wanted());
        provisioningFixture.provider.setServerStates(ProviderServer.State.STOPPED);
        provisioningFixture.work();
        assertThat(status()).as("found off").isEqualTo("- rescued");
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.serverPower().want(service, PendingPowerAction.START)))
                .isEqualTo(new ServerPower.Outcome.Wanted());
        provisioningFixture.work();
        provisioningFixture.provider.setServerStates(ProviderServer.State.RUNNING);
        provisioningFixture.work();
        assertThat(provisioningFixture.timeline(service)).endsWith("power_on");
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void refusesOtherOperationsInTheRescueSystem() {
        enterRescue();
        assertThat(requestRescue()).isEqualTo(new Outcome.Busy("rescue"));
        assertThat(leaveRescue()).isEqualTo(new Outcome.Busy("rescue"));
        operationFixture.work(2);
        assertThat(requestRescue()).isEqualTo(new Outcome.Unchanged());
        assertThat(provisioningFixture.billingFixture.<Rebuilds.Outcome>in(
                        () -> operationFixture.rebuilds.want(service, LaunchConfig.USUAL, "web")))
                .isEqualTo(new Rebuilds.Outcome.Busy("rescued"));
        assertThat(provisioningFixture.billingFixture.<Resizes.Outcome>in(
                        () -> operationFixture.resizes.want(service, provisioningFixture.plan)))
                .isEqualTo(new Resizes.Outcome.Busy("rescued"));
        assertThat(leaveRescue()).isEqualTo(new Outcome.Wanted());
        operationFixture.work(2);
        assertThat(leaveRescue()).isEqualTo(new Outcome.Unchanged());
    }

    @Test
    void refusesRescueDuringARebuild() {
        provisioningFixture.billingFixture.<Object>in(
                () -> operationFixture.rebuilds.want(service, LaunchConfig.USUAL, "web"));
        assertThat(requestRescue()).isEqualTo(new Outcome.Busy("rebuild"));
        operationFixture.work(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuilt");
    }

    @Test
    void offersNoRescueWithoutProviderSupport() {
        var now = operationFixture.summary(service);
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> operationFixture.rescueOperations.isOffered(now)))
                .isTrue();
        operationFixture.useTargets(new ProvisioningTargets(List.of(provisioningFixture.provider)));
        try {
            assertThat(provisioningFixture.billingFixture.<Boolean>in(
                            () -> operationFixture.rescueOperations.isOffered(now)))
                    .isFalse();
            assertThat(requestRescue()).isEqualTo(new Outcome.Impossible());
        } finally {
            operationFixture.useTargets(new ProvisioningTargets(List.of(operationFixture.provider)));
        }
    }

    @Test
    void doesNotRescueAReusedServerId() {
        provisioningFixture.provider.assignServerId(server, UUID.randomUUID());
        enterRescue();
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).isEmpty();
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_failed");
    }

    @Test
    void refusesForeignAndInactiveServices() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(provisioningFixture.billingFixture.tenant, () -> {
                    try (var actorScope = Actors.enter(stranger)) {
                        return operationFixture.rescueOperations.enter(service);
                    }
                }))
                .isInstanceOf(NotFoundException.class);
        provisioningFixture.billingFixture.in(() -> provisioningFixture.billingFixture.sql.update(
                "update service set state = 'SUSPENDED' where id = ?", service));
        assertThatThrownBy(this::requestRescue).isInstanceOf(InvalidStateException.class);
        assertThat(status()).isEqualTo("- own");
    }

    private void enterRescue() {
        assertThat(requestRescue()).isEqualTo(new Outcome.Wanted());
    }

    private Outcome requestRescue() {
        return provisioningFixture.billingFixture.in(() -> operationFixture.rescueOperations.enter(service));
    }

    private Outcome leaveRescue() {
        return provisioningFixture.billingFixture.in(() -> operationFixture.rescueOperations.leave(service));
    }

    /** Returns the operation in progress and the current system. */
    private String status() {
        return provisioningFixture.column(
                service,
                "coalesce(pending_operation, '-') || case when rescue is null then ' own' else ' rescued' end");
    }
}

package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.admin.auditor.Violation;
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

    private static ServerOperationFixture here;
    private static ProvisioningFixture provisioningFixture;
    private UUID service;
    private String server;

    @BeforeAll
    static void open() {
        here = new ServerOperationFixture("in-need");
        provisioningFixture = here.provisioningFixture;
    }

    @BeforeEach
    void up() {
        provisioningFixture.workQueueFixture.clear();
        here.provider.clear();
        service = here.up(provisioningFixture.billingFixture.wallet("1"));
        server = provisioningFixture.column(service, "provider_ref");
    }

    @AfterEach
    void nothingIsPaidForIt() {
        assertThat(here.balance(service)).isEqualTo(provisioningFixture.billingFixture.money("0.99"));
        assertThat(AuditorFixture.found(provisioningFixture.billingFixture.tenant))
                .extracting(Violation::invariant)
                .doesNotContain("pending-operation", "transition-has-work", "period-of-service");
    }

    @Test
    void entersAndLeavesTheRescueSystem() {
        enter();
        assertThat(status()).isEqualTo("RESCUE own");
        here.work(2);
        assertThat(status()).isEqualTo("- rescued");
        assertThat(here.summary(service).rescued()).isTrue();
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_wanted", "rescued");

        assertThat(left()).isEqualTo(new Outcome.Wanted());
        here.work(2);
        assertThat(status()).isEqualTo("- own");
        assertThat(provisioningFixture.timeline(service)).endsWith("rescued", "leave_rescue_wanted", "rescue_left");
        assertThat(here.provider.asked()).containsExactly(server + " rescue", server + " leave");
        assertThat(here.calls(service, "RESCUE")).containsExactly("DONE");
        assertThat(here.calls(service, "LEAVE_RESCUE")).containsExactly("DONE");
        assertThat(here.texts("select action from %s.audit_record where subject_id = '" + service
                        + "' and action in ('service.rescue', 'service.rescued', 'service.leave_rescue', 'service.rescue_left')"
                        + " order by seq"))
                .containsExactly("service.rescue", "service.rescued", "service.leave_rescue", "service.rescue_left");
    }

    @Test
    void passesTheCurrentSshKeysToTheRescueSystem() {
        var customer = UUID.fromString(provisioningFixture.column(service, "organization_id"));
        var key = here.orderFixture.key(customer, "Laptop", LINE);
        provisioningFixture.billingFixture.<Object>in(() -> here.rebuilds.want(
                service, new LaunchConfig("Fancy", List.of(key.id()), Optional.empty(), Map.of()), "web"));
        here.work(2);
        enter();
        here.work(2);
        assertThat(here.provider.keys()).containsExactly(List.of(LINE));
    }

    @Test
    void checksTheServerBeforeRepeatingALostRequest() {
        here.provider.fates(ScriptedOutcome.LOST);
        enter();
        here.work(2);
        assertThat(here.provider.asked()).containsExactly(server + " rescue");
        assertThat(status()).isEqualTo("- rescued");

        here.provider.fates(ScriptedOutcome.LOST);
        assertThat(left()).isEqualTo(new Outcome.Wanted());
        here.work(2);
        assertThat(here.provider.asked()).containsExactly(server + " rescue", server + " leave");
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void repeatsALostRequestAfterTheWaitingTimeWhenTheStateIsUnknown() {
        here.provider.isSilentOnRescue();
        here.provider.fates(ScriptedOutcome.LOST);
        enter();
        here.work(2);
        here.pass(RescueTransition.UNTIL_AGAIN.minusSeconds(5));
        here.work();
        assertThat(here.provider.asked()).hasSize(1);
        here.pass(Duration.ofSeconds(10));
        here.work(2);
        assertThat(here.provider.asked()).hasSize(2);
        assertThat(status()).isEqualTo("- rescued");
    }

    @Test
    void parksWhenTheSecondRequestFailsAndTheStateIsUnknown() {
        here.provider.isSilentOnRescue();
        here.provider.fates(ScriptedOutcome.LOST);
        enter();
        here.work(2);
        here.provider.stands(Progress.failed("no such system"));
        here.pass(RescueTransition.UNTIL_AGAIN.plusSeconds(1));
        here.work(2);
        assertThat(here.provider.asked()).hasSize(2);
        assertThat(status()).isEqualTo("RESCUE own");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");

        here.provider.clear();
        here.provider.isSilentOnRescue();
        assertThat(provisioningFixture.billingFixture.<RetryOutcome>in(
                        () -> provisioningFixture.decisions().retry(service, "looked there")))
                .isInstanceOf(RetryOutcome.Retried.class);
        here.work(2);
        assertThat(status()).isEqualTo("- rescued");
    }

    @Test
    void parksWhenTheSecondRequestIsRefusedAndTheStateIsUnknown() {
        here.provider.isSilentOnRescue();
        here.provider.fates(ScriptedOutcome.LOST, ScriptedOutcome.REFUSED);
        enter();
        here.work(2);
        here.pass(RescueTransition.UNTIL_AGAIN.plusSeconds(1));
        here.work(2);
        assertThat(status()).isEqualTo("RESCUE own");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.decisions().giveUp(service, "looked there")))
                .isTrue();
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void repeatsAnUnansweredRequest() {
        here.provider.fates(ScriptedOutcome.SILENT);
        enter();
        here.work(2);
        assertThat(status()).isEqualTo("RESCUE own");
        here.pass(RescueTransition.UNTIL_AGAIN.plusSeconds(1));
        here.work(2);
        assertThat(here.provider.asked()).hasSize(2);
        assertThat(status()).isEqualTo("- rescued");
    }

    @Test
    void continuesAfterTheWorkerDied() {
        here.provider.fates(ScriptedOutcome.DEATH_BEFORE);
        enter();
        here.work(2);
        here.pass(RescueTransition.UNTIL_AGAIN.plusSeconds(1));
        here.work(2);
        assertThat(status()).isEqualTo("- rescued");

        here.provider.fates(ScriptedOutcome.DEATH_AFTER);
        assertThat(left()).isEqualTo(new Outcome.Wanted());
        here.work(2);
        assertThat(status()).isEqualTo("- own");
        assertThat(here.provider.asked()).containsExactly(server + " rescue", server + " rescue", server + " leave");
    }

    @Test
    void changesNothingAfterARefusalOrFailure() {
        here.provider.fates(ScriptedOutcome.REFUSED);
        enter();
        here.work();
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_wanted", "rescue_failed");
        assertThat(status()).isEqualTo("- own");

        here.provider.stands(Progress.failed("no such system"));
        enter();
        here.work(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_wanted", "rescue_failed");
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void doesNotConfirmAServerRunningTheOtherSystem() {
        here.provider.stands(Progress.running(10));
        enter();
        here.work();
        here.provider.stands(Progress.done());
        here.work();
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_failed");
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void confirmsByTheServerStateDespiteAFailedTask() {
        here.provider.stands(Progress.failed("timed out"));
        here.provider.growsAllTheSame();
        enter();
        here.work(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_wanted", "rescued");
        assertThat(status()).isEqualTo("- rescued");

        assertThat(left()).isEqualTo(new Outcome.Wanted());
        here.work(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("leave_rescue_wanted", "rescue_left");
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void confirmsOnlyOnceTheServerRuns() {
        enter();
        here.work();
        provisioningFixture.provider.all(ProviderServer.State.BUSY);
        here.work();
        assertThat(status()).isEqualTo("RESCUE own");
        provisioningFixture.provider.all(ProviderServer.State.RUNNING);
        here.work();
        assertThat(status()).isEqualTo("- rescued");
    }

    @Test
    void parksAnOperationThatTakesTooLong() {
        here.provider.stands(Progress.running(10));
        enter();
        here.work(2);
        here.pass(RescueTransition.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.decisions().giveUp(service, "looked there")))
                .isTrue();
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_failed");
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void countsTheWaitingTimeFromTheFirstRequest() {
        here.provider.stands(Progress.running(10));
        enter();
        here.pass(RescueTransition.PATIENCE.plusSeconds(1));
        here.work(2);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .doesNotContain("PARKED");
        here.pass(RescueTransition.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.decisions().giveUp(service, "looked there")))
                .isTrue();
    }

    @Test
    void leavesTheRescueSystemOnAPowerCycle() {
        enter();
        here.work(2);
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.powers().want(service, PendingPowerAction.STOP)))
                .isEqualTo(new ServerPower.Outcome.Wanted());
        provisioningFixture.provider.all(ProviderServer.State.STOPPED);
        provisioningFixture.work();
        assertThat(status()).as("it was found off").isEqualTo("- rescued");
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.powers().want(service, PendingPowerAction.START)))
                .isEqualTo(new ServerPower.Outcome.Wanted());
        provisioningFixture.work();
        provisioningFixture.provider.all(ProviderServer.State.RUNNING);
        provisioningFixture.work();
        assertThat(provisioningFixture.timeline(service)).endsWith("power_on");
        assertThat(status()).isEqualTo("- own");
    }

    @Test
    void refusesOtherOperationsInTheRescueSystem() {
        enter();
        assertThat(entered()).isEqualTo(new Outcome.Busy("rescue"));
        assertThat(left()).isEqualTo(new Outcome.Busy("rescue"));
        here.work(2);
        assertThat(entered()).isEqualTo(new Outcome.Unchanged());
        assertThat(provisioningFixture.billingFixture.<Rebuilds.Outcome>in(
                        () -> here.rebuilds.want(service, LaunchConfig.USUAL, "web")))
                .isEqualTo(new Rebuilds.Outcome.Busy("rescued"));
        assertThat(provisioningFixture.billingFixture.<Resizes.Outcome>in(
                        () -> here.resizes.want(service, provisioningFixture.plan)))
                .isEqualTo(new Resizes.Outcome.Busy("rescued"));
        assertThat(left()).isEqualTo(new Outcome.Wanted());
        here.work(2);
        assertThat(left()).isEqualTo(new Outcome.Unchanged());
    }

    @Test
    void refusesRescueDuringARebuild() {
        provisioningFixture.billingFixture.<Object>in(() -> here.rebuilds.want(service, LaunchConfig.USUAL, "web"));
        assertThat(entered()).isEqualTo(new Outcome.Busy("rebuild"));
        here.work(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("rebuilt");
    }

    @Test
    void offersNoRescueWithoutProviderSupport() {
        var now = here.summary(service);
        assertThat(provisioningFixture.billingFixture.<Boolean>in(() -> here.rescueOperations.isOffered(now)))
                .isTrue();
        here.offer(new ProvisioningTargets(List.of(provisioningFixture.provider)));
        try {
            assertThat(provisioningFixture.billingFixture.<Boolean>in(() -> here.rescueOperations.isOffered(now)))
                    .isFalse();
            assertThat(entered()).isEqualTo(new Outcome.Impossible());
        } finally {
            here.offer(new ProvisioningTargets(List.of(here.provider)));
        }
    }

    @Test
    void doesNotRescueAReusedServerId() {
        provisioningFixture.provider.gives(server, UUID.randomUUID());
        enter();
        here.work(2);
        assertThat(here.provider.asked()).isEmpty();
        assertThat(provisioningFixture.timeline(service)).endsWith("rescue_failed");
    }

    @Test
    void refusesForeignAndInactiveServices() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(provisioningFixture.billingFixture.tenant, () -> {
                    try (var actorScope = Actors.enter(stranger)) {
                        return here.rescueOperations.enter(service);
                    }
                }))
                .isInstanceOf(NotFoundException.class);
        provisioningFixture.billingFixture.in(() -> provisioningFixture.billingFixture.sql.update(
                "update service set state = 'SUSPENDED' where id = ?", service));
        assertThatThrownBy(this::entered).isInstanceOf(InvalidStateException.class);
        assertThat(status()).isEqualTo("- own");
    }

    private void enter() {
        assertThat(entered()).isEqualTo(new Outcome.Wanted());
    }

    private Outcome entered() {
        return provisioningFixture.billingFixture.in(() -> here.rescueOperations.enter(service));
    }

    private Outcome left() {
        return provisioningFixture.billingFixture.in(() -> here.rescueOperations.leave(service));
    }

    /** Returns the operation in progress and the current system. */
    private String status() {
        return provisioningFixture.column(
                service,
                "coalesce(pending_operation, '-') || case when rescue is null then ' own' else ' rescued' end");
    }
}

package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import io.tenantry.workqueue.RetryOutcome;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A service whose network is suspended for debt: its server is isolated and keeps running, and becomes reachable again whatever happens in
 * between.
 */
class NetworkIsolationHandlerTest {
    private static final Set<String> WATCHED =
            Set.of("transition-has-work", "pending-operation", "hours-charged", "charges-match-periods");

    private static ServerOperationFixture operationFixture;
    private static ProvisioningFixture provisioningFixture;
    private UUID service;

    @BeforeAll
    static void open() {
        operationFixture = new ServerOperationFixture("cutting");
        provisioningFixture = operationFixture.provisioningFixture;
    }

    @BeforeEach
    void createServer() {
        provisioningFixture.workQueueFixture.clear();
        operationFixture.provider.clear();
        provisioningFixture.provider.setPlain(false);
        provisioningFixture.provider.resetPower(Progress.done(), false);
        provisioningFixture.provider.resetNetwork(false, false);
        operationFixture.moveClockTo(Duration.ZERO);
        service = operationFixture.createServer(provisioningFixture.billingFixture.wallet("1"));
        assertThat(states()).isEqualTo("ACTIVE ON - CONNECTED -");
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(provisioningFixture.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(provisioningFixture.billingFixture.tenant, WATCHED.toArray(String[]::new)))
                .filteredOn(found -> found.detail().contains(service.toString()))
                .isEmpty();
    }

    @Test
    void isolatesAndReconnectsARunningServer() {
        assertThat(suspend()).contains(SuspensionMethod.NETWORK);
        assertThat(states()).isEqualTo("SUSPENDED ON - CONNECTED ISOLATED");
        assertThat(operationFixture.summary(service).cutOff()).isTrue();
        provisioningFixture.work(2);
        assertThat(states()).isEqualTo("SUSPENDED ON - ISOLATED -");
        assertThat(provisioningFixture.provider.serversOf(service))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.RUNNING);

        assertThat(resume()).isTrue();
        assertThat(operationFixture.summary(service).cutOff()).isFalse();
        assertThat(operationFixture.summary(service).reconnecting()).isTrue();
        provisioningFixture.work(2);
        assertThat(operationFixture.summary(service).reconnecting()).isFalse();
        assertThat(states()).isEqualTo("ACTIVE ON - CONNECTED -");
        assertThat(provisioningFixture.provider.powerRequests()).isEmpty();
        assertThat(provisioningFixture.provider.networkRequests()).containsExactly("ISOLATED", "CONNECTED");
        assertThat(provisioningFixture.timeline(service))
                .endsWith("suspended", "network_isolated", "resumed", "network_connected");
        assertThat(operationFixture.texts("select facts ->> 'by' from %s.audit_record where subject_id = '" + service
                        + "' and action = 'service.suspended'"))
                .containsExactly("NETWORK");
    }

    @Test
    void completesARequestedStopBeforeIsolation() {
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.serverPower().want(service, PendingPowerAction.STOP)))
                .isEqualTo(new ServerPower.Outcome.Wanted());
        suspend();
        provisioningFixture.work(2);
        assertThat(states()).isEqualTo("SUSPENDED OFF - ISOLATED -");
        assertThatThrownBy(() -> provisioningFixture.billingFixture.in(
                        () -> provisioningFixture.serverPower().want(service, PendingPowerAction.START)))
                .isInstanceOf(InvalidStateException.class);
        resume();
        provisioningFixture.work(2);
        assertThat(states()).as("as the customer left it").isEqualTo("ACTIVE OFF - CONNECTED -");
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.SHUT_DOWN);
    }

    @Test
    void repeatsAfterALostResponseOrDeadWorker() {
        provisioningFixture.provider.nextNetworkRequests(
                ScriptedOutcome.LOST, ScriptedOutcome.DEATH_AFTER, ScriptedOutcome.DEATH_BEFORE);
        suspend();
        provisioningFixture.work(3);
        assertThat(states()).isEqualTo("SUSPENDED ON - CONNECTED ISOLATED");
        provisioningFixture.work(2);
        assertThat(states()).isEqualTo("SUSPENDED ON - ISOLATED -");
        provisioningFixture.provider.nextNetworkRequests(
                ScriptedOutcome.DEATH_AFTER, ScriptedOutcome.LOST, ScriptedOutcome.FULL);
        resume();
        provisioningFixture.work(5);
        assertThat(states()).isEqualTo("ACTIVE ON - CONNECTED -");
        assertThat(provisioningFixture.provider.networkRequests())
                .containsExactly(
                        "ISOLATED",
                        "ISOLATED",
                        "ISOLATED",
                        "ISOLATED",
                        "CONNECTED",
                        "CONNECTED",
                        "CONNECTED",
                        "CONNECTED");
        assertThat(provisioningFixture.timeline(service)).containsOnlyOnce("network_isolated", "network_connected");
    }

    @Test
    void reconnectsWhenResumedBeforeTheIsolation() {
        suspend();
        resume();
        provisioningFixture.work(2);
        assertThat(states()).isEqualTo("ACTIVE ON - CONNECTED -");
        assertThat(provisioningFixture.provider.networkRequests()).containsExactly("CONNECTED");
        assertThat(provisioningFixture.timeline(service)).endsWith("suspended", "resumed");
    }

    @Test
    void reconnectsOnlyAfterAPossibleIsolationIsOver() {
        provisioningFixture.provider.nextNetworkRequests(ScriptedOutcome.DEATH_BEFORE);
        suspend();
        provisioningFixture.work();
        resume();
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.networkRequests())
                .as("the response may still arrive")
                .containsExactly("ISOLATED");
        provisioningFixture.advance(NetworkIsolationHandler.UNTIL_OVER.plusSeconds(1));
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.networkRequests()).containsExactly("ISOLATED", "CONNECTED");
        assertThat(states()).isEqualTo("ACTIVE ON - CONNECTED -");
    }

    @Test
    void switchesOffWhenIsolationIsRefusedAndOnAfterwards() {
        provisioningFixture.provider.resetNetwork(true, false);
        assertThat(suspend()).contains(SuspensionMethod.NETWORK);
        provisioningFixture.work(3);
        assertThat(states()).isEqualTo("SUSPENDED OFF - CONNECTED -");
        assertThat(operationFixture.summary(service).cutOff()).isFalse();
        assertThat(operationFixture.summary(service).isSuspendedForDebt()).isTrue();
        assertThat(provisioningFixture.timeline(service)).endsWith("suspended", "network_kept", "power_off");
        assertThat(operationFixture.callOutcomes(service, "NETWORK"))
                .containsExactly("REFUSED: INVALID: it is behind a third-party firewall", "DONE");

        provisioningFixture.provider.resetNetwork(false, false);
        resume();
        provisioningFixture.work(2);
        assertThat(states()).isEqualTo("ACTIVE ON - CONNECTED -");
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.SHUT_DOWN, PowerAction.ON);
    }

    @Test
    void keepsAStoppedServerOffWhenIsolationIsRefused() {
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serverPower().want(service, PendingPowerAction.STOP));
        provisioningFixture.work(2);
        provisioningFixture.provider.resetNetwork(true, false);
        suspend();
        provisioningFixture.work(3);
        resume();
        provisioningFixture.work(2);
        assertThat(states()).isEqualTo("ACTIVE OFF - CONNECTED -");
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.SHUT_DOWN);
    }

    @Test
    void switchesOffWithoutSupportForIsolation() {
        provisioningFixture.provider.setPlain(true);
        assertThat(suspend()).contains(SuspensionMethod.POWER);
        assertThat(states()).isEqualTo("SUSPENDED ON STOP CONNECTED -");
        provisioningFixture.work(2);
        assertThat(states()).isEqualTo("SUSPENDED OFF - CONNECTED -");
        assertThat(provisioningFixture.provider.networkRequests()).isEmpty();
        assertThat(provisioningFixture.billingFixture.in(() -> suspensions().uncut()))
                .singleElement()
                .satisfies(one -> assertThat(one.account()).isEqualTo("workshop"));
        provisioningFixture.provider.setPlain(false);
        assertThat(provisioningFixture.billingFixture.in(() -> suspensions().uncut()))
                .isEmpty();
        resume();
        provisioningFixture.work(2);
        assertThat(states()).isEqualTo("ACTIVE ON - CONNECTED -");
    }

    @Test
    void parksAfterRepeatedUnavailability() {
        provisioningFixture.provider.nextNetworkRequests(
                Collections.nCopies(10, ScriptedOutcome.AWAY).toArray(ScriptedOutcome[]::new));
        suspend();
        provisioningFixture.work(10);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .endsWith("PARKED");
        assertThat(states()).isEqualTo("SUSPENDED ON - CONNECTED ISOLATED");
        assertThat(provisioningFixture.billingFixture.<RetryOutcome>in(
                        () -> provisioningFixture.serviceReview().retry(service, "it is back")))
                .isEqualTo(new RetryOutcome.Retried());
        provisioningFixture.work(2);
        assertThat(states()).isEqualTo("SUSPENDED ON - ISOLATED -");
    }

    @Test
    void parksARefusedReconnection() {
        suspend();
        provisioningFixture.work(2);
        provisioningFixture.provider.nextNetworkRequests(ScriptedOutcome.REFUSED, ScriptedOutcome.REFUSED);
        resume();
        provisioningFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .endsWith("PARKED");
        assertThat(states()).isEqualTo("ACTIVE ON - ISOLATED CONNECTED");
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serviceReview().retry(service, "asked them"));
        provisioningFixture.work();
        assertThat(provisioningFixture.billingFixture.in(
                        () -> provisioningFixture.serviceReview().giveUp(service, "they never will")))
                .isTrue();
        assertThat(states()).isEqualTo("ACTIVE ON - ISOLATED -");
        assertThat(operationFixture.summary(service).reconnecting()).isTrue();

        run(() -> suspensions().suspend(service, "once more"));
        run(() -> suspensions().resume(service, "and back"));
        provisioningFixture.work(2);
        assertThat(states()).as("lifting another suspension").isEqualTo("ACTIVE ON - CONNECTED -");
    }

    @Test
    void confirmsADelayedIsolationWithoutRepeatingIt() {
        provisioningFixture.provider.resetNetwork(false, true);
        suspend();
        provisioningFixture.work(3);
        assertThat(provisioningFixture.provider.networkRequests()).containsExactly("ISOLATED");
        provisioningFixture.provider.resetNetwork(false, false);
        provisioningFixture.advance(NetworkIsolationHandler.PATIENCE.plusSeconds(1));
        provisioningFixture.work(3);
        assertThat(provisioningFixture.provider.networkRequests()).containsExactly("ISOLATED");
        assertThat(states()).isEqualTo("SUSPENDED ON - ISOLATED -");
    }

    @Test
    void dropsIsolationOfATerminatedService() {
        provisioningFixture.provider.nextNetworkRequests(ScriptedOutcome.AWAY);
        suspend();
        provisioningFixture.work();
        provisioningFixture.terminate(service);
        provisioningFixture.work(2);
        assertThat(provisioningFixture.column(service, "coalesce(pending_network, '-')"))
                .isEqualTo("-");
        assertThat(provisioningFixture.provider.serversOf(service))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.DELETING);
    }

    @Test
    void reconnectsWhenStaffLiftTheSuspension() {
        suspend();
        provisioningFixture.work(2);
        run(() -> suspensions().resume(service, "they will pay"));
        provisioningFixture.work(2);
        assertThat(states()).isEqualTo("ACTIVE ON - CONNECTED -");
        run(() -> suspensions().suspend(service, "they attack others"));
        provisioningFixture.work(2);
        assertThat(states()).as("a suspension by staff switches off").isEqualTo("SUSPENDED OFF - CONNECTED -");
    }

    private Optional<SuspensionMethod> suspend() {
        return provisioningFixture.billingFixture.in(
                () -> suspensions().suspendForDebt(service, true, SuspensionMethod.NETWORK));
    }

    private boolean resume() {
        return provisioningFixture.billingFixture.in(() -> suspensions().resumeFromDebt(service));
    }

    private static void run(Runnable action) {
        provisioningFixture.billingFixture.in(() -> {
            action.run();
            return true;
        });
    }

    private static Suspensions suspensions() {
        return provisioningFixture.suspensions(provisioningFixture.provisioningTargets);
    }

    /** Returns the service's state, its power state and desired power state, its network state and desired network state. */
    private String states() {
        return provisioningFixture.column(
                service,
                "state || ' ' || power || ' ' || coalesce(pending_power, '-') || ' ' || network || ' ' || coalesce(pending_network, '-')");
    }
}

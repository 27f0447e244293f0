package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.admin.auditor.Violation;
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

    private static ServerOperationFixture here;
    private static ProvisioningFixture provisioningFixture;
    private UUID service;

    @BeforeAll
    static void open() {
        here = new ServerOperationFixture("cutting");
        provisioningFixture = here.provisioningFixture;
    }

    @BeforeEach
    void up() {
        provisioningFixture.workQueueFixture.clear();
        here.provider.clear();
        provisioningFixture.provider.isPlain(false);
        provisioningFixture.provider.switching(Progress.done(), false);
        provisioningFixture.provider.cutting(false, false);
        here.moveTo(Duration.ZERO);
        service = here.up(provisioningFixture.billingFixture.wallet("1"));
        assertThat(stands()).isEqualTo("ACTIVE ON - CONNECTED -");
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(provisioningFixture.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(provisioningFixture.billingFixture.tenant))
                .filteredOn(found -> found.detail().contains(service.toString()))
                .extracting(Violation::invariant)
                .doesNotContainAnyElementsOf(WATCHED);
    }

    @Test
    void isolatesAndReconnectsARunningServer() {
        assertThat(suspend()).contains(SuspensionMethod.NETWORK);
        assertThat(stands()).isEqualTo("SUSPENDED ON - CONNECTED ISOLATED");
        assertThat(here.summary(service).cutOff()).isTrue();
        provisioningFixture.work(2);
        assertThat(stands()).isEqualTo("SUSPENDED ON - ISOLATED -");
        assertThat(provisioningFixture.provider.of(service))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.RUNNING);

        assertThat(resume()).isTrue();
        assertThat(here.summary(service).cutOff()).isFalse();
        assertThat(here.summary(service).reconnecting()).isTrue();
        provisioningFixture.work(2);
        assertThat(here.summary(service).reconnecting()).isFalse();
        assertThat(stands()).isEqualTo("ACTIVE ON - CONNECTED -");
        assertThat(provisioningFixture.provider.switched()).isEmpty();
        assertThat(provisioningFixture.provider.cut()).containsExactly("ISOLATED", "CONNECTED");
        assertThat(provisioningFixture.timeline(service))
                .endsWith("suspended", "network_isolated", "resumed", "network_connected");
        assertThat(here.texts("select facts ->> 'by' from %s.audit_record where subject_id = '" + service
                        + "' and action = 'service.suspended'"))
                .containsExactly("NETWORK");
    }

    @Test
    void completesARequestedStopBeforeIsolation() {
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.powers().want(service, PendingPowerAction.STOP)))
                .isEqualTo(new ServerPower.Outcome.Wanted());
        suspend();
        provisioningFixture.work(2);
        assertThat(stands()).isEqualTo("SUSPENDED OFF - ISOLATED -");
        assertThatThrownBy(() -> provisioningFixture.billingFixture.in(
                        () -> provisioningFixture.powers().want(service, PendingPowerAction.START)))
                .isInstanceOf(InvalidStateException.class);
        resume();
        provisioningFixture.work(2);
        assertThat(stands()).as("as its customer left it").isEqualTo("ACTIVE OFF - CONNECTED -");
        assertThat(provisioningFixture.provider.switched()).containsExactly(PowerAction.SHUT_DOWN);
    }

    @Test
    void repeatsAfterALostResponseOrDeadWorker() {
        provisioningFixture.provider.cuts(
                ScriptedOutcome.LOST, ScriptedOutcome.DEATH_AFTER, ScriptedOutcome.DEATH_BEFORE);
        suspend();
        provisioningFixture.work(3);
        assertThat(stands()).isEqualTo("SUSPENDED ON - CONNECTED ISOLATED");
        provisioningFixture.work(2);
        assertThat(stands()).isEqualTo("SUSPENDED ON - ISOLATED -");
        provisioningFixture.provider.cuts(ScriptedOutcome.DEATH_AFTER, ScriptedOutcome.LOST, ScriptedOutcome.FULL);
        resume();
        provisioningFixture.work(5);
        assertThat(stands()).isEqualTo("ACTIVE ON - CONNECTED -");
        assertThat(provisioningFixture.provider.cut())
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
        assertThat(stands()).isEqualTo("ACTIVE ON - CONNECTED -");
        assertThat(provisioningFixture.provider.cut()).containsExactly("CONNECTED");
        assertThat(provisioningFixture.timeline(service)).endsWith("suspended", "resumed");
    }

    @Test
    void reconnectsOnlyAfterAPossibleIsolationIsOver() {
        provisioningFixture.provider.cuts(ScriptedOutcome.DEATH_BEFORE);
        suspend();
        provisioningFixture.work();
        resume();
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.cut())
                .as("its answer may be on the way")
                .containsExactly("ISOLATED");
        provisioningFixture.pass(NetworkIsolationHandler.UNTIL_OVER.plusSeconds(1));
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.cut()).containsExactly("ISOLATED", "CONNECTED");
        assertThat(stands()).isEqualTo("ACTIVE ON - CONNECTED -");
    }

    @Test
    void switchesOffWhenIsolationIsRefusedAndOnAfterwards() {
        provisioningFixture.provider.cutting(true, false);
        assertThat(suspend()).contains(SuspensionMethod.NETWORK);
        provisioningFixture.work(3);
        assertThat(stands()).isEqualTo("SUSPENDED OFF - CONNECTED -");
        assertThat(here.summary(service).cutOff()).isFalse();
        assertThat(here.summary(service).isSuspendedForDebt()).isTrue();
        assertThat(provisioningFixture.timeline(service)).endsWith("suspended", "network_kept", "power_off");
        assertThat(here.calls(service, "NETWORK"))
                .containsExactly("REFUSED: INVALID: it is behind a third-party firewall", "DONE");

        provisioningFixture.provider.cutting(false, false);
        resume();
        provisioningFixture.work(2);
        assertThat(stands()).isEqualTo("ACTIVE ON - CONNECTED -");
        assertThat(provisioningFixture.provider.switched()).containsExactly(PowerAction.SHUT_DOWN, PowerAction.ON);
    }

    @Test
    void keepsAStoppedServerOffWhenIsolationIsRefused() {
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.powers().want(service, PendingPowerAction.STOP));
        provisioningFixture.work(2);
        provisioningFixture.provider.cutting(true, false);
        suspend();
        provisioningFixture.work(3);
        resume();
        provisioningFixture.work(2);
        assertThat(stands()).isEqualTo("ACTIVE OFF - CONNECTED -");
        assertThat(provisioningFixture.provider.switched()).containsExactly(PowerAction.SHUT_DOWN);
    }

    @Test
    void switchesOffWithoutSupportForIsolation() {
        provisioningFixture.provider.isPlain(true);
        assertThat(suspend()).contains(SuspensionMethod.POWER);
        assertThat(stands()).isEqualTo("SUSPENDED ON STOP CONNECTED -");
        provisioningFixture.work(2);
        assertThat(stands()).isEqualTo("SUSPENDED OFF - CONNECTED -");
        assertThat(provisioningFixture.provider.cut()).isEmpty();
        assertThat(provisioningFixture.billingFixture.in(() -> suspensions().uncut()))
                .singleElement()
                .satisfies(one -> assertThat(one.account()).isEqualTo("workshop"));
        provisioningFixture.provider.isPlain(false);
        assertThat(provisioningFixture.billingFixture.in(() -> suspensions().uncut()))
                .isEmpty();
        resume();
        provisioningFixture.work(2);
        assertThat(stands()).isEqualTo("ACTIVE ON - CONNECTED -");
    }

    @Test
    void parksAfterRepeatedUnavailability() {
        provisioningFixture.provider.cuts(
                Collections.nCopies(10, ScriptedOutcome.AWAY).toArray(ScriptedOutcome[]::new));
        suspend();
        provisioningFixture.work(10);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .endsWith("PARKED");
        assertThat(stands()).isEqualTo("SUSPENDED ON - CONNECTED ISOLATED");
        assertThat(provisioningFixture.billingFixture.<RetryOutcome>in(
                        () -> provisioningFixture.decisions().retry(service, "it is back")))
                .isEqualTo(new RetryOutcome.Retried());
        provisioningFixture.work(2);
        assertThat(stands()).isEqualTo("SUSPENDED ON - ISOLATED -");
    }

    @Test
    void parksARefusedReconnection() {
        suspend();
        provisioningFixture.work(2);
        provisioningFixture.provider.cuts(ScriptedOutcome.REFUSED, ScriptedOutcome.REFUSED);
        resume();
        provisioningFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .endsWith("PARKED");
        assertThat(stands()).isEqualTo("ACTIVE ON - ISOLATED CONNECTED");
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.decisions().retry(service, "asked them"));
        provisioningFixture.work();
        assertThat(provisioningFixture.billingFixture.in(
                        () -> provisioningFixture.decisions().giveUp(service, "they never will")))
                .isTrue();
        assertThat(stands()).isEqualTo("ACTIVE ON - ISOLATED -");
        assertThat(here.summary(service).reconnecting()).isTrue();

        run(() -> suspensions().suspend(service, "once more"));
        run(() -> suspensions().resume(service, "and back"));
        provisioningFixture.work(2);
        assertThat(stands()).as("lifting another suspension").isEqualTo("ACTIVE ON - CONNECTED -");
    }

    @Test
    void confirmsADelayedIsolationWithoutRepeatingIt() {
        provisioningFixture.provider.cutting(false, true);
        suspend();
        provisioningFixture.work(3);
        assertThat(provisioningFixture.provider.cut()).containsExactly("ISOLATED");
        provisioningFixture.provider.cutting(false, false);
        provisioningFixture.pass(NetworkIsolationHandler.PATIENCE.plusSeconds(1));
        provisioningFixture.work(3);
        assertThat(provisioningFixture.provider.cut()).containsExactly("ISOLATED");
        assertThat(stands()).isEqualTo("SUSPENDED ON - ISOLATED -");
    }

    @Test
    void dropsIsolationOfATerminatedService() {
        provisioningFixture.provider.cuts(ScriptedOutcome.AWAY);
        suspend();
        provisioningFixture.work();
        provisioningFixture.end(service);
        provisioningFixture.work(2);
        assertThat(provisioningFixture.column(service, "coalesce(pending_network, '-')"))
                .isEqualTo("-");
        assertThat(provisioningFixture.provider.of(service))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.DELETING);
    }

    @Test
    void reconnectsWhenStaffLiftTheSuspension() {
        suspend();
        provisioningFixture.work(2);
        run(() -> suspensions().resume(service, "they will pay"));
        provisioningFixture.work(2);
        assertThat(stands()).isEqualTo("ACTIVE ON - CONNECTED -");
        run(() -> suspensions().suspend(service, "they attack others"));
        provisioningFixture.work(2);
        assertThat(stands()).as("what staff suspend is off").isEqualTo("SUSPENDED OFF - CONNECTED -");
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
    private String stands() {
        return provisioningFixture.column(
                service,
                "state || ' ' || power || ' ' || coalesce(pending_power, '-') || ' ' || network || ' ' || coalesce(pending_network, '-')");
    }
}

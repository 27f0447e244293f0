package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.RetryOutcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service suspended by staff: its server is switched off and stays off, regardless of other requests, and returns to its former state. */
class SuspensionsTest {
    private static final String WHY = "it attacks others";
    private static final String THEN = "the hole is closed";

    private static final Set<String> WATCHED = Set.of(
            "transition-has-work",
            "pending-operation",
            "reservation-of-service",
            "hours-charged",
            "hours-not-early",
            "periods-contiguous",
            "charges-match-periods",
            "open-period-of-running-service");

    private static ServerOperationFixture operationFixture;
    private static ProvisioningFixture provisioningFixture;
    private static UUID large;
    private UUID service;

    @BeforeAll
    static void open() {
        operationFixture = new ServerOperationFixture("suspending");
        provisioningFixture = operationFixture.provisioningFixture;
        large = operationFixture.plan("14.60", 20, "big");
    }

    @BeforeEach
    void createServer() {
        provisioningFixture.workQueueFixture.clear();
        operationFixture.provider.clear();
        provisioningFixture.provider.resetPower(Progress.done(), false);
        operationFixture.moveClockTo(Duration.ZERO);
        service = operationFixture.createServer(provisioningFixture.billingFixture.wallet("1"));
        assertThat(power()).isEqualTo("ACTIVE ON -");
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(provisioningFixture.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(provisioningFixture.billingFixture.tenant, WATCHED.toArray(String[]::new)))
                .filteredOn(found -> found.detail().contains(service.toString()))
                .isEmpty();
    }

    @Test
    void stopsAndStartsTheServer() {
        var olga = operationFixture.member(service, "Olga");
        suspend();
        assertThat(power()).isEqualTo("SUSPENDED ON STOP");
        assertThat(operationFixture.summary(service).suspended()).contains(WHY);
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.serversOf(service))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.STOPPED);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");

        resume();
        assertThat(operationFixture.summary(service).suspended()).isEmpty();
        provisioningFixture.work(2);
        assertThat(power()).isEqualTo("ACTIVE ON -");
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.SHUT_DOWN, PowerAction.ON);
        assertThat(provisioningFixture.timeline(service)).endsWith("suspended", "power_off", "resumed", "power_on");
        assertThat(operationFixture.notificationsOf(olga))
                .containsExactly("SERVICE_SUSPENDED web " + WHY, "SERVICE_RESUMED web " + THEN);
        assertThat(operationFixture.texts(
                        "select facts ->> 'reason' from %s.service_event where event in ('suspended', 'resumed')"
                                + " and service_id = '" + service + "' order by id"))
                .containsExactly(WHY, THEN);
        assertThat(operationFixture.texts(
                        "select action || ' ' || (facts ->> 'reason') from %s.audit_record where subject_id = '"
                                + service + "' and action in ('service.suspended', 'service.resumed') order by seq"))
                .containsExactly("service.suspended " + WHY, "service.resumed " + THEN);
    }

    @Test
    void keepsAStoppedServerOff() {
        want(PendingPowerAction.STOP);
        provisioningFixture.work(2);
        suspend();
        provisioningFixture.work();
        resume();
        provisioningFixture.work();
        assertThat(power()).isEqualTo("ACTIVE OFF -");
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.SHUT_DOWN);
    }

    @Test
    void keepsTheServerRunningWhenLiftedBeforeTheStop() {
        suspend();
        resume();
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.powerRequests()).isEmpty();
        assertThat(power()).isEqualTo("ACTIVE ON -");
    }

    @Test
    void confirmsAStopAfterALostResponse() {
        provisioningFixture.provider.nextPowerRequests(ScriptedOutcome.LOST);
        suspend();
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.powerRequests()).hasSize(1);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void repeatsAStopAfterTheWorkerDied() {
        provisioningFixture.provider.nextPowerRequests(ScriptedOutcome.DEATH_BEFORE);
        suspend();
        provisioningFixture.work(2);
        assertThat(power()).isEqualTo("SUSPENDED ON STOP");
        provisioningFixture.advance(PowerHandler.UNTIL_AGAIN.plusSeconds(1));
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.powerRequests())
                .containsExactly(PowerAction.SHUT_DOWN, PowerAction.SHUT_DOWN);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void parksAfterRepeatedUnavailabilityUntilStaffRetry() {
        suspend();
        provisioningFixture.provider.nextQueries(times(ScriptedOutcome.AWAY, 10));
        provisioningFixture.work(10);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .endsWith("PARKED");
        assertThat(power()).isEqualTo("SUSPENDED ON STOP");

        assertThat(provisioningFixture.billingFixture.<RetryOutcome>in(
                        () -> provisioningFixture.serviceReview().retry(service, "it is back")))
                .isEqualTo(new RetryOutcome.Retried());
        provisioningFixture.work(2);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void parksAPermanentRefusalOrTimeout() {
        provisioningFixture.provider.nextPowerRequests(ScriptedOutcome.REFUSED);
        suspend();
        provisioningFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .endsWith("PARKED");
        provisioningFixture.provider.resetPower(Progress.running(10), false);
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serviceReview().retry(service, "asked them"));
        provisioningFixture.work();
        provisioningFixture.advance(PowerHandler.PATIENCE.plusSeconds(1));
        provisioningFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .endsWith("PARKED");

        provisioningFixture.provider.resetPower(Progress.done(), false);
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serviceReview().retry(service, "asked them again"));
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.SHUT_DOWN);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void dropsParkedWorkWhenTheSuspensionIsLifted() {
        provisioningFixture.provider.nextPowerRequests(ScriptedOutcome.REFUSED);
        suspend();
        provisioningFixture.work();
        resume();
        provisioningFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("DROPPED")
                .doesNotContain("PARKED");
        assertThat(power()).isEqualTo("ACTIVE ON -");
    }

    @Test
    void powersOffAServerThatDoesNotShutDown() {
        provisioningFixture.provider.resetPower(Progress.failed("it did not end"), true);
        suspend();
        provisioningFixture.work();
        provisioningFixture.provider.setServerStates(ProviderServer.State.RUNNING);
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.powerRequests())
                .containsExactly(PowerAction.SHUT_DOWN, PowerAction.OFF);
        provisioningFixture.provider.setServerStates(ProviderServer.State.STOPPED);
        provisioningFixture.provider.resetPower(Progress.done(), false);
        provisioningFixture.work();
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void dropsACustomersRequestAndAppliesItAfterwards() {
        want(PendingPowerAction.STOP);
        provisioningFixture.work(2);
        want(PendingPowerAction.START);
        suspend();
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.SHUT_DOWN);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
        resume();
        provisioningFixture.work(2);
        assertThat(power()).isEqualTo("ACTIVE ON -");
    }

    @Test
    void stopsTheServerAfterAStartInProgress() {
        want(PendingPowerAction.STOP);
        provisioningFixture.work(2);
        provisioningFixture.provider.resetPower(Progress.running(10), false);
        want(PendingPowerAction.START);
        provisioningFixture.work();
        suspend();
        provisioningFixture.work(3);
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.ON);
        assertThat(power()).as("a stop during the start is not confirmed").isEqualTo("SUSPENDED OFF STOP");

        provisioningFixture.provider.setServerStates(ProviderServer.State.RUNNING);
        provisioningFixture.provider.resetPower(Progress.done(), false);
        provisioningFixture.work(3);
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.SHUT_DOWN);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void waitsForAStartWithAnUnknownOutcomeBeforeTheStop() {
        want(PendingPowerAction.STOP);
        provisioningFixture.work(2);
        provisioningFixture.provider.nextPowerRequests(ScriptedOutcome.SILENT);
        want(PendingPowerAction.START);
        provisioningFixture.work();
        suspend();
        provisioningFixture.work();
        assertThat(power()).isEqualTo("SUSPENDED OFF STOP");
        provisioningFixture.provider.setServerStates(ProviderServer.State.RUNNING);
        provisioningFixture.advance(PowerHandler.UNTIL_OFF.plusSeconds(1));
        provisioningFixture.work(3);
        assertThat(provisioningFixture.provider.powerRequests())
                .containsExactly(PowerAction.SHUT_DOWN, PowerAction.ON, PowerAction.SHUT_DOWN);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void completesAResizeInProgressBeforeTheStop() {
        operationFixture.provider.setTaskProgress(Progress.running(10));
        grow();
        operationFixture.work();
        suspend();
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.powerRequests()).isEmpty();
        assertThat(provisioningFixture.column(service, "pending_operation || pending_power"))
                .isEqualTo("RESIZESTOP");

        operationFixture.provider.setSize(provisioningFixture.column(service, "provider_ref"), "big");
        operationFixture.provider.setTaskProgress(Progress.done());
        operationFixture.work();
        provisioningFixture.work(2);
        assertThat(provisioningFixture.column(service, "provider_size")).isEqualTo("big");
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void dropsAnUnrequestedResize() {
        grow();
        suspend();
        operationFixture.work();
        provisioningFixture.work(2);
        assertThat(operationFixture.provider.requests()).isEmpty();
        assertThat(operationFixture.reservations(service)).containsExactlyInAnyOrder("0.02 CAPTURED", "0.02 RELEASED");
        assertThat(provisioningFixture.timeline(service)).contains("resize_failed");
        assertThat(provisioningFixture.column(service, "state || coalesce(pending_operation, '-') || power"))
                .isEqualTo("SUSPENDED-OFF");
    }

    @Test
    void allowsCustomersOnlyToTerminateASuspendedService() {
        var olga = operationFixture.member(service, "Olga");
        suspend();
        provisioningFixture.work(2);
        assertRefused(() -> as(olga, () -> provisioningFixture.serverPower().want(service, PendingPowerAction.START)));
        assertRefused(() -> as(olga, () -> operationFixture.resizes.want(service, large)));
        assertRefused(() -> as(olga, () -> operationFixture.rebuilds.want(service, LaunchConfig.USUAL, "web")));
        assertRefused(() -> as(olga, () -> operationFixture.names.name(service, "203.0.113.1", "mail.kiosk.example")));
        assertThat(as(olga, () -> provisioningFixture.serverPower().wantAll(Set.of(service), PendingPowerAction.START)))
                .isEqualTo(new ServerPower.BulkResult(0, Map.of(ServerPower.Refusal.WRONG_STATE, 1)));
        assertThatThrownBy(() -> as(olga, () -> {
                    suspensions().resume(service, THEN);
                    return true;
                }))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");

        as(olga, () -> {
            terminations().end(service);
            return true;
        });
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.serversOf(service))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.DELETING);
        provisioningFixture.provider.completeDeletions();
        assertThatThrownBy(this::resume).isInstanceOf(InvalidStateException.class);
    }

    @Test
    void doesNotStopATerminatedService() {
        suspend();
        provisioningFixture.terminate(service);
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.powerRequests()).isEmpty();
        assertThat(provisioningFixture.column(service, "coalesce(pending_power, '-')"))
                .isEqualTo("-");
    }

    @Test
    void givesUpStartingAMissingServer() {
        suspend();
        provisioningFixture.work(2);
        provisioningFixture.provider.delete(provisioningFixture.column(service, "provider_ref"));
        provisioningFixture.provider.completeDeletions();
        resume();
        provisioningFixture.work();
        assertThat(power()).isEqualTo("ACTIVE OFF -");
        assertThat(provisioningFixture.timeline(service)).endsWith("resumed", "power_failed");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsOnly("DONE");
    }

    @Test
    void chargesEveryHourOnce() {
        operationFixture.moveClockTo(Duration.ofMinutes(30));
        suspend();
        provisioningFixture.work(2);
        charge(Duration.ofMinutes(61));
        charge(Duration.ofMinutes(90));
        charge(Duration.ofMinutes(121));
        assertThat(operationFixture.balance(service))
                .as("three started hours")
                .isEqualTo(provisioningFixture.billingFixture.money("0.97"));
        resume();
        provisioningFixture.work(2);
        charge(Duration.ofMinutes(150));
        charge(Duration.ofMinutes(181));
        assertThat(operationFixture.balance(service)).isEqualTo(provisioningFixture.billingFixture.money("0.96"));
        assertThat(operationFixture.texts(
                        "select count(*) || ' ' || sum(hours) from %s.rated_period where service_id = '" + service
                                + "'"))
                .containsExactly("1 4");
    }

    @Test
    void suspendsAServiceWithoutProviderLocally() {
        var wallet = provisioningFixture.billingFixture.wallet("1");
        provisioningFixture.billingFixture.in(() -> provisioningFixture.organization(wallet));
        var booked = provisioningFixture
                .billingFixture
                .rent(wallet, provisioningFixture.billingFixture.price("7.30"), ProvisioningFixture.NOON)
                .service();
        suspend(booked);
        assertThat(provisioningFixture.column(booked, "state || coalesce(pending_power, '-')"))
                .isEqualTo("SUSPENDED-");
        run(() -> suspensions().resume(booked, THEN));
        assertThat(provisioningFixture.column(booked, "state || coalesce(pending_power, '-')"))
                .isEqualTo("ACTIVE-");
    }

    @Test
    void requiresStaffAReasonAndAnActiveService() {
        var olga = operationFixture.member(service, "Olga");
        assertThatThrownBy(() -> as(olga, () -> {
                    suspensions().suspend(service, WHY);
                    return true;
                }))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> run(() -> suspensions().suspend(service, " \n")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(this::resume).isInstanceOf(InvalidStateException.class);
        assertThat(power()).isEqualTo("ACTIVE ON -");
        suspend();
        assertThatThrownBy(this::suspend).isInstanceOf(InvalidStateException.class);
        assertThat(provisioningFixture.timeline(service)).containsOnlyOnce("suspended");
    }

    private static void assertRefused(ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOf(InvalidStateException.class)
                .hasMessageContaining("suspended by its provider");
    }

    private static ScriptedOutcome[] times(ScriptedOutcome scriptedOutcome, int times) {
        var all = new ScriptedOutcome[times];
        Arrays.fill(all, scriptedOutcome);
        return all;
    }

    private void suspend() {
        suspend(service);
    }

    private static void suspend(UUID which) {
        run(() -> suspensions().suspend(which, WHY));
    }

    private void resume() {
        run(() -> suspensions().resume(service, THEN));
    }

    private static void run(Runnable action) {
        provisioningFixture.billingFixture.in(() -> {
            action.run();
            return true;
        });
    }

    private void want(PendingPowerAction wanted) {
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.serverPower().want(service, wanted)))
                .isEqualTo(new ServerPower.Outcome.Wanted());
    }

    private void grow() {
        assertThat(provisioningFixture.billingFixture.<Resizes.Outcome>in(
                        () -> operationFixture.resizes.want(service, large)))
                .isEqualTo(new Resizes.Outcome.Wanted());
    }

    private static void charge(Duration afterNoon) {
        operationFixture.moveClockTo(afterNoon);
        provisioningFixture.billingFixture.charge(provisioningFixture.billingFixture.clock.instant());
    }

    private static <T> T as(Actor somebody, Supplier<T> action) {
        return Database.in(provisioningFixture.billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(somebody)) {
                return action.get();
            }
        });
    }

    /** Returns the states of the service and its server, and the desired power state. */
    private String power() {
        return provisioningFixture.column(service, "state || ' ' || power || ' ' || coalesce(pending_power, '-')");
    }

    private static Terminations terminations() {
        var terminations = operationFixture.orderFixture.terminations;
        terminations.charging = provisioningFixture.billingFixture.charging;
        terminations.terminationEvents = new TerminationEvents();
        terminations.entities = Rows.over(provisioningFixture.billingFixture.sql);
        return terminations;
    }

    private static Suspensions suspensions() {
        return provisioningFixture.suspensions(provisioningFixture.provisioningTargets);
    }
}

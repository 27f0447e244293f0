package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests to start, stop or restart a server, until their outcome. */
class PowerTest {
    private static ProvisioningFixture provisioningFixture;
    private UUID service;

    @BeforeAll
    static void open() {
        provisioningFixture = new ProvisioningFixture("switching");
    }

    @BeforeEach
    void createServer() {
        provisioningFixture.workQueueFixture.clear();
        provisioningFixture.provider.resetPower(Progress.done(), false);
        service = provisioningFixture.order(provisioningFixture.billingFixture.wallet("1"));
        provisioningFixture.completeOrders();
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
    }

    @Test
    void stopsAndStartsAServer() {
        want(PendingPowerAction.STOP);
        assertThat(provisioningFixture.column(service, "pending_power")).isEqualTo("STOP");
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.serversOf(service))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.STOPPED);
        assertThat(provisioningFixture.column(service, "power || coalesce(pending_power, '-')"))
                .isEqualTo("OFF-");

        want(PendingPowerAction.START);
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.SHUT_DOWN, PowerAction.ON);
        assertThat(provisioningFixture.column(service, "power || coalesce(pending_power, '-')"))
                .isEqualTo("ON-");
        assertThat(provisioningFixture.timeline(service))
                .endsWith("power_stop", "power_off", "power_start", "power_on");
    }

    @Test
    void keepsChargingAStoppedServer() {
        want(PendingPowerAction.STOP);
        provisioningFixture.work(2);
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.billingFixture.faults()).isEmpty();
    }

    @Test
    void doesNothingWhenTheServerIsInTheRequestedState() {
        want(PendingPowerAction.START);
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.powerRequests()).isEmpty();
        assertThat(provisioningFixture.column(service, "power || coalesce(pending_power, '-')"))
                .isEqualTo("ON-");
    }

    @Test
    void confirmsAnActionAfterALostResponse() {
        provisioningFixture.provider.nextPowerRequests(ScriptedOutcome.LOST);
        want(PendingPowerAction.STOP);
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.powerRequests()).hasSize(1);
        assertThat(provisioningFixture.column(service, "power")).isEqualTo("OFF");
    }

    @Test
    void repeatsAnUnansweredStop() {
        provisioningFixture.provider.nextPowerRequests(ScriptedOutcome.SILENT);
        want(PendingPowerAction.STOP);
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.powerRequests()).hasSize(1);
        provisioningFixture.advance(PowerHandler.UNTIL_AGAIN.plusSeconds(1));
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.powerRequests())
                .containsExactly(PowerAction.SHUT_DOWN, PowerAction.SHUT_DOWN);
        assertThat(provisioningFixture.column(service, "power")).isEqualTo("OFF");
    }

    @Test
    void doesNotRepeatARestartWithAnUnknownOutcome() {
        provisioningFixture.provider.nextPowerRequests(ScriptedOutcome.DEATH_AFTER);
        want(PendingPowerAction.RESTART);
        provisioningFixture.work(2);
        provisioningFixture.advance(PowerHandler.UNTIL_AGAIN.plusSeconds(1));
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.RESTART);
        assertThat(provisioningFixture.timeline(service)).endsWith("power_restart", "power_unsure");
    }

    @Test
    void confirmsARestartWhenItsTaskIsDone() {
        provisioningFixture.provider.resetPower(Progress.running(10), false);
        want(PendingPowerAction.RESTART);
        provisioningFixture.work(2);
        assertThat(provisioningFixture.column(service, "pending_power")).isEqualTo("RESTART");
        provisioningFixture.provider.resetPower(Progress.done(), false);
        provisioningFixture.work();
        assertThat(provisioningFixture.timeline(service)).endsWith("power_restart", "power_restarted");
    }

    @Test
    void powersOffAServerThatDoesNotShutDown() {
        provisioningFixture.provider.resetPower(Progress.done(), true);
        want(PendingPowerAction.STOP);
        provisioningFixture.work(3);
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.SHUT_DOWN);
        provisioningFixture.advance(PowerHandler.UNTIL_OFF.plusSeconds(1));
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.powerRequests())
                .containsExactly(PowerAction.SHUT_DOWN, PowerAction.OFF);
        assertThat(provisioningFixture.column(service, "power")).isEqualTo("OFF");
    }

    @Test
    void reportsAFailedTaskAndAllowsAnotherAction() {
        provisioningFixture.provider.resetPower(Progress.failed("the host did not do it"), false);
        want(PendingPowerAction.STOP);
        provisioningFixture.work(2);
        assertThat(provisioningFixture.timeline(service)).endsWith("power_stop", "power_failed");
        assertThat(provisioningFixture.column(service, "power || coalesce(pending_power, '-')"))
                .isEqualTo("ON-");
        assertThat(Database.texts("select outcome || message from t_switching.provider_call where step = 'POWER'"
                        + " and service_id = '" + service + "'"))
                .containsExactly("REFUSEDthe host did not do it");

        provisioningFixture.provider.resetPower(Progress.done(), false);
        want(PendingPowerAction.STOP);
        provisioningFixture.work(2);
        assertThat(provisioningFixture.column(service, "power")).isEqualTo("OFF");
    }

    @Test
    void reportsAPermanentRefusalAsFailed() {
        provisioningFixture.provider.nextPowerRequests(ScriptedOutcome.REFUSED);
        want(PendingPowerAction.STOP);
        provisioningFixture.work();
        assertThat(provisioningFixture.timeline(service)).endsWith("power_failed");
    }

    @Test
    void givesUpOnAnUnreachableProvider() {
        want(PendingPowerAction.STOP);
        provisioningFixture.provider.nextQueries(
                ScriptedOutcome.AWAY,
                ScriptedOutcome.AWAY,
                ScriptedOutcome.AWAY,
                ScriptedOutcome.AWAY,
                ScriptedOutcome.AWAY);
        provisioningFixture.work(5);
        assertThat(provisioningFixture.timeline(service)).endsWith("power_stop", "power_failed");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsOnly("DONE");
    }

    @Test
    void failsAnActionThatTakesTooLong() {
        provisioningFixture.provider.resetPower(Progress.running(10), false);
        want(PendingPowerAction.STOP);
        provisioningFixture.work(2);
        provisioningFixture.advance(PowerHandler.PATIENCE.plusSeconds(1));
        provisioningFixture.work();
        assertThat(provisioningFixture.timeline(service)).endsWith("power_failed");
    }

    @Test
    void doesNotSwitchATerminatedService() {
        want(PendingPowerAction.STOP);
        provisioningFixture.terminate(service);
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.powerRequests()).isEmpty();
        assertThat(provisioningFixture.column(service, "coalesce(pending_power, '-')"))
                .isEqualTo("-");
    }

    @Test
    void refusesAnotherActionWhileOneIsPending() {
        want(PendingPowerAction.STOP);
        assertThat(request(PendingPowerAction.RESTART))
                .isEqualTo(new ServerPower.Outcome.Busy(PendingPowerAction.STOP));
    }

    @Test
    void checksEachServerOfABulkActionSeparately() {
        var other = provisioningFixture.order(provisioningFixture.billingFixture.wallet("1"));
        provisioningFixture.completeOrders();
        want(PendingPowerAction.STOP);
        var waiting = provisioningFixture.order(provisioningFixture.billingFixture.wallet("1"));
        var wallet = provisioningFixture.billingFixture.wallet("1");
        provisioningFixture.billingFixture.in(() -> provisioningFixture.organization(wallet));
        var booked = provisioningFixture
                .billingFixture
                .rent(wallet, provisioningFixture.billingFixture.price("7.30"), ProvisioningFixture.NOON)
                .service();

        assertThat(requestAll(List.of(service, other, waiting, booked), PendingPowerAction.STOP))
                .isEqualTo(new ServerPower.BulkResult(
                        1,
                        Map.of(
                                ServerPower.Refusal.BUSY, 1,
                                ServerPower.Refusal.WRONG_STATE, 1,
                                ServerPower.Refusal.NO_SERVER, 1)));
        assertThat(provisioningFixture.column(other, "pending_power")).isEqualTo("STOP");
        assertThat(provisioningFixture.timeline(other)).endsWith("power_stop");
        assertThat(provisioningFixture.timeline(waiting)).containsExactly("ordered");
    }

    @Test
    void skipsServersAlreadyInTheRequestedState() {
        assertThat(requestAll(List.of(service), PendingPowerAction.START))
                .isEqualTo(new ServerPower.BulkResult(0, Map.of(ServerPower.Refusal.NO_CHANGE, 1)));
        want(PendingPowerAction.STOP);
        provisioningFixture.work(2);
        assertThat(requestAll(List.of(service), PendingPowerAction.RESTART))
                .isEqualTo(new ServerPower.BulkResult(0, Map.of(ServerPower.Refusal.NO_CHANGE, 1)));
        assertThat(requestAll(List.of(service), PendingPowerAction.STOP))
                .isEqualTo(new ServerPower.BulkResult(0, Map.of(ServerPower.Refusal.NO_CHANGE, 1)));
        assertThat(requestAll(List.of(service), PendingPowerAction.START))
                .isEqualTo(new ServerPower.BulkResult(1, Map.of()));
    }

    @Test
    void switchesAServerOnceForARepeatedBulkAction() {
        requestAll(List.of(service, service), PendingPowerAction.STOP);
        assertThat(requestAll(List.of(service), PendingPowerAction.STOP))
                .isEqualTo(new ServerPower.BulkResult(0, Map.of(ServerPower.Refusal.BUSY, 1)));
        provisioningFixture.work(2);
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.SHUT_DOWN);
    }

    @Test
    void refusesABulkActionWithAForeignServer() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "stranger");
        try (var actorScope = Actors.enter(stranger)) {
            assertThatThrownBy(() -> Database.in(
                            provisioningFixture.billingFixture.tenant,
                            () -> provisioningFixture.serverPower().wantAll(List.of(service), PendingPowerAction.STOP)))
                    .isInstanceOf(NotFoundException.class);
        }
        assertThat(provisioningFixture.column(service, "coalesce(pending_power, '-')"))
                .isEqualTo("-");
    }

    @Test
    void refusesServicesThatAreInactiveOrHaveNoServer() {
        var waiting = provisioningFixture.order(provisioningFixture.billingFixture.wallet("1"));
        assertThatThrownBy(() -> provisioningFixture.billingFixture.in(
                        () -> provisioningFixture.serverPower().want(waiting, PendingPowerAction.STOP)))
                .isInstanceOf(InvalidStateException.class);
        var wallet = provisioningFixture.billingFixture.wallet("1");
        provisioningFixture.billingFixture.in(() -> provisioningFixture.organization(wallet));
        var booked = provisioningFixture.billingFixture.rent(
                wallet, provisioningFixture.billingFixture.price("7.30"), ProvisioningFixture.NOON);
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.serverPower().want(booked.service(), PendingPowerAction.STOP)))
                .isEqualTo(new ServerPower.Outcome.NoServer());
    }

    @Test
    void hidesForeignServers() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(provisioningFixture.billingFixture.tenant, () -> {
                    try (var actorScope = Actors.enter(stranger)) {
                        return provisioningFixture.serverPower().want(service, PendingPowerAction.STOP);
                    }
                }))
                .isInstanceOf(NotFoundException.class);
        assertThat(provisioningFixture.column(service, "coalesce(pending_power, '-')"))
                .isEqualTo("-");
    }

    private void want(PendingPowerAction wanted) {
        assertThat(request(wanted)).isEqualTo(new ServerPower.Outcome.Wanted());
    }

    private static ServerPower.BulkResult requestAll(List<UUID> services, PendingPowerAction wanted) {
        return provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serverPower().wantAll(services, wanted));
    }

    private ServerPower.Outcome request(PendingPowerAction wanted) {
        return provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serverPower().want(service, wanted));
    }
}

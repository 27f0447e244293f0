package io.tenantry.cloud.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Power states are read from providers, and accepted at the second scan. */
class PowerStateSyncTest {
    private static ReconciliationFixture reconciliationFixture;

    @BeforeAll
    static void open() {
        reconciliationFixture = new ReconciliationFixture("powers");
    }

    @BeforeEach
    void clear() {
        reconciliationFixture.clear();
    }

    @Test
    void recordsAStoppedServerAtTheSecondSighting() {
        var service = reconciliationFixture.createServer("1", "1").service();
        setServerState("1", State.STOPPED);
        scan();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(reconciliationFixture.timeline(service)).isEmpty();

        scan();
        assertThat(power(service)).isEqualTo("OFF");
        scan();
        assertThat(reconciliationFixture.timeline(service)).containsExactly("found_stopped");
        assertThat(reconciliationFixture.discrepancies()).isEmpty();

        setServerState("1", State.RUNNING);
        scan();
        scan();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(reconciliationFixture.timeline(service)).containsExactly("found_stopped", "found_running");
    }

    @Test
    void endsRescueWhenAStoppedServerRunsAgain() {
        var service = reconciliationFixture.createServer("1", "1").service();
        update(service, "rescue = gen_random_uuid()");
        setServerState("1", State.STOPPED);
        scan();
        scan();
        assertThat(power(service)).isEqualTo("OFF");
        assertThat(isRescued(service)).as("not started yet").isTrue();

        setServerState("1", State.RUNNING);
        scan();
        scan();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(isRescued(service)).isFalse();
    }

    @Test
    void countsSimultaneousSightingsOnce() {
        var service = reconciliationFixture.createServer("1", "1").service();
        setServerState("1", State.STOPPED);
        reconciliationFixture.scan();
        reconciliationFixture.scan();
        assertThat(power(service)).isEqualTo("ON");

        reconciliationFixture.advance(PowerStateSync.STANDALONE);
        reconciliationFixture.scan();
        assertThat(power(service)).isEqualTo("OFF");
    }

    @Test
    void ignoresFlappingStates() {
        var service = reconciliationFixture.createServer("1", "1").service();
        for (var state : List.of(State.STOPPED, State.RUNNING, State.STOPPED, State.BUSY, State.STOPPED)) {
            setServerState("1", state);
            scan();
        }
        assertThat(power(service)).isEqualTo("ON");
        assertThat(reconciliationFixture.timeline(service)).isEmpty();
    }

    @Test
    void startsCountingAgainAfterARequest() {
        var service = reconciliationFixture.createServer("1", "1").service();
        setServerState("1", State.STOPPED);
        scan();
        update(service, "pending_power = 'RESTART'");
        scan();
        scan();
        assertThat(power(service))
                .as("the pending operation determines the state")
                .isEqualTo("ON");

        update(service, "pending_power = null");
        scan();
        assertThat(power(service)).isEqualTo("ON");
        scan();
        assertThat(power(service)).isEqualTo("OFF");
    }

    @Test
    void ignoresAServerWithARequestDuringTheScan() {
        var service = reconciliationFixture.createServer("1", "1").service();
        setServerState("1", State.STOPPED);
        scan();
        reconciliationFixture.scriptedInventory.duringNextList(() -> update(service, "pending_power = 'START'"));
        scan();
        assertThat(power(service)).isEqualTo("ON");
    }

    @Test
    void ignoresAServerWithUnfinishedWork() {
        var service = reconciliationFixture.createServer("1", "1").service();
        setServerState("1", State.STOPPED);
        reconciliationFixture.billingFixture.in(
                () -> reconciliationFixture.workQueueFixture.items.write("resize", service.toString(), service));
        Database.asOwner("update work.work_item set state = 'PARKED', parked_at = now(), parked_reason = 'for a person'"
                + " where subject = '" + service + "'");
        scan();
        scan();
        assertThat(power(service)).isEqualTo("ON");
    }

    @Test
    void recordsTheStateOfAnIsolatedServer() {
        var service = reconciliationFixture.createServer("1", "1").service();
        update(service, "state = 'SUSPENDED', suspended_for_debt = true, suspended_by_network = true");
        setServerState("1", State.STOPPED);
        scan();
        scan();
        assertThat(power(service)).isEqualTo("OFF");
        assertThat(reconciliationFixture.discrepancies()).isEmpty();
    }

    @Test
    void ignoresASuspendedService() {
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.setState(service, "SUSPENDED");
        setServerState("1", State.STOPPED);
        scan();
        scan();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(reconciliationFixture.timeline(service)).isEmpty();
    }

    @Test
    void ignoresAListThatMissesMoreThanHalf() {
        var service = reconciliationFixture.createServer("1", "1").service();
        setServerState("1", State.STOPPED);
        for (var number : List.of("2", "3", "4")) {
            reconciliationFixture.createServer("1", number);
            reconciliationFixture.scriptedInventory.removeServer(number);
        }
        scan();
        scan();
        assertThat(reconciliationFixture.status().isDoubtful()).isTrue();
        assertThat(power(service)).isEqualTo("ON");
    }

    @Test
    void queriesServersWhoseStateTheListOmits() {
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.scriptedInventory.hidePowerState("1");
        setServerState("1", State.STOPPED);
        scan();
        assertThat(power(service)).isEqualTo("ON");
        scan();
        assertThat(power(service)).isEqualTo("OFF");
        assertThat(reconciliationFixture.timeline(service)).containsExactly("found_stopped");
    }

    @Test
    void keepsTheStateWhenItIsUnknown() {
        var service = reconciliationFixture.createServer("1", "1").service();
        setServerState("1", State.UNKNOWN);
        scan();
        scan();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(reconciliationFixture.scriptedInventory.queriedServers()).containsExactly("1", "1");
    }

    @Test
    void limitsQueriesPerScanAndRotatesServers() {
        var services = new ArrayList<UUID>();
        for (var number = 1; number <= PowerStateSync.ASKED_MAX + 3; number++) {
            services.add(reconciliationFixture
                    .createServer("1", Integer.toString(number))
                    .service());
            reconciliationFixture.scriptedInventory.hidePowerState(Integer.toString(number));
        }
        scan();
        assertThat(reconciliationFixture.scriptedInventory.queriedServers()).hasSize(PowerStateSync.ASKED_MAX);
        scan();
        assertThat(reconciliationFixture.scriptedInventory.queriedServers()).hasSize(2 * PowerStateSync.ASKED_MAX);
        assertThat(new HashSet<>(reconciliationFixture.scriptedInventory.queriedServers()))
                .hasSize(services.size());
    }

    @Test
    void continuesAfterAServerThatCannotBeQueried() {
        var bad = reconciliationFixture.createServer("1", "1").service();
        var good = reconciliationFixture.createServer("1", "2").service();
        reconciliationFixture.scriptedInventory.hidePowerState("1");
        reconciliationFixture.scriptedInventory.hidePowerState("2");
        reconciliationFixture.scriptedInventory.failQueries("1");
        setServerState("2", State.STOPPED);
        for (var look = 0; look < 4; look++) {
            scan();
        }
        assertThat(reconciliationFixture.status().failure()).isEqualTo(Optional.empty());
        assertThat(power(good)).isEqualTo("OFF");
        assertThat(power(bad)).isEqualTo("ON");
    }

    @Test
    void countsTheSightingOfOneOfTwoNodes() {
        var service = reconciliationFixture.createServer("1", "1").service();
        setServerState("1", State.STOPPED);
        scan();
        reconciliationFixture.scriptedInventory.duringNextList(() -> {
            reconciliationFixture.workQueueFixture.expireLeases();
            reconciliationFixture.scan();
        });
        scan();
        assertThat(power(service)).isEqualTo("OFF");
        assertThat(reconciliationFixture.timeline(service)).containsExactly("found_stopped");
    }

    private static void scan() {
        reconciliationFixture.scan();
        reconciliationFixture.advance(Duration.ofMinutes(5));
    }

    private static void setServerState(String number, State state) {
        reconciliationFixture.scriptedInventory.changeServer(
                number, providerServer -> ScriptedInventory.in(providerServer, state));
    }

    private static String power(UUID service) {
        return reconciliationFixture.column(service, "power");
    }

    private static boolean isRescued(UUID service) {
        return reconciliationFixture.column(service, "(rescue is not null)").equals("true");
    }

    private static void update(UUID service, String column) {
        reconciliationFixture.billingFixture.in(() -> reconciliationFixture.billingFixture.sql.update(
                "update service set " + column + ", version = version + 1 where id = ?", service));
    }
}

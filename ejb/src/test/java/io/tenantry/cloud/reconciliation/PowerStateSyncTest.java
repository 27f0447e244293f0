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
        var service = reconciliationFixture.live("1", "1").service();
        turns("1", State.STOPPED);
        inspect();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(reconciliationFixture.timeline(service)).isEmpty();

        inspect();
        assertThat(power(service)).isEqualTo("OFF");
        inspect();
        assertThat(reconciliationFixture.timeline(service)).containsExactly("found_stopped");
        assertThat(reconciliationFixture.found()).isEmpty();

        turns("1", State.RUNNING);
        inspect();
        inspect();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(reconciliationFixture.timeline(service)).containsExactly("found_stopped", "found_running");
    }

    @Test
    void endsRescueWhenAStoppedServerRunsAgain() {
        var service = reconciliationFixture.live("1", "1").service();
        set(service, "rescue = gen_random_uuid()");
        turns("1", State.STOPPED);
        inspect();
        inspect();
        assertThat(power(service)).isEqualTo("OFF");
        assertThat(isRescued(service)).as("nobody has started it").isTrue();

        turns("1", State.RUNNING);
        inspect();
        inspect();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(isRescued(service)).isFalse();
    }

    @Test
    void countsSimultaneousSightingsOnce() {
        var service = reconciliationFixture.live("1", "1").service();
        turns("1", State.STOPPED);
        reconciliationFixture.inspect();
        reconciliationFixture.inspect();
        assertThat(power(service)).isEqualTo("ON");

        reconciliationFixture.pass(PowerStateSync.STANDALONE);
        reconciliationFixture.inspect();
        assertThat(power(service)).isEqualTo("OFF");
    }

    @Test
    void ignoresFlappingStates() {
        var service = reconciliationFixture.live("1", "1").service();
        for (var state : List.of(State.STOPPED, State.RUNNING, State.STOPPED, State.BUSY, State.STOPPED)) {
            turns("1", state);
            inspect();
        }
        assertThat(power(service)).isEqualTo("ON");
        assertThat(reconciliationFixture.timeline(service)).isEmpty();
    }

    @Test
    void startsCountingAgainAfterARequest() {
        var service = reconciliationFixture.live("1", "1").service();
        turns("1", State.STOPPED);
        inspect();
        set(service, "pending_power = 'RESTART'");
        inspect();
        inspect();
        assertThat(power(service)).as("whoever does it says how it is").isEqualTo("ON");

        set(service, "pending_power = null");
        inspect();
        assertThat(power(service)).isEqualTo("ON");
        inspect();
        assertThat(power(service)).isEqualTo("OFF");
    }

    @Test
    void ignoresAServerWithARequestDuringTheScan() {
        var service = reconciliationFixture.live("1", "1").service();
        turns("1", State.STOPPED);
        inspect();
        reconciliationFixture.scriptedInventory.whileReading(() -> set(service, "pending_power = 'START'"));
        inspect();
        assertThat(power(service)).isEqualTo("ON");
    }

    @Test
    void ignoresAServerWithUnfinishedWork() {
        var service = reconciliationFixture.live("1", "1").service();
        turns("1", State.STOPPED);
        reconciliationFixture.billingFixture.in(
                () -> reconciliationFixture.workQueueFixture.items.write("resize", service.toString(), service));
        Database.asOwner("update work.work_item set state = 'PARKED', parked_at = now(), parked_reason = 'for a person'"
                + " where subject = '" + service + "'");
        inspect();
        inspect();
        assertThat(power(service)).isEqualTo("ON");
    }

    @Test
    void recordsTheStateOfAnIsolatedServer() {
        var service = reconciliationFixture.live("1", "1").service();
        set(service, "state = 'SUSPENDED', suspended_for_debt = true, suspended_by_network = true");
        turns("1", State.STOPPED);
        inspect();
        inspect();
        assertThat(power(service)).isEqualTo("OFF");
        assertThat(reconciliationFixture.found()).isEmpty();
    }

    @Test
    void ignoresASuspendedService() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.state(service, "SUSPENDED");
        turns("1", State.STOPPED);
        inspect();
        inspect();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(reconciliationFixture.timeline(service)).isEmpty();
    }

    @Test
    void ignoresAListThatMissesMoreThanHalf() {
        var service = reconciliationFixture.live("1", "1").service();
        turns("1", State.STOPPED);
        for (var number : List.of("2", "3", "4")) {
            reconciliationFixture.live("1", number);
            reconciliationFixture.scriptedInventory.loses(number);
        }
        inspect();
        inspect();
        assertThat(reconciliationFixture.status().isDoubtful()).isTrue();
        assertThat(power(service)).isEqualTo("ON");
    }

    @Test
    void queriesServersWhoseStateTheListOmits() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.scriptedInventory.mutes("1");
        turns("1", State.STOPPED);
        inspect();
        assertThat(power(service)).isEqualTo("ON");
        inspect();
        assertThat(power(service)).isEqualTo("OFF");
        assertThat(reconciliationFixture.timeline(service)).containsExactly("found_stopped");
    }

    @Test
    void keepsTheStateWhenItIsUnknown() {
        var service = reconciliationFixture.live("1", "1").service();
        turns("1", State.UNKNOWN);
        inspect();
        inspect();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(reconciliationFixture.scriptedInventory.lookedUp()).containsExactly("1", "1");
    }

    @Test
    void limitsQueriesPerScanAndRotatesServers() {
        var services = new ArrayList<UUID>();
        for (var number = 1; number <= PowerStateSync.ASKED_MAX + 3; number++) {
            services.add(
                    reconciliationFixture.live("1", Integer.toString(number)).service());
            reconciliationFixture.scriptedInventory.mutes(Integer.toString(number));
        }
        inspect();
        assertThat(reconciliationFixture.scriptedInventory.lookedUp()).hasSize(PowerStateSync.ASKED_MAX);
        inspect();
        assertThat(reconciliationFixture.scriptedInventory.lookedUp()).hasSize(2 * PowerStateSync.ASKED_MAX);
        assertThat(new HashSet<>(reconciliationFixture.scriptedInventory.lookedUp()))
                .hasSize(services.size());
    }

    @Test
    void continuesAfterAServerThatCannotBeQueried() {
        var bad = reconciliationFixture.live("1", "1").service();
        var good = reconciliationFixture.live("1", "2").service();
        reconciliationFixture.scriptedInventory.mutes("1");
        reconciliationFixture.scriptedInventory.mutes("2");
        reconciliationFixture.scriptedInventory.fallsOver("1");
        turns("2", State.STOPPED);
        for (var look = 0; look < 4; look++) {
            inspect();
        }
        assertThat(reconciliationFixture.status().failure()).isEqualTo(Optional.empty());
        assertThat(power(good)).isEqualTo("OFF");
        assertThat(power(bad)).isEqualTo("ON");
    }

    @Test
    void countsTheSightingOfOneOfTwoNodes() {
        var service = reconciliationFixture.live("1", "1").service();
        turns("1", State.STOPPED);
        inspect();
        reconciliationFixture.scriptedInventory.whileReading(() -> {
            reconciliationFixture.workQueueFixture.expireLeases();
            reconciliationFixture.inspect();
        });
        inspect();
        assertThat(power(service)).isEqualTo("OFF");
        assertThat(reconciliationFixture.timeline(service)).containsExactly("found_stopped");
    }

    private static void inspect() {
        reconciliationFixture.inspect();
        reconciliationFixture.pass(Duration.ofMinutes(5));
    }

    private static void turns(String number, State state) {
        reconciliationFixture.scriptedInventory.turns(
                number, providerServer -> ScriptedInventory.in(providerServer, state));
    }

    private static String power(UUID service) {
        return reconciliationFixture.column(service, "power");
    }

    private static boolean isRescued(UUID service) {
        return reconciliationFixture.column(service, "(rescue is not null)").equals("true");
    }

    private static void set(UUID service, String column) {
        reconciliationFixture.billingFixture.in(() -> reconciliationFixture.billingFixture.sql.update(
                "update service set " + column + ", version = version + 1 where id = ?", service));
    }
}

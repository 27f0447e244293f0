package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of ADR 11, line by line: whatever dies where, there is one server and it is charged, or none and nothing is charged. */
class ProvisionHandlerTest {
    private static final Duration LONG = ProviderCalls.DELAY_MAX.plusMinutes(1);
    private static final List<ScriptedOutcome> CREATIONS = List.of(
            ScriptedOutcome.WELL,
            ScriptedOutcome.WELL,
            ScriptedOutcome.LOST,
            ScriptedOutcome.SILENT,
            ScriptedOutcome.FULL,
            ScriptedOutcome.REFUSED,
            ScriptedOutcome.DEATH_AFTER,
            ScriptedOutcome.DEATH_BEFORE);
    private static final List<ScriptedOutcome> LOOKS = List.of(
            ScriptedOutcome.WELL,
            ScriptedOutcome.WELL,
            ScriptedOutcome.SILENT,
            ScriptedOutcome.AWAY,
            ScriptedOutcome.DEATH_BEFORE);
    private static final int ORDERS = 24;

    private static ProvisioningFixture provisioningFixture;
    private UUID wallet;

    @BeforeAll
    static void open() {
        provisioningFixture = new ProvisioningFixture("making");
    }

    @BeforeEach
    void fill() {
        provisioningFixture.workQueueFixture.clear();
        provisioningFixture.billingFixture.clock.stopAt(ProvisioningFixture.NOON);
        wallet = provisioningFixture.billingFixture.wallet("1");
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(provisioningFixture.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(provisioningFixture.billingFixture.tenant, "reservation"))
                .isEmpty();
    }

    @Test
    void createsAServerAndChargesFromItsActivation() {
        var service = provisioningFixture.order(wallet);
        assertThat(provisioningFixture.state(service)).isEqualTo("ORDERED");
        assertThat(provisioningFixture.billingFixture.balance(wallet))
                .isEqualTo(provisioningFixture.billingFixture.money("1"));

        provisioningFixture.work();
        assertThat(provisioningFixture.state(service)).isEqualTo("PROVISIONING");
        assertThat(provisioningFixture.reservationState(service)).isEqualTo("RESERVED");

        provisioningFixture.provider.setServerStates(ProviderServer.State.RUNNING);
        provisioningFixture.work();
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.reservationState(service)).isEqualTo("CAPTURED");
        assertThat(provisioningFixture.billingFixture.balance(wallet))
                .isEqualTo(provisioningFixture.billingFixture.money("0.99"));
        assertThat(provisioningFixture.timeline(service))
                .containsExactly("ordered", "provisioning", "made", "activated");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsExactly("DONE");
    }

    @Test
    void doesNotChargeDuringCreation() {
        var service = provisioningFixture.order(wallet);
        provisioningFixture.work(3);
        provisioningFixture.billingFixture.clock.stopAt(ProvisioningFixture.NOON.plus(Duration.ofHours(3)));
        provisioningFixture.completeOrders();

        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.billingFixture.hours(new Rented(service, wallet)))
                .isEqualTo(1);
        assertThat(provisioningFixture.provider.serversOf(service)).hasSize(1);
    }

    @Test
    void findsTheServerOfALostResponseByItsResourceTag() {
        provisioningFixture.provider.nextCreations(ScriptedOutcome.LOST);
        var service = provisioningFixture.order(wallet);
        provisioningFixture.work(2);
        provisioningFixture.provider.setServerStates(ProviderServer.State.RUNNING);
        provisioningFixture.work();

        assertThat(provisioningFixture.provider.serversOf(service)).hasSize(1);
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
    }

    @Test
    void repeatsAnUnansweredCreationAfterTwoChecksAndTheLongestDelay() {
        provisioningFixture.provider.nextCreations(ScriptedOutcome.SILENT);
        var asked = provisioningFixture.provider.creationRequests();
        var service = provisioningFixture.order(wallet);
        provisioningFixture.work(6);
        assertThat(provisioningFixture.provider.creationRequests()).isEqualTo(asked + 1);

        provisioningFixture.advance(LONG);
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.creationRequests()).isEqualTo(asked + 2);
        provisioningFixture.completeOrders();
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.provider.serversOf(service)).hasSize(1);
    }

    @Test
    void requiresTwoChecksBeforeRepeatingACreation() {
        provisioningFixture.provider.nextCreations(ScriptedOutcome.DEATH_BEFORE);
        var asked = provisioningFixture.provider.creationRequests();
        provisioningFixture.order(wallet);
        provisioningFixture.work();
        provisioningFixture.advance(LONG);
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.creationRequests()).isEqualTo(asked + 1);

        provisioningFixture.advance(ProviderCalls.GRACE.plusSeconds(1));
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.creationRequests()).isEqualTo(asked + 2);
    }

    @Test
    void findsTheServerOfADeadWorker() {
        provisioningFixture.provider.nextCreations(ScriptedOutcome.DEATH_AFTER);
        var service = provisioningFixture.order(wallet);
        provisioningFixture.work(2);
        provisioningFixture.provider.setServerStates(ProviderServer.State.RUNNING);
        provisioningFixture.work();

        assertThat(provisioningFixture.provider.serversOf(service)).hasSize(1);
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
    }

    @Test
    void failsWithoutChargeOnAPermanentRefusal() {
        provisioningFixture.provider.nextCreations(ScriptedOutcome.REFUSED);
        var service = provisioningFixture.order(wallet);
        provisioningFixture.work();

        assertThat(provisioningFixture.state(service)).isEqualTo("FAILED");
        assertThat(provisioningFixture.reservationState(service)).isEqualTo("RELEASED");
        assertThat(provisioningFixture.billingFixture.balance(wallet))
                .isEqualTo(provisioningFixture.billingFixture.money("1"));
        assertThat(provisioningFixture.timeline(service)).containsExactly("ordered", "provisioning", "failed");
    }

    @Test
    void triesThreeTimesWithoutCapacity() {
        provisioningFixture.provider.nextCreations(ScriptedOutcome.FULL, ScriptedOutcome.FULL, ScriptedOutcome.FULL);
        var asked = provisioningFixture.provider.creationRequests();
        var service = provisioningFixture.order(wallet);
        provisioningFixture.work(2);
        assertThat(provisioningFixture.state(service)).isEqualTo("PROVISIONING");

        provisioningFixture.work();
        assertThat(provisioningFixture.state(service)).isEqualTo("FAILED");
        assertThat(provisioningFixture.provider.creationRequests()).isEqualTo(asked + 3);
    }

    @Test
    void failsWhenTheProviderIsUnreachable() {
        provisioningFixture.provider.nextQueries(times(ScriptedOutcome.AWAY, 10));
        var service = provisioningFixture.order(wallet);
        provisioningFixture.work(10);

        assertThat(provisioningFixture.state(service)).isEqualTo("FAILED");
        assertThat(provisioningFixture.column(service, "failure")).isEqualTo("UNREACHABLE: nobody there");
        assertThat(provisioningFixture.reservationState(service)).isEqualTo("RELEASED");
    }

    @Test
    void parksAndKeepsTheReservationWhenTheProviderIsSilent() {
        provisioningFixture.provider.nextCreations(ScriptedOutcome.LOST);
        var service = provisioningFixture.order(wallet);
        provisioningFixture.work();
        provisioningFixture.provider.nextQueries(times(ScriptedOutcome.SILENT, 9));
        provisioningFixture.work(9);

        assertThat(provisioningFixture.state(service)).isEqualTo("UNKNOWN");
        assertThat(provisioningFixture.reservationState(service)).isEqualTo("RESERVED");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsExactly("PARKED");

        provisioningFixture.workQueueFixture.retryAll();
        provisioningFixture.completeOrders();
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.provider.serversOf(service)).hasSize(1);
    }

    @Test
    void parksAServiceWithTwoServers() {
        var service = provisioningFixture.order(wallet);
        provisioningFixture.provider.addUnorderedServer(service);
        provisioningFixture.provider.addUnorderedServer(service);
        provisioningFixture.work();

        assertThat(provisioningFixture.state(service)).isEqualTo("UNKNOWN");
        assertThat(provisioningFixture.workQueueFixture.column(
                        provisioningFixture.billingFixture.tenant, "parked_reason"))
                .singleElement()
                .satisfies(why -> assertThat(why).contains("ws-"));
    }

    @Test
    void marksASlowCreationAsUnknown() {
        var service = provisioningFixture.order(wallet);
        provisioningFixture.work();
        provisioningFixture.advance(ProvisionHandler.PATIENCE.plusMinutes(1));
        provisioningFixture.work();

        assertThat(provisioningFixture.state(service)).isEqualTo("UNKNOWN");
    }

    @Test
    void deletesAServerThatFailedToStart() {
        var service = provisioningFixture.order(wallet);
        provisioningFixture.work();
        provisioningFixture.provider.setServerStates(ProviderServer.State.FAILED);
        provisioningFixture.work();
        assertThat(provisioningFixture.state(service)).isEqualTo("FAILED");
        assertThat(provisioningFixture.column(service, "failure"))
                .startsWith("the provider could not create server ws-");

        provisioningFixture.work();
        provisioningFixture.provider.completeDeletions();
        provisioningFixture.work();
        provisioningFixture.advance(LONG);
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.serversOf(service)).isEmpty();
        assertThat(provisioningFixture.state(service)).isEqualTo("FAILED");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsOnly("DONE");
    }

    @Test
    void terminatesAfterTwoConfirmations() {
        var service = createActiveServer().service();
        provisioningFixture.terminate(service);
        assertThat(provisioningFixture.state(service)).isEqualTo("TERMINATING");

        provisioningFixture.work();
        provisioningFixture.provider.completeDeletions();
        provisioningFixture.work();
        assertThat(provisioningFixture.state(service)).isEqualTo("TERMINATING");
        provisioningFixture.advance(LONG);
        provisioningFixture.work();
        assertThat(provisioningFixture.state(service)).isEqualTo("TERMINATED");
        assertThat(provisioningFixture.billingFixture.balance(wallet))
                .isEqualTo(provisioningFixture.billingFixture.money("0.99"));
    }

    @Test
    void deletesAServerAgainThatReappears() {
        var service = createActiveServer().service();
        provisioningFixture.terminate(service);
        provisioningFixture.work();
        provisioningFixture.provider.completeDeletions();
        provisioningFixture.work();
        provisioningFixture.provider.addUnorderedServer(service);
        provisioningFixture.advance(LONG);
        provisioningFixture.work();

        assertThat(provisioningFixture.state(service)).isEqualTo("TERMINATING");
        assertThat(provisioningFixture.provider.serversOf(service))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.DELETING);
    }

    /** Orders with faults and crashes at every step, until the state is stable. */
    @Test
    void leavesOnePaidServerOrNoneAfterRandomFailures() {
        var seed = 20_261_122L;
        var random = new Random(seed);
        var rich = provisioningFixture.billingFixture.wallet("100");
        var services = new ArrayList<UUID>();
        for (var i = 0; i < ORDERS; i++) {
            services.add(provisioningFixture.order(rich));
        }
        for (var i = 0; i < ORDERS; i++) {
            provisioningFixture.provider.nextCreations(CREATIONS.get(random.nextInt(CREATIONS.size())));
        }
        for (var round = 0; round < 24; round++) {
            for (var i = 0; i < ORDERS / 2 && round < 12; i++) {
                provisioningFixture.provider.nextQueries(LOOKS.get(random.nextInt(LOOKS.size())));
            }
            provisioningFixture.work(2);
            provisioningFixture.provider.setServerStates(
                    round % 3 == 2 ? ProviderServer.State.RUNNING : ProviderServer.State.BUILDING);
            provisioningFixture.advance(Duration.ofMinutes(1 + random.nextInt(12)));
            provisioningFixture.workQueueFixture.retryAll();
        }

        var active = 0;
        for (var service : services) {
            var there = provisioningFixture.provider.serversOf(service).stream()
                    .filter(providerServer -> providerServer.state() != ProviderServer.State.DELETING)
                    .count();
            var state = provisioningFixture.state(service);
            assertThat(state).as("seed %d", seed).isIn("ACTIVE", "FAILED");
            assertThat(there).as("seed %d, %s", seed, service).isEqualTo(state.equals("ACTIVE") ? 1 : 0);
            assertThat(provisioningFixture.reservationState(service))
                    .isEqualTo(state.equals("ACTIVE") ? "CAPTURED" : "RELEASED");
            active += state.equals("ACTIVE") ? 1 : 0;
        }
        assertThat(active).isBetween(ORDERS / 3, ORDERS - 1);
        assertThat(provisioningFixture.billingFixture.balance(rich))
                .isEqualTo(provisioningFixture
                        .billingFixture
                        .money("100")
                        .minus(provisioningFixture.billingFixture.money("0.01").times(active)));
    }

    private Rented createActiveServer() {
        var service = provisioningFixture.order(wallet);
        provisioningFixture.completeOrders();
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
        return new Rented(service, wallet);
    }

    private static ScriptedOutcome[] times(ScriptedOutcome scriptedOutcome, int times) {
        var all = new ScriptedOutcome[times];
        java.util.Arrays.fill(all, scriptedOutcome);
        return all;
    }
}

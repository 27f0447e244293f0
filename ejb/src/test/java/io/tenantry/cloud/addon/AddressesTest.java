package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.addon.ScriptedAddonProvider.ScriptedOutcome;
import io.tenantry.workqueue.RetryOutcome;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Further addresses from order to end, regardless of lost responses. One costs a tenth of a cent an hour. */
class AddressesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static AddonFixture addonFixture;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed-ips");
        addonFixture.publish(AddonType.ADDRESS, "0.73");
    }

    @BeforeEach
    void begin() {
        addonFixture.provider.setSlow(false);
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void chargesFromTheAssignmentOfTheAddress() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSlow(true);
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.work(3);
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RESERVED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");

        addonFixture.charge(HOUR.multipliedBy(2));
        addonFixture.provider.completePending();
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(addonFixture.column(id, "activated_at - ordered_at")).isEqualTo("02:00:00");
        assertThat(addonFixture.reservationStates(id)).containsExactly("CAPTURED");
        assertThat(charged(id, server)).isEqualTo("0.00100000 EUR");
        addonFixture.charge(HOUR);
        assertThat(charged(id, server)).isEqualTo("0.00100000 EUR");
        addonFixture.charge(HOUR);
        assertThat(charged(id, server)).isEqualTo("0.00200000 EUR");
        assertThat(addonFixture.timeline(server)).containsExactly("further_address_ordered", "further_address_ready");
        assertThat(addonFixture.column(id, "name")).isEqualTo(addonFixture.column(id, "provider_ref"));
    }

    @Test
    void chargesUpToTheRequestedRelease() {
        var server = addonFixture.server("10");
        var id = addonFixture.createAddress(server);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(61)));
        assertThat(release(id)).isEqualTo(new AddonOutcome.Done(id));
        assertThat(charged(id, server)).isEqualTo("0.00200000 EUR");
        assertThat(release(id)).isEqualTo(new AddonOutcome.Busy());

        addonFixture.work(2);
        assertThat(addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)))
                .isEmpty();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATING");
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        addonFixture.charge(HOUR.multipliedBy(3));
        assertThat(charged(id, server)).isEqualTo("0.00200000 EUR");
        assertThat(addonFixture.timeline(server)).endsWith("further_address_release", "further_address_released");
    }

    @Test
    void ordersOneAddressForARepeatedRequest() {
        var server = addonFixture.server("10");
        var requestId = UUID.randomUUID();
        assertThat(addonFixture.orderAddress(requestId, server))
                .isEqualTo(addonFixture.orderAddress(requestId, server));
        addonFixture.work(3);
        assertThat(addonFixture.orderAddress(requestId, server)).isEqualTo(new AddonOutcome.Done(requestId));
        addonFixture.work(2);
        assertThat(addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)))
                .hasSize(1);
        assertThat(addonFixture.reservationStates(requestId)).containsExactly("CAPTURED");
        assertThat(charged(requestId, server)).isEqualTo("0.00100000 EUR");
    }

    @Test
    void refusesAnOrderWithInsufficientFundsWithoutAProviderCall() {
        var server = addonFixture.server("0.021");
        var before = addonFixture.provider.requests().size();
        assertThat(addonFixture.orderAddress(server))
                .isEqualTo(new AddonOutcome.InsufficientFunds(addonFixture.billingFixture.money("0.001")));
        addonFixture.work();
        assertThat(addonFixture.provider.requests()).hasSize(before);
        assertThat(addonFixture.timeline(server)).isEmpty();
    }

    @Test
    void tellsTheAddressOfALostResponseFromExistingOnes() {
        for (var scriptedOutcome : new ScriptedOutcome[] {ScriptedOutcome.LOST, ScriptedOutcome.DEATH_AFTER}) {
            var server = addonFixture.server("10");
            var own = addonFixture.provider.addUnorderedAddress(addonFixture.serverIdOf(server));
            addonFixture.provider.nextOutcomes(scriptedOutcome);
            var id = AddonFixture.idOf(addonFixture.orderAddress(server));
            addonFixture.work(3);
            assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
            assertThat(addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)))
                    .containsExactly(own, addonFixture.column(id, "provider_ref"));
            assertThat(charged(id, server)).isEqualTo("0.00100000 EUR");
        }
    }

    @Test
    void repeatsASilentRequestOnlyAfterTheWaitingTime() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        var before = addonFixture.provider.requests().size();
        addonFixture.work(3);
        addonFixture.advance(Duration.ofMinutes(5));
        addonFixture.work(3);
        assertThat(addonFixture.provider.requests()).hasSize(before + 1);

        addonFixture.advance(Duration.ofMinutes(6));
        addonFixture.work(4);
        assertThat(addonFixture.provider.requests()).hasSize(before + 2);
        assertThat(addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)))
                .hasSize(1);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void findsALateAddressOnRetryByStaff() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT, ScriptedOutcome.SILENT, ScriptedOutcome.SILENT);
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        for (var i = 0; i < AddressTransactions.LOST_MAX; i++) {
            addonFixture.work(2);
            addonFixture.advance(Duration.ofMinutes(11));
        }
        addonFixture.work(2);
        assertThat(addonFixture.parked()).anyMatch(why -> why.contains("nothing came of it"));
        var before = addonFixture.provider.requests().size();
        var late = addonFixture.provider.addUnorderedAddress(addonFixture.serverIdOf(server));
        assertThat(addonFixture.billingFixture.<RetryOutcome>in(
                        () -> addonFixture.decisions.retry(id, "the vendor says that it is there")))
                .isEqualTo(new RetryOutcome.Retried());
        addonFixture.work(2);
        assertThat(addonFixture.column(id, "state || ' ' || provider_ref")).isEqualTo("ACTIVE " + late);
        assertThat(addonFixture.provider.requests()).hasSize(before);
    }

    @Test
    void parksAnOrderWhenMoreAddressesAppearThanRequested() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.work();
        var other = addonFixture.provider.addUnorderedAddress(addonFixture.serverIdOf(server));
        addonFixture.work();
        assertThat(addonFixture.parked()).anyMatch(why -> why.contains("more addresses came") && why.contains(other));
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");

        addonFixture.provider.removeAddress(other);
        assertThat(addonFixture.billingFixture.<RetryOutcome>in(
                        () -> addonFixture.decisions.retry(id, "the other one was a mistake")))
                .isEqualTo(new RetryOutcome.Retried());
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void chargesNothingForARefusedOrder() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
        assertThat(addonFixture.timeline(server)).containsExactly("further_address_ordered", "further_address_failed");
        assertThat(addonFixture.column(id, "failure")).contains("no such size");
    }

    @Test
    void parksAnAddressThatIsNotReadyInTime() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSlow(true);
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.work(2);
        addonFixture.advance(Duration.ofHours(2));
        addonFixture.work();
        var address = addonFixture.column(id, "provider_ref");
        assertThat(addonFixture.parked()).anyMatch(why -> why.contains(address + " is there, but does not lead"));

        assertThat(addonFixture.billingFixture.in(() -> addonFixture.decisions.giveUp(id, "the vendor says so")))
                .isTrue();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
    }

    @Test
    void completesAReleaseAfterTheWorkerDied() {
        var server = addonFixture.server("10");
        var id = addonFixture.createAddress(server);
        release(id);
        addonFixture.provider.nextOutcomes(ScriptedOutcome.DEATH_AFTER);
        addonFixture.work(2);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(charged(id, server)).isEqualTo("0.00100000 EUR");
    }

    @Test
    void repeatsAFailedRelease() {
        var server = addonFixture.server("10");
        var id = addonFixture.createAddress(server);
        release(id);
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT, ScriptedOutcome.FULL);
        addonFixture.work(4);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)))
                .isEmpty();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(charged(id, server)).isEqualTo("0.00100000 EUR");
    }

    private static AddonOutcome release(UUID address) {
        return addonFixture.billingFixture.in(() -> addonFixture.addresses.release(address));
    }

    private static String charged(UUID id, Rented server) {
        return addonFixture.charged(id, server.wallet()).toString();
    }
}

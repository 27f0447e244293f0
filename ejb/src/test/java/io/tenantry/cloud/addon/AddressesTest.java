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
        addonFixture.provider.slow(false);
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void chargesFromTheAssignmentOfTheAddress() {
        var server = addonFixture.server("10");
        addonFixture.provider.slow(true);
        var id = AddonFixture.done(addonFixture.reachMore(server));
        addonFixture.work(3);
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");
        assertThat(addonFixture.holds(id)).containsExactly("RESERVED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");

        addonFixture.charge(HOUR.multipliedBy(2));
        addonFixture.provider.ready();
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(addonFixture.column(id, "activated_at - ordered_at")).isEqualTo("02:00:00");
        assertThat(addonFixture.holds(id)).containsExactly("CAPTURED");
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
        var id = addonFixture.address(server);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(61)));
        assertThat(release(id)).isEqualTo(new AddonOutcome.Done(id));
        assertThat(charged(id, server)).isEqualTo("0.00200000 EUR");
        assertThat(release(id)).isEqualTo(new AddonOutcome.Busy());

        addonFixture.work(2);
        assertThat(addonFixture.provider.addressesOf(addonFixture.number(server)))
                .isEmpty();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATING");
        addonFixture.pass(Duration.ofMinutes(2));
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
        assertThat(addonFixture.reachMore(requestId, server)).isEqualTo(addonFixture.reachMore(requestId, server));
        addonFixture.work(3);
        assertThat(addonFixture.reachMore(requestId, server)).isEqualTo(new AddonOutcome.Done(requestId));
        addonFixture.work(2);
        assertThat(addonFixture.provider.addressesOf(addonFixture.number(server)))
                .hasSize(1);
        assertThat(addonFixture.holds(requestId)).containsExactly("CAPTURED");
        assertThat(charged(requestId, server)).isEqualTo("0.00100000 EUR");
    }

    @Test
    void refusesAnOrderWithInsufficientFundsWithoutAProviderCall() {
        var server = addonFixture.server("0.021");
        var before = addonFixture.provider.asked().size();
        assertThat(addonFixture.reachMore(server))
                .isEqualTo(new AddonOutcome.InsufficientFunds(addonFixture.billingFixture.money("0.001")));
        addonFixture.work();
        assertThat(addonFixture.provider.asked()).hasSize(before);
        assertThat(addonFixture.timeline(server)).isEmpty();
    }

    @Test
    void tellsTheAddressOfALostResponseFromExistingOnes() {
        for (var scriptedOutcome : new ScriptedOutcome[] {ScriptedOutcome.LOST, ScriptedOutcome.DEATH_AFTER}) {
            var server = addonFixture.server("10");
            var own = addonFixture.provider.addressAppears(addonFixture.number(server));
            addonFixture.provider.fates(scriptedOutcome);
            var id = AddonFixture.done(addonFixture.reachMore(server));
            addonFixture.work(3);
            assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
            assertThat(addonFixture.provider.addressesOf(addonFixture.number(server)))
                    .containsExactly(own, addonFixture.column(id, "provider_ref"));
            assertThat(charged(id, server)).isEqualTo("0.00100000 EUR");
        }
    }

    @Test
    void repeatsASilentRequestOnlyAfterTheWaitingTime() {
        var server = addonFixture.server("10");
        addonFixture.provider.fates(ScriptedOutcome.SILENT);
        var id = AddonFixture.done(addonFixture.reachMore(server));
        var before = addonFixture.provider.asked().size();
        addonFixture.work(3);
        addonFixture.pass(Duration.ofMinutes(5));
        addonFixture.work(3);
        assertThat(addonFixture.provider.asked()).hasSize(before + 1);

        addonFixture.pass(Duration.ofMinutes(6));
        addonFixture.work(4);
        assertThat(addonFixture.provider.asked()).hasSize(before + 2);
        assertThat(addonFixture.provider.addressesOf(addonFixture.number(server)))
                .hasSize(1);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void findsALateAddressOnRetryByStaff() {
        var server = addonFixture.server("10");
        addonFixture.provider.fates(ScriptedOutcome.SILENT, ScriptedOutcome.SILENT, ScriptedOutcome.SILENT);
        var id = AddonFixture.done(addonFixture.reachMore(server));
        for (var i = 0; i < AddressTransactions.LOST_MAX; i++) {
            addonFixture.work(2);
            addonFixture.pass(Duration.ofMinutes(11));
        }
        addonFixture.work(2);
        assertThat(addonFixture.parked()).anyMatch(why -> why.contains("nothing came of it"));
        var before = addonFixture.provider.asked().size();
        var late = addonFixture.provider.addressAppears(addonFixture.number(server));
        assertThat(addonFixture.billingFixture.<RetryOutcome>in(
                        () -> addonFixture.decisions.retry(id, "the vendor says that it is there")))
                .isEqualTo(new RetryOutcome.Retried());
        addonFixture.work(2);
        assertThat(addonFixture.column(id, "state || ' ' || provider_ref")).isEqualTo("ACTIVE " + late);
        assertThat(addonFixture.provider.asked()).hasSize(before);
    }

    @Test
    void parksAnOrderWhenMoreAddressesAppearThanRequested() {
        var server = addonFixture.server("10");
        addonFixture.provider.fates(ScriptedOutcome.LOST);
        var id = AddonFixture.done(addonFixture.reachMore(server));
        addonFixture.work();
        var other = addonFixture.provider.addressAppears(addonFixture.number(server));
        addonFixture.work();
        assertThat(addonFixture.parked()).anyMatch(why -> why.contains("more addresses came") && why.contains(other));
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");

        addonFixture.provider.losesAddress(other);
        assertThat(addonFixture.billingFixture.<RetryOutcome>in(
                        () -> addonFixture.decisions.retry(id, "the other one was a mistake")))
                .isEqualTo(new RetryOutcome.Retried());
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void chargesNothingForARefusedOrder() {
        var server = addonFixture.server("10");
        addonFixture.provider.fates(ScriptedOutcome.REFUSED);
        var id = AddonFixture.done(addonFixture.reachMore(server));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
        assertThat(addonFixture.timeline(server)).containsExactly("further_address_ordered", "further_address_failed");
        assertThat(addonFixture.column(id, "failure")).contains("no such size");
    }

    @Test
    void parksAnAddressThatIsNotReadyInTime() {
        var server = addonFixture.server("10");
        addonFixture.provider.slow(true);
        var id = AddonFixture.done(addonFixture.reachMore(server));
        addonFixture.work(2);
        addonFixture.pass(Duration.ofHours(2));
        addonFixture.work();
        var address = addonFixture.column(id, "provider_ref");
        assertThat(addonFixture.parked()).anyMatch(why -> why.contains(address + " is there, but does not lead"));

        assertThat(addonFixture.billingFixture.in(() -> addonFixture.decisions.giveUp(id, "the vendor says so")))
                .isTrue();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
    }

    @Test
    void completesAReleaseAfterTheWorkerDied() {
        var server = addonFixture.server("10");
        var id = addonFixture.address(server);
        release(id);
        addonFixture.provider.fates(ScriptedOutcome.DEATH_AFTER);
        addonFixture.work(2);
        addonFixture.pass(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(charged(id, server)).isEqualTo("0.00100000 EUR");
    }

    @Test
    void repeatsAFailedRelease() {
        var server = addonFixture.server("10");
        var id = addonFixture.address(server);
        release(id);
        addonFixture.provider.fates(ScriptedOutcome.SILENT, ScriptedOutcome.FULL);
        addonFixture.work(4);
        addonFixture.pass(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.provider.addressesOf(addonFixture.number(server)))
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

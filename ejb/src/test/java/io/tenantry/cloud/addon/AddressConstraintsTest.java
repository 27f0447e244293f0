package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.addon.ScriptedAddonProvider.ScriptedOutcome;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits on the number of further addresses, one after the other, and their handling when their server ends. */
class AddressConstraintsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static AddonFixture addonFixture;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed-ip-rules");
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
    void allowsOneOrderAtATimeUpToTheLimitOfTheProvider() {
        var server = addonFixture.server("10");
        assertThat(choice(server).isOffered()).isTrue();
        assertThat(addonFixture.orderAddress(server)).isInstanceOf(AddonOutcome.Done.class);
        assertThat(addonFixture.orderAddress(server)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        var second = addonFixture.createAddress(server);
        assertThat(choice(server).isFull()).isTrue();
        assertThat(addonFixture.orderAddress(server)).isEqualTo(new AddonOutcome.TooMany(2));
        assertThat(choice(server).all())
                .extracting(AddonQuery.AddonView::name)
                .containsExactlyInAnyOrderElementsOf(
                        addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)));

        release(second);
        assertThat(addonFixture.orderAddress(server)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(addonFixture.createAddress(server))).isEqualTo("ACTIVE");
    }

    @Test
    void refusesOrdersWithoutAnOfferOrAtAnotherPrice() {
        var server = addonFixture.server("10");
        assertThat(order(addonFixture, server)).isEqualTo(new AddonOutcome.PriceChanged());
        var other = new AddonFixture("shed-ip-bare");
        assertThat(order(other, other.server("10"))).isEqualTo(new AddonOutcome.NotOffered());
    }

    @Test
    void releasesAnAddressAndStopsChargingWithItsServer() {
        var server = addonFixture.server("10");
        var id = addonFixture.createAddress(server);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(90)));
        addonFixture.terminate(server);
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATING");
        assertThat(charged(id, server)).isEqualTo("0.00200000 EUR");
        addonFixture.work(2);
        assertThat(addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)))
                .isEmpty();
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        addonFixture.charge(HOUR.multipliedBy(5));
        assertThat(charged(id, server)).isEqualTo("0.00200000 EUR");
    }

    @Test
    void releasesAPendingAddressFreeOfChargeWithItsServer() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSlow(true);
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.work(2);
        assertThat(addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)))
                .hasSize(1);
        addonFixture.terminate(server);
        addonFixture.work(2);
        assertThat(addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)))
                .isEmpty();
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
    }

    @Test
    void releasesALostAddressWithItsServer() {
        var server = addonFixture.server("10");
        var own = addonFixture.provider.addUnorderedAddress(addonFixture.serverIdOf(server));
        addonFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.work();
        addonFixture.terminate(server);
        addonFixture.work(2);
        assertThat(addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)))
                .containsExactly(own);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
    }

    @Test
    void failsAnUnrequestedOrderWithItsServer() {
        var server = addonFixture.server("10");
        var before = addonFixture.provider.requests().size();
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.terminate(server);
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(addonFixture.provider.requests()).hasSize(before);
    }

    @Test
    void doesNotCallTheProviderDuringARebuild() {
        var server = addonFixture.server("10");
        addonFixture.setPendingOperation(server, "REBUILD");
        var before = addonFixture.provider.requests().size();
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.work(2);
        assertThat(addonFixture.provider.requests()).hasSize(before);
        addonFixture.setPendingOperation(server, null);
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void doesNotRequestAnAddressWhileAnotherIsReleased() {
        var server = addonFixture.server("10");
        var first = addonFixture.createAddress(server);
        addonFixture.setPendingOperation(server, "REBUILD");
        var second = AddonFixture.idOf(addonFixture.orderAddress(server));
        release(first);
        addonFixture.setPendingOperation(server, null);
        addonFixture.work(3);
        assertThat(addonFixture.state(second)).isEqualTo("ORDERED");
        assertThat(addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)))
                .isEmpty();
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work(4);
        assertThat(addonFixture.state(first)).isEqualTo("TERMINATED");
        assertThat(addonFixture.state(second)).isEqualTo("ACTIVE");
    }

    @Test
    void doesNotReleaseAnAddressWhileAnOrderIsUnclear() {
        var server = addonFixture.server("10");
        var first = addonFixture.createAddress(server);
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
        var second = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.work();
        release(first);
        addonFixture.work(3);
        assertThat(addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)))
                .containsExactly(addonFixture.column(first, "provider_ref"));
        assertThat(charged(first, server)).isEqualTo("0.00100000 EUR");

        var late = addonFixture.provider.addUnorderedAddress(addonFixture.serverIdOf(server));
        addonFixture.work(4);
        assertThat(addonFixture.column(second, "state || ' ' || provider_ref")).isEqualTo("ACTIVE " + late);
        assertThat(addonFixture.provider.addressesOf(addonFixture.serverIdOf(server)))
                .containsExactly(late);
    }

    @Test
    void listsAnAddressForReverseDnsUntilItIsReleased() {
        var server = addonFixture.server("10");
        addonFixture.provider.setSlow(true);
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.work(2);
        addonFixture.provider.addServer(addonFixture.serverIdOf(server), server.service());
        addonFixture.provider.completePending();
        addonFixture.work();
        var address = addonFixture.column(id, "provider_ref");
        assertThat(addonFixture.addressesOf(server)).containsExactly(address);

        release(id);
        addonFixture.work(2);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.addressesOf(server)).isEmpty();
    }

    @Test
    void doesNotRequestAnAddressForAReusedServerId() {
        var server = addonFixture.server("10");
        var id = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.reassignServerId(id);
        var before = addonFixture.provider.requests().size();
        addonFixture.work();
        assertThat(addonFixture.provider.requests()).hasSize(before);
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
    }

    @Test
    void doesNotReleaseAnAddressOfAReusedServerId() {
        var server = addonFixture.server("10");
        var id = addonFixture.createAddress(server);
        release(id);
        addonFixture.reassignServerId(id);
        var before = addonFixture.provider.requests().size();
        addonFixture.work();
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.provider.requests()).hasSize(before);
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
    }

    @Test
    void listsFailedOrdersLastWithoutCountingThem() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        var failed = AddonFixture.idOf(addonFixture.orderAddress(server));
        addonFixture.work();
        var id = addonFixture.createAddress(server);
        assertThat(choice(server).all()).extracting(AddonQuery.AddonView::id).containsExactly(id, failed);
        assertThat(choice(server).isOffered()).isTrue();
    }

    private static AddonOutcome order(AddonFixture where, Rented server) {
        return where.billingFixture.in(
                () -> where.addresses.take(UUID.randomUUID(), server.service(), UUID.randomUUID()));
    }

    private static AddressQuery.Choice choice(Rented server) {
        return addonFixture.billingFixture.in(() -> addonFixture.addressQuery.choice(server.service()));
    }

    private static AddonOutcome release(UUID address) {
        return addonFixture.billingFixture.in(() -> addonFixture.addresses.release(address));
    }

    private static String charged(UUID id, Rented server) {
        return addonFixture.charged(id, server.wallet()).toString();
    }
}

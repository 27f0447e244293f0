package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.addon.AddonOrderFixture.Customer;
import io.tenantry.cloud.addon.AddonSelection.Extra;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import io.tenantry.cloud.provisioning.ServiceOrders;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server with backups, a volume and addresses, ordered at once: all of it or nothing. */
class ServerOrdersTest {
    private static final ProvisioningTarget.Placement PLACE =
            new ProvisioningTarget.Placement(ScriptedAddonProvider.ACCOUNT, "fra", "small", "plain");
    private static final Currency EUR = Currency.getInstance("EUR");

    private static AddonOrderFixture room;

    @BeforeAll
    static void open() {
        room = new AddonOrderFixture("showroom");
        room.publish();
    }

    @Test
    void activatesAllAddonsWithTheirServer() {
        var customer = room.customer("10");
        var asked = room.addonFixture.provider.asked().size();
        var service = room.ordered(customer, room.everything());
        assertThat(room.held(customer)).isEqualTo(room.addonFixture.billingFixture.money("0.036"));
        room.addonFixture.work(3);
        assertThat(room.state(service)).isEqualTo("PROVISIONING");
        assertThat(room.options(service, "kind || ' ' || state || ' ' || quantity"))
                .containsExactly("ADDRESS ORDERED 1", "ADDRESS ORDERED 1", "BACKUP ORDERED 1", "VOLUME ORDERED 10");
        assertThat(room.addonFixture.provider.asked()).hasSize(asked);
        assertThat(room.addonFixture.violations()).isEmpty();

        room.settle();
        assertThat(room.options(service, "kind || ' ' || state || ' ' || attached || ' ' || coalesce(policy, '-')"))
                .containsExactly(
                        "ADDRESS ACTIVE false -",
                        "ADDRESS ACTIVE false -",
                        "BACKUP ACTIVE false DAILY",
                        "VOLUME ACTIVE true -");
        assertThat(room.options(service, "name")).contains("backups", "web-data");
        assertThat(room.options(service, "coalesce(provider_ref, '-')").subList(0, 2))
                .doesNotHaveDuplicates()
                .doesNotContain("-");
        assertThat(room.held(customer)).isEqualTo(room.addonFixture.billingFixture.money("0"));
        assertThat(room.addonFixture.billingFixture.balance(customer.wallet()))
                .isEqualTo(room.addonFixture.billingFixture.money("9.982"));
        assertThat(room.addonFixture.parked()).isEmpty();
        assertThat(room.addonFixture.violations()).isEmpty();
    }

    @Test
    void requestsAddressesOneAfterAnother() {
        var customer = room.customer("10");
        room.addonFixture.provider.slow(true);
        var service = room.ordered(customer, new AddonSelection(List.of(Extra.addresses(2, Optional.empty()))));
        var asked = room.addonFixture.provider.asked().size();
        room.addonFixture.work();
        room.settle();
        assertThat(room.addonFixture.provider.asked()).hasSize(asked + 1);
        assertThat(room.options(service, "state || ' ' || (known_addresses is not null)"))
                .containsExactlyInAnyOrder("ORDERED true", "ORDERED false");
        room.addonFixture.provider.ready();
        room.addonFixture.work(4);
        assertThat(room.options(service, "state")).containsExactlyInAnyOrder("ACTIVE", "ORDERED");
        room.addonFixture.provider.ready();
        room.addonFixture.work(2);
        room.addonFixture.provider.slow(false);
        assertThat(room.options(service, "state")).containsOnly("ACTIVE");
        assertThat(room.options(service, "provider_ref")).doesNotHaveDuplicates();
        assertThat(room.addonFixture.parked()).isEmpty();
        assertThat(room.addonFixture.violations()).isEmpty();
    }

    @Test
    void failsAddonsWithTheirServer() {
        var customer = room.customer("10");
        var service = room.ordered(customer, room.everything());
        room.addonFixture.work();
        var asked = room.addonFixture.provider.asked().size();
        room.addonFixture.provider.all(ProviderServer.State.FAILED);
        room.addonFixture.work(3);
        assertThat(room.state(service)).isEqualTo("FAILED");
        assertNothingCame(customer, service, asked);
    }

    @Test
    void givesUpAddonsWithAnUnclearServer() {
        var customer = room.customer("10");
        var service = room.ordered(customer, room.everything());
        var asked = room.addonFixture.provider.asked().size();
        room.addonFixture.provider.shows("stray-1", service);
        room.addonFixture.provider.shows("stray-2", service);
        room.addonFixture.work(3);
        assertThat(room.state(service)).isEqualTo("UNKNOWN");
        assertThat(room.options(service, "state")).containsOnly("ORDERED");
        assertThat(room.addonFixture.violations()).isEmpty();
        room.giveUp(service);
        room.addonFixture.work(2);
        assertNothingCame(customer, service, asked);
    }

    private static void assertNothingCame(Customer customer, UUID service, int asked) {
        assertThat(room.options(service, "state")).hasSize(4).containsOnly("FAILED");
        assertThat(room.held(customer)).isEqualTo(room.addonFixture.billingFixture.money("0"));
        assertThat(room.addonFixture.billingFixture.balance(customer.wallet()))
                .isEqualTo(room.addonFixture.billingFixture.money("10"));
        assertThat(room.addonFixture.provider.asked()).hasSize(asked);
        assertThat(room.addonFixture.violations()).isEmpty();
    }

    @Test
    void ordersNothingWithInsufficientFundsForTheTotal() {
        var enoughForTwo = room.customer("0.03");
        assertRefused(
                enoughForTwo,
                room.everything(),
                AddonType.BACKUP,
                new AddonOutcome.InsufficientFunds(room.addonFixture.billingFixture.money("0.006")));
        var enoughForNone = room.customer("0.01");
        assertThat(room.order(enoughForNone, room.everything()))
                .isEqualTo(
                        new ServiceOrders.Outcome.InsufficientFunds(room.addonFixture.billingFixture.money("0.026")));
        assertNothingIsOrdered(enoughForNone);
        assertThat(room.order(enoughForTwo, AddonSelection.NONE)).isInstanceOf(ServiceOrders.Outcome.Done.class);
    }

    @Test
    void refusesAnOrderAtAnotherPrice() {
        var other = new AddonOrderFixture("showroom-dear");
        other.publish();
        var addonSelection = other.everything();
        other.addonFixture.billingFixture.clock.stopAt(AddonFixture.NOON.plusSeconds(60));
        other.addonFixture.publish(AddonType.VOLUME, "0.146");
        var customer = other.customer("10");
        assertThatThrownBy(() -> other.order(customer, addonSelection))
                .asInstanceOf(InstanceOfAssertFactories.type(AddonRefusedException.class))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(AddonType.VOLUME))
                .satisfies(refused -> assertThat(refused.why()).isEqualTo(new AddonOutcome.PriceChanged()));
        assertThat(other.rows("service", "wallet_id", customer.wallet())).isZero();
        assertThat(other.order(customer, other.everything())).isInstanceOf(ServiceOrders.Outcome.Done.class);
    }

    @Test
    void returnsTheSameServiceForARepeatedKeyAndRefusesAnotherSelection() {
        var customer = room.customer("10");
        var first = room.order(customer, room.everything(), "my key");
        assertThat(room.order(customer, room.everything(), "my key")).isEqualTo(first);
        var service = ((ServiceOrders.Outcome.Done) first).serviceId();
        assertThat(room.options(service, "state")).hasSize(4);
        assertThat(room.held(customer)).isEqualTo(room.addonFixture.billingFixture.money("0.036"));
        assertThatThrownBy(() -> room.order(customer, AddonSelection.NONE, "my key"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAddonsUnavailableInTheRegion() {
        var customer = room.customer("10");
        var most = room.addonFixture.provider.addressesMax();
        var tooMany = new AddonSelection(List.of(Extra.addresses(most + 1, Optional.empty())));
        assertRefused(customer, tooMany, AddonType.ADDRESS, new AddonOutcome.NotSupported());
        var tiny = new AddonSelection(List.of(Extra.volume(9, Optional.empty())));
        assertRefused(
                customer,
                tiny,
                AddonType.VOLUME,
                new AddonOutcome.BadSize(VolumeOrders.SIZE_MIN_GIB, VolumeOrders.SIZE_MAX_GIB));
        var usual = new AddonSelection(List.of(Extra.backups(Optional.empty(), Optional.empty())));
        assertRefused(customer, usual, AddonType.BACKUP, new AddonOutcome.NotSupported());
    }

    private static void assertRefused(
            Customer customer, AddonSelection addonSelection, AddonType kind, AddonOutcome why) {
        assertThatThrownBy(() -> room.order(customer, addonSelection))
                .asInstanceOf(InstanceOfAssertFactories.type(AddonRefusedException.class))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind))
                .satisfies(refused -> assertThat(refused.why()).isEqualTo(why));
        assertNothingIsOrdered(customer);
    }

    private static void assertNothingIsOrdered(Customer customer) {
        assertThat(room.rows("service", "wallet_id", customer.wallet())).isZero();
        assertThat(room.rows("addon", "wallet_id", customer.wallet())).isZero();
        assertThat(room.rows("wallet_reservation", "wallet_id", customer.wallet()))
                .isZero();
    }

    @Test
    void refusesAnOrderWithoutPermission() {
        var customer = room.customer("10");
        var eve = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        var stranger = new Customer(customer.organization(), eve, customer.wallet());
        var addonSelection = room.everything();
        assertThatThrownBy(() -> room.order(stranger, addonSelection)).isInstanceOf(NotFoundException.class);
        assertNothingIsOrdered(customer);
    }

    @Test
    void normalizesTheOrderOfSelectedAddons() {
        var disk = Extra.volume(10, Optional.empty());
        var address = Extra.addresses(1, Optional.empty());
        assertThat(new AddonSelection(List.of(disk, address)))
                .hasToString(new AddonSelection(List.of(address, disk)).toString());
        assertThatThrownBy(() -> new AddonSelection(List.of(disk, disk))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Extra.addresses(0, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Extra(AddonType.SNAPSHOT, 1, Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void derivesAValidVolumeNameFromTheHostname() {
        assertThat(ServerOrders.volumeName("web.example.net")).isEqualTo("web.example.net-data");
        var longest = ServerOrders.volumeName("a".repeat(63));
        assertThat(longest).endsWith("a-data").matches(VolumeOrders::isName);
    }

    @Test
    void offersSupportedAddonsWithAPrice() {
        var offered = room.addonFixture.billingFixture.in(() -> room.offers.offered(Optional.of(PLACE), EUR));
        assertThat(offered.backups())
                .extracting(one -> one.retention().policy())
                .containsExactly(Optional.of(Policy.DAILY), Optional.of(Policy.WEEKLY));
        assertThat(offered.volume())
                .map(AddonPricing.Offer::unit)
                .contains(room.addonFixture.billingFixture.money("0.073"));
        assertThat(offered.address())
                .map(AddonPricing.Offer::unit)
                .contains(room.addonFixture.billingFixture.money("0.73"));
        assertThat(offered.addressesMax()).isEqualTo(room.addonFixture.provider.addressesMax());
        assertThat(room.addonFixture.billingFixture.in(() -> room.offers.offered(Optional.empty(), EUR)))
                .matches(AddonOffers.Offered::isNothing);
        assertThat(room.addonFixture.billingFixture.in(
                        () -> room.offers.offered(Optional.of(PLACE), Currency.getInstance("USD"))))
                .matches(AddonOffers.Offered::isNothing);
        var bare = new AddonOrderFixture("showroom-bare");
        assertThat(bare.addonFixture.billingFixture.in(() -> bare.offers.offered(Optional.of(PLACE), EUR)))
                .matches(AddonOffers.Offered::isNothing);
    }
}

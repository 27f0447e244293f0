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
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server with backups, a volume and addresses, ordered at once: all of it or nothing. */
class ServerOrdersTest {
    private static final ProvisioningTarget.Placement PLACE =
            new ProvisioningTarget.Placement(ScriptedAddonProvider.ACCOUNT, "fra", "small", "plain");
    private static final Currency EUR = Currency.getInstance("EUR");

    private static AddonOrderFixture orderFixture;

    @BeforeAll
    static void open() {
        orderFixture = new AddonOrderFixture("showroom");
        orderFixture.publish();
    }

    @BeforeEach
    void completeEarlierOrders() {
        orderFixture.addonFixture.work();
        orderFixture.completeOrders();
    }

    @Test
    void activatesAllAddonsWithTheirServer() {
        var customer = orderFixture.customer("10");
        var asked = orderFixture.addonFixture.provider.requests().size();
        var service = orderFixture.ordered(customer, orderFixture.allAddons());
        assertThat(orderFixture.reserved(customer)).isEqualTo(orderFixture.addonFixture.billingFixture.money("0.036"));
        orderFixture.addonFixture.work(3);
        assertThat(orderFixture.state(service)).isEqualTo("PROVISIONING");
        assertThat(orderFixture.addons(service, "kind || ' ' || state || ' ' || quantity"))
                .containsExactly("ADDRESS ORDERED 1", "ADDRESS ORDERED 1", "BACKUP ORDERED 1", "VOLUME ORDERED 10");
        assertThat(orderFixture.addonFixture.provider.requests()).hasSize(asked);
        assertThat(orderFixture.addonFixture.violations()).isEmpty();

        orderFixture.completeOrders();
        assertThat(orderFixture.addons(
                        service, "kind || ' ' || state || ' ' || attached || ' ' || coalesce(policy, '-')"))
                .containsExactly(
                        "ADDRESS ACTIVE false -",
                        "ADDRESS ACTIVE false -",
                        "BACKUP ACTIVE false DAILY",
                        "VOLUME ACTIVE true -");
        assertThat(orderFixture.addons(service, "name")).contains("backups", "web-data");
        assertThat(orderFixture.addons(service, "coalesce(provider_ref, '-')").subList(0, 2))
                .doesNotHaveDuplicates()
                .doesNotContain("-");
        assertThat(orderFixture.reserved(customer)).isEqualTo(orderFixture.addonFixture.billingFixture.money("0"));
        assertThat(orderFixture.addonFixture.billingFixture.balance(customer.wallet()))
                .isEqualTo(orderFixture.addonFixture.billingFixture.money("9.982"));
        assertThat(orderFixture.addonFixture.parked()).isEmpty();
        assertThat(orderFixture.addonFixture.violations()).isEmpty();
    }

    @Test
    void requestsAddressesOneAfterAnother() {
        var customer = orderFixture.customer("10");
        orderFixture.addonFixture.provider.setSlow(true);
        var service = orderFixture.ordered(customer, new AddonSelection(List.of(Extra.addresses(2, Optional.empty()))));
        var asked = orderFixture.addonFixture.provider.requests().size();
        orderFixture.addonFixture.work();
        orderFixture.completeOrders();
        assertThat(orderFixture.addonFixture.provider.requests()).hasSize(asked + 1);
        assertThat(orderFixture.addons(service, "state || ' ' || (known_addresses is not null)"))
                .containsExactlyInAnyOrder("ORDERED true", "ORDERED false");
        orderFixture.addonFixture.provider.completePending();
        orderFixture.addonFixture.work(4);
        assertThat(orderFixture.addons(service, "state")).containsExactlyInAnyOrder("ACTIVE", "ORDERED");
        orderFixture.addonFixture.provider.completePending();
        orderFixture.addonFixture.work(2);
        orderFixture.addonFixture.provider.setSlow(false);
        assertThat(orderFixture.addons(service, "state")).containsOnly("ACTIVE");
        assertThat(orderFixture.addons(service, "provider_ref")).doesNotHaveDuplicates();
        assertThat(orderFixture.addonFixture.parked()).isEmpty();
        assertThat(orderFixture.addonFixture.violations()).isEmpty();
    }

    @Test
    void failsAddonsWithTheirServer() {
        var customer = orderFixture.customer("10");
        var service = orderFixture.ordered(customer, orderFixture.allAddons());
        orderFixture.addonFixture.work();
        var asked = orderFixture.addonFixture.provider.requests().size();
        orderFixture.addonFixture.provider.setServerStates(ProviderServer.State.FAILED);
        orderFixture.addonFixture.work(3);
        assertThat(orderFixture.state(service)).isEqualTo("FAILED");
        assertNothingDelivered(customer, service, asked);
    }

    @Test
    void givesUpAddonsWithAnUnclearServer() {
        var customer = orderFixture.customer("10");
        var service = orderFixture.ordered(customer, orderFixture.allAddons());
        var asked = orderFixture.addonFixture.provider.requests().size();
        orderFixture.addonFixture.provider.addServer("stray-1", service);
        orderFixture.addonFixture.provider.addServer("stray-2", service);
        orderFixture.addonFixture.work(3);
        assertThat(orderFixture.state(service)).isEqualTo("UNKNOWN");
        assertThat(orderFixture.addons(service, "state")).containsOnly("ORDERED");
        assertThat(orderFixture.addonFixture.violations()).isEmpty();
        orderFixture.giveUp(service);
        orderFixture.addonFixture.work(2);
        assertNothingDelivered(customer, service, asked);
    }

    private static void assertNothingDelivered(Customer customer, UUID service, int asked) {
        assertThat(orderFixture.addons(service, "state")).hasSize(4).containsOnly("FAILED");
        assertThat(orderFixture.reserved(customer)).isEqualTo(orderFixture.addonFixture.billingFixture.money("0"));
        assertThat(orderFixture.addonFixture.billingFixture.balance(customer.wallet()))
                .isEqualTo(orderFixture.addonFixture.billingFixture.money("10"));
        assertThat(orderFixture.addonFixture.provider.requests()).hasSize(asked);
        assertThat(orderFixture.addonFixture.violations()).isEmpty();
    }

    @Test
    void ordersNothingWithInsufficientFundsForTheTotal() {
        var enoughForTwo = orderFixture.customer("0.03");
        assertRefused(
                enoughForTwo,
                orderFixture.allAddons(),
                AddonType.BACKUP,
                new AddonOutcome.InsufficientFunds(orderFixture.addonFixture.billingFixture.money("0.006")));
        var enoughForNone = orderFixture.customer("0.01");
        assertThat(orderFixture.order(enoughForNone, orderFixture.allAddons()))
                .isEqualTo(new ServiceOrders.Outcome.InsufficientFunds(
                        orderFixture.addonFixture.billingFixture.money("0.026")));
        assertNothingOrdered(enoughForNone);
        assertThat(orderFixture.order(enoughForTwo, AddonSelection.NONE))
                .isInstanceOf(ServiceOrders.Outcome.Done.class);
    }

    @Test
    void refusesAnOrderAtAnotherPrice() {
        var other = new AddonOrderFixture("showroom-dear");
        other.publish();
        var addonSelection = other.allAddons();
        other.addonFixture.billingFixture.clock.stopAt(AddonFixture.NOON.plusSeconds(60));
        other.addonFixture.publish(AddonType.VOLUME, "0.146");
        var customer = other.customer("10");
        assertThatThrownBy(() -> other.order(customer, addonSelection))
                .asInstanceOf(InstanceOfAssertFactories.type(AddonRefusedException.class))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(AddonType.VOLUME))
                .satisfies(refused -> assertThat(refused.why()).isEqualTo(new AddonOutcome.PriceChanged()));
        assertThat(other.rows("service", "wallet_id", customer.wallet())).isZero();
        assertThat(other.order(customer, other.allAddons())).isInstanceOf(ServiceOrders.Outcome.Done.class);
    }

    @Test
    void returnsTheSameServiceForARepeatedKeyAndRefusesAnotherSelection() {
        var customer = orderFixture.customer("10");
        var first = orderFixture.order(customer, orderFixture.allAddons(), "my key");
        assertThat(orderFixture.order(customer, orderFixture.allAddons(), "my key"))
                .isEqualTo(first);
        var service = ((ServiceOrders.Outcome.Done) first).serviceId();
        assertThat(orderFixture.addons(service, "state")).hasSize(4);
        assertThat(orderFixture.reserved(customer)).isEqualTo(orderFixture.addonFixture.billingFixture.money("0.036"));
        assertThat(orderFixture.order(customer, AddonSelection.NONE, "my key"))
                .isEqualTo(new ServiceOrders.Outcome.AlreadyOrdered(service));
        assertThat(orderFixture.rows("service", "wallet_id", customer.wallet())).isOne();
    }

    @Test
    void keyOfARefusedOrderCanBeUsedForAnotherOne() {
        var customer = orderFixture.customer("0.001");
        var missing = missing(orderFixture.order(customer, orderFixture.allAddons(), "my key"));
        assertThat(missing(orderFixture.order(customer, AddonSelection.NONE, "my key")))
                .isLessThan(missing);
        assertThat(orderFixture.rows("service", "wallet_id", customer.wallet())).isZero();
    }

    private static BigDecimal missing(ServiceOrders.Outcome outcome) {
        return ((ServiceOrders.Outcome.InsufficientFunds) outcome).missing().amount();
    }

    @Test
    void refusesAddonsUnavailableInTheRegion() {
        var customer = orderFixture.customer("10");
        var most = orderFixture.addonFixture.provider.addressesMax();
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
        assertThatThrownBy(() -> orderFixture.order(customer, addonSelection))
                .asInstanceOf(InstanceOfAssertFactories.type(AddonRefusedException.class))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind))
                .satisfies(refused -> assertThat(refused.why()).isEqualTo(why));
        assertNothingOrdered(customer);
    }

    private static void assertNothingOrdered(Customer customer) {
        assertThat(orderFixture.rows("service", "wallet_id", customer.wallet())).isZero();
        assertThat(orderFixture.rows("addon", "wallet_id", customer.wallet())).isZero();
        assertThat(orderFixture.rows("wallet_reservation", "wallet_id", customer.wallet()))
                .isZero();
    }

    @Test
    void refusesAnOrderWithoutPermission() {
        var customer = orderFixture.customer("10");
        var eve = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        var stranger = new Customer(customer.organization(), eve, customer.wallet());
        var addonSelection = orderFixture.allAddons();
        assertThatThrownBy(() -> orderFixture.order(stranger, addonSelection)).isInstanceOf(NotFoundException.class);
        assertNothingOrdered(customer);
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
        var offered =
                orderFixture.addonFixture.billingFixture.in(() -> orderFixture.offers.offered(Optional.of(PLACE), EUR));
        assertThat(offered.backups())
                .extracting(one -> one.retention().policy())
                .containsExactly(Optional.of(Policy.DAILY), Optional.of(Policy.WEEKLY));
        assertThat(offered.volume())
                .map(AddonPricing.Offer::unit)
                .contains(orderFixture.addonFixture.billingFixture.money("0.073"));
        assertThat(offered.address())
                .map(AddonPricing.Offer::unit)
                .contains(orderFixture.addonFixture.billingFixture.money("0.73"));
        assertThat(offered.addressesMax()).isEqualTo(orderFixture.addonFixture.provider.addressesMax());
        assertThat(orderFixture.addonFixture.billingFixture.in(
                        () -> orderFixture.offers.offered(Optional.empty(), EUR)))
                .matches(AddonOffers.Offered::isNothing);
        assertThat(orderFixture.addonFixture.billingFixture.in(
                        () -> orderFixture.offers.offered(Optional.of(PLACE), Currency.getInstance("USD"))))
                .matches(AddonOffers.Offered::isNothing);
        var bare = new AddonOrderFixture("showroom-bare");
        assertThat(bare.addonFixture.billingFixture.in(() -> bare.offers.offered(Optional.of(PLACE), EUR)))
                .matches(AddonOffers.Offered::isNothing);
    }
}

package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.NotVisible;
import io.tenantry.options.Extras.Extra;
import io.tenantry.options.Showroom.Customer;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.Services;
import io.tenantry.provisioning.Upstream;
import io.tenantry.tenancy.Actor;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server with backups, a volume and addresses, ordered at once: all of it or nothing. */
class WholeOrdersTest {
    private static final Upstream.Place PLACE = new Upstream.Place(Warehouse.ACCOUNT, "fra", "small", "plain");
    private static final Currency EUR = Currency.getInstance("EUR");

    private static Showroom room;

    @BeforeAll
    static void open() {
        room = new Showroom("showroom");
        room.publish();
    }

    @Test
    void allOfItWaitsForItsServerAndComesUpWithIt() {
        var customer = room.customer("10");
        var asked = room.shed.vendor.asked().size();
        var service = room.ordered(customer, room.everything());
        assertThat(room.held(customer)).isEqualTo(room.shed.books.money("0.036"));
        room.shed.work(3);
        assertThat(room.state(service)).isEqualTo("PROVISIONING");
        assertThat(room.options(service, "kind || ' ' || state || ' ' || quantity"))
                .containsExactly("ADDRESS ORDERED 1", "ADDRESS ORDERED 1", "BACKUP ORDERED 1", "VOLUME ORDERED 10");
        assertThat(room.shed.vendor.asked()).hasSize(asked);
        assertThat(room.shed.violations()).isEmpty();

        room.settle();
        assertThat(room.options(service, "kind || ' ' || state || ' ' || attached || ' ' || coalesce(policy, '-')"))
                .containsExactly(
                        "ADDRESS ACTIVE false -",
                        "ADDRESS ACTIVE false -",
                        "BACKUP ACTIVE false DAILY",
                        "VOLUME ACTIVE true -");
        assertThat(room.options(service, "name")).contains("backups", "web-data");
        assertThat(room.options(service, "coalesce(upstream_id, '-')").subList(0, 2))
                .doesNotHaveDuplicates()
                .doesNotContain("-");
        assertThat(room.held(customer)).isEqualTo(room.shed.books.money("0"));
        assertThat(room.shed.books.balance(customer.wallet())).isEqualTo(room.shed.books.money("9.982"));
        assertThat(room.shed.parked()).isEmpty();
        assertThat(room.shed.violations()).isEmpty();
    }

    @Test
    void addressesAreAskedForOneAfterTheOther() {
        var customer = room.customer("10");
        room.shed.vendor.slow(true);
        var service = room.ordered(customer, new Extras(List.of(Extra.addresses(2, Optional.empty()))));
        var asked = room.shed.vendor.asked().size();
        room.shed.work();
        room.settle();
        assertThat(room.shed.vendor.asked()).hasSize(asked + 1);
        assertThat(room.options(service, "state || ' ' || (beside is not null)"))
                .containsExactlyInAnyOrder("ORDERED true", "ORDERED false");
        room.shed.vendor.ready();
        room.shed.work(4);
        assertThat(room.options(service, "state")).containsExactlyInAnyOrder("ACTIVE", "ORDERED");
        room.shed.vendor.ready();
        room.shed.work(2);
        room.shed.vendor.slow(false);
        assertThat(room.options(service, "state")).containsOnly("ACTIVE");
        assertThat(room.options(service, "upstream_id")).doesNotHaveDuplicates();
        assertThat(room.shed.parked()).isEmpty();
        assertThat(room.shed.violations()).isEmpty();
    }

    @Test
    void whatTheServerFailsWithFailsToo() {
        var customer = room.customer("10");
        var service = room.ordered(customer, room.everything());
        room.shed.work();
        var asked = room.shed.vendor.asked().size();
        room.shed.vendor.all(Server.State.FAILED);
        room.shed.work(3);
        assertThat(room.state(service)).isEqualTo("FAILED");
        assertNothingCame(customer, service, asked);
    }

    @Test
    void whatWaitsForAServerOfWhichNobodyKnowsIsGivenUpWithIt() {
        var customer = room.customer("10");
        var service = room.ordered(customer, room.everything());
        var asked = room.shed.vendor.asked().size();
        room.shed.vendor.shows("stray-1", service);
        room.shed.vendor.shows("stray-2", service);
        room.shed.work(3);
        assertThat(room.state(service)).isEqualTo("UNKNOWN");
        assertThat(room.options(service, "state")).containsOnly("ORDERED");
        assertThat(room.shed.violations()).isEmpty();
        room.giveUp(service);
        room.shed.work(2);
        assertNothingCame(customer, service, asked);
    }

    private static void assertNothingCame(Customer customer, UUID service, int asked) {
        assertThat(room.options(service, "state")).hasSize(4).containsOnly("FAILED");
        assertThat(room.held(customer)).isEqualTo(room.shed.books.money("0"));
        assertThat(room.shed.books.balance(customer.wallet())).isEqualTo(room.shed.books.money("10"));
        assertThat(room.shed.vendor.asked()).hasSize(asked);
        assertThat(room.shed.violations()).isEmpty();
    }

    @Test
    void withTooLittleForTheSumNothingRemains() {
        var enoughForTwo = room.customer("0.03");
        assertRefused(
                enoughForTwo,
                room.everything(),
                OptionKind.BACKUP,
                new OptionOutcome.TooLittle(room.shed.books.money("0.006")));
        var enoughForNone = room.customer("0.01");
        assertThat(room.order(enoughForNone, room.everything()))
                .isEqualTo(new Services.Outcome.TooLittle(room.shed.books.money("0.026")));
        assertNothingIsOrdered(enoughForNone);
        assertThat(room.order(enoughForTwo, Extras.NONE)).isInstanceOf(Services.Outcome.Done.class);
    }

    @Test
    void whatCostsAnotherPriceByNowIsRefused() {
        var other = new Showroom("showroom-dear");
        other.publish();
        var extras = other.everything();
        other.shed.books.clock.stopAt(Shed.NOON.plusSeconds(60));
        other.shed.publish(OptionKind.VOLUME, "0.146");
        var customer = other.customer("10");
        assertThatThrownBy(() -> other.order(customer, extras))
                .asInstanceOf(InstanceOfAssertFactories.type(OrderRefused.class))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(OptionKind.VOLUME))
                .satisfies(refused -> assertThat(refused.why()).isEqualTo(new OptionOutcome.PriceChanged()));
        assertThat(other.rows("service", "wallet_id", customer.wallet())).isZero();
        assertThat(other.order(customer, other.everything())).isInstanceOf(Services.Outcome.Done.class);
    }

    @Test
    void repeatedItIsTheSameAndWithAnythingElseItIsRefused() {
        var customer = room.customer("10");
        var first = room.order(customer, room.everything(), "my key");
        assertThat(room.order(customer, room.everything(), "my key")).isEqualTo(first);
        var service = ((Services.Outcome.Done) first).serviceId();
        assertThat(room.options(service, "state")).hasSize(4);
        assertThat(room.held(customer)).isEqualTo(room.shed.books.money("0.036"));
        assertThatThrownBy(() -> room.order(customer, Extras.NONE, "my key"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatThatPlaceHasNotIsRefused() {
        var customer = room.customer("10");
        var most = room.shed.vendor.addressesMax();
        var tooMany = new Extras(List.of(Extra.addresses(most + 1, Optional.empty())));
        assertRefused(customer, tooMany, OptionKind.ADDRESS, new OptionOutcome.NotThere());
        var tiny = new Extras(List.of(Extra.volume(9, Optional.empty())));
        assertRefused(
                customer,
                tiny,
                OptionKind.VOLUME,
                new OptionOutcome.BadSize(VolumeOrders.SIZE_MIN_GIB, VolumeOrders.SIZE_MAX_GIB));
        var usual = new Extras(List.of(Extra.backups(Optional.empty(), Optional.empty())));
        assertRefused(customer, usual, OptionKind.BACKUP, new OptionOutcome.NotThere());
    }

    private static void assertRefused(Customer customer, Extras extras, OptionKind kind, OptionOutcome why) {
        assertThatThrownBy(() -> room.order(customer, extras))
                .asInstanceOf(InstanceOfAssertFactories.type(OrderRefused.class))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind))
                .satisfies(refused -> assertThat(refused.why()).isEqualTo(why));
        assertNothingIsOrdered(customer);
    }

    private static void assertNothingIsOrdered(Customer customer) {
        assertThat(room.rows("service", "wallet_id", customer.wallet())).isZero();
        assertThat(room.rows("service_option", "wallet_id", customer.wallet())).isZero();
        assertThat(room.rows("wallet_hold", "wallet_id", customer.wallet())).isZero();
    }

    @Test
    void whoMayNotOrderThereOrdersNothing() {
        var customer = room.customer("10");
        var eve = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        var stranger = new Customer(customer.organization(), eve, customer.wallet());
        var extras = room.everything();
        assertThatThrownBy(() -> room.order(stranger, extras)).isInstanceOf(NotVisible.class);
        assertNothingIsOrdered(customer);
    }

    @Test
    void eachKindIsOrderedOnceAndWrittenAlikeWhateverTheOrder() {
        var disk = Extra.volume(10, Optional.empty());
        var address = Extra.addresses(1, Optional.empty());
        assertThat(new Extras(List.of(disk, address))).hasToString(new Extras(List.of(address, disk)).toString());
        assertThatThrownBy(() -> new Extras(List.of(disk, disk))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Extra.addresses(0, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Extra(OptionKind.SNAPSHOT, 1, Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVolumeIsCalledAfterItsServerWithANameThatItMayHave() {
        assertThat(WholeOrders.volumeName("web.example.net")).isEqualTo("web.example.net-data");
        var longest = WholeOrders.volumeName("a".repeat(63));
        assertThat(longest).endsWith("a-data").matches(VolumeOrders::isName);
    }

    @Test
    void offeredIsWhatThePlaceCanDoAndHasAPriceFor() {
        var offered = room.shed.books.in(() -> room.offers.offered(Optional.of(PLACE), EUR));
        assertThat(offered.backups())
                .extracting(one -> one.retention().policy())
                .containsExactly(Optional.of(Policy.DAILY), Optional.of(Policy.WEEKLY));
        assertThat(offered.volume()).map(Terms.Offer::unit).contains(room.shed.books.money("0.073"));
        assertThat(offered.address()).map(Terms.Offer::unit).contains(room.shed.books.money("0.73"));
        assertThat(offered.addressesMax()).isEqualTo(room.shed.vendor.addressesMax());
        assertThat(room.shed.books.in(() -> room.offers.offered(Optional.empty(), EUR)))
                .matches(WholeOffers.Offered::isNothing);
        assertThat(room.shed.books.in(() -> room.offers.offered(Optional.of(PLACE), Currency.getInstance("USD"))))
                .matches(WholeOffers.Offered::isNothing);
        var bare = new Showroom("showroom-bare");
        assertThat(bare.shed.books.in(() -> bare.offers.offered(Optional.of(PLACE), EUR)))
                .matches(WholeOffers.Offered::isNothing);
    }
}

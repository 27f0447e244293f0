package io.tenantry.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.AddonOutcome;
import io.tenantry.cloud.addon.AddonPrices;
import io.tenantry.cloud.addon.AddonPricing;
import io.tenantry.cloud.addon.AddonQuery;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.cloud.addon.AddressOrders;
import io.tenantry.cloud.addon.AddressQuery;
import io.tenantry.cloud.addon.BackupOrders;
import io.tenantry.cloud.addon.SnapshotOrders;
import io.tenantry.cloud.addon.SnapshotQuery;
import io.tenantry.cloud.addon.VolumeOrders;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.account.ProviderAccounts;
import io.tenantry.cloud.provider.account.ProviderClients;
import io.tenantry.cloud.provisioning.Terminations;
import io.tenantry.it.Deployments;
import io.tenantry.kernel.money.Money;
import io.tenantry.scenario.Story.Reseller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Add-ons of a server, in a reseller's provider account, processed by the server's workers: 0.73 a gibibyte is a cent an hour for ten. */
class AddonsIT extends Deployments {
    private static final Instant NOON = Instant.parse("2027-04-10T12:00:00Z");

    private Instant now = NOON;

    private static Story story() {
        return bean(Story.class);
    }

    @Test
    void volumeOutlivesItsServerAndBackupsEndWithIt() {
        story().alone();
        story().at(NOON);
        var reseller = story().reseller("optional", "7.30");
        var customer = story().customer(reseller, "anna", "10");
        var server = story().server(reseller, customer, "web");
        place(reseller, server);
        publish(reseller, AddonType.VOLUME, "0.73");
        publish(reseller, AddonType.BACKUP, "3.65");

        var volume = UUID.randomUUID();
        assertThat(story().as(
                                reseller,
                                () -> bean(VolumeOrders.class)
                                        .create(volume, server, "data", 10, seen(list().volumeChoice(server)))))
                .isEqualTo(new AddonOutcome.Done(volume));
        story().as(
                        reseller,
                        () -> bean(BackupOrders.class)
                                .switchOn(server, Optional.of(Policy.DAILY), seen(list().backupChoice(server))));
        until(() -> volume(reseller, volume).isAttached() && backups(reseller, server) == State.ACTIVE);
        assertThat(story().balance(reseller, customer)).isEqualTo(Money.of("9.975", "USD"));

        story().as(reseller, () -> {
            bean(Terminations.class).end(server);
            return true;
        });
        assertThat(volume(reseller, volume).state()).isEqualTo(State.ACTIVE);
        assertThat(volume(reseller, volume).isAttached()).isFalse();
        assertThat(story().as(reseller, () -> list().backups(server))).isEmpty();

        story().as(reseller, () -> bean(VolumeOrders.class).delete(volume));
        assertThat(volume(reseller, volume).state()).isEqualTo(State.TERMINATING);
        assertThat(story().balance(reseller, customer)).isEqualTo(Money.of("9.975", "USD"));
        assertThat(story().faults(reseller)).isEmpty();
    }

    @Test
    void snapshotIsChargedFromReadinessToEndOfItsServer() {
        story().alone();
        story().at(NOON);
        var reseller = story().reseller("copied", "7.30");
        var customer = story().customer(reseller, "anna", "10");
        var server = story().server(reseller, customer, "web");
        place(reseller, server);
        publish(reseller, AddonType.SNAPSHOT, "0.73");

        var snapshot = UUID.randomUUID();
        assertThat(story().as(
                                reseller,
                                () -> bean(SnapshotOrders.class)
                                        .take(
                                                snapshot,
                                                server,
                                                "before",
                                                copies().choice(server)
                                                        .offer()
                                                        .orElseThrow()
                                                        .priceId())))
                .isEqualTo(new AddonOutcome.Done(snapshot));
        until(() -> snapshot(reseller, snapshot).state() == State.ACTIVE);
        assertThat(snapshot(reseller, snapshot).quantity()).isEqualTo(2);
        assertThat(story().balance(reseller, customer)).isEqualTo(Money.of("9.988", "USD"));

        story().as(reseller, () -> bean(SnapshotOrders.class).restore(snapshot));
        until(() -> snapshot(reseller, snapshot).wanted().isEmpty());
        story().as(reseller, () -> {
            bean(Terminations.class).end(server);
            return true;
        });
        assertThat(snapshot(reseller, snapshot).state()).isEqualTo(State.TERMINATED);
        assertThat(story().balance(reseller, customer)).isEqualTo(Money.of("9.988", "USD"));
        assertThat(story().faults(reseller)).isEmpty();
    }

    @Test
    void additionalAddressIsChargedFromRoutingToEndOfServer() {
        story().alone();
        story().at(NOON);
        var reseller = story().reseller("reached", "7.30");
        var customer = story().customer(reseller, "anna", "10");
        var server = story().server(reseller, customer, "web");
        place(reseller, server);
        publish(reseller, AddonType.ADDRESS, "0.73");

        var address = UUID.randomUUID();
        assertThat(story().as(
                                reseller,
                                () -> bean(AddressOrders.class)
                                        .take(
                                                address,
                                                server,
                                                further()
                                                        .choice(server)
                                                        .offer()
                                                        .orElseThrow()
                                                        .priceId())))
                .isEqualTo(new AddonOutcome.Done(address));
        until(() -> address(reseller, address).state() == State.ACTIVE);
        assertThat(address(reseller, address).name()).startsWith("127.");
        assertThat(story().balance(reseller, customer)).isEqualTo(Money.of("9.989", "USD"));

        story().as(reseller, () -> {
            bean(Terminations.class).end(server);
            return true;
        });
        assertThat(address(reseller, address).state()).isIn(State.TERMINATING, State.TERMINATED);
        assertThat(story().balance(reseller, customer)).isEqualTo(Money.of("9.989", "USD"));
        assertThat(story().faults(reseller)).isEmpty();
    }

    private static AddressQuery further() {
        return bean(AddressQuery.class);
    }

    private static AddonQuery.AddonView address(Reseller reseller, UUID address) {
        return story().as(reseller, () -> further().one(address));
    }

    private static SnapshotQuery copies() {
        return bean(SnapshotQuery.class);
    }

    private static AddonQuery.AddonView snapshot(Reseller reseller, UUID snapshot) {
        return story().as(reseller, () -> copies().one(snapshot));
    }

    private static AddonQuery list() {
        return bean(AddonQuery.class);
    }

    private static UUID seen(AddonQuery.AddonAvailability addonAvailability) {
        assertThat(addonAvailability.isThere()).isTrue();
        return addonAvailability.offer().map(AddonPricing.Offer::priceId).orElseThrow();
    }

    private static UUID seen(AddonQuery.BackupChoice choice) {
        assertThat(choice.isThere()).isTrue();
        return choice.rhythms().get(0).offer().priceId();
    }

    private static AddonQuery.AddonView volume(Reseller reseller, UUID volume) {
        return story().as(reseller, () -> list().volume(volume));
    }

    private static State backups(Reseller reseller, UUID server) {
        return story().as(
                        reseller,
                        () -> list().backups(server)
                                .map(AddonQuery.AddonView::state)
                                .orElse(State.FAILED));
    }

    private static void publish(Reseller reseller, AddonType kind, String monthly) {
        var price = Optional.of(Money.of(monthly, reseller.currency()));
        assertThat(story().as(reseller, () -> bean(AddonPrices.class).publish(kind, price, Optional.empty())))
                .isEqualTo(AddonPrices.Outcome.DONE);
    }

    /** Assigns the service a server of the sandbox, in an account connected by staff. */
    private void place(Reseller reseller, UUID service) {
        var account = story().as(reseller, () -> {
            var draft = new ProviderAccounts.Draft(
                    "Toys", "sandbox", "", reseller.id().value());
            return ((ProviderAccounts.Outcome.Done) bean(ProviderAccounts.class).add(draft)).id();
        });
        var number = story().as(
                        reseller,
                        () -> bean(ProviderClients.class)
                                .open(account)
                                .create(new io.tenantry.cloud.provider.ServerSpec(
                                        new ResourceTag(service),
                                        "web",
                                        "fra1",
                                        "s-1-1",
                                        "debian-13",
                                        List.of(),
                                        Optional.empty(),
                                        Map.of()))
                                .id());
        now = now.plusSeconds(120);
        story().at(now);
        story().asOwner("update " + reseller.id().schema() + ".service set account = '" + account
                + "', provider_region = 'fra1',"
                + " provider_size = 's-1-1', provider_image = 'debian-13', provider_ref = '" + number
                + "', version = version + 1 where id = '" + service + "'");
    }

    /** Advances the provider's time while the workers run. */
    private void until(java.util.concurrent.Callable<Boolean> condition) {
        story().await(() -> {
            now = now.plusMillis(50);
            story().at(now);
            return condition.call();
        });
    }
}

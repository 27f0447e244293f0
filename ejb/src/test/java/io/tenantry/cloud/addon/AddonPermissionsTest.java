package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Impersonation;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Other customers' add-ons are invisible and inaccessible, and prices belong to the reseller. */
class AddonPermissionsTest {
    private static final UUID SOMETHING = UUID.randomUUID();

    private static AddonFixture addonFixture;
    private static Rented server;
    private static Rented volume;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed-rights");
        addonFixture.publish("0.73", "3.65");
        server = addonFixture.server("10");
        volume = addonFixture.createVolume(server, 10);
    }

    @Test
    void hidesForeignServersFromAddonOrders() {
        assertNotVisible(() -> addonFixture.volumes.create(SOMETHING, server.service(), "data", 10, SOMETHING));
        assertNotVisible(() -> addonFixture.volumes.attach(volume.service(), server.service()));
        assertNotVisible(() -> addonFixture.backups.switchOn(server.service(), Optional.empty(), SOMETHING));
        assertNotVisible(() -> addonFixture.backups.change(server.service(), Policy.DAILY, SOMETHING));
        assertNotVisible(() -> addonFixture.backups.switchOff(server.service()));
        assertNotVisible(() -> addonFixture.backups.restore(server.service(), "copy-1"));
        assertNotVisible(() -> addonFixture.backups.refresh(server.service()));
        assertNotVisible(() -> addonFixture.snapshots.take(SOMETHING, server.service(), "before", SOMETHING));
        assertNotVisible(() -> addonFixture.copies.choice(server.service()));
        assertNotVisible(() -> addonFixture.copies.of(server.service()));
        assertNotVisible(() -> addonFixture.addresses.take(SOMETHING, server.service(), SOMETHING));
        assertNotVisible(() -> addonFixture.addressQuery.choice(server.service()));
        assertNotVisible(() -> addonFixture.list.volumeChoice(server.service()));
        assertNotVisible(() -> addonFixture.list.backupChoice(server.service()));
        assertNotVisible(() -> addonFixture.list.volumesOf(server.service()));
    }

    @Test
    void hidesForeignVolumes() {
        assertNotVisible(() -> addonFixture.list.volume(volume.service()));
        assertNotVisible(() -> addonFixture.list.targets(volume.service()));
        assertNotVisible(() -> addonFixture.volumes.detach(volume.service()));
        assertNotVisible(() -> addonFixture.volumes.grow(volume.service(), 20, SOMETHING));
        assertNotVisible(() -> addonFixture.volumes.delete(volume.service()));
        assertThat(addonFixture.state(volume.service())).isEqualTo("ACTIVE");
    }

    @Test
    void hidesForeignSnapshots() {
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
        var snapshot = addonFixture.createSnapshot(server).service();
        assertNotVisible(() -> addonFixture.copies.one(snapshot));
        assertNotVisible(() -> addonFixture.snapshots.restore(snapshot));
        assertNotVisible(() -> addonFixture.snapshots.delete(snapshot));
        assertThat(addonFixture.state(snapshot)).isEqualTo("ACTIVE");
        assertThatThrownBy(() -> addonFixture.billingFixture.in(() -> addonFixture.snapshots.delete(volume.service())))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void hidesForeignAddresses() {
        addonFixture.publish(AddonType.ADDRESS, "0.73");
        var address = addonFixture.createAddress(server);
        assertNotVisible(() -> addonFixture.addressQuery.one(address));
        assertNotVisible(() -> addonFixture.addresses.release(address));
        assertThat(addonFixture.state(address)).isEqualTo("ACTIVE");
        assertThatThrownBy(() -> addonFixture.billingFixture.in(() -> addonFixture.addresses.release(volume.service())))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void refusesToAttachAVolumeToAnotherCustomersServer() {
        var other = addonFixture.server("10");
        addonFixture.billingFixture.in(() -> addonFixture.volumes.detach(volume.service()));
        addonFixture.work(2);
        assertThatThrownBy(() -> addonFixture.billingFixture.in(
                        () -> addonFixture.volumes.attach(volume.service(), other.service())))
                .isInstanceOf(NotFoundException.class);
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.list.volumesOf(other.service())))
                .isEmpty();
    }

    @Test
    void refusesToAttachVolumesWhileImpersonating() {
        var impersonation = new Impersonation(
                SOMETHING, SOMETHING, "Kiosk", "Sam", "support", Instant.parse("2030-01-01T00:00:00Z"));
        var impersonator = Actor.impersonating(SOMETHING, impersonation);
        assertThatThrownBy(
                        () -> as(impersonator, () -> addonFixture.volumes.attach(volume.service(), server.service())))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("volumes");
    }

    @Test
    void restrictsPricesAndDecisionsToStaff() {
        assertDenied(() -> addonFixture.prices.all());
        assertDenied(() -> addonFixture.prices.publish(AddonType.VOLUME, Optional.empty(), Optional.empty()));
        assertDenied(() -> addonFixture.schedule.differences());
        assertDenied(() -> addonFixture.discrepancies.one(SOMETHING));
        assertDenied(() -> addonFixture.actions.dismiss(SOMETHING, "curious"));
        assertDenied(() -> addonFixture.actions.takeUp(SOMETHING));
        assertDenied(() -> addonFixture.actions.delete(SOMETHING));
        assertDenied(() -> addonFixture.actions.switchOn(SOMETHING));
        assertDenied(() -> addonFixture.actions.acceptSize(SOMETHING));
        assertDenied(() -> addonFixture.actions.giveBack(SOMETHING));
        assertDenied(() -> addonFixture.decisions.retry(volume.service(), "curious"));
        assertDenied(() -> addonFixture.decisions.giveUp(volume.service(), "curious"));
    }

    private static void assertNotVisible(Supplier<Object> action) {
        assertThatThrownBy(() -> asStranger(action)).isInstanceOf(NotFoundException.class);
    }

    private static void assertDenied(Supplier<Object> action) {
        assertThatThrownBy(() -> asStranger(action)).isInstanceOf(AccessDeniedException.class);
    }

    private static Object asStranger(Supplier<Object> action) {
        return as(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve"), action);
    }

    private static Object as(Actor actor, Supplier<Object> action) {
        return Database.in(addonFixture.billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(actor)) {
                return action.get();
            }
        });
    }
}

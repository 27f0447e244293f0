package io.tenantry.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.charging.Books.Rented;
import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody sees or touches what others have, and prices are the reseller's. */
class OptionRightsTest {
    private static final UUID SOMETHING = UUID.randomUUID();

    private static Shed shed;
    private static Rented server;
    private static Rented volume;

    @BeforeAll
    static void open() {
        shed = new Shed("shed-rights");
        shed.publish("0.73", "3.65");
        server = shed.server("10");
        volume = shed.volume(server, 10);
    }

    @Test
    void ofAServerThatIsNotTheirsNobodyOrdersAnything() {
        assertNotVisible(() -> shed.volumes.create(SOMETHING, server.service(), "data", 10, SOMETHING));
        assertNotVisible(() -> shed.volumes.attach(volume.service(), server.service()));
        assertNotVisible(() -> shed.backups.switchOn(server.service(), Optional.empty(), SOMETHING));
        assertNotVisible(() -> shed.backups.change(server.service(), Policy.DAILY, SOMETHING));
        assertNotVisible(() -> shed.backups.switchOff(server.service()));
        assertNotVisible(() -> shed.backups.restore(server.service(), "copy-1"));
        assertNotVisible(() -> shed.backups.lookAgain(server.service()));
        assertNotVisible(() -> shed.snapshots.take(SOMETHING, server.service(), "before", SOMETHING));
        assertNotVisible(() -> shed.copies.choice(server.service()));
        assertNotVisible(() -> shed.copies.of(server.service()));
        assertNotVisible(() -> shed.addresses.take(SOMETHING, server.service(), SOMETHING));
        assertNotVisible(() -> shed.further.choice(server.service()));
        assertNotVisible(() -> shed.list.volumeChoice(server.service()));
        assertNotVisible(() -> shed.list.backupChoice(server.service()));
        assertNotVisible(() -> shed.list.volumesOf(server.service()));
    }

    @Test
    void aVolumeThatIsNotTheirsNobodySeesOrChanges() {
        assertNotVisible(() -> shed.list.volume(volume.service()));
        assertNotVisible(() -> shed.list.targets(volume.service()));
        assertNotVisible(() -> shed.volumes.detach(volume.service()));
        assertNotVisible(() -> shed.volumes.grow(volume.service(), 20, SOMETHING));
        assertNotVisible(() -> shed.volumes.delete(volume.service()));
        assertThat(shed.state(volume.service())).isEqualTo("ACTIVE");
    }

    @Test
    void aSnapshotThatIsNotTheirsNobodySeesOrPutsBackOrDeletes() {
        shed.publish(OptionKind.SNAPSHOT, "0.73");
        var snapshot = shed.snapshot(server).service();
        assertNotVisible(() -> shed.copies.one(snapshot));
        assertNotVisible(() -> shed.snapshots.restore(snapshot));
        assertNotVisible(() -> shed.snapshots.delete(snapshot));
        assertThat(shed.state(snapshot)).isEqualTo("ACTIVE");
        assertThatThrownBy(() -> shed.books.in(() -> shed.snapshots.delete(volume.service())))
                .isInstanceOf(NotVisible.class);
    }

    @Test
    void anAddressThatIsNotTheirsNobodySeesOrGivesBack() {
        shed.publish(OptionKind.ADDRESS, "0.73");
        var address = shed.address(server);
        assertNotVisible(() -> shed.further.one(address));
        assertNotVisible(() -> shed.addresses.release(address));
        assertThat(shed.state(address)).isEqualTo("ACTIVE");
        assertThatThrownBy(() -> shed.books.in(() -> shed.addresses.release(volume.service())))
                .isInstanceOf(NotVisible.class);
    }

    @Test
    void aVolumeOfOneCustomerIsNotAttachedToTheServerOfAnother() {
        var other = shed.server("10");
        shed.books.in(() -> shed.volumes.detach(volume.service()));
        shed.work(2);
        assertThatThrownBy(() -> shed.books.in(() -> shed.volumes.attach(volume.service(), other.service())))
                .isInstanceOf(NotVisible.class);
        assertThat(shed.books.in(() -> shed.list.volumesOf(other.service()))).isEmpty();
    }

    @Test
    void pricesAndDecisionsAreForStaff() {
        assertDenied(() -> shed.prices.all());
        assertDenied(() -> shed.prices.publish(OptionKind.VOLUME, Optional.empty(), Optional.empty()));
        assertDenied(() -> shed.rounds.differences());
        assertDenied(() -> shed.findings.one(SOMETHING));
        assertDenied(() -> shed.actions.dismiss(SOMETHING, "curious"));
        assertDenied(() -> shed.actions.takeUp(SOMETHING));
        assertDenied(() -> shed.actions.delete(SOMETHING));
        assertDenied(() -> shed.actions.switchOn(SOMETHING));
        assertDenied(() -> shed.actions.acceptSize(SOMETHING));
        assertDenied(() -> shed.actions.giveBack(SOMETHING));
        assertDenied(() -> shed.decisions.lookAgain(volume.service(), "curious"));
        assertDenied(() -> shed.decisions.giveUp(volume.service(), "curious"));
    }

    private static void assertNotVisible(Supplier<Object> deed) {
        assertThatThrownBy(() -> asStranger(deed)).isInstanceOf(NotVisible.class);
    }

    private static void assertDenied(Supplier<Object> deed) {
        assertThatThrownBy(() -> asStranger(deed)).isInstanceOf(AccessDenied.class);
    }

    private static Object asStranger(Supplier<Object> deed) {
        return Database.in(shed.books.tenant, () -> {
            try (var acting = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve"))) {
                return deed.get();
            }
        });
    }
}

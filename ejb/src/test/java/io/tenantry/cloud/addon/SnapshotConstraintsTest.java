package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Properties of each provider's snapshots: their maximum number and retention. */
class SnapshotConstraintsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static AddonFixture addonFixture;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed-rules");
        addonFixture.publish("0.73", "3.65");
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
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
    void chargesAStandaloneSnapshotAfterItsServerEnded() {
        addonFixture.provider.setKeeping(Keeping.STANDALONE);
        var server = addonFixture.server("10");
        var snapshot = addonFixture.createSnapshot(server).service();
        addonFixture.terminate(server);
        assertThat(addonFixture.state(snapshot)).isEqualTo("ACTIVE");
        addonFixture.charge(HOUR.multipliedBy(2));
        assertThat(charged(snapshot, server)).isEqualTo("0.00600000 EUR");
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_kept");
        var addonView = addonFixture.billingFixture.in(() -> addonFixture.copies.one(snapshot));
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.copies.in(addonView.organizationId())))
                .singleElement()
                .matches(AddonQuery.AddonView::isServerOver);
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.snapshots.restore(snapshot)))
                .isEqualTo(new AddonOutcome.NotSupported());

        addonFixture.billingFixture.in(() -> addonFixture.snapshots.delete(snapshot));
        addonFixture.work(2);
        assertThat(addonFixture.provider.snapshotsOf(snapshot)).isEmpty();
        addonFixture.charge(HOUR);
        assertThat(charged(snapshot, server)).isEqualTo("0.00600000 EUR");
    }

    @Test
    void endsASnapshotKeptWithItsServer() {
        addonFixture.provider.setKeeping(Keeping.WITH_SERVER);
        var server = addonFixture.server("10");
        var snapshot = addonFixture.createSnapshot(server).service();
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(90)));
        addonFixture.terminate(server);
        assertThat(addonFixture.state(snapshot)).isEqualTo("TERMINATED");
        assertThat(charged(snapshot, server)).isEqualTo("0.00600000 EUR");
        addonFixture.charge(HOUR.multipliedBy(5));
        assertThat(charged(snapshot, server)).isEqualTo("0.00600000 EUR");
    }

    @Test
    void chargesNothingForASnapshotUnfinishedWhenItsServerEnds() {
        for (var keeping : new Keeping[] {Keeping.WITH_SERVER, Keeping.STANDALONE}) {
            addonFixture.provider.setKeeping(keeping);
            var server = addonFixture.server("10");
            var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
            addonFixture.terminate(server);
            addonFixture.work(2);
            assertThat(addonFixture.state(id)).as("%s", keeping).isEqualTo("FAILED");
            assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
            assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
        }
    }

    @Test
    void requiresBackupsForSnapshotsKeptWithThem() {
        addonFixture.provider.setKeeping(Keeping.WITH_BACKUPS);
        var server = addonFixture.server("10");
        assertThat(choice(server).isLackingBackups()).isTrue();
        assertThat(addonFixture.orderSnapshot(server)).isEqualTo(new AddonOutcome.NeedsBackups());
        switchOnBackups(server);
        assertThat(choice(server).isOffered()).isTrue();
        assertThat(addonFixture.orderSnapshot(server)).isInstanceOf(AddonOutcome.Done.class);
    }

    @Test
    void replacesTheOnlySnapshotOnlyOnRequest() {
        addonFixture.provider.setKeeping(Keeping.WITH_BACKUPS);
        var server = addonFixture.server("10");
        switchOnBackups(server);
        var first = addonFixture.createSnapshot(server).service();
        assertThat(choice(server).isTaken()).isTrue();
        assertThat(addonFixture.orderSnapshot(server)).isEqualTo(new AddonOutcome.LimitReached());

        var before = addonFixture.provider.requests().size();
        addonFixture.billingFixture.in(() -> addonFixture.snapshots.delete(first));
        assertThat(addonFixture.state(first)).isEqualTo("TERMINATED");
        addonFixture.work();
        assertThat(addonFixture.provider.requests()).hasSize(before);

        var second = addonFixture.createSnapshot(server).service();
        assertThat(addonFixture.state(second)).isEqualTo("ACTIVE");
        assertThat(addonFixture.provider.snapshotsOf(first)).isEmpty();
        addonFixture.charge(HOUR.multipliedBy(2));
        assertThat(charged(first, server)).isEqualTo("0.00300000 EUR");
        assertThat(charged(second, server)).isEqualTo("0.00600000 EUR");
    }

    @Test
    void endsASnapshotKeptWithBackups() {
        addonFixture.provider.setKeeping(Keeping.WITH_BACKUPS);
        var server = addonFixture.server("10");
        switchOnBackups(server);
        var snapshot = addonFixture.createSnapshot(server).service();
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        assertThat(addonFixture.state(snapshot)).isEqualTo("TERMINATED");
        assertThat(addonFixture.timeline(server)).contains("snapshot_gone");
        addonFixture.work();
        addonFixture.charge(HOUR.multipliedBy(2));
        assertThat(charged(snapshot, server)).isEqualTo("0.00300000 EUR");
    }

    @Test
    void keepsOtherSnapshotsWhenBackupsAreSwitchedOff() {
        addonFixture.provider.setKeeping(Keeping.WITH_SERVER);
        var server = addonFixture.server("10");
        switchOnBackups(server);
        var snapshot = addonFixture.createSnapshot(server).service();
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        addonFixture.work();
        assertThat(addonFixture.state(snapshot)).isEqualTo("ACTIVE");
    }

    @Test
    void allowsOneOrderAtATimeUpToTenSnapshots() {
        addonFixture.provider.setKeeping(Keeping.STANDALONE);
        var server = addonFixture.server("10");
        assertThat(addonFixture.orderSnapshot(server)).isInstanceOf(AddonOutcome.Done.class);
        assertThat(addonFixture.orderSnapshot(server)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        for (var i = 1; i < 10; i++) {
            addonFixture.createSnapshot(server);
        }
        assertThat(addonFixture.orderSnapshot(server)).isEqualTo(new AddonOutcome.TooMany(10));
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.copies.of(server.service())))
                .hasSize(10);
    }

    @Test
    void refusesUnofferedSnapshotsOtherPricesAndInvalidNames() {
        addonFixture.provider.setKeeping(Keeping.STANDALONE);
        var server = addonFixture.server("10");
        assertThat(order(addonFixture, server, "before")).isEqualTo(new AddonOutcome.PriceChanged());
        assertThat(order(addonFixture, server, "<b>")).isEqualTo(new AddonOutcome.BadName());
        var other = new AddonFixture("shed-rules-bare");
        assertThat(order(other, other.server("10"), "before")).isEqualTo(new AddonOutcome.NotOffered());
    }

    private static AddonOutcome order(AddonFixture where, Rented server, String name) {
        return where.billingFixture.in(
                () -> where.snapshots.take(UUID.randomUUID(), server.service(), name, UUID.randomUUID()));
    }

    private static SnapshotQuery.Choice choice(Rented server) {
        return addonFixture.billingFixture.in(() -> addonFixture.copies.choice(server.service()));
    }

    private static void switchOnBackups(Rented server) {
        AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work();
    }

    private static String charged(UUID id, Rented server) {
        return addonFixture.charged(id, server.wallet()).toString();
    }
}

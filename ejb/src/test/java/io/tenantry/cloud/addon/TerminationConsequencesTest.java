package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.addon.ServerTerminationListener.Disposition;
import io.tenantry.cloud.addon.TerminationConsequences.AffectedResource;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user about to end a server sees the consequences, item by item, depending on where snapshots are kept. */
class TerminationConsequencesTest {
    private static AddonFixture addonFixture;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed-told");
        addonFixture.publish("0.73", "3.65");
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
        addonFixture.publish(AddonType.ADDRESS, "2.50");
    }

    @BeforeEach
    void begin() {
        addonFixture.provider.setSlow(false);
        addonFixture.provider.setHidingUnfinishedSnapshots(false);
        addonFixture.provider.setSnapshotSize(2_100);
        addonFixture.provider.setTaskProgress(Progress.done());
    }

    @ParameterizedTest
    @EnumSource(Keeping.class)
    void announcesTheConsequencesOfATermination(Keeping keeping) {
        var server = createServerWithAddons(keeping);
        var told = addonFixture.billingFixture.in(() -> addonFixture.consequences.ofEnding(List.of(server.service())));
        assertThat(told).extracting(AffectedResource::kind).containsExactlyInAnyOrder(AddonType.values());
        assertThat(told).allSatisfy(one -> assertThat(one.name()).isNotBlank());

        addonFixture.terminate(server);
        for (var one : told) {
            assertThat(addonFixture.state(one.id()).equals("ACTIVE"))
                    .as(one.kind() + " is kept as was said: " + one.disposition())
                    .isEqualTo(one.disposition() == Disposition.KEPT);
        }
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.consequences.ofEnding(List.of(server.service()))))
                .as("ended add-ons are not announced again")
                .allMatch(one -> one.disposition() == Disposition.KEPT);
    }

    @ParameterizedTest
    @EnumSource(Keeping.class)
    void announcesTheConsequencesOfSwitchingOffBackups(Keeping keeping) {
        var server = createServerWithAddons(keeping);
        var all = addonFixture.billingFixture.in(() -> addonFixture.consequences.ofEnding(List.of(server.service())));
        var told =
                addonFixture
                        .billingFixture
                        .in(() -> addonFixture.consequences.ofSwitchingOffBackups(server.service()))
                        .stream()
                        .map(AffectedResource::id)
                        .toList();

        AddonFixture.idOf(addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service())));
        assertThat(all.stream()
                        .map(AffectedResource::id)
                        .filter(id -> !addonFixture.state(id).equals("ACTIVE"))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void announcesNothingWithoutAddons() {
        var bare = addonFixture.server("10");
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.consequences.ofEnding(List.of(bare.service()))))
                .isEmpty();
    }

    /** Creates a server with one of each add-on. */
    private Rented createServerWithAddons(Keeping keeping) {
        addonFixture.provider.setKeeping(keeping);
        var server = addonFixture.server("100");
        addonFixture.createVolume(server, 10);
        UUID backups = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work();
        assertThat(addonFixture.state(backups)).isEqualTo("ACTIVE");
        addonFixture.createSnapshot(server);
        addonFixture.createAddress(server);
        return server;
    }
}

package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory.State;
import io.tenantry.cloud.reconciliation.discrepancy.ResolutionOutcome;
import io.tenantry.kernel.money.Money;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Add-ons that are paid for but missing, or of another size, are corrected as staff decide: once, and exactly. A volume of 10 GiB costs a cent
 * an hour.
 */
@Tag("full")
class LostAddonsTest {
    private static final Duration MINUTES = Duration.ofMinutes(10);
    private static final Duration HOURS = Duration.ofHours(3);

    private static int sheds;

    private final AddonFixture addonFixture = new AddonFixture("shed-lost-" + sheds++);

    @BeforeEach
    void begin() {
        addonFixture.publish("0.73", "3.65");
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void endsAMissingVolumeAndCreditsChargesSinceTheLastSighting() {
        var server = addonFixture.server("10");
        var volume = createLostVolume(server);
        var id = confirmedDiscrepancy();
        assertThat(discrepancy(id).history().isToDecide()).isTrue();
        assertThat(addonFixture.billingFixture.in(() -> addonFixture
                        .discrepancies
                        .amounts(addonFixture.discrepancies.one(id))
                        .owed()))
                .contains(addonFixture.billingFixture.money("0.03"));

        assertThat(giveBack(id)).contains(addonFixture.billingFixture.money("0.03"));
        assertThat(addonFixture.state(volume.service())).isEqualTo("TERMINATED");
        assertThat(charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.04"));
        assertThat(credits()).containsExactly("0.03000000");
        assertThat(discrepancy(id).history().state()).isEqualTo(State.RESOLVED);
        assertThat(discrepancy(id).history().resolution()).contains("ENDED");
        assertThat(discrepancy(id).givenBack()).isEqualTo(addonFixture.billingFixture.money("0.03"));
        assertThat(addonFixture.timeline(server)).endsWith("volume_lost");

        addonFixture.charge(HOURS);
        addonFixture.read();
        assertThat(charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.04"));
        assertThat(addonFixture.billingFixture.in(addonFixture.schedule::differences))
                .isEmpty();
    }

    @Test
    void creditsAMissingVolumeOnce() {
        createLostVolume(addonFixture.server("10"));
        var id = confirmedDiscrepancy();
        assertThat(giveBack(id)).isPresent();
        assertThat(giveBack(id)).isEmpty();
        assertThat(dismiss(id)).isEqualTo(ResolutionOutcome.TOO_LATE);
        assertThat(credits()).hasSize(1);
    }

    @Test
    void appliesOneOfSeveralConcurrentDecisions() throws Exception {
        createLostVolume(addonFixture.server("10"));
        var id = confirmedDiscrepancy();
        var threads = Executors.newFixedThreadPool(4);
        try {
            var deeds = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < 4; i++) {
                deeds.add(() -> giveBack(id).isPresent());
                deeds.add(() -> dismiss(id) == ResolutionOutcome.DONE);
            }
            var heard = 0;
            for (var answer : threads.invokeAll(deeds)) {
                heard += answer.get() ? 1 : 0;
            }
            assertThat(heard).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(credits()).hasSizeLessThan(2);
        assertThat(credits()).hasSize(discrepancy(id).history().state() == State.RESOLVED ? 1 : 0);
    }

    @Test
    void allowsNoDecisionAfterASingleSighting() {
        createLostVolume(addonFixture.server("10"));
        addonFixture.read();
        var id = UUID.fromString(column("id"));
        assertThat(giveBack(id)).isEmpty();
        assertThat(dismiss(id)).isEqualTo(ResolutionOutcome.TOO_LATE);
        assertThat(credits()).isEmpty();
    }

    @Test
    void chargesADismissedVolumeUntilTheDiscrepancyIsReopened() {
        var volume = createLostVolume(addonFixture.server("10"));
        var id = confirmedDiscrepancy();
        assertThat(dismiss(id)).isEqualTo(ResolutionOutcome.DONE);
        addonFixture.charge(Duration.ofHours(1));
        addonFixture.read();
        assertThat(discrepancy(id).history().state()).isEqualTo(State.DISMISSED);
        assertThat(discrepancy(id).history().reason()).contains("being moved");
        assertThat(addonFixture.billingFixture.in(addonFixture.schedule::differences))
                .singleElement()
                .matches(AddonReconciliationSchedule.Difference::isLeft);
        assertThat(giveBack(id)).isEmpty();

        assertThat(addonFixture.billingFixture.in(() -> addonFixture.actions.takeUp(id)))
                .isEqualTo(ResolutionOutcome.DONE);
        assertThat(giveBack(id)).contains(addonFixture.billingFixture.money("0.04"));
        assertThat(charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.05"));
    }

    @Test
    void refusesACreditForAVolumeDeletedByItsCustomer() {
        var volume = createLostVolume(addonFixture.server("10"));
        var id = confirmedDiscrepancy();
        addonFixture.billingFixture.in(() -> addonFixture.volumes.delete(volume.service()));
        assertThat(giveBack(id)).isEmpty();
        assertThat(credits()).isEmpty();
        addonFixture.work();
    }

    @Test
    void creditsARepeatedLossFromTheLastSighting() {
        var server = addonFixture.server("10");
        var volume = addonFixture.createVolume(server, 10);
        var number = addonFixture.provider.volumesOf(volume.service()).get(0).id();
        var away = addonFixture.provider.hideVolume(number);
        addonFixture.read();
        addonFixture.read();
        var first = addonFixture
                .billingFixture
                .in(addonFixture.schedule::differences)
                .get(0)
                .id();
        addonFixture.charge(HOURS);
        addonFixture.provider.unhideVolume(away);
        addonFixture.read();
        assertThat(discrepancy(first).history().state()).isEqualTo(State.RESOLVED);
        assertThat(discrepancy(first).history().resolution()).contains("GONE");
        assertThat(giveBack(first)).isEmpty();

        addonFixture.provider.removeVolume(number);
        addonFixture.charge(Duration.ofHours(1));
        var second = confirmedDiscrepancy();
        assertThat(second).isNotEqualTo(first);
        assertThat(giveBack(second)).contains(addonFixture.billingFixture.money("0.01"));
    }

    @Test
    void chargesAnotherSizeFromItsAcceptance() {
        var server = addonFixture.server("10");
        var volume = addonFixture.createVolume(server, 10);
        var unused = addonFixture.provider.grow(
                addonFixture.provider.volumesOf(volume.service()).get(0).id(), 40);
        var id = confirmedDiscrepancy();
        assertThat(addonFixture.billingFixture.in(() -> addonFixture
                        .discrepancies
                        .amounts(addonFixture.discrepancies.one(id))
                        .monthlyThen()))
                .contains(addonFixture.billingFixture.money("29.20"));
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.actions.acceptSize(id)))
                .isEqualTo(ResolutionOutcome.DONE);
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.actions.acceptSize(id)))
                .isEqualTo(ResolutionOutcome.TOO_LATE);
        assertThat(addonFixture.column(volume.service(), "quantity")).isEqualTo("40");
        assertThat(charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.04"));
        addonFixture.charge(Duration.ofHours(2));
        assertThat(charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.08"));
        assertThat(addonFixture.timeline(server)).endsWith("volume_resized");
        addonFixture.read();
        addonFixture.read();
        assertThat(addonFixture.billingFixture.in(addonFixture.schedule::differences))
                .isEmpty();
    }

    @Test
    void endsAMissingAddressAndRemovesItFromItsServer() {
        addonFixture.publish(AddonType.ADDRESS, "7.30");
        var server = addonFixture.server("10");
        var address = addonFixture.createAddress(server);
        scanOnce();
        addonFixture.provider.removeAddress(addonFixture.column(address, "provider_ref"));
        addonFixture.charge(HOURS);
        assertThat(giveBack(confirmedDiscrepancy())).contains(addonFixture.billingFixture.money("0.03"));
        assertThat(addonFixture.state(address)).isEqualTo("TERMINATED");
        assertThat(addonFixture.addressesOf(server)).isEmpty();
    }

    @Test
    void letsStaffReleaseAnUnassignedAddress() {
        addonFixture.publish(AddonType.ADDRESS, "7.30");
        var server = addonFixture.server("10");
        var address = addonFixture.createAddress(server);
        var text = addonFixture.column(address, "provider_ref");
        scanOnce();
        addonFixture.provider.unassignAddress(text);
        addonFixture.charge(HOURS);
        assertThat(giveBack(confirmedDiscrepancy())).contains(addonFixture.billingFixture.money("0.03"));
        assertThat(addonFixture.provider.unassignedAddresses()).containsExactly(text);

        var left = confirmedDiscrepancy();
        assertThat(discrepancy(left).upstreamId()).isEqualTo(text);
        assertThat(discrepancy(left).isDeletable()).isTrue();
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.actions.delete(left)))
                .isEqualTo(ResolutionOutcome.DONE);
        addonFixture.work(2);
        assertThat(addonFixture.provider.unassignedAddresses()).isEmpty();
        assertThat(discrepancy(left).history().resolution()).contains("DELETED");
        addonFixture.read();
        addonFixture.read();
        assertThat(addonFixture.billingFixture.in(addonFixture.schedule::differences))
                .isEmpty();
        assertThat(credits()).hasSize(1);
    }

    @Test
    void creditsNothingForBackupsOfAReplacedServer() {
        var server = addonFixture.server("10");
        var backups = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work();
        addonFixture.provider.setBackedUp(AddonFixture.serverId(1), false);
        var id = confirmedDiscrepancy();
        addonFixture.provider.setBackedUp("server-again", true);
        addonFixture.place(server, ScriptedAddonProvider.ACCOUNT, "fra", "server-again");
        assertThat(giveBack(id)).isEmpty();
        assertThat(discrepancy(id).isRight()).isFalse();
        addonFixture.read();
        assertThat(discrepancy(id).history().state()).isEqualTo(State.RESOLVED);
        assertThat(addonFixture.state(backups)).isEqualTo("ACTIVE");
        assertThat(credits()).isEmpty();
    }

    @Test
    void endsDisabledBackupsTogetherWithTheirSnapshot() {
        addonFixture.publish(AddonType.SNAPSHOT, "7.30");
        addonFixture.provider.setKeeping(Keeping.WITH_BACKUPS);
        var server = addonFixture.server("10");
        var backups = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work();
        var snapshot = addonFixture.createSnapshot(server).service();
        scanOnce();
        addonFixture.provider.setBackedUp(AddonFixture.serverId(1), false);
        addonFixture.provider.removeSnapshot(
                addonFixture.provider.snapshotsOf(snapshot).get(0).id());
        addonFixture.charge(HOURS);
        addonFixture.read();
        addonFixture.read();
        var id = addonFixture.billingFixture.in(addonFixture.schedule::differences).stream()
                .filter(one -> one.of() == AddonType.BACKUP)
                .findFirst()
                .orElseThrow()
                .id();
        // Three hours of half a cent for the backups, and of three gibibytes at a cent each.
        assertThat(giveBack(id)).contains(addonFixture.billingFixture.money("0.105"));
        assertThat(addonFixture.state(backups)).isEqualTo("TERMINATED");
        assertThat(addonFixture.state(snapshot)).isEqualTo("TERMINATED");
        assertThat(credits()).hasSize(2);
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_lost", "backup_lost");
    }

    /** Creates a volume that was seen ten minutes after its creation and has been missing since; four of its hours are charged. */
    private Rented createLostVolume(Rented server) {
        var volume = addonFixture.createVolume(server, 10);
        scanOnce();
        addonFixture.provider.removeVolume(
                addonFixture.provider.volumesOf(volume.service()).get(0).id());
        addonFixture.charge(HOURS);
        return volume;
    }

    private void scanOnce() {
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(MINUTES));
        addonFixture.read();
    }

    /** Returns the discrepancy confirmed after two scans. */
    private UUID confirmedDiscrepancy() {
        addonFixture.read();
        addonFixture.read();
        return addonFixture.billingFixture.in(addonFixture.schedule::differences).stream()
                .filter(one -> !one.isLeft())
                .findFirst()
                .map(AddonReconciliationSchedule.Difference::id)
                .orElseThrow();
    }

    private AddonDiscrepancies.AddonDiscrepancy discrepancy(UUID id) {
        return addonFixture.billingFixture.in(() -> addonFixture.discrepancies.one(id));
    }

    private Optional<Money> giveBack(UUID id) {
        return addonFixture.billingFixture.in(() -> addonFixture.actions.giveBack(id));
    }

    private ResolutionOutcome dismiss(UUID id) {
        return addonFixture.billingFixture.in(() -> addonFixture.actions.dismiss(id, "being moved"));
    }

    private Money charged(Rented option) {
        return addonFixture.charged(option.service(), option.wallet());
    }

    private String column(String expression) {
        return Database.texts("select " + expression + "::text from " + addonFixture.billingFixture.tenant.schema()
                        + ".addon_discrepancy")
                .get(0);
    }

    /** Returns the refunds, by the ledger. */
    private List<String> credits() {
        var schema = addonFixture.billingFixture.tenant.schema();
        return Database.texts("select p.amount::text from " + schema + ".journal_entry e join " + schema
                + ".posting p on p.entry_id = e.id join " + schema
                + ".wallet w on w.id = p.account_id where e.source like 'addon-discrepancy:%' order by e.id");
    }
}

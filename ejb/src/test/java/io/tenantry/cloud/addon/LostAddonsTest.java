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
import org.junit.jupiter.api.Test;

/**
 * Add-ons that are paid for but missing, or of another size, are corrected as staff decide: once, and exactly. A volume of 10 GiB costs a cent
 * an hour.
 */
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
        var volume = lost(server);
        var id = found();
        assertThat(discrepancy(id).history().isToDecide()).isTrue();
        assertThat(addonFixture.billingFixture.in(() -> addonFixture
                        .discrepancies
                        .amounts(addonFixture.discrepancies.one(id))
                        .owed()))
                .contains(addonFixture.billingFixture.money("0.03"));

        assertThat(giveBack(id)).contains(addonFixture.billingFixture.money("0.03"));
        assertThat(addonFixture.state(volume.service())).isEqualTo("TERMINATED");
        assertThat(charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.04"));
        assertThat(gifts()).containsExactly("0.03000000");
        assertThat(discrepancy(id).history().state()).isEqualTo(State.RESOLVED);
        assertThat(discrepancy(id).history().resolution()).contains("ENDED");
        assertThat(discrepancy(id).givenBack()).isEqualTo(addonFixture.billingFixture.money("0.03"));
        assertThat(addonFixture.timeline(server)).endsWith("volume_lost");

        addonFixture.charge(HOURS);
        addonFixture.read();
        assertThat(charged(volume)).isEqualTo(addonFixture.billingFixture.money("0.04"));
        assertThat(addonFixture.billingFixture.in(addonFixture.rounds::differences))
                .isEmpty();
    }

    @Test
    void creditsAMissingVolumeOnce() {
        lost(addonFixture.server("10"));
        var id = found();
        assertThat(giveBack(id)).isPresent();
        assertThat(giveBack(id)).isEmpty();
        assertThat(dismiss(id)).isEqualTo(ResolutionOutcome.TOO_LATE);
        assertThat(gifts()).hasSize(1);
    }

    @Test
    void appliesOneOfSeveralConcurrentDecisions() throws Exception {
        lost(addonFixture.server("10"));
        var id = found();
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
        assertThat(gifts()).hasSizeLessThan(2);
        assertThat(gifts()).hasSize(discrepancy(id).history().state() == State.RESOLVED ? 1 : 0);
    }

    @Test
    void allowsNoDecisionAfterASingleSighting() {
        lost(addonFixture.server("10"));
        addonFixture.read();
        var id = UUID.fromString(column("id"));
        assertThat(giveBack(id)).isEmpty();
        assertThat(dismiss(id)).isEqualTo(ResolutionOutcome.TOO_LATE);
        assertThat(gifts()).isEmpty();
    }

    @Test
    void chargesADismissedVolumeUntilTheDiscrepancyIsReopened() {
        var volume = lost(addonFixture.server("10"));
        var id = found();
        assertThat(dismiss(id)).isEqualTo(ResolutionOutcome.DONE);
        addonFixture.charge(Duration.ofHours(1));
        addonFixture.read();
        assertThat(discrepancy(id).history().state()).isEqualTo(State.DISMISSED);
        assertThat(discrepancy(id).history().reason()).contains("being moved");
        assertThat(addonFixture.billingFixture.in(addonFixture.rounds::differences))
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
        var volume = lost(addonFixture.server("10"));
        var id = found();
        addonFixture.billingFixture.in(() -> addonFixture.volumes.delete(volume.service()));
        assertThat(giveBack(id)).isEmpty();
        assertThat(gifts()).isEmpty();
        addonFixture.work();
    }

    @Test
    void creditsARepeatedLossFromTheLastSighting() {
        var server = addonFixture.server("10");
        var volume = addonFixture.volume(server, 10);
        var number = addonFixture.provider.of(volume.service()).get(0).id();
        var away = addonFixture.provider.takesAway(number);
        addonFixture.read();
        addonFixture.read();
        var first = addonFixture
                .billingFixture
                .in(addonFixture.rounds::differences)
                .get(0)
                .id();
        addonFixture.charge(HOURS);
        addonFixture.provider.brings(away);
        addonFixture.read();
        assertThat(discrepancy(first).history().state()).isEqualTo(State.RESOLVED);
        assertThat(discrepancy(first).history().resolution()).contains("GONE");
        assertThat(giveBack(first)).isEmpty();

        addonFixture.provider.loses(number);
        addonFixture.charge(Duration.ofHours(1));
        var second = found();
        assertThat(second).isNotEqualTo(first);
        assertThat(giveBack(second)).contains(addonFixture.billingFixture.money("0.01"));
    }

    @Test
    void chargesAnotherSizeFromItsAcceptance() {
        var server = addonFixture.server("10");
        var volume = addonFixture.volume(server, 10);
        var unused = addonFixture.provider.grow(
                addonFixture.provider.of(volume.service()).get(0).id(), 40);
        var id = found();
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
        assertThat(addonFixture.billingFixture.in(addonFixture.rounds::differences))
                .isEmpty();
    }

    @Test
    void endsAMissingAddressAndRemovesItFromItsServer() {
        addonFixture.publish(AddonType.ADDRESS, "7.30");
        var server = addonFixture.server("10");
        var address = addonFixture.address(server);
        seen();
        addonFixture.provider.losesAddress(addonFixture.column(address, "provider_ref"));
        addonFixture.charge(HOURS);
        assertThat(giveBack(found())).contains(addonFixture.billingFixture.money("0.03"));
        assertThat(addonFixture.state(address)).isEqualTo("TERMINATED");
        assertThat(addonFixture.addressesOf(server)).isEmpty();
    }

    @Test
    void letsStaffReleaseAnUnassignedAddress() {
        addonFixture.publish(AddonType.ADDRESS, "7.30");
        var server = addonFixture.server("10");
        var address = addonFixture.address(server);
        var text = addonFixture.column(address, "provider_ref");
        seen();
        addonFixture.provider.loosens(text);
        addonFixture.charge(HOURS);
        assertThat(giveBack(found())).contains(addonFixture.billingFixture.money("0.03"));
        assertThat(addonFixture.provider.loose()).containsExactly(text);

        var left = found();
        assertThat(discrepancy(left).upstreamId()).isEqualTo(text);
        assertThat(discrepancy(left).isDeletable()).isTrue();
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.actions.delete(left)))
                .isEqualTo(ResolutionOutcome.DONE);
        addonFixture.work(2);
        assertThat(addonFixture.provider.loose()).isEmpty();
        assertThat(discrepancy(left).history().resolution()).contains("DELETED");
        addonFixture.read();
        addonFixture.read();
        assertThat(addonFixture.billingFixture.in(addonFixture.rounds::differences))
                .isEmpty();
        assertThat(gifts()).hasSize(1);
    }

    @Test
    void creditsNothingForBackupsOfAReplacedServer() {
        var server = addonFixture.server("10");
        var backups = AddonFixture.done(addonFixture.backUp(server));
        addonFixture.work();
        addonFixture.provider.backsUp(AddonFixture.serverId(1), false);
        var id = found();
        addonFixture.provider.backsUp("server-again", true);
        addonFixture.place(server, ScriptedAddonProvider.ACCOUNT, "fra", "server-again");
        assertThat(giveBack(id)).isEmpty();
        assertThat(discrepancy(id).isRight()).isFalse();
        addonFixture.read();
        assertThat(discrepancy(id).history().state()).isEqualTo(State.RESOLVED);
        assertThat(addonFixture.state(backups)).isEqualTo("ACTIVE");
        assertThat(gifts()).isEmpty();
    }

    @Test
    void endsDisabledBackupsTogetherWithTheirSnapshot() {
        addonFixture.publish(AddonType.SNAPSHOT, "7.30");
        addonFixture.provider.keeps(Keeping.WITH_BACKUPS);
        var server = addonFixture.server("10");
        var backups = AddonFixture.done(addonFixture.backUp(server));
        addonFixture.work();
        var snapshot = addonFixture.snapshot(server).service();
        seen();
        addonFixture.provider.backsUp(AddonFixture.serverId(1), false);
        addonFixture.provider.losesCopy(
                addonFixture.provider.copiesOf(snapshot).get(0).id());
        addonFixture.charge(HOURS);
        addonFixture.read();
        addonFixture.read();
        var id = addonFixture.billingFixture.in(addonFixture.rounds::differences).stream()
                .filter(one -> one.of() == AddonType.BACKUP)
                .findFirst()
                .orElseThrow()
                .id();
        // Three hours of half a cent for the backups, and of three gibibytes at a cent each.
        assertThat(giveBack(id)).contains(addonFixture.billingFixture.money("0.105"));
        assertThat(addonFixture.state(backups)).isEqualTo("TERMINATED");
        assertThat(addonFixture.state(snapshot)).isEqualTo("TERMINATED");
        assertThat(gifts()).hasSize(2);
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_lost", "backup_lost");
    }

    /** Creates a volume that was seen ten minutes after its creation and has been missing since; four of its hours are charged. */
    private Rented lost(Rented server) {
        var volume = addonFixture.volume(server, 10);
        seen();
        addonFixture.provider.loses(
                addonFixture.provider.of(volume.service()).get(0).id());
        addonFixture.charge(HOURS);
        return volume;
    }

    private void seen() {
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(MINUTES));
        addonFixture.read();
    }

    /** Returns the discrepancy confirmed after two scans. */
    private UUID found() {
        addonFixture.read();
        addonFixture.read();
        return addonFixture.billingFixture.in(addonFixture.rounds::differences).stream()
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
    private List<String> gifts() {
        var schema = addonFixture.billingFixture.tenant.schema();
        return Database.texts("select p.amount::text from " + schema + ".journal_entry e join " + schema
                + ".posting p on p.entry_id = e.id join " + schema
                + ".wallet w on w.id = p.account_id where e.source like 'addon-discrepancy:%' order by e.id");
    }
}

package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.addon.ScriptedAddonProvider.ScriptedOutcome;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.workqueue.RetryOutcome;
import io.tenantry.workqueue.WorkOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Daily backups for a cent an hour, or weekly ones for half of one; and changes between the two. */
@Tag("full")
class BackupPoliciesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static AddonFixture addonFixture;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed-policies");
        addonFixture.publish("0.73", "1.46");
        addonFixture.publish(Policy.DAILY, "7.30");
        addonFixture.publish(Policy.WEEKLY, "3.65");
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
    }

    @BeforeEach
    void begin() {
        addonFixture.provider.setTaskProgress(Progress.done());
        addonFixture.provider.setIgnoringPolicyChanges(false);
        addonFixture.provider.setPolicyChoice(true);
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void listsPriceAndRetentionOfEachPolicy() {
        var server = addonFixture.server("10");
        var choice = addonFixture.billingFixture.in(() -> addonFixture.list.backupChoice(server.service()));
        assertThat(choice.isThere()).isTrue();
        assertThat(choice.rhythms())
                .extracting(one -> one.retention().policy().orElseThrow() + " "
                        + one.retention().copies() + " " + one.offer().unit())
                .containsExactly("DAILY 7 7.30000000 EUR", "WEEKLY 4 3.65000000 EUR");
        assertThat(switchOn(server, Policy.DAILY)).isEqualTo("0.01000000 EUR");
        assertThat(switchOn(addonFixture.server("10"), Policy.WEEKLY)).isEqualTo("0.00500000 EUR");
    }

    @Test
    void chargesAMoreFrequentPolicyImmediately() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.WEEKLY);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(20)));
        var id = AddonFixture.idOf(addonFixture.changePolicy(server, Policy.DAILY));
        assertThat(addonFixture.reservationStates(id)).containsExactly("CAPTURED", "RESERVED");
        assertThat(addonFixture.changePolicy(server, Policy.DAILY))
                .as("requested twice")
                .isEqualTo(new AddonOutcome.Done(id));
        assertThat(addonFixture.changePolicy(server, Policy.WEEKLY)).isEqualTo(new AddonOutcome.Busy());
        assertThat(charged(server)).isEqualTo("0.00500000 EUR");
        addonFixture.work(2);

        assertThat(addonFixture.column(id, "policy")).isEqualTo("DAILY");
        assertThat(addonFixture.provider.policy(addonFixture.serverIdOf(server)))
                .contains(Policy.DAILY);
        assertThat(addonFixture.reservationStates(id)).containsExactly("CAPTURED", "CAPTURED");
        assertThat(charged(server)).as("the hour in progress, at the higher").isEqualTo("0.01000000 EUR");
        addonFixture.charge(HOUR);
        assertThat(charged(server)).isEqualTo("0.02000000 EUR");
        assertThat(addonFixture.timeline(server))
                .containsExactly("backup_ordered", "backup_on", "backup_change", "backup_daily");
    }

    @Test
    void chargesALessFrequentPolicyFromTheNextHour() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.DAILY);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(20)));
        var id = AddonFixture.idOf(addonFixture.changePolicy(server, Policy.WEEKLY));
        assertThat(addonFixture.reservationStates(id)).as("nothing more").containsExactly("CAPTURED");
        addonFixture.work(2);
        assertThat(charged(server)).isEqualTo("0.01000000 EUR");
        addonFixture.charge(HOUR);
        assertThat(charged(server)).isEqualTo("0.01500000 EUR");
        assertThat(addonFixture.timeline(server)).endsWith("backup_change", "backup_weekly");
    }

    @Test
    void ignoresAChangeToTheSamePolicy() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.DAILY);
        addonFixture.changePolicy(server, Policy.DAILY);
        addonFixture.work();
        assertThat(addonFixture.timeline(server)).containsExactly("backup_ordered", "backup_on");
    }

    @Test
    void changesThePolicyOnceAfterALostResponse() {
        for (var scriptedOutcome : new ScriptedOutcome[] {ScriptedOutcome.LOST, ScriptedOutcome.DEATH_AFTER}) {
            var server = addonFixture.server("10");
            switchOn(server, Policy.WEEKLY);
            var before = addonFixture.provider.requests().size();
            addonFixture.provider.nextOutcomes(scriptedOutcome);
            var id = AddonFixture.idOf(addonFixture.changePolicy(server, Policy.DAILY));
            addonFixture.work(3);
            assertThat(addonFixture.column(id, "policy || ' ' || coalesce(pending_action, 'nothing')"))
                    .isEqualTo("DAILY nothing");
            assertThat(addonFixture.provider.requests()).hasSize(before + 1);
            assertThat(charged(server)).isEqualTo("0.01000000 EUR");
        }
    }

    @Test
    void repeatsAnUnansweredChange() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.WEEKLY);
        var before = addonFixture.provider.requests().size();
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT);
        var id = AddonFixture.idOf(addonFixture.changePolicy(server, Policy.DAILY));
        addonFixture.work(2);
        assertThat(addonFixture.provider.requests()).hasSize(before + 1);
        assertThat(charged(server)).isEqualTo("0.00500000 EUR");
        addonFixture.advance(BackupPolicyHandler.UNTIL_AGAIN.plusSeconds(1));
        addonFixture.work(2);
        assertThat(addonFixture.provider.requests()).hasSize(before + 2);
        assertThat(addonFixture.column(id, "policy")).isEqualTo("DAILY");
        assertThat(charged(server)).isEqualTo("0.01000000 EUR");
    }

    @Test
    void keepsThePolicyWhenTheProviderRefusesTheChange() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.WEEKLY);
        addonFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        var id = AddonFixture.idOf(addonFixture.changePolicy(server, Policy.DAILY));
        addonFixture.work();
        assertThat(addonFixture.column(id, "policy || ' ' || coalesce(pending_action, 'nothing')"))
                .isEqualTo("WEEKLY nothing");
        assertThat(addonFixture.reservationStates(id)).containsExactlyInAnyOrder("CAPTURED", "RELEASED");
        assertThat(charged(server)).isEqualTo("0.00500000 EUR");
        assertThat(addonFixture.timeline(server)).endsWith("backup_change", "backup_change_refused");
    }

    @Test
    void parksAChangeRefusedAfterALostResponse() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.WEEKLY);
        addonFixture.provider.nextOutcomes(ScriptedOutcome.SILENT, ScriptedOutcome.REFUSED);
        var id = AddonFixture.idOf(addonFixture.changePolicy(server, Policy.DAILY));
        addonFixture.work();
        addonFixture.advance(BackupPolicyHandler.UNTIL_AGAIN.plusSeconds(1));
        addonFixture.work();
        assertThat(addonFixture.parked()).singleElement().asString().contains("no such size");

        assertThat(addonFixture.billingFixture.<Boolean>in(() -> addonFixture.decisions.giveUp(id, "they are weekly")))
                .isTrue();
        assertThat(addonFixture.column(id, "policy || ' ' || coalesce(pending_action, 'nothing')"))
                .isEqualTo("WEEKLY nothing");
        assertThat(addonFixture.reservationStates(id)).containsExactlyInAnyOrder("CAPTURED", "RELEASED");
        assertThat(addonFixture.timeline(server)).endsWith("backup_change_refused");
    }

    @Test
    void parksAnAcceptedChangeWithoutEffect() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.WEEKLY);
        addonFixture.provider.setIgnoringPolicyChanges(true);
        var id = AddonFixture.idOf(addonFixture.changePolicy(server, Policy.DAILY));
        addonFixture.work();
        var asked = addonFixture.provider.requests().size();
        addonFixture.advance(Duration.ofMinutes(5));
        addonFixture.work();
        assertThat(addonFixture.provider.requests()).as("in progress").hasSize(asked);
        addonFixture.advance(BackupPolicyHandler.PATIENCE);
        addonFixture.work();
        assertThat(addonFixture.parked()).singleElement().asString().contains("not daily after");
        assertThat(charged(server)).isEqualTo("0.00500000 EUR");

        addonFixture.provider.setIgnoringPolicyChanges(false);
        assertThat(addonFixture.billingFixture.<RetryOutcome>in(() -> addonFixture.decisions.retry(id, "once more")))
                .isEqualTo(new RetryOutcome.Retried());
        addonFixture.work(2);
        assertThat(addonFixture.column(id, "policy")).isEqualTo("DAILY");
        assertThat(charged(server)).isEqualTo("0.01000000 EUR");
        assertThat(addonFixture.parked()).isEmpty();
    }

    @Test
    void doesNotChangeThePolicyDuringARestore() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.WEEKLY);
        addonFixture.read();
        addonFixture.provider.setTaskProgress(Progress.running(10));
        var id = AddonFixture.idOf(restore(server));
        assertThat(addonFixture.changePolicy(server, Policy.DAILY)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        assertThat(addonFixture.changePolicy(server, Policy.DAILY)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.provider.setTaskProgress(Progress.done());
        addonFixture.work();
        assertThat(addonFixture.timeline(server)).endsWith("backup_restore", "backup_restored");
        assertThat(addonFixture.changePolicy(server, Policy.DAILY)).isEqualTo(new AddonOutcome.Done(id));
        addonFixture.work(2);
        assertThat(addonFixture.column(id, "policy")).isEqualTo("DAILY");
    }

    @Test
    void refusesRestoresAndSnapshotsDuringAPolicyChange() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.WEEKLY);
        addonFixture.read();
        var snapshot = addonFixture.createSnapshot(server).service();
        addonFixture.changePolicy(server, Policy.DAILY);
        assertThat(restore(server)).isEqualTo(new AddonOutcome.Busy());
        assertThat(addonFixture.billingFixture.<AddonOutcome>in(() -> addonFixture.snapshots.restore(snapshot)))
                .isEqualTo(new AddonOutcome.Busy());
        assertThat(addonFixture.orderSnapshot(server)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        assertThat(restore(server)).isInstanceOf(AddonOutcome.Done.class);
        addonFixture.work(2);
    }

    @Test
    void postponesAPolicyChangeDuringARebuild() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.WEEKLY);
        addonFixture.setPendingOperation(server, "REBUILD");
        var before = addonFixture.provider.requests().size();
        var id = AddonFixture.idOf(addonFixture.changePolicy(server, Policy.DAILY));
        addonFixture.work(3);
        assertThat(addonFixture.provider.requests()).hasSize(before);
        addonFixture.setPendingOperation(server, null);
        addonFixture.work(2);
        assertThat(addonFixture.column(id, "policy")).isEqualTo("DAILY");
    }

    @Test
    void dropsAPendingChangeWhenBackupsAreSwitchedOff() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.WEEKLY);
        var id = AddonFixture.idOf(addonFixture.changePolicy(server, Policy.DAILY));
        var before = addonFixture.provider.requests().size();
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        assertThat(addonFixture.reservationStates(id)).containsExactlyInAnyOrder("CAPTURED", "RELEASED");
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(charged(server)).isEqualTo("0.00500000 EUR");
        assertThat(addonFixture
                        .provider
                        .requests()
                        .subList(before, addonFixture.provider.requests().size()))
                .containsExactly("backups off");
    }

    @Test
    void switchesBackupsOffAfterAChangeInProgress() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.WEEKLY);
        var id = AddonFixture.idOf(addonFixture.changePolicy(server, Policy.DAILY));
        var before = addonFixture.provider.requests().size();
        addonFixture.provider.duringNextPolicyQuery(() -> {
            addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
            var off = addonFixture
                    .workQueueFixture
                    .queue
                    .claim(Set.of(BackupHandler.KIND))
                    .orElseThrow();
            assertThat(addonFixture.workOnBackups(off)).as("in progress").isInstanceOf(WorkOutcome.Reschedule.class);
        });
        addonFixture.work();
        assertThat(addonFixture.provider.requests())
                .as("daily is no longer requested")
                .hasSize(before);
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATING");
        addonFixture.work();
        assertThat(addonFixture.provider.requests()).hasSize(before + 1).endsWith("backups off");
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.column(id, "requested_at")).isEqualTo("-");
        assertThat(charged(server)).isEqualTo("0.00500000 EUR");
    }

    @Test
    void endsBackupsWithTheirServerDuringAPolicyChange() {
        var server = addonFixture.server("10");
        switchOn(server, Policy.WEEKLY);
        var id = AddonFixture.idOf(addonFixture.changePolicy(server, Policy.DAILY));
        addonFixture.terminate(server);
        assertThat(addonFixture.reservationStates(id)).containsExactlyInAnyOrder("CAPTURED", "RELEASED");
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.parked()).isEmpty();
    }

    @Test
    void requiresFundsForTheAdditionalPrice() {
        var server = addonFixture.server("0.04");
        switchOn(server, Policy.WEEKLY);
        assertThat(addonFixture.changePolicy(server, Policy.DAILY)).isInstanceOf(AddonOutcome.Done.class);
        addonFixture.work(2);
        var poor = addonFixture.server("0.031");
        switchOn(poor, Policy.WEEKLY);
        assertThat(addonFixture.changePolicy(poor, Policy.DAILY))
                .isEqualTo(new AddonOutcome.InsufficientFunds(addonFixture.billingFixture.money("0.004")));
    }

    @Test
    void refusesOrdersAndChangesAtAnotherPrice() {
        var server = addonFixture.server("10");
        var service = server.service();
        assertThat(addonFixture.billingFixture.<AddonOutcome>in(
                        () -> addonFixture.backups.switchOn(service, Optional.of(Policy.DAILY), UUID.randomUUID())))
                .isEqualTo(new AddonOutcome.PriceChanged());
        switchOn(server, Policy.WEEKLY);
        assertThat(addonFixture.billingFixture.<AddonOutcome>in(
                        () -> addonFixture.backups.change(service, Policy.DAILY, UUID.randomUUID())))
                .isEqualTo(new AddonOutcome.PriceChanged());
    }

    @Test
    void chargesTheDefaultPriceWithoutAChoiceOfPolicies() {
        addonFixture.provider.setPolicyChoice(false);
        var server = addonFixture.server("10");
        assertThat(addonFixture.orderBackups(server, Optional.of(Policy.DAILY)))
                .isEqualTo(new AddonOutcome.NotSupported());
        var id = AddonFixture.idOf(addonFixture.orderBackups(server, Optional.empty()));
        addonFixture.work();
        assertThat(addonFixture.column(id, "policy")).isEqualTo("-");
        assertThat(charged(server)).isEqualTo("0.00200000 EUR");
        assertThat(addonFixture.provider.requests()).endsWith("backups on");
        assertThat(addonFixture.changePolicy(server, Policy.WEEKLY)).isEqualTo(new AddonOutcome.NotSupported());
    }

    @Test
    void requiresAPolicyWhenTheProviderOffersSeveral() {
        var server = addonFixture.server("10");
        assertThat(addonFixture.orderBackups(server, Optional.empty())).isEqualTo(new AddonOutcome.NotSupported());
    }

    @Test
    void fallsBackToTheDefaultPriceUnlessAPolicyIsWithheld() {
        var other = new AddonFixture("shed-policies-two");
        var server = other.server("10");
        other.publish("0.73", "3.65");
        var service = server.service();
        assertThat(other.billingFixture
                        .in(() -> other.list.backupChoice(service))
                        .rhythms())
                .hasSize(2)
                .allMatch(one -> one.offer().unit().equals(other.billingFixture.money("3.65")));

        assertThat(other.billingFixture.<AddonPrices.Outcome>in(
                        () -> other.prices.publish(Policy.WEEKLY, Optional.empty(), Optional.empty())))
                .isEqualTo(AddonPrices.Outcome.DONE);
        advanceOneSecond(other);
        assertThat(other.billingFixture.<AddonPrices.Outcome>in(
                        () -> other.prices.publish(Policy.WEEKLY, Optional.empty(), Optional.empty())))
                .isEqualTo(AddonPrices.Outcome.UNCHANGED);
        assertThat(other.billingFixture
                        .in(() -> other.list.backupChoice(service))
                        .rhythms())
                .extracting(one -> one.retention().policy().orElseThrow())
                .containsExactly(Policy.DAILY);
        assertThat(other.orderBackups(server, Optional.of(Policy.WEEKLY))).isEqualTo(new AddonOutcome.NotOffered());
        assertThat(other.orderBackups(server, Optional.of(Policy.DAILY))).isInstanceOf(AddonOutcome.Done.class);
        other.work();

        advanceOneSecond(other);
        other.publish(Policy.WEEKLY, "0");
        assertThat(other.changePolicy(server, Policy.WEEKLY)).isInstanceOf(AddonOutcome.Done.class);
        other.work(2);
        other.charge(HOUR.multipliedBy(3));
        assertThat(other.timeline(server)).endsWith("backup_weekly");
        assertThat(other.violations()).isEmpty();
    }

    /** Ensures that one of two prices is later. */
    private static void advanceOneSecond(AddonFixture one) {
        one.billingFixture.clock.stopAt(one.billingFixture.clock.instant().plusSeconds(1));
    }

    /** Switches them on; returns the cost so far. */
    private static String switchOn(Rented server, Policy policy) {
        AddonFixture.idOf(addonFixture.orderBackups(server, Optional.of(policy)));
        addonFixture.work();
        return charged(server);
    }

    private static AddonOutcome restore(Rented server) {
        return addonFixture.billingFixture.in(() -> addonFixture.backups.restore(server.service(), "copy-1"));
    }

    private static String charged(Rented server) {
        var id = addonFixture.billingFixture.in(() -> addonFixture.billingFixture.sql.one(
                "select id from addon where service_id = ? and kind = 'BACKUP'",
                row -> row.uuid("id"),
                server.service()));
        return addonFixture.charged(id, server.wallet()).toString();
    }
}

package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.addon.ScriptedAddonProvider.ScriptedOutcome;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.RetryOutcome;
import io.tenantry.workqueue.WorkOutcome;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups of servers: on, off, on again, one restored. They cost half a cent an hour. */
class BackupsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static AddonFixture addonFixture;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed-copies");
        addonFixture.publish("0.73", "3.65");
    }

    @BeforeEach
    void begin() {
        addonFixture.provider.setTaskProgress(Progress.done());
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void chargesFromTheActivation() {
        var server = addonFixture.server("10");
        var id = AddonFixture.idOf(addonFixture.orderBackups(server));
        assertThat(addonFixture.reservationStates(id)).containsExactly("RESERVED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(addonFixture.provider.isBackedUp(addonFixture.column(id, serverId())))
                .isTrue();
        assertThat(addonFixture.reservationStates(id)).containsExactly("CAPTURED");
        assertThat(charged(id, server)).isEqualTo("0.00500000 EUR");
        assertThat(addonFixture.timeline(server)).containsExactly("backup_ordered", "backup_on");
    }

    @Test
    void switchesBackupsOnOnceForARepeatedRequest() {
        var server = addonFixture.server("10");
        assertThat(addonFixture.orderBackups(server)).isEqualTo(addonFixture.orderBackups(server));
        addonFixture.work();
        assertThat(addonFixture.orderBackups(server)).isInstanceOf(AddonOutcome.Done.class);
        addonFixture.work();
        assertThat(addonFixture.timeline(server)).containsExactly("backup_ordered", "backup_on");
    }

    @Test
    void chargesAFirstHourTwiceWhenSwitchedOffAndOnWithinIt() {
        var server = addonFixture.server("10");
        var first = switchOn(server);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(10)));
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        assertThat(addonFixture.orderBackups(server)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work();
        assertThat(addonFixture.state(first)).isEqualTo("TERMINATED");

        var second = switchOn(server);
        assertThat(second).isNotEqualTo(first);
        addonFixture.charge(HOUR);
        assertThat(charged(first, server)).isEqualTo("0.00500000 EUR");
        assertThat(charged(second, server)).isEqualTo("0.00500000 EUR");
        addonFixture.charge(HOUR);
        assertThat(charged(first, server)).isEqualTo("0.00500000 EUR");
        assertThat(charged(second, server)).isEqualTo("0.01000000 EUR");
        assertThat(addonFixture.timeline(server))
                .containsExactly(
                        "backup_ordered",
                        "backup_on",
                        "backup_off_wanted",
                        "backup_off",
                        "backup_ordered",
                        "backup_on");
    }

    @Test
    void switchesBackupsOnAfterALostResponse() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        var id = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(charged(id, server)).isEqualTo("0.00500000 EUR");
    }

    @Test
    void reservesNothingAfterARefusal() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.REFUSED);
        var id = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(addonFixture.timeline(server)).containsExactly("backup_ordered", "backup_failed");
    }

    @Test
    void parksAnOrderRefusedAfterALostResponse() {
        var server = addonFixture.server("10");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.LOST, ScriptedOutcome.REFUSED);
        var id = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");
        assertThat(addonFixture.parked()).singleElement().asString().contains("no such size");

        assertThat(addonFixture.billingFixture.<RetryOutcome>in(() -> addonFixture.decisions.retry(id, "they are on")))
                .isEqualTo(new RetryOutcome.Retried());
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void endsBackupsWithTheirServer() {
        var server = addonFixture.server("10");
        var id = switchOn(server);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(90)));
        addonFixture.terminate(server);
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(charged(id, server)).isEqualTo("0.01000000 EUR");
        assertThat(addonFixture.billingFixture.charged(server)).isEqualTo(addonFixture.billingFixture.money("0.04"));
        addonFixture.charge(HOUR.multipliedBy(5));
        assertThat(charged(id, server)).isEqualTo("0.01000000 EUR");
    }

    @Test
    void chargesNothingForBackupsOrderedBeforeTheirServerEnds() {
        var server = addonFixture.server("10");
        var id = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.terminate(server);
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
    }

    @Test
    void restoresAListedBackup() {
        var server = addonFixture.server("10");
        var id = switchOn(server);
        assertThat(restore(server, "copy-1")).isEqualTo(new AddonOutcome.NotSupported());
        addonFixture.read();
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.list.copies(
                        addonFixture.list.backups(server.service()).orElseThrow())))
                .singleElement()
                .extracting(AddonQuery.RestorePoint::name)
                .isEqualTo("daily");

        assertThat(restore(server, "copy-1")).isEqualTo(new AddonOutcome.Done(id));
        assertThat(restore(server, "copy-1")).isEqualTo(new AddonOutcome.Busy());
        assertThat(addonFixture.billingFixture.<AddonOutcome>in(() -> addonFixture.backups.switchOff(server.service())))
                .as("during the restore")
                .isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        assertThat(addonFixture.timeline(server)).endsWith("backup_restore", "backup_restored");
        assertThat(addonFixture.column(id, "pending_action")).isEqualTo("-");
    }

    @Test
    void doesNotRepeatARestoreAfterALostResponse() {
        var server = addonFixture.server("10");
        switchOn(server);
        addonFixture.read();
        restore(server, "copy-1");
        addonFixture.provider.nextOutcomes(ScriptedOutcome.LOST);
        var before = addonFixture.provider.requests().size();
        addonFixture.work(3);
        addonFixture.advance(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.provider.requests()).hasSize(before + 1);
        assertThat(addonFixture.timeline(server)).endsWith("backup_restore", "backup_unsure");
    }

    @Test
    void ignoresWorkLeftOverFromAnEarlierRestore() {
        var server = addonFixture.server("10");
        var id = switchOn(server);
        addonFixture.read();
        addonFixture.workQueueFixture.clear();
        addonFixture.billingFixture.in(
                () -> addonFixture.workQueueFixture.items.write(BackupHandler.KIND, "left over", id));
        restore(server, "copy-1");
        var leftOver = claim();
        var wanted = claim();
        var before = addonFixture.provider.requests().size();
        assertThat(addonFixture.workOnBackups(leftOver)).isEqualTo(WorkOutcome.done());
        assertThat(addonFixture.provider.requests()).hasSize(before);
        assertThat(addonFixture.workOnBackups(wanted)).isInstanceOf(WorkOutcome.Reschedule.class);
        assertThat(addonFixture.provider.requests()).hasSize(before + 1);
    }

    @Test
    void doesNotCallTheProviderForAReusedServerId() {
        var server = addonFixture.server("10");
        var id = switchOn(server);
        addonFixture.read();
        restore(server, "copy-1");
        addonFixture.reassignServerId(id);
        var before = addonFixture.provider.requests().size();
        addonFixture.work(2);
        assertThat(addonFixture.timeline(server)).endsWith("backup_restore", "backup_refused");
        addonFixture.read();
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.list.copies(
                        addonFixture.list.backups(server.service()).orElseThrow())))
                .as("another's")
                .isEmpty();
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");

        var again = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work(2);
        assertThat(addonFixture.state(again)).isEqualTo("FAILED");
        assertThat(addonFixture.provider.requests()).hasSize(before);
    }

    @Test
    void endsBackupsOfAMissingServerAfterTwoConfirmations() {
        var server = addonFixture.server("10");
        var id = switchOn(server);
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        addonFixture.provider.nextOutcomes(ScriptedOutcome.GONE, ScriptedOutcome.GONE, ScriptedOutcome.GONE);
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).as("not yet confirmed").isEqualTo("TERMINATING");
        addonFixture.advance(AddonRepository.GRACE.plusSeconds(1));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.timeline(server)).endsWith("backup_off_wanted", "backup_off");
        assertThat(addonFixture.parked()).isEmpty();
    }

    @Test
    void switchesOffBackupsOfAServerFoundAgain() {
        var server = addonFixture.server("10");
        var id = switchOn(server);
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        addonFixture.provider.nextOutcomes(ScriptedOutcome.GONE);
        addonFixture.work();
        addonFixture.advance(AddonRepository.GRACE.plusSeconds(1));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.provider.isBackedUp(addonFixture.serverIdOf(server)))
                .isFalse();
    }

    @Test
    void doesNotEndBackupsOfAnExistingServerReportedAsNotFound() {
        var server = addonFixture.server("10");
        var id = switchOn(server);
        addonFixture.provider.addServer(addonFixture.serverIdOf(server), server.service());
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        addonFixture.provider.nextOutcomes(ScriptedOutcome.GONE, ScriptedOutcome.GONE);
        addonFixture.work();
        addonFixture.advance(AddonRepository.GRACE.plusSeconds(1));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATING");
        assertThat(addonFixture.provider.isBackedUp(addonFixture.serverIdOf(server)))
                .isTrue();
        assertThat(addonFixture.timeline(server)).endsWith("backup_off_wanted");

        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.provider.isBackedUp(addonFixture.serverIdOf(server)))
                .isFalse();
    }

    @Test
    void recordsARestoreRefusedByTheProvider() {
        var server = addonFixture.server("10");
        switchOn(server);
        addonFixture.read();
        restore(server, "copy-1");
        addonFixture.provider.setTaskProgress(Progress.failed("the copy is broken"));
        addonFixture.work(2);
        assertThat(addonFixture.timeline(server)).endsWith("backup_restore", "backup_refused");
    }

    @Test
    void expectsAnotherHostKeyAfterARestore() {
        var server = addonFixture.server("10");
        switchOn(server);
        addonFixture.read();
        restore(server, "copy-1");
        addonFixture.work();
        assertThat(addonFixture.rebuiltServers).doesNotContain(server.service());
        addonFixture.work();
        assertThat(addonFixture.rebuiltServers).contains(server.service());
    }

    @Test
    void refusesARestoreDuringARebuildOrRescue() {
        var server = addonFixture.server("10");
        var id = switchOn(server);
        addonFixture.read();
        addonFixture.setPendingOperation(server, "REBUILD");
        assertThat(restore(server, "copy-1")).isEqualTo(new AddonOutcome.Busy());
        addonFixture.setPendingOperation(server, null);
        addonFixture.setRescued(server, true);
        assertThat(restore(server, "copy-1")).isEqualTo(new AddonOutcome.Busy());
        addonFixture.setRescued(server, false);
        assertThat(restore(server, "copy-1")).isEqualTo(new AddonOutcome.Done(id));
        addonFixture.work(2);
    }

    @Test
    void switchesBackupsOnAfterAResize() {
        var server = addonFixture.server("10");
        addonFixture.setPendingOperation(server, "RESIZE");
        var before = addonFixture.provider.requests().size();
        var id = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work(10);
        assertThat(addonFixture.provider.requests()).hasSize(before);
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");

        addonFixture.setPendingOperation(server, null);
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    private static ClaimedWorkItem claim() {
        return addonFixture
                .workQueueFixture
                .queue
                .claim(Set.of(BackupHandler.KIND))
                .orElseThrow();
    }

    private static UUID switchOn(Rented server) {
        var id = AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work();
        return id;
    }

    private static AddonOutcome restore(Rented server, String copy) {
        return addonFixture.billingFixture.in(() -> addonFixture.backups.restore(server.service(), copy));
    }

    private static String charged(UUID id, Rented server) {
        return addonFixture.charged(id, server.wallet()).toString();
    }

    /** Returns the provider's number of an add-on's server. */
    private static String serverId() {
        return "select s.provider_ref from " + addonFixture.billingFixture.tenant.schema()
                + ".service s where s.id = addon.service_id";
    }
}

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
        addonFixture.provider.tasks(Progress.done());
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void chargesFromTheActivation() {
        var server = addonFixture.server("10");
        var id = AddonFixture.done(addonFixture.backUp(server));
        assertThat(addonFixture.holds(id)).containsExactly("RESERVED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(addonFixture.provider.isBackedUp(addonFixture.column(id, serverId())))
                .isTrue();
        assertThat(addonFixture.holds(id)).containsExactly("CAPTURED");
        assertThat(charged(id, server)).isEqualTo("0.00500000 EUR");
        assertThat(addonFixture.timeline(server)).containsExactly("backup_ordered", "backup_on");
    }

    @Test
    void switchesBackupsOnOnceForARepeatedRequest() {
        var server = addonFixture.server("10");
        assertThat(addonFixture.backUp(server)).isEqualTo(addonFixture.backUp(server));
        addonFixture.work();
        assertThat(addonFixture.backUp(server)).isInstanceOf(AddonOutcome.Done.class);
        addonFixture.work();
        assertThat(addonFixture.timeline(server)).containsExactly("backup_ordered", "backup_on");
    }

    @Test
    void chargesAFirstHourTwiceWhenSwitchedOffAndOnWithinIt() {
        var server = addonFixture.server("10");
        var first = on(server);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(10)));
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        assertThat(addonFixture.backUp(server)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work();
        assertThat(addonFixture.state(first)).isEqualTo("TERMINATED");

        var second = on(server);
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
        addonFixture.provider.fates(ScriptedOutcome.LOST);
        var id = AddonFixture.done(addonFixture.backUp(server));
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
        assertThat(charged(id, server)).isEqualTo("0.00500000 EUR");
    }

    @Test
    void reservesNothingAfterARefusal() {
        var server = addonFixture.server("10");
        addonFixture.provider.fates(ScriptedOutcome.REFUSED);
        var id = AddonFixture.done(addonFixture.backUp(server));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.holds(id)).containsExactly("RELEASED");
        assertThat(addonFixture.timeline(server)).containsExactly("backup_ordered", "backup_failed");
    }

    @Test
    void parksAnOrderRefusedAfterALostResponse() {
        var server = addonFixture.server("10");
        addonFixture.provider.fates(ScriptedOutcome.LOST, ScriptedOutcome.REFUSED);
        var id = AddonFixture.done(addonFixture.backUp(server));
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
        var id = on(server);
        addonFixture.billingFixture.clock.stopAt(
                addonFixture.billingFixture.clock.instant().plus(Duration.ofMinutes(90)));
        addonFixture.end(server);
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(charged(id, server)).isEqualTo("0.01000000 EUR");
        assertThat(addonFixture.billingFixture.charged(server)).isEqualTo(addonFixture.billingFixture.money("0.04"));
        addonFixture.charge(HOUR.multipliedBy(5));
        assertThat(charged(id, server)).isEqualTo("0.01000000 EUR");
    }

    @Test
    void chargesNothingForBackupsOrderedBeforeTheirServerEnds() {
        var server = addonFixture.server("10");
        var id = AddonFixture.done(addonFixture.backUp(server));
        addonFixture.end(server);
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.holds(id)).containsExactly("RELEASED");
        assertThat(charged(id, server)).isEqualTo("0.00000000 EUR");
    }

    @Test
    void restoresAListedBackup() {
        var server = addonFixture.server("10");
        var id = on(server);
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
                .as("while the server is put back")
                .isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        assertThat(addonFixture.timeline(server)).endsWith("backup_restore", "backup_restored");
        assertThat(addonFixture.column(id, "pending_action")).isEqualTo("-");
    }

    @Test
    void doesNotRepeatARestoreAfterALostResponse() {
        var server = addonFixture.server("10");
        on(server);
        addonFixture.read();
        restore(server, "copy-1");
        addonFixture.provider.fates(ScriptedOutcome.LOST);
        var before = addonFixture.provider.asked().size();
        addonFixture.work(3);
        addonFixture.pass(Duration.ofMinutes(2));
        addonFixture.work();
        assertThat(addonFixture.provider.asked()).hasSize(before + 1);
        assertThat(addonFixture.timeline(server)).endsWith("backup_restore", "backup_unsure");
    }

    @Test
    void ignoresWorkLeftOverFromAnEarlierRestore() {
        var server = addonFixture.server("10");
        var id = on(server);
        addonFixture.read();
        addonFixture.workQueueFixture.clear();
        addonFixture.billingFixture.in(
                () -> addonFixture.workQueueFixture.items.write(BackupHandler.KIND, "left over", id));
        restore(server, "copy-1");
        var leftOver = claimed();
        var wanted = claimed();
        var before = addonFixture.provider.asked().size();
        assertThat(addonFixture.turn(leftOver)).isEqualTo(WorkOutcome.done());
        assertThat(addonFixture.provider.asked()).hasSize(before);
        assertThat(addonFixture.turn(wanted)).isInstanceOf(WorkOutcome.Reschedule.class);
        assertThat(addonFixture.provider.asked()).hasSize(before + 1);
    }

    @Test
    void doesNotCallTheProviderForAReusedServerId() {
        var server = addonFixture.server("10");
        var id = on(server);
        addonFixture.read();
        restore(server, "copy-1");
        addonFixture.giveNumberAway(id);
        var before = addonFixture.provider.asked().size();
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

        var again = AddonFixture.done(addonFixture.backUp(server));
        addonFixture.work(2);
        assertThat(addonFixture.state(again)).isEqualTo("FAILED");
        assertThat(addonFixture.provider.asked()).hasSize(before);
    }

    @Test
    void endsBackupsOfAMissingServerAfterTwoConfirmations() {
        var server = addonFixture.server("10");
        var id = on(server);
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        addonFixture.provider.fates(ScriptedOutcome.GONE, ScriptedOutcome.GONE, ScriptedOutcome.GONE);
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).as("it may be a mistake").isEqualTo("TERMINATING");
        addonFixture.pass(AddonRepository.GRACE.plusSeconds(1));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.timeline(server)).endsWith("backup_off_wanted", "backup_off");
        assertThat(addonFixture.parked()).isEmpty();
    }

    @Test
    void switchesOffBackupsOfAServerFoundAgain() {
        var server = addonFixture.server("10");
        var id = on(server);
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        addonFixture.provider.fates(ScriptedOutcome.GONE);
        addonFixture.work();
        addonFixture.pass(AddonRepository.GRACE.plusSeconds(1));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.provider.isBackedUp(addonFixture.number(server)))
                .isFalse();
    }

    @Test
    void doesNotEndBackupsOfAnExistingServerReportedAsNotFound() {
        var server = addonFixture.server("10");
        var id = on(server);
        addonFixture.provider.shows(addonFixture.number(server), server.service());
        addonFixture.billingFixture.in(() -> addonFixture.backups.switchOff(server.service()));
        addonFixture.provider.fates(ScriptedOutcome.GONE, ScriptedOutcome.GONE);
        addonFixture.work();
        addonFixture.pass(AddonRepository.GRACE.plusSeconds(1));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATING");
        assertThat(addonFixture.provider.isBackedUp(addonFixture.number(server)))
                .isTrue();
        assertThat(addonFixture.timeline(server)).endsWith("backup_off_wanted");

        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
        assertThat(addonFixture.provider.isBackedUp(addonFixture.number(server)))
                .isFalse();
    }

    @Test
    void recordsARestoreRefusedByTheProvider() {
        var server = addonFixture.server("10");
        on(server);
        addonFixture.read();
        restore(server, "copy-1");
        addonFixture.provider.tasks(Progress.failed("the copy is broken"));
        addonFixture.work(2);
        assertThat(addonFixture.timeline(server)).endsWith("backup_restore", "backup_refused");
    }

    @Test
    void expectsAnotherHostKeyAfterARestore() {
        var server = addonFixture.server("10");
        on(server);
        addonFixture.read();
        restore(server, "copy-1");
        addonFixture.work();
        assertThat(addonFixture.begunAnew).doesNotContain(server.service());
        addonFixture.work();
        assertThat(addonFixture.begunAnew).contains(server.service());
    }

    @Test
    void refusesARestoreDuringARebuildOrRescue() {
        var server = addonFixture.server("10");
        var id = on(server);
        addonFixture.read();
        addonFixture.changing(server, "REBUILD");
        assertThat(restore(server, "copy-1")).isEqualTo(new AddonOutcome.Busy());
        addonFixture.changing(server, null);
        addonFixture.rescued(server, true);
        assertThat(restore(server, "copy-1")).isEqualTo(new AddonOutcome.Busy());
        addonFixture.rescued(server, false);
        assertThat(restore(server, "copy-1")).isEqualTo(new AddonOutcome.Done(id));
        addonFixture.work(2);
    }

    @Test
    void switchesBackupsOnAfterAResize() {
        var server = addonFixture.server("10");
        addonFixture.changing(server, "RESIZE");
        var before = addonFixture.provider.asked().size();
        var id = AddonFixture.done(addonFixture.backUp(server));
        addonFixture.work(10);
        assertThat(addonFixture.provider.asked()).hasSize(before);
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");

        addonFixture.changing(server, null);
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    private static ClaimedWorkItem claimed() {
        return addonFixture
                .workQueueFixture
                .queue
                .claim(Set.of(BackupHandler.KIND))
                .orElseThrow();
    }

    private static UUID on(Rented server) {
        var id = AddonFixture.done(addonFixture.backUp(server));
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

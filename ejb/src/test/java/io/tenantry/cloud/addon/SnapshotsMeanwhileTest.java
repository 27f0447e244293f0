package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.Snapshots.Keeping;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Snapshots of a server with a concurrent operation. */
class SnapshotsMeanwhileTest {
    private static AddonFixture addonFixture;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("shed-meanwhile");
        addonFixture.publish("0.73", "3.65");
        addonFixture.publish(AddonType.SNAPSHOT, "0.73");
        addonFixture.provider.keeps(Keeping.STANDALONE);
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void takesASnapshotAfterAResize() {
        var server = addonFixture.server("10");
        addonFixture.changing(server, "RESIZE");
        var before = addonFixture.provider.asked().size();
        var id = AddonFixture.done(addonFixture.snap(server));
        addonFixture.work(10);
        assertThat(addonFixture.provider.asked()).hasSize(before);
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");

        addonFixture.changing(server, null);
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void deletesASnapshotDuringAResize() {
        var server = addonFixture.server("10");
        var id = addonFixture.snapshot(server).service();
        addonFixture.changing(server, "RESIZE");
        addonFixture.billingFixture.in(() -> addonFixture.snapshots.delete(id));
        addonFixture.work(2);
        assertThat(addonFixture.provider.copiesOf(id)).isEmpty();
        addonFixture.changing(server, null);
    }

    @Test
    void refusesARestoreDuringARebuildOrRescue() {
        var server = addonFixture.server("10");
        var id = addonFixture.snapshot(server).service();
        addonFixture.changing(server, "REBUILD");
        assertThat(restore(id)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.changing(server, null);
        addonFixture.rescued(server, true);
        assertThat(restore(id)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.rescued(server, false);
        assertThat(restore(id)).isEqualTo(new AddonOutcome.Done(id));
        addonFixture.work(2);
    }

    @Test
    void expectsAnotherHostKeyAfterARestore() {
        var server = addonFixture.server("10");
        var id = addonFixture.snapshot(server).service();
        restore(id);
        addonFixture.work();
        assertThat(addonFixture.begunAnew).doesNotContain(server.service());
        addonFixture.work();
        assertThat(addonFixture.begunAnew).contains(server.service());
    }

    @Test
    void allowsOneOperationOnAServerAtATime() {
        var server = addonFixture.server("10");
        AddonFixture.done(addonFixture.backUp(server));
        addonFixture.work();
        addonFixture.read();
        var first = addonFixture.snapshot(server).service();
        var second = addonFixture.snapshot(server).service();

        assertThat(restore(first)).isEqualTo(new AddonOutcome.Done(first));
        assertThat(restore(second)).isEqualTo(new AddonOutcome.Busy());
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.backups.restore(server.service(), "copy-1")))
                .isEqualTo(new AddonOutcome.Busy());
        assertThat(addonFixture.snap(server)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);

        var third = AddonFixture.done(addonFixture.snap(server));
        assertThat(restore(first)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        assertThat(addonFixture.state(third)).isEqualTo("ACTIVE");
        assertThat(restore(first)).isEqualTo(new AddonOutcome.Done(first));
        addonFixture.work(2);
    }

    @Test
    void neitherTakesNorRestoresSnapshotsOfAServerWithAnotherTag() {
        var server = addonFixture.server("10");
        var id = addonFixture.snapshot(server).service();
        addonFixture.provider.gives(addonFixture.number(server), UUID.randomUUID());
        var before = addonFixture.provider.asked().size();
        restore(id);
        addonFixture.work(2);
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_restore", "snapshot_refused");

        var other = AddonFixture.done(addonFixture.snap(server));
        addonFixture.work(2);
        assertThat(addonFixture.state(other)).isEqualTo("FAILED");
        assertThat(addonFixture.charged(other, server.wallet())).isEqualTo(addonFixture.billingFixture.money("0"));
        assertThat(addonFixture.provider.asked()).hasSize(before);
    }

    @Test
    void doesNotDeleteSnapshotsOfAReusedServerId() {
        var server = addonFixture.server("10");
        var id = addonFixture.snapshot(server).service();
        var number = addonFixture.number(server);
        addonFixture.giveNumberAway(id);
        var others = UUID.randomUUID();
        addonFixture.provider.copyAppears(others, number);
        var before = addonFixture.provider.asked().size();
        addonFixture.billingFixture.in(() -> addonFixture.snapshots.delete(id));
        addonFixture.work(2);
        assertThat(addonFixture.provider.copiesOf(id))
                .as("it outlives its server, and is ours")
                .isEmpty();
        assertThat(addonFixture.provider.copiesOf(others)).as("another's").hasSize(1);
        assertThat(addonFixture.provider.asked()).hasSize(before + 1).endsWith("delete snapshot");
        addonFixture.pass(AddonRepository.GRACE.plusSeconds(1));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
    }

    @Test
    void doesNotTakeASnapshotOfAReusedServerId() {
        var server = addonFixture.server("10");
        addonFixture.changing(server, "RESIZE");
        var id = AddonFixture.done(addonFixture.snap(server));
        addonFixture.work();
        addonFixture.giveNumberAway(id);
        var before = addonFixture.provider.asked().size();
        addonFixture.changing(server, null);
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.holds(id)).containsExactly("RELEASED");
        assertThat(addonFixture.provider.asked()).hasSize(before);
        assertThat(addonFixture.provider.snapshots(addonFixture.number(server))).isEmpty();
    }

    private static AddonOutcome restore(UUID snapshot) {
        return addonFixture.billingFixture.in(() -> addonFixture.snapshots.restore(snapshot));
    }
}

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
        addonFixture.provider.setKeeping(Keeping.STANDALONE);
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    @Test
    void takesASnapshotAfterAResize() {
        var server = addonFixture.server("10");
        addonFixture.setPendingOperation(server, "RESIZE");
        var before = addonFixture.provider.requests().size();
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work(10);
        assertThat(addonFixture.provider.requests()).hasSize(before);
        assertThat(addonFixture.state(id)).isEqualTo("ORDERED");

        addonFixture.setPendingOperation(server, null);
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("ACTIVE");
    }

    @Test
    void deletesASnapshotDuringAResize() {
        var server = addonFixture.server("10");
        var id = addonFixture.createSnapshot(server).service();
        addonFixture.setPendingOperation(server, "RESIZE");
        addonFixture.billingFixture.in(() -> addonFixture.snapshots.delete(id));
        addonFixture.work(2);
        assertThat(addonFixture.provider.snapshotsOf(id)).isEmpty();
        addonFixture.setPendingOperation(server, null);
    }

    @Test
    void refusesARestoreDuringARebuildOrRescue() {
        var server = addonFixture.server("10");
        var id = addonFixture.createSnapshot(server).service();
        addonFixture.setPendingOperation(server, "REBUILD");
        assertThat(restore(id)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.setPendingOperation(server, null);
        addonFixture.setRescued(server, true);
        assertThat(restore(id)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.setRescued(server, false);
        assertThat(restore(id)).isEqualTo(new AddonOutcome.Done(id));
        addonFixture.work(2);
    }

    @Test
    void expectsAnotherHostKeyAfterARestore() {
        var server = addonFixture.server("10");
        var id = addonFixture.createSnapshot(server).service();
        restore(id);
        addonFixture.work();
        assertThat(addonFixture.rebuiltServers).doesNotContain(server.service());
        addonFixture.work();
        assertThat(addonFixture.rebuiltServers).contains(server.service());
    }

    @Test
    void allowsOneOperationOnAServerAtATime() {
        var server = addonFixture.server("10");
        AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work();
        addonFixture.read();
        var first = addonFixture.createSnapshot(server).service();
        var second = addonFixture.createSnapshot(server).service();

        assertThat(restore(first)).isEqualTo(new AddonOutcome.Done(first));
        assertThat(restore(second)).isEqualTo(new AddonOutcome.Busy());
        assertThat(addonFixture.billingFixture.in(() -> addonFixture.backups.restore(server.service(), "copy-1")))
                .isEqualTo(new AddonOutcome.Busy());
        assertThat(addonFixture.orderSnapshot(server)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);

        var third = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        assertThat(restore(first)).isEqualTo(new AddonOutcome.Busy());
        addonFixture.work(2);
        assertThat(addonFixture.state(third)).isEqualTo("ACTIVE");
        assertThat(restore(first)).isEqualTo(new AddonOutcome.Done(first));
        addonFixture.work(2);
    }

    @Test
    void neitherTakesNorRestoresSnapshotsOfAServerWithAnotherTag() {
        var server = addonFixture.server("10");
        var id = addonFixture.createSnapshot(server).service();
        addonFixture.provider.reassignServerId(addonFixture.serverIdOf(server), UUID.randomUUID());
        var before = addonFixture.provider.requests().size();
        restore(id);
        addonFixture.work(2);
        assertThat(addonFixture.timeline(server)).endsWith("snapshot_restore", "snapshot_refused");

        var other = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work(2);
        assertThat(addonFixture.state(other)).isEqualTo("FAILED");
        assertThat(addonFixture.charged(other, server.wallet())).isEqualTo(addonFixture.billingFixture.money("0"));
        assertThat(addonFixture.provider.requests()).hasSize(before);
    }

    @Test
    void doesNotDeleteSnapshotsOfAReusedServerId() {
        var server = addonFixture.server("10");
        var id = addonFixture.createSnapshot(server).service();
        var number = addonFixture.serverIdOf(server);
        addonFixture.reassignServerId(id);
        var others = UUID.randomUUID();
        addonFixture.provider.addUnorderedSnapshot(others, number);
        var before = addonFixture.provider.requests().size();
        addonFixture.billingFixture.in(() -> addonFixture.snapshots.delete(id));
        addonFixture.work(2);
        assertThat(addonFixture.provider.snapshotsOf(id))
                .as("it outlives its server and is ours")
                .isEmpty();
        assertThat(addonFixture.provider.snapshotsOf(others)).as("another's").hasSize(1);
        assertThat(addonFixture.provider.requests()).hasSize(before + 1).endsWith("delete snapshot");
        addonFixture.advance(AddonRepository.GRACE.plusSeconds(1));
        addonFixture.work();
        assertThat(addonFixture.state(id)).isEqualTo("TERMINATED");
    }

    @Test
    void doesNotTakeASnapshotOfAReusedServerId() {
        var server = addonFixture.server("10");
        addonFixture.setPendingOperation(server, "RESIZE");
        var id = AddonFixture.idOf(addonFixture.orderSnapshot(server));
        addonFixture.work();
        addonFixture.reassignServerId(id);
        var before = addonFixture.provider.requests().size();
        addonFixture.setPendingOperation(server, null);
        addonFixture.work(2);
        assertThat(addonFixture.state(id)).isEqualTo("FAILED");
        assertThat(addonFixture.reservationStates(id)).containsExactly("RELEASED");
        assertThat(addonFixture.provider.requests()).hasSize(before);
        assertThat(addonFixture.provider.snapshots(addonFixture.serverIdOf(server)))
                .isEmpty();
    }

    private static AddonOutcome restore(UUID snapshot) {
        return addonFixture.billingFixture.in(() -> addonFixture.snapshots.restore(snapshot));
    }
}

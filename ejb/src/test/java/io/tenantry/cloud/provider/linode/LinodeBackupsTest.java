package io.tenantry.cloud.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.Backups.Retention;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import jakarta.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinodeBackupsTest extends LinodeCase {
    @Test
    void switchesBackupsOnlyWhenNeeded() {
        var id = running();
        account.backUp(id, false);
        account.backUp(id, true);
        account.backUp(id, true);
        account.backUp(id, false);

        assertThat(linode.calls().stream().filter(call -> call.startsWith("POST")))
                .containsExactly(
                        "POST /linode/instances/" + id + "/backups/enable",
                        "POST /linode/instances/" + id + "/backups/cancel");
    }

    @Test
    void refusesBackupPolicies() {
        var id = running();
        assertThat(account.policies()).containsExactly(new Retention(Optional.empty(), 3, 14));
        assertThatThrownBy(() -> account.backUp(id, Policy.WEEKLY))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
        assertThat(account.policy(id)).isEmpty();
    }

    @Test
    void readsWhetherBackupsAreOn() {
        var id = running();
        assertThat(account.isBackedUp(id)).isFalse();
        assertThat(account.backedUp()).isEmpty();
        account.backUp(id, true);
        assertThat(account.isBackedUp(id)).isTrue();
        assertThat(account.backedUp()).containsExactly(id);
    }

    @Test
    void replacesTheEarlierSnapshot() {
        var id = running();
        account.backUp(id, true);
        assertThat(account.snapshots(id)).isEmpty();

        var providerTask = account.snapshot(id, "before the update");
        assertThat(account.progress(providerTask)).isEqualTo(Progress.running(0));
        assertThat(account.snapshots(id)).extracting(Snapshot::ready).containsExactly(false);

        linode.completeTasks();
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
        assertThat(account.snapshots(id)).singleElement().satisfies(snapshot -> {
            assertThat(snapshot.name()).isEqualTo("before the update");
            assertThat(snapshot.sizeMib()).isEqualTo(51_200);
            assertThat(snapshot.ready()).isTrue();
            assertThat(snapshot.at()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
        });
        assertThat(account.backups(id)).isEmpty();

        account.snapshot(id, "after the update");
        linode.completeTasks();
        assertThat(account.snapshots(id)).extracting(Snapshot::name).containsExactly("after the update");
        assertThat(account.progress(providerTask)).isEqualTo(Progress.failed("the copy is gone"));
    }

    @Test
    void listsNoFailedSnapshot() {
        var id = running();
        account.backUp(id, true);
        account.snapshot(id, "any");
        linode.store
                .copies
                .values()
                .forEach(all ->
                        all.replaceAll(copy -> FakeLinodeResources.with(copy, "status", Json.createValue("failed"))));
        assertThat(account.snapshots(id)).isEmpty();
    }

    @Test
    void keepsASnapshotAsLongAsBackupsAreOn() {
        var id = running();
        account.backUp(id, true);
        account.snapshot(id, "any");
        linode.completeTasks();
        assertThat(account.keeping()).isEqualTo(Keeping.WITH_BACKUPS);
        var before = linode.calls().size();
        account.deleteSnapshot(id, account.snapshots(id).get(0).id());
        assertThat(linode.calls()).hasSize(before + 1); // It was listed; no other request was made.
        assertThat(account.snapshotsOf(List.of(id, "99"))).hasSize(1);
    }

    @Test
    void refusesASnapshotWithoutBackups() {
        var id = running();
        assertRefused(Reason.INVALID, () -> account.snapshot(id, "any"));
    }

    @Test
    void listsAutomaticCopiesAsBackups() {
        var id = running();
        linode.store.copies.put(Long.parseLong(id), new ArrayList<>(List.of(FakeLinode.object("""
                {"id": 77, "type": "auto", "label": null, "status": "successful", "available": true,
                 "created": "2026-11-21T02:00:00", "disks": [{"label": "Debian", "size": 100}]}
                """))));

        assertThat(account.backups(id))
                .containsExactly(new Snapshot("77", "", 100, true, Instant.parse("2026-11-21T02:00:00Z")));
        assertThat(account.snapshots(id)).isEmpty();
    }

    @Test
    void overwritesTheServerOnRestore() {
        var id = running();
        var providerTask = account.restoreBackup(id, "77");

        var sent = linode.sent("POST", "/linode/instances/" + id + "/backups/77/restore");
        assertThat(sent.getInt("linode_id")).isEqualTo(Integer.parseInt(id));
        assertThat(sent.getBoolean("overwrite")).isTrue();
        linode.completeTasks();
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());

        account.power(id, PowerAction.ON);
        linode.completeTasks();
        assertThat(account.progress(account.restore(id, "78"))).isEqualTo(Progress.running(50));
    }

    @ParameterizedTest
    @CsvSource({
        "pending, RUNNING, ''",
        "running, RUNNING, ''",
        "needsPostProcessing, RUNNING, ''",
        "paused, RUNNING, ''",
        "successful, DONE, ''",
        "failed, FAILED, failed",
        "userAborted, FAILED, userAborted",
        "thinking, RUNNING, thinking"
    })
    void mapsStatusOfACopyToProgress(String word, Stage stage, String words) {
        var id = running();
        account.backUp(id, true);
        var providerTask = account.snapshot(id, "any");
        linode.store
                .copies
                .values()
                .forEach(all ->
                        all.replaceAll(copy -> FakeLinodeResources.with(copy, "status", Json.createValue(word))));

        var progress = account.progress(new ProviderTask(providerTask.id()));
        assertThat(progress.stage()).isEqualTo(stage);
        assertThat(progress.words()).isEqualTo(words);
    }
}

package io.tenantry.cloud.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ProviderTask;
import jakarta.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinodeTasksTest extends LinodeCase {
    @ParameterizedTest
    @CsvSource({
        "running, ON, ''", "offline, ON, boot",
        "running, SHUT_DOWN, shutdown", "offline, SHUT_DOWN, ''",
        "running, OFF, shutdown", "offline, OFF, ''",
        "running, RESTART, reboot", "offline, RESTART, boot"
    })
    void requestsOnlyNecessaryPowerActions(String status, PowerAction powerAction, String asked) {
        var id = linode.store.server("web", List.of(), status);

        var providerTask = account.power(String.valueOf(id), powerAction);

        var path = "POST /linode/instances/" + id + "/" + asked;
        assertThat(linode.calls().stream().filter(call -> call.startsWith("POST")))
                .containsExactlyElementsOf(asked.isEmpty() ? List.of() : List.of(path));
        linode.completeTasks();
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
    }

    @Test
    void reportsProgressOfItsEvent() {
        var providerTask = account.power(running(), PowerAction.RESTART);
        assertThat(account.progress(providerTask)).isEqualTo(Progress.running(50));
        linode.completeTasks();
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
    }

    @Test
    void ignoresEarlierAndForeignEvents() {
        var id = running();
        linode.store.event("linode_reboot", Long.parseLong(id), "finished");
        var providerTask = account.power(id, PowerAction.RESTART);
        var own = linode.store.events.remove(linode.store.events.size() - 1);
        linode.store.event("linode_reboot", Long.parseLong(running()), "finished");
        linode.store.event("linode_boot", Long.parseLong(id), "finished");
        assertThat(account.progress(providerTask)).isEqualTo(Progress.running(0));

        linode.store.events.add(FakeLinodeResources.with(own, "id", Json.createValue(linode.store.next())));
        linode.store.event("linode_reboot", Long.parseLong(id), "failed");
        assertThat(account.progress(providerTask)).isEqualTo(Progress.running(50));
    }

    @ParameterizedTest
    @CsvSource({
        "scheduled, RUNNING, 50, ''",
        "started, RUNNING, 50, ''",
        "finished, DONE, 100, ''",
        "notification, DONE, 100, ''",
        "failed, FAILED, 0, 'the host is gone'",
        "postponed, RUNNING, 0, postponed"
    })
    void mapsEventStatusToProgress(String word, Progress.Stage stage, int percent, String words) {
        var providerTask = account.power(running(), PowerAction.RESTART);
        linode.store.events.replaceAll(event -> FakeLinodeResources.with(
                FakeLinodeResources.with(event, "status", Json.createValue(word)),
                "message",
                Json.createValue("the host is gone")));
        assertThat(account.progress(providerTask)).isEqualTo(new Progress(stage, percent, words));
    }

    @Test
    void reportsATaskOfADeletedServer() {
        var id = running();
        var providerTask = account.power(id, PowerAction.OFF);
        linode.completeTasks();
        account.delete(id);
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "done:1", "event:linode_boot:1", "event:linode_boot:x:1", "copy:1:", "of another provider"})
    void refusesAnInvalidTask(String text) {
        assertRefused(Reason.INVALID, () -> account.progress(new ProviderTask(text)));
    }

    @Test
    void reportsABusyServer() {
        var id = running();
        account.power(id, PowerAction.RESTART);
        assertRefused(Reason.BUSY, () -> account.power(id, PowerAction.OFF)).hasMessageContaining("Linode busy.");
    }

    @Test
    void resizesAServer() {
        var id = running();
        var providerTask = account.resize(id, "g6-standard-2");

        var sent = linode.sent("POST", "/linode/instances/" + id + "/resize");
        assertThat(sent.getString("type")).isEqualTo("g6-standard-2");
        assertThat(sent.getBoolean("allow_auto_disk_resize")).isTrue();
        assertThat(sent.getString("migration_type")).isEqualTo("cold");
        assertThat(account.progress(providerTask)).isEqualTo(Progress.running(50));

        linode.completeTasks();
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
        assertThat(account.server(id).orElseThrow().size()).isEqualTo("g6-standard-2");
        assertThat(account.progress(account.resize(id, "g6-standard-2"))).isEqualTo(Progress.done());
    }

    @Test
    void refusesASizeTooSmallForTheDisk() {
        var id = running();
        assertRefused(Reason.INVALID, () -> account.resize(id, "g6-nanode-1")).hasMessageContaining("more disk");
    }

    @Test
    void rebuildsAServerAsRequested() {
        var id = running();
        var providerTask = account.rebuild(id, serverSpec());

        var sent = linode.sent("POST", "/linode/instances/" + id + "/rebuild");
        assertThat(sent.getString("image")).isEqualTo("linode/debian12");
        assertThat(sent.getString("root_pass")).isNotEmpty();
        assertThat(sent.getJsonArray("authorized_keys").getString(0)).isEqualTo(KEY);
        assertThat(sent).doesNotContainKeys("type", "region", "label", "tags");
        assertThat(account.server(id).orElseThrow().state()).isEqualTo(State.BUILDING);

        linode.completeTasks();
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
    }

    @Test
    void resetsThePasswordOfAStoppedServer() {
        var id = stopped();
        var reset = account.resetPassword(id);

        assertThat(linode.sent("POST", "/linode/instances/" + id + "/password").getString("root_pass"))
                .isEqualTo(reset.password());
        assertThat(reset.toString()).doesNotContain(reset.password());
        linode.completeTasks();
        assertThat(account.progress(reset.providerTask())).isEqualTo(Progress.done());
    }

    @Test
    void refusesToResetThePasswordOfARunningServer() {
        var id = running();
        assertRefused(Reason.BUSY, () -> account.resetPassword(id)).hasMessageContaining("shut down");
        assertThat(linode.calls()).containsExactly("GET /linode/instances/" + id);
    }
}

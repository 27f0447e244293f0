package io.tenantry.cloud.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ResourceTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process over the same folder. */
class RestartTest {
    @TempDir
    Path folder;

    private SandboxFixture sandboxFixture;

    @BeforeEach
    void setUp() {
        sandboxFixture = new SandboxFixture(folder);
    }

    @AfterEach
    void tearDown() {
        sandboxFixture.close();
    }

    @Test
    void restoresAllState() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        sandboxFixture.account().backUp(id, true);
        sandboxFixture.account().snapshot(id, "copy");
        sandboxFixture.account().createVolume(new ResourceTag(UUID.randomUUID()), "fra1", 10);
        sandboxFixture.completeTasks();
        var servers = sandboxFixture.account().servers();
        var volumes = sandboxFixture.account().volumes();
        var snapshots = sandboxFixture.account().snapshots(id);
        var machine = sandboxFixture.sandbox().machines().find(id);

        sandboxFixture.restart();

        assertThat(sandboxFixture.account().servers()).isEqualTo(servers);
        assertThat(sandboxFixture.account().volumes()).isEqualTo(volumes);
        assertThat(sandboxFixture.account().snapshots(id)).isEqualTo(snapshots);
        assertThat(sandboxFixture.sandbox().machines().find(id)).isEqualTo(machine);
    }

    @Test
    void completesOperationsAfterARestart() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var providerTask = sandboxFixture.account().power(id, PowerAction.SHUT_DOWN);
        sandboxFixture.restart();
        assertThat(sandboxFixture.account().progress(providerTask).stage()).isEqualTo(Stage.RUNNING);
        sandboxFixture.completeTasks();
        assertThat(sandboxFixture.account().progress(providerTask).stage()).isEqualTo(Stage.DONE);
        assertThat(sandboxFixture.account().server(id).orElseThrow().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void keepsEndpointsAndHostKeys() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var before = sandboxFixture.account().shell(id);
        sandboxFixture.restart();
        sandboxFixture.sandbox().wake();
        assertThat(sandboxFixture.account().shell(id)).isEqualTo(before);
        assertThat(before.hostKeyFingerprintOrEmpty()).startsWith("SHA256:");
        assertThat(before.host())
                .isEqualTo(sandboxFixture
                        .account()
                        .server(id)
                        .orElseThrow()
                        .addresses()
                        .get(0));
    }

    @Test
    void ignoresAnUnreadableFile() throws IOException {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        Files.writeString(folder.resolve("servers/sb-broken.json"), "{\"id\": ");
        Files.writeString(folder.resolve("servers/sb-half.json.new"), "{");
        sandboxFixture.restart();
        assertThat(sandboxFixture.account().servers())
                .singleElement()
                .satisfies(providerServer -> assertThat(providerServer.id()).isEqualTo(id));
    }

    @Test
    void leavesNoFilesOfADeletedServer() throws IOException {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        sandboxFixture.account().snapshot(id, "copy");
        sandboxFixture.completeTasks();
        sandboxFixture.account().delete(id);
        sandboxFixture.completeTasks();
        assertThat(sandboxFixture.account().servers()).isEmpty();
        try (var left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void writesNothingBeforeTheFirstServer() {
        sandboxFixture.sandbox().wake();
        assertThat(sandboxFixture.account().servers()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}

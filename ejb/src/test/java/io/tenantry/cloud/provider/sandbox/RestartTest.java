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

    private Place place;

    @BeforeEach
    void meet() {
        place = new Place(folder);
    }

    @AfterEach
    void part() {
        place.close();
    }

    @Test
    void allIsAsItWas() {
        var id = place.server(Place.HOSTNAME);
        place.account().backUp(id, true);
        place.account().snapshot(id, "copy");
        place.account().createVolume(new ResourceTag(UUID.randomUUID()), "fra1", 10);
        place.settle();
        var servers = place.account().servers();
        var volumes = place.account().volumes();
        var snapshots = place.account().snapshots(id);
        var machine = place.sandbox().machines().find(id);

        place.restart();

        assertThat(place.account().servers()).isEqualTo(servers);
        assertThat(place.account().volumes()).isEqualTo(volumes);
        assertThat(place.account().snapshots(id)).isEqualTo(snapshots);
        assertThat(place.sandbox().machines().find(id)).isEqualTo(machine);
    }

    @Test
    void whatWasBegunEndsAfterwards() {
        var id = place.server(Place.HOSTNAME);
        var providerTask = place.account().power(id, PowerAction.SHUT_DOWN);
        place.restart();
        assertThat(place.account().progress(providerTask).stage()).isEqualTo(Stage.RUNNING);
        place.settle();
        assertThat(place.account().progress(providerTask).stage()).isEqualTo(Stage.DONE);
        assertThat(place.account().server(id).orElseThrow().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void doorsAreWhereTheyWereWithTheSameKey() {
        var id = place.server(Place.HOSTNAME);
        var before = place.account().shell(id);
        place.restart();
        place.sandbox().wake();
        assertThat(place.account().shell(id)).isEqualTo(before);
        assertThat(before.hostKeyFingerprintOrEmpty()).startsWith("SHA256:");
        assertThat(before.host())
                .isEqualTo(place.account().server(id).orElseThrow().addresses().get(0));
    }

    @Test
    void aFileThatCannotBeReadTakesNoOtherWithIt() throws IOException {
        var id = place.server(Place.HOSTNAME);
        Files.writeString(folder.resolve("servers/sb-broken.json"), "{\"id\": ");
        Files.writeString(folder.resolve("servers/sb-half.json.new"), "{");
        place.restart();
        assertThat(place.account().servers())
                .singleElement()
                .satisfies(providerServer -> assertThat(providerServer.id()).isEqualTo(id));
    }

    @Test
    void whatIsGoneLeavesNothing() throws IOException {
        var id = place.server(Place.HOSTNAME);
        place.account().snapshot(id, "copy");
        place.settle();
        place.account().delete(id);
        place.settle();
        assertThat(place.account().servers()).isEmpty();
        try (var left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void nothingIsWrittenBeforeThereIsSomething() {
        place.sandbox().wake();
        assertThat(place.account().servers()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}

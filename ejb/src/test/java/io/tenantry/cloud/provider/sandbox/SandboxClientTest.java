package io.tenantry.cloud.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every adapter. */
class SandboxClientTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk someone";

    @TempDir
    Path folder;

    private SandboxFixture sandboxFixture;
    private SandboxClient account;

    @BeforeEach
    void setUp() {
        sandboxFixture = new SandboxFixture(folder);
        account = sandboxFixture.account();
    }

    @AfterEach
    void tearDown() {
        sandboxFixture.close();
    }

    @Test
    void createsRunsAndDeletesAServer() {
        var serverSpec = SandboxFixture.serverSpec(SandboxFixture.HOSTNAME, KEY);
        assertThat(account.marked(serverSpec.mark())).isEmpty();

        var made = account.create(serverSpec);
        assertThat(made.mark()).contains(serverSpec.mark());
        assertThat(made.state()).isEqualTo(State.BUILDING);
        assertThat(made.createdAt()).contains(sandboxFixture.now());

        sandboxFixture.advance(Duration.ofSeconds(8));
        var up = account.server(made.id()).orElseThrow();
        assertThat(up.state()).isEqualTo(State.RUNNING);
        assertThat(up.addresses()).singleElement().asString().startsWith("127.");
        assertThat(account.marked(serverSpec.mark()))
                .extracting(ProviderServer::id)
                .containsExactly(made.id());

        account.delete(made.id());
        assertThat(account.server(made.id()).map(ProviderServer::state)).contains(State.DELETING);
        sandboxFixture.completeTasks();
        assertThat(account.server(made.id())).isEmpty();
        assertThat(account.marked(serverSpec.mark())).isEmpty();
        account.delete(made.id());
    }

    @Test
    void completesPowerActions() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        for (var powerAction : List.of(PowerAction.RESTART, PowerAction.SHUT_DOWN, PowerAction.ON, PowerAction.OFF)) {
            var providerTask = account.power(id, powerAction);
            assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.RUNNING);
            assertThat(state(id)).isEqualTo(State.BUSY);
            sandboxFixture.completeTasks();
            assertThat(account.progress(new ProviderTask(providerTask.id())).stage())
                    .isEqualTo(Stage.DONE);
        }
        assertThat(state(id)).isEqualTo(State.STOPPED);
    }

    @Test
    void completesActionsThatChangeNothing() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        assertThat(account.progress(account.power(id, PowerAction.ON)).stage()).isEqualTo(Stage.DONE);
        assertThat(account.progress(account.resize(id, "s-1-2")).stage()).isEqualTo(Stage.DONE);
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void runsOneActionAtATime() {
        var id = account.create(SandboxFixture.serverSpec(SandboxFixture.HOSTNAME))
                .id();
        sandboxFixture.advance(Duration.ofSeconds(6));
        assertThatThrownBy(() -> account.power(id, PowerAction.RESTART))
                .isInstanceOfSatisfying(ProviderFailure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.BUSY);
                    assertThat(failure.comeAgainIn()).contains(Duration.ofSeconds(2));
                });
    }

    @Test
    void reportsProgressInPercent() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var providerTask = account.power(id, PowerAction.RESTART);
        sandboxFixture.advance(Duration.ofSeconds(1));
        assertThat(account.progress(providerTask).percent()).isEqualTo(25);
    }

    @Test
    void refusesAnInvalidTask() {
        assertRefused(Reason.INVALID, () -> account.progress(new ProviderTask("nonsense")));
        assertThat(account.progress(new ProviderTask("sb-000000000000:1")).stage())
                .isEqualTo(Stage.FAILED);
    }

    @Test
    void changesTheSizeWhenTheResizeCompletes() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var providerTask = account.resize(id, "s-2-4");
        assertThat(server(id).size()).isEqualTo("s-1-2");
        sandboxFixture.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.DONE);
        assertThat(server(id).size()).isEqualTo("s-2-4");
        assertThat(state(id)).isEqualTo(State.RUNNING);
        assertRefused(Reason.INVALID, () -> account.resize(id, "s-1-1"));
    }

    @Test
    void keepsIdAndAddressOfARebuiltServer() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var before = server(id);
        var sandboxServerStore = sandboxFixture.sandbox().machines();
        var serverSpec = new ServerSpec(
                before.mark().orElseThrow(),
                "other.example.org",
                "ams1",
                "d-8-32",
                "rocky-9",
                List.of(KEY),
                Optional.empty(),
                Map.of());
        var providerTask = account.rebuild(id, serverSpec);
        assertThat(state(id)).isEqualTo(State.BUILDING);
        sandboxFixture.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.DONE);
        var after = server(id);
        assertThat(after.addresses()).isEqualTo(before.addresses());
        assertThat(after.region()).isEqualTo("fra1");
        assertThat(after.size()).isEqualTo("s-1-2");
        assertThat(after.name()).isEqualTo("other.example.org");
        assertThat(sandboxServerStore.find(id).orElseThrow().make().image()).isEqualTo("rocky-9");
    }

    @Test
    void separatesAccounts() {
        var id = sandboxFixture.server(SandboxFixture.HOSTNAME);
        var volume = account.createVolume(new ResourceTag(UUID.randomUUID()), "fra1", 10);
        var stranger = sandboxFixture.account("another-token");
        assertThat(stranger.servers()).isEmpty();
        assertThat(stranger.server(id)).isEmpty();
        assertThat(stranger.volumes()).isEmpty();
        stranger.delete(id);
        stranger.deleteVolume(volume.id());
        assertRefused(Reason.NOT_FOUND, () -> stranger.power(id, PowerAction.OFF));
        assertRefused(Reason.NOT_FOUND, () -> stranger.shell(id));
        assertThat(account.servers()).hasSize(1);
        assertThat(account.volumes()).hasSize(1);
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void refusesAnInvalidToken() {
        var stranger = sandboxFixture.account("refused-token");
        assertRefused(Reason.CREDENTIALS, stranger::check);
        assertRefused(Reason.CREDENTIALS, stranger::servers);
        assertThat(account.check()).isNotBlank().doesNotContain(SandboxFixture.TOKEN);
    }

    @Test
    void listsOrderableCodesWithPrices() {
        var providerCatalog = account.readCatalog();
        assertThat(providerCatalog.regions())
                .extracting(ProviderCatalog.Region::country)
                .allMatch(country -> country.length() == 2);
        assertThat(providerCatalog.sizes()).allSatisfy(size -> {
            assertThat(size.prices()).hasSize(1);
            var price = size.prices().get(0);
            assertThat(price.hourly().isPositive()).isTrue();
            assertThat(price.monthly()).isLessThan(price.hourly().times(744));
        });
        for (var region : providerCatalog.regions()) {
            var serverSpec = specInRegion(region.code());
            if (region.open()) {
                account.create(serverSpec);
            } else {
                assertRefused(Reason.INVALID, () -> account.create(serverSpec));
            }
        }
    }

    @Test
    void refusesInvalidHostnames() {
        for (var bad : List.of("", "-a", "a b", "../../etc/passwd", "a\n", "x".repeat(300))) {
            assertRefused(Reason.INVALID, () -> account.create(SandboxFixture.serverSpec(bad)));
        }
    }

    private static ServerSpec specInRegion(String region) {
        return new ServerSpec(
                new ResourceTag(UUID.randomUUID()),
                SandboxFixture.HOSTNAME,
                region,
                "s-1-1",
                "debian-13",
                List.of(),
                Optional.empty(),
                Map.of());
    }

    private ProviderServer server(String id) {
        return account.server(id).orElseThrow();
    }

    private State state(String id) {
        return server(id).state();
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}

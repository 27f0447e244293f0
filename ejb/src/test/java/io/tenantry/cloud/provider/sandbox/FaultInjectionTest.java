package io.tenantry.cloud.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ResourceTag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultInjectionTest {
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
    void failsToCreateForLackOfCapacity() {
        assertThatThrownBy(() -> account.create(SandboxFixture.serverSpec("a-fail-create-b")))
                .isInstanceOfSatisfying(ProviderFailure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.NO_CAPACITY);
                    assertThat(failure.maybeDone()).isFalse();
                });
        assertThat(account.servers()).isEmpty();
    }

    @Test
    void losesTheResponseToACreation() {
        var serverSpec = SandboxFixture.serverSpec("fail-lost.example.org");
        assertThatThrownBy(() -> account.create(serverSpec)).isInstanceOfSatisfying(ProviderFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.NO_RESPONSE);
            assertThat(failure.maybeDone()).isTrue();
        });
        assertThat(account.marked(serverSpec.mark())).hasSize(1);
    }

    @Test
    void failsToIsolateAServer() {
        var id = sandboxFixture.server("a-fail-network-b");
        assertThatThrownBy(() -> account.cutOff(id))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
        account.reconnect(id);
    }

    @Test
    void failsToBuildAServer() {
        var id = account.create(SandboxFixture.serverSpec("fail-start")).id();
        assertThat(state(id)).isEqualTo(State.BUILDING);
        sandboxFixture.completeTasks();
        assertThat(state(id)).isEqualTo(State.FAILED);
        assertThatThrownBy(() -> account.power(id, PowerAction.ON)).isInstanceOf(ProviderFailure.class);

        account.rebuild(id, SandboxFixture.serverSpec("better-now"));
        sandboxFixture.completeTasks();
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void failsToSwitchPower() {
        var id = sandboxFixture.server("fail-power");
        var providerTask = account.power(id, PowerAction.OFF);
        sandboxFixture.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.FAILED);
        assertThat(account.progress(providerTask).words()).isNotBlank();
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void failsToResize() {
        var id = sandboxFixture.server("fail-resize");
        var providerTask = account.resize(id, "s-2-4");
        sandboxFixture.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.FAILED);
        assertThat(account.server(id).orElseThrow().size()).isEqualTo("s-1-2");
    }

    @Test
    void failsToTakeASnapshot() {
        var id = sandboxFixture.server("fail-snapshot");
        var providerTask = account.snapshot(id, "copy");
        sandboxFixture.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.FAILED);
        assertThat(account.snapshots(id)).isEmpty();
    }

    @Test
    void failsToRebuild() {
        var id = sandboxFixture.server("fail-rebuild");
        assertRefused(Reason.PROVIDER_ERROR, () -> account.rebuild(id, SandboxFixture.serverSpec("better-now")));
        sandboxFixture.completeTasks();
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void failsToRestore() {
        var id = sandboxFixture.server("fail-restore");
        account.snapshot(id, "copy");
        sandboxFixture.completeTasks();
        var providerTask = account.restore(id, account.snapshots(id).get(0).id());
        sandboxFixture.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.FAILED);

        account.backUp(id, true);
        sandboxFixture.advance(Duration.ofDays(1));
        var again = account.restoreBackup(id, account.backups(id).get(0).id());
        sandboxFixture.completeTasks();
        assertThat(account.progress(again).stage()).isEqualTo(Stage.FAILED);
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void failsToAddAddons() {
        var id = sandboxFixture.server("fail-backup-fail-attach-fail-address");
        assertRefused(Reason.PROVIDER_ERROR, () -> account.backUp(id, true));
        assertThat(account.backups(id)).isEmpty();
        assertRefused(Reason.NO_CAPACITY, () -> account.addAddress(id));
        assertThat(account.addresses(id)).isEmpty();
        var volume = account.createVolume(
                new ResourceTag(UUID.randomUUID()),
                account.server(id).orElseThrow().region(),
                10);
        sandboxFixture.completeTasks();
        assertRefused(Reason.PROVIDER_ERROR, () -> account.attach(volume.id(), id));
        assertThat(account.volumes())
                .singleElement()
                .satisfies(one -> assertThat(one.serverId()).isEmpty());
    }

    @Test
    void failsToNameAnAddressOrOpenAScreen() {
        var id = sandboxFixture.server("fail-name-fail-screen");
        var address = account.server(id).orElseThrow().addresses().get(0);
        assertRefused(Reason.PROVIDER_ERROR, () -> account.name(id, address, "mail.example.org"));
        assertRefused(Reason.PROVIDER_ERROR, () -> account.open(id));
    }

    @Test
    void failsToDelete() {
        var id = sandboxFixture.server("fail-delete");
        assertRefused(Reason.PROVIDER_ERROR, () -> account.delete(id));
        sandboxFixture.completeTasks();
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void takesTenTimesAsLong() {
        var id = account.create(SandboxFixture.serverSpec("slow")).id();
        sandboxFixture.advance(Duration.ofSeconds(79));
        assertThat(state(id)).isEqualTo(State.BUILDING);
        sandboxFixture.advance(Duration.ofSeconds(1));
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private State state(String id) {
        return account.server(id).orElseThrow().state();
    }
}

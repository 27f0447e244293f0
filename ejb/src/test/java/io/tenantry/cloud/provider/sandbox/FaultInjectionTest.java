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
    void meet() {
        sandboxFixture = new SandboxFixture(folder);
        account = sandboxFixture.account();
    }

    @AfterEach
    void part() {
        sandboxFixture.close();
    }

    @Test
    void thereIsNoRoom() {
        assertThatThrownBy(() -> account.create(SandboxFixture.wish("a-fail-create-b")))
                .isInstanceOfSatisfying(ProviderFailure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.NO_CAPACITY);
                    assertThat(failure.maybeDone()).isFalse();
                });
        assertThat(account.servers()).isEmpty();
    }

    @Test
    void theAnswerIsLost() {
        var serverSpec = SandboxFixture.wish("fail-lost.example.org");
        assertThatThrownBy(() -> account.create(serverSpec)).isInstanceOfSatisfying(ProviderFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.NO_RESPONSE);
            assertThat(failure.maybeDone()).isTrue();
        });
        assertThat(account.marked(serverSpec.mark())).hasSize(1);
    }

    @Test
    void itIsNotCutOff() {
        var id = sandboxFixture.server("a-fail-network-b");
        assertThatThrownBy(() -> account.cutOff(id))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
        account.reconnect(id);
    }

    @Test
    void buildingFails() {
        var id = account.create(SandboxFixture.wish("fail-start")).id();
        assertThat(state(id)).isEqualTo(State.BUILDING);
        sandboxFixture.settle();
        assertThat(state(id)).isEqualTo(State.FAILED);
        assertThatThrownBy(() -> account.power(id, PowerAction.ON)).isInstanceOf(ProviderFailure.class);

        account.rebuild(id, SandboxFixture.wish("better-now"));
        sandboxFixture.settle();
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void switchingFails() {
        var id = sandboxFixture.server("fail-power");
        var providerTask = account.power(id, PowerAction.OFF);
        sandboxFixture.settle();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.FAILED);
        assertThat(account.progress(providerTask).words()).isNotBlank();
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void resizingFails() {
        var id = sandboxFixture.server("fail-resize");
        var providerTask = account.resize(id, "s-2-4");
        sandboxFixture.settle();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.FAILED);
        assertThat(account.server(id).orElseThrow().size()).isEqualTo("s-1-2");
    }

    @Test
    void copyingFails() {
        var id = sandboxFixture.server("fail-snapshot");
        var providerTask = account.snapshot(id, "copy");
        sandboxFixture.settle();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.FAILED);
        assertThat(account.snapshots(id)).isEmpty();
    }

    @Test
    void theRebuildFails() {
        var id = sandboxFixture.server("fail-rebuild");
        refuses(Reason.PROVIDER_ERROR, () -> account.rebuild(id, SandboxFixture.wish("better-now")));
        sandboxFixture.settle();
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void puttingBackFails() {
        var id = sandboxFixture.server("fail-restore");
        account.snapshot(id, "copy");
        sandboxFixture.settle();
        var providerTask = account.restore(id, account.snapshots(id).get(0).id());
        sandboxFixture.settle();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.FAILED);

        account.backUp(id, true);
        sandboxFixture.pass(Duration.ofDays(1));
        var again = account.restoreBackup(id, account.backups(id).get(0).id());
        sandboxFixture.settle();
        assertThat(account.progress(again).stage()).isEqualTo(Stage.FAILED);
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void theAddonFails() {
        var id = sandboxFixture.server("fail-backup-fail-attach-fail-address");
        refuses(Reason.PROVIDER_ERROR, () -> account.backUp(id, true));
        assertThat(account.backups(id)).isEmpty();
        refuses(Reason.NO_CAPACITY, () -> account.addAddress(id));
        assertThat(account.addresses(id)).isEmpty();
        var volume = account.createVolume(
                new ResourceTag(UUID.randomUUID()),
                account.server(id).orElseThrow().region(),
                10);
        sandboxFixture.settle();
        refuses(Reason.PROVIDER_ERROR, () -> account.attach(volume.id(), id));
        assertThat(account.volumes())
                .singleElement()
                .satisfies(one -> assertThat(one.serverId()).isEmpty());
    }

    @Test
    void namingAndShowingFail() {
        var id = sandboxFixture.server("fail-name-fail-screen");
        var address = account.server(id).orElseThrow().addresses().get(0);
        refuses(Reason.PROVIDER_ERROR, () -> account.name(id, address, "mail.example.org"));
        refuses(Reason.PROVIDER_ERROR, () -> account.open(id));
    }

    @Test
    void deletingFails() {
        var id = sandboxFixture.server("fail-delete");
        refuses(Reason.PROVIDER_ERROR, () -> account.delete(id));
        sandboxFixture.settle();
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void allTakesTenTimesAsLong() {
        var id = account.create(SandboxFixture.wish("slow")).id();
        sandboxFixture.pass(Duration.ofSeconds(79));
        assertThat(state(id)).isEqualTo(State.BUILDING);
        sandboxFixture.pass(Duration.ofSeconds(1));
        assertThat(state(id)).isEqualTo(State.RUNNING);
    }

    private static void refuses(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private State state(String id) {
        return account.server(id).orElseThrow().state();
    }
}

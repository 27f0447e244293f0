package io.tenantry.cloud.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderServer.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of a server while its rescue system runs, and what remains of it. */
class RescueSystemTest {
    @TempDir
    Path folder;

    private SandboxFixture sandboxFixture;
    private SshTestClient owner;
    private SshTestClient helper;
    private SandboxClient account;
    private String id;

    @BeforeEach
    void meet() {
        sandboxFixture = new SandboxFixture(folder);
        account = sandboxFixture.account();
        owner = SshTestClient.withKey();
        helper = SshTestClient.withKey();
        id = sandboxFixture.server(SandboxFixture.HOSTNAME, owner.line());
    }

    @AfterEach
    void part() {
        owner.close();
        helper.close();
        sandboxFixture.close();
    }

    @Test
    void theServersFilesAreBelowMntAndAreMendedThere() throws IOException {
        said(owner, "echo broken > /etc/fstab");
        rescue();
        assertThat(said(helper, "hostname")).isEqualTo("rescue\n");
        assertThat(said(helper, "cat /mnt/etc/fstab")).isEqualTo("broken\n");
        assertThat(said(helper, "cat /mnt/etc/hostname")).isEqualTo(SandboxFixture.HOSTNAME + "\n");
        said(helper, "echo mended > /mnt/etc/fstab");
        said(helper, "echo of no use > /root/note");
        said(helper, "rm /mnt/etc/motd");

        leave();
        assertThat(said(owner, "hostname")).isEqualTo(SandboxFixture.HOSTNAME + "\n");
        assertThat(said(owner, "cat /etc/fstab")).isEqualTo("mended\n");
        assertThat(owner.run(account.shell(id), "cat /root/note").code()).isEqualTo(1);
        assertThat(owner.run(account.shell(id), "cat /etc/motd").code()).isEqualTo(1);
        assertThat(owner.run(account.shell(id), "ls /mnt").code()).isNotZero();
    }

    @Test
    void itHasAKeyOfItsOwnEachTimeAndTheServerKeepsIts() throws IOException {
        var own = account.shell(id).hostKeyFingerprintOrEmpty();
        rescue();
        var first = account.shell(id).hostKeyFingerprintOrEmpty();
        said(helper, "true");
        assertThat(helper.fingerprint()).isEqualTo(first).isNotEqualTo(own);
        rescue();
        assertThat(account.shell(id).hostKeyFingerprintOrEmpty()).isNotEqualTo(first);
        leave();
        said(owner, "true");
        assertThat(owner.fingerprint()).isEqualTo(own);
    }

    @Test
    void onlyItsOwnKeysEnterIt() {
        var reset = account.resetPassword(id);
        sandboxFixture.settle();
        rescue();
        assertThatThrownBy(() -> owner.login(account.shell(id))).isInstanceOf(SshException.class);
        assertThatThrownBy(() -> {
                    try (var session = owner.connect(account.shell(id), "root")) {
                        session.addPasswordIdentity(reset.password());
                        session.auth().verify(SshTestClient.PATIENCE);
                    }
                })
                .isInstanceOf(SshException.class);
        leave();
        assertThatThrownBy(() -> helper.login(account.shell(id))).isInstanceOf(SshException.class);
    }

    @Test
    void itIsThereAfterARestartOfTheProvider() throws IOException {
        rescue();
        said(helper, "echo mended > /mnt/etc/fstab");
        sandboxFixture.restart();
        account = sandboxFixture.account();
        assertThat(account.isRescued(id)).contains(true);
        assertThat(said(helper, "cat /mnt/etc/fstab")).isEqualTo("mended\n");
    }

    @Test
    void aServerOnTheWayIsBusyAndNobodyIsOnIt() {
        var providerTask = account.rescue(id, List.of(helper.line()));
        assertThat(account.server(id).orElseThrow().state()).isEqualTo(State.BUSY);
        assertThat(account.progress(providerTask).stage()).isEqualTo(Progress.Stage.RUNNING);
        assertThatThrownBy(() -> said(helper, "true")).isInstanceOf(IOException.class);
        sandboxFixture.settle();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(account.server(id).orElseThrow().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void whoStartsItByItsPowerIsInItsOwnSystem() {
        rescue();
        account.power(id, PowerAction.OFF);
        sandboxFixture.settle();
        assertThat(account.isRescued(id)).as("off, and not started yet").contains(true);
        account.power(id, PowerAction.ON);
        sandboxFixture.settle();
        assertThat(account.isRescued(id)).contains(false);
    }

    @Test
    void whoIsNotInItLeavesNothing() {
        var providerTask = account.leaveRescue(id);
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
        assertThat(account.server(id).orElseThrow().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void oneThatIsNotSwitchedStaysWhereItIs() {
        var broken = sandboxFixture.server("fail-power.example.org", owner.line());
        var providerTask = account.rescue(broken, List.of(helper.line()));
        sandboxFixture.settle();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Progress.Stage.FAILED);
        assertThat(account.isRescued(broken)).contains(false);
    }

    private void rescue() {
        var unused = account.rescue(id, List.of(helper.line()));
        sandboxFixture.settle();
        assertThat(account.isRescued(id)).contains(true);
    }

    private void leave() {
        var unused = account.leaveRescue(id);
        sandboxFixture.settle();
        assertThat(account.isRescued(id)).contains(false);
    }

    private String said(SshTestClient sshTestClient, String command) throws IOException {
        return sshTestClient.run(account.shell(id), command).text();
    }
}

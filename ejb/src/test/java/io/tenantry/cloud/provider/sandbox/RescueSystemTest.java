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
    void setUp() {
        sandboxFixture = new SandboxFixture(folder);
        account = sandboxFixture.account();
        owner = SshTestClient.withKey();
        helper = SshTestClient.withKey();
        id = sandboxFixture.server(SandboxFixture.HOSTNAME, owner.line());
    }

    @AfterEach
    void tearDown() {
        owner.close();
        helper.close();
        sandboxFixture.close();
    }

    @Test
    void mountsTheServersFilesForRepair() throws IOException {
        runOn(owner, "echo broken > /etc/fstab");
        startRescue();
        assertThat(runOn(helper, "hostname")).isEqualTo("rescue\n");
        assertThat(runOn(helper, "cat /mnt/etc/fstab")).isEqualTo("broken\n");
        assertThat(runOn(helper, "cat /mnt/etc/hostname")).isEqualTo(SandboxFixture.HOSTNAME + "\n");
        runOn(helper, "echo repaired > /mnt/etc/fstab");
        runOn(helper, "echo temporary > /root/note");
        runOn(helper, "rm /mnt/etc/motd");

        leaveRescue();
        assertThat(runOn(owner, "hostname")).isEqualTo(SandboxFixture.HOSTNAME + "\n");
        assertThat(runOn(owner, "cat /etc/fstab")).isEqualTo("repaired\n");
        assertThat(owner.run(account.shell(id), "cat /root/note").code()).isEqualTo(1);
        assertThat(owner.run(account.shell(id), "cat /etc/motd").code()).isEqualTo(1);
        assertThat(owner.run(account.shell(id), "ls /mnt").code()).isNotZero();
    }

    @Test
    void usesANewHostKeyForEachRescueStart() throws IOException {
        var own = account.shell(id).hostKeyFingerprintOrEmpty();
        startRescue();
        var first = account.shell(id).hostKeyFingerprintOrEmpty();
        runOn(helper, "true");
        assertThat(helper.fingerprint()).isEqualTo(first).isNotEqualTo(own);
        startRescue();
        assertThat(account.shell(id).hostKeyFingerprintOrEmpty()).isNotEqualTo(first);
        leaveRescue();
        runOn(owner, "true");
        assertThat(owner.fingerprint()).isEqualTo(own);
    }

    @Test
    void acceptsOnlyTheKeysOfTheRescueSystem() {
        var reset = account.resetPassword(id);
        sandboxFixture.completeTasks();
        startRescue();
        assertThatThrownBy(() -> owner.login(account.shell(id))).isInstanceOf(SshException.class);
        assertThatThrownBy(() -> {
                    try (var session = owner.connect(account.shell(id), "root")) {
                        session.addPasswordIdentity(reset.password());
                        session.auth().verify(SshTestClient.PATIENCE);
                    }
                })
                .isInstanceOf(SshException.class);
        leaveRescue();
        assertThatThrownBy(() -> helper.login(account.shell(id))).isInstanceOf(SshException.class);
    }

    @Test
    void keepsTheRescueSystemAcrossAProviderRestart() throws IOException {
        startRescue();
        runOn(helper, "echo repaired > /mnt/etc/fstab");
        sandboxFixture.restart();
        account = sandboxFixture.account();
        assertThat(account.isRescued(id)).contains(true);
        assertThat(runOn(helper, "cat /mnt/etc/fstab")).isEqualTo("repaired\n");
    }

    @Test
    void isBusyAndUnreachableWhileStartingRescue() {
        var providerTask = account.rescue(id, List.of(helper.line()));
        assertThat(account.server(id).orElseThrow().state()).isEqualTo(State.BUSY);
        assertThat(account.progress(providerTask).stage()).isEqualTo(Progress.Stage.RUNNING);
        assertThatThrownBy(() -> runOn(helper, "true")).isInstanceOf(IOException.class);
        sandboxFixture.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(account.server(id).orElseThrow().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void leavesRescueWhenPoweredOn() {
        startRescue();
        account.power(id, PowerAction.OFF);
        sandboxFixture.completeTasks();
        assertThat(account.isRescued(id)).as("stopped, not yet started").contains(true);
        account.power(id, PowerAction.ON);
        sandboxFixture.completeTasks();
        assertThat(account.isRescued(id)).contains(false);
    }

    @Test
    void doesNothingWhenLeavingRescueOutsideIt() {
        var providerTask = account.leaveRescue(id);
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
        assertThat(account.server(id).orElseThrow().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void staysInItsOwnSystemWhenRescueFails() {
        var broken = sandboxFixture.server("fail-power.example.org", owner.line());
        var providerTask = account.rescue(broken, List.of(helper.line()));
        sandboxFixture.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Progress.Stage.FAILED);
        assertThat(account.isRescued(broken)).contains(false);
    }

    private void startRescue() {
        var unused = account.rescue(id, List.of(helper.line()));
        sandboxFixture.completeTasks();
        assertThat(account.isRescued(id)).contains(true);
    }

    private void leaveRescue() {
        var unused = account.leaveRescue(id);
        sandboxFixture.completeTasks();
        assertThat(account.isRescued(id)).contains(false);
    }

    private String runOn(SshTestClient sshTestClient, String command) throws IOException {
        return sshTestClient.run(account.shell(id), command).text();
    }
}

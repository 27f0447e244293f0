package io.tenantry.cloud.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.FakeProvider;
import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderSshKeys;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import io.tenantry.testing.WithinTenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithinTenant.class)
class DigitalOceanClientTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk someone";

    private final OpenAccount open = new OpenAccount();
    private final DigitalOceanClient account = open.account;

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void takesASnapshotAndRestoresIt() {
        var id = open.running().id();
        account.snapshot(id, "before the update");
        open.provider.completeTasks();

        var taken = account.snapshots(id);
        assertThat(taken).singleElement().satisfies(snapshot -> {
            assertThat(snapshot.name()).isEqualTo("before the update");
            assertThat(snapshot.sizeMib()).isEqualTo(2396);
            assertThat(snapshot.ready()).isTrue();
            assertThat(snapshot.at()).isEqualTo(Instant.parse("2020-07-28T16:47:44Z"));
        });
        var number = taken.get(0).id();

        account.restore(id, number);
        assertThat(lastAction()).isEqualTo("{\"type\":\"rebuild\",\"image\":" + number + "}");
    }

    @Test
    void keepsASnapshotOfADeletedServer() {
        var id = open.running().id();
        var other = account.create(OpenAccount.serverSpec()).id();
        open.provider.completeTasks();
        account.snapshot(id, "before the end");
        open.provider.completeTasks();
        account.delete(id);

        assertThat(account.keeping()).isEqualTo(Keeping.STANDALONE);
        assertThat(account.snapshots(other)).isEmpty();
        assertThat(account.snapshotsOf(List.of())).isEmpty();
        var kept = account.snapshotsOf(List.of(id, other));
        assertThat(kept).extracting(Snapshot::name).containsExactly("before the end");
        account.deleteSnapshot(id, kept.get(0).id());
        account.deleteSnapshot(id, kept.get(0).id());
        assertThat(account.snapshots(id)).isEmpty();
    }

    @Test
    void listsNoFailedSnapshot() {
        var id = open.running().id();
        open.provider.actions().fail("snapshot");
        var providerTask = account.snapshot(id, "before the update");
        open.provider.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.FAILED);
        assertThat(account.snapshots(id)).isEmpty();
    }

    @Test
    void findsASnapshotByNameAfterALostResponse() {
        var id = open.running().id();
        open.provider.failNext(FakeProvider.Fault.DONE_WITHOUT_RESPONSE);
        assertThatThrownBy(() -> account.snapshot(id, "mark"))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.maybeDone()).isTrue());
        assertReason(Reason.BUSY, () -> account.snapshot(id, "mark"));
        open.provider.completeTasks();
        assertThat(account.snapshots(id)).extracting(Snapshot::name).containsExactly("mark");
    }

    @Test
    void restoresABackup() {
        var id = open.running().id();
        open.provider.droplet(id).backedUp("web-01 2020-07-29");
        assertThat(account.backups(id)).extracting(Snapshot::name).containsExactly("web-01 2020-07-29");
        assertThat(account.snapshots(id)).isEmpty();

        account.restoreBackup(id, account.backups(id).get(0).id());
        assertThat(lastAction()).isEqualTo("{\"type\":\"restore\",\"image\":6372321}");
    }

    @Test
    void switchesBackupsOnlyWhenNeeded() {
        var id = open.running().id();
        for (var on : List.of(false, true, true, false)) {
            account.backUp(id, on);
            open.provider.completeTasks();
        }
        assertThat(open.provider.actions().types()).containsExactly("enable_backups", "disable_backups");
    }

    @Test
    void changesTheBackupPolicyOnlyWhenNeeded() {
        var id = open.running().id();
        assertThat(account.policy(id)).isEmpty();
        for (var policy : List.of(Policy.WEEKLY, Policy.WEEKLY, Policy.DAILY)) {
            account.backUp(id, policy);
            open.provider.completeTasks();
            assertThat(account.policy(id)).contains(policy);
        }
        assertThat(open.provider.actions().types()).containsExactly("enable_backups", "change_backup_policy");
        assertThat(lastAction())
                .isEqualTo("{\"type\":\"change_backup_policy\",\"backup_policy\":{\"plan\":\"daily\",\"hour\":0}}");
        account.backUp(id, true);
        assertThat(account.policy(id)).as("unchanged").contains(Policy.DAILY);
    }

    @Test
    void derivesRetentionFromTheBackupPolicy() {
        assertThat(account.policies())
                .extracting(one -> one.policy().orElseThrow() + " " + one.copies() + " " + one.days())
                .containsExactly("DAILY 7 7", "WEEKLY 4 28");
    }

    @Test
    void readsWhetherBackupsAreOn() {
        var id = open.running().id();
        var other = open.running().id();
        assertThat(account.backedUp()).isEmpty();
        account.backUp(id, true);
        open.provider.completeTasks();
        assertThat(account.isBackedUp(id)).isTrue();
        assertThat(account.isBackedUp(other)).isFalse();
        assertThat(account.backedUp()).containsExactly(id);
    }

    @Test
    void namesAddressesByRenamingTheServer() {
        var id = open.running().id();
        for (var address : account.server(id).orElseThrow().addresses()) {
            account.name(id, address, "mail.example.org");
            open.provider.completeTasks();
        }
        assertThat(account.server(id)).map(ProviderServer::name).contains("mail.example.org");
        assertThat(open.provider.actions().types()).containsExactly("rename");
    }

    @Test
    void shortensTheServerNameWhenAnAddressNameIsRemoved() {
        var id = open.running().id();
        account.name(id, firstAddress(id), "");
        open.provider.completeTasks();
        assertThat(account.server(id)).map(ProviderServer::name).contains("web-1");
        account.name(id, firstAddress(id), "");
        assertThat(open.provider.actions().types()).containsExactly("rename");
    }

    @Test
    void refusesForeignAddressesAndNamesWithoutADomain() {
        var id = open.running().id();
        var address = firstAddress(id);
        assertReason(Reason.INVALID, () -> account.name(id, "192.0.2.251", "mail.example.org"));
        assertReason(Reason.INVALID, () -> account.name(id, address, "mail"));
        assertThat(open.provider.actions().types()).isEmpty();
    }

    @Test
    void returnsNoPasswordBecauseItIsMailed() {
        var id = open.running().id();
        var reset = account.resetPassword(id);
        open.provider.completeTasks();
        assertThat(reset.password()).isEmpty();
        assertThat(account.progress(reset.providerTask()).percent()).isEqualTo(100);
    }

    @Test
    void rebuildsAServerWithAnotherImage() {
        var serverSpec = OpenAccount.serverSpec();
        var id = account.create(serverSpec).id();
        open.provider.completeTasks();

        account.rebuild(id, with(serverSpec, "fedora-42-x64", List.of(), Optional.empty()));
        open.provider.completeTasks();
        assertThat(open.provider.droplet(id).image).isEqualTo("fedora-42-x64");
    }

    @Test
    void refusesARebuildWithOtherKeysOrScript() {
        var serverSpec = OpenAccount.serverSpec();
        var id = account.create(serverSpec).id();
        open.provider.completeTasks();
        for (var other : List.of(
                with(serverSpec, "debian-12-x64", List.of(KEY), Optional.empty()),
                with(serverSpec, "debian-12-x64", List.of(), Optional.of("#!/bin/sh")))) {
            assertReason(Reason.INVALID, () -> account.rebuild(id, other));
        }
        assertThat(open.provider.actions().types()).isEmpty();
    }

    @Test
    void ignoresTheOrderOfKeys() {
        var one = KEY;
        var other = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAA someone@else";
        var serverSpec = OpenAccount.serverSpec();
        assertThat(UserData.of(with(serverSpec, "x", List.of(one, other, one), Optional.empty()))
                        .tag())
                .isEqualTo(UserData.of(with(serverSpec, "x", List.of(other, one + "!"), Optional.empty()))
                        .tag());
    }

    @Test
    void addsAKeyOnceAndDeletesItRepeatedly() {
        var key = account.addKey("laptop", KEY + "\n");
        assertThat(key.publicKey()).isEqualTo(KEY);
        assertThat(account.addKey("the same", KEY)).isEqualTo(key);
        assertThat(account.keys()).containsExactly(new ProviderSshKeys.Key(key.id(), "laptop", KEY));

        account.deleteKey(key.id());
        account.deleteKey(key.id());
        assertThat(account.keys()).isEmpty();
    }

    @Test
    void findsAKeyAfterALostResponse() {
        open.provider.failNext(FakeProvider.Fault.DONE_WITHOUT_RESPONSE);
        assertThat(account.addKey("laptop", KEY).name()).isEqualTo("laptop");
        assertThat(account.keys()).hasSize(1);
    }

    @Test
    void reportsARefusedKey() {
        open.provider.refuse(
                422, "unprocessable_entity", "Key invalid, key should be of the format `type key [comment]`");
        assertThatThrownBy(() -> account.addKey("laptop", KEY)).hasMessageContaining("Key invalid");
    }

    private String firstAddress(String id) {
        return account.server(id).orElseThrow().addresses().get(0);
    }

    private String lastAction() {
        return open.provider.requests().stream()
                .filter(recordedCall -> recordedCall.path().endsWith("/actions"))
                .reduce((before, last) -> last)
                .orElseThrow()
                .body()
                .toString();
    }

    private static ServerSpec with(ServerSpec serverSpec, String image, List<String> keys, Optional<String> script) {
        return OpenAccount.with(serverSpec, image, keys, script);
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}

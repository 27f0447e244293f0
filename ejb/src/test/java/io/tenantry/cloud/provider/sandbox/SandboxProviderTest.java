package io.tenantry.cloud.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.ProviderScripts;
import io.tenantry.cloud.provider.ProviderSshKeys;
import io.tenantry.cloud.provider.ReverseDns;
import io.tenantry.cloud.provider.RootPasswordReset;
import io.tenantry.cloud.provider.ServerRebuild;
import io.tenantry.cloud.provider.ServerResize;
import io.tenantry.cloud.provider.Snapshots;
import io.tenantry.cloud.provider.SshEndpointLookup;
import io.tenantry.cloud.provider.TransferMetering;
import io.tenantry.cloud.provider.Volumes;
import io.tenantry.kernel.time.MovableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxProviderTest {
    private static final String DATA = "jboss.server.data.dir";

    @TempDir
    Path folder;

    @Test
    void opensAccountsWithAllCapabilities() {
        var before = System.getProperty(DATA, "");
        System.setProperty(DATA, folder.toString());
        var provider = new SandboxProvider();
        provider.clock = new MovableClock();
        try {
            provider.wake();
            assertThat(folder).isEmptyDirectory();

            var providerClient = provider.open(new Credentials(provider.base().orElseThrow(), SandboxFixture.TOKEN));
            assertThat(providerClient)
                    .isInstanceOf(ServerResize.class)
                    .isInstanceOf(ServerRebuild.class)
                    .isInstanceOf(Snapshots.class)
                    .isInstanceOf(Backups.class)
                    .isInstanceOf(Volumes.class)
                    .isInstanceOf(ReverseDns.class)
                    .isInstanceOf(TransferMetering.class)
                    .isInstanceOf(RootPasswordReset.class)
                    .isInstanceOf(ProviderSshKeys.class)
                    .isInstanceOf(ProviderScripts.class)
                    .isInstanceOf(SshEndpointLookup.class);
            var id = providerClient
                    .create(SandboxFixture.serverSpec(SandboxFixture.HOSTNAME))
                    .id();
            assertThat(Files.exists(folder.resolve("sandbox/servers/" + id + ".json")))
                    .isTrue();
        } finally {
            provider.close();
            if (before.isEmpty()) {
                System.clearProperty(DATA);
            } else {
                System.setProperty(DATA, before);
            }
        }
        assertThat(provider.code()).isEqualTo("sandbox");
        assertThat(provider.name()).isEqualTo("Sandbox");
    }
}

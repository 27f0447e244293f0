package io.tenantry.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.provider.Backups;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.Metering;
import io.tenantry.provider.Passwords;
import io.tenantry.provider.Rebuilding;
import io.tenantry.provider.Resizing;
import io.tenantry.provider.ReverseDns;
import io.tenantry.provider.Scripts;
import io.tenantry.provider.Shell;
import io.tenantry.provider.Snapshots;
import io.tenantry.provider.SshKeys;
import io.tenantry.provider.Volumes;
import io.tenantry.time.MovableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxVendorTest {
    private static final String DATA = "jboss.server.data.dir";

    @TempDir
    Path folder;

    @Test
    void opensAccountsThatCanDoAll() {
        var before = System.getProperty(DATA, "");
        System.setProperty(DATA, folder.toString());
        var vendor = new SandboxVendor();
        vendor.clock = new MovableClock();
        try {
            vendor.wake();
            assertThat(folder).isEmptyDirectory();

            var provider = vendor.open(new Credentials(vendor.base().orElseThrow(), Place.TOKEN));
            assertThat(provider)
                    .isInstanceOf(Resizing.class)
                    .isInstanceOf(Rebuilding.class)
                    .isInstanceOf(Snapshots.class)
                    .isInstanceOf(Backups.class)
                    .isInstanceOf(Volumes.class)
                    .isInstanceOf(ReverseDns.class)
                    .isInstanceOf(Metering.class)
                    .isInstanceOf(Passwords.class)
                    .isInstanceOf(SshKeys.class)
                    .isInstanceOf(Scripts.class)
                    .isInstanceOf(Shell.class);
            var id = provider.create(Place.wish(Place.HOSTNAME)).id();
            assertThat(Files.exists(folder.resolve("sandbox/servers/" + id + ".json")))
                    .isTrue();
        } finally {
            vendor.close();
            if (before.isEmpty()) {
                System.clearProperty(DATA);
            } else {
                System.setProperty(DATA, before);
            }
        }
        assertThat(vendor.code()).isEqualTo("sandbox");
        assertThat(vendor.name()).isEqualTo("Sandbox");
    }
}

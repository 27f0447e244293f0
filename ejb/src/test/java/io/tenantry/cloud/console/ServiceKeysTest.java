package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.consolekeys.ConsoleKeySecrets;
import io.tenantry.cloud.consolekeys.ConsoleKeys;
import io.tenantry.kernel.secret.SecretStore.Count;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.kernel.secret.VaultException;
import io.tenantry.kernel.ssh.SshKeyPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The SSH key used to enter a service's server. */
class ServiceKeysTest {
    private static final String OLD = "one=" + "A".repeat(43) + "=";
    private static final String NEW = "two=" + "B".repeat(42) + "A=";

    @Test
    void keepsTheSameKeyForAService() {
        var fixture = new ConsoleFixture("servicekeys-a", Map.of());
        var line = fixture.as(fixture.owner, () -> fixture.keys.publicKey(fixture.service))
                .orElseThrow();
        var pair = fixture.as(fixture.owner, () -> fixture.keys.pair(fixture.service))
                .orElseThrow();
        assertThat(SshKeyPair.line(pair, "console")).isEqualTo(line);
        assertThat(fixture.as(fixture.owner, () -> fixture.keys.publicKey(fixture.service)))
                .contains(line);
    }

    @Test
    void createsNoKeyWithoutAVaultKey() {
        var fixture = new ConsoleFixture("servicekeys-b", Map.of());
        var keyless = new ConsoleKeys(fixture.keyRecords, Vault.of(List.of()));
        assertThat(fixture.as(fixture.owner, () -> keyless.publicKey(fixture.service)))
                .isEmpty();
        assertThat(fixture.as(fixture.owner, () -> keyless.pair(fixture.service)))
                .isEmpty();
    }

    @Test
    void reencryptsWithANewKeyThatAloneDecryptsIt() {
        var fixture = new ConsoleFixture("servicekeys-c", Map.of());
        var line = fixture.as(fixture.owner, () -> fixture.keys.publicKey(fixture.service))
                .orElseThrow();
        var both = Vault.of(List.of(NEW, OLD));
        var change = new ConsoleKeySecrets(fixture.keyRecords, both);
        assertThat(fixture.as(fixture.owner, change::reencrypt)).isEqualTo(new Count(1, 0));
        assertThat(fixture.as(fixture.owner, change::reencrypt)).isEqualTo(new Count(0, 0));
        assertThat(fixture.as(fixture.owner, change::keys).values()).containsExactly(1);
        var later = new ConsoleKeys(fixture.keyRecords, Vault.of(List.of(NEW)));
        assertThat(fixture.as(fixture.owner, () -> later.publicKey(fixture.service)))
                .contains(line);
        assertThat(fixture.as(fixture.owner, () -> later.pair(fixture.service))).isPresent();
        assertThatThrownBy(() -> fixture.as(fixture.owner, () -> fixture.keys.pair(fixture.service)))
                .isInstanceOf(VaultException.class);
    }

    @Test
    void countsKeysItCannotDecrypt() {
        var fixture = new ConsoleFixture("servicekeys-d", Map.of());
        fixture.as(fixture.owner, () -> fixture.keys.publicKey(fixture.service));
        var stranger = new ConsoleKeySecrets(fixture.keyRecords, Vault.of(List.of(NEW)));
        assertThat(fixture.as(fixture.owner, stranger::reencrypt)).isEqualTo(new Count(0, 1));
    }
}

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
    void isTheSameEverAfterAndOpensAgain() {
        var here = new ConsoleFixture("servicekeys-a", Map.of());
        var line = here.as(here.owner, () -> here.keys.publicKey(here.service)).orElseThrow();
        var pair = here.as(here.owner, () -> here.keys.pair(here.service)).orElseThrow();
        assertThat(SshKeyPair.line(pair, "console")).isEqualTo(line);
        assertThat(here.as(here.owner, () -> here.keys.publicKey(here.service))).contains(line);
    }

    @Test
    void isNotMadeWhereNothingCanBeSealed() {
        var here = new ConsoleFixture("servicekeys-b", Map.of());
        var keyless = new ConsoleKeys(here.keyRecords, Vault.of(List.of()));
        assertThat(here.as(here.owner, () -> keyless.publicKey(here.service))).isEmpty();
        assertThat(here.as(here.owner, () -> keyless.pair(here.service))).isEmpty();
    }

    @Test
    void isReencryptedByANewKeyAndOnlyThatOpensIt() {
        var here = new ConsoleFixture("servicekeys-c", Map.of());
        var line = here.as(here.owner, () -> here.keys.publicKey(here.service)).orElseThrow();
        var both = Vault.of(List.of(NEW, OLD));
        var change = new ConsoleKeySecrets(here.keyRecords, both);
        assertThat(here.as(here.owner, change::reencrypt)).isEqualTo(new Count(1, 0));
        assertThat(here.as(here.owner, change::reencrypt)).isEqualTo(new Count(0, 0));
        assertThat(here.as(here.owner, change::keys).values()).containsExactly(1);
        var later = new ConsoleKeys(here.keyRecords, Vault.of(List.of(NEW)));
        assertThat(here.as(here.owner, () -> later.publicKey(here.service))).contains(line);
        assertThat(here.as(here.owner, () -> later.pair(here.service))).isPresent();
        assertThatThrownBy(() -> here.as(here.owner, () -> here.keys.pair(here.service)))
                .isInstanceOf(VaultException.class);
    }

    @Test
    void whatDoesNotOpenIsCounted() {
        var here = new ConsoleFixture("servicekeys-d", Map.of());
        here.as(here.owner, () -> here.keys.publicKey(here.service));
        var stranger = new ConsoleKeySecrets(here.keyRecords, Vault.of(List.of(NEW)));
        assertThat(here.as(here.owner, stranger::reencrypt)).isEqualTo(new Count(0, 1));
    }
}

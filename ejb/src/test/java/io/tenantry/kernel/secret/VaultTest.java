package io.tenantry.kernel.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
    private static final String PLACE = "aurora/provider-account/7";
    private static final String TOKEN = "dop_v1_0123456789 ünïcödé";

    private static String line(String id, int fill) {
        var bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return id + "=" + Base64.getEncoder().encodeToString(bytes);
    }

    private static Vault vault(String... lines) {
        return Vault.of(List.of(lines));
    }

    @Test
    void decryptsWhatItEncrypted() {
        var vault = vault("# keys of 2026", "", line("2026-11", 1));
        var kept = vault.seal(TOKEN, PLACE).text();
        assertThat(kept).startsWith("v1.2026-11.").doesNotContain("dop_v1");
        assertThat(vault.open(EncryptedSecret.parse(kept), PLACE)).isEqualTo(TOKEN);
        assertThat(vault.open(vault.seal("", PLACE), PLACE)).isEmpty();
    }

    @Test
    void encryptsEachTimeDifferently() {
        var vault = vault(line("a", 1));
        var texts = new HashSet<String>();
        for (var i = 0; i < 1000; i++) {
            texts.add(vault.seal(TOKEN, PLACE).text());
        }
        assertThat(texts).hasSize(1000);
    }

    @Test
    void refusesToDecryptForAnotherPlace() {
        var vault = vault(line("a", 1));
        var encryptedSecret = vault.seal(TOKEN, PLACE);
        assertThatThrownBy(() -> vault.open(encryptedSecret, "borealis/provider-account/7"))
                .isInstanceOf(VaultException.class)
                .hasMessageNotContaining("dop_v1");
    }

    @Test
    void detectsEveryChangedByte() {
        var vault = vault(line("a", 1));
        var encryptedSecret = vault.seal(TOKEN, PLACE);
        for (var i = 0; i < encryptedSecret.content().length; i++) {
            var changed = encryptedSecret.content().clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> vault.open(new EncryptedSecret("a", changed), PLACE))
                    .isInstanceOf(VaultException.class);
        }
        assertThatThrownBy(() -> vault.open(new EncryptedSecret("a", new byte[3]), PLACE))
                .isInstanceOf(VaultException.class);
    }

    @Test
    void decryptsWithOldKeysAndEncryptsWithTheFirst() {
        var encryptedSecret = vault(line("old", 1)).seal(TOKEN, PLACE);
        var vault = vault(line("new", 2), line("old", 1));
        assertThat(vault.open(encryptedSecret, PLACE)).isEqualTo(TOKEN);
        assertThat(vault.isCurrent(encryptedSecret)).isFalse();
        var reencrypted = vault.seal(vault.open(encryptedSecret, PLACE), PLACE);
        assertThat(reencrypted.keyId()).isEqualTo("new");
        assertThat(vault.isCurrent(reencrypted)).isTrue();
        assertThatThrownBy(() -> vault(line("new", 2)).open(encryptedSecret, PLACE))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("key old");
    }

    @Test
    void refusesToEncryptWithoutKeys() {
        assertThat(vault().isReady()).isFalse();
        assertThatThrownBy(() -> vault().seal(TOKEN, PLACE))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("tenantry.secret.keys-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "=abc", "a b=abc", "a=%%%", "a=c2hvcnQ=", "a="})
    void reportsTheLineOfAnInvalidKeyWithoutItsContent(String wrong) {
        assertThatThrownBy(() -> KeyRing.read(List.of("# first", wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 2: ")
                .hasMessageNotContaining("c2hvcnQ");
    }

    @Test
    void refusesTwoKeysOfOneName() {
        assertThatThrownBy(() -> KeyRing.read(List.of(line("a", 1), line("a", 2))))
                .hasMessageContaining("second key named a");
    }

    @Test
    void printsNoKeysOrContents() {
        var keyRing = KeyRing.read(List.of(line("a", 65)));
        assertThat(keyRing.toString()).contains("Key[a]").doesNotContain("65", "QUFB");
        assertThat(vault(line("a", 65)).seal(TOKEN, PLACE).toString()).isEqualTo("Sealed[a]");
    }

    @Test
    void refusesTextThatIsNotEncrypted() {
        var wrong = new ArrayList<>(List.of("", "v1", "v1.a", "v2.a.AAAA", "v1.a.%%", "v1.a.AAAA.b"));
        for (var text : wrong) {
            assertThatThrownBy(() -> EncryptedSecret.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

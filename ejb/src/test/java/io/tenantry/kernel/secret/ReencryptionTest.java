package io.tenantry.kernel.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.secret.SecretStore.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReencryptionTest {
    private static final String PLACE = "aurora/provider-account/7";
    private static final String OLD = line("old", 1);
    private static final String NEW = line("new", 2);

    private final Vault before = Vault.of(List.of(OLD));
    private final Vault meanwhile = Vault.of(List.of(NEW, OLD));
    private final Vault after = Vault.of(List.of(NEW));

    private final List<EncryptedSecret> replaced = new ArrayList<>();

    @Test
    void reencryptsWithTheNewKey() {
        var reencryption = new Reencryption(meanwhile);
        reencryption.seal(before.seal("token", PLACE), PLACE, replaced::add);
        assertThat(reencryption.count()).isEqualTo(new Count(1, 0));
        assertThat(replaced)
                .singleElement()
                .satisfies(reencrypted ->
                        assertThat(after.open(reencrypted, PLACE)).isEqualTo("token"));
    }

    @Test
    void skipsValuesOfTheNewestKey() {
        var reencryption = new Reencryption(meanwhile);
        reencryption.seal(after.seal("token", PLACE), PLACE, replaced::add);
        assertThat(reencryption.count()).isEqualTo(new Count(0, 0));
        assertThat(replaced).isEmpty();
    }

    @Test
    void countsUnreadableValuesAndContinues() {
        var reencryption = new Reencryption(meanwhile);
        reencryption.seal(before.seal("token", "elsewhere"), PLACE, replaced::add);
        reencryption.seal(Vault.of(List.of(line("lost", 3))).seal("token", PLACE), PLACE, replaced::add);
        reencryption.seal(before.seal("token", PLACE), PLACE, replaced::add);
        assertThat(reencryption.count()).isEqualTo(new Count(1, 2));
        assertThat(replaced).hasSize(1);
    }

    @Test
    void doesNotCountValuesReplacedMeanwhile() {
        var reencryption = new Reencryption(meanwhile);
        reencryption.seal(before.seal("token", PLACE), PLACE, reencrypted -> false);
        assertThat(reencryption.count()).isEqualTo(new Count(0, 0));
    }

    private static String line(String id, int fill) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return id + "=" + Base64.getEncoder().encodeToString(bytes);
    }
}

package io.tenantry.kernel.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EncryptedResponseTest {
    private static final UUID ADA = UUID.fromString("00000000-0000-7000-8000-00000000000a");
    private static final UUID BEN = UUID.fromString("00000000-0000-7000-8000-00000000000b");

    @Test
    void decryptsWithTheSameKey() {
        var kept = EncryptedResponse.of(ADA, key("order-1")).seal("{\"link\":\"https://…\"}");

        assertThat(EncryptedResponse.of(ADA, key("order-1")).open(kept)).isEqualTo("{\"link\":\"https://…\"}");
    }

    @Test
    void storesNoPlainText() {
        var kept = EncryptedResponse.of(ADA, key("order-1")).seal("a secret link");

        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    }

    @Test
    void refusesAnotherKey() {
        var kept = EncryptedResponse.of(ADA, key("order-1")).seal("a secret link");
        var other = EncryptedResponse.of(ADA, key("order-2"));

        assertThatThrownBy(() -> other.open(kept)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void distinguishesTheSameKeyOfTwoPeople() {
        assertThat(EncryptedResponse.of(ADA, key("order-1")).keyHash())
                .isNotEqualTo(EncryptedResponse.of(BEN, key("order-1")).keyHash());
    }

    /** A person may use the same key for two of their organizations. */
    @Test
    void distinguishesTheSameKeyOfTwoOrganizations() {
        var hashes = Stream.of(Optional.<UUID>empty(), Optional.of(ADA), Optional.of(BEN))
                .map(organization -> EncryptedResponse.of(ADA, new RequestKey(organization, "order-1")))
                .map(one -> HexFormat.of().formatHex(one.keyHash()))
                .toList();
        assertThat(hashes).doesNotHaveDuplicates();
        var kept = EncryptedResponse.of(ADA, new RequestKey(Optional.of(BEN), "order-1"))
                .seal("a secret link");
        assertThatThrownBy(() -> EncryptedResponse.of(ADA, key("order-1")).open(kept))
                .isInstanceOf(IllegalStateException.class);
    }

    private static RequestKey key(String key) {
        return new RequestKey(Optional.empty(), key);
    }
}

package io.tenantry.web.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonceCheckTest {
    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesWhatPrimeFacesMakes() {
        assertThat(NonceCheck.isNonce(encoded(UUID.randomUUID().toString()))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\"><script>", "MQ==", "1-1-1-1-1"})
    void takesNothingElse(String text) {
        assertThat(NonceCheck.isNonce(text)).isFalse();
        assertThat(NonceCheck.isNonce(encoded(text))).isFalse();
        assertThat(NonceCheck.isNonce(null)).isFalse();
    }
}

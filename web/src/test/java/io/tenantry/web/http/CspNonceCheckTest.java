package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CspNonceCheckTest {
    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void acceptsPrimeFacesNonces() {
        assertThat(CspNonceCheck.isNonce(encoded(UUID.randomUUID().toString()))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\"><script>", "MQ==", "1-1-1-1-1"})
    void rejectsOtherValues(String text) {
        assertThat(CspNonceCheck.isNonce(text)).isFalse();
        assertThat(CspNonceCheck.isNonce(encoded(text))).isFalse();
        assertThat(CspNonceCheck.isNonce(null)).isFalse();
    }
}

package io.tenantry.cloud.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Compared with OpenSSL's result for the same block and the key with its bits reversed. */
class VncAuthenticationTest {
    private static final byte[] CHALLENGE = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @Test
    void encryptsTheChallengeWithThePassword() {
        assertThat(response("password")).isEqualTo("5645abeb5f1e6475e8feb11beb66ea19");
    }

    @Test
    void padsShortAndTruncatesLongPasswords() {
        assertThat(response("ab")).isEqualTo("f24772be3e8f2386fa58ca1e9a704f82");
        assertThat(response("password and more")).isEqualTo(response("password"));
    }

    private static String response(String password) {
        return HexFormat.of().formatHex(VncAuthentication.answer(CHALLENGE, password));
    }
}

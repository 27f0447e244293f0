package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of RFC 6143, 7.1 and 7.2, with servers of each version. */
class RfbClientHandshakeTest {
    private static final String EIGHT = "RFB 003.008\n";
    private static final String SEVEN = "RFB 003.007\n";
    private static final String THREE = "RFB 003.003\n";
    private static final String CHALLENGE = hex("0123456789abcdef");
    private static final String ANSWER = "5645abeb5f1e6475e8feb11beb66ea19";
    private static final String FINE = "00000000";
    private static final String FAILED = "00000001";

    @Test
    void authenticatesWithoutSendingThePassword() throws IOException {
        var server = new Script(EIGHT, "020102", CHALLENGE, FINE);
        RfbClientHandshake.enter(server, "password");
        assertThat(server.version()).isEqualTo(EIGHT);
        assertThat(server.received()).isEqualTo("02" + ANSWER);
        assertThat(server.unread()).isZero();
    }

    @Test
    void entersAServerWithoutAuthentication() throws IOException {
        var eight = new Script(EIGHT, "0101", FINE);
        RfbClientHandshake.enter(eight, "password");
        assertThat(eight.received()).isEqualTo("01");
        // Before 3.8 no security result is sent if there was no authentication.
        var seven = new Script(SEVEN, "0101");
        RfbClientHandshake.enter(seven, "password");
        assertThat(seven.version()).isEqualTo(SEVEN);
    }

    @Test
    void acceptsTheSecurityTypeChosenByVersion33() throws IOException {
        var byPassword = new Script(THREE, "00000002", CHALLENGE, FINE);
        RfbClientHandshake.enter(byPassword, "password");
        assertThat(byPassword.version()).isEqualTo(THREE);
        assertThat(byPassword.received()).isEqualTo(ANSWER);
        var open = new Script(THREE, "00000001");
        RfbClientHandshake.enter(open, "password");
        assertThat(open.received()).isEmpty();
        assertRefused("full", THREE, "00000000", reason("full"));
        assertRefused("security type", THREE, "00000013");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RFB 003.889\n", "RFB 004.001\n", "RFB 005.000\n"})
    void answersNewerVersionsWith38(String version) throws IOException {
        var server = new Script(version, "0102", CHALLENGE, FINE);
        RfbClientHandshake.enter(server, "password");
        assertThat(server.version()).isEqualTo(EIGHT);
    }

    @Test
    void treatsUnknownOlderVersionsAs33() throws IOException {
        var server = new Script("RFB 003.005\n", "00000001");
        RfbClientHandshake.enter(server, "");
        assertThat(server.version()).isEqualTo(THREE);
    }

    @Test
    void reportsARefusedPassword() {
        assertRefused("wrong", EIGHT, "0102", CHALLENGE, FAILED, reason("wrong\n\u001b[2J"));
        assertRefused("password", SEVEN, "0102", CHALLENGE, FAILED);
        assertRefused("too long", EIGHT, "0102", CHALLENGE, FAILED, "7fffffff");
        assertRefused("too long", EIGHT, "0102", CHALLENGE, FAILED, "ffffffff");
    }

    @Test
    void reportsWhyAServerRefusesConnections() {
        assertRefused("too many", EIGHT, "00", reason("too many"));
        assertRefused("security type", EIGHT, "021013");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RFB 002.000\n", "RFB 00x.008\n", "RFBxxxxxxxxx"})
    void sendsNothingToAServerWithAnInvalidVersion(String version) {
        var server = new Script(version);
        assertThatThrownBy(() -> RfbClientHandshake.enter(server, "password"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(VncAccessRefusedException.class);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void failsWhenTheServerDisconnectsDuringTheHandshake() {
        for (var words : new String[][] {
            {}, {EIGHT}, {EIGHT, "02"}, {EIGHT, "0102"}, {EIGHT, "0102", CHALLENGE}, {EIGHT, "0102", CHALLENGE, "0000"}
        }) {
            assertThatThrownBy(() -> RfbClientHandshake.enter(new Script(words), "password"))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(VncAccessRefusedException.class);
        }
    }

    private static void assertRefused(String why, String... words) {
        assertThatThrownBy(() -> RfbClientHandshake.enter(new Script(words), "password"))
                .isInstanceOf(VncAccessRefusedException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\u001b");
    }

    private static String reason(String words) {
        return String.format(Locale.ROOT, "%08x", words.length()) + hex(words);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}

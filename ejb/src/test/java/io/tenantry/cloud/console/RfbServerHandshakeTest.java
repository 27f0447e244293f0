package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RfbServerHandshakeTest {
    private static final byte[] VERSION = "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> stated = new ArrayList<>();
    private final RfbServerHandshake rfbServerHandshake = new RfbServerHandshake(stated::add);

    @Test
    void requiresNoAuthenticationAndForwardsWhatFollows() {
        rfbServerHandshake.begin();
        assertThat(stated).containsExactly(VERSION);
        assertThat(rfbServerHandshake.hear(VERSION)).isEmpty();
        assertThat(HexFormat.of().formatHex(stated.get(1))).isEqualTo("0101");
        assertThat(rfbServerHandshake.isOver()).isFalse();
        assertThat(rfbServerHandshake.hear(new byte[] {1, 7, 8})).containsExactly(7, 8);
        assertThat(rfbServerHandshake.isOver()).isTrue();
        assertThat(HexFormat.of().formatHex(stated.get(2))).isEqualTo("00000000");
        assertThat(rfbServerHandshake.hear(new byte[] {9})).containsExactly(9);
        assertThat(stated.stream().mapToInt(one -> one.length).sum()).isEqualTo(RfbServerHandshake.SAID_BYTES);
    }

    @Test
    void acceptsAHandshakeInPieces() {
        for (var one : VERSION) {
            assertThat(rfbServerHandshake.hear(new byte[] {one})).isEmpty();
        }
        assertThat(rfbServerHandshake.hear(new byte[] {1})).isEmpty();
        assertThat(rfbServerHandshake.isOver()).isTrue();
        assertThat(rfbServerHandshake.isWrong()).isFalse();
    }

    @Test
    void rejectsAnyOtherGreeting() {
        rfbServerHandshake.hear("RFB 003.003\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(rfbServerHandshake.isWrong()).isTrue();
        var other = new RfbServerHandshake(stated::add);
        other.hear(VERSION);
        other.hear(new byte[] {2, 1, 1});
        assertThat(other.isWrong()).isTrue();
        assertThat(other.isOver()).isFalse();
    }
}

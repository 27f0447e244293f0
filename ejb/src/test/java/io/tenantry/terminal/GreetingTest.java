package io.tenantry.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class GreetingTest {
    private static final byte[] VERSION = "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> said = new ArrayList<>();
    private final Greeting greeting = new Greeting(said::add);

    @Test
    void nothingIsToBeProvenToAPageAndWhatFollowsIsForTheServer() {
        greeting.begin();
        assertThat(said).containsExactly(VERSION);
        assertThat(greeting.hear(VERSION)).isEmpty();
        assertThat(HexFormat.of().formatHex(said.get(1))).isEqualTo("0101");
        assertThat(greeting.isOver()).isFalse();
        assertThat(greeting.hear(new byte[] {1, 7, 8})).containsExactly(7, 8);
        assertThat(greeting.isOver()).isTrue();
        assertThat(HexFormat.of().formatHex(said.get(2))).isEqualTo("00000000");
        assertThat(greeting.hear(new byte[] {9})).containsExactly(9);
        assertThat(said.stream().mapToInt(one -> one.length).sum()).isEqualTo(Greeting.SAID_BYTES);
    }

    @Test
    void itMayComeInPieces() {
        for (var one : VERSION) {
            assertThat(greeting.hear(new byte[] {one})).isEmpty();
        }
        assertThat(greeting.hear(new byte[] {1})).isEmpty();
        assertThat(greeting.isOver()).isTrue();
        assertThat(greeting.isWrong()).isFalse();
    }

    @Test
    void aPageThatSaysAnythingElseIsNoneOfOurs() {
        greeting.hear("RFB 003.003\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(greeting.isWrong()).isTrue();
        var other = new Greeting(said::add);
        other.hear(VERSION);
        other.hear(new byte[] {2, 1, 1});
        assertThat(other.isWrong()).isTrue();
        assertThat(other.isOver()).isFalse();
    }
}

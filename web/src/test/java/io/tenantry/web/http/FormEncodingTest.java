package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Percent sequences of forms, wherever the buffers of a body end. */
class FormEncodingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a=b",
                "a=%41&b=%c3%A4",
                "%61=1+2",
                "a=\u00e4",
                "a=%00%7f",
                "a=%c2%80%df%bf",
                "a=%e0%a0%80%ed%9f%bf%ee%80%80%ef%bf%bf",
                "a=%f0%90%80%80%f4%8f%bf%bf",
                "a=\ud83d\ude00"
            })
    void whatCanBeDecodedIsAccepted(String body) {
        assertThat(isDecodable(body)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%4&b=c", "%zz=a", "a=%u00e4", "a=%%41", "a=%-1", "a=%4\u0661"})
    void whatCannotBeDecodedIsNot(String body) {
        assertThat(isDecodable(body)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%ff",
                "a=%e4",
                "%e4=a",
                "a=%c3",
                "a=%c3&b=%a4",
                "a=%80",
                "a=%c0%80",
                "a=%c1%bf",
                "a=%e0%9f%bf",
                "a=%ed%a0%80",
                "a=%f0%8f%bf%bf",
                "a=%f4%90%80%80",
                "a=%f5%80%80%80",
                "a=%e2%82"
            })
    void bytesThatAreNotUtf8AreNotAccepted(String body) {
        assertThat(isDecodable(body)).isFalse();
    }

    @Test
    void otherEncodingIsOnlyCheckedForItsPercentSequences() {
        assertThat(isDecodable("a=%e4".getBytes(StandardCharsets.US_ASCII), 0, false))
                .isTrue();
        assertThat(isDecodable("a=%4".getBytes(StandardCharsets.US_ASCII), 0, false))
                .isFalse();
    }

    /** In one buffer, and split at each byte. */
    private static boolean isDecodable(String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var whole = isDecodable(bytes, bytes.length, true);
        for (var split = 0; split <= bytes.length; split++) {
            assertThat(isDecodable(bytes, split, true)).as("split at " + split).isEqualTo(whole);
        }
        return whole;
    }

    private static boolean isDecodable(byte[] bytes, int split, boolean isUtf8) {
        var encoding = new FormEncoding(new PercentText(isUtf8));
        encoding.read(ByteBuffer.wrap(bytes, 0, split));
        var rest = ByteBuffer.wrap(bytes, split, bytes.length - split);
        encoding.read(rest);
        assertThat(rest.position()).as("the parser reads it after us").isEqualTo(split);
        encoding.end();
        return encoding.isDecodable();
    }
}

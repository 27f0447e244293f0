package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Percent sequences of forms, wherever the buffers of a body end. */
class FormEncodingTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a=b", "a=%41&b=%c3%A4", "%61=1+2", "a=\u00e4"})
    void whatCanBeDecodedIsAccepted(String body) {
        assertThat(isDecodable(body)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%4&b=c", "%zz=a", "a=%u00e4", "a=%%41", "a=%-1", "a=%4\u0661"})
    void whatCannotBeDecodedIsNot(String body) {
        assertThat(isDecodable(body)).isFalse();
    }

    /** In one buffer, and split at each byte. */
    private static boolean isDecodable(String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var whole = isDecodable(bytes, bytes.length);
        for (var split = 0; split <= bytes.length; split++) {
            assertThat(isDecodable(bytes, split)).as("split at " + split).isEqualTo(whole);
        }
        return whole;
    }

    private static boolean isDecodable(byte[] bytes, int split) {
        var encoding = new FormEncoding();
        encoding.read(ByteBuffer.wrap(bytes, 0, split));
        var rest = ByteBuffer.wrap(bytes, split, bytes.length - split);
        encoding.read(rest);
        assertThat(rest.position()).as("the parser reads it after us").isEqualTo(split);
        return encoding.isDecodable(true);
    }
}

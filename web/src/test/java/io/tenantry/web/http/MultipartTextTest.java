package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of multipart forms, wherever the buffers of a body end. Each character stands for a byte, and a bar for a line break. */
class MultipartTextTest {
    private static final String FIELD = "--b|Content-Disposition: form-data; name=\"f\"";
    private static final String FILE = FIELD + "; filename=\"a.csv\"|Content-Type: text/csv";
    private static final String END = "|--b--|";

    @ParameterizedTest
    @ValueSource(
            strings = {
                FIELD + "||text" + END,
                FIELD + "||" + END,
                FIELD + "||\u00c3\u00a4" + END,
                FIELD + "||\u00c3\u00a4|-|--|--a|\u00e2\u0082\u00ac" + END,
                FILE + "||\u00ff\u00fe\u0000" + END,
                FILE + "||\u00c3" + END,
                FILE + "||\u00e4|" + FIELD + "||text" + END,
                FIELD + "; FileName*=utf-8''a||\u00e4" + END,
                FIELD + "|Content-Type: text/plain; charset=ISO-8859-1||\u00e4" + END,
                FIELD + "|Content-Transfer-Encoding: 8bit||\u00c3\u00a4" + END,
                FILE + "|Content-Transfer-Encoding: base64||AAAA" + END,
                "\u00e4|" + FIELD + "||text" + END + "\u00e4",
                "--b|Content-Disposition: form-data; name=\"\u00c3\u00a4\"||text" + END,
                "",
                "\u00e4",
                "--b",
                FIELD,
            })
    void acceptsUtf8AndFiles(String body) {
        assertThat(isDecodable(body)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FIELD + "||\u00ff" + END,
                FIELD + "||\u00e4|" + FIELD + "||text" + END,
                FIELD + "||\u00c3" + END,
                FIELD + "||\u00c3|\u00a4" + END,
                FIELD + "||\u00c3|--a" + END,
                FIELD + "||\u00ed\u00a0\u0080" + END,
                FIELD + "||\u00c3",
                FILE + "||\u00e4|" + FIELD + "||\u00e4" + END,
                FIELD + "||text|" + FIELD + "||\u00e4" + END,
                FIELD + "|Content-Type: text/plain; charset=UTF-8||\u00e4" + END,
                FIELD + "|Content-Transfer-Encoding: base64||/w==" + END,
                FIELD + "|Content-Transfer-Encoding: quoted-printable||=FF" + END,
                "--b|Content-Disposition: form-data; name=\"\u00e4\"||text" + END,
                "--b|Content-Disposition: form-data; name=\"f; filename=x\"||\u00e4" + END,
                "--b|Content-Disposition: form-data; name=\"a\"; filename=\"\u00e4.csv\"||text" + END,
            })
    void refusesFieldsThatAreNotUtf8(String body) {
        assertThat(isDecodable(body)).isFalse();
    }

    /** In one buffer, and split at each byte. */
    private static boolean isDecodable(String body) {
        var bytes = body.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        var whole = isDecodable(bytes, bytes.length);
        for (var split = 0; split <= bytes.length; split++) {
            assertThat(isDecodable(bytes, split)).as("split at " + split).isEqualTo(whole);
        }
        return whole;
    }

    private static boolean isDecodable(byte[] bytes, int split) {
        var encoding = new FormEncoding(new MultipartText("b"));
        encoding.read(ByteBuffer.wrap(bytes, 0, split));
        encoding.read(ByteBuffer.wrap(bytes, split, bytes.length - split));
        encoding.end();
        return encoding.isDecodable();
    }

    /** Runs in a thread that serves all connections, before anybody has signed in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-type:;charset",
                "content-type:",
                "content-disposition:;filename",
                ";",
                "content-disposition: form-data; name=\"a",
                "\"",
                "\\",
            })
    void readsHeadersInOnePass(String repeated) {
        var line = "Content-Disposition: form-data;" + repeated.repeat(20_000 / repeated.length());
        var part = "--b\r\n" + line + "\r\n" + line + "\r\n\r\nx\r\n";
        var body = (part.repeat(50) + "--b--\r\n").getBytes(StandardCharsets.ISO_8859_1);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> isDecodable(body, body.length));
    }
}

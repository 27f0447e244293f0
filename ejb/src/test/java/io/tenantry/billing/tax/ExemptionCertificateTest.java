package io.tenantry.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExemptionCertificateTest {
    private static final byte[] PDF = "%PDF-1.7\n%%EOF".getBytes(StandardCharsets.US_ASCII);

    /** Browsers send names in the encoding of the sender's system: on macOS an umlaut is two characters. */
    @ParameterizedTest
    @CsvSource({
        "Bescha\u0308ftigung.pdf,Besch\u00E4ftigung.pdf",
        "C:\\files\\exempt.pdf,exempt.pdf",
        "../../exempt.pdf,exempt.pdf",
        "'\u00A0exempt\u200B\u3000one.pdf ',exempt one.pdf",
        "exe\u202Efdp.pdf,exefdp.pdf",
        "'a\u0001b\"c\r\nd.pdf',a b c d.pdf",
        "'',document.pdf",
        "\u200B,document.pdf"
    })
    void sanitizesTheFileName(String sent, String name) {
        assertThat(ExemptionCertificate.of(sent, PDF).orElseThrow().name()).isEqualTo(name);
    }

    @Test
    void truncatesTheFileNameBetweenCharacters() {
        var name = ExemptionCertificate.of("\uD83D\uDCC4".repeat(200) + ".pdf", PDF)
                .orElseThrow()
                .name();
        assertThat(name.codePointCount(0, name.length())).isEqualTo(120);
        assertThat(name).startsWith("\uD83D\uDCC4").endsWith(".pdf");
    }
}

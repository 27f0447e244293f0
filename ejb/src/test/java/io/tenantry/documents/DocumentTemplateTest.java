package io.tenantry.documents;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tenantry.documents.DocumentTemplate.Language;
import io.tenantry.documents.DocumentTemplate.Part;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Texts of documents as stored. */
class DocumentTemplateTest {
    private static String cleaned(String text) {
        return new DocumentTemplate(Optional.empty(), Optional.empty(), Map.of(Language.EN, Map.of(Part.LEGAL, text)))
                .texts()
                .getOrDefault(Language.EN, Map.of())
                .getOrDefault(Part.LEGAL, "");
    }

    @Test
    void removesTrailingBlanks() {
        assertThat(cleaned(" a  b  \r\n\tc\t \n\n  d  ")).isEqualTo("a  b\n c\n\n  d");
        assertThat(cleaned(" \n ")).isEmpty();
    }

    @Test
    void keepsJoinersWhereAScriptNeedsThem() {
        assertThat(cleaned("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")).contains("\u200c");
        assertThat(cleaned("\ud83d\udc69\u200d\ud83d\udd2c")).isEqualTo("\ud83d\udc69\u200d\ud83d\udd2c");
        assertThat(cleaned("a\u202eb\u0000c\ufffe\ud800d\u200be")).isEqualTo("abcde");
    }

    @Test
    void cleansVeryLongTextQuickly() {
        var text = " ".repeat(2_000_000) + "x" + " ".repeat(1_000_000);
        assertTimeoutPreemptively(ofSeconds(20), () -> assertThat(cleaned(text)).isEqualTo("x"));
    }
}

package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    @Test
    void writesWhatPeopleMean() {
        assertThat(Markdown.html("# Imprint\n\nAurora *Cloud*\n\n| a | b |\n|---|---|\n| 1 | 2 |"))
                .contains("<h1>Imprint</h1>")
                .contains("<em>Cloud</em>")
                .contains("<td>1</td>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "[a](javascript:alert(1))",
                "[a](data:text/html,alert(1))",
                "![a](https://elsewhere.example/pixel.png)",
                "<style>body{display:none}</style>",
            })
    void letsNothingRunOrLoad(String markdown) {
        assertThat(Markdown.html(markdown))
                .doesNotContain("<script", "<img", "<style")
                .doesNotContain("href=\"javascript", "href=\"data");
    }
}

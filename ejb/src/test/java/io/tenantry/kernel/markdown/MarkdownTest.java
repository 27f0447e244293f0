package io.tenantry.kernel.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    /** Both words, in any order: the iteration order of a set differs from one JVM to the next. */
    private static final String REL = " rel=\"(noopener noreferrer|noreferrer noopener)\"";

    @Test
    void rendersHeadingsLinksAndTables() {
        assertThat(Markdown.page("# Imprint\n\nAurora *Cloud*, [a rack](https://example.org), [plans](/plans)\n\n"
                        + "| a | b |\n|---|---|\n| 1 | 2 |"))
                .contains("<h1>Imprint</h1>", "<em>Cloud</em>", "<td>1</td>")
                .containsPattern("<a href=\"https://example.org\"" + REL + ">a rack</a>")
                .containsPattern("<a href=\"/plans\"" + REL + ">plans</a>");
    }

    @Test
    void rendersRefusedLinksAsText() {
        assertThat(Markdown.page("a [script](javascript:alert(1)) and [**bold**](data:x) and <vbscript:y>"))
                .doesNotContain("<a")
                .contains("a script and <strong>bold</strong> and vbscript:y");
        assertThat(Markdown.page("![see [this](javascript:x)](https://pictures.example/a.png)"))
                .doesNotContain("<a")
                .contains("see this");
        assertThat(Markdown.page("[here](https://example.org) and [there](//evil.example)"))
                .contains("<a href=\"https://example.org\"", " and there")
                .doesNotContain("evil");
    }

    @Test
    void shiftsHeadingsOfAPart() {
        assertThat(Markdown.part("# a\n\n###### b")).contains("<h2>a</h2>", "<h6>b</h6>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "a <img src=x onerror=alert(1)> b",
                "<svg/onload=alert(1)>",
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "[x](vbscript:x)",
                "[x](//elsewhere.example)",
                "[x](/\\\\elsewhere.example)",
                "[x](\\\\/elsewhere.example)",
                "[x](</\\\\elsewhere.example>)",
                "[x](/&bsol;elsewhere.example)",
                "[x](/&Tab;/elsewhere.example)",
                "<javascript:alert(1)>",
                "![x](https://elsewhere.example/pixel.png)",
                "![a [b](https://ok.example) ![c](https://elsewhere.example/p.png)](https://elsewhere.example/q.png)",
                "[a](https://example.org \"x\\\" onmouseover=\\\"alert(1)\")",
                "<https://ok.example/\" onmouseover=\"y>",
                "<a href=\"javascript:x\">y</a>",
                "<style>body{display:none}</style>",
                "```html\"><script>\n</script>\n```"
            })
    void removesScriptsAndResources(String hostile) {
        for (var html : new String[] {Markdown.page(hostile), Markdown.part(hostile)}) {
            assertThat(html)
                    .doesNotContainPattern("(?i)<(script|img|svg|iframe|style|link|meta|object)")
                    .doesNotContainPattern("(?i)href=\"(javascript|data|vbscript|[/\\\\][/\\\\])")
                    .doesNotContainPattern("<[^>]*\\son\\w+=\"");
        }
    }
}

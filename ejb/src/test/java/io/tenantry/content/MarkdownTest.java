package io.tenantry.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    @Test
    void rendersWhatPeopleWrite() {
        assertThat(Markdown.html("# Who we are\n\nTwo *friends* and [a rack](https://example.org)."))
                .isEqualTo("<h2>Who we are</h2>\n<p>Two <em>friends</em> and"
                        + " <a rel=\"nofollow\" href=\"https://example.org\">a rack</a>.</p>\n");
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
                "<javascript:alert(1)>",
                "![x](https://elsewhere.example/pixel.png)",
                "[a](https://example.org \"x\\\" onmouseover=\\\"alert(1)\")",
                "<a href=\"javascript:x\">y</a>",
                "```html\"><script>\n</script>\n```"
            })
    void nothingInItRunsOrLoads(String hostile) {
        var html = Markdown.html(hostile);
        assertThat(html)
                .doesNotContainPattern("(?i)<(script|img|svg|iframe|style|link|meta|object)")
                .doesNotContainPattern("(?i)href=\"(javascript|data|vbscript)")
                .doesNotContainPattern("<[^>]*\\son\\w+=\"");
    }

    @Test
    void headingsStayBelowThePages() {
        assertThat(Markdown.html("# a\n\n###### b")).isEqualTo("<h2>a</h2>\n<h6>b</h6>\n");
    }

    @Test
    void wordsAlone() {
        assertThat(Markdown.plain("# Title\n\nSome `code` and\n[a link](https://example.org)."))
                .isEqualTo("Title Some code and a link.");
    }
}

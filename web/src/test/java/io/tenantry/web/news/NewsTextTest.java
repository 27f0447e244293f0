package io.tenantry.web.news;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewsTextTest {
    private final NewsText text = new NewsText();

    @Test
    void showsWhatMarkdownMeans() {
        assertThat(text.html("From **ten** on:\n\n- [status](https://status.example)\n"))
                .contains("<strong>ten</strong>")
                .contains("<li><a rel=\"noopener nofollow\" href=\"https://status.example\">status</a></li>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "![x](https://tracker.example/x.png)",
                "[x](javascript:alert(1))",
                "[x](data:text/html,y)",
                "[x](//elsewhere.example)",
                "[x](vbscript:y)",
                "<https://ok.example/\" onmouseover=\"y>",
            })
    void showsNothingElse(String markdown) {
        assertThat(text.html(markdown))
                .doesNotContain("<script", "<img", "javascript:", "data:", "\"//", "vbscript:")
                .doesNotContainPattern("<[^>]*\\son[a-z]+=");
    }
}

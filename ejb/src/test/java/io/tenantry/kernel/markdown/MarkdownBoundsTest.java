package io.tenantry.kernel.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts crafted to exhaust a server's CPU or stack are answered quickly. */
class MarkdownBoundsTest {
    private static final int MANY = 60_000;

    @ParameterizedTest
    @MethodSource("hostile")
    void rendersHostileInputQuickly(String start, String text) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(Markdown.part(text)).as(start).doesNotContain("<script");
            assertThat(Markdown.page(text)).isNotNull();
        });
    }

    static Stream<String[]> hostile() {
        var lists = new StringBuilder();
        for (var i = 0; i < 600; i++) {
            lists.append(" ".repeat(2 * i % 400)).append("- a\n");
        }
        var grows = new StringBuilder();
        for (var i = 0; i < 400; i++) {
            grows.append("  ".repeat(i)).append("- a\n");
        }
        return Stream.of(
                        "> ".repeat(MANY),
                        ">".repeat(MANY) + "\n" + "a\n".repeat(MANY / 2),
                        "- ".repeat(MANY) + "a",
                        "1. ".repeat(MANY) + "a",
                        ("> ".repeat(30) + "a\n").repeat(2_000),
                        lists.toString(),
                        grows.toString(),
                        "[".repeat(MANY),
                        "[".repeat(MANY) + "a" + "](b)".repeat(MANY / 2),
                        "![".repeat(MANY),
                        "[a](".repeat(MANY / 4),
                        "*a ".repeat(MANY / 3),
                        "*a **b ".repeat(MANY / 8) + "c** c*".repeat(MANY / 8),
                        "_".repeat(MANY),
                        "**".repeat(MANY / 2) + "a" + "**".repeat(MANY / 2),
                        "`".repeat(MANY),
                        "`a``b```c".repeat(MANY / 10),
                        "<".repeat(MANY),
                        "<".repeat(400) + "a".repeat(190_000),
                        ("<".repeat(400) + "a\n\n").repeat(400),
                        "*a **b ".repeat(600) + "c** c*".repeat(600),
                        "<a ".repeat(MANY / 4),
                        "<!--".repeat(MANY / 4),
                        "&".repeat(MANY),
                        "\\".repeat(MANY),
                        "|".repeat(MANY) + "\n" + "|-".repeat(MANY / 2),
                        "|a|b|\n|-|-|\n" + "|a|b|\n".repeat(MANY / 8),
                        "[a]: b\n".repeat(MANY / 8) + "[a]".repeat(MANY / 8),
                        "![".repeat(MANY / 2) + "a" + "](b)".repeat(MANY / 3),
                        "|a".repeat(500) + "|\n" + "|-".repeat(500) + "|\n" + "a\n".repeat(1_000),
                        "|a".repeat(MANY / 3) + "|\n" + "|-".repeat(MANY / 3) + "|\n" + "a\n".repeat(MANY / 2),
                        ("|a".repeat(100) + "|\n" + "|-".repeat(100) + "|\n" + "a\n".repeat(190) + "\n").repeat(200),
                        "[a]: http://a.example/" + "b".repeat(90_000) + "\n\n" + "[a]\n\n".repeat(20_000),
                        "<script>".repeat(MANY / 8),
                        "a".repeat(1_000_000))
                .map(text -> new String[] {text.substring(0, 12).strip(), text});
    }

    @org.junit.jupiter.api.Test
    void showsDeeplyNestedTextUnformatted() {
        assertThat(Markdown.part(">".repeat(50) + " <b>deep</b>"))
                .startsWith("<pre>")
                .contains("&lt;b&gt;deep");
        assertThat(Markdown.part(">".repeat(5) + " deep")).contains("<blockquote>");
        assertThat(Markdown.part("-".repeat(200))).contains("<hr");
        assertThat(Markdown.part("* ".repeat(60).strip())).contains("<hr");
        assertThat(Markdown.part("|a|b|\n|-|-|\n" + "|c|d|\n".repeat(2_000))).contains("<table>");
        assertThat(Markdown.part("[a](https://a.example) ".repeat(400))).contains("<a ");
        assertThat(Markdown.part("12.50 EUR - 3.99 EUR")).contains("<p>");
    }
}

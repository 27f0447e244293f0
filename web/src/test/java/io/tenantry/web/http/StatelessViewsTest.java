package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StatelessViewsTest {
    private static final Path PAGES = Path.of("src/main/webapp");

    /**
     * The template declares it to Faces, the set declares it before that: a mismatch opens sessions for anonymous visitors, or loses forms.
     */
    @Test
    void listsEveryStorefrontPage() throws IOException {
        try (var files = Files.walk(PAGES)) {
            var pages = files.filter(file -> file.toString().endsWith(".xhtml"))
                    .filter(file -> isOf("storefront", file))
                    .map(file -> "/" + PAGES.relativize(file))
                    .collect(Collectors.toSet());
            assertThat(StatelessViews.STOREFRONT).isEqualTo(pages);
        }
    }

    @Test
    void containsEveryErrorPage() throws IOException {
        var folder = PAGES.resolve(StatelessViews.NOTICES.substring(1));
        try (var files = Files.walk(PAGES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".xhtml")).filter(file -> isOf("message", file)))
                    .isNotEmpty()
                    .allMatch(file -> file.startsWith(folder));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).allMatch(file -> isOf("message", file));
        }
    }

    private static boolean isOf(String template, Path file) {
        try {
            return Files.readString(file).contains("template=\"/WEB-INF/templates/" + template + ".xhtml\"");
        } catch (IOException unreadable) {
            throw new IllegalStateException(file.toString(), unreadable);
        }
    }
}

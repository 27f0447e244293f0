package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StatelessViewsTest {
    private static final Path PAGES = Path.of("src/main/webapp");

    /** The template says so to Faces, the set before that: one without the other opens sessions for strangers, or loses forms. */
    @Test
    void knowsEveryPageOfTheStorefront() throws IOException {
        try (var files = Files.walk(PAGES)) {
            var pages = files.filter(file -> file.toString().endsWith(".xhtml"))
                    .filter(StatelessViewsTest::isOfStorefront)
                    .map(file -> "/" + PAGES.relativize(file))
                    .collect(Collectors.toSet());
            assertThat(StatelessViews.STOREFRONT).isEqualTo(pages);
        }
    }

    private static boolean isOfStorefront(Path file) {
        try {
            return Files.readString(file).contains("template=\"/WEB-INF/templates/storefront.xhtml\"");
        } catch (IOException unreadable) {
            throw new IllegalStateException(file.toString(), unreadable);
        }
    }
}

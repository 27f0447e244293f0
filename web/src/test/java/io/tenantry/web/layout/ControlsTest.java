package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Native controls are styled in one place. */
class ControlsTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern BARE_FILE = Pattern.compile("<h:inputFile|type=\"file\"");
    private static final Pattern ACCENT = Pattern.compile("accent-color:");

    @Test
    void fileInputsUseFileTag() throws IOException {
        try (var files = Files.walk(PAGES)) {
            var bare = files.filter(file -> file.toString().endsWith(".xhtml"))
                    .filter(file -> !file.endsWith("WEB-INF/tags/file.xhtml"))
                    .filter(file -> BARE_FILE.matcher(text(file)).find());
            assertThat(bare).isEmpty();
        }
    }

    @Test
    void accentColourIsDefinedOnce() throws IOException {
        try (var files = Files.walk(PAGES.resolve("resources/css"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".css"))
                            .filter(file -> ACCENT.matcher(text(file)).find()))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("tokens.css");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}

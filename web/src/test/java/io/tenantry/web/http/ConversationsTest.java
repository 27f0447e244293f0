package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Weld opens no conversations: it could not close those of a request that ends its session, and logged a warning each time. */
class ConversationsTest {
    private static final Pattern MAPPED = Pattern.compile(
            "<filter-name>CDI Conversation Filter</filter-name>\\s*<url-pattern>/WEB-INF/[a-z]+</url-pattern>");

    @Test
    void areMappedToUnreachablePathOnly() throws IOException {
        assertThat(Files.readString(Path.of("src/main/webapp/WEB-INF/web.xml"))).containsPattern(MAPPED);
    }

    @Test
    void areUsedByNoBean() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as("%s", file).doesNotContain("ConversationScoped");
            }
        }
    }
}

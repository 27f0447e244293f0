package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import io.tenantry.people.identity.IssuedLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerLinkTest {
    private static final IssuedLink LINK =
            new IssuedLink("https://admin.example/link#s3cret", Instant.parse("2026-11-29T12:00:00Z"));
    private static final Logger LOG = Logger.getLogger(OwnerLink.class.getName());

    @TempDir
    Path folder;

    private final List<String> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + List.of(entry.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void deafen() {
        LOG.removeHandler(handler);
    }

    @Test
    void writesTheLinkToTheFileNamedInTheLog() throws IOException {
        var file = OwnerLink.write(settings(folder.resolve("data")), LINK);
        assertThat(file).hasContent("https://admin.example/link#s3cret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(logged).singleElement().asString().contains(file.toString()).doesNotContain("s3cret");
    }

    @Test
    void logsTheCauseButNotTheLinkIfTheFileCannotBeWritten() throws IOException {
        var file = Files.writeString(folder.resolve("data"), "a file where a folder belongs");
        OwnerLink.write(settings(file), LINK);
        assertThat(logged)
                .singleElement()
                .asString()
                .contains("was not written")
                .doesNotContain("s3cret");
    }

    private static Settings settings(Path data) {
        return new Settings(Map.of("tenantry.data.folder", data.toString())::get, name -> null);
    }
}

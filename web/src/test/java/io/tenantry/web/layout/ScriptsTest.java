package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The scripts of our pages; third-party ones in {@code vendor} are as published. */
class ScriptsTest {
    private static final Path SCRIPTS = Path.of("src/main/webapp/resources/js");

    /** APIs that turn a text into markup or a script, and messages of other windows. */
    private static final Pattern DANGEROUS = Pattern.compile(
            "\\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|document\\.write|postMessage|__proto__)\\b"
                    + "|\\beval\\(|new Function\\(|(?<![.\\w])addEventListener\\('message'|window\\.addEventListener\\('message'");

    @Test
    void useNoDangerousDomSinks() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.list(SCRIPTS)) {
            for (var file : files.sorted().toList()) {
                DANGEROUS
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(one -> found.add(file.getFileName() + ": " + one.group()));
            }
        }
        assertThat(found).isEmpty();
    }
}

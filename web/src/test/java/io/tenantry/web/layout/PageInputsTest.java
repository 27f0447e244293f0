package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every input in which something can be wrong has a message: without one, a refused page looks as if nothing had happened. */
class PageInputsTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern INPUT =
            Pattern.compile("<(?:h|p):(?:input\\w+|select\\w+|password|autoComplete|datePicker|fileUpload)\\b[^>]*>");
    private static final Pattern MESSAGE = Pattern.compile("<(?:(?:h|p):message|app:field)\\b[^>]*? for=\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]+)\"");

    /** A box is checked or not: every submission is valid. Hidden inputs are written by the page itself. */
    private static final Pattern NEVER_WRONG =
            Pattern.compile("<h:(?:selectBooleanCheckbox|inputHidden)\\b.*", Pattern.DOTALL);

    private static final Map<String, String> EXEMPT = Map.of(
            "WEB-INF/tags/file.xhtml #{id}", "the tag is used within app:field, which has the message",
            "staff/invoice-template.xhtml shown", "the language of the preview, which is not part of what is saved");

    @Test
    void haveMessages() throws IOException {
        var without = new TreeSet<String>();
        for (var page : pages()) {
            var text = Files.readString(page);
            var named =
                    MESSAGE.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
            INPUT.matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .filter(input -> !NEVER_WRONG.matcher(input).matches() || input.contains("required="))
                    .map(PageInputsTest::id)
                    .filter(id -> !named.contains(id))
                    .forEach(id -> without.add(PAGES.relativize(page) + " " + id));
        }
        assertThat(without).containsExactlyInAnyOrderElementsOf(EXEMPT.keySet());
    }

    private static String id(String input) {
        var found = ID.matcher(input);
        return found.find() ? found.group(1) : input;
    }

    private static Iterable<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(PAGES)) {
            return files.filter(path -> path.toString().endsWith(".xhtml"))
                    .sorted()
                    .toList();
        }
    }
}

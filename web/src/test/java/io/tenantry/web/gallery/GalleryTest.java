package io.tenantry.web.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GalleryTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern EMPTY = Pattern.compile("<app:empty[^>]*>");
    private static final Pattern USED = Pattern.compile("<app:([a-z]+)");
    private static final Pattern DECLARED = Pattern.compile("<tag-name>([a-z]+)</tag-name>");

    @Test
    void showsEveryTagAndComposite() throws IOException {
        assertThat(named(USED, PAGES.resolve("gallery.xhtml"))).containsAll(files());
    }

    @Test
    void declaresEveryTagAndComposite() throws IOException {
        assertThat(named(DECLARED, PAGES.resolve("WEB-INF/app.taglib.xml"))).isEqualTo(files());
    }

    /** An unnamed insert always renders the content written by the tag's user, even if it is empty: a default in it would never show. */
    @Test
    void noTagHasUnreachableDefaultContent() throws IOException {
        for (var tag : all(PAGES.resolve("WEB-INF/tags"))) {
            assertThat(Files.readString(tag)).as(tag.toString()).doesNotContainPattern("<ui:insert>");
        }
    }

    /** An action has a target, and no text is written that is never shown. */
    @Test
    void everyEmptyStateActionHasTarget() throws IOException {
        for (var page : all(PAGES)) {
            for (var found : EMPTY.matcher(Files.readString(page)).results().toList()) {
                var state = found.group();
                assertThat(state).as(page.toString()).endsWith("/>");
                assertThat(state.contains(" action=\"")).as(page + ": " + state).isEqualTo(state.contains(" href=\""));
            }
        }
    }

    private static List<Path> all(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".xhtml")).toList();
        }
    }

    /** Names of tags and composites, from their files. */
    private static Set<String> files() throws IOException {
        var names = new TreeSet<String>();
        for (var folder : new String[] {"WEB-INF/tags", "resources/app"}) {
            try (var files = Files.list(PAGES.resolve(folder))) {
                files.map(file -> file.getFileName().toString().replace(".xhtml", ""))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static Set<String> named(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

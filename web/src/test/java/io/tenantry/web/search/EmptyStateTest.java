package io.tenantry.web.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.web.layout.Navigation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An empty state offers nothing that its viewer may not do. */
class EmptyStateTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern STATE =
            Pattern.compile("<app:empty[^>]* action=\"([^\"]*)\" href=\"(/(?:portal|staff|console)[^\"?#]*)");

    @Test
    void actionsRequireTheirPermission() throws IOException {
        var wrong = new TreeSet<String>();
        var found = 0;
        for (var page : pages()) {
            var own = needs("/" + PAGES.relativize(page).toString().replaceAll("(/index)?\\.xhtml$", ""));
            for (var state : STATE.matcher(Files.readString(page)).results().toList()) {
                found++;
                var further = new HashSet<>(needs(state.group(2)));
                further.removeAll(own);
                var asked = state.group(1).contains(".may(") || state.group(1).contains(".managed ?");
                if (!further.isEmpty() && !asked) {
                    wrong.add(page + " leads to " + state.group(2) + ", which needs " + further);
                }
            }
        }
        assertThat(found).isGreaterThan(10);
        assertThat(wrong).isEmpty();
    }

    /** Returns the rights required by a page, according to navigation and palette. */
    private static Set<String> needs(String path) {
        var needs = new HashSet<String>();
        for (var surface : Navigation.values()) {
            surface.sections().stream()
                    .flatMap(navigationSection -> navigationSection.destinations().stream())
                    .filter(place -> place.path().equals(path) || place.also().contains(path))
                    .forEach(place -> needs.addAll(place.needs()));
            Stream.concat(PaletteActions.pages(surface).stream(), PaletteActions.actions(surface).stream())
                    .filter(offer -> offer.path().equals(path))
                    .forEach(offer -> needs.addAll(offer.needs()));
        }
        return needs;
    }

    private static List<Path> pages() throws IOException {
        try (var files = Files.walk(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".xhtml")).toList();
        }
    }
}

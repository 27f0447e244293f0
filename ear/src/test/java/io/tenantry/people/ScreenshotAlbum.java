package io.tenantry.people;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** A folder of screenshots by page, with an index page. */
final class ScreenshotAlbum {
    private static final String PHONE = "-phone";
    private static final String DARK = "-dark";

    private final Path folder;
    private final TreeMap<String, List<String>> pictures = new TreeMap<>();

    ScreenshotAlbum(Path folder) {
        this.folder = folder;
    }

    /** Takes a screenshot of that URL, which must exist. */
    void take(Visitor person, PageVariant pageVariant, String page, String path) {
        var answer = person.go(path);
        if (answer.status() != 200) {
            throw new IllegalStateException(path + " is answered with " + answer.status());
        }
        take(person, pageVariant, page);
    }

    /** Takes a screenshot of the current page: its name contains the page, the phone if it is one, and the dark theme. */
    void take(Visitor person, PageVariant pageVariant, String page) {
        var name = page + (pageVariant.isPhone() ? PHONE : "")
                + (pageVariant.theme().equals("dark") ? DARK : "") + ".png";
        person.screenshot(folder.resolve(name));
        pictures.computeIfAbsent(page, first -> new ArrayList<>()).add(name);
    }

    /** Writes the index page: a row for each page of the product, wide windows before phones. */
    void show() throws IOException {
        var text = new StringBuilder("""
                # Pictures

                Of the demo, taken by `mvn -Pscreenshots`: in the light Aurora Cloud, in the dark Borealis Hosting; on a phone the other
                way round, and Aurora in German.

                """);
        pictures.forEach((page, names) -> {
            names.sort(Comparator.comparing(name -> name.contains(PHONE)));
            text.append("## " + page.replace('-', ' ') + "\n\n|");
            names.forEach(name -> text.append(" ![" + name.replace(".png", "") + "](" + name + ") |"));
            text.append("\n|" + "---|".repeat(names.size()) + "\n\n");
        });
        Files.writeString(folder.resolve("README.md"), text.toString().stripTrailing() + "\n", StandardCharsets.UTF_8);
    }
}

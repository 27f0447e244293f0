package io.tenantry.web.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The texts of the pages as files, by the suffix of their language: empty for English. */
public final class TextFiles {
    public static final String ENGLISH = "";
    public static final String GERMAN = "_de";

    private static final Path FOLDER = Path.of("src/main/resources/io/tenantry/web/texts");

    private TextFiles() {}

    /** Returns the files of a language, one per district. */
    public static List<Path> files(String language) {
        return PageTexts.DISTRICTS.stream()
                .map(district -> FOLDER.resolve(district + language + ".properties"))
                .toList();
    }

    /** Returns all texts of a language by key. */
    public static Properties texts(String language) {
        var texts = new Properties();
        for (var file : files(language)) {
            try (var reader = Files.newBufferedReader(file)) {
                texts.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }
}

package io.tenantry.web.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.web.layout.PageTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of a list have distinct names, which are also the names of its sort orders. */
class ColumnLabelsTest {
    private static final Pattern COLUMNS =
            Pattern.compile("List<Column> \\w+\\([^)]*\\) \\{(.*?)\\n {4}\\}", Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("Column\\s*\\.of\\(\\s*\"\\w+\",\\s*\"([\\w.-]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void columnsOfListHaveDistinctLabels(String language) throws IOException {
        var words = ResourceBundle.getBundle(PageTexts.class.getName(), Locale.forLanguageTag(language));
        var lists = 0;
        var twice = new ArrayList<String>();
        for (var source : sources()) {
            for (var columns :
                    COLUMNS.matcher(Files.readString(source)).results().toList()) {
                lists++;
                var seen = new HashSet<String>();
                COLUMN.matcher(columns.group(1))
                        .results()
                        .map(column -> words.getString(column.group(1)))
                        .filter(name -> !seen.add(name))
                        .forEach(name -> twice.add(source.getFileName() + ": " + name));
            }
        }
        assertThat(lists).isGreaterThan(10);
        assertThat(twice).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}

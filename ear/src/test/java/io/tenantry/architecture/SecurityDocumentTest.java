package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} names each requirement once, has correct counts, and refers to existing classes and files. */
class SecurityDocumentTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCUMENT = ROOT.resolve("docs/security.md");
    private static final List<String> MODULES = List.of("tenants", "ejb", "batch", "web", "ear", "wildfly-config");

    /** Sections of ASVS 5.0.0, each with its number of level 1 and 2 requirements, which come first within a section. */
    private static final String SECTIONS =
            "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2"
                    + " 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4"
                    + " 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4"
                    + " 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1"
                    + " 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7"
                    + " 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2";

    private static final String SETTINGS = "tenants/src/main/java/io/tenantry/config";
    private static final Pattern SETTING = Pattern.compile("\"(tenantry\\.[a-z.-]+)\"");

    private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+\\.\\d+");
    private static final Pattern IN_CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CLASS = Pattern.compile("([A-Z][a-z0-9]+[A-Za-z0-9]*)(\\.[a-z]\\w+)?");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)?(#[^)]+)?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern PROOF = Pattern.compile("`(\\w+)`(, `(\\w+)`)*|No test");

    /** Header names and values. */
    private static final Set<String> NO_CLASSES = Set.of("Host", "HttpOnly", "Lax", "Origin", "SameSite", "Secure");

    private record Row(List<String> numbers, String how, String proof) {
        String status() {
            if (how.startsWith("**Not met.**")) {
                return "not met";
            }
            return how.startsWith("**Does not apply.**") ? "does not apply" : "met";
        }

        int chapter() {
            return Integer.parseInt(numbers.get(0).replaceFirst("\\..*", ""));
        }
    }

    @Test
    void listsEachRequirementOfLevelsOneAndTwoOnceInOrder() throws IOException {
        var expected = Stream.of(SECTIONS.split(" ", -1))
                .flatMap(section -> {
                    var parts = section.split(":", -1);
                    return IntStream.rangeClosed(1, Integer.parseInt(parts[1])).mapToObj(last -> parts[0] + "." + last);
                })
                .toList();
        assertThat(expected).hasSize(253);
        assertThat(rows().stream().flatMap(row -> row.numbers().stream()).toList())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void countsMatchRows() throws IOException {
        var counted = new TreeMap<Integer, Map<String, Integer>>();
        var all = new TreeMap<String, Integer>();
        for (var row : rows()) {
            counted.computeIfAbsent(row.chapter(), first -> new TreeMap<>())
                    .merge(row.status(), row.numbers().size(), Integer::sum);
            all.merge(row.status(), row.numbers().size(), Integer::sum);
        }
        var lines = new ArrayList<String>();
        counted.forEach((chapter, counts) -> lines.add(line("V" + chapter, counts)));
        lines.add(line("All", all));
        var written = Files.readAllLines(DOCUMENT).stream()
                .filter(text -> text.matches("\\| (V\\d+ .*|\\*\\*All\\*\\*) \\| \\**\\d.*"))
                .map(text -> text.replace("*", "").replaceFirst("^\\| (V\\d+) [^|]*", "| $1 "))
                .toList();
        assertThat(written).containsExactlyElementsOf(lines);
    }

    private static String line(String name, Map<String, Integer> counts) {
        int met = counts.getOrDefault("met", 0);
        int missing = counts.getOrDefault("not met", 0);
        int aside = counts.getOrDefault("does not apply", 0);
        return "| " + name + " | " + met + " | " + missing + " | " + aside + " | " + (met + missing + aside) + " |";
    }

    @Test
    void metRequirementsNameTestsOrStateTheirAbsence() throws IOException {
        var tests = classes("src/test/java");
        for (var row : rows()) {
            if (!row.status().equals("met")) {
                assertThat(row.proof()).as(row.numbers().toString()).isEqualTo("–");
                continue;
            }
            assertThat(row.proof()).as(row.numbers().toString()).matches(PROOF);
            assertThat(names(row.proof())).as(row.numbers().toString()).isSubsetOf(tests);
        }
    }

    @Test
    void eachNamedClassExists() throws IOException {
        var known = new HashSet<>(classes("src/test/java"));
        known.addAll(classes("src/main/java"));
        var named = names(Files.readString(DOCUMENT));
        assertThat(named).hasSizeGreaterThan(100);
        named.removeAll(known);
        assertThat(named).isEmpty();
    }

    /** Including limits. */
    @Test
    void eachSettingIsDescribed() throws IOException {
        var operations = Files.readString(ROOT.resolve("docs/operations.md"));
        var settings = settings();
        assertThat(settings).hasSizeGreaterThan(40);
        settings.removeIf(name -> operations.contains("`" + name + "`"));
        assertThat(settings).isEmpty();
    }

    /** Names of the variables, of the keys in all sources of the package. */
    private static Set<String> settings() throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.list(ROOT.resolve(SETTINGS))) {
            for (var file : files.toList()) {
                SETTING.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                        .forEach(names::add);
            }
        }
        return names;
    }

    @Test
    void eachLinkResolves() throws IOException {
        var wrong = new TreeSet<String>();
        for (var name : List.of("README.md", "SECURITY.md", "docs/security.md", "docs/operations.md")) {
            var file = ROOT.resolve(name);
            var text = Files.readString(file);
            LINK.matcher(text).results().forEach(link -> {
                var path = link.group(1) == null ? "" : link.group(1);
                if (path.startsWith("http")) {
                    return;
                }
                var target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
                if (!Files.exists(target)) {
                    wrong.add(name + ": " + path);
                } else if (link.group(2) != null
                        && target.toString().endsWith(".md")
                        && !hasHeading(target, link.group(2))) {
                    wrong.add(name + ": " + path + link.group(2));
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean hasHeading(Path file, String anchor) {
        try {
            return HEADING.matcher(Files.readString(file))
                    .results()
                    .map(heading -> "#"
                            + heading.group(1)
                                    .toLowerCase(Locale.ROOT)
                                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                                    .replace(' ', '-'))
                    .anyMatch(anchor::equals);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Row> rows() throws IOException {
        var rows = new ArrayList<Row>();
        for (var text : Files.readAllLines(DOCUMENT)) {
            if (text.matches("\\| \\d+\\.\\d+\\.\\d+.*")) {
                var cells = text.substring(2, text.length() - 2).split(" \\| ", -1);
                assertThat(cells).as(text).hasSize(3);
                var numbers = NUMBER.matcher(cells[0])
                        .results()
                        .map(found -> found.group())
                        .toList();
                rows.add(new Row(numbers, cells[1], cells[2]));
            }
        }
        return rows;
    }

    /** Names in code spans that look like a class, with or without a method. */
    private static Set<String> names(String text) {
        return IN_CODE.matcher(text)
                .results()
                .map(found -> CLASS.matcher(found.group(1)))
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .filter(name -> !NO_CLASSES.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> classes(String folder) throws IOException {
        var names = new TreeSet<String>();
        for (var module : MODULES) {
            var sources = ROOT.resolve(module).resolve(folder);
            if (!Files.isDirectory(sources)) {
                continue;
            }
            try (var files = Files.walk(sources)) {
                files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> names.add(name.replace(".java", "")));
            }
        }
        return names;
    }
}

package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One word for each concept, as defined in {@code docs/GLOSSARY.md}; replaced words do not come back. */
class VocabularyTest {
    private static final Path ROOT = Path.of("..");

    private static final List<String> MODULES = List.of("tenants", "ejb", "batch", "web", "ear", "wildfly-config");

    private static final Pattern TYPE =
            Pattern.compile("^\\s*(?:[a-z@\\-]+ )*(?:class|interface|enum|record) ([A-Z]\\w*)", Pattern.MULTILINE);

    /** Parts of type names, delimited by capitals. */
    private static final Pattern REPLACED_PARTS = Pattern.compile(
            "(Wish|Wishes|Deed|Deeds|Lives|Standing|Rounds|Office|Told|Anew|Beside|Besides|Further|Vendor|Vendors"
                    + "|Catalogue|Upstream|Upstreams|Ladder|Ladders|Rung|Rungs|Concession|Concessions|Paper|Papers"
                    + "|Glance|Oneself|Takings|Beginning|Beginnings|Whereabouts|Farewells|Enquiry|Enquiries"
                    + "|Disruption|Disruptions|Sighting|Sightings|Docket|Keeper|Caretaker|Letterbox)(?=[A-Z]|$)");

    private static final Pattern REPLACED_ENDINGS = Pattern.compile("\\w*[a-z](Words|Steps)$");

    private static final String ENGLISH =
            "(?i)\\b(anew|whoever|whatever|any ?more|by itself|by themselves|for good|in vain|besides?|is told|are told"
                    + "|begun|at present|in force|reckon(?:s|ed)?|shall|gives? back|upon|catalogue|vendors?|ladder"
                    + "|concessions?|debtors?|colour|centre)\\b";

    private static final String GERMAN =
            "(?i)\\b(fortan|alsdann|zur Gänze|für immer|von selbst|von neuem|aufs Neue|Leiter|Zugeständnis\\w*)\\b";

    @ParameterizedTest
    @ValueSource(strings = {"main", "test"})
    void namesOfTypesUseTheGlossary(String sources) {
        var names = new ArrayList<String>();
        for (var module : MODULES) {
            var folder = ROOT.resolve(module).resolve("src").resolve(sources).resolve("java");
            for (var file : filesBelow(folder)) {
                var matcher = TYPE.matcher(read(file));
                while (matcher.find()) {
                    names.add(matcher.group(1));
                }
            }
        }
        assertThat(names).hasSizeGreaterThan(500);
        assertThat(names)
                .as("types named by a word that the glossary replaced")
                .noneMatch(name -> REPLACED_PARTS.matcher(name).find()
                        || REPLACED_ENDINGS.matcher(name).matches());
    }

    @ParameterizedTest
    @CsvSource({
        "web/src/main/resources/io/tenantry/web/messages, 4000",
        "ejb/src/main/resources/io/tenantry/documents/mail/letters, 100",
        "ejb/src/main/resources/io/tenantry/documents/words, 80"
    })
    void textsUseTheGlossary(String bundle, int least) {
        check(bundle + ".properties", ENGLISH, least);
        check(bundle + "_de.properties", GERMAN, least);
    }

    private static void check(String file, String replaced, int least) {
        var texts = new Properties();
        try (var reader = Files.newBufferedReader(ROOT.resolve(file))) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(texts).hasSizeGreaterThan(least);
        var pattern = Pattern.compile(replaced, Pattern.UNICODE_CHARACTER_CLASS);
        var found = new ArrayList<String>();
        texts.forEach((key, text) -> {
            var matcher = pattern.matcher((String) text);
            while (matcher.find()) {
                found.add(key + ": " + matcher.group().toLowerCase(Locale.ROOT));
            }
        });
        assertThat(found)
                .as("texts of %s with a word that the glossary replaced", file)
                .isEmpty();
    }

    private static List<Path> filesBelow(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

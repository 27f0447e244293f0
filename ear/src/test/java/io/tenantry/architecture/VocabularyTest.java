package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.tenantry.web.layout.PageTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
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
                    + "|Disruption|Disruptions|Sighting|Sightings|Docket|Keeper|Caretaker|Letterbox|Findings"
                    + "|Stock|Letter|Letters|Whereabout|Begun|Reckoned|Ticket|Tickets|Happening|Doings|Notices"
                    + "|Hearer|Said|Course|Courses)(?=[A-Z]|$)");

    /** Simple names of types that say nothing without their owner. */
    private static final Set<String> REPLACED_TYPES = Set.of(
            "Finding",
            "Held",
            "Turned",
            "Coming",
            "Stood",
            "Spent",
            "Shown",
            "Hands",
            "Door",
            "House",
            "Seat",
            "Made",
            "Given",
            "About",
            "What",
            "Why",
            "Where",
            "Watched",
            "Undos",
            "Waits",
            "Elsewhere");

    /** Words of names of methods, fields, parameters and variables of the product. */
    private static final Set<String> REPLACED_NAMES = Set.of(
            "wish",
            "wishes",
            "told",
            "deed",
            "deeds",
            "anew",
            "beside",
            "besides",
            "vendor",
            "vendors",
            "catalogue",
            "rung",
            "rungs",
            "ladder",
            "ladders",
            "retiring",
            "sightings",
            "hearer",
            "inhabitant",
            "indebted",
            "hindrance",
            "tongue",
            "vain",
            "whoever",
            "begun",
            "unbegun",
            "happenings",
            "lately",
            "paper",
            "papers",
            "concession",
            "oneself",
            "upon",
            "reckon",
            "reckoned",
            "furnish",
            "timekeeper",
            "mended");

    private static final Pattern TEXTS_AND_COMMENTS = Pattern.compile(
            "\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'|/\\*[\\s\\S]*?\\*/|//[^\\n]*");

    private static final Pattern NAME = Pattern.compile("\\b[a-z][A-Za-z0-9]*\\b");

    private static final Pattern HUMPS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private static final Pattern REPLACED_ENDINGS = Pattern.compile("\\w*[a-z](Words|Steps)$");

    private static final Pattern REPLACED_CONSTANTS = Pattern.compile(
            "^\\s+(STRAY|GHOST|DOUBLE|RENUMBERED|ORPHAN|UNTOLD|SET_ASIDE"
                    + "|PAID_IN|TAKEN_OUT|FUNDS_MISSING|OUR_FAULT"
                    + "|TAKEN_UP|TAKEN_BACK|GIVEN_BACK|OTHERWISE|BY_HAND|ALIKE|VENDOR|TOO_OFTEN|NO_ANSWER|NOT_UNDERSTOOD"
                    + "|ENQUIRY|FINDING|NOTICE|RETAX|RETAXED|OPTION|PRICE_MOVED|ACTED_FOR|OWNER_LET_IN|SIGNED_IN_ELSEWHERE"
                    + "|APPROVAL_WANTED|APPROVAL_GIVEN|AUDIT_UNKEPT|DEBT_ENDED|PUT_OFF|UNREACHED|UNANSWERED|UNWRITTEN|UNPRINTED"
                    + "|APART|BETWEEN|LEAVING|UNRECOGNISED|LEFTOVERS|ANOTHERS|NEEDLESS|IMPOSSIBLE|ONESELF"
                    + "|ROLE_NOT_YOURS|BELONGS_ELSEWHERE|UNDER_WAY|OVERRUN|NOT_WORTH|UNRATED|TWICE|SOLD_THERE)(?:\\(.*\\))?[,;]?$",
            Pattern.MULTILINE);

    private static final Path DATABASE = ROOT.resolve("ejb/src/main/resources/db");

    private static final Path RULES = ROOT.resolve("ejb/src/main/resources/io/tenantry/admin/auditor");

    /** Columns of tables: a name and its type. */
    private static final Pattern COLUMN = Pattern.compile(
            "^    ([a-z]\\w*) (?:uuid|text|integer|bigint|smallint|boolean|numeric|char|date|timestamptz|jsonb|bytea)\\b",
            Pattern.MULTILINE);

    private static final Set<String> REPLACED_COLUMNS = Set.of(
            "act",
            "alert",
            "anew",
            "asked_at",
            "asked_by",
            "asked_by_name",
            "began_at",
            "begun_at",
            "beside",
            "changing",
            "copy_id",
            "deed",
            "deeds",
            "disruption_id",
            "episode_id",
            "fresh",
            "gone_at",
            "ground",
            "health_told",
            "held_at",
            "keeping",
            "letter",
            "letters",
            "looked_at",
            "made_by",
            "made_with",
            "mark",
            "missing",
            "option_id",
            "option_kind",
            "pending_copy",
            "piece",
            "retiring",
            "said",
            "shut",
            "taken",
            "took_ms",
            "vendor",
            "wanted",
            "wanted_at",
            "why",
            "words");

    /** Names of constraints, indexes, triggers, views and functions. */
    private static final Pattern DATABASE_NAME =
            Pattern.compile("\\b(?:constraint|index|trigger|view|function) (?!trigger\\b|if\\b|on\\b)([a-z]\\w*_\\w+)");

    private static final Pattern UNDERSCORE = Pattern.compile("_");

    /** Parts of those names, between underscores. */
    private static final Set<String> REPLACED_DATABASE_WORDS = Set.of(
            "act",
            "alike",
            "bar",
            "deed",
            "episode",
            "given",
            "going",
            "ground",
            "kept",
            "ladder",
            "letter",
            "option",
            "pieces",
            "rung",
            "said",
            "stays",
            "still",
            "told",
            "unlettered",
            "upstream",
            "vendor",
            "wanted",
            "why",
            "words");

    private static final Set<String> REPLACED_RULE_WORDS = Set.of(
            "alert", "alike", "back", "books", "crossing", "hold", "option", "pace", "rights", "told", "way", "wish");

    /** Parts of keys and addresses, between dots, slashes and hyphens. */
    private static final Pattern REPLACED_WORDS =
            Pattern.compile("(?<![a-z])(debts|debtor|ladder|rung|what-if|finding|findings"
                    + "|decisions|enquiry|enquiries|disruptions?|books|happening|happenings|concessions?|copies|disks|stock"
                    + "|sell|ordering|news|notices|pool|terminal|vendors?|catalogue|paper|anew|rounds)(?![a-z])");

    private static final Set<String> REPLACED_FIELDS = Set.of(
            "burn_per_hour",
            "alert",
            "held",
            "rise",
            "until",
            "what",
            "late",
            "by_default",
            "usual",
            "retiring",
            "most",
            "switching",
            "changing",
            "gib",
            "zone",
            "took_millis",
            "place",
            "pieces",
            "why",
            "found",
            "made_by");

    private static final Pattern WORD_BREAKS = Pattern.compile("[._-]");

    private static final Set<String> REPLACED_KEY_WORDS = Set.of(
            "anew",
            "besides",
            "beside",
            "crossing",
            "crossings",
            "lately",
            "reckoned",
            "upon",
            "happening",
            "happenings",
            "pool",
            "tried",
            "mine",
            "pace",
            "legs",
            "leg",
            "dunned",
            "wish",
            "told",
            "deed",
            "letter",
            "usual",
            "vendors",
            "ladder",
            "dearest",
            "rise",
            "whose");

    private static final Path PAGES = ROOT.resolve("web/src/main/webapp");

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
            for (var file : filesBelow(folder, ".java")) {
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
                        || REPLACED_ENDINGS.matcher(name).matches()
                        || (sources.equals("main") && REPLACED_TYPES.contains(name)));
    }

    @Test
    void namesInProductCodeUseTheGlossary() {
        var replaced = new ArrayList<String>();
        for (var module : MODULES) {
            for (var file : filesBelow(ROOT.resolve(module).resolve("src/main/java"), ".java")) {
                var code = TEXTS_AND_COMMENTS.matcher(read(file)).replaceAll("\"\"");
                NAME.matcher(code)
                        .results()
                        .map(MatchResult::group)
                        .distinct()
                        .filter(name -> HUMPS.splitAsStream(name)
                                .anyMatch(word -> REPLACED_NAMES.contains(word.toLowerCase(Locale.ROOT))))
                        .forEach(name -> replaced.add(file.getFileName() + ": " + name));
            }
        }
        assertThat(replaced).as("names with a word that the glossary replaced").isEmpty();
    }

    @Test
    void namesOfFilesOfPagesUseTheGlossary() {
        var files = filesBelow(PAGES, "").stream()
                .filter(Files::isRegularFile)
                .map(file -> PAGES.relativize(file).toString())
                .filter(file -> !file.startsWith("resources/vendor/"))
                .toList();
        assertThat(files).hasSizeGreaterThan(200);
        assertThat(files)
                .as("files named by a word that the glossary replaced")
                .noneMatch(file -> REPLACED_WORDS.matcher(file).find());
    }

    @Test
    void addressesOfPagesUseTheGlossary() {
        var pages = filesBelow(PAGES, ".xhtml").stream()
                .map(file -> PAGES.relativize(file).toString())
                .filter(page -> !page.startsWith("WEB-INF"))
                .map(page -> page.replace(".xhtml", ""))
                .toList();
        assertThat(pages).hasSizeGreaterThan(100);
        assertThat(pages)
                .as("addresses of pages with a word that the glossary replaced")
                .noneMatch(page -> REPLACED_WORDS.matcher(page).find() || page.startsWith("console"));
    }

    @Test
    void keysOfTextsStartWithTermsOfTheGlossary() {
        var keys = pageTexts("").stringPropertyNames().stream()
                .map(key -> key.replaceFirst("\\..*", ""))
                .distinct()
                .toList();
        assertThat(keys).hasSizeGreaterThan(50);
        assertThat(keys)
                .as("keys that start with a word that the glossary replaced")
                .noneMatch(key -> REPLACED_WORDS.matcher(key).matches());
    }

    @Test
    void wordsOfKeysUseTheGlossary() {
        var keys = pageTexts("").stringPropertyNames();
        assertThat(keys).hasSizeGreaterThan(4000);
        assertThat(keys)
                .as("keys with a word that the glossary replaced")
                .noneMatch(key -> WORD_BREAKS.splitAsStream(key).anyMatch(REPLACED_KEY_WORDS::contains));
    }

    @Test
    void fieldsOfTheApiUseTheGlossary() {
        var schemas = JsonParser.parseString(
                        read(ROOT.resolve("web/src/main/resources/io/tenantry/web/api/openapi.json")))
                .getAsJsonObject()
                .getAsJsonObject("components")
                .getAsJsonObject("schemas");
        var fields = schemas.entrySet().stream()
                .map(schema -> schema.getValue().getAsJsonObject().getAsJsonObject("properties"))
                .filter(Objects::nonNull)
                .flatMap(properties -> properties.keySet().stream())
                .toList();
        assertThat(fields).hasSizeGreaterThan(100);
        assertThat(fields)
                .as("fields of the API with a word that the glossary replaced")
                .noneMatch(field -> REPLACED_FIELDS.contains(field) || field.startsWith("is_"));
    }

    @Test
    void constantsUseTheGlossary() {
        var replaced = new ArrayList<String>();
        for (var module : MODULES) {
            for (var file : filesBelow(ROOT.resolve(module).resolve("src/main/java"), ".java")) {
                var matcher = REPLACED_CONSTANTS.matcher(read(file));
                while (matcher.find()) {
                    replaced.add(file.getFileName() + ": " + matcher.group(1));
                }
            }
        }
        assertThat(replaced)
                .as("constants named by a word that the glossary replaced")
                .isEmpty();
    }

    @Test
    void columnsUseTheGlossary() {
        var columns = new ArrayList<String>();
        for (var file : filesBelow(DATABASE, ".sql")) {
            if (file.toString().contains("functions")) {
                continue;
            }
            var matcher = COLUMN.matcher(read(file));
            while (matcher.find()) {
                columns.add(matcher.group(1));
            }
        }
        assertThat(columns).hasSizeGreaterThan(900);
        assertThat(columns)
                .as("columns named by a word that the glossary replaced")
                .doesNotContainAnyElementsOf(REPLACED_COLUMNS);
    }

    @Test
    void namesInTheDatabaseUseTheGlossary() {
        var names = new ArrayList<String>();
        for (var file : filesBelow(DATABASE, ".sql")) {
            var matcher = DATABASE_NAME.matcher(read(file));
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        assertThat(names).hasSizeGreaterThan(800);
        assertThat(names)
                .as("names in the database with a word that the glossary replaced")
                .noneMatch(name -> UNDERSCORE.splitAsStream(name).anyMatch(REPLACED_DATABASE_WORDS::contains));
    }

    @Test
    void rulesOfTheAuditorUseTheGlossary() {
        var rules = filesBelow(RULES, ".sql").stream()
                .map(file -> file.getFileName().toString().replace(".sql", ""))
                .toList();
        assertThat(rules).hasSizeGreaterThan(50);
        assertThat(rules)
                .as("rules of the auditor with a word that the glossary replaced")
                .noneMatch(rule -> WORD_BREAKS.splitAsStream(rule).anyMatch(REPLACED_RULE_WORDS::contains));
    }

    @ParameterizedTest
    @CsvSource({
        "ejb/src/main/resources/io/tenantry/documents/mail/mails, 100",
        "ejb/src/main/resources/io/tenantry/documents/texts, 80"
    })
    void textsUseTheGlossary(String bundle, int least) {
        check(bundle + ".properties", ENGLISH, least);
        check(bundle + "_de.properties", GERMAN, least);
    }

    @Test
    void textsOfPagesUseTheGlossary() {
        check("pages", pageTexts(""), ENGLISH, 4000);
        check("pages_de", pageTexts("_de"), GERMAN, 4000);
    }

    private static void check(String file, String replaced, int least) {
        check(file, texts(file), replaced, least);
    }

    private static void check(String file, Properties texts, String replaced, int least) {
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

    private static Properties pageTexts(String language) {
        var all = new Properties();
        PageTexts.DISTRICTS.forEach(district -> all.putAll(
                texts("web/src/main/resources/io/tenantry/web/texts/" + district + language + ".properties")));
        return all;
    }

    private static Properties texts(String file) {
        var texts = new Properties();
        try (var reader = Files.newBufferedReader(ROOT.resolve(file))) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static List<Path> filesBelow(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
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

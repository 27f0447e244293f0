package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.invoicing.AccountStatements;
import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.brand.ImageUpload;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.cloud.provisioning.OperationInProgress;
import io.tenantry.cloud.provisioning.PendingPowerAction;
import io.tenantry.documents.mail.DeliveryFailure;
import io.tenantry.documents.mail.MailTemplate;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.notification.Notification;
import io.tenantry.tenancy.Tenant;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final Path TEXTS = Path.of("src/main/resources/io/tenantry/web");
    private static final Path RULES = Path.of("../ejb/src/main/resources/io/tenantry/admin/auditor");
    private static final Path PAGES = Path.of("src/main/webapp");

    /** Keys as used in pages: msg['a.b'] and fmt.text('a.b', ...), anywhere in an expression. */
    private static final Pattern KEY = Pattern.compile("(?:msg\\[|fmt\\.text\\()'([a-z0-9.-]+)'");

    private static final Pattern BARE_STYLE =
            Pattern.compile("<(?:style|script)[\\s>](?![^>]*src=)|\\s(?:style|on[a-z]+)=\"");

    @Test
    void existInBothLanguages() throws IOException {
        assertThat(keys(TextFiles.GERMAN)).isEqualTo(keys(TextFiles.ENGLISH));
        assertThat(faces("faces_de.properties")).isEqualTo(faces("faces.properties"));
    }

    /** Each rule is a file that people can run by hand; its first line explains it. */
    @Test
    void explainEveryRuleOfTheAuditor() throws IOException {
        var texts = new Properties();
        try (var reader = Files.newBufferedReader(TEXTS.resolve("texts/admin.properties"))) {
            texts.load(reader);
        }
        var explained = new TreeMap<String, String>();
        texts.stringPropertyNames().stream()
                .filter(key -> key.startsWith("auditor.rule."))
                .forEach(key -> explained.put(
                        key.substring("auditor.rule.".length()),
                        texts.getProperty(key).replace('\u2019', '\'')));
        var rules = new TreeMap<String, String>();
        try (var files = Files.newDirectoryStream(RULES, "*.sql")) {
            for (var file : files) {
                var name = file.getFileName().toString();
                rules.put(
                        name.substring(0, name.length() - ".sql".length()),
                        Files.readAllLines(file).get(0).replaceFirst("^-- ", ""));
            }
        }
        assertThat(rules).hasSizeGreaterThan(50);
        assertThat(explained).isEqualTo(rules);
    }

    @Test
    void existForEveryKeyThatAPageNames() throws IOException {
        var keys = keys(TextFiles.ENGLISH);
        // A key that ends in a dot is completed at run time.
        assertThat(named())
                .allSatisfy(name ->
                        assertThat(keys).anyMatch(key -> name.endsWith(".") ? key.startsWith(name) : key.equals(name)));
    }

    @Test
    void existForEveryNavigationItem() throws IOException {
        var labels = Arrays.stream(Navigation.values())
                .flatMap(surface -> Stream.concat(
                        Stream.of(surface.getLabel()),
                        surface.sections().stream()
                                .flatMap(navigationSection -> Stream.concat(
                                        Stream.of(navigationSection.label()),
                                        navigationSection.destinations().stream()
                                                .flatMap(place -> Stream.of(place.label(), place.thumb()))))))
                .filter(label -> !label.isEmpty())
                .toList();
        assertThat(keys(TextFiles.ENGLISH)).containsAll(labels);
    }

    @Test
    void existForEveryStateOfATenant() throws IOException {
        var states = Arrays.stream(Tenant.State.values())
                .map(state -> "status." + state.name().toLowerCase(Locale.ROOT))
                .toList();
        assertThat(keys(TextFiles.ENGLISH)).containsAll(states);
    }

    @Test
    void existForEveryMailKindAndDeliveryFailure() throws IOException {
        var names = Stream.concat(
                        Arrays.stream(MailTemplate.values()).map(mailTemplate -> "mail.template." + mailTemplate),
                        Arrays.stream(DeliveryFailure.Kind.values()).map(kind -> "mail.fault." + kind))
                .toList();
        assertThat(keys(TextFiles.ENGLISH)).containsAll(names);
    }

    @Test
    void existForEveryNotificationKind() throws IOException {
        var names = Arrays.stream(Notification.Kind.values())
                .map(kind ->
                        "notification." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        assertThat(keys(TextFiles.ENGLISH)).containsAll(names);
    }

    @Test
    void existForEveryImageRefusalAndAuditTrailBreak() throws IOException {
        var names = Stream.concat(
                        Arrays.stream(ImageUpload.Reason.values())
                                .map(reason -> "brand.picture." + reason.name().toLowerCase(Locale.ROOT)),
                        Arrays.stream(AuditTrail.Break.values()).map(found -> "trail.broken." + found))
                .toList();
        assertThat(keys(TextFiles.ENGLISH)).containsAll(names);
    }

    @Test
    void existForEveryOperationInProgress() throws IOException {
        var words = Stream.of(
                        Arrays.stream(PendingPowerAction.values()).map(PendingPowerAction::word),
                        Arrays.stream(OperationInProgress.values()).map(OperationInProgress::word),
                        Stream.of("restore", "rescued"))
                .flatMap(all -> all)
                .map(word -> "service.power.doing." + word)
                .toList();
        assertThat(keys(TextFiles.ENGLISH)).containsAll(words);
    }

    @Test
    void existForEveryDocumentKindAndTaxTreatment() throws IOException {
        var words = Stream.of(
                        Arrays.stream(AddonType.values()).map(kind -> "invoice.addon." + kind),
                        Arrays.stream(DocumentKind.values())
                                .flatMap(kind -> Stream.of("invoice.sort." + kind, "invoice.title." + kind)),
                        Arrays.stream(TaxTreatment.values())
                                .flatMap(how -> Stream.of("invoice.tax." + how, "invoice.tax.line." + how)),
                        Arrays.stream(TaxTreatment.values())
                                .filter(TaxTreatment::isWorded)
                                .map(how -> "invoice.tax.reason." + how),
                        Arrays.stream(AccountStatements.EntryType.values())
                                .map(entryType -> "account.what." + entryType))
                .flatMap(all -> all)
                .toList();
        assertThat(keys(TextFiles.ENGLISH)).containsAll(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {TextFiles.ENGLISH, TextFiles.GERMAN})
    void noKeyIsDefinedTwice(String language) {
        var files = new ArrayList<>(TextFiles.files(language));
        files.add(TEXTS.resolve("faces" + language + ".properties"));
        var names = files.stream().flatMap(file -> names(file).stream()).toList();
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void everyFileIsLoaded() throws IOException {
        try (var files = Files.list(TEXTS.resolve("texts"))) {
            assertThat(files)
                    .containsExactlyInAnyOrderElementsOf(Stream.of(TextFiles.ENGLISH, TextFiles.GERMAN)
                            .flatMap(language -> TextFiles.files(language).stream())
                            .toList());
        }
    }

    @Test
    void haveSameKeyOrderInBothLanguages() {
        var english = TextFiles.files(TextFiles.ENGLISH);
        var german = TextFiles.files(TextFiles.GERMAN);
        for (int i = 0; i < english.size(); i++) {
            assertThat(names(german.get(i))).as(german.get(i).toString()).isEqualTo(names(english.get(i)));
        }
    }

    @Test
    void fillInArgumentsAndFallBackToEnglish() {
        assertThat(new Messages(Locale.GERMANY).text("sign-in.text", "Borealis"))
                .isEqualTo("Bei Borealis anmelden");
        assertThat(new Messages(Locale.FRENCH).text("cancel")).isEqualTo("Cancel");
    }

    @Test
    void noPageContainsInlineStyleOrScript() throws IOException {
        for (var page : pages()) {
            var text = Files.readString(page)
                    .replaceAll("<app:date [^>]*>", "")
                    .replaceAll(
                            "<script type=\"application/ld\\+json\">",
                            ""); // Structured data for search engines is not executed.
            assertThat(BARE_STYLE.matcher(text).find()).as("%s", page).isFalse();
        }
    }

    /** Otherwise Faces would try to copy the bean's immutable list, fail, and log it. */
    @Test
    void multipleChoicesDeclareTheirCollectionType() throws IOException {
        for (var page : pages()) {
            assertThat(Pattern.compile("<[hp]:selectMany[^>]*>")
                            .matcher(Files.readString(page))
                            .results())
                    .as("%s", page)
                    .allMatch(tag -> tag.group().contains("collectionType=\"java.util.ArrayList\""));
        }
    }

    private static Set<String> named() throws IOException {
        var named = new TreeSet<String>();
        for (var page : pages()) {
            KEY.matcher(Files.readString(page)).results().forEach(found -> named.add(found.group(1)));
        }
        return named;
    }

    private static List<Path> pages() throws IOException {
        try (var files = Files.walk(PAGES)) {
            return files.filter(path -> path.toString().endsWith(".xhtml")).toList();
        }
    }

    private static List<String> names(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.matches("[a-zA-Z][^=]*=.*"))
                    .map(line -> line.substring(0, line.indexOf('=')).strip())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> keys(String language) {
        return TextFiles.texts(language).stringPropertyNames();
    }

    private static Set<String> faces(String file) throws IOException {
        try (Reader reader = Files.newBufferedReader(TEXTS.resolve(file))) {
            var properties = new Properties();
            properties.load(reader);
            return properties.stringPropertyNames();
        }
    }
}

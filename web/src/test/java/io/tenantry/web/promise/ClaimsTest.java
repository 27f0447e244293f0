package io.tenantry.web.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.web.layout.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements on pages to customers are true for every reseller, whatever its providers, plans and people can do. */
class ClaimsTest {
    /** Texts read by customers and visitors before they order, and texts of add-ons. */
    private static final Pattern SHOWN =
            Pattern.compile("(?:store|story|order|plan|backups|snapshots|volumes|addresses)\\..*");

    /** Claims about response times, start times and technology, which are unknown. */
    private static final Pattern UNKNOWN = Pattern.compile(
            "\\b(?:within|binnen|innerhalb|in unter) (?:an?|one|\\d+|eine[mrs]?|wenige[rn]?|seconds|minutes|Sekunden|Minuten)\\b"
                    + "|\\bin (?:one minute|einer Minute|seconds|Sekunden)\\b"
                    + "|\\b(?:working|business) days?\\b|\\bWerktag|\\bGeschäftstag"
                    + "|\\b24/7\\b|\\baround the clock\\b|\\brund um die Uhr\\b"
                    + "|\\bSSDs?\\b|\\bNVMe\\b|\\bRAID\\b|\\bredundant|\\bDDoS\\b"
                    + "|\\b\\d{2}(?:[.,]\\d+)? ?% (?:uptime|available|verfügbar)|\\bSLA\\b"
                    + "|\\b(?:guarantee[ds]?|garantier\\w*|Garantie)\\b|\\bunlimited support\\b|\\binstantly\\b|\\bsofort bereit\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    @ParameterizedTest
    @ValueSource(strings = {TextFiles.ENGLISH, TextFiles.GERMAN})
    void noTextPromisesWhatDependsOnReseller(String language) {
        var promised = new ArrayList<String>();
        TextFiles.texts(language).forEach((key, text) -> {
            if (SHOWN.matcher(key.toString()).matches()
                    && UNKNOWN.matcher(text.toString()).find()) {
                promised.add(key + ": " + text);
            }
        });
        assertThat(promised).isEmpty();
    }

    @Test
    void noPageContainsPromisesOutsideBundles() throws IOException {
        try (var files = Files.walk(Path.of("src/main/webapp"))) {
            for (var page :
                    files.filter(file -> file.toString().endsWith(".xhtml")).toList()) {
                assertThat(Files.readString(page))
                        .as(page.toString())
                        .doesNotContainPattern("\\bSSD\\b|\\bNVMe\\b|\\b24/7\\b");
            }
        }
    }

    /** Screens, backups and plan changes exist only where the provider or the plan supports them. */
    @Test
    void featuresMissingAtSomeProvidersAreConditional() {
        var english = TextFiles.texts(TextFiles.ENGLISH);
        var german = TextFiles.texts(TextFiles.GERMAN);
        for (var key : List.of("store.included.console", "store.feature.copies.text", "order.plan.text")) {
            assertThat(english.getProperty(key)).as(key).containsPattern("(?i)\\b(?:where|if) (?:the|its)\\b");
            assertThat(german.getProperty(key))
                    .as(key)
                    .containsPattern("(?i)\\b(?:wo|wenn) (?:der|das|seine|ihre|es)\\b");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Order a server, and it runs within a minute.",
                "Server bestellen, und er läuft binnen einer Minute.",
                "usually within a working day",
                "meist innerhalb eines Werktags",
                "We answer on working days",
                "SSD storage",
                "SSD-Speicher",
                "99.9 % uptime",
                "Support 24/7",
                "rund um die Uhr"
            })
    void patternFindsKnownPromises(String text) {
        assertThat(UNKNOWN.matcher(text).find()).isTrue();
    }
}

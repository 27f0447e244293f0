package io.tenantry.web.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.web.layout.Navigation;
import io.tenantry.web.layout.TextFiles;
import io.tenantry.web.problem.ProblemType;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No page, response, email or notification leads to or names a missing feature: every link has a target, and every feature named in texts has
 * its page.
 */
class PromisesTest {
    private static final List<String> BUNDLES = List.of(
            "../ejb/src/main/resources/io/tenantry/documents/mail/mails",
            "../ejb/src/main/resources/io/tenantry/documents/texts",
            "../ejb/src/main/resources/io/tenantry/billing/invoicing/reasons");

    /** Public texts of the demo's brands. */
    private static final List<Path> DEMO = List.of(Path.of("../ejb/src/main/java/io/tenantry/demo/DemoSite.java"));

    private static final Path DEMO_LEGAL = Path.of("../ejb/src/main/resources/io/tenantry/demo/legal");

    /** A link of a page, up to its first placeholder. */
    private static final Pattern LINK =
            Pattern.compile("(?:href|action|src|data-consequences)=\"(/(?!WEB-INF/)[^\"#]*)(#\\{)?");

    /** A link in an expression of a page, up to what is appended. */
    private static final Pattern IN_EXPRESSION = Pattern.compile("'(/[a-z][a-zA-Z0-9./?=&;-]*)'");

    /** A URL in a source: beginning like a surface or like a public page. */
    private static final Pattern IN_SOURCE = Pattern.compile(
            "\"(/(?:portal|staff|console|docs|contact|plans|regions|faq|status|register|sign-in|forgot|legal|link|home)(?:/[a-z0-9/-]*)?)([^\"a-z0-9/-][^\"]*)?\"");

    private static final Pattern MARKDOWN = Pattern.compile("\\]\\((/[^)\\s]*)\\)");

    private static final Pattern ASKS_FOR_MONEY =
            Pattern.compile("\\b[Tt]op up\\b|\\b[Pp]lease pay\\b|\\b[Pp]ay now\\b|\\b(?:[Ll]aden|[Zz]ahlen) Sie\\b");

    /** The target of a notification, below the surface of its reader. */
    private static final Pattern NOTE = Pattern.compile("new Note\\(([^;]*?)\\)[,;)]", Pattern.DOTALL);

    /**
     * A feature that a text may name only if it is available.
     *
     * @param name its name
     * @param words pattern for its names in texts of either language
     * @param route the page on which it is used; the feature is available if this answers
     * @param elsewhere keys of texts for other people, who have a separate page for it
     */
    private record Feature(String name, Pattern words, String route, String elsewhere) {
        static Feature of(String name, String words, String route) {
            return of(name, words, route, "nothing");
        }

        static Feature of(String name, String words, String route, String elsewhere) {
            var flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
            return new Feature(name, Pattern.compile(words, flags), route, elsewhere);
        }
    }

    private static final List<Feature> FEATURES = List.of(
            Feature.of(
                    "keys for the API",
                    "\\bAPI[ -]keys?\\b|\\bAPI-Schlüssel|\\bREST[ -](?:API|Schnittstelle)|keys? of your own|eigenen Schlüsseln"
                            + "|make a key|Legen Sie .* Schlüssel an",
                    "/portal/api-keys",
                    "nav\\.keys|keys\\..*|problem\\..*"),
            Feature.of(
                    "inviting colleagues",
                    "\\binvite (?:your )?(?:colleagues|members|them|people)\\b|\\bLaden Sie (?:sie|Kolleg|Mitglieder|Personen).* ein\\b",
                    "/portal/members"),
            Feature.of(
                    "customers who manage their members",
                    "\\b(?:to )?invite you\\b|\\bmanages? (?:your|their) (?:team|members|colleagues)\\b|\\bask for an invitation\\b"
                            + "|\\bum (?:eine )?Einladung\\b|\\b(?:lädt|laden) Sie ein\\b|\\bSie einlädt\\b"
                            + "|\\b(?:Ihr Team|Ihre Mitglieder|deren Mitglieder) verwalte[tn]\\b|\\bMitglieder verwalten\\b",
                    "/portal/members"),
            Feature.of(
                    "registering oneself",
                    "\\b(?:sign up|register yourself|create (?:an|your) account)\\b|\\bRegistrieren Sie sich\\b|\\bKonto (?:selbst )?anlegen\\b",
                    "/sign-up"),
            Feature.of(
                    "a second factor",
                    "\\btwo[- ]factor\\b|\\b2FA\\b|\\bpasskeys?\\b|\\bauthenticator\\b|\\bZwei-Faktor|\\bzweite[rn]? Faktor\\b",
                    "/portal/security"),
            Feature.of(
                    "tickets",
                    "\\bsupport tickets?\\b|\\bopen a ticket\\b|\\bSupport-?Tickets?\\b|\\bTicket (?:er)?öffnen\\b",
                    "/portal/tickets"),
            Feature.of(
                    "paying by card",
                    "\\b(?:pay|paid) by (?:credit )?card\\b|\\bcredit cards?\\b|\\bKreditkarte|\\bmit Karte zahlen\\b",
                    "/portal/pay"),
            Feature.of(
                    "automatic top-up",
                    "\\bauto(?:matic)?[- ]top[- ]?up\\b|\\bautomatisch(?:e|es)? Aufladen\\b",
                    "/portal/top-up"),
            Feature.of("webhooks", "\\bwebhooks?\\b", "/portal/webhooks"),
            Feature.of("firewalls", "\\bfirewalls?\\b", "/portal/firewalls", "dunning-policy\\.by\\.help"),
            Feature.of("private networks", "\\bprivate networks?\\b|\\bprivate[sn]? Netz", "/portal/networks"),
            Feature.of("budgets", "\\bbudget alerts?\\b|\\bspending cap\\b|\\bBudgetwarnung", "/portal/budgets"),
            Feature.of("tags", "\\btag your servers\\b|\\bServer .*Schlagwort", "/portal/tags"));

    private final Routes routes = new Routes();

    @Test
    void everyLinkOfPageResolves() {
        var dead = new ArrayList<String>();
        for (var page : Routes.read(Routes.PAGES, ".xhtml")) {
            var text = Routes.text(page).replaceAll("(?s)<!--.*?-->", "");
            LINK.matcher(text).results().forEach(found -> check(dead, page, found.group(1), found.group(2) != null));
            IN_EXPRESSION
                    .matcher(text)
                    .results()
                    .filter(found -> isAddress(found.group(1)))
                    .forEach(found -> {
                        var isGoingOn = text.startsWith(".concat(", found.end()) || text.startsWith(" +", found.end());
                        check(dead, page, found.group(1), isGoingOn);
                    });
        }
        assertThat(dead).as("links of pages that lead nowhere").isEmpty();
    }

    @Test
    void everyAddressInSourcesResolves() {
        var dead = new ArrayList<String>();
        for (var folder : Routes.SOURCES) {
            for (var source : Routes.read(folder, ".java")) {
                if (source.toString().contains("/provider/")) {
                    continue; // URLs of providers.
                }
                var text = Routes.text(source).replaceAll("(?m)^\\s*(?://|\\*|/\\*).*$", "");
                IN_SOURCE
                        .matcher(text)
                        .results()
                        .forEach(found -> check(
                                dead,
                                source,
                                found.group(1),
                                found.group(1).endsWith("/")
                                        || (found.group(2) == null && text.startsWith("\" +", found.end() - 1))));
            }
        }
        assertThat(dead).as("addresses in sources that lead nowhere").isEmpty();
    }

    @Test
    void everyNavigationItemIsPage() {
        assertThat(Arrays.stream(Navigation.values())
                        .flatMap(surface -> surface.sections().stream())
                        .flatMap(navigationSection -> navigationSection.destinations().stream())
                        .flatMap(place -> Stream.concat(Stream.of(place.path()), place.also().stream())))
                .allMatch(routes::answers);
    }

    @Test
    void everyNotificationLinksToPage() {
        var dead = new ArrayList<String>();
        for (var folder : Routes.SOURCES) {
            for (var source : Routes.read(folder, ".java")) {
                NOTE.matcher(Routes.text(source))
                        .results()
                        .forEach(found -> Pattern.compile("\"([a-z][a-z/-]*)[\"?]")
                                .matcher(found.group(1).replaceAll("\"[^\"]*:\"", ""))
                                .results()
                                .map(path -> path.group(1))
                                .filter(path -> Stream.of("/portal/", "/staff/", "/admin/")
                                        .noneMatch(surface -> routes.answers(surface + path)))
                                .forEach(path -> dead.add(source.getFileName() + ": " + path)));
            }
        }
        assertThat(dead).as("notices that lead nowhere").isEmpty();
    }

    @Test
    void everyLinkInAnswersAndTextsResolves() {
        var dead = new ArrayList<String>();
        Stream.of(DEMO, Routes.read(DEMO_LEGAL, ".md"))
                .flatMap(List::stream)
                .forEach(file -> MARKDOWN.matcher(Routes.text(file))
                        .results()
                        .forEach(found -> check(dead, file, found.group(1), false)));
        texts().forEach((key, text) ->
                MARKDOWN.matcher(text).results().forEach(found -> check(dead, Path.of(key), found.group(1), false)));
        assertThat(dead).as("links in texts that lead nowhere").isEmpty();
    }

    @Test
    void everyProblemTypeLinksToItsDescription() {
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::type)).allMatch(routes::answers);
        assertThat(Routes.text(Routes.PAGES.resolve("docs/problems.xhtml")))
                .as("each has its place on the page")
                .contains("<article id=\"#{kind.code}\">");
    }

    @Test
    void noTextNamesMissingFeature() {
        var missing =
                FEATURES.stream().filter(one -> !routes.answers(one.route())).toList();
        var promised = new ArrayList<String>();
        texts().forEach((key, text) -> missing.stream()
                .filter(one -> one.words().matcher(text).find())
                .filter(one -> !key.replaceAll(".*#", "").matches(one.elsewhere()))
                .forEach(one -> promised.add(key + " promises " + one.name() + ": " + text)));
        Stream.of(DEMO, Routes.read(DEMO_LEGAL, ".md")).flatMap(List::stream).forEach(file -> {
            var text = Routes.text(file).replaceAll("\\\\\\s*\\n\\s*", "");
            text.lines()
                    .forEach(line -> missing.stream()
                            .filter(one -> one.words().matcher(line).find())
                            .forEach(one -> promised.add(
                                    file.getFileName() + " promises " + one.name() + ": " + line.strip())));
        });
        assertThat(promised).as("what is promised and not there").isEmpty();
    }

    /** The emails' own test checks the same for emails; on pages the account itself is shown beside the text. */
    @Test
    void paymentNotificationsSayWhereToFindInstructions() {
        var asking = new TreeMap<>(texts());
        asking.keySet().removeIf(key -> !key.matches(".*#notification\\..*"));
        asking.values().removeIf(text -> !ASKS_FOR_MONEY.matcher(text).find());
        assertThat(asking.values())
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(text -> text.contains("Your wallet shows how to pay")
                        || text.contains("Wie Sie zahlen, steht unter „Guthaben“"));
        var wallet = Routes.text(Routes.PAGES.resolve("portal/wallet.xhtml"));
        assertThat(wallet).contains("bank-transfer-details.xhtml", "id=\"how-to-pay\"");
    }

    /** The button of a banner that asks for payment leads to the payment instructions. */
    @Test
    void paymentBannersLinkToPaymentInstructions() {
        var banners = Routes.text(Routes.PAGES.resolve("WEB-INF/includes/wallet-notice.xhtml"));
        assertThat(Pattern.compile("<app:banner[^>]*>")
                        .matcher(banners)
                        .results()
                        .map(MatchResult::group))
                .hasSize(3)
                .allMatch(banner -> banner.contains("href=\"/portal/wallet#how-to-pay\""));
        assertThat(Routes.text(Routes.PAGES.resolve("WEB-INF/includes/bank-transfer-details.xhtml")))
                .contains("id=\"how-to-pay\"");
    }

    @Test
    void patternsFindKnownFeatures() {
        assertThat(List.of(
                        "REST API with keys of your own",
                        "REST-Schnittstelle mit eigenen Schlüsseln",
                        "Make a key in your portal",
                        "Invite colleagues and give each a role",
                        "Laden Sie Kolleginnen und Kollegen ein",
                        "Ask whoever manages it to invite you",
                        "Whoever manages your team can change that",
                        "Bitten Sie deren Verwaltung um eine Einladung",
                        "Wer Ihr Team verwaltet, kann das ändern",
                        "Protected by two-factor authentication",
                        "Open a ticket",
                        "Pay by credit card"))
                .allMatch(text -> FEATURES.stream()
                        .anyMatch(one -> one.words().matcher(text).find()));
    }

    private static boolean isAddress(String text) {
        return IN_SOURCE.matcher("\"" + text.replaceAll("[?].*", "") + "\"").matches();
    }

    private void check(List<String> dead, Path where, String address, boolean isGoingOn) {
        var path = address.replaceAll("[?#].*", "");
        var isWhole = !isGoingOn || address.contains("?");
        if (!(isWhole ? routes.answers(path) : routes.leadsOn(path))) {
            dead.add(where.getFileName() + ": " + address);
        }
    }

    /** All texts of both languages, by bundle and key. */
    private static Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        for (var language : List.of(TextFiles.ENGLISH, TextFiles.GERMAN)) {
            var pages = TextFiles.texts(language);
            pages.stringPropertyNames()
                    .forEach(key -> texts.put("pages" + language + "#" + key, pages.getProperty(key)));
        }
        for (var bundle : BUNDLES) {
            for (var language : List.of("", "_de")) {
                var file = Path.of(bundle + language + ".properties");
                try (Reader reader = Files.newBufferedReader(file)) {
                    var read = new Properties();
                    read.load(reader);
                    read.stringPropertyNames()
                            .forEach(key -> texts.put(file.getFileName() + "#" + key, read.getProperty(key)));
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        }
        return texts;
    }
}

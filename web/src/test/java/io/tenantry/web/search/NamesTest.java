package io.tenantry.web.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.web.layout.Navigation;
import io.tenantry.web.layout.PageTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NamesTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern TITLE = Pattern.compile("<ui:define name=\"title\">(.*?)</ui:define>");
    private static final Pattern KEY = Pattern.compile("msg\\['([^']+)']");

    /** Pages of one object, identified by the URL: they cannot be opened without it. */
    private static final Set<String> OF_ONE_THING = Set.of(
            "/portal/address",
            "/portal/charge",
            "/portal/invoice-line",
            "/portal/vnc",
            "/portal/service",
            "/portal/service-backups",
            "/portal/service-volumes",
            "/portal/service-metrics",
            "/portal/service-network",
            "/portal/service-rebuild",
            "/portal/service-settings",
            "/portal/service-snapshots",
            "/portal/snapshot",
            "/portal/console",
            "/staff/customer-members",
            "/portal/volume",
            "/staff/account-statement",
            "/staff/impersonate",
            "/staff/address",
            "/staff/approval",
            "/staff/bank-import",
            "/staff/bank-line",
            "/staff/bank-review",
            "/staff/charge",
            "/staff/customer",
            "/staff/customer-dunning",
            "/staff/review",
            "/staff/discrepancy",
            "/staff/invoice",
            "/staff/invoice-line",
            "/staff/mail",
            "/staff/addon-discrepancy",
            "/staff/order",
            "/staff/region-location",
            "/staff/plan",
            "/staff/customer-transfer",
            "/staff/provider",
            "/staff/faq-entry",
            "/staff/quota",
            "/staff/vnc",
            "/staff/import-plans",
            "/staff/service",
            "/staff/service-backups",
            "/staff/service-volumes",
            "/staff/service-metrics",
            "/staff/service-network",
            "/staff/service-rebuild",
            "/staff/service-settings",
            "/staff/service-snapshots",
            "/staff/settlement",
            "/staff/settlement-line",
            "/staff/snapshot",
            "/staff/tax-status",
            "/staff/console",
            "/staff/volume",
            "/admin/price-lists/one",
            "/admin/settlements/credit",
            "/admin/settlements/line",
            "/admin/settlements/one",
            "/admin/settlements/document",
            "/admin/settlements/payment",
            "/admin/tenants/one",
            "/admin/work/one");

    /** The palette itself, as a page. */
    private static final String SEARCH = "/search";

    @ParameterizedTest
    @EnumSource(Navigation.class)
    void everyPageIsFoundByTitleInBothLanguages(Navigation surface) throws IOException {
        var offered = offered(surface);
        var missing = new ArrayList<String>();
        for (var path : paths(surface)) {
            if (OF_ONE_THING.contains(path) || path.equals(surface.getPath() + SEARCH)) {
                continue;
            }
            assertThat(offered).as("pages in the palette").containsKey(path);
            for (var language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
                titles(path, language).stream()
                        .filter(title -> offered.getOrDefault(path, List.of()).stream()
                                .noneMatch(names -> Names.begin(names, title)))
                        .forEach(title -> missing.add(path + " is not found by " + title));
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void detailPagesReadTheirObjectFromAddress() throws IOException {
        for (var path : OF_ONE_THING) {
            assertThat(Files.readString(file(path))).as(path).contains("<f:viewAction ");
        }
    }

    @Test
    void synonymsBelongToPagesInPalette() {
        var all = Stream.of(Navigation.values())
                .flatMap(surface -> offered(surface).keySet().stream())
                .collect(Collectors.toSet());
        assertThat(ResourceBundle.getBundle("io.tenantry.web.search.synonyms", Locale.ROOT)
                        .keySet())
                .isSubsetOf(all);
    }

    @ParameterizedTest(name = "{1} finds {2}")
    @CsvSource({
        "STAFF, tax, /staff/tax",
        "STAFF, vat, /staff/tax",
        "STAFF, USt, /staff/tax",
        "STAFF, Umsatzsteuer, /staff/tax",
        "STAFF, dunning, /staff/dunning-policy",
        "STAFF, dunning, /staff/dunning",
        "STAFF, Mahnung, /staff/dunning-policy",
        "STAFF, credit, /staff/customers",
        "STAFF, refund, /staff/invoices",
        "STAFF, top up, /staff/bank",
        "STAFF, bank reference, /staff/bank",
        "STAFF, vps, /staff/services",
        "STAFF, service id, /staff/services",
        "STAFF, ip, /staff/services",
        "STAFF, invoice number, /staff/invoices",
        "STAFF, mail, /staff/mails",
        "STAFF, e-mail, /staff/mails",
        "STAFF, audit id, /staff/audit",
        "STAFF, Wechselkurs, /staff/currencies",
        "STAFF, datev, /staff/datev",
        "PORTAL, credit, /portal/wallet",
        "PORTAL, top up, /portal/wallet",
        "PORTAL, refund, /portal/wallet",
        "PORTAL, vps, /portal/services",
        "PORTAL, invoice number, /portal/invoices",
        "PORTAL, Kontoauszug, /portal/account-statement",
        "ADMIN, Mandant, /admin/tenants",
        "ADMIN, audit id, /admin/audit"
    })
    void findsPagesByTypedWords(Navigation surface, String typed, String path) {
        assertThat(offered(surface).get(path)).anyMatch(names -> Names.begin(names, typed));
    }

    @Test
    void eachTypedWordMatchesStartOfWord() {
        assertThat(Names.begin("Statement of account", "acc stat")).isTrue();
        assertThat(Names.begin("Statement of account", "count")).isFalse();
        assertThat(Names.begin("E-mail", "e-mail")).isTrue();
        assertThat(Names.begin("Anything", " ")).isTrue();
    }

    /** Returns the search terms of each page in the palette. */
    private static Map<String, List<String>> offered(Navigation surface) {
        var own = new HashMap<>(Map.of(
                "notification.title", surface.getPath() + "/notifications", "me.title", surface.getPath() + "/me"));
        if (surface == Navigation.PORTAL) {
            own.put("invitations.title", surface.getPath() + "/invitations");
        }
        var named = Stream.of(
                        surface.sections().stream()
                                .flatMap(navigationSection -> navigationSection.destinations().stream())
                                .map(place -> Map.entry(place.path(), place.label())),
                        Stream.concat(PaletteActions.pages(surface).stream(), PaletteActions.actions(surface).stream())
                                .map(offer -> Map.entry(offer.path(), offer.label())),
                        own.entrySet().stream().map(one -> Map.entry(one.getValue(), one.getKey())))
                .flatMap(entries -> entries);
        return named.collect(Collectors.groupingBy(
                Map.Entry::getKey,
                LinkedHashMap::new,
                Collectors.mapping(one -> Names.of(one.getValue(), one.getKey()), Collectors.toList())));
    }

    private static Set<String> paths(Navigation surface) throws IOException {
        try (var files = Files.walk(PAGES.resolve(surface.getPath().substring(1)))) {
            return files.filter(file -> file.toString().endsWith(".xhtml"))
                    .map(file -> ("/" + PAGES.relativize(file)).replaceAll("(/index)?\\.xhtml$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Returns the title of a page in a language: empty if it depends on the content. */
    private static List<String> titles(String path, Locale language) throws IOException {
        var words = ResourceBundle.getBundle(PageTexts.class.getName(), language);
        var title = TITLE.matcher(Files.readString(file(path)));
        return title.find()
                ? KEY.matcher(title.group(1))
                        .results()
                        .map(key -> words.getString(key.group(1)))
                        .toList()
                : List.of();
    }

    private static Path file(String path) {
        var page = PAGES.resolve(path.substring(1) + ".xhtml");
        return Files.exists(page) ? page : PAGES.resolve(path.substring(1) + "/index.xhtml");
    }
}

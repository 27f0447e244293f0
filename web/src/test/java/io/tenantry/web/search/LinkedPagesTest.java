package io.tenantry.web.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Navigation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A page does not link to another page that its viewer may not open. */
class LinkedPagesTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern NEGATED = Pattern.compile("\\bnot [\\w.]+");

    /** The permissions of every role of the surface. */
    private static final Map<Navigation, Set<String>> EVERYBODY = Map.of(
            Navigation.PORTAL, Set.of(Permission.ORGANIZATION_VIEW),
            Navigation.STAFF,
                    Set.of(
                            Permission.STAFF_CUSTOMERS_VIEW,
                            Permission.STAFF_PLANS_VIEW,
                            Permission.STAFF_PROVIDERS_VIEW,
                            Permission.STAFF_SERVICES_VIEW,
                            Permission.STAFF_BILLING_VIEW),
            Navigation.ADMIN,
                    Set.of(
                            Permission.PLATFORM_TENANTS_VIEW,
                            Permission.PLATFORM_CHARGING_VIEW,
                            Permission.PLATFORM_HEALTH_VIEW,
                            Permission.PLATFORM_AUDIT_VIEW));

    /** Permissions implied by another one. */
    private static final Map<String, String> IMPLIED = Map.of(Permission.VPS_CREATE, Permission.VPS_VIEW);

    /** Conditions of pages that hold only with the permission. */
    private static final Map<String, String> CONDITIONS = Map.of(
            "plansPage.managed", Permission.STAFF_PLANS_MANAGE,
            "providersPage.managed", Permission.STAFF_PROVIDERS_MANAGE,
            "mailVisible", Permission.STAFF_SETTINGS_MANAGE,
            "staffPage.money", Permission.STAFF_ACCOUNTING_VIEW,
            "dashboardPage.money", Permission.BILLING_VIEW,
            "dashboardPage.things", Permission.VPS_VIEW);

    @ParameterizedTest
    @EnumSource(Navigation.class)
    void linksAreShownOnlyWithRequiredPermission(Navigation surface) throws IOException, XMLStreamException {
        var needs = needs(surface);
        var refused = new ArrayList<String>();
        for (var file : pages(surface)) {
            var path = "/" + PAGES.relativize(file).toString().replaceFirst("(/index)?\\.xhtml$", "");
            for (var link : links(file, surface)) {
                var held = new HashSet<>(EVERYBODY.getOrDefault(surface, Set.of()));
                held.addAll(needsOf(path, needs));
                held.addAll(link.rights());
                IMPLIED.forEach((right, other) -> {
                    if (held.contains(right)) {
                        held.add(other);
                    }
                });
                if (!held.containsAll(needsOf(link.target(), needs))) {
                    refused.add(path + " -> " + link.target());
                }
            }
        }
        assertThat(refused).as("links for people whom their targets refuse").isEmpty();
    }

    /** A link on a page, and the permissions of everyone who sees it. */
    private record Link(String target, Set<String> rights) {}

    private static List<Path> pages(Navigation surface) throws IOException {
        try (var files = Files.walk(PAGES.resolve(surface.getPath().substring(1)))) {
            return files.filter(file -> file.toString().endsWith(".xhtml")).toList();
        }
    }

    /** Returns the rights required by each page of the surface, according to navigation and palette. */
    private static Map<String, Collection<String>> needs(Navigation surface) {
        var known = new HashMap<String, Collection<String>>();
        surface.sections().stream()
                .flatMap(navigationSection -> navigationSection.destinations().stream())
                .forEach(place -> place.also().forEach(path -> known.put(path, place.needs())));
        PaletteActions.pages(surface).forEach(offer -> known.put(offer.path(), offer.needs()));
        PaletteActions.actions(surface).forEach(offer -> known.put(offer.path(), offer.needs()));
        surface.sections().stream()
                .flatMap(navigationSection -> navigationSection.destinations().stream())
                .forEach(place -> known.put(place.path(), place.needs()));
        return known;
    }

    private static Collection<String> needsOf(String path, Map<String, Collection<String>> known) {
        for (var at = path; at.indexOf('/', 1) > 0; at = at.substring(0, at.lastIndexOf('/'))) {
            var needs = known.get(at);
            if (needs != null) {
                return needs;
            }
        }
        return List.of();
    }

    private static List<Link> links(Path file, Navigation surface) throws IOException, XMLStreamException {
        var target = Pattern.compile("(?<=^|')" + surface.getPath() + "(?:/[a-z-]+)*(?=$|[?#'])");
        var found = new ArrayList<Link>();
        var around = new ArrayDeque<Set<String>>();
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (var markup = Files.newBufferedReader(file)) {
            var reader = factory.createXMLStreamReader(markup);
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        var rights = rights(reader);
                        if (!around.isEmpty()) {
                            rights.addAll(around.getFirst());
                        }
                        around.push(rights);
                        for (var at = 0; at < reader.getAttributeCount(); at++) {
                            if (!reader.getAttributeLocalName(at).equals("template")) {
                                target.matcher(reader.getAttributeValue(at))
                                        .results()
                                        .forEach(link -> found.add(new Link(link.group(), rights)));
                            }
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> around.pop();
                    default -> {
                        // Text contains no links.
                    }
                }
            }
        }
        return found;
    }

    /** Returns the rights tested by an element's conditions. */
    private static Set<String> rights(XMLStreamReader element) {
        var rights = new HashSet<String>();
        for (var at = 0; at < element.getAttributeCount(); at++) {
            var value = NEGATED.matcher(element.getAttributeValue(at)).replaceAll("");
            for (var all : List.of(Permission.OF_ORGANIZATIONS, Permission.OF_STAFF, Permission.OF_OPERATORS)) {
                all.stream().filter(right -> value.contains("'" + right + "'")).forEach(rights::add);
            }
            CONDITIONS.forEach((condition, right) -> {
                if (value.contains(condition)) {
                    rights.add(right);
                }
            });
        }
        return rights;
    }
}

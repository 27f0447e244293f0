package io.tenantry.web.search;

import io.tenantry.books.DatevExport;
import io.tenantry.search.Hit;
import io.tenantry.search.Search;
import io.tenantry.text.InputText;
import io.tenantry.web.portal.CurrentOrganization;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Addresses;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Language;
import io.tenantry.web.shell.Navigation;
import io.tenantry.web.shell.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the palette offers for a text, on the surface of the current request: things, pages and actions. */
@RequestScoped
public class Palette {
    @Inject
    Search search;

    @Inject
    Shell shell;

    @Inject
    CurrentOrganization organization;

    @Inject
    CurrentPerson me;

    @Inject
    Language language;

    @Inject
    Fmt fmt;

    @Inject
    DatevExport datev;

    /** Groups that are not empty; for an empty text all pages and actions. */
    public List<Group> groups(String typed, int limit) {
        var text = InputText.searchTerm(typed);
        var groups = new ArrayList<Group>();
        var hits = search.find(text, organization.place().map(place -> place.organizationId()), limit);
        for (var kind : Hit.Group.values()) {
            add(
                    groups,
                    "search.group." + kind.name().toLowerCase(Locale.ROOT),
                    hits.stream().filter(hit -> hit.group() == kind).map(this::entry));
        }
        add(groups, "search.group.pages", called(pages(), text));
        add(groups, "search.group.actions", called(actions(), text));
        return groups;
    }

    /** Those that are called so, and first of them those whose title says it. */
    private static Stream<Entry> called(Stream<Place> places, String text) {
        return places.filter(place -> Names.begin(place.names(), text))
                .map(Place::entry)
                .sorted(Comparator.comparing(entry -> !Names.begin(entry.title(), text)));
    }

    private void add(List<Group> groups, String label, Stream<Entry> entries) {
        var all = entries.toList();
        if (!all.isEmpty()) {
            groups.add(new Group(fmt.text(label), all));
        }
    }

    /**
     * A line and what it can be found by.
     *
     * @param names what it is called: in all languages, and by other words
     */
    private record Place(Entry entry, String names) {}

    private Place page(String label, String icon, String path) {
        return new Place(Entry.to(fmt.text(label), "", icon, path), Names.of(label, path));
    }

    private Place act(Entry entry) {
        return new Place(entry, entry.title());
    }

    private Stream<Place> pages() {
        var root = shell.getNavigation().getPath();
        return Stream.of(
                        shell.getSections().stream()
                                .flatMap(section -> section.destinations().stream())
                                .map(place -> page(place.label(), place.icon(), place.path())),
                        offered(Offers.pages(shell.getNavigation())),
                        Stream.of(page("notice.title", "bell", root + "/notices")),
                        me.isActing() ? Stream.<Place>empty() : own(root))
                .flatMap(places -> places);
    }

    /** Pages of the person alone, which nobody who impersonates them can open. */
    private Stream<Place> own(String root) {
        var profile = page("me.title", "person", root + "/me");
        return shell.getNavigation() == Navigation.PORTAL
                ? Stream.of(profile, page("invitations.title", "people", root + "/invitations"))
                : Stream.of(profile);
    }

    private Stream<Place> actions() {
        var others = new ArrayList<Entry>();
        language.getOffered().stream()
                .filter(tag -> !tag.equals(language.getTag()))
                .map(tag ->
                        Entry.doing(fmt.text("search.do.language", language.nameOf(tag)), "globe", "language:" + tag))
                .forEach(others::add);
        others.add(Entry.doing(fmt.text("search.do.dark"), "moon", "theme:dark"));
        others.add(Entry.doing(fmt.text("search.do.light"), "sun", "theme:light"));
        others.add(Entry.doing(fmt.text("search.do.system"), "monitor", "theme:system"));
        others.add(Entry.doing(fmt.text("shell.keys"), "info", "keys"));
        others.add(Entry.doing(fmt.text("shell.sign-out"), "leave", "sign-out"));
        return Stream.concat(
                offered(Offers.actions(shell.getNavigation())), others.stream().map(this::act));
    }

    /** Those of them that the brand has and the person may use. */
    private Stream<Place> offered(List<Offers.Offer> offers) {
        return offers.stream()
                .filter(one -> one.needs().stream().allMatch(shell::may))
                .filter(one -> isThere(one.where()))
                .map(one -> page(one.label(), one.icon(), one.path()));
    }

    private boolean isThere(Offers.Where where) {
        return switch (where) {
            case EVERYWHERE -> true;
            case DATEV -> datev.isOffered();
        };
    }

    private Entry entry(Hit hit) {
        boolean portal = shell.getNavigation() == Navigation.PORTAL;
        return switch (hit.group()) {
            case SERVICE ->
                Entry.to(
                        hit.title(),
                        hit.detail(),
                        "server",
                        (portal ? "/portal" : "/staff") + "/service?id=" + hit.id());
            case CUSTOMER -> Entry.to(hit.title(), hit.detail(), "building", "/staff/customer?id=" + hit.id());
            case PERSON -> Entry.to(hit.title(), hit.detail(), "person", "/staff/customer?id=" + hit.id());
            case DOCUMENT ->
                Entry.to(
                        hit.title(), hit.detail(), "file", (portal ? "/portal" : "/staff") + "/invoice?id=" + hit.id());
            case PLAN -> Entry.to(hit.title(), hit.detail(), "layers", "/staff/plan?id=" + hit.id());
            case TENANT ->
                Entry.to(
                        hit.title(), hit.detail(), "building", "/console/tenants/one?slug=" + Addresses.part(hit.id()));
        };
    }
}

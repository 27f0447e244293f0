package io.tenantry.web.search;

import io.tenantry.admin.search.Search;
import io.tenantry.admin.search.SearchResult;
import io.tenantry.billing.accounting.DatevExport;
import io.tenantry.text.InputText;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.Navigation;
import io.tenantry.web.layout.PageFrame;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.portal.CurrentOrganization;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The command palette's results for a text, on the surface of the current request: records, pages and actions. */
@RequestScoped
public class Palette {
    @Inject
    Search search;

    @Inject
    PageFrame pageFrame;

    @Inject
    CurrentOrganization organization;

    @Inject
    CurrentPerson me;

    @Inject
    Language language;

    @Inject
    Format format;

    @Inject
    DatevExport datev;

    /** Returns the groups that are not empty; for an empty text all pages and actions. */
    public List<PaletteGroup> groups(String typed, int limit) {
        var text = InputText.searchTerm(typed);
        var groups = new ArrayList<PaletteGroup>();
        var hits = search.find(text, organization.place().map(membership -> membership.organizationId()), limit);
        for (var kind : SearchResult.Group.values()) {
            add(
                    groups,
                    "search.group." + kind.name().toLowerCase(Locale.ROOT),
                    hits.stream()
                            .filter(searchResult -> searchResult.group() == kind)
                            .map(this::entry));
        }
        add(groups, "search.group.pages", called(pages(), text));
        add(groups, "search.group.actions", called(actions(), text));
        return groups;
    }

    /** Returns the matching entries, those with a matching title first. */
    private static Stream<PaletteEntry> called(Stream<SearchableEntry> places, String text) {
        return places.filter(searchableEntry -> Names.begin(searchableEntry.names(), text))
                .map(SearchableEntry::entry)
                .sorted(Comparator.comparing(paletteEntry -> !Names.begin(paletteEntry.title(), text)));
    }

    private void add(List<PaletteGroup> groups, String label, Stream<PaletteEntry> entries) {
        var all = entries.toList();
        if (!all.isEmpty()) {
            groups.add(new PaletteGroup(format.text(label), all));
        }
    }

    /**
     * An entry and its searchable names.
     *
     * @param names its names: in all languages, and synonyms
     */
    private record SearchableEntry(PaletteEntry entry, String names) {}

    private SearchableEntry page(String label, String icon, String path) {
        return new SearchableEntry(PaletteEntry.to(format.text(label), "", icon, path), Names.of(label, path));
    }

    private SearchableEntry act(PaletteEntry paletteEntry) {
        return new SearchableEntry(paletteEntry, paletteEntry.title());
    }

    private Stream<SearchableEntry> pages() {
        var root = pageFrame.getNavigation().getPath();
        return Stream.of(
                        pageFrame.getSections().stream()
                                .flatMap(navigationSection -> navigationSection.destinations().stream())
                                .map(place -> page(place.label(), place.icon(), place.path())),
                        offered(PaletteActions.pages(pageFrame.getNavigation())),
                        Stream.of(page("notification.title", "bell", root + "/notifications")),
                        me.isActing() ? Stream.<SearchableEntry>empty() : own(root))
                .flatMap(places -> places);
    }

    /** Returns the personal pages, which cannot be opened during impersonation. */
    private Stream<SearchableEntry> own(String root) {
        var profile = page("me.title", "person", root + "/me");
        return pageFrame.getNavigation() == Navigation.PORTAL
                ? Stream.of(profile, page("invitations.title", "people", root + "/invitations"))
                : Stream.of(profile);
    }

    private Stream<SearchableEntry> actions() {
        var others = new ArrayList<PaletteEntry>();
        language.getOffered().stream()
                .filter(tag -> !tag.equals(language.getTag()))
                .map(tag -> PaletteEntry.doing(
                        format.text("search.do.language", language.nameOf(tag)), "globe", "language:" + tag))
                .forEach(others::add);
        others.add(PaletteEntry.doing(format.text("search.do.dark"), "moon", "theme:dark"));
        others.add(PaletteEntry.doing(format.text("search.do.light"), "sun", "theme:light"));
        others.add(PaletteEntry.doing(format.text("search.do.system"), "monitor", "theme:system"));
        others.add(PaletteEntry.doing(format.text("shell.keys"), "info", "keys"));
        others.add(PaletteEntry.doing(format.text("shell.sign-out"), "leave", "sign-out"));
        return Stream.concat(
                offered(PaletteActions.actions(pageFrame.getNavigation())),
                others.stream().map(this::act));
    }

    /** Returns the offers that the brand has and the person may use. */
    private Stream<SearchableEntry> offered(List<PaletteActions.Offer> offers) {
        return offers.stream()
                .filter(one -> one.needs().stream().allMatch(pageFrame::may))
                .filter(one -> isThere(one.where()))
                .map(one -> page(one.label(), one.icon(), one.path()));
    }

    private boolean isThere(PaletteActions.ActionScope actionScope) {
        return switch (actionScope) {
            case EVERYWHERE -> true;
            case DATEV -> datev.isOffered();
        };
    }

    private PaletteEntry entry(SearchResult searchResult) {
        boolean portal = pageFrame.getNavigation() == Navigation.PORTAL;
        return switch (searchResult.group()) {
            case SERVICE ->
                PaletteEntry.to(
                        searchResult.title(),
                        searchResult.detail(),
                        "server",
                        (portal ? "/portal" : "/staff") + "/service?id=" + searchResult.id());
            case CUSTOMER ->
                PaletteEntry.to(
                        searchResult.title(),
                        searchResult.detail(),
                        "building",
                        "/staff/customer?id=" + searchResult.id());
            case PERSON ->
                PaletteEntry.to(
                        searchResult.title(),
                        searchResult.detail(),
                        "person",
                        "/staff/customer?id=" + searchResult.id());
            case DOCUMENT ->
                PaletteEntry.to(
                        searchResult.title(),
                        searchResult.detail(),
                        "file",
                        (portal ? "/portal" : "/staff") + "/invoice?id=" + searchResult.id());
            case PLAN ->
                PaletteEntry.to(
                        searchResult.title(), searchResult.detail(), "layers", "/staff/plan?id=" + searchResult.id());
            case TENANT ->
                PaletteEntry.to(
                        searchResult.title(),
                        searchResult.detail(),
                        "building",
                        "/admin/tenants/one?slug=" + QueryParameters.part(searchResult.id()));
        };
    }
}

package io.tenantry.web.search;

import io.tenantry.search.Hit;
import io.tenantry.search.Search;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /** Groups that are not empty; for an empty text all pages and actions. */
    public List<Group> groups(String text, int limit) {
        var groups = new ArrayList<Group>();
        var hits = search.find(text, organization.place().map(place -> place.organizationId()), limit);
        for (var kind : Hit.Group.values()) {
            add(
                    groups,
                    "search.group." + kind.name().toLowerCase(Locale.ROOT),
                    hits.stream().filter(hit -> hit.group() == kind).map(this::entry));
        }
        add(groups, "search.group.pages", pages().filter(entry -> isCalled(entry, text)));
        add(groups, "search.group.actions", actions().filter(entry -> isCalled(entry, text)));
        return groups;
    }

    private void add(List<Group> groups, String label, Stream<Entry> entries) {
        var all = entries.toList();
        if (!all.isEmpty()) {
            groups.add(new Group(fmt.text(label), all));
        }
    }

    private Stream<Entry> pages() {
        var root = shell.getNavigation().getPath();
        return Stream.of(
                        shell.getSections().stream()
                                .flatMap(section -> section.destinations().stream())
                                .map(place -> Entry.to(fmt.text(place.label()), "", place.icon(), place.path())),
                        offered(Offers.pages(shell.getNavigation())),
                        Stream.of(Entry.to(fmt.text("notice.title"), "", "bell", root + "/notices")),
                        me.isActing()
                                ? Stream.<Entry>empty()
                                : Stream.of(Entry.to(fmt.text("me.title"), "", "person", root + "/me")))
                .flatMap(entries -> entries);
    }

    private Stream<Entry> actions() {
        var actions =
                new ArrayList<>(offered(Offers.actions(shell.getNavigation())).toList());
        language.getOffered().stream()
                .filter(tag -> !tag.equals(language.getTag()))
                .map(tag ->
                        Entry.doing(fmt.text("search.do.language", language.nameOf(tag)), "globe", "language:" + tag))
                .forEach(actions::add);
        actions.add(Entry.doing(fmt.text("search.do.dark"), "moon", "theme:dark"));
        actions.add(Entry.doing(fmt.text("search.do.light"), "sun", "theme:light"));
        actions.add(Entry.doing(fmt.text("search.do.system"), "monitor", "theme:system"));
        actions.add(Entry.doing(fmt.text("shell.keys"), "info", "keys"));
        actions.add(Entry.doing(fmt.text("shell.sign-out"), "leave", "sign-out"));
        return actions.stream();
    }

    /** Those of them that the person may use. */
    private Stream<Entry> offered(List<Offers.Offer> offers) {
        return offers.stream()
                .filter(one -> shell.may(one.need()))
                .map(one -> Entry.to(fmt.text(one.label()), "", one.icon(), one.path()));
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
            case PLAN -> Entry.to(hit.title(), hit.detail(), "layers", "/staff/plan?id=" + hit.id());
            case TENANT ->
                Entry.to(
                        hit.title(), hit.detail(), "building", "/console/tenants/one?slug=" + Addresses.part(hit.id()));
        };
    }

    /** Whether each word that was typed begins a word of the title. */
    static boolean isCalled(Entry entry, String text) {
        var title = " " + entry.title().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ");
        return Optional.of(text.strip().toLowerCase(Locale.ROOT)).filter(wanted -> !wanted.isEmpty()).stream()
                .flatMap(wanted -> Stream.of(wanted.split("\\s+")))
                .allMatch(word -> title.contains(" " + word));
    }
}

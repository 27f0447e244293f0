package io.tenantry.web.layout;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.web.portal.CurrentOrganization;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The frame around the current page: which surface, what its navigation shows, where we are. */
@RequestScoped
@Named
public class PageFrame {
    /** What a page's path is written without. */
    private static final Pattern EXTENSION = Pattern.compile("(/index)?(\\.xhtml)?/?$");

    /** Places in the phone's bar; with more than that, the last one opens the others. */
    private static final int THUMBS_MAX = 5;

    /** The place at which it is counted what waits. */
    static final String DECISIONS = "/staff/reviews";

    @Inject
    HttpServletRequest request;

    @Inject
    CurrentOrganization organization;

    @Inject
    CurrentPerson me;

    @Inject
    Language language;

    @Inject
    ReviewCount waiting;

    private @Nullable String sprite;
    private @Nullable List<NavigationSection> sections;

    /** The navigation of the surface that the page is in. */
    public Navigation getNavigation() {
        return Navigation.of(path());
    }

    /** The groups of the navigation, with what the person may see; none is left empty. */
    public List<NavigationSection> getSections() {
        var known = sections;
        if (known == null) {
            known = getNavigation().sections().stream()
                    .map(navigationSection -> new NavigationSection(
                            navigationSection.label(),
                            navigationSection.destinations().stream()
                                    .filter(this::isOpen)
                                    .toList()))
                    .filter(navigationSection ->
                            !navigationSection.destinations().isEmpty())
                    .toList();
            sections = known;
        }
        return known;
    }

    /** Whether it is counted what waits for somebody at that place. */
    public boolean isCounted(NavigationItem place) {
        return place.path().equals(DECISIONS);
    }

    /** How much waits for staff; empty if nothing does. */
    public String getWaiting() {
        if (request.getHeader("X-Show") != null) {
            waiting.forget(); // A page that is open asks because something has changed.
        }
        var many = waiting.now();
        return many == 0 ? "" : Integer.toString(many);
    }

    /** Where the keyboard leads: G, then the first free letter of the place's name. */
    public List<KeyboardShortcut> getJumps() {
        var messages = new Messages(language.getLocale());
        return KeyboardShortcut.of(destinations(), place -> messages.text(place.label()));
    }

    private boolean isOpen(NavigationItem place) {
        return !(place.own() && me.isActing()) && place.needs().stream().allMatch(this::may);
    }

    /** Whether the person may do this, in the organization they look at or on the staff. */
    public boolean may(String permission) {
        return getNavigation() == Navigation.PORTAL ? organization.may(permission) : me.may(permission);
    }

    /** What the phone's bar shows. */
    public List<NavigationItem> getThumbs() {
        var all = destinations();
        return isHasMore() ? all.subList(0, THUMBS_MAX - 1) : all;
    }

    /** What the phone's bar has no room for. */
    public List<NavigationItem> getOthers() {
        var all = destinations();
        return isHasMore() ? all.subList(THUMBS_MAX - 1, all.size()) : List.of();
    }

    /** Whether the phone's bar has no room for all. */
    public boolean isHasMore() {
        return destinations().size() > THUMBS_MAX;
    }

    /** Whether the page is at a place that the phone's bar has no room for. */
    public boolean isAmongOthers() {
        return getOthers().stream().anyMatch(this::isCurrent);
    }

    /** Whether the page is that place or below it. */
    public boolean isCurrent(NavigationItem place) {
        var path = path();
        return path.equals(place.path())
                || place.also().contains(path)
                || (!place.path().equals(getNavigation().getPath()) && path.startsWith(place.path() + "/"));
    }

    /** Whose data the surface shows, where that is more than its name. */
    public String getPlace() {
        return getNavigation() == Navigation.PORTAL ? organization.getName() : "";
    }

    /** Whether this is the platform's own host. */
    public boolean isPlatform() {
        return Tenancy.current().filter(Scope.PLATFORM::equals).isPresent();
    }

    /** Where a lost person may begin again. */
    public String getStart() {
        return "/";
    }

    /** The page itself, with its parameters, to come back to after a setting is changed. */
    public String getHere() {
        var query = request.getQueryString();
        return query == null ? path() : path() + "?" + query;
    }

    /** The page that failed, to try again. */
    public String getRetry() {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                ? failed.replaceAll("\\.xhtml$", "")
                : path();
    }

    /** The address of the icons. */
    public String getSprite() {
        var known = sprite;
        if (known == null) {
            known = FacesContext.getCurrentInstance()
                    .getApplication()
                    .getResourceHandler()
                    .createResource("img/icons.svg")
                    .getRequestPath();
            sprite = known;
        }
        return known;
    }

    private List<NavigationItem> destinations() {
        return getSections().stream()
                .flatMap(navigationSection -> navigationSection.destinations().stream())
                .toList();
    }

    private String path() {
        return pathOf(request);
    }

    /** The path without the extension and without the name of a folder's first page. */
    static String pathOf(HttpServletRequest request) {
        var uri = EXTENSION.matcher(request.getRequestURI()).replaceFirst("");
        return uri.isEmpty() ? "/" : uri;
    }
}

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

/** The frame around the current page: its surface, its navigation, and the current place. */
@RequestScoped
@Named
public class PageFrame {
    /** The suffix that is removed from a page's path. */
    private static final Pattern EXTENSION = Pattern.compile("(/index)?(\\.xhtml)?/?$");

    /** The maximum number of places in the phone's bar; if there are more, the last one opens the others. */
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

    /** Returns the navigation of the page's surface. */
    public Navigation getNavigation() {
        return Navigation.of(path());
    }

    /** Returns the sections of the navigation with the places that the user may view; empty sections are omitted. */
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

    /** Returns whether a place shows the number of waiting decisions. */
    public boolean isCounted(NavigationItem place) {
        return place.path().equals(DECISIONS);
    }

    /** Returns the number of decisions that wait for staff; empty if there are none. */
    public String getWaiting() {
        if (request.getHeader("X-Show") != null) {
            waiting.forget(); // An open page requests this because something has changed.
        }
        var many = waiting.now();
        return many == 0 ? "" : Integer.toString(many);
    }

    /** Returns the keyboard shortcuts: G, then the first free character of the place's name. */
    public List<KeyboardShortcut> getJumps() {
        var messages = new Messages(language.getLocale());
        return KeyboardShortcut.of(destinations(), place -> messages.text(place.label()));
    }

    private boolean isOpen(NavigationItem place) {
        return !(place.own() && me.isActing()) && place.needs().stream().allMatch(this::may);
    }

    /** Returns whether the user has a permission, in the current organization or as staff. */
    public boolean may(String permission) {
        return getNavigation() == Navigation.PORTAL ? organization.may(permission) : me.may(permission);
    }

    /** Returns the places in the phone's bar. */
    public List<NavigationItem> getThumbs() {
        var all = destinations();
        return isHasMore() ? all.subList(0, THUMBS_MAX - 1) : all;
    }

    /** Returns the places that do not fit in the phone's bar. */
    public List<NavigationItem> getOthers() {
        var all = destinations();
        return isHasMore() ? all.subList(THUMBS_MAX - 1, all.size()) : List.of();
    }

    /** Whether some places do not fit in the phone's bar. */
    public boolean isHasMore() {
        return destinations().size() > THUMBS_MAX;
    }

    /** Whether the current place does not fit in the phone's bar. */
    public boolean isAmongOthers() {
        return getOthers().stream().anyMatch(this::isCurrent);
    }

    /** Returns whether the page is at that place or below it. */
    public boolean isCurrent(NavigationItem place) {
        var path = path();
        return path.equals(place.path())
                || place.also().contains(path)
                || (!place.path().equals(getNavigation().getPath()) && path.startsWith(place.path() + "/"));
    }

    /** Returns the owner of the surface's data, if it differs from the surface's name. */
    public String getPlace() {
        return getNavigation() == Navigation.PORTAL ? organization.getName() : "";
    }

    /** Whether this is the platform's own host. */
    public boolean isPlatform() {
        return Tenancy.current().filter(Scope.PLATFORM::equals).isPresent();
    }

    /** Returns the start page for a user who has lost the way. */
    public String getStart() {
        return "/";
    }

    /** Returns the address of this page with its parameters, for returning after a setting is changed. */
    public String getHere() {
        var query = request.getQueryString();
        return query == null ? path() : path() + "?" + query;
    }

    /** Returns the address of the page that failed, for a retry. */
    public String getRetry() {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                ? failed.replaceAll("\\.xhtml$", "")
                : path();
    }

    /** Returns the address of the icons. */
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

    /** Returns the path without the extension and without the name of a folder's first page. */
    static String pathOf(HttpServletRequest request) {
        var uri = EXTENSION.matcher(request.getRequestURI()).replaceFirst("");
        return uri.isEmpty() ? "/" : uri;
    }
}

package io.tenantry.web.portal;

import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.web.edge.HttpSessions;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The organization for which the member looks at the portal: the one chosen in this session if the member still acts for it,
 * else the first. What the session remembers is only a wish; each request asks the database again.
 */
@RequestScoped
@Named("organization")
public class CurrentOrganization {
    static final String CHOSEN = "tenantry.organization";

    @Inject
    HttpServletRequest request;

    @Inject
    CurrentPerson me;

    /** The organization, if the member acts for any. */
    public Optional<Access.Place> place() {
        var places = getPlaces();
        var chosen = chosen();
        return places.stream()
                .filter(place -> chosen.filter(place.organizationId()::equals).isPresent())
                .findFirst()
                .or(() -> places.stream().findFirst());
    }

    /**
     * Whoever looks at something of an organization looks at the portal for it from now on, so that the frame never names another one.
     * Nothing happens for those who do not act for it: staff, and members of others, whom its use case refuses.
     */
    public void show(UUID organizationId) {
        if (getPlaces().stream().anyMatch(place -> place.organizationId().equals(organizationId))
                && !getId().equals(organizationId)) {
            request.getSession().setAttribute(CHOSEN, organizationId);
        }
    }

    /** Whether the member acts for any organization. */
    public boolean isKnown() {
        return place().isPresent();
    }

    /**
     * Its id.
     *
     * @throws NotVisible if the member acts for none
     */
    public UUID getId() {
        return place().map(Access.Place::organizationId).orElseThrow(() -> new NotVisible("organization", "of mine"));
    }

    /** Its name; empty if the member acts for none. */
    public String getName() {
        return place().map(Access.Place::name).orElse("");
    }

    /** All for which the member acts. */
    public List<Access.Place> getPlaces() {
        return me.isMember() ? me.getPlaces() : List.of();
    }

    /** Whether there is another one to choose. */
    public boolean isChoice() {
        return getPlaces().size() > 1;
    }

    /** Whether the member may do this there: for what a page offers. The use case asks again. */
    public boolean may(String permission) {
        return place().filter(place -> place.allows(permission)).isPresent();
    }

    private Optional<UUID> chosen() {
        return HttpSessions.kept(request.getSession(false), CHOSEN, UUID.class);
    }
}

package io.tenantry.web.portal;

import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.http.HttpSessions;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The organization that the member currently views the portal for: the one chosen in this session if the member still acts for it, else the
 * first. The session only stores a preference; each request checks the database.
 */
@RequestScoped
@Named("organization")
public class CurrentOrganization {
    static final String CHOSEN = "tenantry.organization";

    @Inject
    HttpServletRequest request;

    @Inject
    CurrentPerson me;

    /** Returns the organization, if the member acts for any. */
    public Optional<Access.Membership> place() {
        var places = getPlaces();
        var chosen = chosen();
        return places.stream()
                .filter(membership ->
                        chosen.filter(membership.organizationId()::equals).isPresent())
                .findFirst()
                .or(() -> places.stream().findFirst());
    }

    /**
     * Switches the portal to the organization of the data being viewed, so that the frame never names another one. Does nothing for people who
     * do not act for it: staff, and members of others, whom the use case rejects.
     */
    public void show(UUID organizationId) {
        if (getPlaces().stream()
                        .anyMatch(membership -> membership.organizationId().equals(organizationId))
                && !getId().equals(organizationId)) {
            request.getSession().setAttribute(CHOSEN, organizationId);
        }
    }

    /** Whether the member acts for any organization. */
    public boolean isKnown() {
        return place().isPresent();
    }

    /**
     * Returns the id of the organization.
     *
     * @throws NotFoundException if the member acts for none
     */
    public UUID getId() {
        return place().map(Access.Membership::organizationId)
                .orElseThrow(() -> new NotFoundException("organization", "of mine"));
    }

    /** Returns the name of the organization; empty if the member acts for none. */
    public String getName() {
        return place().map(Access.Membership::name).orElse("");
    }

    /** Returns all organizations for which the member acts. */
    public List<Access.Membership> getPlaces() {
        return me.isMember() ? me.getPlaces() : List.of();
    }

    /** Whether there is more than one organization to choose from. */
    public boolean isChoice() {
        return getPlaces().size() > 1;
    }

    /** Returns whether the member has a permission there, to decide what a page offers. The use case checks the permission again. */
    public boolean may(String permission) {
        return place().filter(membership -> membership.allows(permission)).isPresent();
    }

    private Optional<UUID> chosen() {
        return HttpSessions.kept(request.getSession(false), CHOSEN, UUID.class);
    }
}

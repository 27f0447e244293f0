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
     * Whoever looks at something of an organization looks at the portal for it from now on, so that the frame never names another one.
     * Nothing happens for those who do not act for it: staff, and members of others, whom its use case refuses.
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
     * Its id.
     *
     * @throws NotFoundException if the member acts for none
     */
    public UUID getId() {
        return place().map(Access.Membership::organizationId)
                .orElseThrow(() -> new NotFoundException("organization", "of mine"));
    }

    /** Its name; empty if the member acts for none. */
    public String getName() {
        return place().map(Access.Membership::name).orElse("");
    }

    /** All for which the member acts. */
    public List<Access.Membership> getPlaces() {
        return me.isMember() ? me.getPlaces() : List.of();
    }

    /** Whether there is another one to choose. */
    public boolean isChoice() {
        return getPlaces().size() > 1;
    }

    /** Whether the member may do this there: for what a page offers. The use case asks again. */
    public boolean may(String permission) {
        return place().filter(membership -> membership.allows(permission)).isPresent();
    }

    private Optional<UUID> chosen() {
        return HttpSessions.kept(request.getSession(false), CHOSEN, UUID.class);
    }
}

package io.tenantry.web.security;

import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AuthenticatedPerson;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Impersonation;
import io.tenantry.web.http.HttpSessions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the person who looks at the page may do, for pages: {@code #{me.may('staff_plans_manage')}}. */
@Named("me")
@RequestScoped
public class CurrentPerson {
    @Inject
    HttpServletRequest request;

    @Inject
    Access access;

    private @Nullable Set<String> permissions;
    private @Nullable List<Access.Membership> places;

    /** The person, if somebody is signed in. */
    public Optional<AuthenticatedPerson> person() {
        return RequestAttributes.person(request);
    }

    public boolean isSignedIn() {
        return person().isPresent();
    }

    /** The session of ours in which the request is made, if somebody is signed in by a browser. */
    public Optional<UUID> sessionId() {
        return isSignedIn()
                ? HttpSessions.kept(request.getSession(false), SessionReference.ATTRIBUTE, SessionReference.class)
                        .map(SessionReference::sessionId)
                : Optional.empty();
    }

    /**
     * By which a browser tells what it keeps for whom: the person's id, or another while they act for a customer; empty for
     * nobody.
     */
    public String getId() {
        return person().map(CurrentPerson::keeper).map(UUID::toString).orElse("");
    }

    /** Where the person's own settings are. */
    public String getProfile() {
        return getHome().equals("/") ? "/" : getHome() + "/me";
    }

    /** What people call the person; empty for nobody. */
    public String getName() {
        return person().map(AuthenticatedPerson::name).orElse("");
    }

    public String getEmail() {
        return person().map(AuthenticatedPerson::email).orElse("");
    }

    /** Whether the person, of the staff, acts for a customer. */
    public boolean isActing() {
        return getImpersonation() != null;
    }

    /** For whom the person acts, if not as themselves. */
    public @Nullable Impersonation getImpersonation() {
        return person().map(AuthenticatedPerson::impersonation).orElse(null);
    }

    public boolean isMember() {
        return is(Actor.Kind.MEMBER);
    }

    public boolean isStaff() {
        return is(Actor.Kind.STAFF);
    }

    public boolean isOperator() {
        return is(Actor.Kind.OPERATOR);
    }

    /** The first page of the surface where the person is at home. */
    public String getHome() {
        return person().map(person -> Area.homeOf(person.kind()).home()).orElse("/");
    }

    /** The language the person chose. */
    public Optional<Locale> locale() {
        return person().map(AuthenticatedPerson::locale);
    }

    /** The time zone the person chose. */
    public Optional<ZoneId> zone() {
        return person().map(AuthenticatedPerson::zone);
    }

    /** Whether staff or operator may do this: for what a page offers. The use case asks again. */
    public boolean may(String permission) {
        var known = permissions;
        if (known == null) {
            known = access.permissions();
            permissions = known;
        }
        return known.contains(permission);
    }

    /** Whether the member may do this in the organization: for what a page offers. The use case asks again. */
    public boolean mayIn(UUID organizationId, String permission) {
        return getPlaces().stream()
                .anyMatch(membership ->
                        membership.organizationId().equals(organizationId) && membership.allows(permission));
    }

    /** The organizations for which the member acts, by name. */
    public List<Access.Membership> getPlaces() {
        var known = places;
        if (known == null) {
            known = access.places();
            places = known;
        }
        return known;
    }

    private static UUID keeper(AuthenticatedPerson person) {
        var impersonation = person.impersonation();
        return impersonation == null ? person.personId() : impersonation.id();
    }

    private boolean is(Actor.Kind kind) {
        return person().filter(person -> person.kind() == kind).isPresent();
    }
}

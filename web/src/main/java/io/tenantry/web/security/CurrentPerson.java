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

/** The person of the current request and their permissions, for pages: {@code #{me.may('staff_plans_manage')}}. */
@Named("me")
@RequestScoped
public class CurrentPerson {
    @Inject
    HttpServletRequest request;

    @Inject
    Access access;

    private @Nullable Set<String> permissions;
    private @Nullable List<Access.Membership> places;

    /** Returns the person, if the request is authenticated. */
    public Optional<AuthenticatedPerson> person() {
        return RequestAttributes.person(request);
    }

    public boolean isSignedIn() {
        return person().isPresent();
    }

    /** Returns the database session of the request, if a person is signed in with a browser. */
    public Optional<UUID> sessionId() {
        return isSignedIn()
                ? HttpSessions.kept(request.getSession(false), SessionReference.ATTRIBUTE, SessionReference.class)
                        .map(SessionReference::sessionId)
                : Optional.empty();
    }

    /** Returns the key of the browser's local storage: the person's id, or another id during impersonation; empty without a sign-in. */
    public String getId() {
        return person().map(CurrentPerson::cacheOwner).map(UUID::toString).orElse("");
    }

    /** Returns the page of the person's own settings. */
    public String getProfile() {
        return getHome().equals("/") ? "/" : getHome() + "/me";
    }

    /** Returns the name of the person; empty without a sign-in. */
    public String getName() {
        return person().map(AuthenticatedPerson::name).orElse("");
    }

    public String getEmail() {
        return person().map(AuthenticatedPerson::email).orElse("");
    }

    /** Whether a member of staff acts for a customer. */
    public boolean isActing() {
        return getImpersonation() != null;
    }

    /** Returns the impersonation, if the person acts for a customer. */
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

    /** Returns the first page of the person's home surface. */
    public String getHome() {
        return person().map(person -> Area.homeOf(person.kind()).home()).orElse("/");
    }

    /** Returns the language that the person chose. */
    public Optional<Locale> locale() {
        return person().map(AuthenticatedPerson::locale);
    }

    /** Returns the time zone that the person chose. */
    public Optional<ZoneId> zone() {
        return person().map(AuthenticatedPerson::zone);
    }

    /** Returns whether staff or operator have a permission, to decide what a page offers. The use case checks the permission again. */
    public boolean may(String permission) {
        var known = permissions;
        if (known == null) {
            known = access.permissions();
            permissions = known;
        }
        return known.contains(permission);
    }

    /**
     * Returns whether the member has a permission in the organization, to decide what a page offers. The use case checks the permission again.
     */
    public boolean mayIn(UUID organizationId, String permission) {
        return getPlaces().stream()
                .anyMatch(membership ->
                        membership.organizationId().equals(organizationId) && membership.allows(permission));
    }

    /** Returns the organizations for which the member acts, by name. */
    public List<Access.Membership> getPlaces() {
        var known = places;
        if (known == null) {
            known = access.places();
            places = known;
        }
        return known;
    }

    private static UUID cacheOwner(AuthenticatedPerson person) {
        var impersonation = person.impersonation();
        return impersonation == null ? person.personId() : impersonation.id();
    }

    private boolean is(Actor.Kind kind) {
        return person().filter(person -> person.kind() == kind).isPresent();
    }
}

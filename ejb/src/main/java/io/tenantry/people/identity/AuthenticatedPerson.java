package io.tenantry.people.identity;

import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Impersonation;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated person, and the kind of actor they are here.
 *
 * @param personId the person in the current scope
 * @param email the sign-in address
 * @param name the display name
 * @param kind operator, staff or member
 * @param locale the language they chose; absent for the reseller's
 * @param zone the time zone they chose; absent for the reseller's
 * @param impersonation the impersonated customer, for a member of staff; absent for everyone who acts as themselves
 */
public record AuthenticatedPerson(
        UUID personId,
        String email,
        String name,
        Actor.Kind kind,
        @Nullable Locale locale,
        @Nullable ZoneId zone,
        @Nullable Impersonation impersonation) {
    /** Creates a person who acts as themselves. */
    public AuthenticatedPerson(
            UUID personId, String email, String name, Actor.Kind kind, @Nullable Locale locale, @Nullable ZoneId zone) {
        this(personId, email, name, kind, locale, zone, null);
    }

    /** Returns the person as an actor. */
    public Actor actor() {
        var known = impersonation;
        return known == null ? new Actor(kind, personId, name) : Actor.impersonating(personId, known);
    }

    /** Returns the same person impersonating a customer: pages and permissions are then a member's. */
    AuthenticatedPerson impersonating(Impersonation customer) {
        return new AuthenticatedPerson(personId, email, name, Actor.Kind.MEMBER, locale, zone, customer);
    }
}

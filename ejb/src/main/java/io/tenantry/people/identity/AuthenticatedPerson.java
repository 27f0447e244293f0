package io.tenantry.people.identity;

import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Impersonation;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person whom we know to be who they say, and in which of the three worlds they move here.
 *
 * @param personId the person in the current scope
 * @param email the address they sign in with
 * @param name what people call them
 * @param kind operator, staff or member
 * @param locale the language they chose; absent for the reseller's
 * @param zone the time zone they chose; absent for the reseller's
 * @param impersonation for whom they act, as a member of staff; absent for everybody who acts as themselves
 */
public record AuthenticatedPerson(
        UUID personId,
        String email,
        String name,
        Actor.Kind kind,
        @Nullable Locale locale,
        @Nullable ZoneId zone,
        @Nullable Impersonation impersonation) {
    /** Somebody who acts as themselves. */
    public AuthenticatedPerson(
            UUID personId, String email, String name, Actor.Kind kind, @Nullable Locale locale, @Nullable ZoneId zone) {
        this(personId, email, name, kind, locale, zone, null);
    }

    /** The person as the one who acts. */
    public Actor actor() {
        var known = impersonation;
        return known == null ? new Actor(kind, personId, name) : Actor.impersonating(personId, known);
    }

    /** The same person, while they act for a customer: where they go and what they may do is a member's then. */
    AuthenticatedPerson impersonating(Impersonation customer) {
        return new AuthenticatedPerson(personId, email, name, Actor.Kind.MEMBER, locale, zone, customer);
    }
}

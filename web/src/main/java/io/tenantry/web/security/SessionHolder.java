package io.tenantry.web.security;

import io.tenantry.people.identity.AuthenticatedPerson;
import io.tenantry.tenancy.Actor;
import java.util.Optional;
import java.util.UUID;

/**
 * For whom a session counts.
 *
 * @param party the customers of a reseller, its staff, or the operators
 * @param organization the organization whose share a customer uses; empty for all others
 * @param personId the person
 */
record SessionHolder(String party, Optional<UUID> organization, UUID personId) {
    /**
     * Returns the holder of a person's session.
     *
     * @param scope the label of the scope in which the person signed in
     */
    static SessionHolder of(String scope, AuthenticatedPerson person, Optional<UUID> organization) {
        var kind = person.kind() == Actor.Kind.MEMBER ? "customers" : "staff";
        return new SessionHolder(scope + " " + kind, organization, person.personId());
    }

    boolean isOfSamePerson(SessionHolder other) {
        return isOfSameParty(other) && personId.equals(other.personId);
    }

    /** Whether both belong to the same organization; the staff of a reseller are one group. */
    boolean isOfSameGroup(SessionHolder other) {
        return isOfSameParty(other) && organization.equals(other.organization);
    }

    boolean isOfSameParty(SessionHolder other) {
        return party.equals(other.party);
    }
}

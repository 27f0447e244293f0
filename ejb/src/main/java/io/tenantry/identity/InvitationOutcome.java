package io.tenantry.identity;

import java.util.Optional;
import java.util.UUID;

/** How inviting a person ended. */
public sealed interface InvitationOutcome {
    /**
     * The person has the role now.
     *
     * @param link for a new person, to be handed over by whoever invited; empty for one who can sign in already
     */
    record Invited(UUID personId, Optional<IssuedLink> link) implements InvitationOutcome {}

    /** The person has a role there already. */
    record AlreadyThere(UUID personId) implements InvitationOutcome {}

    /** The role is unknown, or allows more than the one who invites may do. */
    record RoleNotYours(String role) implements InvitationOutcome {}

    /** A field is not acceptable. */
    record Invalid(Field field) implements InvitationOutcome {}

    /** Fields that are checked. */
    enum Field {
        EMAIL,
        NAME
    }
}

package io.tenantry.people.identity;

import java.util.Optional;
import java.util.UUID;

/** How inviting a person ended. */
public sealed interface InvitationOutcome {
    /**
     * The person has the role now.
     *
     * @param mailedTo where the link went with which a new person chooses a password; empty for one who has a password or cannot sign in
     * @param shown the same link, for the system, and for operators of a platform without a mail server; empty for everybody else
     */
    record Invited(UUID personId, Optional<String> mailedTo, Optional<IssuedLink> shown) implements InvitationOutcome {}

    /** The invitation waits for its person, known or not: it says nothing of who that is. */
    record Pending(UUID invitationId) implements InvitationOutcome {}

    /** An invitation for that address waits already. */
    record AlreadyInvited() implements InvitationOutcome {}

    /** The person has a role there already. */
    record AlreadyThere(UUID personId) implements InvitationOutcome {}

    /** The platform may not invite an owner while one can sign in, or has an open invitation. */
    record OwnerThere() implements InvitationOutcome {}

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

package io.tenantry.people.identity;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The result of inviting a person. */
public sealed interface InvitationOutcome {
    /**
     * The person has the role now.
     *
     * @param mailedTo the address to which a new person's link for choosing a password went; empty for one who has a password or cannot sign in
     * @param shown the same link, for the system, and for operators of a platform without a mail server; empty for everyone else
     */
    record Invited(UUID personId, Optional<String> mailedTo, Optional<IssuedLink> shown) implements InvitationOutcome {}

    /** The invitation awaits acceptance, whether or not the person is known: it does not disclose which. */
    record Pending(UUID invitationId) implements InvitationOutcome {}

    /** There is an open invitation for that address already. */
    record AlreadyInvited() implements InvitationOutcome {}

    /** The person has a role there already. */
    record AlreadyThere(UUID personId) implements InvitationOutcome {}

    /** The platform may not invite an owner while one can sign in, or has an open invitation. */
    record OwnerThere() implements InvitationOutcome {}

    /** The role is unknown, or has more permissions than the inviter. */
    record RoleNotYours(String role) implements InvitationOutcome {}

    /** These fields are invalid; the role is among them only together with others, as {@link RoleNotYours} otherwise. */
    record Invalid(Set<Field> fields) implements InvitationOutcome {
        public Invalid {
            fields = Collections.unmodifiableSet(EnumSet.copyOf(fields));
        }

        /** One field is invalid. */
        public Invalid(Field field) {
            this(EnumSet.of(field));
        }

        /** Returns the outcome of an invitation that cannot be read; empty if only the role can be wrong. */
        static Optional<InvitationOutcome> of(boolean isAddress, boolean isName, boolean isRole) {
            var fields = EnumSet.noneOf(Field.class);
            if (!isAddress) {
                fields.add(Field.EMAIL);
            }
            if (!isName) {
                fields.add(Field.NAME);
            }
            if (fields.isEmpty()) {
                return Optional.empty();
            }
            if (!isRole) {
                fields.add(Field.ROLE);
            }
            return Optional.of(new Invalid(fields));
        }
    }

    /** The validated fields. */
    enum Field {
        EMAIL,
        NAME,
        ROLE
    }
}

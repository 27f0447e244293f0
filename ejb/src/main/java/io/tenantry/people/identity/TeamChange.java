package io.tenantry.people.identity;

/** The result of a change to a member of a team. Everything but {@link #DONE} changed nothing. */
public enum TeamChange {
    DONE,
    /** The role is unknown, or has more permissions than the current actor may assign or remove. */
    ROLE_NOT_ALLOWED,
    /** The organization, the reseller or the platform would be left without an owner who can sign in. */
    LAST_OWNER,
    /** People cannot disable their own account: they could not enable it again. */
    OWN_ACCOUNT,
    /** The account also serves another organization, or was disabled by someone else: it can be removed here, but not disabled, enabled or signed out. */
    OTHER_ORGANIZATION,
    /** The account is locked for security: it must be unlocked first, by an actor with the right to lock it. */
    LOCKED,
    /** The account was locked by operators of the platform: only they can unlock it. */
    LOCKED_BY_PLATFORM,
    /** A reason for locking is missing, or too short or too long. */
    NO_REASON
}

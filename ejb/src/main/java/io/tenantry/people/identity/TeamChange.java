package io.tenantry.people.identity;

/** How a change to a member of a team ended. Everything but {@link #DONE} changed nothing. */
public enum TeamChange {
    DONE,
    /** The role is unknown, or allows more than the one who acts may give or take. */
    ROLE_NOT_YOURS,
    /** The organization, the reseller or the platform would be left without an owner who can sign in. */
    LAST_OWNER,
    /** Nobody disables their own account: they could not enable it again. */
    ONESELF,
    /** The account also serves another organization, or was disabled by someone else: it can be removed here, but not disabled, enabled or signed out. */
    BELONGS_ELSEWHERE,
    /** The account is locked for security: it is unlocked first, by those who may lock it. */
    LOCKED,
    /** Operators of the platform have locked the account: only they unlock it. */
    LOCKED_BY_PLATFORM,
    /** A reason for locking is missing, or too short or too long. */
    NO_REASON
}

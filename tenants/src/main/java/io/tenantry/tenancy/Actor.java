package io.tenantry.tenancy;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The author of an action: shown in timelines, recorded in the audit trail, and subject to permission checks.
 *
 * @param kind the kind of person, or the system itself
 * @param personId the person in the scope's own table; absent for the system
 * @param name the display name; for the system, the job's name
 * @param impersonation the organization that a member of staff is impersonating; absent for everyone who acts as themselves
 */
public record Actor(
        Kind kind,
        @Nullable UUID personId,
        String name,
        @Nullable Impersonation impersonation) {
    /** Creates an actor who acts as themselves. */
    public Actor(Kind kind, @Nullable UUID personId, String name) {
        this(kind, personId, name, null);
    }

    /** The kinds of actors. */
    public enum Kind {
        OPERATOR,
        STAFF,
        MEMBER,
        SYSTEM
    }

    /** Returns the system as an actor, such as for a job. */
    public static Actor system(String job) {
        return new Actor(Kind.SYSTEM, null, job);
    }

    /** Returns a member of staff impersonating an organization: limited to a member's rights there until the impersonation ends. */
    public static Actor impersonating(@Nullable UUID personId, Impersonation impersonation) {
        return new Actor(Kind.MEMBER, personId, impersonation.spoken(), impersonation);
    }

    public boolean isSystem() {
        return kind == Kind.SYSTEM;
    }

    public boolean isImpersonating() {
        return impersonation != null;
    }
}

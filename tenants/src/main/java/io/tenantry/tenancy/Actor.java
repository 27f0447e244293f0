package io.tenantry.tenancy;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who does something: shown in timelines, kept in the audit trail, asked for permissions.
 *
 * @param kind what sort of person, or the system itself
 * @param personId the person in the scope's own table; absent for the system
 * @param name what people call the actor; for the system, the job's name
 * @param impersonation for whom a person of the staff acts, as a member would; absent for everybody who acts as themselves
 */
public record Actor(
        Kind kind,
        @Nullable UUID personId,
        String name,
        @Nullable Impersonation impersonation) {
    /** Somebody who acts as themselves. */
    public Actor(Kind kind, @Nullable UUID personId, String name) {
        this(kind, personId, name, null);
    }

    /** Sorts of actors. */
    public enum Kind {
        OPERATOR,
        STAFF,
        MEMBER,
        SYSTEM
    }

    /** The system at work, such as a job. */
    public static Actor system(String job) {
        return new Actor(Kind.SYSTEM, null, job);
    }

    /** Somebody of the staff who acts for an organization: nothing but a member there, until that is over. */
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

package io.tenantry.tenancy;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who does something: shown in timelines, kept in the audit trail, asked for permissions.
 *
 * @param kind what sort of person, or the system itself
 * @param personId the person in the scope's own table; absent for the system
 * @param name what people call the actor; for the system, the job's name
 */
public record Actor(Kind kind, @Nullable UUID personId, String name) {
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

    public boolean isSystem() {
        return kind == Kind.SYSTEM;
    }
}

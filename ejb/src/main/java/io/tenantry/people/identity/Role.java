package io.tenantry.people.identity;

import java.util.Set;

/**
 * A named set of permissions.
 *
 * @param code the name in the database and in the API
 * @param name its English name; pages translate the code
 * @param permissions what it allows
 */
public record Role(String code, String name, Set<String> permissions) {
    /** The kind of person to whom a role may be assigned. */
    public enum Kind {
        ORGANIZATION,
        STAFF,
        OPERATOR
    }
}

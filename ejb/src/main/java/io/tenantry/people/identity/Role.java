package io.tenantry.people.identity;

import java.util.Set;

/**
 * A named set of permissions.
 *
 * @param code how it is stored and named to programs
 * @param name its English name; pages translate the code
 * @param permissions what it allows
 */
public record Role(String code, String name, Set<String> permissions) {
    /** To whom a role may be given. */
    public enum Kind {
        ORGANIZATION,
        STAFF,
        OPERATOR
    }
}

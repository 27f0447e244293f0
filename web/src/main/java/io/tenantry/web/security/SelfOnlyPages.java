package io.tenantry.web.security;

import java.util.Set;

/**
 * The personal pages. They are not accessible during impersonation: the customer's belong to the customer, and the impersonator's are on
 * another surface.
 */
final class SelfOnlyPages {
    private static final Set<String> ALL = Set.of("/portal/me");

    private SelfOnlyPages() {}

    /** Returns whether the path leads to one of them, in any spelling. */
    static boolean has(String path) {
        var plain = path.startsWith("/faces/") ? path.substring("/faces".length()) : path;
        return ALL.contains(plain.replaceAll("(\\.xhtml)?/*$", ""));
    }
}

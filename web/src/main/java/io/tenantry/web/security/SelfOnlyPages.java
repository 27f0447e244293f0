package io.tenantry.web.security;

import java.util.Set;

/** Pages that are about oneself. Whoever acts for a customer has none: the customer's are the customer's, and one's own are elsewhere. */
final class SelfOnlyPages {
    private static final Set<String> ALL = Set.of("/portal/me");

    private SelfOnlyPages() {}

    /** Whether the path leads to one of them, however it is written. */
    static boolean has(String path) {
        var plain = path.startsWith("/faces/") ? path.substring("/faces".length()) : path;
        return ALL.contains(plain.replaceAll("(\\.xhtml)?/*$", ""));
    }
}

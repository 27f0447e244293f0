package io.tenantry.web.security;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that another site makes in a person's name. Browsers say where a request comes from in
 * {@code Sec-Fetch-Site}, older ones in {@code EntryOrigin}; a page cannot forge either. Faces posts carry a view state besides.
 */
final class CrossSiteCheck {
    private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    /** Begins the names of what Faces sends with a form, or with a click of a script. */
    private static final String OF_FACES = "jakarta.faces.";

    private CrossSiteCheck() {}

    /**
     * Whether Faces would do what a form asks for although the request only looks. It takes any request with a view state for a form that was sent,
     * and any site can lead a browser to an address that has one. No page of ours sends a form that way.
     *
     * @param method the HTTP method
     * @param parameters names of the request's parameters
     */
    static boolean isPostbackByAddress(String method, Set<String> parameters) {
        return LOOKING.contains(method) && parameters.stream().anyMatch(name -> name.startsWith(OF_FACES));
    }

    /**
     * Whether the request must be refused.
     *
     * @param method the HTTP method
     * @param fetchSite header {@code Sec-Fetch-Site}
     * @param origin header {@code EntryOrigin}
     * @param host header {@code Host}
     * @param hasOtherProof whether the request proves in another way that it comes from a page of ours
     */
    static boolean isForeign(
            String method,
            @Nullable String fetchSite,
            @Nullable String origin,
            @Nullable String host,
            boolean hasOtherProof) {
        if (LOOKING.contains(method)) {
            return false;
        }
        if (fetchSite != null) {
            return !OWN_SITES.contains(fetchSite.toLowerCase(Locale.ROOT));
        }
        if (origin != null) {
            var plain = origin.toLowerCase(Locale.ROOT);
            return host == null
                    || !(plain.equals("https://" + host.toLowerCase(Locale.ROOT))
                            || plain.equals("http://" + host.toLowerCase(Locale.ROOT)));
        }
        return !hasOtherProof;
    }
}

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

    private CrossSiteCheck() {}

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

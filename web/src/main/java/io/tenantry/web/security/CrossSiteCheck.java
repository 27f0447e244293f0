package io.tenantry.web.security;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check for requests that another site sends in a person's name. Browsers state the source of a request in {@code Sec-Fetch-Site}, older ones
 * in {@code Origin}; a page cannot forge either. Faces postbacks additionally carry a view state.
 */
final class CrossSiteCheck {
    private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    /** The prefix of the parameters that Faces sends with a form, or with a scripted click. */
    private static final String OF_FACES = "jakarta.faces.";

    private CrossSiteCheck() {}

    /**
     * Returns whether Faces would process a GET request as a postback. It treats any request with a view state as a submitted form, and any
     * site can lead a browser to an address that has one. No page of ours submits a form that way.
     *
     * @param method the HTTP method
     * @param parameters names of the request's parameters
     */
    static boolean isPostbackByAddress(String method, Set<String> parameters) {
        return LOOKING.contains(method) && parameters.stream().anyMatch(name -> name.startsWith(OF_FACES));
    }

    /**
     * Returns whether the request must be rejected.
     *
     * @param method the HTTP method
     * @param fetchSite header {@code Sec-Fetch-Site}
     * @param origin header {@code Origin}
     * @param host header {@code Host}
     * @param hasOtherProof whether the request has another proof that it comes from a page of ours
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

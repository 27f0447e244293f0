package io.tenantry.people.notification;

import java.util.UUID;

/** URLs within a customer's portal that name the organization they concern: people may act for several. */
public final class PortalLink {
    /** The parameter that names the organization; the portal applies it and removes it from the URL. */
    public static final String ORGANIZATION = "in";

    private PortalLink() {}

    /**
     * Returns a URL that opens the portal for one organization.
     *
     * @param path within a site, with or without parameters
     */
    public static String in(UUID organizationId, String path) {
        return path + (path.contains("?") ? '&' : '?') + ORGANIZATION + '=' + organizationId;
    }
}

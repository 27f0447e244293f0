package io.tenantry.people.notification;

import java.util.UUID;

/** Addresses within a customer's portal that say for which organization they are meant: people may act for several. */
public final class PortalLink {
    /** The parameter that names the organization; the portal shows it and takes the parameter out of the address. */
    public static final String ORGANIZATION = "in";

    private PortalLink() {}

    /**
     * An address for people who look at the portal for one organization.
     *
     * @param path within a site, with or without parameters
     */
    public static String in(UUID organizationId, String path) {
        return path + (path.contains("?") ? '&' : '?') + ORGANIZATION + '=' + organizationId;
    }
}

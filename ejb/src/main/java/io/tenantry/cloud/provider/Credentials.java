package io.tenantry.cloud.provider;

import java.net.URI;

/**
 * How an account is accessed.
 *
 * @param base with the path, without a trailing slash
 * @param token stored encrypted and never printed
 */
public record Credentials(URI base, String token) {
    /** @throws IllegalArgumentException unless the address is HTTP or HTTPS without user information, query or fragment */
    public Credentials {
        var scheme = base.getScheme();
        var fine = ("https".equals(scheme) || "http".equals(scheme))
                && base.getHost() != null
                && base.getRawUserInfo() == null
                && base.getRawQuery() == null
                && base.getRawFragment() == null
                && !base.toString().endsWith("/");
        if (!fine) {
            throw new IllegalArgumentException(
                    "not the address of a vendor's API: its scheme, host and path are needed");
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + base + "]";
    }
}

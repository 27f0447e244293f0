package io.tenantry.people.identity;

import java.time.Instant;

/**
 * A newly created one-time link. Its URL contains the secret and is known only now: show it once, never log it.
 *
 * @param url the whole URL, on the host of the reseller (or the platform) from our configuration
 * @param expiresAt when it expires
 */
public record IssuedLink(String url, Instant expiresAt) {
    @Override
    public String toString() {
        return "IssuedLink[expiresAt=" + expiresAt + "]";
    }
}

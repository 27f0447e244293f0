package io.tenantry.people.identity;

import java.time.Instant;

/**
 * A one-time link, just made. Its address contains the secret and is known only now: show it once, never log it.
 *
 * @param url the whole address, on the host of the reseller (or the platform) from our configuration
 * @param expiresAt when it stops working
 */
public record IssuedLink(String url, Instant expiresAt) {
    @Override
    public String toString() {
        return "IssuedLink[expiresAt=" + expiresAt + "]";
    }
}

package io.tenantry.web.team;

import io.tenantry.identity.IssuedLink;
import java.io.Serializable;
import java.time.Instant;

/** A one-time link as an operator hands it over; kept by the page that made it and nowhere else. */
public record Handover(String url, Instant expiresAt) implements Serializable {
    static Handover of(IssuedLink link) {
        return new Handover(link.url(), link.expiresAt());
    }

    @Override
    public String toString() {
        return "Handover[expiresAt=" + expiresAt + "]";
    }
}

package io.tenantry.web.people.team;

import io.tenantry.people.identity.IssuedLink;
import java.io.Serializable;
import java.time.Instant;

/** A one-time link as an operator hands it over; kept by the page that made it and nowhere else. */
public record OneTimeLinkView(String url, Instant expiresAt) implements Serializable {
    static OneTimeLinkView of(IssuedLink link) {
        return new OneTimeLinkView(link.url(), link.expiresAt());
    }

    @Override
    public String toString() {
        return "Handover[expiresAt=" + expiresAt + "]";
    }
}

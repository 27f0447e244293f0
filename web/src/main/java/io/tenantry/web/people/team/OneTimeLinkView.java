package io.tenantry.web.people.team;

import io.tenantry.people.identity.IssuedLink;
import java.io.Serializable;
import java.time.Instant;

/** A one-time link to be handed over by an operator; kept only by the page that created it. */
public record OneTimeLinkView(String url, Instant expiresAt) implements Serializable {
    static OneTimeLinkView of(IssuedLink link) {
        return new OneTimeLinkView(link.url(), link.expiresAt());
    }

    @Override
    public String toString() {
        return "Handover[expiresAt=" + expiresAt + "]";
    }
}

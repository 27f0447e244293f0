package io.tenantry.web.security;

import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP session knows of whoever signed in: which session of ours it is, and where that was. On the host of another
 * reseller it is worth nothing.
 *
 * @param scope the label of the scope it was made in
 * @param sessionId our session, in the database
 * @param acting for whom its person acts, if they do: also only a name for what is in the database
 */
record SessionReference(
        String scope, UUID sessionId, @Nullable Acting acting) implements Serializable {
    static final String ATTRIBUTE = SessionReference.class.getName();

    /** Of somebody who acts as themselves. */
    SessionReference(String scope, UUID sessionId) {
        this(scope, sessionId, null);
    }

    /** Which time somebody acts for a customer, and for which. */
    record Acting(UUID id, UUID organizationId) implements Serializable {}

    /** Of the same person in the same session, who acts for the customer from now on. */
    SessionReference actingFor(UUID organizationId, UUID id) {
        return new SessionReference(scope, sessionId, new Acting(id, organizationId));
    }

    /** Of the same person in the same session, who acts as themselves again. */
    SessionReference asOneself() {
        return new SessionReference(scope, sessionId);
    }
}

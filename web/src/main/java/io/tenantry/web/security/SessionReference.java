package io.tenantry.web.security;

import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The reference of an HTTP session to the person's database session, with the scope of the sign-in. On the host of another reseller it is
 * worthless.
 *
 * @param scope the label of the scope in which it was created
 * @param sessionId our session, in the database
 * @param acting the impersonation, if there is one: also only a reference to the database
 */
record SessionReference(
        String scope, UUID sessionId, @Nullable Acting acting) implements Serializable {
    static final String ATTRIBUTE = SessionReference.class.getName();

    /** Creates a reference without impersonation. */
    SessionReference(String scope, UUID sessionId) {
        this(scope, sessionId, null);
    }

    /** The id of an impersonation, and its customer. */
    record Acting(UUID id, UUID organizationId) implements Serializable {}

    /** Returns the reference of the same session with an impersonation. */
    SessionReference actingFor(UUID organizationId, UUID id) {
        return new SessionReference(scope, sessionId, new Acting(id, organizationId));
    }

    /** Returns the reference of the same session without impersonation. */
    SessionReference withoutImpersonation() {
        return new SessionReference(scope, sessionId);
    }
}

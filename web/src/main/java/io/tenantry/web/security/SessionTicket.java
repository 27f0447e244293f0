package io.tenantry.web.security;

import java.io.Serializable;
import java.util.UUID;

/**
 * What an HTTP session knows of whoever signed in: which session of ours it is, and where that was. On the host of another
 * reseller it is worth nothing.
 *
 * @param scope the label of the scope it was made in
 * @param sessionId our session, in the database
 */
record SessionTicket(String scope, UUID sessionId) implements Serializable {
    static final String ATTRIBUTE = SessionTicket.class.getName();
}

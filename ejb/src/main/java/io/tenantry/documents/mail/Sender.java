package io.tenantry.documents.mail;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenant;

/**
 * Owner of an outbox: a tenant, or the platform for its operators.
 *
 * @param host used in Message-IDs and links
 */
record Sender(Scope scope, String host) {
    static Sender of(Tenant tenant) {
        return new Sender(Scope.of(tenant.id()), tenant.primaryHost());
    }

    static Sender platform(String host) {
        return new Sender(Scope.PLATFORM, host);
    }
}

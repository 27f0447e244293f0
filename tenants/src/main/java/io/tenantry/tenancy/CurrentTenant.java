package io.tenantry.tenancy;

import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/**
 * Tells Hibernate the tenant of the session it opens. If no tenant is entered, it returns a scope that no connection can assume, so that a
 * missing tenant fails at the first statement.
 */
public final class CurrentTenant implements CurrentTenantIdentifierResolver<String> {
    static final String NOBODY = "nobody";

    @Override
    public String resolveCurrentTenantIdentifier() {
        var scope = Tenancy.current();
        scope.ifPresent(TransactionScope::bind);
        return scope.map(Scope::label).orElse(NOBODY);
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }
}

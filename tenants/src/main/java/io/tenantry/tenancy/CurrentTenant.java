package io.tenantry.tenancy;

import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/**
 * Tells Hibernate whose session it opens. With nobody entered it names a scope that no connection can become: forgetting the
 * tenant fails at the first statement.
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

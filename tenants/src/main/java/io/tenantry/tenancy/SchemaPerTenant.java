package io.tenantry.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.service.UnknownUnwrapTypeException;

/** Provides Hibernate with connections that have assumed the role of the session's tenant. */
public final class SchemaPerTenant implements MultiTenantConnectionProvider<String> {
    private static final long serialVersionUID = 1L;

    /** Used only when Hibernate inspects the database at startup; such a connection cannot read tenants' tables. */
    @Override
    public Connection getAnyConnection() throws SQLException {
        return DatabaseCells.application().getConnection();
    }

    @Override
    public void releaseAnyConnection(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public Connection getConnection(String label) throws SQLException {
        if (!Tenancy.scope().label().equals(label)) {
            throw new IllegalStateException("a session of " + label + " is used within "
                    + Tenancy.scope().label());
        }
        return ScopedConnections.open(DatabaseCells.application(ConnectionPoolRole.poolOf(Tenancy.scope())));
    }

    @Override
    public void releaseConnection(String label, Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return false;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (!type.isInstance(this)) {
            throw new UnknownUnwrapTypeException(type);
        }
        return type.cast(this);
    }
}

package io.tenantry.tenancy;

import javax.sql.DataSource;

/**
 * The databases that hold tenants. A tenant lives in one cell; today there is one, {@code main}, and so one datasource for the
 * application, one for charging (see {@link ConnectionPoolRole}) and one, of another database user, for creating and migrating schemas.
 */
public final class DatabaseCells {
    /** The only cell so far. */
    public static final String MAIN = "main";

    private static final String APPLICATION = "java:/jdbc/tenantry";
    private static final String CHARGING = "java:/jdbc/tenantry-charging";
    private static final String ADMINISTRATION = "java:/jdbc/tenantry-admin";

    private DatabaseCells() {}

    /** Where tenants' transactions run, by those of that lane; a server that was set up before there were lanes has one for all. */
    static DataSource application(ConnectionPoolRole connectionPoolRole) {
        return switch (connectionPoolRole) {
            case REQUESTS -> lookup(APPLICATION);
            case CHARGING -> JndiLookup.lookup(CHARGING, DataSource.class).orElseGet(() -> lookup(APPLICATION));
        };
    }

    /** Where schemas and roles are made; not part of JTA transactions. */
    public static DataSource administration() {
        return lookup(ADMINISTRATION);
    }

    /**
     * Connections that are nobody, for hearing what is said on a channel of the database; whoever takes one keeps it for as long
     * as the server runs.
     */
    public static DataSource listening() {
        return application(ConnectionPoolRole.REQUESTS);
    }

    private static DataSource lookup(String name) {
        return JndiLookup.lookup(name, DataSource.class)
                .orElseThrow(() ->
                        new IllegalStateException("the server has no datasource " + name + ": apply install.cli"));
    }
}

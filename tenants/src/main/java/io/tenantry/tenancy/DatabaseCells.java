package io.tenantry.tenancy;

import javax.sql.DataSource;

/**
 * The databases that hold tenants. A tenant lives in one cell; today there is one, {@code main}, and so one datasource for the application, some
 * for charging (see {@link ConnectionPoolRole}) and one, with another database user, for creating and migrating schemas.
 */
public final class DatabaseCells {
    /** The only cell so far. */
    public static final String MAIN = "main";

    private static final String APPLICATION = "java:/jdbc/tenantry";
    /** Followed by the number of the lane, from 1. */
    private static final String CHARGING = "java:/jdbc/tenantry-charging-";

    private static final String ADMINISTRATION = "java:/jdbc/tenantry-admin";

    private DatabaseCells() {}

    /** Returns the datasource of requests. */
    static DataSource application() {
        return lookup(APPLICATION);
    }

    /**
     * Returns the datasource of a lane for charging, or of requests. A server that was set up before there were several pools has one for all.
     *
     * @param pool of {@link ConnectionPoolRole#poolOf}
     */
    static DataSource application(int pool) {
        return pool == ConnectionPoolRole.NO_LANE
                ? application()
                : JndiLookup.lookup(CHARGING + pool, DataSource.class).orElseGet(DatabaseCells::application);
    }

    /** Returns the datasource that creates schemas and roles; it takes no part in JTA transactions. */
    public static DataSource administration() {
        return lookup(ADMINISTRATION);
    }

    /**
     * Returns the datasource of connections without a role, for listening on a channel of the database; a listener keeps its connection as long
     * as the server runs.
     */
    public static DataSource listening() {
        return application();
    }

    private static DataSource lookup(String name) {
        return JndiLookup.lookup(name, DataSource.class)
                .orElseThrow(() ->
                        new IllegalStateException("the server has no datasource " + name + ": apply install.cli"));
    }
}

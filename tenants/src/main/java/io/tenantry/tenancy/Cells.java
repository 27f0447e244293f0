package io.tenantry.tenancy;

import javax.sql.DataSource;

/**
 * The databases that hold tenants. A tenant lives in one cell; today there is one, {@code main}, and so one datasource for
 * the application and one, of another database user, for creating and migrating schemas.
 */
public final class Cells {
    /** The only cell so far. */
    public static final String MAIN = "main";

    private static final String APPLICATION = "java:/jdbc/tenantry";
    private static final String ADMINISTRATION = "java:/jdbc/tenantry-admin";

    private Cells() {}

    /** Where tenants' transactions run. */
    static DataSource application() {
        return lookup(APPLICATION);
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
        return application();
    }

    private static DataSource lookup(String name) {
        return ServerNames.lookup(name, DataSource.class)
                .orElseThrow(() ->
                        new IllegalStateException("the server has no datasource " + name + ": apply install.cli"));
    }
}

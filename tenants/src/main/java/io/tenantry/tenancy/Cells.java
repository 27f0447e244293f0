package io.tenantry.tenancy;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.sql.DataSource;

/**
 * The databases that hold tenants. A tenant lives in one cell; today there is one, {@code main}, and so one datasource for
 * the application and one, of another database user, for creating and migrating schemas.
 */
public final class Cells {
    private static final System.Logger LOG = System.getLogger(Cells.class.getName());

    /** The only cell so far. */
    public static final String MAIN = "main";

    private static final String APPLICATION = "java:/jdbc/tenantry";
    private static final String POOL = "jboss.as:subsystem=datasources,data-source=tenantry";
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
     * Has the application's pool open new connections in place of those it holds: idle ones are closed now, those at work when they come
     * back. A server that does not offer this keeps them until they are idle for minutes.
     */
    static void replaceApplicationConnections() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(new ObjectName(POOL), "flushGracefullyConnectionInPool", new Object[0], new String[0]);
        } catch (JMException refused) {
            LOG.log(System.Logger.Level.WARNING, "the server does not replace the connections of " + POOL, refused);
        }
    }

    private static DataSource lookup(String name) {
        return ServerNames.lookup(name, DataSource.class)
                .orElseThrow(() ->
                        new IllegalStateException("the server has no datasource " + name + ": apply install.cli"));
    }
}

package io.tenantry.server;

/** The three users with which the server connects to its database. */
public enum DatabaseUser {
    /** The running application: no privileges except to assume a tenant's role for one transaction. */
    RUNTIME("tenantry", "TENANTRY_DB_PASSWORD"),

    /** The owner of all schemas: creates tenants and migrates them. */
    ADMIN("tenantry_admin", "TENANTRY_DB_ADMIN_PASSWORD"),

    /** The job repository: schema {@code batch} and nothing else. */
    BATCH("tenantry_batch", "TENANTRY_DB_BATCH_PASSWORD");

    private final String user;
    private final String passwordVariable;

    DatabaseUser(String user, String passwordVariable) {
        this.user = user;
        this.passwordVariable = passwordVariable;
    }

    /** Returns the name of the database role. */
    public String user() {
        return user;
    }

    /** Returns the environment variable that passes the password to the server. */
    public String passwordVariable() {
        return passwordVariable;
    }
}

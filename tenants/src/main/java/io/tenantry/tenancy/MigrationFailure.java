package io.tenantry.tenancy;

/** Thrown if a schema could not be migrated; it remains as its last successful change left it. */
public class MigrationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MigrationFailure(String why) {
        super(why);
    }

    MigrationFailure(Scope scope, Exception cause) {
        super("cannot migrate schema " + scope.schema() + ": " + cause.getMessage(), cause);
    }
}

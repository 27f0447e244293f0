package io.tenantry.tenancy;

/** A schema could not be brought up to date; it is as it was after its last successful change. */
public class MigrationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MigrationFailure(String why) {
        super(why);
    }

    MigrationFailure(Scope scope, Exception cause) {
        super("cannot migrate schema " + scope.schema() + ": " + cause.getMessage(), cause);
    }
}

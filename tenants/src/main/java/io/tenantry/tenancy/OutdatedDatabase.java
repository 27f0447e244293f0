package io.tenantry.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a schema was created by a version before the first release, whose change sets differ from those of this version. There is no
 * upgrade path (ADR 51): a server does not start on such a database.
 */
public final class OutdatedDatabase extends MigrationFailure {
    private static final long serialVersionUID = 1L;

    /** Before the baseline, changelog files were numbered. */
    private static final String NUMBERED = "filename ~ '/[0-9]{4}-[^/]*$'";

    private OutdatedDatabase(Scope scope, String why) {
        super(
                "This database was made by a version before the first release, which cannot be brought up to date: in schema "
                        + scope.schema() + " " + why + ". Use a new database; of a demo, delete its folder (mvn -Prun:"
                        + " wildfly-config/.run) and start again.");
    }

    /** Finds this exception among the causes of one that the container wrapped. */
    public static Optional<OutdatedDatabase> behind(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutdatedDatabase found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /**
     * Refuses a schema from before the baseline.
     *
     * @throws OutdatedDatabase if the schema was created by change sets from before the baseline
     */
    static void refuse(Connection connection, Scope scope) throws SQLException {
        try (var statement = connection.createStatement()) {
            var log = scope.schema() + ".databasechangelog";
            try (var known = statement.executeQuery("select to_regclass('" + log + "') is not null")) {
                if (!known.next() || !known.getBoolean(1)) {
                    return;
                }
            }
            try (var numbered = statement.executeQuery("select author || ':' || id from " + log + " where " + NUMBERED
                    + " order by orderexecuted limit 1")) {
                if (numbered.next()) {
                    throw new OutdatedDatabase(scope, "there is change " + numbered.getString(1));
                }
            }
        }
    }

    /** Returns the failure of change sets whose content differs from those that created the schema. */
    static OutdatedDatabase edited(Scope scope, String changes) {
        return new OutdatedDatabase(scope, "change sets have been edited since: " + changes);
    }
}

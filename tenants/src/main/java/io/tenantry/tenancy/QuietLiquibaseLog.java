package io.tenantry.tenancy;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;

/** For what Liquibase only writes down: it would tell of each change as if it were made, and warn of a lock that nobody holds. */
final class QuietLiquibaseLog extends AbstractLogService {
    private static final Logger NOWHERE = new AbstractLogger() {
        @Override
        public void log(Level level, String message, @Nullable Throwable failure) {}
    };

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Logger getLog(Class type) {
        return NOWHERE;
    }
}

package io.tenantry.tenancy;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;

/** Silences Liquibase while it only writes its SQL down: it would log each change as executed and warn of a lock that is not held. */
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

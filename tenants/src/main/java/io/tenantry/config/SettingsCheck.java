package io.tenantry.config;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Validates the settings before any part of the application is created: an invalid one is reported once and stops startup, instead of failing
 * each bean that reads it.
 */
public class SettingsCheck implements Extension {
    private static final int FIRST = 1;
    private static final System.Logger LOG = System.getLogger(SettingsCheck.class.getName());

    /** Runs before any bean exists and before other parts of the configuration are checked, as one of those checks may abort startup. */
    void check(@Observes @Priority(FIRST) BeforeBeanDiscovery begins) {
        StartRefusal.unless(() -> new Settings()
                .warnings(System.getenv().keySet())
                .forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning)));
    }
}

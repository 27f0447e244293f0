package io.tenantry.config;

import jakarta.enterprise.inject.spi.Extension;

/**
 * Validates the settings before any part of the application is created: an invalid one is reported once and stops startup, instead of failing
 * each bean that reads it.
 */
public class SettingsCheck implements Extension {
    private static final System.Logger LOG = System.getLogger(SettingsCheck.class.getName());

    /**
     * The server creates extensions before it looks for the deployment's datasources. It has none if a variable of the database is empty, which
     * it rejects, and would then wait for them and call no method of an extension.
     */
    public SettingsCheck() {
        StartRefusal.unless(() -> new Settings()
                .warnings(System.getenv().keySet())
                .forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning)));
    }
}

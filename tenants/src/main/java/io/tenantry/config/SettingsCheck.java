package io.tenantry.config;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Looks at the settings before anything of the application is made: a wrong one is said once and stops the start, instead of failing each bean that
 * would have read it.
 */
public class SettingsCheck implements Extension {
    private static final int FIRST = 1;
    private static final System.Logger LOG = System.getLogger(SettingsCheck.class.getName());

    /** Before there is any bean, and before other parts of the configuration are looked at, one of which may end the start. */
    void check(@Observes @Priority(FIRST) BeforeBeanDiscovery begins) {
        StartRefusal.unless(() -> new Settings()
                .warnings(System.getenv().keySet())
                .forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning)));
    }
}

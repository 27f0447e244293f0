package io.tenantry.kernel.secret;

import io.tenantry.config.Settings;
import io.tenantry.config.StartRefusal;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Reads the file of keys before any part of the application is created: a missing or invalid file stops startup, instead of the first mail.
 */
public class KeysCheck implements Extension {
    /** Runs before any bean exists. */
    void check(@Observes BeforeBeanDiscovery begins) {
        StartRefusal.unless(() -> VaultKeys.vault(new Settings()));
    }
}

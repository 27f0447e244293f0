package io.tenantry.kernel.secret;

import io.tenantry.config.Settings;
import io.tenantry.config.StartRefusal;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/** Reads the file of keys before anything of the application is made: one that is missing or wrong stops the start, and not the first mail. */
public class KeysCheck implements Extension {
    /** Before there is any bean. */
    void check(@Observes BeforeBeanDiscovery begins) {
        StartRefusal.unless(() -> VaultKeys.vault(new Settings()));
    }
}

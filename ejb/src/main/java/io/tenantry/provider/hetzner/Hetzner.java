package io.tenantry.provider.hetzner;

import io.tenantry.provider.CloudVendor;
import io.tenantry.provider.Provider;
import io.tenantry.provider.VendorApi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Hetzner Cloud as a vendor. A token is of one project, and has to be one that may write. */
@ApplicationScoped
public class Hetzner extends CloudVendor {
    /** Found as a bean. */
    public Hetzner() {
        super("hetzner", "Hetzner Cloud", "https://api.hetzner.cloud/v1", new HetznerDialect());
    }

    @Override
    protected Provider account(VendorApi api, Clock clock) {
        return new HetznerRescue(api, clock);
    }
}

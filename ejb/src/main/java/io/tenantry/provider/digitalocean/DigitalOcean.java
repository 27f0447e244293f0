package io.tenantry.provider.digitalocean;

import io.tenantry.outbound.Outbound;
import io.tenantry.provider.CloudVendor;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.Pauses;
import io.tenantry.provider.Provider;
import io.tenantry.provider.VendorApi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** DigitalOcean, one address for all its customers. */
@ApplicationScoped
public class DigitalOcean extends CloudVendor {
    /** Found as a bean. */
    public DigitalOcean() {
        super("digitalocean", "DigitalOcean", "https://api.digitalocean.com", new DigitalOceanDialect());
    }

    @Override
    protected Provider account(VendorApi api, Clock clock) {
        return new DigitalOceanAccount(api, clock);
    }

    static DigitalOceanAccount open(Outbound outbound, Credentials credentials, Clock clock, Pauses pauses) {
        return new DigitalOceanAccount(
                new VendorApi(outbound, credentials, new DigitalOceanDialect(), clock, pauses), clock);
    }
}

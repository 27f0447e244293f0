package io.tenantry.provider.digitalocean;

import io.tenantry.outbound.Outbound;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.Pauses;
import io.tenantry.provider.Provider;
import io.tenantry.provider.Vendor;
import io.tenantry.provider.VendorApi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** DigitalOcean, one address for all its customers. */
@ApplicationScoped
public class DigitalOcean implements Vendor {
    private static final URI BASE = URI.create("https://api.digitalocean.com");

    @Inject
    Outbound outbound;

    @Inject
    Clock clock;

    @Override
    public String code() {
        return "digitalocean";
    }

    @Override
    public String name() {
        return "DigitalOcean";
    }

    @Override
    public Optional<URI> base() {
        return Optional.of(BASE);
    }

    @Override
    public Provider open(Credentials credentials) {
        return open(outbound, credentials, clock, Pauses::wait);
    }

    static DigitalOceanAccount open(Outbound outbound, Credentials credentials, Clock clock, Pauses pauses) {
        return new DigitalOceanAccount(
                new VendorApi(outbound, credentials, new DigitalOceanDialect(), clock, pauses), clock);
    }
}

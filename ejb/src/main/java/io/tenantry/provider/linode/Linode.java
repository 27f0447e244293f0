package io.tenantry.provider.linode;

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

/**
 * Linode as a vendor. The personal access token has to be one of an unrestricted user, since only such may tag, with the scopes account (SSH
 * keys and whose account it is), events, images, linodes, stackscripts and volumes.
 */
@ApplicationScoped
public class Linode implements Vendor {
    private static final URI BASE = URI.create("https://api.linode.com/v4");

    @Inject
    Outbound outbound;

    @Inject
    Clock clock;

    @Override
    public String code() {
        return "linode";
    }

    @Override
    public String name() {
        return "Linode";
    }

    @Override
    public Optional<URI> base() {
        return Optional.of(BASE);
    }

    @Override
    public Provider open(Credentials credentials) {
        return new LinodeAccount(new VendorApi(outbound, credentials, new LinodeDialect(), clock, Pauses::wait), clock);
    }
}

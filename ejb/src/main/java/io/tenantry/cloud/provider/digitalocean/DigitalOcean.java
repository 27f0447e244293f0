package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.Backoff;
import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.PublicCloudProvider;
import io.tenantry.kernel.http.HttpGateway;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** DigitalOcean, with one address for all its customers. */
@ApplicationScoped
public class DigitalOcean extends PublicCloudProvider {
    /** Creates the bean. */
    public DigitalOcean() {
        super("digitalocean", "DigitalOcean", "https://api.digitalocean.com", new DigitalOceanProtocol());
    }

    @Override
    protected ProviderClient account(ProviderHttp api, Clock clock) {
        return new DigitalOceanClient(api, clock);
    }

    static DigitalOceanClient open(HttpGateway httpGateway, Credentials credentials, Clock clock, Backoff backoff) {
        return new DigitalOceanClient(
                new ProviderHttp(httpGateway, credentials, new DigitalOceanProtocol(), clock, backoff), clock);
    }
}

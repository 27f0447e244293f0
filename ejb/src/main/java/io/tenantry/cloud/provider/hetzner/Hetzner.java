package io.tenantry.cloud.provider.hetzner;

import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.PublicCloudProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Hetzner Cloud as a provider. A token belongs to one project, and must have write permission. */
@ApplicationScoped
public class Hetzner extends PublicCloudProvider {
    /** Creates the bean. */
    public Hetzner() {
        super("hetzner", "Hetzner Cloud", "https://api.hetzner.cloud/v1", new HetznerProtocol());
    }

    @Override
    protected ProviderClient account(ProviderHttp api, Clock clock) {
        return new HetznerRescue(api, clock);
    }
}

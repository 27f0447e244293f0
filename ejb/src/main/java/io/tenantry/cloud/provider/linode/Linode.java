package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.PublicCloudProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Linode as a vendor. The personal access token has to be one of an unrestricted user, since only such may tag, with the scopes account (SSH
 * keys and whose account it is), events, firewall (to cut servers off), images, linodes, stackscripts and volumes.
 */
@ApplicationScoped
public class Linode extends PublicCloudProvider {
    /** Found as a bean. */
    public Linode() {
        super("linode", "Linode", "https://api.linode.com/v4", new LinodeProtocol());
    }

    @Override
    protected ProviderClient account(ProviderHttp api, Clock clock) {
        return new LinodeClient(api, clock);
    }
}

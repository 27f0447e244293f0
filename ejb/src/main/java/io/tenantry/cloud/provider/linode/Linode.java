package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.PublicCloudProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Linode as a provider. The personal access token must belong to an unrestricted user, since only such users may create tags, with the scopes
 * account (SSH keys and the owner's name), events, firewall (to isolate servers), images, linodes, stackscripts and volumes.
 */
@ApplicationScoped
public class Linode extends PublicCloudProvider {
    /** Creates the bean. */
    public Linode() {
        super("linode", "Linode", "https://api.linode.com/v4", new LinodeProtocol());
    }

    @Override
    protected ProviderClient account(ProviderHttp api, Clock clock) {
        return new LinodeClient(api, clock);
    }
}

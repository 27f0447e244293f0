package io.tenantry.provider.linode;

import io.tenantry.provider.CloudVendor;
import io.tenantry.provider.Provider;
import io.tenantry.provider.VendorApi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Linode as a vendor. The personal access token has to be one of an unrestricted user, since only such may tag, with the scopes account (SSH
 * keys and whose account it is), events, firewall (to cut servers off), images, linodes, stackscripts and volumes.
 */
@ApplicationScoped
public class Linode extends CloudVendor {
    /** Found as a bean. */
    public Linode() {
        super("linode", "Linode", "https://api.linode.com/v4", new LinodeDialect());
    }

    @Override
    protected Provider account(VendorApi api, Clock clock) {
        return new LinodeAccount(api, clock);
    }
}

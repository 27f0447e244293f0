package io.tenantry.provider.linode;

import io.tenantry.outbound.Outbound;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.EveryProvider;
import io.tenantry.provider.FakeVendor;
import io.tenantry.provider.Pauses;
import io.tenantry.provider.Provider;
import io.tenantry.provider.VendorApi;
import java.util.Map;

/** What each adapter holds, held by this one. */
class LinodeTest extends EveryProvider {
    @Override
    protected FakeVendor fake() {
        return new FakeLinode();
    }

    @Override
    protected Provider open(Outbound outbound, Credentials credentials, Pauses pauses) {
        var api = new VendorApi(outbound, credentials, new LinodeDialect(), LinodeCase.CLOCK, pauses);
        return new LinodeAccount(api, LinodeCase.CLOCK);
    }

    @Override
    protected Codes codes() {
        return new Codes("eu-central", "g6-standard-1", "linode/debian12", Map.of());
    }

    @Override
    protected void others(FakeVendor vendor, int count) {
        ((FakeLinode) vendor).others(count);
    }

    @Override
    protected void settle(FakeVendor vendor) {
        ((FakeLinode) vendor).settle();
    }
}

package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.Backoff;
import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.FakeProvider;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderContract;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.kernel.http.HttpGateway;
import java.util.Map;

/** The contract of every adapter, fulfilled by this one. */
class LinodeTest extends ProviderContract {
    @Override
    protected FakeProvider fake() {
        return new FakeLinode();
    }

    @Override
    protected ProviderClient open(HttpGateway httpGateway, Credentials credentials, Backoff backoff) {
        var api = new ProviderHttp(httpGateway, credentials, new LinodeProtocol(), LinodeCase.CLOCK, backoff);
        return new LinodeClient(api, LinodeCase.CLOCK);
    }

    @Override
    protected Codes codes() {
        return new Codes("eu-central", "g6-standard-1", "linode/debian12", Map.of());
    }

    @Override
    protected void addForeignServers(FakeProvider provider, int count) {
        ((FakeLinode) provider).addForeignServers(count);
    }

    @Override
    protected void completeTasks(FakeProvider provider) {
        ((FakeLinode) provider).completeTasks();
    }
}

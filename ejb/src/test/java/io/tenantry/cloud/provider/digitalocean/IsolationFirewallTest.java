package io.tenantry.cloud.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.FakeProvider.Fault;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.NetworkIsolation.Reachability;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.testing.WithinTenant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithinTenant.class)
class IsolationFirewallTest {
    private final OpenAccount open = new OpenAccount();
    private final DigitalOceanClient account = open.account;

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void isolatesADropletByATagAndAFirewall() {
        var id = open.running().id();
        var other = open.running().id();
        assertThat(account.reach(id)).isEqualTo(Reachability.CONNECTED);
        assertThat(account.progress(account.cutOff(id))).isEqualTo(Progress.done());
        account.cutOff(id);
        account.cutOff(other);
        assertThat(account.reach(id)).isEqualTo(Reachability.ISOLATED);
        assertThat(open.provider.firewalls()).singleElement().satisfies(one -> {
            assertThat(one.getString("name")).isEqualTo(NetworkIsolation.FIREWALL);
            assertThat(one).doesNotContainKey("outbound_rules");
        });
        open.provider.pending(NetworkIsolation.FIREWALL, Optional.of(Long.valueOf(id)));
        assertThat(account.reach(id)).isEqualTo(Reachability.PARTIAL);
        open.provider.pending(NetworkIsolation.FIREWALL, Optional.empty());

        account.reconnect(id);
        account.reconnect(id);
        assertThat(account.reach(id)).isEqualTo(Reachability.CONNECTED);
        assertThat(account.reach(other)).isEqualTo(Reachability.ISOLATED);
        assertThat(account.server(id).orElseThrow().mark())
                .as("the resource tag is kept")
                .isPresent();
    }

    @Test
    void repeatsARequestHarmlesslyAfterALostResponse() {
        var id = open.running().id();
        open.provider.failNext(
                recordedCall -> recordedCall.path().equals("/v2/firewalls")
                        && recordedCall.method().equals("POST"),
                Fault.DONE_WITHOUT_RESPONSE);
        assertThatThrownBy(() -> account.cutOff(id)).isInstanceOf(ProviderFailure.class);
        account.cutOff(id);
        assertThat(account.reach(id)).isEqualTo(Reachability.ISOLATED);
        assertThat(open.provider.firewalls()).hasSize(1);
        open.provider.failNext(recordedCall -> recordedCall.method().equals("DELETE"), Fault.DONE_WITHOUT_RESPONSE);
        account.reconnect(id);
        assertThat(account.reach(id)).isEqualTo(Reachability.CONNECTED);
    }

    @Test
    void doesNotIsolateADropletBehindAThirdPartyFirewall() {
        var providerServer = open.running();
        open.provider.addFirewall("theirs", providerServer.mark().orElseThrow().text(), "0.0.0.0/0");
        assertInvalid(() -> account.cutOff(providerServer.id()));
        assertThat(account.reach(providerServer.id())).isEqualTo(Reachability.CONNECTED);
    }

    @Test
    void refusesAFirewallThatAllowsTraffic() {
        var id = open.running().id();
        open.provider.addFirewall(NetworkIsolation.FIREWALL, "elsewhere", "0.0.0.0/0");
        assertInvalid(() -> account.cutOff(id));
        assertThat(account.reach(id)).isEqualTo(Reachability.CONNECTED);
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
    }
}

package io.tenantry.cloud.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.FakeProvider.Fault;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.NetworkIsolation.Reachability;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import org.junit.jupiter.api.Test;

class IsolationFirewallTest extends LinodeCase {
    @Test
    void isolatesAServerByAFirewallThatDropsEverything() {
        var id = running();
        var other = running();
        assertThat(account.reach(id)).isEqualTo(Reachability.CONNECTED);
        var providerTask = account.cutOff(id);
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
        account.cutOff(id);
        account.cutOff(other);
        assertThat(account.reach(id)).isEqualTo(Reachability.ISOLATED);
        assertThat(linode.store.firewalls.values()).singleElement().satisfies(one -> {
            assertThat(one.getString("label")).isEqualTo(NetworkIsolation.FIREWALL);
            assertThat(one.getJsonObject("rules").getString("inbound_policy")).isEqualTo("DROP");
            assertThat(one.getJsonObject("rules").getString("outbound_policy")).isEqualTo("DROP");
        });
        account.reconnect(id);
        account.reconnect(id);
        assertThat(account.reach(id)).isEqualTo(Reachability.CONNECTED);
        assertThat(account.reach(other)).isEqualTo(Reachability.ISOLATED);
    }

    @Test
    void repeatsARequestHarmlesslyAfterALostResponse() {
        var id = running();
        linode.failNext(
                recordedCall -> recordedCall.method().equals("POST")
                        && recordedCall.path().endsWith("/devices"),
                Fault.DONE_WITHOUT_RESPONSE);
        assertThatThrownBy(() -> account.cutOff(id)).isNotNull();
        assertThat(account.reach(id)).isEqualTo(Reachability.ISOLATED);
        account.cutOff(id);
        linode.failNext(recordedCall -> recordedCall.method().equals("POST"), Fault.DONE_THEN_ERROR);
        var other = running();
        assertThatThrownBy(() -> account.cutOff(other)).isNotNull();
        account.cutOff(other);
        assertThat(linode.store.devices).hasSize(2);
        assertThat(linode.store.firewalls).hasSize(1);
    }

    @Test
    void doesNotIsolateAServerBehindAThirdPartyFirewall() {
        var id = running();
        new FakeFirewalls(linode.store).addFirewall(Long.parseLong(id), "theirs", "ACCEPT", "enabled");
        assertRefused(Reason.INVALID, () -> account.cutOff(id));
        account.reconnect(id);
        assertThat(new FakeFirewalls(linode.store).of(Long.parseLong(id))).hasSize(1);
        assertThat(account.reach(id)).isEqualTo(Reachability.CONNECTED);
    }

    @Test
    void refusesAFirewallThatAllowsTraffic() {
        var id = running();
        var other = running();
        new FakeFirewalls(linode.store)
                .addFirewall(Long.parseLong(other), NetworkIsolation.FIREWALL, "ACCEPT", "enabled");
        assertThat(account.reach(other)).isEqualTo(Reachability.PARTIAL);
        assertRefused(Reason.INVALID, () -> account.cutOff(id));
        account.reconnect(other);
        assertThat(account.reach(other)).isEqualTo(Reachability.CONNECTED);
    }

    @Test
    void reportsAMissingServer() {
        assertRefused(Reason.NOT_FOUND, () -> account.cutOff("4711"));
    }
}

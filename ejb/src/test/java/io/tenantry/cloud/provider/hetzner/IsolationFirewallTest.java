package io.tenantry.cloud.provider.hetzner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.FakeProvider.Fault;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.NetworkIsolation.Reachability;
import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.testing.WithinTenant;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithinTenant.class)
class IsolationFirewallTest {
    private final HttpGateway httpGateway = new HttpGateway(
            AddressPolicy.ANY,
            new HttpGateway.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5)));
    private FakeHetzner provider;
    private HetznerClient account;
    private String id;

    @BeforeEach
    void setUp() {
        provider = new FakeHetzner();
        var clock = Clock.systemUTC();
        var credentials = new Credentials(provider.base(), "a-good-token");
        account = new HetznerClient(
                new ProviderHttp(httpGateway, credentials, new HetznerProtocol(), clock, pause -> {}), clock);
        id = createServer();
    }

    @AfterEach
    void tearDown() {
        provider.close();
        httpGateway.close();
    }

    @Test
    void isolatesAServerByAFirewallThatDropsBothDirections() {
        var other = createServer();
        var providerTask = account.cutOff(id);
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.RUNNING);
        assertThat(account.reach(id)).isEqualTo(Reachability.PARTIAL);
        assertThat(account.cutOff(id)).as("already in progress").isEqualTo(ProviderTask.NOTHING);
        provider.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.DONE);
        assertThat(account.reach(id)).isEqualTo(Reachability.ISOLATED);
        assertThat(account.progress(account.cutOff(id)).stage()).isEqualTo(Stage.DONE);
        account.cutOff(other);
        assertThat(provider.firewalls()).singleElement().satisfies(one -> {
            assertThat(one.getString("name")).isEqualTo(NetworkIsolation.FIREWALL);
            assertThat(one.getJsonArray("rules").toString())
                    .as("outgoing traffic is dropped only if there is a rule")
                    .contains("\"out\"")
                    .doesNotContain("\"in\"");
        });

        account.reconnect(id);
        provider.completeTasks();
        assertThat(account.reach(id)).isEqualTo(Reachability.CONNECTED);
        assertThat(account.reconnect(id)).isEqualTo(ProviderTask.NOTHING);
        assertThat(account.reach(other)).isEqualTo(Reachability.ISOLATED);
    }

    @Test
    void repeatsARequestHarmlesslyAfterALostResponse() {
        provider.failNext(
                recordedCall -> recordedCall.method().equals("POST"),
                Fault.DONE_WITHOUT_RESPONSE,
                Fault.DONE_WITHOUT_RESPONSE);
        assertThatThrownBy(() -> account.cutOff(id)).isInstanceOf(ProviderFailure.class);
        assertThatThrownBy(() -> account.cutOff(id)).isInstanceOf(ProviderFailure.class);
        provider.completeTasks();
        assertThat(account.reach(id)).isEqualTo(Reachability.ISOLATED);
        assertThat(account.cutOff(id)).isEqualTo(ProviderTask.NOTHING);
        assertThat(provider.firewalls()).hasSize(1);
        provider.failNext(recordedCall -> recordedCall.method().equals("POST"), Fault.DONE_WITHOUT_RESPONSE);
        assertThatThrownBy(() -> account.reconnect(id)).isInstanceOf(ProviderFailure.class);
        provider.completeTasks();
        assertThat(account.reach(id)).isEqualTo(Reachability.CONNECTED);
    }

    @Test
    void doesNotIsolateAServerBehindAThirdPartyFirewall() {
        provider.addFirewall(id, "theirs", "[]");
        assertInvalid(() -> account.cutOff(id));
        assertThat(account.reconnect(id)).isEqualTo(ProviderTask.NOTHING);
        assertThat(provider.server(id).firewalls).hasSize(1);
        assertThat(account.reach(id)).isEqualTo(Reachability.CONNECTED);
    }

    @Test
    void detectsAFirewallAddedAfterIsolation() {
        account.cutOff(id);
        provider.completeTasks();
        provider.addFirewall(id, "theirs", "[]");
        assertThat(account.reach(id)).isEqualTo(Reachability.PARTIAL);
        assertInvalid(() -> account.cutOff(id));
    }

    @Test
    void refusesAFirewallThatAllowsTraffic() {
        provider.addFirewall(id, NetworkIsolation.FIREWALL, "[]");
        assertThat(account.reach(id)).as("outgoing traffic is allowed").isEqualTo(Reachability.PARTIAL);
        provider.removeFirewalls(id);
        provider.addFirewall(id, NetworkIsolation.FIREWALL, "[{'direction':'in','source_ips':['0.0.0.0/0']}]");
        provider.server(id).firewalls.clear();
        assertInvalid(() -> account.cutOff(id));
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
    }

    private String createServer() {
        var made = account.create(new ServerSpec(
                new ResourceTag(UUID.randomUUID()),
                "web-1",
                "fsn1",
                "cx22",
                "debian-12",
                List.of(),
                Optional.empty(),
                Map.of()));
        provider.completeTasks();
        return made.id();
    }
}

package io.tenantry.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.provider.FakeVendor.Fault;
import io.tenantry.provider.Isolating;
import io.tenantry.provider.Isolating.Reach;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirewallsTest {
    private final OpenAccount open = new OpenAccount();
    private final DigitalOceanAccount account = open.account;

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void oneThatIsCutOffBearsATagBehindAFirewallWithoutTraffic() {
        var id = open.running().id();
        var other = open.running().id();
        assertThat(account.reach(id)).isEqualTo(Reach.OPEN);
        assertThat(account.progress(account.cutOff(id))).isEqualTo(Progress.done());
        account.cutOff(id);
        account.cutOff(other);
        assertThat(account.reach(id)).isEqualTo(Reach.CUT);
        assertThat(open.vendor.firewalls()).singleElement().satisfies(one -> {
            assertThat(one.getString("name")).isEqualTo(Isolating.FIREWALL);
            assertThat(one).doesNotContainKey("outbound_rules");
        });
        open.vendor.pending(Isolating.FIREWALL, Optional.of(Long.valueOf(id)));
        assertThat(account.reach(id)).isEqualTo(Reach.BETWEEN);
        open.vendor.pending(Isolating.FIREWALL, Optional.empty());

        account.reconnect(id);
        account.reconnect(id);
        assertThat(account.reach(id)).isEqualTo(Reach.OPEN);
        assertThat(account.reach(other)).isEqualTo(Reach.CUT);
        assertThat(account.server(id).orElseThrow().mark()).as("our mark stays").isPresent();
    }

    @Test
    void whatCameOfALostAnswerIsSeenAndAskedForAgainWithoutHarm() {
        var id = open.running().id();
        open.vendor.next(
                asked -> asked.path().equals("/v2/firewalls") && asked.method().equals("POST"), Fault.DONE_BUT_SILENT);
        assertThatThrownBy(() -> account.cutOff(id)).isInstanceOf(ProviderFailure.class);
        account.cutOff(id);
        assertThat(account.reach(id)).isEqualTo(Reach.CUT);
        assertThat(open.vendor.firewalls()).hasSize(1);
        open.vendor.next(asked -> asked.method().equals("DELETE"), Fault.DONE_BUT_SILENT);
        account.reconnect(id);
        assertThat(account.reach(id)).isEqualTo(Reach.OPEN);
    }

    @Test
    void oneBehindAFirewallOfOthersIsLeftThere() {
        var server = open.running();
        open.vendor.guards("theirs", server.mark().orElseThrow().text(), "0.0.0.0/0");
        refuses(() -> account.cutOff(server.id()));
        assertThat(account.reach(server.id())).isEqualTo(Reach.OPEN);
    }

    @Test
    void oneOfOurNameThatLetsTrafficThroughCutsNobodyOff() {
        var id = open.running().id();
        open.vendor.guards(Isolating.FIREWALL, "elsewhere", "0.0.0.0/0");
        refuses(() -> account.cutOff(id));
        assertThat(account.reach(id)).isEqualTo(Reach.OPEN);
    }

    private static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
    }
}

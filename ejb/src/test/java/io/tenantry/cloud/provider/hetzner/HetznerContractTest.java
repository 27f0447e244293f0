package io.tenantry.cloud.provider.hetzner;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Prism;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.PublicKeys;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.testing.WithinTenant;
import jakarta.json.Json;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every request conforms to Hetzner's own contract. */
@Tag("contracts")
@ExtendWith(WithinTenant.class)
class HetznerContractTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk someone";

    private static Prism prism;

    private HetznerRescue account;

    @BeforeAll
    static void serve() {
        prism = Prism.serve("hetzner-cloud/hcloud.openapi.json");
    }

    @AfterAll
    static void stop() {
        prism.close();
    }

    @BeforeEach
    void open() {
        var credentials = new Credentials(prism.base(), "any");
        var clock = Clock.systemUTC();
        account = new HetznerRescue(
                new ProviderHttp(prism.outbound(), credentials, new HetznerProtocol(), clock, pause -> {}), clock);
    }

    @AfterEach
    void assertNoViolations() {
        assertThat(prism.violations()).isEmpty();
    }

    @Test
    void readsAccountAndCatalog() {
        account.check();
        account.readCatalog();
        assertThat(prism.requests())
                .contains("GET /servers?per_page=1", "GET /pricing", "GET /locations?page=1&per_page=50")
                .contains("GET /images?type=system&architecture=x86&page=1&per_page=50");
    }

    @Test
    void readsCreatesAndDeletesServers() {
        var resourceTag = new ResourceTag(UUID.randomUUID());
        account.servers();
        account.marked(resourceTag);
        account.server("42");
        account.inspect("42", 0);
        account.create(new ServerSpec(
                resourceTag,
                "web-1.example.org",
                "fsn1",
                "cx22",
                "debian-12",
                List.of(KEY),
                Optional.of("#cloud-config"),
                Map.of()));
        account.delete("42");
        assertThat(prism.requests())
                .contains(
                        "GET /servers?page=1&per_page=50",
                        "GET /servers?label_selector=" + ProviderHttp.encode("tenantry==" + resourceTag.text())
                                + "&page=1&per_page=50",
                        "GET /servers/42",
                        "GET /servers/42/actions?page=1&per_page=50",
                        "GET /ssh_keys?fingerprint=" + ProviderHttp.encode(PublicKeys.fingerprint(KEY))
                                + "&page=1&per_page=50",
                        "POST /servers",
                        "DELETE /servers/42");
    }

    @Test
    void switchesResizesAndNamesServers() {
        for (var powerAction : PowerAction.values()) {
            account.turn("42", powerAction);
        }
        account.change("42", "cx32");
        account.name("42", "192.0.2.7", "mail.example.org");
        account.name("42", "192.0.2.7", "");
        account.progress(new ProviderTask("42"));
        assertThat(prism.requests())
                .containsExactly(
                        "POST /servers/42/actions/poweron",
                        "POST /servers/42/actions/shutdown",
                        "POST /servers/42/actions/poweroff",
                        "POST /servers/42/actions/reboot",
                        "POST /servers/42/actions/change_type",
                        "POST /servers/42/actions/change_dns_ptr",
                        "POST /servers/42/actions/change_dns_ptr",
                        "GET /actions/42");
    }

    /** The contract's own server is already behind a firewall; requests for servers that are not are made manually. */
    @Test
    void isolatesAndReconnectsAServer() {
        account.reach("42");
        account.reconnect("42");
        var isolationFirewall = account.isolationFirewall;
        isolationFirewall.make();
        var made = new JsonFields(Json.createObjectBuilder().add("id", 38).build());
        isolationFirewall.ask(made, "apply_to_resources", "apply_to", "42");
        isolationFirewall.ask(made, "remove_from_resources", "remove_from", "42");
        assertThat(prism.requests())
                .contains(
                        "GET /servers/42",
                        "GET /firewalls?name=tenantry-cut-off&page=1&per_page=50",
                        "POST /firewalls",
                        "POST /firewalls/38/actions/apply_to_resources",
                        "POST /firewalls/38/actions/remove_from_resources");
    }

    @Test
    void startsAndLeavesTheRescueSystem() {
        account.rescue("42", List.of(KEY));
        account.leaveRescue("42");
        account.ask("42", "enable_rescue", Map.of("type", "linux64", "ssh_keys", List.of(2323L)));
        account.ask("42", "disable_rescue", Map.of());
        account.ask("42", "reset", Map.of());
        account.progress(new ProviderTask("rescue:42:enable_rescue:0:2323"));
        assertThat(prism.requests())
                .contains(
                        "GET /servers/42/actions?page=1&per_page=50",
                        "POST /servers/42/actions/enable_rescue",
                        "POST /servers/42/actions/disable_rescue",
                        "POST /servers/42/actions/reset",
                        "GET /servers/42");
    }
}

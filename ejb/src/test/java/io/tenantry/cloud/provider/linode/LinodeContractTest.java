package io.tenantry.cloud.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Prism;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ResourceTag;
import jakarta.json.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every request conforms to Linode's own contract. The server of its examples is running and has backups enabled. */
@Tag("contracts")
class LinodeContractTest extends LinodeCase {
    private static final String ANY_SERVER = "/v4/linode/instances/123";
    private static final String EVENTS = "GET /v4/account/events?page=1&page_size=25";

    private static Prism prism;

    private ProviderHttp served;
    private LinodeClient contract;

    @BeforeAll
    static void serve() {
        prism = Prism.serve("linode/linode-v4.189.0.openapi.yaml");
    }

    @AfterAll
    static void stop() {
        prism.close();
    }

    @BeforeEach
    void open() {
        served = api(prism.outbound(), new Credentials(URI.create(prism.base() + "/v4"), "any"));
        contract = new LinodeClient(served, CLOCK);
    }

    @AfterEach
    void assertNoViolations() {
        assertThat(prism.violations()).isEmpty();
        assertThat(prism.requests()).as("unexpected requests").isEmpty();
    }

    @Test
    void readsAccountAndCatalog() {
        assertThat(contract.check()).isEqualTo("exampleUser <example-user@gmail.com>");
        assertRequests("GET /v4/profile");

        assertThat(contract.readCatalog().sizes()).isNotEmpty();
        assertRequests(
                "GET /v4/regions?page=1&page_size=500",
                "GET /v4/regions/availability?page=1&page_size=500",
                "GET /v4/linode/types?page=1&page_size=500",
                "GET /v4/images?page=1&page_size=500");
    }

    @Test
    void readsServers() {
        assertThat(contract.servers()).isNotEmpty();
        assertThat(contract.server("123")).isPresent();
        assertRequests("GET /v4/linode/instances?page=1&page_size=500", "GET " + ANY_SERVER);
    }

    /** A JSON header is an object in the contract, but a text to Prism, which reports no other violation. */
    @Test
    void findsServersByAFilter() {
        assertRefused(Reason.INVALID, () -> contract.marked(new ResourceTag(UUID.randomUUID())));
        assertThat(prism.violations())
                .allMatch(one -> one.contains("parameter x-filter must") || one.contains("-> 422"));
        assertRequests("GET /v4/linode/instances?page=1&page_size=500");
    }

    @Test
    void createsAndDeletesServers() {
        contract.create(serverSpec());
        contract.create(serverSpec(Optional.of("10079"), Map.of("gh_username", "linode")));
        contract.create(serverSpec(Optional.of("#cloud-config\npackage_update: true"), Map.of()));
        contract.delete("123");
        assertRequests(
                "POST /v4/linode/instances",
                "POST /v4/linode/instances",
                "POST /v4/linode/instances",
                "DELETE " + ANY_SERVER);
    }

    @Test
    void switchesPower() {
        contract.power("123", PowerAction.RESTART);
        contract.power("123", PowerAction.OFF);
        contract.power("123", PowerAction.ON);
        assertRequests(
                "GET " + ANY_SERVER,
                EVENTS,
                "POST " + ANY_SERVER + "/reboot",
                "GET " + ANY_SERVER,
                EVENTS,
                "POST " + ANY_SERVER + "/shutdown",
                "GET " + ANY_SERVER);
    }

    @Test
    void startsAStoppedServerAndResetsItsPassword() {
        var id = stopped();
        var linodeTasks = new LinodeTasks(served, new Instances(api), new Events(served));
        linodeTasks.power(id, PowerAction.ON);
        linodeTasks.resetPassword(id);
        assertRequests(
                EVENTS,
                "POST /v4/linode/instances/" + id + "/boot",
                EVENTS,
                "POST /v4/linode/instances/" + id + "/password");
    }

    @Test
    void resizesAndRebuildsAServer() {
        var providerTask = contract.resize("123", "g6-standard-2");
        contract.rebuild("123", serverSpec());
        contract.progress(providerTask);
        assertRequests(
                "GET " + ANY_SERVER,
                EVENTS,
                "POST " + ANY_SERVER + "/resize",
                EVENTS,
                "POST " + ANY_SERVER + "/rebuild",
                "GET /v4/account/events?page=1&page_size=500");
    }

    @Test
    void takesAndRestoresCopies() {
        contract.backUp("123", false);
        contract.backUp("123", true);
        contract.snapshots("123");
        contract.backups("123");
        var providerTask = contract.snapshot("123", "before the update");
        contract.progress(providerTask);
        contract.restore("123", "456");
        contract.restoreBackup("123", "456");
        assertRequests(
                "GET " + ANY_SERVER,
                "POST " + ANY_SERVER + "/backups/cancel",
                "GET " + ANY_SERVER,
                "GET " + ANY_SERVER + "/backups",
                "GET " + ANY_SERVER + "/backups",
                "POST " + ANY_SERVER + "/backups",
                "GET " + ANY_SERVER + "/backups/123456",
                EVENTS,
                "POST " + ANY_SERVER + "/backups/456/restore",
                EVENTS,
                "POST " + ANY_SERVER + "/backups/456/restore");
    }

    /** Requested manually, since the adapter sees that they are on. */
    @Test
    void switchesBackupsOn() {
        served.post("/linode/instances/123/backups/enable");
        assertRequests("POST " + ANY_SERVER + "/backups/enable");
    }

    @Test
    void createsAttachesGrowsAndDeletesVolumes() {
        contract.volumes();
        contract.createVolume(new ResourceTag(UUID.randomUUID()), "us-east", 20);
        contract.attach("12345", "123");
        contract.detach("12345");
        contract.grow("12345", 40);
        contract.deleteVolume("12345");
        assertRequests(
                "GET /v4/volumes?page=1&page_size=500",
                "POST /v4/volumes",
                "GET /v4/volumes/12345",
                EVENTS,
                "POST /v4/volumes/12345/attach",
                "GET /v4/volumes/12345",
                EVENTS,
                "POST /v4/volumes/12345/detach",
                "GET /v4/volumes/12345",
                EVENTS,
                "POST /v4/volumes/12345/resize",
                "DELETE /v4/volumes/12345");
    }

    @Test
    void listsAddsAndReleasesAdditionalAddresses() {
        contract.addresses("123");
        contract.addAddress("123");
        contract.releaseAddress("123", "203.0.113.1");
        assertRequests(
                "GET " + ANY_SERVER + "/ips",
                "POST " + ANY_SERVER + "/ips",
                "DELETE " + ANY_SERVER + "/ips/203.0.113.1");
    }

    @Test
    void namesAddressesAndReadsTraffic() {
        contract.name("123", "203.0.113.1", "mail.example.org");
        contract.name("123", "2a01:7e01::1", "");
        assertThat(contract.traffic("123", NOW)).hasSize(2);
        assertRequests(
                "PUT " + ANY_SERVER + "/ips/203.0.113.1",
                "PUT " + ANY_SERVER + "/ips/2a01%3A7e01%3A%3A1",
                "GET " + ANY_SERVER + "/transfer",
                "GET " + ANY_SERVER,
                "GET " + ANY_SERVER + "/transfer/2026/10");
    }

    @Test
    void readsMetrics() {
        var measured = Instant.parse("2018-03-19T19:00:00Z");
        // The contract's example of a number is a pair of numbers.
        assertRefused(Reason.INVALID_RESPONSE, () -> contract.measured("123", measured, Duration.ofHours(24)))
                .hasMessageContaining("measurement");
        assertRefused(Reason.INVALID_RESPONSE, () -> contract.measured("123", measured, Duration.ofDays(7)))
                .hasMessageContaining("measurement");
        assertRequests(
                "GET " + ANY_SERVER,
                "GET " + ANY_SERVER + "/stats",
                "GET " + ANY_SERVER,
                "GET " + ANY_SERVER + "/stats/2018/3");
    }

    /** The contract's own server is behind a third-party firewall; requests for others are made manually. */
    @Test
    void isolatesAndReconnectsAServer() {
        assertThat(contract.reach("123")).isEqualTo(NetworkIsolation.Reachability.CONNECTED);
        assertRefused(Reason.INVALID, () -> contract.cutOff("123")).hasMessageContaining("third-party firewall");
        contract.reconnect("123");
        var isolationFirewall = new IsolationFirewall(served);
        // The contract requires both policies of a firewall, and allows neither: it reports nothing else about the
        // request.
        assertRefused(Reason.INVALID, isolationFirewall::make);
        assertThat(prism.violations())
                .hasSize(3)
                .filteredOn(one -> one.contains("additionalProperties"))
                .allMatch(one -> one.contains("inbound_policy") || one.contains("outbound_policy"))
                .hasSize(2);
        var made = new JsonFields(Json.createObjectBuilder().add("id", 123).build());
        isolationFirewall.attach(made, "123");
        isolationFirewall.detach(made, "123");
        assertRequests(
                "GET " + ANY_SERVER + "/firewalls?page=1&page_size=500",
                "GET " + ANY_SERVER + "/firewalls?page=1&page_size=500",
                "GET /v4/networking/firewalls?page=1&page_size=500",
                "POST /v4/networking/firewalls",
                "POST /v4/networking/firewalls/123/devices",
                "GET /v4/networking/firewalls/123/devices?page=1&page_size=500",
                "DELETE /v4/networking/firewalls/123/devices/456");
    }

    @Test
    void storesKeysAndReadsScripts() {
        contract.keys();
        contract.addKey("laptop", KEY);
        contract.deleteKey("42");
        // The contract's example has an object where it specifies a list of them.
        assertRefused(Reason.INVALID_RESPONSE, contract::scripts).hasMessageContaining("user_defined_fields");
        assertRequests(
                "GET /v4/profile/sshkeys?page=1&page_size=500",
                "GET /v4/profile/sshkeys?page=1&page_size=500",
                "POST /v4/profile/sshkeys",
                "DELETE /v4/profile/sshkeys/42",
                "GET /v4/linode/stackscripts?page=1&page_size=500");
    }

    private static void assertRequests(String... calls) {
        assertThat(prism.requests()).containsExactly(calls);
    }
}

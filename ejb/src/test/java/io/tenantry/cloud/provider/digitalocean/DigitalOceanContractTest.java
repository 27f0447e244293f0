package io.tenantry.cloud.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.Metrics.Kind;
import io.tenantry.cloud.provider.Metrics.Series;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Prism;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Snapshots;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.testing.WithinTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every request of the adapter conforms to DigitalOcean's contract, and the contract's example responses are parsed. */
@Tag("contracts")
@ExtendWith(WithinTenant.class)
class DigitalOceanContractTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk someone";
    private static final String DROPLET = "3164444";
    private static final String VOLUME = "506f78a4-e098-11e5-ad9f-000f53306ae1";
    private static final String ACT = "POST /v2/droplets/" + DROPLET + "/actions";
    private static final String READ = "GET /v2/droplets/" + DROPLET;
    private static final String PAGE = "page=1&per_page=200";

    private static Prism prism;
    private static HttpGateway httpGateway;
    private static ProviderHttp api;
    private static DigitalOceanClient account;

    private final ResourceTag resourceTag = new ResourceTag(UUID.randomUUID());

    @BeforeAll
    static void start() {
        prism = Prism.serve("digitalocean/digitalocean-v2.bundled.openapi.yaml");
        httpGateway = prism.outbound();
        var clock = new MovableClock();
        api = new ProviderHttp(
                httpGateway,
                new Credentials(prism.base(), "a-good-token"),
                new DigitalOceanProtocol(),
                clock,
                duration -> {});
        account = new DigitalOceanClient(api, clock);
    }

    @AfterAll
    static void stop() {
        httpGateway.close();
        prism.close();
    }

    @BeforeEach
    void clearRequests() {
        prism.requests();
        prism.violations();
    }

    @AfterEach
    void assertNoViolations() {
        assertThat(prism.violations()).isEmpty();
    }

    @Test
    void readsTheAccount() {
        assertThat(account.check()).contains("@");
        assertThat(prism.requests()).containsExactly("GET /v2/account");
    }

    @Test
    void readsTheCatalog() {
        var providerCatalog = account.readCatalog();
        assertThat(providerCatalog.regions()).isNotEmpty();
        assertThat(providerCatalog.sizes())
                .isNotEmpty()
                .allSatisfy(size ->
                        assertThat(size.prices().get(0).hourly().amount()).isEqualByComparingTo("0.00744"));
        assertThat(providerCatalog.images()).extracting(image -> image.code()).contains("ubuntu-20-04-x64");
        assertThat(prism.requests())
                .contains(
                        "GET /v2/regions?" + PAGE,
                        "GET /v2/regions?page=13&per_page=200",
                        "GET /v2/sizes?" + PAGE,
                        "GET /v2/images?type=distribution&" + PAGE);
    }

    @Test
    void listsFindsAndReadsServers() {
        assertThat(account.servers()).extracting(ProviderServer::id).contains(DROPLET);
        account.marked(resourceTag);
        assertThat(account.server(DROPLET)).hasValueSatisfying(providerServer -> {
            assertThat(providerServer.state()).isEqualTo(ProviderServer.State.RUNNING);
            assertThat(providerServer.addresses()).containsExactly("192.241.165.154", "2604:a880:0:1010::18a:a001");
        });
        assertThat(prism.requests())
                .containsExactly(
                        "GET /v2/droplets?" + PAGE,
                        "GET /v2/droplets?tag_name=" + resourceTag.text() + "&" + PAGE,
                        READ);
    }

    @Test
    void createsAndDeletesAServer() {
        var serverSpec =
                OpenAccount.with(OpenAccount.serverSpec(), "debian-12-x64", List.of(KEY), Optional.of("#!/bin/sh"));
        var byNumber = OpenAccount.with(serverSpec, "63663980", List.of(), Optional.empty());
        assertThat(account.create(serverSpec).state()).isEqualTo(ProviderServer.State.BUILDING);
        assertThat(account.create(byNumber).mark()).contains(byNumber.mark());
        account.delete(DROPLET);
        assertThat(prism.requests())
                .containsExactly("POST /v2/droplets", "POST /v2/droplets", "DELETE /v2/droplets/" + DROPLET);
    }

    @Test
    void switchesPowerAndReadsProgress() {
        for (var powerAction : PowerAction.values()) {
            assertThat(account.progress(account.power(DROPLET, powerAction)).stage())
                    .isNotEqualTo(Progress.Stage.FAILED);
        }
        assertThat(prism.requests())
                .hasSize(2 * PowerAction.values().length)
                .allMatch(asked -> asked.equals(ACT) || asked.startsWith("GET /v2/actions/"));
    }

    @Test
    void resizesAServer() {
        // The contract has a single size, that of its droplet.
        account.resize(DROPLET, "s-1vcpu-1gb");
        assertThatThrownBy(() -> account.resize(DROPLET, "s-2vcpu-2gb")).isInstanceOf(ProviderFailure.class);
        new Actions(api).begin(DROPLET, Resize.order("s-2vcpu-2gb"));
        var since = Instant.parse("2020-07-21T18:37:44Z").getEpochSecond();
        assertThat(account.progress(new ProviderTask("resize:" + DROPLET + ":s-2vcpu-2gb:up:" + since + ":982864274"))
                        .stage())
                .isEqualTo(Progress.Stage.RUNNING);
        assertThat(prism.requests())
                .contains(READ, "GET /v2/sizes?" + PAGE, READ + "/actions?" + PAGE, ACT)
                .endsWith(ACT);
    }

    @Test
    void rebuildsAServer() {
        // The contract's droplet was not created by us, so the adapter refuses; its request is tested separately.
        assertThatThrownBy(() -> account.rebuild(DROPLET, OpenAccount.serverSpec()))
                .isInstanceOf(ProviderFailure.class);
        new Actions(api)
                .droplet(
                        DROPLET,
                        Actions.of("rebuild")
                                .add("image", Droplets.image("debian-12-x64"))
                                .build());
        assertThat(prism.requests()).containsExactly(READ, ACT);
    }

    @Test
    void takesListsAndRestoresSnapshotsAndBackups() {
        // The contract's examples contain droplets of other numbers.
        assertThat(account.snapshotsOf(List.of(DROPLET, "200776916", "306")))
                .isNotEmpty()
                .allMatch(Snapshots.Snapshot::ready);
        account.snapshot(DROPLET, "before the update");
        account.restore(DROPLET, "6372321");
        assertThat(account.backups(DROPLET)).isNotEmpty();
        account.restoreBackup(DROPLET, "67539192");
        account.backUp(DROPLET, true);
        account.backUp(DROPLET, false);
        new Actions(api).droplet(DROPLET, "enable_backups");
        account.deleteSnapshot(DROPLET, "6372321");
        assertThat(prism.requests())
                .containsExactly(
                        "GET /v2/snapshots?resource_type=droplet&" + PAGE,
                        ACT,
                        ACT,
                        READ + "/backups?" + PAGE,
                        ACT,
                        READ,
                        READ,
                        ACT,
                        ACT,
                        "DELETE /v2/snapshots/6372321");
    }

    /**
     * The contract's droplet has weekly backups. Its list of types lacks {@code change_backup_policy}, which its table and its mapping have, so
     * that only the type's parameters are tested.
     */
    @Test
    void setsBackupPolicies() {
        assertThat(account.policy(DROPLET)).contains(Policy.WEEKLY);
        account.backUp(DROPLET, Policy.WEEKLY);
        for (var policy : Policy.values()) {
            new Actions(api).droplet(DROPLET, BackupPolicies.order(BackupPolicies.ENABLE, policy));
        }
        assertThat(prism.requests()).containsExactly(READ + "/backups/policy", READ + "/backups/policy", ACT, ACT);
    }

    /** The stored backups are the contract's example. */
    @Test
    void supportsThePoliciesOfTheContract() {
        assertThat(new JsonFields(api.get("/v2/droplets/backups/supported_policies")).each("supported_policies"))
                .extracting(one -> one.text("name") + " " + one.whole("retention_period_days"))
                .containsExactlyInAnyOrderElementsOf(account.policies().stream()
                        .map(one -> one.policy().orElseThrow().word() + " " + one.days())
                        .toList());
        assertThat(prism.requests()).containsExactly("GET /v2/droplets/backups/supported_policies");
    }

    @Test
    void listsCreatesUsesAndDeletesVolumes() {
        assertThat(account.volumes()).hasSize(2);
        assertThat(account.createVolume(resourceTag, "fra1", 10).id()).isNotBlank();
        var tasks = Stream.of(
                        account.attach(VOLUME, DROPLET),
                        account.grow(VOLUME, 20),
                        account.detach(VOLUME),
                        new Actions(api)
                                .volume(
                                        VOLUME,
                                        Actions.of("detach")
                                                .add("droplet_id", 3164444)
                                                .add("region", "fra1")
                                                .build()))
                .toList();
        tasks.forEach(providerTask -> assertThat(account.progress(providerTask).stage())
                .as(providerTask.id())
                .isEqualTo(Progress.Stage.DONE));
        account.deleteVolume(VOLUME);
        assertThat(prism.requests())
                .startsWith("GET /v2/volumes?" + PAGE, "POST /v2/volumes", "GET /v2/volumes/" + VOLUME)
                .contains("POST /v2/volumes/" + VOLUME + "/actions", "GET /v2/volumes/" + VOLUME + "/actions/72531856")
                .endsWith("DELETE /v2/volumes/" + VOLUME);
    }

    /** Deletion is requested manually, since the contract's own address may belong to any droplet. */
    @Test
    void listsCreatesAndDeletesReservedAddresses() {
        account.addresses(DROPLET);
        assertThat(account.addAddress(DROPLET).text()).isNotBlank();
        account.isKept(DROPLET, "45.55.96.47");
        api.delete("/v2/reserved_ips/45.55.96.47");
        assertThat(prism.requests())
                .containsExactly(
                        "GET /v2/reserved_ips?" + PAGE,
                        "POST /v2/reserved_ips",
                        "GET /v2/reserved_ips/45.55.96.47",
                        "DELETE /v2/reserved_ips/45.55.96.47");
    }

    /** The contract's own droplet is behind a third-party firewall; requests for other droplets are made manually. */
    @Test
    void isolatesAndReconnectsADroplet() {
        assertThat(account.reach(DROPLET)).isEqualTo(NetworkIsolation.Reachability.CONNECTED);
        assertThatThrownBy(() -> account.cutOff(DROPLET)).hasMessageContaining("third-party firewall");
        var digitalOceanPaging = new DigitalOceanPaging(api);
        var isolationFirewall = new IsolationFirewall(
                api,
                digitalOceanPaging,
                new Droplets(api, digitalOceanPaging, new DigitalOceanSshKeys(api, digitalOceanPaging)));
        isolationFirewall.make();
        isolationFirewall.tag(DROPLET, true);
        isolationFirewall.tag(DROPLET, false);
        assertThat(prism.requests())
                .contains(
                        "GET /v2/droplets/" + DROPLET + "/firewalls?" + PAGE,
                        READ,
                        "GET /v2/tags/tenantry-cut-off",
                        "POST /v2/firewalls",
                        "POST /v2/tags/tenantry-cut-off/resources",
                        "DELETE /v2/tags/tenantry-cut-off/resources");
    }

    @Test
    void namesAnAddress() {
        account.name(DROPLET, "192.241.165.154", "mail.example.org");
        assertThat(prism.requests()).containsExactly(READ, ACT);
    }

    @Test
    void readsTraffic() {
        var now = Instant.parse("2021-10-12T16:00:00Z");
        assertThat(account.traffic(DROPLET, now)).singleElement().satisfies(traffic -> {
            assertThat(traffic.from()).isEqualTo("2021-10-12T00:00:00Z");
            assertThat(traffic.inBytes()).isEqualTo(942_628).isEqualTo(traffic.outBytes());
        });
        assertThat(prism.requests())
                .hasSize(2)
                .allMatch(asked -> asked.startsWith("GET /v2/monitoring/metrics/droplet/bandwidth?host_id=" + DROPLET));
    }

    @Test
    void readsMetrics() {
        var now = Instant.parse("2021-10-28T03:00:00Z");
        assertThat(account.measured(DROPLET, now, Duration.ofHours(1)))
                .extracting(Series::kind)
                .containsExactly(Kind.CPU, Kind.RECEIVED, Kind.SENT);
        assertThat(prism.requests())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("GET /v2/monitoring/metrics/droplet/cpu?host_id=" + DROPLET);
    }

    @Test
    void resetsAPassword() {
        assertThat(account.resetPassword(DROPLET).password()).isEmpty();
        assertThat(prism.requests()).containsExactly(ACT);
    }

    @Test
    void listsAddsAndDeletesKeys() {
        assertThat(account.keys()).isNotEmpty();
        account.addKey("laptop", KEY);
        assertThat(new DigitalOceanSshKeys(api, new DigitalOceanPaging(api)).addMissing(List.of(KEY)))
                .isFalse();
        account.deleteKey("512189");
        assertThat(prism.requests())
                .containsExactly(
                        "GET /v2/account/keys?" + PAGE,
                        "POST /v2/account/keys",
                        "GET /v2/account/keys/b5%3A92%3Ace%3A00%3Ad5%3A6b%3A1d%3Aca%3Af4%3A98%3Afb%3Ae2%3Af6%3A18%3A2f%3Adf",
                        "DELETE /v2/account/keys/512189");
    }
}

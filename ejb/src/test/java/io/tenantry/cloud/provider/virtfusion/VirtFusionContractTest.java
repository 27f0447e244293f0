package io.tenantry.cloud.provider.virtfusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.FakeProvider;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Prism;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.kernel.http.HttpCall;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.WithinTenant;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every request, against VirtFusion's own contract. */
@Tag("contracts")
@ExtendWith(WithinTenant.class)
class VirtFusionContractTest {
    private static Prism prism;
    private static HttpGateway httpGateway;

    private final ResourceTag resourceTag = new ResourceTag(UUID.fromString("0190a1b2-0000-7000-8000-000000000001"));
    private final ServerSpec serverSpec = new ServerSpec(
            resourceTag,
            "web-1.example.org",
            "1",
            "1",
            "46",
            List.of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk bob"),
            Optional.empty(),
            Map.of(
                    VirtFusion.EXT_RELATION_ID, "org-7",
                    VirtFusion.NAME, "Lab of Bob",
                    VirtFusion.EMAIL, "bob@lab.example"));

    @BeforeAll
    static void serve() {
        prism = Prism.serve("virtfusion/virtfusion-v1.prism.openapi.json");
        httpGateway = prism.outbound();
    }

    @AfterAll
    static void close() {
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
    void readsAccountAndCatalog() {
        var account = open(prism.base());
        assertThat(account.check()).isEqualTo("VirtFusion at 127.0.0.1 with 3 packages");
        var providerCatalog = account.readCatalog();
        assertThat(providerCatalog.regions()).extracting("name").containsExactly("Default", "Test 1", "Test 2");
        assertThat(providerCatalog.sizes()).extracting("name").containsExactly("Test", "Test Only", "BASIC");
        assertThat(providerCatalog.images()).extracting("name").contains("Debian 12 (Bookworm) Minimal");
        assertThat(prism.requests())
                .contains(
                        "GET /packages",
                        "GET /compute/hypervisors/groups?results=200&page=1",
                        "GET /media/templates/fromServerPackageSpec/3");
    }

    @Test
    void listsAndReleasesAdditionalAddresses() {
        var account = open(prism.base());
        assertThat(account.addresses("69")).extracting("text").containsExactly("192.168.4.32", "192.168.4.35");
        account.releaseAddress("69", "192.168.4.35");
        assertThat(prism.requests())
                .containsExactly(
                        "GET /servers/69?remoteState=true",
                        "GET /servers/69?remoteState=true",
                        "DELETE /servers/69/ipv4");
    }

    /** The contract's example always returns two; a panel returns the requested number. */
    @Test
    void addsAnAdditionalAddress() {
        assertThatThrownBy(() -> open(prism.base()).addAddress("69"))
                .isInstanceOf(ProviderFailure.class)
                .hasMessage("2 addresses instead of one");
        try (var panel = new EmptyPanel()) {
            assertThat(open(panel.base()).addAddress("69").text()).isEqualTo("192.168.4.36");
        }
        assertThat(prism.requests()).containsExactly("POST /servers/69/ipv4Qty", "POST /servers/69/ipv4Qty");
    }

    @Test
    void listsFindsAndDeletesServers() {
        var account = open(prism.base());
        assertThat(account.servers())
                .hasSize(40)
                .extracting(ProviderServer::name)
                .contains("Avaricious Trade");
        var providerServer = account.server("69").orElseThrow();
        assertThat(providerServer.name()).isEqualTo("Elliptical Way");
        assertThat(providerServer.addresses()).containsExactly("192.168.4.32", "192.168.4.35");
        assertThat(providerServer.region()).isEqualTo("2");
        assertThat(account.marked(resourceTag))
                .singleElement()
                .satisfies(one -> assertThat(one.mark()).contains(resourceTag));
        account.delete("69");
        assertThat(prism.requests())
                .containsExactly(
                        "GET /servers?results=200&page=1",
                        "GET /servers?results=200&page=2",
                        "GET /servers/69?remoteState=true",
                        "GET /users/" + resourceTag.text() + "/byExtRelation?relStr=true",
                        "GET /servers/user/3",
                        "GET /servers/9?remoteState=true",
                        "DELETE /servers/69?delay=0");
    }

    @Test
    void createsAServer() {
        try (var empty = new EmptyPanel()) {
            var account = open(empty.base());
            assertThat(account.marked(resourceTag)).isEmpty();
            assertThat(account.create(serverSpec).state()).isEqualTo(ProviderServer.State.BUILDING);
        }
        assertThat(prism.requests())
                .containsSubsequence(
                        "POST /users",
                        "POST /users",
                        "POST /servers",
                        "PUT /servers/70/modify/name",
                        "PUT /servers/70/owner/2",
                        "DELETE /users/" + resourceTag.text() + "/byExtRelation?relStr=true",
                        "GET /ssh_keys/user/2",
                        "POST /ssh_keys",
                        "POST /servers/70/build");
    }

    @Test
    void performsServerOperations() {
        var account = open(prism.base());
        for (var powerAction : PowerAction.values()) {
            assertThat(account.power("69", powerAction)).isEqualTo(new ProviderTask("171"));
        }
        assertThat(account.progress(new ProviderTask("158")).stage()).hasToString("DONE");
        assertThat(account.progress(account.rebuild("69", serverSpec)).stage()).hasToString("DONE");
        assertThat(account.resetPassword("69").password()).isEqualTo("l1LMzm2JGhWYdjjn8JkC");
        assertThat(account.traffic("69", Instant.EPOCH)).hasSize(2);
        var vnc = account.open("69");
        assertThat(vnc.port()).isEqualTo(5903);
        assertThat(vnc.webSocket())
                .hasValueSatisfying(uri -> assertThat(uri.toString())
                        .startsWith("ws://127.0.0.1:")
                        .endsWith("/vnc/?token=69316231-d34a-4d36-b754-ffd3253df96d"));
        account.close("69");
        assertThat(prism.requests())
                .contains(
                        "POST /servers/69/power/boot",
                        "POST /servers/69/power/shutdown",
                        "POST /servers/69/power/poweroff",
                        "POST /servers/69/power/restart",
                        "GET /queue/158",
                        "POST /servers/69/build",
                        "POST /servers/69/resetPassword",
                        "GET /servers/69/traffic",
                        "POST /servers/69/vnc");
    }

    @Test
    void resizesAServer() {
        try (var empty = new EmptyPanel()) {
            var account = open(empty.base());
            assertThat(account.progress(account.resize("69", "3")).stage()).hasToString("DONE");
        }
        assertThat(prism.requests()).contains("PUT /servers/69/package/3");
    }

    private static VirtFusionClient open(URI base) {
        var credentials = new Credentials(base, "a-good-token");
        var api = new ProviderHttp(httpGateway, credentials, new VirtFusionProtocol(), Clock.systemUTC(), pause -> {});
        return new VirtFusionClient(api, base);
    }

    /**
     * The contract's examples know every user, each with a server, and a package that is too small, and return two addresses; this panel has no
     * user, a large package, and one address.
     */
    private static final class EmptyPanel extends FakeProvider {
        @Override
        protected CannedAnswer answer(RecordedCall recordedCall) {
            var reads = recordedCall.method().equals("GET");
            if (reads && recordedCall.path().startsWith("/users/")) {
                return CannedAnswer.of(404, JsonValue.EMPTY_JSON_OBJECT);
            }
            if (reads
                    && (recordedCall.path().equals("/servers")
                            || recordedCall.path().startsWith("/servers/user/"))) {
                return CannedAnswer.of(200, object("{\"data\":[],\"last_page\":1}"));
            }
            if (reads && recordedCall.path().equals("/packages/3")) {
                return CannedAnswer.of(200, object("{\"data\":{\"primaryStorage\":20}}"));
            }
            var query = recordedCall.query().entrySet().stream()
                    .map(one -> one.getKey() + "=" + one.getValue())
                    .collect(Collectors.joining("&"));
            var httpCall = new HttpCall(
                    recordedCall.method(),
                    URI.create(prism.base() + recordedCall.path() + (query.isEmpty() ? "" : "?" + query)),
                    Map.of(
                            "Authorization",
                            recordedCall.headers().getOrDefault("Authorization", ""),
                            "Accept",
                            "application/json"),
                    recordedCall.body().isEmpty()
                            ? Optional.empty()
                            : Optional.of(new HttpCall.Body(
                                    "application/json",
                                    recordedCall.body().toString().getBytes(StandardCharsets.UTF_8))));
            var httpAnswer = Tenancy.in(new TenantId("panel"), () -> httpGateway.send(httpCall));
            if (recordedCall.path().endsWith("/ipv4Qty") && httpAnswer.status() == 200) {
                return CannedAnswer.of(200, object("{\"data\":[\"192.168.4.36\"]}"));
            }
            return httpAnswer.body().length == 0
                    ? CannedAnswer.of(httpAnswer.status())
                    : CannedAnswer.of(httpAnswer.status(), object(httpAnswer.text()));
        }

        private static JsonObject object(String text) {
            try (var reader = Json.createReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
                return reader.readObject();
            }
        }
    }
}

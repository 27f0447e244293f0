package io.tenantry.cloud.provider.virtfusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.AdditionalAddresses;
import io.tenantry.cloud.provider.AdditionalAddresses.Address;
import io.tenantry.cloud.provider.Backoff;
import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.FakeProvider;
import io.tenantry.cloud.provider.FakeProvider.Fault;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderContract;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.kernel.http.HttpGateway;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtFusionTest extends ProviderContract {
    static final Map<String, String> ORGANIZATION = Map.of(
            VirtFusion.EXT_RELATION_ID, "org-7",
            VirtFusion.NAME, "Lab of Bob",
            VirtFusion.EMAIL, "bob@lab.example");

    @Override
    protected FakeProvider fake() {
        return new FakePanel();
    }

    @Override
    protected ProviderClient open(HttpGateway httpGateway, Credentials credentials, Backoff backoff) {
        var api = new ProviderHttp(httpGateway, credentials, new VirtFusionProtocol(), Clock.systemUTC(), backoff);
        return new VirtFusionClient(api, credentials.base());
    }

    @Override
    protected Codes codes() {
        return new Codes("1", "1", "46", ORGANIZATION);
    }

    @Override
    protected void addForeignServers(FakeProvider provider, int count) {
        for (var i = 0; i < count; i++) {
            panel().addForeignServer("complete");
        }
    }

    @Override
    protected boolean isCreation(FakeProvider.RecordedCall request) {
        return request.method().equals("POST") && request.path().equals("/servers");
    }

    @Override
    protected void completeTasks(FakeProvider provider) {
        panel().completeTasks();
    }

    private FakePanel panel() {
        return (FakePanel) provider;
    }

    @Test
    void addsAndReleasesAnAdditionalAddress() {
        var account = (AdditionalAddresses) providerClient;
        var id = String.valueOf(panel().addForeignServer("complete").id);
        var own = account.addresses(id).get(0).text();
        var more = account.addAddress(id);
        assertThat(more.ready()).isTrue();
        assertThat(account.addresses(id)).extracting(Address::text).containsExactly(own, more.text());
        account.releaseAddress(id, more.text());
        account.releaseAddress(id, more.text());
        assertThat(account.addresses(id)).extracting(Address::text).containsExactly(own);
        assertThat(account.isKept("4711", own)).isFalse();
    }

    @Test
    void assignsServersToOneUserPerOrganization() {
        providerClient.create(serverSpec());
        providerClient.create(serverSpec());

        assertThat(panel().users).singleElement().satisfies(user -> {
            assertThat(user.stated().getString("relStr")).isEqualTo("org-7");
            assertThat(user.stated().getString("name")).isEqualTo("Lab of Bob");
            assertThat(user.stated().getString("email")).isEqualTo("bob@lab.example");
            assertThat(user.stated().getBoolean("sendMail")).isFalse();
            assertThat(panel().boxes.values()).hasSize(2).allMatch(box -> box.owner == user.id());
        });
    }

    @Test
    void buildsAServerWithNameAndKeyAndWithoutMail() {
        var serverSpec = serverSpec();
        providerClient.create(serverSpec);

        var box = panel().boxes.values().iterator().next();
        assertThat(box.name).isEqualTo(serverSpec.mark().text());
        assertThat(box.keys).hasSize(1);
        var build = provider.requests().get(provider.requests().size() - 1);
        assertThat(build.path()).endsWith("/build");
        assertThat(build.body().getBoolean("email")).isFalse();
        assertThat(build.body().getString("hostname")).isEqualTo("web-1.example.org");
        assertThat(build.body().getInt("operatingSystemId")).isEqualTo(46);
    }

    @Test
    void storesAKeyOnce() {
        providerClient.create(serverSpec());
        providerClient.create(serverSpec());
        assertThat(panel().keys).hasSize(1);
    }

    /** We end before, or the response is lost after, each request from the first order to the second. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /servers/\\d+/modify/name",
                "PUT /servers/\\d+/owner/\\d+",
                "DELETE /users/.*",
                "POST /ssh_keys"
            })
    void resumesAnInterruptedCreation(String where) {
        for (var fault : List.of(Fault.SILENT, Fault.DONE_WITHOUT_RESPONSE)) {
            var serverSpec = serverSpec();
            provider.forget();
            panel().keys.clear();
            provider.failNext(
                    recordedCall -> (recordedCall.method() + " " + recordedCall.path()).matches(where),
                    fault,
                    fault,
                    fault);
            assertThatThrownBy(() -> providerClient.create(serverSpec)).isInstanceOf(ProviderFailure.class);
            provider.forget();

            var half = providerClient.marked(serverSpec.mark());
            assertThat(half).singleElement().satisfies(providerServer -> {
                assertThat(providerServer.state()).isEqualTo(ProviderServer.State.RESERVED);
                assertThat(providerServer.mark()).contains(serverSpec.mark());
            });

            var whole = providerClient.create(serverSpec);
            assertThat(whole.id()).isEqualTo(half.get(0).id());
            assertThat(whole.state()).isEqualTo(ProviderServer.State.BUILDING);
            assertThat(providerClient.marked(serverSpec.mark()))
                    .extracting(ProviderServer::id)
                    .containsExactly(whole.id());
            assertThat(panel().users).as("one user, without the reservation").hasSize(1);
        }
        assertThat(panel().boxes).hasSize(2);
    }

    @Test
    void doesNotBuildAServerTwice() {
        var serverSpec = serverSpec();
        provider.failNext(recordedCall -> recordedCall.path().endsWith("/build"), Fault.DONE_WITHOUT_RESPONSE);
        assertThatThrownBy(() -> providerClient.create(serverSpec)).isInstanceOf(ProviderFailure.class);

        assertThat(providerClient.marked(serverSpec.mark()))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.BUILDING);
        assertThat(providerClient.create(serverSpec).mark()).contains(serverSpec.mark());
        assertThat(panel().boxes.values())
                .singleElement()
                .satisfies(box -> assertThat(box.builds).isEqualTo(1));
    }

    @Test
    void keepsConcurrentCreationsApart() {
        var one = serverSpec();
        var other = serverSpec();
        provider.failNext(this::isCreation, Fault.DONE_WITHOUT_RESPONSE);
        assertThatThrownBy(() -> providerClient.create(one)).isInstanceOf(ProviderFailure.class);

        var second = providerClient.create(other);
        var first = providerClient.create(one);

        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(providerClient.marked(one.mark()))
                .extracting(ProviderServer::id)
                .containsExactly(first.id());
        assertThat(providerClient.marked(other.mark()))
                .extracting(ProviderServer::id)
                .containsExactly(second.id());
        assertThat(panel().boxes).hasSize(2);
    }

    @Test
    void reportsAFullGroupAndInvalidRequests() {
        assertThat(reason(serverSpec("2", "1", ORGANIZATION))).isEqualTo(Reason.NO_CAPACITY);
        assertThat(reason(serverSpec("1", "99", ORGANIZATION))).isEqualTo(Reason.INVALID);
        assertThat(reason(serverSpec("1", "small", ORGANIZATION))).isEqualTo(Reason.INVALID);
        assertThat(reason(serverSpec("1", "1", Map.of(VirtFusion.EMAIL, "bob@lab.example"))))
                .isEqualTo(Reason.INVALID);
        assertThat(panel().boxes).isEmpty();
    }

    private Reason reason(ServerSpec serverSpec) {
        try {
            providerClient.create(serverSpec);
        } catch (ProviderFailure failure) {
            return failure.reason();
        }
        throw new AssertionError("created despite the error");
    }

    static ServerSpec serverSpec(String region, String size, Map<String, String> options) {
        return new ServerSpec(
                new ResourceTag(UUID.randomUUID()),
                "web-1.example.org",
                region,
                size,
                "46",
                List.of(),
                Optional.empty(),
                options);
    }

    @Test
    void readsTheCatalogWithoutPricesOrDuplicateImages() {
        var providerCatalog = providerClient.readCatalog();

        assertThat(providerCatalog.sizes())
                .extracting(ProviderCatalog.Size::code)
                .containsExactly("1", "3");
        assertThat(providerCatalog.sizes().get(0))
                .as("zero means unlimited")
                .isEqualTo(new ProviderCatalog.Size("1", "Small", "", 2, 1024, 10, 0, true, List.of(), List.of()));
        assertThat(providerCatalog.sizes().get(1))
                .isEqualTo(new ProviderCatalog.Size("3", "Large", "", 2, 4096, 40, 200, List.of(), List.of()));
        assertThat(providerCatalog.images())
                .containsExactly(
                        new ProviderCatalog.Image("46", "Debian 12 (Bookworm) Minimal", "Debian", 0, false),
                        new ProviderCatalog.Image("8", "Debian 9", "Debian", 0, true));
        assertThat(providerCatalog.regions()).hasSize(203);
        assertThat(providerCatalog.regions().get(2)).isEqualTo(new ProviderCatalog.Region("3", "Group 3", "", false));
    }

    @Test
    void readsRegionAndCreationTime() {
        var providerServer = providerClient.create(serverSpec());
        assertThat(providerServer.region()).isEqualTo("1");
        assertThat(providerServer.createdAt()).contains(Instant.parse("2025-01-20T14:00:47Z"));
        assertThat(providerClient.servers()).singleElement().satisfies(brief -> {
            assertThat(brief.id()).isEqualTo(providerServer.id());
            assertThat(brief.state()).isEqualTo(ProviderServer.State.BUILDING);
            assertThat(brief.addresses()).isEmpty();
        });
    }
}

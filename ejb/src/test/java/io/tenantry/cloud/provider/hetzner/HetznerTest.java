package io.tenantry.cloud.provider.hetzner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.Backoff;
import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.FakeProvider;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderContract;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.kernel.http.HttpAnswer;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.MovableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of every adapter, fulfilled by this one, and behavior specific to Hetzner. */
class HetznerTest extends ProviderContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final MovableClock clock = new MovableClock();

    @Override
    protected FakeProvider fake() {
        return new FakeHetzner();
    }

    @Override
    protected ProviderClient open(HttpGateway httpGateway, Credentials credentials, Backoff backoff) {
        clock.stopAt(NOW);
        return new HetznerRescue(
                new ProviderHttp(httpGateway, credentials, new HetznerProtocol(), clock, backoff), clock);
    }

    @Override
    protected Codes codes() {
        return new Codes("fsn1", "cx22", "debian-12", Map.of());
    }

    @Override
    protected boolean isCreation(FakeProvider.RecordedCall request) {
        return request.method().equals("POST") && request.path().equals("/servers");
    }

    @Override
    protected void addForeignServers(FakeProvider provider, int count) {
        ((FakeHetzner) provider).addForeignServers(count);
    }

    @Override
    protected void completeTasks(FakeProvider provider) {
        ((FakeHetzner) provider).completeTasks();
    }

    @Test
    void hasItsCodeAndAddress() {
        var hetzner = new Hetzner();
        assertThat(hetzner.code()).isEqualTo("hetzner");
        assertThat(hetzner.base()).contains(URI.create("https://api.hetzner.cloud/v1"));
    }

    @Test
    void findsAServerByItsLabelInOneRequest() {
        var serverSpec = serverSpec();
        addForeignServers(provider, 300);
        providerClient.create(serverSpec);
        provider.forget();

        assertThat(providerClient.marked(serverSpec.mark())).hasSize(1);
        assertThat(provider.requests())
                .singleElement()
                .satisfies(recordedCall -> assertThat(recordedCall.query())
                        .containsEntry(
                                "label_selector",
                                "tenantry==" + serverSpec.mark().text()));
    }

    @Test
    void refusesASecondServerWithTheSameTag() {
        var serverSpec = serverSpec();
        providerClient.create(serverSpec);
        assertRefused(Reason.BUSY, () -> providerClient.create(serverSpec));
    }

    @Test
    void storesAKeyOnceAndSendsItsName() {
        providerClient.create(serverSpec());
        providerClient.create(serverSpec());
        assertThat(hetzner().keys()).hasSize(1);
        assertThat(provider.requests())
                .filteredOn(this::isCreation)
                .hasSize(2)
                .allSatisfy(recordedCall -> assertThat(
                                recordedCall.body().getJsonArray("ssh_keys").getString(0))
                        .isEqualTo(hetzner().keys().get(0).getString("name")));
    }

    @Test
    void sendsAScriptAsUserData() {
        var serverSpec = serverSpec();
        providerClient.create(with(serverSpec, serverSpec.keys(), Optional.of("#cloud-config")));
        assertThat(provider.requests())
                .filteredOn(this::isCreation)
                .singleElement()
                .satisfies(recordedCall ->
                        assertThat(recordedCall.body().getString("user_data")).isEqualTo("#cloud-config"));
    }

    @ParameterizedTest
    @CsvSource({
        "initializing, BUILDING",
        "rebuilding, BUILDING",
        "starting, BUSY",
        "stopping, BUSY",
        "migrating, BUSY",
        "running, RUNNING",
        "off, STOPPED",
        "deleting, DELETING",
        "unknown, UNKNOWN",
        "dreaming, UNKNOWN"
    })
    void mapsStatusToState(String status, ProviderServer.State state) {
        var id = providerClient.create(serverSpec()).id();
        hetzner().server(id).status = status;
        assertThat(providerClient.server(id)).map(ProviderServer::state).contains(state);
    }

    @Test
    void returnsIpv4AndTheFirstIpv6Address() {
        assertThat(providerClient.create(serverSpec()).addresses()).containsExactly("192.0.2.7", "2001:db8:7::1");
    }

    @Test
    void readsNetPricesPerRegion() {
        assertThat(providerClient.readCatalog().sizes())
                .extracting(ProviderCatalog.Size::code)
                .containsExactly("cx22", "cx32", "cx11");
        var size = providerClient.readCatalog().sizes().get(0);
        assertThat(size.memoryMib()).isEqualTo(4096);
        assertThat(size.transferGib()).isEqualTo(1024);
        assertThat(size.prices())
                .containsExactly(
                        new ProviderCatalog.Price(
                                Optional.of("fsn1"), Money.of("0.006", "EUR"), Money.of("3.79", "EUR")),
                        new ProviderCatalog.Price(
                                Optional.of("ash"), Money.of("0.0074", "EUR"), Money.of("4.59", "EUR")));
    }

    @Test
    void listsEachImageOnceWithItsDeprecation() {
        assertThat(providerClient.readCatalog().images())
                .containsExactly(
                        new ProviderCatalog.Image("debian-12", "Debian 12", "debian", 5, false),
                        new ProviderCatalog.Image("centos-7", "CentOS 7", "centos", 5, true));
    }

    @Test
    void sendsPowerActions() {
        var id = running();
        for (var powerAction : List.of(PowerAction.RESTART, PowerAction.SHUT_DOWN, PowerAction.ON, PowerAction.OFF)) {
            assertThat(progressAtEnd(providerClient.power(id, powerAction)).stage())
                    .isEqualTo(Progress.Stage.DONE);
        }
        assertThat(hetzner().commands())
                .containsExactly("create_server", "reboot_server", "shutdown_server", "start_server", "stop_server");
    }

    @Test
    void shutsDownResizesAndStartsARunningServer() {
        var id = running();
        assertThat(progressAtEnd(account().resize(id, "cx32")).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(hetzner().commands())
                .containsExactly("create_server", "shutdown_server", "change_server_type", "start_server");
        assertThat(providerClient.server(id)).hasValueSatisfying(providerServer -> {
            assertThat(providerServer.size()).isEqualTo("cx32");
            assertThat(providerServer.state()).isEqualTo(ProviderServer.State.RUNNING);
        });
    }

    @Test
    void powersOffAHungServerAfterTwoMinutes() {
        var id = running();
        hetzner().server(id).ignoresShutdown = true;
        var providerTask = account().resize(id, "cx32");
        completeTasks(provider);
        assertThat(providerClient.progress(providerTask).stage()).isEqualTo(Progress.Stage.RUNNING);
        assertThat(hetzner().commands()).doesNotContain("stop_server");

        clock.stopAt(NOW.plus(Duration.ofMinutes(2)).plusSeconds(1));
        assertThat(progressAtEnd(providerTask).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(hetzner().commands()).contains("stop_server", "change_server_type");
    }

    @Test
    void requestsNothingForThePresentSize() {
        assertThat(providerClient.progress(account().resize(running(), "cx22"))).isEqualTo(Progress.done());
        assertThat(hetzner().commands()).containsExactly("create_server");
    }

    @ParameterizedTest
    @CsvSource({"cx11", "cx99"})
    void refusesAnImpossibleSizeBeforeShuttingDown(String size) {
        var id = running();
        assertRefused(Reason.INVALID, () -> account().resize(id, size));
        assertThat(hetzner().commands()).containsExactly("create_server");
    }

    @Test
    void rebuildsAServerOnlyWithItsOwnKeys() {
        var serverSpec = serverSpec();
        var id = providerClient.create(serverSpec).id();
        completeTasks(provider);
        var other = List.of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOther someone");
        assertRefused(Reason.INVALID, () -> account().rebuild(id, with(serverSpec, other, Optional.empty())));

        assertThat(progressAtEnd(account().rebuild(id, serverSpec)).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(hetzner().server(id).image).isEqualTo("debian-12");
    }

    @Test
    void namesAnAddressAndRestoresItsDefaultName() {
        var id = running();
        account().name(id, "192.0.2.7", "mail.example.org");
        completeTasks(provider);
        account().name(id, "2001:db8:7::1", "");
        completeTasks(provider);
        assertThat(hetzner().server(id).names)
                .containsEntry("192.0.2.7", "\"mail.example.org\"")
                .containsEntry("2001:db8:7::1", "null");
    }

    @ParameterizedTest
    @CsvSource({
        "403, resource_limit_exceeded, LIMIT",
        "412, resource_unavailable, NO_CAPACITY",
        "422, placement_error, NO_CAPACITY",
        "409, uniqueness_error, BUSY",
        "423, locked, BUSY",
        "422, server_not_stopped, BUSY",
        "422, invalid_input, INVALID",
        "403, token_readonly, FORBIDDEN",
        "429, rate_limit_exceeded, RATE_LIMITED",
        "503, unavailable, PROVIDER_ERROR"
    })
    void mapsErrorCodesToReasons(int status, String code, Reason reason) {
        var body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"sorry\"}}";
        var httpAnswer = new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        assertThat(new HetznerProtocol().refusal(httpAnswer))
                .hasMessage(status + ": " + code + ": sorry")
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private FakeHetzner hetzner() {
        return (FakeHetzner) provider;
    }

    private HetznerClient account() {
        return (HetznerClient) providerClient;
    }

    private String running() {
        var id = providerClient.create(serverSpec()).id();
        completeTasks(provider);
        return id;
    }

    /** Polls until it ends, up to the permitted number of steps. */
    private Progress progressAtEnd(ProviderTask providerTask) {
        var progress = Progress.running(0);
        for (var i = 0; i < 8 && progress.stage() == Progress.Stage.RUNNING; i++) {
            completeTasks(provider);
            progress = providerClient.progress(new ProviderTask(providerTask.id()));
        }
        return progress;
    }

    private static ServerSpec with(ServerSpec serverSpec, List<String> keys, Optional<String> script) {
        return new ServerSpec(
                serverSpec.mark(),
                serverSpec.hostname(),
                serverSpec.region(),
                serverSpec.size(),
                serverSpec.image(),
                keys,
                script,
                serverSpec.options());
    }

    private static void assertRefused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}

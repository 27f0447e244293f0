package io.tenantry.cloud.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.FakeProvider.Fault;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.testing.WithinTenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract that each adapter fulfills, whatever its provider does. */
@ExtendWith(WithinTenant.class)
public abstract class ProviderContract {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk someone";

    /** The codes used by the adapter's provider. */
    public record Codes(String region, String size, String image, Map<String, String> options) {}

    private final HttpGateway httpGateway = new HttpGateway(
            AddressPolicy.ANY,
            new HttpGateway.Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30)));

    /** The waits between retries. */
    protected final List<Duration> waits = new ArrayList<>();

    /** The adapter under test. */
    protected ProviderClient providerClient;

    /** The provider, empty at the start of each test. */
    protected FakeProvider provider;

    /** Creates a new fake provider. */
    protected abstract FakeProvider fake();

    protected abstract ProviderClient open(HttpGateway httpGateway, Credentials credentials, Backoff backoff);

    protected abstract Codes codes();

    /** Adds this number of servers without our mark to the account. */
    protected abstract void addForeignServers(FakeProvider provider, int count);

    /** Whether the request creates a server; overridden for providers that require other requests first. */
    protected boolean isCreation(FakeProvider.RecordedCall request) {
        return true;
    }

    /** Completes all requested operations and tasks. */
    protected abstract void completeTasks(FakeProvider provider);

    @BeforeEach
    void setUp() {
        provider = fake();
        providerClient = open(httpGateway, new Credentials(provider.base(), "a-good-token"), waits::add);
    }

    @AfterEach
    void tearDown() {
        provider.close();
        httpGateway.close();
    }

    /** Returns a server specification with a new mark. */
    protected ServerSpec serverSpec() {
        var codes = codes();
        return new ServerSpec(
                new ResourceTag(UUID.randomUUID()),
                "web-1.example.org",
                codes.region(),
                codes.size(),
                codes.image(),
                List.of(KEY),
                Optional.empty(),
                codes.options());
    }

    @Test
    void createsRunsAndDeletesAServer() {
        var serverSpec = serverSpec();
        assertThat(providerClient.marked(serverSpec.mark())).isEmpty();

        var created = providerClient.create(serverSpec);
        assertThat(created.mark()).contains(serverSpec.mark());
        assertThat(created.state()).isIn(ProviderServer.State.BUILDING, ProviderServer.State.BUSY);

        completeTasks(provider);
        var running = providerClient.server(created.id()).orElseThrow();
        assertThat(running.state()).isEqualTo(ProviderServer.State.RUNNING);
        assertThat(running.addresses()).isNotEmpty().allMatch(address -> !address.startsWith("10."));
        assertThat(providerClient.marked(serverSpec.mark()))
                .extracting(ProviderServer::id)
                .containsExactly(created.id());

        providerClient.delete(created.id());
        completeTasks(provider);
        assertThat(providerClient.server(created.id())).isEmpty();
        assertThat(providerClient.marked(serverSpec.mark())).isEmpty();
        providerClient.delete(created.id());
    }

    @Test
    void completesPowerActions() {
        var id = providerClient.create(serverSpec()).id();
        completeTasks(provider);
        for (var powerAction : List.of(PowerAction.RESTART, PowerAction.SHUT_DOWN, PowerAction.ON, PowerAction.OFF)) {
            var providerTask = providerClient.power(id, powerAction);
            completeTasks(provider);
            assertThat(providerClient
                            .progress(new ProviderTask(providerTask.id()))
                            .stage())
                    .isEqualTo(Progress.Stage.DONE);
        }
        assertThat(providerClient.server(id).orElseThrow().state()).isEqualTo(ProviderServer.State.STOPPED);
    }

    @Test
    void listsAllServers() {
        addForeignServers(provider, 451);
        var own = providerClient.create(serverSpec());

        var all = providerClient.servers();

        assertThat(all).hasSize(452).extracting(ProviderServer::id).doesNotHaveDuplicates();
        assertThat(all)
                .filteredOn(providerServer -> providerServer.mark().isPresent())
                .extracting(ProviderServer::id)
                .containsExactly(own.id());
    }

    @Test
    void findsNoTagOnForeignServers() {
        addForeignServers(provider, 1);
        assertThat(providerClient.servers()).extracting(ProviderServer::mark).containsExactly(Optional.empty());
    }

    @Test
    void findsAServerByTagAfterALostResponse() {
        for (var fault : List.of(Fault.DONE_THEN_ERROR, Fault.DONE_WITHOUT_RESPONSE)) {
            var serverSpec = serverSpec();
            provider.failNext(this::isCreation, fault);
            assertThatThrownBy(() -> providerClient.create(serverSpec))
                    .isInstanceOfSatisfying(
                            ProviderFailure.class,
                            failure -> assertThat(failure.maybeDone()).isTrue());
            assertThat(providerClient.marked(serverSpec.mark())).as("%s", fault).hasSize(1);
        }
    }

    @Test
    void findsAServerByTagAfterATimeout() {
        var serverSpec = serverSpec();
        provider.delay(this::isCreation, Duration.ofMillis(700));
        try (var shortTimeouts = new HttpGateway(
                AddressPolicy.ANY,
                new HttpGateway.Timeouts(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofSeconds(3)))) {
            var impatientClient = open(shortTimeouts, new Credentials(provider.base(), "a-good-token"), waits::add);
            assertThatThrownBy(() -> impatientClient.create(serverSpec))
                    .isInstanceOfSatisfying(
                            ProviderFailure.class,
                            failure -> assertThat(failure.maybeDone()).isTrue());
        }
        provider.forget(); // Waits until it is created.
        assertThat(providerClient.marked(serverSpec.mark())).hasSize(1);
    }

    @Test
    void neverRepeatsACreationThatMayHaveBeenReceived() {
        for (var fault : List.of(Fault.FAILS, Fault.SILENT, Fault.NOT_JSON)) {
            var serverSpec = serverSpec();
            provider.forget();
            provider.failNext(this::isCreation, fault);
            assertThatThrownBy(() -> providerClient.create(serverSpec)).isInstanceOf(ProviderFailure.class);
            assertThat(provider.requests())
                    .as("%s", fault)
                    .filteredOn(this::isCreation)
                    .hasSize(1);
        }
    }

    @Test
    void triesReadsThreeTimes() {
        provider.failNext(Fault.FAILS, Fault.SILENT);
        assertThat(providerClient.servers()).isEmpty();
        assertThat(waits).hasSize(2);

        provider.failNext(Fault.FAILS, Fault.FAILS, Fault.FAILS);
        assertThatThrownBy(() -> providerClient.servers()).isInstanceOfSatisfying(ProviderFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_ERROR);
            assertThat(failure.isPassing()).isTrue();
        });
    }

    @Test
    void waitsAsLongAsARateLimitStates() {
        provider.failNext(Fault.RATE_LIMITED);
        providerClient.create(serverSpec());
        assertThat(waits).containsExactly(Duration.ofSeconds(1));

        provider.failNext(Fault.RATE_LIMITED_LONG);
        assertThatThrownBy(() -> providerClient.create(serverSpec()))
                .isInstanceOfSatisfying(ProviderFailure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
                    assertThat(failure.comeAgainIn()).contains(Duration.ofMinutes(10));
                    assertThat(failure.maybeDone()).isFalse();
                });
        assertThat(waits).hasSize(1);
    }

    @Test
    void reportsWrongCredentialsWithoutDisclosingThem() {
        var wrongClient = open(httpGateway, new Credentials(provider.base(), "a-bad-token"), waits::add);
        assertThatThrownBy(wrongClient::check).isInstanceOfSatisfying(ProviderFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.CREDENTIALS);
            assertThat(failure).hasMessageNotContaining("a-bad-token");
        });
        assertThat(waits).isEmpty();
        assertThat(providerClient.check()).isNotBlank();
    }

    @Test
    void reportsAnInvalidResponse() {
        provider.failNext(Fault.NOT_JSON);
        assertThatThrownBy(() -> providerClient.readCatalog())
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID_RESPONSE));
    }

    @Test
    void reportsAnUnreachableProvider() {
        provider.close();
        assertThatThrownBy(() -> providerClient.create(serverSpec()))
                .isInstanceOfSatisfying(ProviderFailure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
                    assertThat(failure.maybeDone()).isFalse();
                });
    }

    @Test
    void listsTheOrderedCodesInTheCatalog() {
        var codes = codes();
        var providerCatalog = providerClient.readCatalog();
        assertThat(providerCatalog.regions())
                .filteredOn(ProviderCatalog.Region::open)
                .extracting(ProviderCatalog.Region::code)
                .contains(codes.region());
        assertThat(providerCatalog.images())
                .extracting(ProviderCatalog.Image::code)
                .contains(codes.image());
        assertThat(providerCatalog.sizes())
                .filteredOn(size -> size.code().equals(codes.size()))
                .singleElement()
                .satisfies(size -> assertThat(size.memoryMib()).isPositive())
                .satisfies(size -> assertThat(size.vcpus()).isPositive());
    }
}

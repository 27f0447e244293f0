package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.kernel.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An account with {@link FakeDigitalOcean}, on a clock that advances only when code waits. */
final class OpenAccount implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final HttpGateway httpGateway = new HttpGateway(AddressPolicy.ANY, HttpGateway.Timeouts.USUAL);
    final FakeDigitalOcean provider = new FakeDigitalOcean();
    final MovableClock clock = new MovableClock();
    final List<Duration> waits = new ArrayList<>();
    final DigitalOceanClient account;

    OpenAccount() {
        clock.stopAt(NOW);
        account = DigitalOcean.open(httpGateway, new Credentials(provider.base(), "a-good-token"), clock, this::pause);
    }

    /** Creates a running server of the smallest size. */
    ProviderServer running() {
        var providerServer = account.create(serverSpec());
        provider.completeTasks();
        return providerServer;
    }

    /** Returns a specification without keys. */
    static ServerSpec serverSpec() {
        return new ServerSpec(
                new ResourceTag(UUID.randomUUID()),
                "web-1.example.org",
                "fra1",
                "s-1vcpu-1gb",
                "debian-12-x64",
                List.of(),
                Optional.empty(),
                Map.of());
    }

    /** Returns a copy of a specification with another image. */
    static ServerSpec with(ServerSpec serverSpec, String image, List<String> keys, Optional<String> script) {
        return new ServerSpec(
                serverSpec.mark(),
                serverSpec.hostname(),
                serverSpec.region(),
                serverSpec.size(),
                image,
                keys,
                script,
                Map.of("vpc", "760e09ef-dc84-11e8-981e-3cfdfeaae000"));
    }

    /** Returns the requests since the last call, such as {@code GET /v2/account}. */
    List<String> requests() {
        var asked = provider.requests().stream()
                .map(one -> one.method() + " " + one.path())
                .toList();
        provider.forget();
        return asked;
    }

    @Override
    public void close() {
        provider.close();
        httpGateway.close();
    }

    private void pause(Duration duration) {
        waits.add(duration);
        clock.stopAt(clock.instant().plus(duration));
    }
}

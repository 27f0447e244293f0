package io.tenantry.provider.digitalocean;

import io.tenantry.outbound.AddressPolicy;
import io.tenantry.outbound.Outbound;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Server;
import io.tenantry.provider.Wish;
import io.tenantry.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An account with {@link FakeDigitalOcean}, on a clock that moves only when somebody waits. */
final class OpenAccount implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Outbound outbound = new Outbound(AddressPolicy.ANY, Outbound.Waits.USUAL);
    final FakeDigitalOcean vendor = new FakeDigitalOcean();
    final MovableClock clock = new MovableClock();
    final List<Duration> waits = new ArrayList<>();
    final DigitalOceanAccount account;

    OpenAccount() {
        clock.stopAt(NOW);
        account = DigitalOcean.open(outbound, new Credentials(vendor.base(), "a-good-token"), clock, this::pause);
    }

    /** A server of the smallest size that runs. */
    Server running() {
        var server = account.create(wish());
        vendor.settle();
        return server;
    }

    /** A wish without keys. */
    static Wish wish() {
        return new Wish(
                new Mark(UUID.randomUUID()),
                "web-1.example.org",
                "fra1",
                "s-1vcpu-1gb",
                "debian-12-x64",
                List.of(),
                Optional.empty(),
                Map.of());
    }

    /** A wish like another, with another image. */
    static Wish with(Wish wish, String image, List<String> keys, Optional<String> script) {
        return new Wish(
                wish.mark(),
                wish.hostname(),
                wish.region(),
                wish.size(),
                image,
                keys,
                script,
                Map.of("vpc", "760e09ef-dc84-11e8-981e-3cfdfeaae000"));
    }

    /** What was asked since the last call, as {@code GET /v2/account}. */
    List<String> asked() {
        var asked = vendor.asked().stream()
                .map(one -> one.method() + " " + one.path())
                .toList();
        vendor.forget();
        return asked;
    }

    @Override
    public void close() {
        vendor.close();
        outbound.close();
    }

    private void pause(Duration duration) {
        waits.add(duration);
        clock.stopAt(clock.instant().plus(duration));
    }
}

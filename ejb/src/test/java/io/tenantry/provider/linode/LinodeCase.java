package io.tenantry.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.outbound.AddressPolicy;
import io.tenantry.outbound.Outbound;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.Mark;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Wish;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An account with a Linode of our own, empty at the start. */
abstract class LinodeCase {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk someone";

    private final Outbound outbound = new Outbound(
            AddressPolicy.ANY, new Outbound.Waits(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(3)));

    FakeLinode linode;
    VendorApi api;
    LinodeAccount account;

    @BeforeEach
    void meet() {
        linode = new FakeLinode();
        api = api(outbound, new Credentials(linode.base(), "a-good-token"));
        account = new LinodeAccount(api, CLOCK);
    }

    @AfterEach
    void part() {
        linode.close();
        outbound.close();
    }

    static VendorApi api(Outbound outbound, Credentials credentials) {
        return new VendorApi(outbound, credentials, new LinodeDialect(), CLOCK, duration -> {});
    }

    static Wish wish() {
        return wish(Optional.empty(), Map.of());
    }

    static Wish wish(Optional<String> script, Map<String, String> answers) {
        return new Wish(
                new Mark(UUID.randomUUID()),
                "web-1.example.org",
                "eu-central",
                "g6-standard-1",
                "linode/debian12",
                List.of(KEY),
                script,
                answers);
    }

    /** A server that is up, of a mark that does not matter. */
    String running() {
        return String.valueOf(linode.store.server("web", List.of(), "running"));
    }

    /** A server that is off. */
    String stopped() {
        return String.valueOf(linode.store.server("web", List.of(), "offline"));
    }

    static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Reason reason, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}

package io.tenantry.cloud.provider.linode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.testing.WithinTenant;
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
import org.junit.jupiter.api.extension.ExtendWith;

/** An account with a fake Linode, empty at the start. */
@ExtendWith(WithinTenant.class)
abstract class LinodeCase {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk someone";

    private final HttpGateway httpGateway = new HttpGateway(
            AddressPolicy.ANY,
            new HttpGateway.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(3)));

    FakeLinode linode;
    ProviderHttp api;
    LinodeClient account;

    @BeforeEach
    void setUp() {
        linode = new FakeLinode();
        api = api(httpGateway, new Credentials(linode.base(), "a-good-token"));
        account = new LinodeClient(api, CLOCK);
    }

    @AfterEach
    void tearDown() {
        linode.close();
        httpGateway.close();
    }

    static ProviderHttp api(HttpGateway httpGateway, Credentials credentials) {
        return new ProviderHttp(httpGateway, credentials, new LinodeProtocol(), CLOCK, duration -> {});
    }

    static ServerSpec serverSpec() {
        return serverSpec(Optional.empty(), Map.of());
    }

    static ServerSpec serverSpec(Optional<String> script, Map<String, String> answers) {
        return new ServerSpec(
                new ResourceTag(UUID.randomUUID()),
                "web-1.example.org",
                "eu-central",
                "g6-standard-1",
                "linode/debian12",
                List.of(KEY),
                script,
                answers);
    }

    /** Creates a running server with an arbitrary mark. */
    String running() {
        return String.valueOf(linode.store.server("web", List.of(), "running"));
    }

    /** Creates a server that is off. */
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

package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.VncConsole.Vnc;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.provisioning.ServerEndpoints.ProviderServerRef;
import io.tenantry.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the provider knows a screen's location; its answer is validated. */
class ConsoleEndpointsTest {
    private static final UUID SERVICE = new UUID(7, 7);

    private final VncProvider provider = new VncProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "10.0.0.7", "169.254.169.254", "::1", "::ffff:127.0.0.1"})
    void refusesAnEndpointInTheInternalNetwork(String host) {
        provider.setEndpoint(new Vnc(host, 5901, "secret", Optional.empty()));
        assertThatThrownBy(() -> endpoints("public").screen(SERVICE, server("vendor", false)))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE));
        assertThat(provider.requests()).containsExactly("open", "close");
    }

    @Test
    void refusesAnInvalidPort() {
        provider.setEndpoint(new Vnc("127.0.0.1", 70_000, "secret", Optional.empty()));
        assertThatThrownBy(() -> endpoints("any").screen(SERVICE, server("vendor", false)))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID_RESPONSE));
    }

    @Test
    void allowsLoopbackForTheSandbox() {
        var at = endpoints("public").screen(SERVICE, server("vendor", true));
        assertThat(at.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(at.toString()).doesNotContain(at.password());
    }

    @Test
    void refusesTheScreenOfAServerTaggedForAnotherService() {
        provider.tagServers(new UUID(8, 8));
        assertThatThrownBy(() -> endpoints("any").screen(SERVICE, server("vendor", false)))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThat(provider.requests()).isEmpty();
        provider.tagServers(SERVICE);
        assertThat(endpoints("any").screen(SERVICE, server("vendor", true)).password())
                .isNotEmpty();
    }

    @Test
    void offersNoScreenWhenTheAccountIsGone() {
        assertThat(endpoints("any").hasScreen(server("vendor", false))).isTrue();
        assertThat(endpoints("any").hasScreen(server("gone", false))).isFalse();
        assertThatThrownBy(() -> endpoints("any").screen(SERVICE, server("gone", false)))
                .isInstanceOf(ProviderFailure.class);
    }

    private static ProviderServerRef server(String account, boolean isHere) {
        return new ProviderServerRef(account, "1", isHere);
    }

    private ConsoleEndpoints endpoints(String addresses) {
        var settings = Map.of("tenantry.outbound.addresses", addresses);
        return new ConsoleEndpoints(
                new ProvisioningTargets(List.of(provider)), new Settings(settings::get, name -> null));
    }
}

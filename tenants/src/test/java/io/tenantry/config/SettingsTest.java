package io.tenantry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void hasADefaultForEverything() {
        var settings = new Settings(key -> null, name -> null);

        assertThat(settings.demo()).isFalse();
        assertThat(settings.gallery()).isFalse();
        assertThat(settings.charging().batchWallets()).isEqualTo(1_000);
        assertThat(settings.origin("aurora.localhost")).isEqualTo("http://aurora.localhost:8080");
    }

    @Test
    void signedInSessionsFollowHeap() {
        var heap = (int) (Runtime.getRuntime().maxMemory() >> 20);
        var sessions = new Settings(key -> null, name -> null).sessions();
        assertThat(sessions.perNode()).isEqualTo(Math.max(80, heap));
        assertThat(sessions.perTenant()).isEqualTo(sessions.perNode() / 4);
        assertThat(sessions.perOrganization()).isEqualTo(sessions.perTenant() / 4);
        var chosen = new Settings(
                        Map.of("tenantry.sessions.most", "1000", "tenantry.sessions.tenant", "900")::get, name -> null)
                .sessions();
        assertThat(chosen).isEqualTo(new SessionSettings(1_000, 900));
    }

    @Test
    void refusesMoreSessionsOfResellerThanOfNode() {
        var wrong = Map.of("tenantry.sessions.most", "100", "tenantry.sessions.tenant", "101");
        assertThatThrownBy(() -> new Settings(wrong::get, name -> null))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageContaining("tenantry.sessions.tenant (TENANTRY_SESSIONS_TENANT): found \"101\"");
    }

    @Test
    void propertiesOverrideEnvironment() {
        var environment = Map.of("TENANTRY_CHARGING_LEASE", "PT45S", "TENANTRY_CHARGING_WORKERS", "4");
        var settings = new Settings(Map.of("tenantry.charging.workers", "8")::get, environment::get);

        assertThat(settings.charging().lease()).isEqualTo(Duration.ofSeconds(45));
        assertThat(settings.charging().workers()).isEqualTo(8);
    }

    @Test
    void demoEnablesGalleryByDefault() {
        assertThat(new Settings(Map.of("tenantry.demo", "true")::get, name -> null).gallery())
                .isTrue();
        assertThat(new Settings(Map.of("tenantry.demo", "true", "tenantry.gallery", "false")::get, name -> null)
                        .gallery())
                .isFalse();
    }

    @Test
    void omitsStandardPort() {
        assertThat(new Settings(Map.of("tenantry.tls", "true")::get, name -> null).origin("a.example"))
                .isEqualTo("https://a.example");
    }

    @Test
    void reportsEveryInvalidKeyWithFoundAndAllowedValue() {
        var wrong =
                Map.of("tenantry.charging.workers", "many", "tenantry.demo", "yes", "tenantry.charging.lease", "PT1H");

        assertThatThrownBy(() -> new Settings(wrong::get, name -> null))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageContaining(
                        "tenantry.charging.workers (TENANTRY_CHARGING_WORKERS): found \"many\", allowed is a whole number from 1 to 32")
                .hasMessageContaining("tenantry.demo (TENANTRY_DEMO): found \"yes\", allowed is true or false")
                .hasMessageContaining("an ISO-8601 duration from PT1S to PT10M");
    }

    @Test
    void proxiesAreAddressesNotNames() {
        assertThatThrownBy(() -> new Settings(Map.of("tenantry.proxies", "proxy.example")::get, name -> null))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageContaining("tenantry.proxies (TENANTRY_PROXIES): found \"proxy.example\"");
        assertThat(new Settings(Map.of("tenantry.proxies", "10.0.0.0/8")::get, name -> null)
                        .proxies()
                        .isEmpty())
                .isFalse();
    }

    @Test
    void recognizesEveryVariableOfServerConfiguration() throws IOException {
        var script = Files.readString(Path.of("..", "wildfly-config", "src", "main", "cli", "install.cli"));
        var names = Pattern.compile("env\\.(TENANTRY_[A-Z_]+)")
                .matcher(script)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(names).contains("TENANTRY_DB_URL");
        assertThat(new Settings(key -> null, name -> null).warnings(Set.copyOf(names)))
                .isEmpty();
    }
}

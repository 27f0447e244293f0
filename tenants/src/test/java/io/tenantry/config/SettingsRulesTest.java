package io.tenantry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings with which a server does not start. */
class SettingsRulesTest {
    private static final String HOST = "tenantry.platform.host";

    private static final Map<String, String> DATABASE = Map.of(
            "TENANTRY_DB_URL", "jdbc:postgresql://db.example:5432/tenantry?sslmode=verify-full",
            "TENANTRY_DB_PASSWORD", "a",
            "TENANTRY_DB_ADMIN_PASSWORD", "b",
            "TENANTRY_DB_BATCH_PASSWORD", "c");

    @Test
    void requiresPlatformHost() {
        refuses(Map.of(), "tenantry.platform.host (TENANTRY_PLATFORM_HOST): must be set");
        assertThat(server(Map.of("tenantry.demo", "true")).platformHost()).isEqualTo("platform.localhost");
    }

    @Test
    void usesHttpsExceptOnLocalSite() {
        assertThat(server(Map.of(HOST, "admin.example")).tls()).isTrue();
        assertThat(server(Map.of(HOST, "admin.example")).origin("a.example")).isEqualTo("https://a.example");
        assertThat(server(Map.of(HOST, "platform.localhost")).tls()).isFalse();
        assertThat(server(Map.of("tenantry.demo", "true")).tls()).isFalse();
        refuses(
                Map.of(HOST, "admin.example", "tenantry.tls", "false"),
                "tenantry.tls (TENANTRY_TLS): must be true, unless the platform's host ends in .localhost");
        refuses(Map.of(HOST, "localhost.example", "tenantry.tls", "false"), "tenantry.tls");
        refuses(Map.of(HOST, "notlocalhost", "tenantry.tls", "false"), "tenantry.tls");
    }

    @Test
    void allowsDemoOnlyOnLocalSite() {
        refuses(Map.of(HOST, "admin.example", "tenantry.demo", "true"), "the platform's host must end in .localhost");
        for (var address : new String[] {"0.0.0.0", "::", "10.0.0.5", "server.example"}) {
            refuses(
                    Map.of("tenantry.demo", "true", "jboss.bind.address", address),
                    "tenantry.demo (TENANTRY_DEMO): a demo is on this machine alone: the server must listen on 127.0.0.1");
        }
        for (var address : new String[] {"127.0.0.1", "127.0.1.1", "localhost", "::1", "[::1]"}) {
            assertThat(server(Map.of("tenantry.demo", "true", "jboss.bind.address", address))
                            .demo())
                    .isTrue();
        }
    }

    /** Who mistyped a name sees that beside what is wrong because of it. */
    @Test
    void errorAlsoNamesUnknownVariables() {
        assertThatThrownBy(() -> new Settings(
                        Map.of("tenantry.tls", "yes")::get, name -> null, true, Set.of("TENANTRY_PLATFORM_HOTS")))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageContainingAll(
                        "tenantry.tls (TENANTRY_TLS): found \"yes\"",
                        "tenantry.platform.host (TENANTRY_PLATFORM_HOST): must be set",
                        "TENANTRY_PLATFORM_HOTS is set, but nothing reads it; did you mean TENANTRY_PLATFORM_HOST?");
        assertThat(new Settings(Map.of(HOST, "a.example")::get, DATABASE::get, true, Set.of("TENANTRY_TSL"))
                        .platformHost())
                .isEqualTo("a.example");
    }

    @Test
    void requiresKeysFileForMailServer() {
        refuses(
                Map.of(HOST, "admin.example", "tenantry.mail.host", "smtp.example"),
                "tenantry.secret.keys-file (TENANTRY_SECRET_KEYS_FILE): must be set with a mail server");
        assertThatCode(() -> server(Map.of(
                        HOST,
                        "admin.example",
                        "tenantry.mail.host",
                        "smtp.example",
                        "tenantry.secret.keys-file",
                        "/etc/tenantry/secret.keys")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenantry.ecb.url", "tenantry.vies.url"})
    void requiresHttpsForRatesAndTaxNumberChecks(String key) {
        for (var url : new String[] {
            "http://www.ecb.europa.eu/stats",
            "http://localhost.example/x",
            "http://127.0.0.1.example/",
            "ftp://a",
            "http://127.0.0.1@b.example/"
        }) {
            refuses(
                    Map.of(HOST, "admin.example", key, url),
                    key + " (" + SettingsSource.environmentName(key) + "): found");
        }
        for (var url : new String[] {
            "https://www.ecb.europa.eu/stats/eurofxref", "http://127.0.0.1:8081/rest", "http://[::1]:80"
        }) {
            assertThatCode(() -> server(Map.of(HOST, "admin.example", key, url)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void reportsAllErrorsAtOnceWithoutStackTrace() {
        assertThatThrownBy(
                        () -> server(Map.of("tenantry.mail.host", "smtp.example", "tenantry.charging.workers", "no")))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageContaining("tenantry.platform.host")
                .hasMessageContaining("tenantry.secret.keys-file")
                .hasMessageContaining("tenantry.charging.workers")
                .satisfies(error -> assertThat(error.getStackTrace()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "TENANTRY_PLATFORM_HOSTS, TENANTRY_PLATFORM_HOST",
        "TENANTRY_TSL, TENANTRY_TLS",
        "TENANTRY_SECRET_KEY_FILE, TENANTRY_SECRET_KEYS_FILE",
        "TENANTRY_DB_PASSWORT, TENANTRY_DB_PASSWORD"
    })
    void suggestsNearestNameForUnknownVariable(String typed, String meant) {
        assertThat(server(Map.of(HOST, "admin.example"))
                        .warnings(Set.of(typed, "PATH", "TENANTRY_DB_URL", "TENANTRY_TLS")))
                .containsExactly(typed + " is set, but nothing reads it; did you mean " + meant + "?");
    }

    @Test
    void warnsOfWeakSettings() {
        assertThat(server(Map.of(HOST, "admin.example", "tenantry.password.memory-kib", "1024"))
                        .warnings(Set.of()))
                .singleElement()
                .asString()
                .contains("tenantry.password.memory-kib: 1024");
    }

    @Test
    void keepsFilesInServerDataFolder() {
        var settings = server(Map.of(HOST, "admin.example", "jboss.server.data.dir", "/srv/wildfly/data"));
        assertThat(settings.dataFolder()).isEqualTo("/srv/wildfly/data/tenantry");
        assertThat(settings.auditFolder()).isEqualTo("/srv/wildfly/data/tenantry/audit-heads");
        assertThat(server(Map.of(HOST, "admin.example", "tenantry.audit.folder", "/mnt/audit"))
                        .auditFolder())
                .isEqualTo("/mnt/audit");
    }

    @Test
    void requiresWritableExportsFolder(@TempDir Path folder) throws IOException {
        assertThat(server(Map.of(HOST, "admin.example", "jboss.server.data.dir", "/srv/wildfly/data"))
                        .exportsFolder())
                .isEqualTo("/srv/wildfly/data/tenantry/exports");
        assertThat(server(Map.of(HOST, "admin.example", "tenantry.exports.folder", folder.toString()))
                        .exportsFolder())
                .isEqualTo(folder.toString());
        var file = Files.createFile(folder.resolve("file"));
        for (var wrong : List.of(folder.resolve("not-mounted"), file)) {
            refuses(
                    Map.of(HOST, "admin.example", "tenantry.exports.folder", wrong.toString()),
                    "(TENANTRY_EXPORTS_FOLDER): must be a folder that is there");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TENANTRY_DB_URL",
                "TENANTRY_DB_PASSWORD",
                "TENANTRY_DB_ADMIN_PASSWORD",
                "TENANTRY_DB_BATCH_PASSWORD"
            })
    void requiresVariablesOfDatabase(String name) {
        var host = Map.of(HOST, "admin.example");
        var others = new HashMap<>(DATABASE);
        others.remove(name);
        var blank = new HashMap<>(DATABASE);
        blank.put(name, " ");
        for (var environment : List.of(others, blank)) {
            assertThatThrownBy(() -> new Settings(host::get, environment::get, true, Set.of()))
                    .isInstanceOf(ConfigurationError.class)
                    .hasMessageStartingWith("configuration refused: " + name + ": must be set")
                    .hasMessageNotContaining(";");
        }
        var asProperty = Map.of(HOST, "admin.example", "env." + name, DATABASE.getOrDefault(name, ""));
        assertThatCode(() -> new Settings(asProperty::get, others::get, true, Set.of()))
                .as("the server resolves such a property as well")
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://tenantry:hunter2@db.example/tenantry",
                "jdbc:mysql://db.example/?password=hunter2",
                "jdbc:postgresql:",
                "jdbc:postgresql://db.example/a b?password=hunter2"
            })
    void rejectsOtherDatabaseUrlsWithoutRepeatingThem(String url) {
        var environment = new HashMap<>(DATABASE);
        environment.put("TENANTRY_DB_URL", url);
        assertThatThrownBy(() -> new Settings(Map.of(HOST, "admin.example")::get, environment::get, true, Set.of()))
                .isInstanceOf(ConfigurationError.class)
                .hasMessage("configuration refused: TENANTRY_DB_URL: must be of the form"
                        + " jdbc:postgresql://host:5432/tenantry, without spaces");
    }

    private static void refuses(Map<String, String> properties, String why) {
        assertThatThrownBy(() -> server(properties))
                .isInstanceOf(ConfigurationError.class)
                .hasMessageContaining(why);
    }

    private static Settings server(Map<String, String> properties) {
        return new Settings(new HashMap<>(properties)::get, DATABASE::get, true, Set.of());
    }
}

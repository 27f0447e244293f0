package io.tenantry.cloud.provider.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.kernel.secret.KeyRotationRun;
import io.tenantry.kernel.secret.SecretStore.Count;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderCredentialStoreTest {
    private static final String SLUG = "rotates";
    private static final String PANEL = "https://panel.example/api/v1";

    @BeforeAll
    static void prepare() {
        ProviderAccountFixture.open(SLUG);
    }

    @BeforeEach
    void clearTables() {
        Database.asOwner("delete from t_rotates.provider_account");
    }

    private static ProviderAccountFixture fixture(String... keys) {
        return new ProviderAccountFixture(SLUG, AddressPolicy.ANY, Map.of(), keys);
    }

    private static Count change(ProviderAccountFixture providerAccountFixture) {
        var change = new KeyRotationRun(providerAccountFixture.secrets.vault, List.of(providerAccountFixture.secrets));
        return providerAccountFixture.as(ProviderAccountFixture.OWNER, change::reencrypt);
    }

    private static Map<String, Integer> keys(ProviderAccountFixture providerAccountFixture) {
        var change = new KeyRotationRun(
                providerAccountFixture.secrets.vault,
                List.of(providerAccountFixture.secrets, providerAccountFixture.secrets));
        var twice = providerAccountFixture.as(ProviderAccountFixture.OWNER, change::keys);
        twice.values().forEach(secrets -> assertThat(secrets % 2).isZero());
        return providerAccountFixture.as(ProviderAccountFixture.OWNER, providerAccountFixture.secrets::keys);
    }

    @Test
    void reencryptsCredentialsWithANewKey() {
        UUID id;
        try (var before = fixture(ProviderAccountFixture.FIRST)) {
            id = before.account("Main", PANEL, "token-1");
            before.account("Other", PANEL, "token-2");
            assertThat(change(before)).isEqualTo(new Count(0, 0));
        }
        try (var meanwhile = fixture(ProviderAccountFixture.SECOND, ProviderAccountFixture.FIRST)) {
            meanwhile.account("Third", PANEL, "token-3");
            assertThat(keys(meanwhile)).isEqualTo(Map.of("first", 2, "second", 1));
            assertThat(change(meanwhile)).isEqualTo(new Count(2, 0));
            assertThat(change(meanwhile)).isEqualTo(new Count(0, 0));
        }
        try (var after = fixture(ProviderAccountFixture.SECOND)) {
            assertThat(after.texts("distinct key_id", "provider_account")).containsExactly("second");
            var openedClient =
                    after.as(ProviderAccountFixture.OWNER, () -> after.providerClients.open(after.records.kept(id)));
            assertThat(openedClient.masked("the token is token-1")).isEqualTo("the token is \u2026");
        }
    }

    @Test
    void countsCredentialsItCannotDecrypt() {
        try (var before = fixture(ProviderAccountFixture.FIRST)) {
            before.account("Main", PANEL, "token-1");
        }
        try (var lost = fixture(ProviderAccountFixture.SECOND)) {
            lost.account("Other", PANEL, "token-2");
            assertThat(change(lost)).isEqualTo(new Count(0, 1));
            assertThat(lost.texts("key_id", "provider_account order by lower(name)"))
                    .containsExactly("first", "second");
        }
    }

    @Test
    void changesNothingWithoutAKey() {
        try (var before = fixture(ProviderAccountFixture.FIRST)) {
            before.account("Main", PANEL, "token-1");
        }
        try (var keyless = fixture()) {
            assertThat(change(keyless)).isEqualTo(new Count(0, 0));
        }
    }

    @Test
    void opensAnAccountOnlyForItsOwnTenant() {
        try (var ours = fixture(ProviderAccountFixture.FIRST);
                var theirs = new ProviderAccountFixture(
                        "aurora", AddressPolicy.ANY, Map.of(), ProviderAccountFixture.FIRST)) {
            var id = ours.account("Main", PANEL, "token-1");
            assertThatThrownBy(() -> theirs.as(ProviderAccountFixture.OWNER, () -> theirs.providerClients.open(id)))
                    .isInstanceOf(NotFoundException.class);
            Database.asOwner("insert into t_aurora.provider_account"
                    + " (id, name, provider, base_url, credentials, state, created_at, credentials_at)"
                    + " select id, name, provider, base_url, credentials, state, created_at, credentials_at"
                    + " from t_rotates.provider_account where id = '" + id + "'");
            try {
                assertThatThrownBy(() -> theirs.as(ProviderAccountFixture.OWNER, () -> theirs.providerClients.open(id)))
                        .isInstanceOf(ProviderFailure.class)
                        .hasMessageNotContaining("token-1");
            } finally {
                Database.asOwner("delete from t_aurora.provider_account where id = '" + id + "'");
            }
        }
    }
}

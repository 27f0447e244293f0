package io.tenantry.cloud.provider.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.FakeProvider.Fault;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.testing.Database;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTestTest {
    private static final String SLUG = "checks";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ProviderAccountFixture providerAccountFixture = ProviderAccountFixture.of(SLUG);
    private final FakeCatalogPanel fakeCatalogPanel = new FakeCatalogPanel();

    @BeforeAll
    static void prepare() {
        ProviderAccountFixture.open(SLUG);
    }

    @BeforeEach
    void clearTables() {
        Database.asOwner("delete from t_checks.provider_account");
        Database.asOwner("truncate t_checks.audit_record");
    }

    @AfterEach
    void close() {
        fakeCatalogPanel.close();
        providerAccountFixture.close();
    }

    @Test
    void recordsASuccessfulTestWithTheProvidersDescription() {
        var id = providerAccountFixture.account("Main", fakeCatalogPanel.address(), FakeCatalogPanel.TOKEN);
        assertThat(check(id)).isEqualTo(ConnectionTestResult.WORKS);
        assertThat(providerAccountFixture.inspect(id).verdict()).contains(ConnectionTestResult.WORKS);
        assertThat(providerAccountFixture.inspect(id).words()).isEqualTo("VirtFusion at 127.0.0.1 with 2 packages");
        assertThat(providerAccountFixture.inspect(id).testedAt()).contains(ProviderAccountFixture.NOON);
        assertThat(providerAccountFixture.texts(
                        "action || (facts ->> 'test_result')", "audit_record where action = 'provider.tested'"))
                .containsExactly("provider.testedWORKS");
    }

    @Test
    void reportsWrongCredentialsWithoutTheToken() {
        fakeCatalogPanel.echoCredentials();
        var id = providerAccountFixture.account("Main", fakeCatalogPanel.address(), "a-bad-token-4711");
        assertThat(check(id)).isEqualTo(ConnectionTestResult.CREDENTIALS);
        assertThat(providerAccountFixture.inspect(id).words()).contains("401").doesNotContain("a-bad-token-4711");
        assertThat(fakeCatalogPanel.requests()).hasSize(1);
    }

    @Test
    void limitsTheWaitForASilentProvider() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var id = providerAccountFixture.account(
                    "Main", "http://127.0.0.1:" + silent.getLocalPort(), FakeCatalogPanel.TOKEN);
            var began = System.nanoTime();
            assertThat(check(id, Duration.ofMillis(300))).isEqualTo(ConnectionTestResult.NO_RESPONSE);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
            assertThat(providerAccountFixture.inspect(id).words()).startsWith("no answer within");
        }
    }

    @Test
    void refusesAnAddressInTheInternalNetwork() {
        try (var guarded = new ProviderAccountFixture(
                SLUG,
                AddressPolicy.PUBLIC,
                Map.of("tenantry.outbound.addresses", "any"),
                ProviderAccountFixture.FIRST)) {
            var id = guarded.account("Inside", fakeCatalogPanel.address(), FakeCatalogPanel.TOKEN);
            assertThat(guarded.as(ProviderAccountFixture.OWNER, () -> guarded.connection.check(id, LONG)))
                    .isEqualTo(ConnectionTestResult.UNREACHABLE);
            assertThat(guarded.inspect(id).words()).contains("cannot be reached or is not allowed");
            assertThat(fakeCatalogPanel.requests()).isEmpty();
        }
    }

    @Test
    void reportsAnAddressThatIsNotTheProvidersApi() {
        var id = providerAccountFixture.account("Main", fakeCatalogPanel.base() + "/elsewhere", FakeCatalogPanel.TOKEN);
        assertThat(check(id)).isEqualTo(ConnectionTestResult.INVALID_RESPONSE);
        fakeCatalogPanel.failNext(Fault.NOT_JSON);
        var other = providerAccountFixture.account("Other", fakeCatalogPanel.address(), FakeCatalogPanel.TOKEN);
        assertThat(check(other)).isEqualTo(ConnectionTestResult.INVALID_RESPONSE);
        assertThat(check(other)).isEqualTo(ConnectionTestResult.WORKS);
    }

    @Test
    void doesNotRetryARateLimitedProvider() {
        var id = providerAccountFixture.account("Main", fakeCatalogPanel.address(), FakeCatalogPanel.TOKEN);
        fakeCatalogPanel.failNext(Fault.RATE_LIMITED_LONG);
        assertThat(check(id)).isEqualTo(ConnectionTestResult.BUSY);
        assertThat(fakeCatalogPanel.requests()).hasSize(1);
    }

    @Test
    void sendsNothingToAnAddressChangedInTheDatabase() {
        var id = providerAccountFixture.account("Main", "https://panel.example/api/v1", FakeCatalogPanel.TOKEN);
        Database.asOwner("update t_checks.provider_account set base_url = '" + fakeCatalogPanel.address() + "'");
        assertThat(check(id)).isEqualTo(ConnectionTestResult.LOCKED);
        assertThat(fakeCatalogPanel.requests()).isEmpty();
        assertThatThrownBy(() -> providerAccountFixture.as(
                        ProviderAccountFixture.OWNER, () -> providerAccountFixture.providerClients.open(id)))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.maybeDone()).isFalse());
    }

    @Test
    void ignoresATestOfEarlierCredentials() {
        var id = providerAccountFixture.account("Main", fakeCatalogPanel.address(), "a-bad-token-4711");
        var before =
                providerAccountFixture.as(ProviderAccountFixture.OWNER, () -> providerAccountFixture.records.kept(id));
        assertThat(check(id)).isEqualTo(ConnectionTestResult.CREDENTIALS);
        providerAccountFixture.as(
                ProviderAccountFixture.OWNER,
                () -> providerAccountFixture.changes.replace(id, fakeCatalogPanel.address(), FakeCatalogPanel.TOKEN));
        assertThat(providerAccountFixture.inspect(id).verdict()).isEmpty();
        providerAccountFixture.as(ProviderAccountFixture.OWNER, () -> {
            providerAccountFixture.records.tested(before, ConnectionTestResult.CREDENTIALS, "late");
            return true;
        });
        assertThat(providerAccountFixture.inspect(id).verdict()).isEqualTo(Optional.empty());
        assertThat(check(id)).isEqualTo(ConnectionTestResult.WORKS);
    }

    @Test
    void reopensAClientOnlyWhenCredentialsChange() {
        var id = providerAccountFixture.account("Main", fakeCatalogPanel.address(), FakeCatalogPanel.TOKEN);
        var providerClient = providerAccountFixture.as(
                ProviderAccountFixture.OWNER, () -> providerAccountFixture.providerClients.open(id));
        assertThat(providerAccountFixture.as(
                        ProviderAccountFixture.OWNER, () -> providerAccountFixture.providerClients.open(id)))
                .isSameAs(providerClient);
        providerAccountFixture.as(
                ProviderAccountFixture.OWNER,
                () -> providerAccountFixture.changes.replace(id, fakeCatalogPanel.address(), FakeCatalogPanel.TOKEN));
        assertThat(providerAccountFixture.as(
                        ProviderAccountFixture.OWNER, () -> providerAccountFixture.providerClients.open(id)))
                .isNotSameAs(providerClient);
    }

    @Test
    void queriesProvidersOutsideATransaction() {
        assertThat(ConnectionTest.class
                        .getAnnotation(TransactionAttribute.class)
                        .value())
                .isEqualTo(TransactionAttributeType.NOT_SUPPORTED);
    }

    private ConnectionTestResult check(UUID id) {
        return check(id, LONG);
    }

    private ConnectionTestResult check(UUID id, Duration limit) {
        return providerAccountFixture.as(
                ProviderAccountFixture.OWNER, () -> providerAccountFixture.connection.check(id, limit));
    }
}

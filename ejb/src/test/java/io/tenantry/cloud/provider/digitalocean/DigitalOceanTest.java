package io.tenantry.cloud.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.Backoff;
import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.FakeProvider;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderContract;
import io.tenantry.cloud.provider.ProviderScripts;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.VncConsole;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.MovableClock;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitalOceanTest extends ProviderContract {
    private final MovableClock clock = new MovableClock();

    @Override
    protected FakeProvider fake() {
        var fake = new FakeDigitalOcean();
        serverSpec().keys().forEach(fake::storeKey);
        return fake;
    }

    @Override
    protected ProviderClient open(HttpGateway httpGateway, Credentials credentials, Backoff backoff) {
        clock.stopAt(OpenAccount.NOW);
        return DigitalOcean.open(httpGateway, credentials, clock, duration -> {
            backoff.pause(duration);
            clock.stopAt(clock.instant().plus(duration));
        });
    }

    @Override
    protected Codes codes() {
        return new Codes("fra1", "s-1vcpu-1gb", "debian-12-x64", Map.of());
    }

    @Override
    protected void addForeignServers(FakeProvider provider, int count) {
        ((FakeDigitalOcean) provider).addForeignDroplets(count);
    }

    @Override
    protected void completeTasks(FakeProvider provider) {
        ((FakeDigitalOcean) provider).completeTasks();
    }

    @Test
    void hasItsCodeAndAddress() {
        var digitalOcean = new DigitalOcean();
        assertThat(digitalOcean.code()).isEqualTo("digitalocean");
        assertThat(digitalOcean.base()).contains(URI.create("https://api.digitalocean.com"));
    }

    @Test
    void supportsNeitherScriptsNorScreens() {
        assertThat(providerClient).isNotInstanceOf(ProviderScripts.class).isNotInstanceOf(VncConsole.class);
    }

    @Test
    void describesTheAccount() {
        assertThat(providerClient.check()).isEqualTo("sammy@example.org, team Hosts");
    }

    @Test
    void listsServersInPagesOfTwoHundred() {
        addForeignServers(provider, 401);
        provider.forget();
        assertThat(providerClient.servers()).hasSize(401);
        assertThat(provider.requests())
                .extracting(recordedCall -> recordedCall.query().get("page"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void findsAServerByItsTagInOneRequest() {
        var serverSpec = serverSpec();
        addForeignServers(provider, 300);
        providerClient.create(serverSpec);
        provider.forget();

        assertThat(providerClient.marked(serverSpec.mark())).hasSize(1);
        assertThat(provider.requests())
                .singleElement()
                .satisfies(recordedCall -> assertThat(recordedCall.query())
                        .containsEntry("tag_name", serverSpec.mark().text()));
    }

    @Test
    void returnsPublicAddressesWithIpv4First() {
        var id = providerClient.create(serverSpec()).id();
        completeTasks(provider);
        assertThat(providerClient.server(id).orElseThrow().addresses())
                .satisfiesExactly(
                        v4 -> assertThat(v4).startsWith("192.0.2."),
                        v6 -> assertThat(v6).startsWith("2001:db8::"));
    }

    @ParameterizedTest
    @CsvSource({
        "new, false, BUILDING",
        "new, true, BUILDING",
        "active, false, RUNNING",
        "active, true, BUSY",
        "off, false, STOPPED",
        "off, true, BUSY",
        "archive, false, SUSPENDED",
        "hibernating, false, UNKNOWN",
        "hibernating, true, UNKNOWN"
    })
    void mapsStatusToState(String status, boolean locked, ProviderServer.State state) {
        var id = providerClient.create(serverSpec()).id();
        var droplet = ((FakeDigitalOcean) provider).droplet(id);
        droplet.status = status;
        droplet.locked = locked;
        assertThat(providerClient.server(id)).map(ProviderServer::state).contains(state);
    }

    @Test
    void readsPrices() {
        assertThat(size("s-1vcpu-1gb").prices())
                .containsExactly(
                        new ProviderCatalog.Price(Optional.empty(), Money.of("0.00893", "USD"), Money.of("6", "USD")));
        assertThat(size("s-1vcpu-512mb-10gb").prices())
                .containsExactly(
                        new ProviderCatalog.Price(Optional.empty(), Money.of("0.00595", "USD"), Money.of("4", "USD")));
    }

    @Test
    void convertsATerabyteToAThousandGib() {
        assertThat(size("s-1vcpu-1gb").transferGib()).isEqualTo(1000);
        assertThat(size("s-1vcpu-512mb-10gb").transferGib()).isEqualTo(500);
    }

    @Test
    void omitsUnavailableSizesFromTheCatalog() {
        assertThat(providerClient.readCatalog().sizes())
                .extracting(ProviderCatalog.Size::code)
                .containsExactly("s-1vcpu-1gb", "s-2vcpu-2gb", "s-1vcpu-512mb-10gb", "s-8vcpu-16gb");
    }

    @Test
    void marksClosedRegionsAndDeprecatedImages() {
        var providerCatalog = providerClient.readCatalog();
        assertThat(providerCatalog.regions())
                .filteredOn(region -> !region.open())
                .extracting(ProviderCatalog.Region::code)
                .containsExactly("nyc2");
        assertThat(providerCatalog.images())
                .containsExactly(
                        new ProviderCatalog.Image("debian-12-x64", "Debian 12 x64", "Debian", 10, false),
                        new ProviderCatalog.Image("centos-7-x64", "CentOS 7 x64", "CentOS", 0, true));
    }

    private ProviderCatalog.Size size(String code) {
        return providerClient.readCatalog().sizes().stream()
                .filter(size -> size.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}

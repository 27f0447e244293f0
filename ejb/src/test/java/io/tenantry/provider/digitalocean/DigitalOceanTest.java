package io.tenantry.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.money.Money;
import io.tenantry.outbound.Outbound;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.EveryProvider;
import io.tenantry.provider.FakeVendor;
import io.tenantry.provider.Pauses;
import io.tenantry.provider.Provider;
import io.tenantry.provider.Screen;
import io.tenantry.provider.Scripts;
import io.tenantry.provider.Server;
import io.tenantry.time.MovableClock;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitalOceanTest extends EveryProvider {
    private final MovableClock clock = new MovableClock();

    @Override
    protected FakeVendor fake() {
        var fake = new FakeDigitalOcean();
        wish().keys().forEach(fake::keeps);
        return fake;
    }

    @Override
    protected Provider open(Outbound outbound, Credentials credentials, Pauses pauses) {
        clock.stopAt(OpenAccount.NOW);
        return DigitalOcean.open(outbound, credentials, clock, duration -> {
            pauses.pause(duration);
            clock.stopAt(clock.instant().plus(duration));
        });
    }

    @Override
    protected Codes codes() {
        return new Codes("fra1", "s-1vcpu-1gb", "debian-12-x64", Map.of());
    }

    @Override
    protected void others(FakeVendor vendor, int count) {
        ((FakeDigitalOcean) vendor).strangers(count);
    }

    @Override
    protected void settle(FakeVendor vendor) {
        ((FakeDigitalOcean) vendor).settle();
    }

    @Test
    void isKnownByItsCodeAndAddress() {
        var digitalOcean = new DigitalOcean();
        assertThat(digitalOcean.code()).isEqualTo("digitalocean");
        assertThat(digitalOcean.base()).contains(URI.create("https://api.digitalocean.com"));
    }

    @Test
    void hasNeitherScriptsNorScreens() {
        assertThat(provider).isNotInstanceOf(Scripts.class).isNotInstanceOf(Screen.class);
    }

    @Test
    void aCheckTellsWhoseAccountItIs() {
        assertThat(provider.check()).isEqualTo("sammy@example.org, team Hosts");
    }

    @Test
    void theListIsReadInPagesOfTwoHundred() {
        others(vendor, 401);
        vendor.forget();
        assertThat(provider.servers()).hasSize(401);
        assertThat(vendor.asked())
                .extracting(asked -> asked.query().get("page"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void aMarkIsLookedUpByItsTagAlone() {
        var wish = wish();
        others(vendor, 300);
        provider.create(wish);
        vendor.forget();

        assertThat(provider.marked(wish.mark())).hasSize(1);
        assertThat(vendor.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.query())
                        .containsEntry("tag_name", wish.mark().text()));
    }

    @Test
    void addressesAreThePublicOnesWithIpv4First() {
        var id = provider.create(wish()).id();
        settle(vendor);
        assertThat(provider.server(id).orElseThrow().addresses())
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
        "hibernating, false, UNRECOGNISED",
        "hibernating, true, UNRECOGNISED"
    })
    void eachStatusIsAStateOfOurs(String status, boolean locked, Server.State state) {
        var id = provider.create(wish()).id();
        var droplet = ((FakeDigitalOcean) vendor).droplet(id);
        droplet.status = status;
        droplet.locked = locked;
        assertThat(provider.server(id)).map(Server::state).contains(state);
    }

    @Test
    void pricesAreThoseOfThePriceList() {
        assertThat(size("s-1vcpu-1gb").prices())
                .containsExactly(
                        new Catalogue.Price(Optional.empty(), Money.of("0.00893", "USD"), Money.of("6", "USD")));
        assertThat(size("s-1vcpu-512mb-10gb").prices())
                .containsExactly(
                        new Catalogue.Price(Optional.empty(), Money.of("0.00595", "USD"), Money.of("4", "USD")));
    }

    @Test
    void transferIsAThousandGibForATerabyte() {
        assertThat(size("s-1vcpu-1gb").transferGib()).isEqualTo(1000);
        assertThat(size("s-1vcpu-512mb-10gb").transferGib()).isEqualTo(500);
    }

    @Test
    void whatIsNotSoldIsNotInTheCatalogue() {
        assertThat(provider.catalogue().sizes())
                .extracting(Catalogue.Size::code)
                .containsExactly("s-1vcpu-1gb", "s-2vcpu-2gb", "s-1vcpu-512mb-10gb", "s-8vcpu-16gb");
    }

    @Test
    void aClosedRegionAndARetiringImageAreTold() {
        var catalogue = provider.catalogue();
        assertThat(catalogue.regions())
                .filteredOn(region -> !region.open())
                .extracting(Catalogue.Region::code)
                .containsExactly("nyc2");
        assertThat(catalogue.images())
                .containsExactly(
                        new Catalogue.Image("debian-12-x64", "Debian 12 x64", "Debian", 10, false),
                        new Catalogue.Image("centos-7-x64", "CentOS 7 x64", "CentOS", 0, true));
    }

    private Catalogue.Size size(String code) {
        return provider.catalogue().sizes().stream()
                .filter(size -> size.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}

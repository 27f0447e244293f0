package io.tenantry.provider.hetzner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.money.Money;
import io.tenantry.outbound.Answer;
import io.tenantry.outbound.Outbound;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.EveryProvider;
import io.tenantry.provider.FakeVendor;
import io.tenantry.provider.Pauses;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Wish;
import io.tenantry.time.MovableClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each adapter holds, held by this one, and what is Hetzner's own. */
class HetznerTest extends EveryProvider {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final MovableClock clock = new MovableClock();

    @Override
    protected FakeVendor fake() {
        return new FakeHetzner();
    }

    @Override
    protected Provider open(Outbound outbound, Credentials credentials, Pauses pauses) {
        clock.stopAt(NOW);
        return new HetznerRescue(new VendorApi(outbound, credentials, new HetznerDialect(), clock, pauses), clock);
    }

    @Override
    protected Codes codes() {
        return new Codes("fsn1", "cx22", "debian-12", Map.of());
    }

    @Override
    protected boolean makes(FakeVendor.Asked request) {
        return request.method().equals("POST") && request.path().equals("/servers");
    }

    @Override
    protected void others(FakeVendor vendor, int count) {
        ((FakeHetzner) vendor).others(count);
    }

    @Override
    protected void settle(FakeVendor vendor) {
        ((FakeHetzner) vendor).settle();
    }

    @Test
    void isKnownByItsCodeAndAddress() {
        var hetzner = new Hetzner();
        assertThat(hetzner.code()).isEqualTo("hetzner");
        assertThat(hetzner.base()).contains(URI.create("https://api.hetzner.cloud/v1"));
    }

    @Test
    void aMarkIsLookedUpByItsLabelAlone() {
        var wish = wish();
        others(vendor, 300);
        provider.create(wish);
        vendor.forget();

        assertThat(provider.marked(wish.mark())).hasSize(1);
        assertThat(vendor.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.query())
                        .containsEntry(
                                "label_selector", "tenantry==" + wish.mark().text()));
    }

    @Test
    void aSecondServerOfOneMarkIsRefusedAsBusy() {
        var wish = wish();
        provider.create(wish);
        assertRefused(Reason.BUSY, () -> provider.create(wish));
    }

    @Test
    void aKeyIsKeptOnceAndGivenByItsName() {
        provider.create(wish());
        provider.create(wish());
        assertThat(hetzner().keys()).hasSize(1);
        assertThat(vendor.asked())
                .filteredOn(this::makes)
                .hasSize(2)
                .allSatisfy(asked -> assertThat(
                                asked.body().getJsonArray("ssh_keys").getString(0))
                        .isEqualTo(hetzner().keys().get(0).getString("name")));
    }

    @Test
    void aScriptIsUserData() {
        var wish = wish();
        provider.create(with(wish, wish.keys(), Optional.of("#cloud-config")));
        assertThat(vendor.asked())
                .filteredOn(this::makes)
                .singleElement()
                .satisfies(
                        asked -> assertThat(asked.body().getString("user_data")).isEqualTo("#cloud-config"));
    }

    @ParameterizedTest
    @CsvSource({
        "initializing, BUILDING",
        "rebuilding, BUILDING",
        "starting, BUSY",
        "stopping, BUSY",
        "migrating, BUSY",
        "running, RUNNING",
        "off, STOPPED",
        "deleting, LEAVING",
        "unknown, UNRECOGNISED",
        "dreaming, UNRECOGNISED"
    })
    void eachStatusIsAStateOfOurs(String status, Server.State state) {
        var id = provider.create(wish()).id();
        hetzner().server(id).status = status;
        assertThat(provider.server(id)).map(Server::state).contains(state);
    }

    @Test
    void addressesAreIpv4AndTheFirstOfTheIpv6Network() {
        assertThat(provider.create(wish()).addresses()).containsExactly("192.0.2.7", "2001:db8:7::1");
    }

    @Test
    void pricesAreThoseOfEachPlaceWithoutTax() {
        assertThat(provider.catalogue().sizes())
                .extracting(Catalogue.Size::code)
                .containsExactly("cx22", "cx32", "cx11");
        var size = provider.catalogue().sizes().get(0);
        assertThat(size.memoryMib()).isEqualTo(4096);
        assertThat(size.transferGib()).isEqualTo(1024);
        assertThat(size.prices())
                .containsExactly(
                        new Catalogue.Price(Optional.of("fsn1"), Money.of("0.006", "EUR"), Money.of("3.79", "EUR")),
                        new Catalogue.Price(Optional.of("ash"), Money.of("0.0074", "EUR"), Money.of("4.59", "EUR")));
    }

    @Test
    void aSystemIsToldOnceAndThatItRetires() {
        assertThat(provider.catalogue().images())
                .containsExactly(
                        new Catalogue.Image("debian-12", "Debian 12", "debian", 5, false),
                        new Catalogue.Image("centos-7", "CentOS 7", "centos", 5, true));
    }

    @Test
    void aServerIsSwitchedInWordsOfThePathAlone() {
        var id = running();
        for (var power : List.of(Power.RESTART, Power.SHUT_DOWN, Power.ON, Power.OFF)) {
            assertThat(end(provider.power(id, power)).stage()).isEqualTo(Progress.Stage.DONE);
        }
        assertThat(hetzner().commands())
                .containsExactly("create_server", "reboot_server", "shutdown_server", "start_server", "stop_server");
    }

    @Test
    void aRunningServerIsShutDownChangedAndSwitchedOn() {
        var id = running();
        assertThat(end(account().resize(id, "cx32")).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(hetzner().commands())
                .containsExactly("create_server", "shutdown_server", "change_server_type", "start_server");
        assertThat(provider.server(id)).hasValueSatisfying(server -> {
            assertThat(server.size()).isEqualTo("cx32");
            assertThat(server.state()).isEqualTo(Server.State.RUNNING);
        });
    }

    @Test
    void whoeverDoesNotHearLosesThePlugAfterTwoMinutes() {
        var id = running();
        hetzner().server(id).deaf = true;
        var task = account().resize(id, "cx32");
        settle(vendor);
        assertThat(provider.progress(task).stage()).isEqualTo(Progress.Stage.RUNNING);
        assertThat(hetzner().commands()).doesNotContain("stop_server");

        clock.stopAt(NOW.plus(Duration.ofMinutes(2)).plusSeconds(1));
        assertThat(end(task).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(hetzner().commands()).contains("stop_server", "change_server_type");
    }

    @Test
    void theSizeThatItHasAlreadyNeedsNothing() {
        assertThat(provider.progress(account().resize(running(), "cx22"))).isEqualTo(Progress.done());
        assertThat(hetzner().commands()).containsExactly("create_server");
    }

    @ParameterizedTest
    @CsvSource({"cx11", "cx99"})
    void whatCannotBeIsRefusedBeforeAnythingIsShutDown(String size) {
        var id = running();
        assertRefused(Reason.INVALID, () -> account().resize(id, size));
        assertThat(hetzner().commands()).containsExactly("create_server");
    }

    @Test
    void aServerMadeAnewKeepsItsKeysAndTakesNoOthers() {
        var wish = wish();
        var id = provider.create(wish).id();
        settle(vendor);
        var other = List.of("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOther someone");
        assertRefused(Reason.INVALID, () -> account().rebuild(id, with(wish, other, Optional.empty())));

        assertThat(end(account().rebuild(id, wish)).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(hetzner().server(id).image).isEqualTo("debian-12");
    }

    @Test
    void anAddressIsNamedAndGivenItsOwnNameBack() {
        var id = running();
        account().name(id, "192.0.2.7", "mail.example.org");
        settle(vendor);
        account().name(id, "2001:db8:7::1", "");
        settle(vendor);
        assertThat(hetzner().server(id).names)
                .containsEntry("192.0.2.7", "\"mail.example.org\"")
                .containsEntry("2001:db8:7::1", "null");
    }

    @ParameterizedTest
    @CsvSource({
        "403, resource_limit_exceeded, LIMIT",
        "412, resource_unavailable, NO_CAPACITY",
        "422, placement_error, NO_CAPACITY",
        "409, uniqueness_error, BUSY",
        "423, locked, BUSY",
        "422, server_not_stopped, BUSY",
        "422, invalid_input, INVALID",
        "403, token_readonly, FORBIDDEN",
        "429, rate_limit_exceeded, TOO_OFTEN",
        "503, unavailable, VENDOR"
    })
    void aRefusalMeansWhatItsCodeSays(int status, String code, Reason reason) {
        var body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"sorry\"}}";
        var answer = new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        assertThat(new HetznerDialect().refusal(answer))
                .hasMessage(status + ": " + code + ": sorry")
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private FakeHetzner hetzner() {
        return (FakeHetzner) vendor;
    }

    private HetznerAccount account() {
        return (HetznerAccount) provider;
    }

    private String running() {
        var id = provider.create(wish()).id();
        settle(vendor);
        return id;
    }

    /** Asks until it is over, as often as steps may be. */
    private Progress end(Task task) {
        var progress = Progress.running(0);
        for (var i = 0; i < 8 && progress.stage() == Progress.Stage.RUNNING; i++) {
            settle(vendor);
            progress = provider.progress(new Task(task.id()));
        }
        return progress;
    }

    private static Wish with(Wish wish, List<String> keys, Optional<String> script) {
        return new Wish(
                wish.mark(), wish.hostname(), wish.region(), wish.size(), wish.image(), keys, script, wish.options());
    }

    private static void assertRefused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable deed) {
        assertThatThrownBy(deed)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}

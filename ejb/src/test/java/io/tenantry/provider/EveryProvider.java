package io.tenantry.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.outbound.AddressPolicy;
import io.tenantry.outbound.Outbound;
import io.tenantry.provider.FakeVendor.Fault;
import io.tenantry.provider.ProviderFailure.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each adapter holds, whatever its vendor does. */
public abstract class EveryProvider {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk someone";

    /** What the adapter's vendor calls them. */
    public record Codes(String region, String size, String image, Map<String, String> options) {}

    private final Outbound outbound = new Outbound(
            AddressPolicy.ANY, new Outbound.Waits(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(3)));

    /** How long was waited between tries. */
    protected final List<Duration> waits = new ArrayList<>();

    /** The adapter under test. */
    protected Provider provider;

    /** The vendor, empty at the start of each test. */
    protected FakeVendor vendor;

    /** Another one each time. */
    protected abstract FakeVendor fake();

    protected abstract Provider open(Outbound outbound, Credentials credentials, Pauses pauses);

    protected abstract Codes codes();

    /** Others have so many servers in the account, without a mark of ours. */
    protected abstract void others(FakeVendor vendor, int count);

    /** The request that makes a server, for vendors that want to be asked other things before. */
    protected boolean makes(FakeVendor.Asked request) {
        return true;
    }

    /** What was asked for is ready, and tasks are done. */
    protected abstract void settle(FakeVendor vendor);

    @BeforeEach
    void meet() {
        vendor = fake();
        provider = open(outbound, new Credentials(vendor.base(), "a-good-token"), waits::add);
    }

    @AfterEach
    void part() {
        vendor.close();
        outbound.close();
    }

    /** The wish for a server with a mark of its own. */
    protected Wish wish() {
        var codes = codes();
        return new Wish(
                new Mark(UUID.randomUUID()),
                "web-1.example.org",
                codes.region(),
                codes.size(),
                codes.image(),
                List.of(KEY),
                Optional.empty(),
                codes.options());
    }

    @Test
    void aServerLivesFromTheWishToItsEnd() {
        var wish = wish();
        assertThat(provider.marked(wish.mark())).isEmpty();

        var made = provider.create(wish);
        assertThat(made.mark()).contains(wish.mark());
        assertThat(made.state()).isIn(Server.State.BUILDING, Server.State.BUSY);

        settle(vendor);
        var up = provider.server(made.id()).orElseThrow();
        assertThat(up.state()).isEqualTo(Server.State.RUNNING);
        assertThat(up.addresses()).isNotEmpty().allMatch(address -> !address.startsWith("10."));
        assertThat(provider.marked(wish.mark())).extracting(Server::id).containsExactly(made.id());

        provider.delete(made.id());
        settle(vendor);
        assertThat(provider.server(made.id())).isEmpty();
        assertThat(provider.marked(wish.mark())).isEmpty();
        provider.delete(made.id());
    }

    @Test
    void powerIsAskedForAndItsTaskEnds() {
        var id = provider.create(wish()).id();
        settle(vendor);
        for (var power : List.of(Power.RESTART, Power.SHUT_DOWN, Power.ON, Power.OFF)) {
            var task = provider.power(id, power);
            settle(vendor);
            assertThat(provider.progress(new Task(task.id())).stage()).isEqualTo(Progress.Stage.DONE);
        }
        assertThat(provider.server(id).orElseThrow().state()).isEqualTo(Server.State.STOPPED);
    }

    @Test
    void theListIsReadToItsEnd() {
        others(vendor, 451);
        var mine = provider.create(wish());

        var all = provider.servers();

        assertThat(all).hasSize(452).extracting(Server::id).doesNotHaveDuplicates();
        assertThat(all)
                .filteredOn(server -> server.mark().isPresent())
                .extracting(Server::id)
                .containsExactly(mine.id());
    }

    @Test
    void whatStrangersMadeBearsNoMark() {
        others(vendor, 1);
        assertThat(provider.servers()).extracting(Server::mark).containsExactly(Optional.empty());
    }

    @Test
    void aServerWhoseAnswerWasLostIsFoundByItsMark() {
        for (var fault : List.of(Fault.DONE_BUT_FAILS, Fault.DONE_BUT_SILENT)) {
            var wish = wish();
            vendor.next(this::makes, fault);
            assertThatThrownBy(() -> provider.create(wish))
                    .isInstanceOfSatisfying(
                            ProviderFailure.class,
                            failure -> assertThat(failure.maybeDone()).isTrue());
            assertThat(provider.marked(wish.mark())).as("%s", fault).hasSize(1);
        }
    }

    @Test
    void whatWasMadeAfterNobodyWaitedAnyMoreIsFoundByItsMarkToo() {
        var wish = wish();
        vendor.slow(this::makes, Duration.ofMillis(700));
        try (var hasty = new Outbound(
                AddressPolicy.ANY,
                new Outbound.Waits(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofSeconds(3)))) {
            var impatient = open(hasty, new Credentials(vendor.base(), "a-good-token"), waits::add);
            assertThatThrownBy(() -> impatient.create(wish))
                    .isInstanceOfSatisfying(
                            ProviderFailure.class,
                            failure -> assertThat(failure.maybeDone()).isTrue());
        }
        vendor.forget(); // Which waits until it is made.
        assertThat(provider.marked(wish.mark())).hasSize(1);
    }

    @Test
    void aCreationThatMayHaveBeenReadIsNeverSentAgain() {
        for (var fault : List.of(Fault.FAILS, Fault.SILENT, Fault.NONSENSE)) {
            var wish = wish();
            vendor.forget();
            vendor.next(this::makes, fault);
            assertThatThrownBy(() -> provider.create(wish)).isInstanceOf(ProviderFailure.class);
            assertThat(vendor.asked()).as("%s", fault).filteredOn(this::makes).hasSize(1);
        }
    }

    @Test
    void readingIsTriedThreeTimes() {
        vendor.next(Fault.FAILS, Fault.SILENT);
        assertThat(provider.servers()).isEmpty();
        assertThat(waits).hasSize(2);

        vendor.next(Fault.FAILS, Fault.FAILS, Fault.FAILS);
        assertThatThrownBy(() -> provider.servers()).isInstanceOfSatisfying(ProviderFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.VENDOR);
            assertThat(failure.isPassing()).isTrue();
        });
    }

    @Test
    void whoeverAsksTooOftenWaitsAsLongAsIsSaid() {
        vendor.next(Fault.TOO_OFTEN);
        provider.create(wish());
        assertThat(waits).containsExactly(Duration.ofSeconds(1));

        vendor.next(Fault.MUCH_TOO_OFTEN);
        assertThatThrownBy(() -> provider.create(wish())).isInstanceOfSatisfying(ProviderFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.TOO_OFTEN);
            assertThat(failure.comeAgainIn()).contains(Duration.ofMinutes(10));
            assertThat(failure.maybeDone()).isFalse();
        });
        assertThat(waits).hasSize(1);
    }

    @Test
    void wrongCredentialsAreToldAndNothingOfThemIsSaid() {
        var stranger = open(outbound, new Credentials(vendor.base(), "a-bad-token"), waits::add);
        assertThatThrownBy(stranger::check).isInstanceOfSatisfying(ProviderFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.CREDENTIALS);
            assertThat(failure).hasMessageNotContaining("a-bad-token");
        });
        assertThat(waits).isEmpty();
        assertThat(provider.check()).isNotBlank();
    }

    @Test
    void whatIsNoAnswerIsNotUnderstood() {
        vendor.next(Fault.NONSENSE);
        assertThatThrownBy(() -> provider.catalogue())
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_UNDERSTOOD));
    }

    @Test
    void aVendorThatIsNotThereWasNotReached() {
        vendor.close();
        assertThatThrownBy(() -> provider.create(wish())).isInstanceOfSatisfying(ProviderFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure.maybeDone()).isFalse();
        });
    }

    @Test
    void theCatalogueHasWhatTheWishesName() {
        var codes = codes();
        var catalogue = provider.catalogue();
        assertThat(catalogue.regions())
                .filteredOn(Catalogue.Region::open)
                .extracting(Catalogue.Region::code)
                .contains(codes.region());
        assertThat(catalogue.images()).extracting(Catalogue.Image::code).contains(codes.image());
        assertThat(catalogue.sizes())
                .filteredOn(size -> size.code().equals(codes.size()))
                .singleElement()
                .satisfies(size -> assertThat(size.memoryMib()).isPositive())
                .satisfies(size -> assertThat(size.vcpus()).isPositive());
    }
}

package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.auditor.Violation;
import io.tenantry.provider.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services are ended, one or several, whatever is being done to them. */
class EndingTest {
    private static final List<ServicesEnded> TOLD = new ArrayList<>();
    private static final List<String> FREE_WALLETS = new ArrayList<>();

    private static Operating here;
    private static Making making;
    private static UUID large;
    private UUID wallet = new UUID(0, 0);
    private UUID service = new UUID(0, 0);
    private UUID other = new UUID(0, 0);

    @BeforeAll
    static void open() {
        here = new Operating("ending");
        making = here.making;
        large = here.plan("14.60", 20, "big");
        var services = here.counter.services;
        services.charging = making.books.charging;
        services.calls = making.calls;
        services.endings = new Endings();
        services.endings.hear(event -> {
            TOLD.add(event);
            FREE_WALLETS.addAll(here.texts("select id from %s.wallet for update skip locked"));
        });
    }

    @BeforeEach
    void up() {
        making.desk.clear();
        here.vendor.clear();
        TOLD.clear();
        FREE_WALLETS.clear();
        wallet = making.books.wallet("1");
        service = here.up(wallet);
        other = here.up(wallet);
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(making.books.faults()).isEmpty();
        assertThat(Rig.found(making.books.tenant))
                .extracting(Violation::invariant)
                .doesNotContain(
                        "hold-of-service", "wish-of-service", "hours-of-ended", "open-period-of-running-service");
    }

    @Test
    void whoeverIsToBecomeLargerIsEndedAndNothingStaysHeld() {
        grow(service);
        end(service);

        assertThat(making.state(service)).isEqualTo("TERMINATING");
        assertThat(here.holds(service)).containsExactlyInAnyOrder("0.02 TAKEN", "0.02 RELEASED");
        assertThat(making.column(service, "coalesce(changing, '-')")).isEqualTo("-");
        here.work(2);
        assertThat(here.vendor.asked()).isEmpty();
        assertThat(making.timeline(service)).endsWith("resize_wanted", "ended");
    }

    @Test
    void whoeverIsToBeginAnewIsEndedAndNobodyEmptiesIt() {
        var beginning = new Beginning("Fancy", List.of(), Optional.empty(), Map.of());
        assertThat(making.books.<Rebuilds.Outcome>in(() -> here.rebuilds.want(service, beginning, "web")))
                .isEqualTo(new Rebuilds.Outcome.Wanted());
        end(service);
        here.work(2);

        assertThat(here.vendor.asked()).isEmpty();
        assertThat(here.texts("select id from %s.service_wish")).isEmpty();
    }

    @Test
    void nobodyHasToDecideOfWhatNobodyWantsAnyMore() {
        here.vendor.stands(Progress.running(10));
        grow(service);
        here.work(2);
        here.pass(Resize.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(making.desk.column(making.books.tenant, "state")).contains("PARKED");
        end(service);
        assertThat(making.desk.column(making.books.tenant, "state")).doesNotContain("PARKED");
    }

    @Test
    void whatIsRentedBesideIsToldBeforeAnyWalletIsLocked() {
        grow(service);
        end(service);

        assertThat(TOLD).extracting(ServicesEnded::serviceIds).containsExactly(List.of(service));
        assertThat(FREE_WALLETS).contains(wallet.toString());
    }

    @Test
    void thoseBesideSeveralAreToldOfAllBeforeAnyWalletIsLocked() {
        grow(other);
        assertThat(endAll(List.of(service, other))).isEqualTo(2);

        assertThat(TOLD)
                .singleElement()
                .extracting(ServicesEnded::serviceIds, InstanceOfAssertFactories.list(UUID.class))
                .containsExactlyInAnyOrder(service, other);
        assertThat(FREE_WALLETS).contains(wallet.toString());
        assertThat(making.state(service)).isEqualTo("TERMINATING");
        assertThat(making.state(other)).isEqualTo("TERMINATING");
    }

    @Test
    void whatIsOverAlreadyIsNotEndedAgain() {
        end(service);
        assertThat(endAll(List.of(service, other))).isEqualTo(1);
        assertThat(endAll(List.of(service, other))).isZero();
        assertThat(making.timeline(service).stream().filter("ended"::equals)).hasSize(1);
    }

    @Test
    void aLockedServiceIsNotEndedNorIsAnyOfAListWithIt() {
        making.books.in(() -> here.upkeep.lock(other, true));
        assertThatThrownBy(() -> end(other)).isInstanceOf(ServiceLocked.class).hasMessageContaining("web");
        assertThatThrownBy(() -> endAll(List.of(service, other))).isInstanceOf(ServiceLocked.class);
        assertThat(making.state(service)).isEqualTo("ACTIVE");
        assertThat(making.state(other)).isEqualTo("ACTIVE");
        assertThat(TOLD).isEmpty();

        making.books.in(() -> here.upkeep.lock(other, false));
        assertThat(endAll(List.of(service, other))).isEqualTo(2);
    }

    private void grow(UUID which) {
        assertThat(making.books.<Resizes.Outcome>in(() -> here.resizes.want(which, large)))
                .isEqualTo(new Resizes.Outcome.Wanted());
    }

    private static void end(UUID which) {
        asked(services -> {
            services.end(which);
            return which;
        });
    }

    private int endAll(List<UUID> all) {
        var organization = UUID.fromString(making.column(service, "organization_id"));
        return asked(services -> services.endAll(organization, all));
    }

    /** In a transaction of its own. */
    private static <T> T asked(Function<Services, T> question) {
        return making.books.in(() -> {
            here.counter.services.entities = Rows.over(making.books.sql);
            return question.apply(here.counter.services);
        });
    }
}

package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books.Rented;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.Workshop.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of ADR 11, line by line: whatever dies where, there is one server and it is paid for, or none and it is not. */
class ProvisionTest {
    private static final Duration LONG = Calls.DELAY_MAX.plusMinutes(1);
    private static final List<Fate> CREATIONS = List.of(
            Fate.WELL, Fate.WELL, Fate.LOST, Fate.SILENT, Fate.FULL, Fate.REFUSED, Fate.DEATH_AFTER, Fate.DEATH_BEFORE);
    private static final List<Fate> LOOKS = List.of(Fate.WELL, Fate.WELL, Fate.SILENT, Fate.AWAY, Fate.DEATH_BEFORE);
    private static final int ORDERS = 24;

    private static Making making;
    private UUID wallet;

    @BeforeAll
    static void open() {
        making = new Making("making");
    }

    @BeforeEach
    void fill() {
        making.desk.clear();
        making.books.clock.stopAt(Making.NOON);
        wallet = making.books.wallet("1");
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(making.books.faults()).isEmpty();
        assertThat(Rig.found(making.books.tenant))
                .noneMatch(found -> found.invariant().startsWith("hold"));
    }

    @Test
    void anOrderBecomesAServerThatIsChargedFromWhenItRuns() {
        var service = making.order(wallet);
        assertThat(making.state(service)).isEqualTo("ORDERED");
        assertThat(making.books.balance(wallet)).isEqualTo(making.books.money("1"));

        making.work();
        assertThat(making.state(service)).isEqualTo("PROVISIONING");
        assertThat(making.hold(service)).isEqualTo("HELD");

        making.vendor.all(Server.State.RUNNING);
        making.work();
        assertThat(making.state(service)).isEqualTo("ACTIVE");
        assertThat(making.hold(service)).isEqualTo("TAKEN");
        assertThat(making.books.balance(wallet)).isEqualTo(making.books.money("0.99"));
        assertThat(making.timeline(service)).containsExactly("ordered", "provisioning", "made", "activated");
        assertThat(making.desk.column(making.books.tenant, "state")).containsExactly("DONE");
    }

    @Test
    void isNotChargedWhileItIsBeingMade() {
        var service = making.order(wallet);
        making.work(3);
        making.books.clock.stopAt(Making.NOON.plus(Duration.ofHours(3)));
        making.settle();

        assertThat(making.state(service)).isEqualTo("ACTIVE");
        assertThat(making.books.hours(new Rented(service, wallet))).isEqualTo(1);
        assertThat(making.vendor.of(service)).hasSize(1);
    }

    @Test
    void aServerWhoseAnswerWasLostIsFoundByItsMark() {
        making.vendor.creations(Fate.LOST);
        var service = making.order(wallet);
        making.work(2);
        making.vendor.all(Server.State.RUNNING);
        making.work();

        assertThat(making.vendor.of(service)).hasSize(1);
        assertThat(making.state(service)).isEqualTo("ACTIVE");
    }

    @Test
    void isAskedForAgainOnlyAfterTwoLooksAndTheVendorsLongestDelay() {
        making.vendor.creations(Fate.SILENT);
        var asked = making.vendor.created();
        var service = making.order(wallet);
        making.work(6);
        assertThat(making.vendor.created()).isEqualTo(asked + 1);

        making.pass(LONG);
        making.work();
        assertThat(making.vendor.created()).isEqualTo(asked + 2);
        making.settle();
        assertThat(making.state(service)).isEqualTo("ACTIVE");
        assertThat(making.vendor.of(service)).hasSize(1);
    }

    @Test
    void oneLookIsNotEnoughHoweverLongAgoItWasAskedFor() {
        making.vendor.creations(Fate.DEATH_BEFORE);
        var asked = making.vendor.created();
        making.order(wallet);
        making.work();
        making.pass(LONG);
        making.work();
        assertThat(making.vendor.created()).isEqualTo(asked + 1);

        making.pass(Calls.GRACE.plusSeconds(1));
        making.work();
        assertThat(making.vendor.created()).isEqualTo(asked + 2);
    }

    @Test
    void whoeverComesAfterADeathFindsTheServerThatWasMade() {
        making.vendor.creations(Fate.DEATH_AFTER);
        var service = making.order(wallet);
        making.work(2);
        making.vendor.all(Server.State.RUNNING);
        making.work();

        assertThat(making.vendor.of(service)).hasSize(1);
        assertThat(making.state(service)).isEqualTo("ACTIVE");
    }

    @Test
    void whatIsRefusedForGoodFailsAndCostsNothing() {
        making.vendor.creations(Fate.REFUSED);
        var service = making.order(wallet);
        making.work();

        assertThat(making.state(service)).isEqualTo("FAILED");
        assertThat(making.hold(service)).isEqualTo("RELEASED");
        assertThat(making.books.balance(wallet)).isEqualTo(making.books.money("1"));
        assertThat(making.timeline(service)).containsExactly("ordered", "provisioning", "failed");
    }

    @Test
    void whatIsSoldOutIsTriedThreeTimes() {
        making.vendor.creations(Fate.FULL, Fate.FULL, Fate.FULL);
        var asked = making.vendor.created();
        var service = making.order(wallet);
        making.work(2);
        assertThat(making.state(service)).isEqualTo("PROVISIONING");

        making.work();
        assertThat(making.state(service)).isEqualTo("FAILED");
        assertThat(making.vendor.created()).isEqualTo(asked + 3);
    }

    @Test
    void aVendorThatIsNeverReachedHasMadeNothing() {
        making.vendor.looks(times(Fate.AWAY, 10));
        var service = making.order(wallet);
        making.work(10);

        assertThat(making.state(service)).isEqualTo("FAILED");
        assertThat(making.column(service, "failure")).isEqualTo("UNREACHABLE: nobody there");
        assertThat(making.hold(service)).isEqualTo("RELEASED");
    }

    @Test
    void aVendorThatIsSilentAfterItWasAskedIsForAPersonAndTheMoneyStaysHeld() {
        making.vendor.creations(Fate.LOST);
        var service = making.order(wallet);
        making.work();
        making.vendor.looks(times(Fate.SILENT, 9));
        making.work(9);

        assertThat(making.state(service)).isEqualTo("UNKNOWN");
        assertThat(making.hold(service)).isEqualTo("HELD");
        assertThat(making.desk.column(making.books.tenant, "state")).containsExactly("PARKED");

        making.desk.retryAll();
        making.settle();
        assertThat(making.state(service)).isEqualTo("ACTIVE");
        assertThat(making.vendor.of(service)).hasSize(1);
    }

    @Test
    void twoServersOfOneServiceAreForAPerson() {
        var service = making.order(wallet);
        making.vendor.appears(service);
        making.vendor.appears(service);
        making.work();

        assertThat(making.state(service)).isEqualTo("UNKNOWN");
        assertThat(making.desk.column(making.books.tenant, "parked_why"))
                .singleElement()
                .satisfies(why -> assertThat(why).contains("ws-"));
    }

    @Test
    void aServerThatTakesTooLongIsForAPerson() {
        var service = making.order(wallet);
        making.work();
        making.pass(Provision.PATIENCE.plusMinutes(1));
        making.work();

        assertThat(making.state(service)).isEqualTo("UNKNOWN");
    }

    @Test
    void aServerThatCouldNotBeMadeIsClearedAway() {
        var service = making.order(wallet);
        making.work();
        making.vendor.all(Server.State.FAILED);
        making.work();
        assertThat(making.state(service)).isEqualTo("FAILED");
        assertThat(making.column(service, "failure")).startsWith("the vendor could not make server ws-");

        making.work();
        making.vendor.vanish();
        making.work();
        making.pass(LONG);
        making.work();
        assertThat(making.vendor.of(service)).isEmpty();
        assertThat(making.state(service)).isEqualTo("FAILED");
        assertThat(making.desk.column(making.books.tenant, "state")).containsOnly("DONE");
    }

    @Test
    void whatIsEndedIsGoneWhenTheVendorSaysSoTwice() {
        var service = activated().service();
        making.end(service);
        assertThat(making.state(service)).isEqualTo("TERMINATING");

        making.work();
        making.vendor.vanish();
        making.work();
        assertThat(making.state(service)).isEqualTo("TERMINATING");
        making.pass(LONG);
        making.work();
        assertThat(making.state(service)).isEqualTo("TERMINATED");
        assertThat(making.books.balance(wallet)).isEqualTo(making.books.money("0.99"));
    }

    @Test
    void whatComesBackAfterAVendorSaidThatItIsGoneIsDeletedAgain() {
        var service = activated().service();
        making.end(service);
        making.work();
        making.vendor.vanish();
        making.work();
        making.vendor.appears(service);
        making.pass(LONG);
        making.work();

        assertThat(making.state(service)).isEqualTo("TERMINATING");
        assertThat(making.vendor.of(service)).extracting(Server::state).containsExactly(Server.State.LEAVING);
    }

    /** Orders with faults and deaths at every place, until nothing moves any more. */
    @Test
    void whateverHappensThereIsOneServerAndItIsPaidForOrNone() {
        var seed = 20_261_122L;
        var random = new Random(seed);
        var rich = making.books.wallet("100");
        var services = new ArrayList<UUID>();
        for (var i = 0; i < ORDERS; i++) {
            services.add(making.order(rich));
        }
        for (var i = 0; i < ORDERS; i++) {
            making.vendor.creations(CREATIONS.get(random.nextInt(CREATIONS.size())));
        }
        for (var round = 0; round < 24; round++) {
            for (var i = 0; i < ORDERS / 2 && round < 12; i++) {
                making.vendor.looks(LOOKS.get(random.nextInt(LOOKS.size())));
            }
            making.work(2);
            making.vendor.all(round % 3 == 2 ? Server.State.RUNNING : Server.State.BUILDING);
            making.pass(Duration.ofMinutes(1 + random.nextInt(12)));
            making.desk.retryAll();
        }

        var active = 0;
        for (var service : services) {
            var there = making.vendor.of(service).stream()
                    .filter(server -> server.state() != Server.State.LEAVING)
                    .count();
            var state = making.state(service);
            assertThat(state).as("seed %d", seed).isIn("ACTIVE", "FAILED");
            assertThat(there).as("seed %d, %s", seed, service).isEqualTo(state.equals("ACTIVE") ? 1 : 0);
            assertThat(making.hold(service)).isEqualTo(state.equals("ACTIVE") ? "TAKEN" : "RELEASED");
            active += state.equals("ACTIVE") ? 1 : 0;
        }
        assertThat(active).isBetween(ORDERS / 3, ORDERS - 1);
        assertThat(making.books.balance(rich))
                .isEqualTo(making.books
                        .money("100")
                        .minus(making.books.money("0.01").times(active)));
    }

    private Rented activated() {
        var service = making.order(wallet);
        making.settle();
        assertThat(making.state(service)).isEqualTo("ACTIVE");
        return new Rented(service, wallet);
    }

    private static Fate[] times(Fate fate, int times) {
        var all = new Fate[times];
        java.util.Arrays.fill(all, fate);
        return all;
    }
}

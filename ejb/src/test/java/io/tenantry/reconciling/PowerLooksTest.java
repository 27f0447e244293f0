package io.tenantry.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.provider.Server.State;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether servers are on is seen at their vendors, and believed at the second look. */
class PowerLooksTest {
    private static Patrol patrol;

    @BeforeAll
    static void open() {
        patrol = new Patrol("powers");
    }

    @BeforeEach
    void clear() {
        patrol.clear();
    }

    @Test
    void aServerThatIsSwitchedOffFromWithinIsFoundStoppedAtTheSecondLook() {
        var service = patrol.live("1", "1").service();
        turns("1", State.STOPPED);
        look();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(patrol.timeline(service)).isEmpty();

        look();
        assertThat(power(service)).isEqualTo("OFF");
        look();
        assertThat(patrol.timeline(service)).containsExactly("found_stopped");
        assertThat(patrol.found()).isEmpty();

        turns("1", State.RUNNING);
        look();
        look();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(patrol.timeline(service)).containsExactly("found_stopped", "found_running");
    }

    @Test
    void aServerThatWasOffAndRunsHasLeftItsRescueSystem() {
        var service = patrol.live("1", "1").service();
        set(service, "rescue = gen_random_uuid()");
        turns("1", State.STOPPED);
        look();
        look();
        assertThat(power(service)).isEqualTo("OFF");
        assertThat(isRescued(service)).as("nobody has started it").isTrue();

        turns("1", State.RUNNING);
        look();
        look();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(isRescued(service)).isFalse();
    }

    @Test
    void twoLooksAtTheSameMomentAreOne() {
        var service = patrol.live("1", "1").service();
        turns("1", State.STOPPED);
        patrol.look();
        patrol.look();
        assertThat(power(service)).isEqualTo("ON");

        patrol.pass(PowerLooks.APART);
        patrol.look();
        assertThat(power(service)).isEqualTo("OFF");
    }

    @Test
    void answersThatFlapSayNothing() {
        var service = patrol.live("1", "1").service();
        for (var state : List.of(State.STOPPED, State.RUNNING, State.STOPPED, State.BUSY, State.STOPPED)) {
            turns("1", state);
            look();
        }
        assertThat(power(service)).isEqualTo("ON");
        assertThat(patrol.timeline(service)).isEmpty();
    }

    @Test
    void aWishInBetweenBeginsAnew() {
        var service = patrol.live("1", "1").service();
        turns("1", State.STOPPED);
        look();
        set(service, "power_wanted = 'RESTART'");
        look();
        look();
        assertThat(power(service)).as("whoever does it says how it is").isEqualTo("ON");

        set(service, "power_wanted = null");
        look();
        assertThat(power(service)).isEqualTo("ON");
        look();
        assertThat(power(service)).isEqualTo("OFF");
    }

    @Test
    void aWishWhileTheListIsReadIsHeard() {
        var service = patrol.live("1", "1").service();
        turns("1", State.STOPPED);
        look();
        patrol.yard.whileReading(() -> set(service, "power_wanted = 'START'"));
        look();
        assertThat(power(service)).isEqualTo("ON");
    }

    @Test
    void aServerOfWhichWorkIsNotDoneIsLeftAlone() {
        var service = patrol.live("1", "1").service();
        turns("1", State.STOPPED);
        patrol.books.in(() -> patrol.desk.items.write("resize", service.toString(), service));
        Database.asOwner("update work.work_item set state = 'PARKED', parked_at = now(), parked_why = 'for a person'"
                + " where subject = '" + service + "'");
        look();
        look();
        assertThat(power(service)).isEqualTo("ON");
    }

    @Test
    void whatIsCutOffFromItsNetworkIsOnOrOffAsItIsFound() {
        var service = patrol.live("1", "1").service();
        set(service, "state = 'SUSPENDED', suspended_for_debt = true, suspended_by_network = true");
        turns("1", State.STOPPED);
        look();
        look();
        assertThat(power(service)).isEqualTo("OFF");
        assertThat(patrol.found()).isEmpty();
    }

    @Test
    void aSuspendedServiceIsLeftAlone() {
        var service = patrol.live("1", "1").service();
        patrol.state(service, "SUSPENDED");
        turns("1", State.STOPPED);
        look();
        look();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(patrol.timeline(service)).isEmpty();
    }

    @Test
    void aListThatLacksMoreThanHalfIsNotBelieved() {
        var service = patrol.live("1", "1").service();
        turns("1", State.STOPPED);
        for (var number : List.of("2", "3", "4")) {
            patrol.live("1", number);
            patrol.yard.loses(number);
        }
        look();
        look();
        assertThat(patrol.standing().isDoubtful()).isTrue();
        assertThat(power(service)).isEqualTo("ON");
    }

    @Test
    void whereTheListDoesNotTellTheServerIsAskedForByItself() {
        var service = patrol.live("1", "1").service();
        patrol.yard.mutes("1");
        turns("1", State.STOPPED);
        look();
        assertThat(power(service)).isEqualTo("ON");
        look();
        assertThat(power(service)).isEqualTo("OFF");
        assertThat(patrol.timeline(service)).containsExactly("found_stopped");
    }

    @Test
    void whatNobodyTellsStaysAsItWas() {
        var service = patrol.live("1", "1").service();
        turns("1", State.UNRECOGNISED);
        look();
        look();
        assertThat(power(service)).isEqualTo("ON");
        assertThat(patrol.yard.lookedUp()).containsExactly("1", "1");
    }

    @Test
    void onlySoManyAreAskedForAndAllInTurn() {
        var services = new ArrayList<UUID>();
        for (var number = 1; number <= PowerLooks.ASKED_MAX + 3; number++) {
            services.add(patrol.live("1", Integer.toString(number)).service());
            patrol.yard.mutes(Integer.toString(number));
        }
        look();
        assertThat(patrol.yard.lookedUp()).hasSize(PowerLooks.ASKED_MAX);
        look();
        assertThat(patrol.yard.lookedUp()).hasSize(2 * PowerLooks.ASKED_MAX);
        assertThat(new HashSet<>(patrol.yard.lookedUp())).hasSize(services.size());
    }

    @Test
    void aServerThatCannotBeAskedForStopsNeitherTheReadingNorTheOthers() {
        var bad = patrol.live("1", "1").service();
        var good = patrol.live("1", "2").service();
        patrol.yard.mutes("1");
        patrol.yard.mutes("2");
        patrol.yard.fallsOver("1");
        turns("2", State.STOPPED);
        for (var look = 0; look < 4; look++) {
            look();
        }
        assertThat(patrol.standing().failure()).isEqualTo(Optional.empty());
        assertThat(power(good)).isEqualTo("OFF");
        assertThat(power(bad)).isEqualTo("ON");
    }

    @Test
    void ofTwoNodesOneIsHeard() {
        var service = patrol.live("1", "1").service();
        turns("1", State.STOPPED);
        look();
        patrol.yard.whileReading(() -> {
            patrol.desk.letLeasesRunOut();
            patrol.look();
        });
        look();
        assertThat(power(service)).isEqualTo("OFF");
        assertThat(patrol.timeline(service)).containsExactly("found_stopped");
    }

    private static void look() {
        patrol.look();
        patrol.pass(Duration.ofMinutes(5));
    }

    private static void turns(String number, State state) {
        patrol.yard.turns(number, server -> Yard.in(server, state));
    }

    private static String power(UUID service) {
        return patrol.column(service, "power");
    }

    private static boolean isRescued(UUID service) {
        return patrol.column(service, "(rescue is not null)").equals("true");
    }

    private static void set(UUID service, String column) {
        patrol.books.in(() -> patrol.books.sql.update(
                "update service set " + column + ", version = version + 1 where id = ?", service));
    }
}

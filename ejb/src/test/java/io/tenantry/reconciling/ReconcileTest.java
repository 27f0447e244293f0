package io.tenantry.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books.Rented;
import io.tenantry.finding.Course;
import io.tenantry.finding.Outcome;
import io.tenantry.provider.Server.State;
import io.tenantry.wallet.Wallets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found at a vendor, when it is certain, and what is done about it. */
class ReconcileTest {
    private static Patrol patrol;

    @BeforeAll
    static void open() {
        patrol = new Patrol("patrol");
    }

    @BeforeEach
    void clear() {
        patrol.clear();
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(patrol.books.faults()).isEmpty();
        assertThat(Rig.found(patrol.books.tenant))
                .noneMatch(found -> found.invariant().equals("given-back"));
    }

    @Test
    void whereAllIsAsItShouldBeNothingIsFound() {
        patrol.live("1", "1");
        patrol.lookTwice();

        assertThat(patrol.found()).isEmpty();
        assertThat(patrol.standing().servers()).isEqualTo(1);
        assertThat(patrol.standing().ours()).isEqualTo(1);
        assertThat(patrol.standing().completedAt()).isPresent();
    }

    @Test
    void anAccountIsLookedAtAgainAndAgainByOneItem() {
        patrol.live("1", "1");
        patrol.look();
        patrol.look();

        assertThat(patrol.desk.column(patrol.books.tenant, "kind || ' ' || key || ' ' || state"))
                .containsExactly("reconcile round:yard OPEN");
        assertThat(patrol.desk.column(patrol.books.tenant, "(due_at > clock_timestamp() + interval '4 minutes')::text"))
                .containsExactly("true");
        assertThat(patrol.books.in(patrol.rounds::lookNow)).isEqualTo(1);
        assertThat(patrol.desk.column(patrol.books.tenant, "(due_at <= clock_timestamp())::text"))
                .containsExactly("true");
    }

    @Test
    void whatIsSeenTwiceIsCertainOnlyTenMinutesApart() {
        var service = patrol.live("1", "1").service();
        patrol.yard.puts("2", service);
        patrol.look();
        patrol.pass(Duration.ofMinutes(5));
        patrol.look();
        assertThat(patrol.only().course().confirmedAt()).isEmpty();
        assertThat(patrol.only().times()).isEqualTo(2);

        patrol.pass(Duration.ofMinutes(5));
        patrol.look();
        assertThat(patrol.only().kind()).isEqualTo(Kind.DOUBLE);
        assertThat(patrol.only().course().confirmedAt()).isPresent();
        assertThat(patrol.yard.has("2")).as("nobody decided to delete it").isTrue();
    }

    @Test
    void whatWasSeenOnceAndIsOverLeavesNothing() {
        var service = patrol.live("1", "1").service();
        patrol.yard.puts("2", service);
        patrol.look();
        patrol.yard.loses("2");
        patrol.pass(Sightings.APART);
        patrol.look();

        assertThat(patrol.found()).isEmpty();
    }

    @Test
    void aServerOfAServiceThatIsOverIsDeletedWhenItWasSeenTwice() {
        patrol.end(patrol.live("1", "1"));
        patrol.look();
        assertThat(patrol.yard.has("1")).isTrue();

        patrol.pass(Sightings.APART);
        patrol.look();
        assertThat(patrol.yard.asked()).containsExactly("DELETE 1");
        patrol.look();
        assertThat(patrol.only().course().resolution()).contains("DELETED");
    }

    @Test
    void oneThatIsLeftAsItIsIsNotDeletedUntilItIsTakenUp() {
        patrol.end(patrol.live("1", "1"));
        patrol.look();
        patrol.pass(Sightings.APART);
        patrol.onlyLook();
        var finding = patrol.only().id();
        assertThat(patrol.books.in(() -> patrol.actions.dismiss(finding, "still needed")))
                .isEqualTo(Outcome.DONE);
        patrol.look();
        patrol.look();
        assertThat(patrol.yard.has("1")).isTrue();
        assertThat(patrol.only().course().state()).isEqualTo(Course.State.DISMISSED);

        assertThat(patrol.books.in(() -> patrol.actions.takeUp(finding))).isEqualTo(Outcome.DONE);
        patrol.look();
        assertThat(patrol.yard.has("1")).isFalse();
    }

    @Test
    void aNumberThatAnotherHasByNowIsNotDeleted() {
        patrol.end(patrol.live("1", "1"));
        patrol.look();
        patrol.pass(Sightings.APART);
        patrol.onlyLook();
        patrol.yard.puts("1", Optional.empty());
        patrol.look();

        assertThat(patrol.yard.asked()).isEmpty();
        assertThat(patrol.yard.has("1")).isTrue();
    }

    @Test
    void aServerWithoutOurMarkIsNeverTouched() {
        patrol.live("1", "1");
        patrol.yard.puts("9", Optional.empty());
        patrol.lookTwice();
        patrol.look();

        assertThat(patrol.found()).isEmpty();
        assertThat(patrol.foreign()).singleElement().satisfies(one -> {
            assertThat(one.upstreamId()).isEqualTo("9");
            assertThat(one.isToDecide()).isFalse();
        });
        assertThat(patrol.yard.asked()).isEmpty();
        var finding = patrol.foreign().get(0).id();
        assertThat(patrol.books.in(() -> patrol.actions.delete(finding))).isEqualTo(Outcome.TOO_LATE);
    }

    @Test
    void aMarkOfWhichWeKnowNothingIsForAPerson() {
        patrol.live("1", "1");
        patrol.yard.puts("7", UUID.randomUUID());
        patrol.lookTwice();
        patrol.look();
        assertThat(patrol.only().kind()).isEqualTo(Kind.STRAY);
        assertThat(patrol.yard.asked()).isEmpty();

        var finding = patrol.only().id();
        assertThat(patrol.books.in(() -> patrol.actions.delete(finding))).isEqualTo(Outcome.DONE);
        patrol.look();
        assertThat(patrol.yard.asked()).containsExactly("DELETE 7");
        patrol.look();
        assertThat(patrol.only().course().resolution()).contains("DELETED");
    }

    @Test
    void aListThatBreaksOffSaysNothing() {
        patrol.live("1", "1");
        patrol.yard.loses("1");
        patrol.yard.breaksOff(true);
        patrol.lookTwice();

        assertThat(patrol.found()).isEmpty();
        assertThat(patrol.standing().failure()).contains("NO_ANSWER");
        assertThat(patrol.standing().completedAt()).isEmpty();
        assertThat(patrol.desk.column(patrol.books.tenant, "state || attempts")).containsExactly("OPEN0");
    }

    @Test
    void aListThatBreaksOffEndsNothingEither() {
        var service = patrol.live("1", "1").service();
        patrol.yard.puts("2", service);
        patrol.lookTwice();
        patrol.yard.loses("2");
        patrol.yard.breaksOff(true);
        patrol.look();
        assertThat(patrol.only().course().state()).isEqualTo(Course.State.OPEN);

        patrol.yard.breaksOff(false);
        patrol.look();
        assertThat(patrol.only().course().state()).isEqualTo(Course.State.RESOLVED);
        assertThat(patrol.standing().failure()).isEmpty();
    }

    @Test
    void aServerThatTheListHasLostIsAskedForByItsNumber() {
        patrol.live("1", "1");
        patrol.yard.hides("1");
        patrol.lookTwice();

        assertThat(patrol.found()).isEmpty();
    }

    @Test
    void aServiceThatIsJustBeingMadeIsNoFinding() {
        patrol.live("1", "1");
        var fresh = patrol.underway();
        patrol.yard.puts("2", fresh);
        patrol.lookTwice();

        assertThat(patrol.found()).isEmpty();
    }

    @Test
    void aServiceThatIsOrderedAndMadeWhileTheListIsReadIsNoFinding() {
        patrol.live("1", "1");
        for (var round = 0; round < 2; round++) {
            patrol.yard.whileReading(() -> patrol.live("1", UUID.randomUUID().toString()));
            patrol.look();
            patrol.pass(Sightings.APART);
            assertThat(patrol.found()).isEmpty();
        }
    }

    @Test
    void aServiceThatEndsWhileTheListIsReadIsNoFindingYet() {
        var rented = patrol.live("1", "1");
        patrol.yard.whileReading(() -> patrol.end(rented));
        patrol.look();

        assertThat(patrol.found()).isEmpty();
    }

    @Test
    void ofAServiceThatChangesWhileTheListIsReadNothingIsSaid() {
        var service = patrol.live("1", "1").service();
        patrol.yard.loses("1");
        patrol.look();
        assertThat(patrol.only().kind()).isEqualTo(Kind.GHOST);

        patrol.pass(Sightings.APART);
        patrol.yard.whileReading(() -> patrol.state(service, "SUSPENDED"));
        patrol.look();
        assertThat(patrol.only().times()).as("nothing was said of it").isEqualTo(1);
    }

    @Test
    void ofTwoNodesThatLookAtTheSameAccountOneIsHeard() {
        var service = patrol.live("1", "1").service();
        patrol.yard.puts("2", service);
        patrol.yard.whileReading(() -> {
            patrol.desk.letLeasesRunOut();
            patrol.look();
        });
        patrol.look();

        assertThat(patrol.only().times()).isEqualTo(1);
    }

    @Test
    void aServerWithAnotherNumberIsTakenOver() {
        var service = patrol.live("1", "1").service();
        patrol.yard.loses("1");
        patrol.yard.puts("2", service);
        patrol.lookTwice();
        assertThat(patrol.only().kind()).isEqualTo(Kind.RENUMBERED);

        var finding = patrol.only().id();
        assertThat(patrol.books.in(() -> patrol.actions.adopt(finding))).isEqualTo(Outcome.DONE);
        assertThat(patrol.column(service, "upstream_id")).isEqualTo("2");
        patrol.look();
        assertThat(patrol.only().course().state()).isEqualTo(Course.State.RESOLVED);
        assertThat(patrol.books.in(() -> patrol.actions.adopt(finding))).isEqualTo(Outcome.TOO_LATE);
    }

    @Test
    void anAddressIsCorrected() {
        var service = patrol.live("1", "1").service();
        patrol.yard.turns("1", server -> Yard.with(server, State.RUNNING, "small", "203.0.113.77"));
        patrol.lookTwice();

        var finding = patrol.only().id();
        assertThat(patrol.books.in(() -> patrol.actions.correctAddress(finding)))
                .isEqualTo(Outcome.DONE);
        assertThat(patrol.column(service, "address")).isEqualTo("203.0.113.77");
        assertThat(patrol.timeline(service)).containsExactly("readdressed");
        patrol.look();
        assertThat(patrol.found()).hasSize(1);
    }

    @Test
    void aSizeIsAcceptedUnlessTheServiceHasAnotherByNow() {
        var service = patrol.live("1", "1").service();
        patrol.yard.turns("1", server -> Yard.with(server, State.RUNNING, "huge", "203.0.113.1"));
        patrol.lookTwice();
        var finding = patrol.only().id();
        patrol.books.in(
                () -> patrol.books.sql.update("update service set upstream_size = 'medium' where id = ?", service));
        assertThat(patrol.books.in(() -> patrol.actions.acceptSize(finding))).isEqualTo(Outcome.TOO_LATE);

        patrol.books.in(
                () -> patrol.books.sql.update("update service set upstream_size = 'small' where id = ?", service));
        assertThat(patrol.books.in(() -> patrol.actions.acceptSize(finding))).isEqualTo(Outcome.DONE);
        assertThat(patrol.column(service, "upstream_size")).isEqualTo("huge");
    }

    @Test
    void aServerThatRunsThoughItsServiceIsSuspendedIsSwitchedOff() {
        var service = patrol.live("1", "1").service();
        patrol.state(service, "SUSPENDED");
        patrol.lookTwice();

        var finding = patrol.only().id();
        assertThat(patrol.books.in(() -> patrol.actions.switchBack(finding))).isEqualTo(Outcome.DONE);
        patrol.look();
        assertThat(patrol.yard.asked()).containsExactly("OFF 1");
        patrol.yard.turns("1", server -> Yard.with(server, State.STOPPED, "small", "203.0.113.1"));
        patrol.look();
        assertThat(patrol.only().course().resolution()).contains("SWITCHED");
    }

    @Test
    void aServerThatIsSwitchedOnAgainHasLeftItsRescueSystem() {
        var service = patrol.live("1", "1").service();
        patrol.books.in(
                () -> patrol.books.sql.update("update service set rescue = gen_random_uuid() where id = ?", service));
        patrol.yard.turns("1", server -> Yard.with(server, State.SUSPENDED, "small", "203.0.113.1"));
        patrol.lookTwice();

        var finding = patrol.only().id();
        assertThat(patrol.books.in(() -> patrol.actions.switchBack(finding))).isEqualTo(Outcome.DONE);
        patrol.look();
        assertThat(patrol.yard.asked()).containsExactly("ON 1");
        assertThat(patrol.column(service, "(rescue is null)")).isEqualTo("false");
        patrol.yard.turns("1", server -> Yard.with(server, State.RUNNING, "small", "203.0.113.1"));
        patrol.look();
        assertThat(patrol.only().course().resolution()).contains("SWITCHED");
        assertThat(patrol.column(service, "(rescue is null)")).isEqualTo("true");
    }

    @Test
    void aServerThatWasLetGoByItselfIsInItsRescueSystemStill() {
        var service = patrol.live("1", "1").service();
        patrol.books.in(
                () -> patrol.books.sql.update("update service set rescue = gen_random_uuid() where id = ?", service));
        patrol.yard.turns("1", server -> Yard.with(server, State.SUSPENDED, "small", "203.0.113.1"));
        patrol.lookTwice();
        patrol.yard.turns("1", server -> Yard.with(server, State.RUNNING, "small", "203.0.113.1"));
        patrol.look();
        assertThat(patrol.only().course().resolution()).contains("GONE");
        assertThat(patrol.column(service, "(rescue is null)")).isEqualTo("false");
    }

    @Test
    void whatIsDismissedIsFoundAnewWhenItIsAnother() {
        patrol.live("1", "1");
        patrol.yard.turns("1", server -> Yard.with(server, State.RUNNING, "huge", "203.0.113.1"));
        patrol.lookTwice();
        var finding = patrol.only().id();
        patrol.books.in(() -> patrol.actions.dismiss(finding, "as agreed"));
        patrol.look();
        assertThat(patrol.only().course().state()).isEqualTo(Course.State.DISMISSED);

        patrol.yard.turns("1", server -> Yard.with(server, State.RUNNING, "tiny", "203.0.113.1"));
        patrol.look();
        assertThat(patrol.found())
                .extracting(found -> found.course().state())
                .containsExactlyInAnyOrder(Course.State.RESOLVED, Course.State.OPEN);
    }

    @Test
    void whatWasChargedWhileAServerWasMissingIsGivenBack() {
        var rented = patrol.live("1", "1");
        at("13:30");
        patrol.yard.loses("1");
        patrol.look();
        at("13:40");
        patrol.pass(Sightings.APART);
        patrol.look();
        assertThat(patrol.only().kind()).isEqualTo(Kind.GHOST);
        assertThat(balance(rented)).as("both hours began before it was missed").isEqualTo("0.98");

        at("15:10");
        assertThat(balance(rented)).isEqualTo("0.96");
        patrol.look();
        patrol.look();
        assertThat(balance(rented)).isEqualTo("0.98");
        assertThat(patrol.only().givenBack()).isEqualTo(patrol.books.money("0.02"));
        assertThat(patrol.books.in(() -> new Wallets(patrol.books.sql, patrol.books.clock, patrol.books.ledger)
                        .statement(rented.wallet(), Long.MAX_VALUE, 100)))
                .filteredOn(line -> line.source().startsWith("finding:"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.about()).contains("web"));

        patrol.yard.puts("1", rented.service());
        at("16:20");
        patrol.look();
        assertThat(patrol.only().course().state()).isEqualTo(Course.State.RESOLVED);
        assertThat(balance(rented)).as("it was seen again in that hour").isEqualTo("0.97");
        assertThat(patrol.timeline(rented.service())).containsExactly("missing", "found");
    }

    @Test
    void anHourThatIsChargedLateIsGivenBackThoughTheServerIsBack() {
        var rented = patrol.live("1", "1");
        patrol.yard.loses("1");
        patrol.look();
        patrol.books.clock.stopAt(Patrol.NOON.plus(Duration.ofMinutes(70)));
        patrol.pass(Sightings.APART);
        patrol.look();
        patrol.yard.puts("1", rented.service());
        patrol.books.clock.stopAt(Patrol.NOON.plus(Duration.ofMinutes(80)));
        patrol.look();
        assertThat(patrol.only().givenBack()).isEqualTo(patrol.books.money("0.01"));

        at("13:30");
        patrol.look();
        assertThat(patrol.only().givenBack()).isEqualTo(patrol.books.money("0.02"));
        assertThat(balance(rented)).isEqualTo("1.00");
    }

    @Test
    void whatStaffLeaveAsItIsIsPaidFor() {
        var rented = patrol.live("1", "1");
        patrol.yard.loses("1");
        patrol.lookTwice();
        var finding = patrol.only().id();
        patrol.books.in(() -> patrol.actions.dismiss(finding, "moved by hand"));
        at("15:10");
        patrol.look();

        assertThat(patrol.only().givenBack()).isEqualTo(patrol.books.money("0"));
        assertThat(balance(rented)).isEqualTo("0.96");
    }

    @Test
    void whenMoreThanHalfIsMissingNothingIsGivenBackButByHand() {
        var first = patrol.live("1", "1");
        patrol.live("1", "2");
        patrol.live("1", "3");
        patrol.yard.clear();
        patrol.lookTwice();
        at("14:30");
        patrol.look();
        assertThat(patrol.standing().isDoubtful()).isTrue();
        assertThat(balance(first)).isEqualTo("0.97");

        var finding = patrol.found().stream()
                .filter(one -> one.upstreamId().equals("1"))
                .findFirst()
                .orElseThrow();
        assertThat(patrol.books.in(() -> patrol.actions.giveBack(finding.id()))).contains(patrol.books.money("0.03"));
        assertThat(patrol.books.in(() -> patrol.actions.giveBack(finding.id()))).isEmpty();
        assertThat(balance(first)).isEqualTo("1.00");
    }

    @Test
    void anAccountThatIsNoMoreIsForgotten() {
        var rented = patrol.live("1", "1");
        patrol.yard.puts("2", rented.service());
        patrol.lookTwice();
        patrol.books.in(() -> patrol.books.sql.update(
                "update service set account = null, upstream_id = null where id = ?", rented.service()));
        patrol.look();

        assertThat(patrol.only().course().state()).isEqualTo(Course.State.RESOLVED);
        assertThat(patrol.desk.column(patrol.books.tenant, "state")).containsExactly("DONE");
    }

    /** The clock stands there, and all hours until then are charged. */
    private static void at(String time) {
        var instant = Instant.parse("2026-11-10T" + time + ":00Z");
        patrol.books.clock.stopAt(instant);
        patrol.books.charge(instant);
    }

    private static String balance(Rented rented) {
        return patrol.books.balance(rented.wallet()).amount().setScale(2).toPlainString();
    }
}

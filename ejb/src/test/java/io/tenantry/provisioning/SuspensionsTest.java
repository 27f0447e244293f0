package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.auditor.Violation;
import io.tenantry.identity.AccessDenied;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.Workshop.Fate;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import io.tenantry.work.Looked;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that staff suspend: its server goes off and stays off, whatever else was wanted of it, and comes back as it was. */
class SuspensionsTest {
    private static final String WHY = "it attacks others";
    private static final String THEN = "the hole is closed";

    private static final Set<String> WATCHED = Set.of(
            "way-has-work",
            "wish-of-service",
            "hold-of-service",
            "hours-charged",
            "hours-not-early",
            "periods-contiguous",
            "charges-match-periods",
            "open-period-of-running-service");

    private static Operating here;
    private static Making making;
    private static UUID large;
    private UUID service;

    @BeforeAll
    static void open() {
        here = new Operating("suspending");
        making = here.making;
        large = here.plan("14.60", 20, "big");
    }

    @BeforeEach
    void up() {
        making.desk.clear();
        here.vendor.clear();
        making.vendor.switching(Progress.done(), false);
        here.moveTo(Duration.ZERO);
        service = here.up(making.books.wallet("1"));
        assertThat(power()).isEqualTo("ACTIVE ON -");
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(making.books.faults()).isEmpty();
        assertThat(Rig.found(making.books.tenant))
                .filteredOn(found -> found.detail().contains(service.toString()))
                .extracting(Violation::invariant)
                .doesNotContainAnyElementsOf(WATCHED);
    }

    @Test
    void itsServerGoesOffAndComesBack() {
        var olga = here.member(service, "Olga");
        suspend();
        assertThat(power()).isEqualTo("SUSPENDED ON STOP");
        assertThat(here.summary(service).suspended()).contains(WHY);
        making.work(2);
        assertThat(making.vendor.of(service)).extracting(Server::state).containsExactly(Server.State.STOPPED);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");

        resume();
        assertThat(here.summary(service).suspended()).isEmpty();
        making.work(2);
        assertThat(power()).isEqualTo("ACTIVE ON -");
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN, Power.ON);
        assertThat(making.timeline(service)).endsWith("suspended", "power_off", "resumed", "power_on");
        assertThat(here.told(olga)).containsExactly("SERVICE_SUSPENDED web " + WHY, "SERVICE_RESUMED web " + THEN);
        assertThat(here.texts("select facts ->> 'reason' from %s.service_event where what in ('suspended', 'resumed')"
                        + " and service_id = '" + service + "' order by id"))
                .containsExactly(WHY, THEN);
        assertThat(here.texts("select action || ' ' || (facts ->> 'reason') from %s.audit_record where subject_id = '"
                        + service + "' and action in ('service.suspended', 'service.resumed') order by seq"))
                .containsExactly("service.suspended " + WHY, "service.resumed " + THEN);
    }

    @Test
    void oneThatWasOffStaysOff() {
        want(Switching.STOP);
        making.work(2);
        suspend();
        making.work();
        resume();
        making.work();
        assertThat(power()).isEqualTo("ACTIVE OFF -");
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN);
    }

    @Test
    void liftedBeforeItWasSwitchedOffItJustGoesOn() {
        suspend();
        resume();
        making.work(2);
        assertThat(making.vendor.switched()).isEmpty();
        assertThat(power()).isEqualTo("ACTIVE ON -");
    }

    @Test
    void whatWasSwitchedOffAlthoughTheAnswerWasLostIsSeen() {
        making.vendor.switches(Fate.LOST);
        suspend();
        making.work(2);
        assertThat(making.vendor.switched()).hasSize(1);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void whoeverDiesSwitchingItOffIsFollowedByAnother() {
        making.vendor.switches(Fate.DEATH_BEFORE);
        suspend();
        making.work(2);
        assertThat(power()).isEqualTo("SUSPENDED ON STOP");
        making.pass(SwitchPower.UNTIL_AGAIN.plusSeconds(1));
        making.work(2);
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN, Power.SHUT_DOWN);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void nobodyGivesUpButAPersonWhoLooks() {
        suspend();
        making.vendor.looks(times(Fate.AWAY, 10));
        making.work(10);
        assertThat(making.desk.column(making.books.tenant, "state")).endsWith("PARKED");
        assertThat(power()).isEqualTo("SUSPENDED ON STOP");

        assertThat(making.books.<Looked>in(() -> making.decisions().lookAgain(service, "it is back")))
                .isEqualTo(new Looked.Again());
        making.work(2);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void whatIsRefusedForGoodOrTakesTooLongAPersonDecides() {
        making.vendor.switches(Fate.REFUSED);
        suspend();
        making.work();
        assertThat(making.desk.column(making.books.tenant, "state")).endsWith("PARKED");
        making.vendor.switching(Progress.running(10), false);
        making.books.in(() -> making.decisions().lookAgain(service, "asked them"));
        making.work();
        making.pass(SwitchPower.PATIENCE.plusSeconds(1));
        making.work();
        assertThat(making.desk.column(making.books.tenant, "state")).endsWith("PARKED");

        making.vendor.switching(Progress.done(), false);
        making.books.in(() -> making.decisions().lookAgain(service, "asked them again"));
        making.work(2);
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void aLiftedSuspensionLeavesNothingToDecide() {
        making.vendor.switches(Fate.REFUSED);
        suspend();
        making.work();
        resume();
        making.work();
        assertThat(making.desk.column(making.books.tenant, "state"))
                .contains("DROPPED")
                .doesNotContain("PARKED");
        assertThat(power()).isEqualTo("ACTIVE ON -");
    }

    @Test
    void aSystemThatDoesNotEndIsSwitchedOff() {
        making.vendor.switching(Progress.failed("it did not end"), true);
        suspend();
        making.work();
        making.vendor.all(Server.State.RUNNING);
        making.work();
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN, Power.OFF);
        making.vendor.all(Server.State.STOPPED);
        making.vendor.switching(Progress.done(), false);
        making.work();
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void aWishOfTheCustomerIsDroppedAndCountsForAfterwards() {
        want(Switching.STOP);
        making.work(2);
        want(Switching.START);
        suspend();
        making.work(2);
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
        resume();
        making.work(2);
        assertThat(power()).isEqualTo("ACTIVE ON -");
    }

    @Test
    void aStartThatIsUnderWayIsWaitedForAndUndone() {
        want(Switching.STOP);
        making.work(2);
        making.vendor.switching(Progress.running(10), false);
        want(Switching.START);
        making.work();
        suspend();
        making.work(3);
        assertThat(making.vendor.switched()).containsExactly(Power.ON);
        assertThat(power()).as("not off because it is still").isEqualTo("SUSPENDED OFF STOP");

        making.vendor.all(Server.State.RUNNING);
        making.vendor.switching(Progress.done(), false);
        making.work(3);
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void aStartOfWhichNobodyKnowsIsWaitedForAWhile() {
        want(Switching.STOP);
        making.work(2);
        making.vendor.switches(Fate.SILENT);
        want(Switching.START);
        making.work();
        suspend();
        making.work();
        assertThat(power()).isEqualTo("SUSPENDED OFF STOP");
        making.vendor.all(Server.State.RUNNING);
        making.pass(SwitchPower.UNTIL_OFF.plusSeconds(1));
        making.work(3);
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN, Power.ON, Power.SHUT_DOWN);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void aResizeThatIsUnderWayIsDoneFirst() {
        here.vendor.stands(Progress.running(10));
        grow();
        here.work();
        suspend();
        making.work(2);
        assertThat(making.vendor.switched()).isEmpty();
        assertThat(making.column(service, "changing || power_wanted")).isEqualTo("RESIZESTOP");

        here.vendor.has(making.column(service, "upstream_id"), "big");
        here.vendor.stands(Progress.done());
        here.work();
        making.work(2);
        assertThat(making.column(service, "upstream_size")).isEqualTo("big");
        assertThat(power()).isEqualTo("SUSPENDED OFF -");
    }

    @Test
    void aResizeThatNobodyWasAskedForIsDropped() {
        grow();
        suspend();
        here.work();
        making.work(2);
        assertThat(here.vendor.asked()).isEmpty();
        assertThat(here.holds(service)).containsExactlyInAnyOrder("0.02 TAKEN", "0.02 RELEASED");
        assertThat(making.timeline(service)).contains("resize_failed");
        assertThat(making.column(service, "state || coalesce(changing, '-') || power"))
                .isEqualTo("SUSPENDED-OFF");
    }

    @Test
    void itsCustomerCanDoNothingWithItButEndIt() {
        var olga = here.member(service, "Olga");
        suspend();
        making.work(2);
        assertRefused(() -> as(olga, () -> making.powers().want(service, Switching.START)));
        assertRefused(() -> as(olga, () -> here.resizes.want(service, large)));
        assertRefused(() -> as(olga, () -> here.rebuilds.want(service, Beginning.USUAL, "web")));
        assertRefused(() -> as(olga, () -> here.names.name(service, "203.0.113.1", "mail.kiosk.example")));
        assertThat(as(olga, () -> making.powers().wantAll(Set.of(service), Switching.START)))
                .isEqualTo(new Powers.Together(0, Map.of(Powers.Refusal.WRONG_STATE, 1)));
        assertThatThrownBy(() -> as(olga, () -> {
                    suspensions().resume(service, THEN);
                    return true;
                }))
                .isInstanceOf(AccessDenied.class);
        assertThat(power()).isEqualTo("SUSPENDED OFF -");

        as(olga, () -> {
            services().end(service);
            return true;
        });
        making.work();
        assertThat(making.vendor.of(service)).extracting(Server::state).containsExactly(Server.State.LEAVING);
        making.vendor.vanish();
        assertThatThrownBy(this::resume).isInstanceOf(WrongState.class);
    }

    @Test
    void whatEndsBeforeItIsOffIsNotSwitchedAnyMore() {
        suspend();
        making.end(service);
        making.work();
        assertThat(making.vendor.switched()).isEmpty();
        assertThat(making.column(service, "coalesce(power_wanted, '-')")).isEqualTo("-");
    }

    @Test
    void aServerThatIsGoneMeanwhileCannotBeStartedAndNobodyTriesForEver() {
        suspend();
        making.work(2);
        making.vendor.delete(making.column(service, "upstream_id"));
        making.vendor.vanish();
        resume();
        making.work();
        assertThat(power()).isEqualTo("ACTIVE OFF -");
        assertThat(making.timeline(service)).endsWith("resumed", "power_failed");
        assertThat(making.desk.column(making.books.tenant, "state")).containsOnly("DONE");
    }

    @Test
    void everyHourOfItIsChargedOnce() {
        here.moveTo(Duration.ofMinutes(30));
        suspend();
        making.work(2);
        charge(Duration.ofMinutes(61));
        charge(Duration.ofMinutes(90));
        charge(Duration.ofMinutes(121));
        assertThat(here.balance(service)).as("three hours begun").isEqualTo(making.books.money("0.97"));
        resume();
        making.work(2);
        charge(Duration.ofMinutes(150));
        charge(Duration.ofMinutes(181));
        assertThat(here.balance(service)).isEqualTo(making.books.money("0.96"));
        assertThat(here.texts("select count(*) || ' ' || sum(hours) from %s.rated_period where service_id = '" + service
                        + "'"))
                .containsExactly("1 4");
    }

    @Test
    void oneThatIsInOurBooksAloneIsSuspendedWithoutAnyVendor() {
        var wallet = making.books.wallet("1");
        making.books.in(() -> making.organization(wallet));
        var booked = making.books
                .rent(wallet, making.books.price("7.30"), Making.NOON)
                .service();
        suspend(booked);
        assertThat(making.column(booked, "state || coalesce(power_wanted, '-')"))
                .isEqualTo("SUSPENDED-");
        run(() -> suspensions().resume(booked, THEN));
        assertThat(making.column(booked, "state || coalesce(power_wanted, '-')"))
                .isEqualTo("ACTIVE-");
    }

    @Test
    void onlyStaffSuspendOnceAndForAReason() {
        var olga = here.member(service, "Olga");
        assertThatThrownBy(() -> as(olga, () -> {
                    suspensions().suspend(service, WHY);
                    return true;
                }))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> run(() -> suspensions().suspend(service, " \n")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(this::resume).isInstanceOf(WrongState.class);
        assertThat(power()).isEqualTo("ACTIVE ON -");
        suspend();
        assertThatThrownBy(this::suspend).isInstanceOf(WrongState.class);
        assertThat(making.timeline(service)).containsOnlyOnce("suspended");
    }

    private static void assertRefused(ThrowingCallable deed) {
        assertThatThrownBy(deed).isInstanceOf(WrongState.class).hasMessageContaining("suspended by its provider");
    }

    private static Fate[] times(Fate fate, int times) {
        var all = new Fate[times];
        Arrays.fill(all, fate);
        return all;
    }

    private void suspend() {
        suspend(service);
    }

    private static void suspend(UUID which) {
        run(() -> suspensions().suspend(which, WHY));
    }

    private void resume() {
        run(() -> suspensions().resume(service, THEN));
    }

    private static void run(Runnable deed) {
        making.books.in(() -> {
            deed.run();
            return true;
        });
    }

    private void want(Switching wanted) {
        assertThat(making.books.<Powers.Outcome>in(() -> making.powers().want(service, wanted)))
                .isEqualTo(new Powers.Outcome.Wanted());
    }

    private void grow() {
        assertThat(making.books.<Resizes.Outcome>in(() -> here.resizes.want(service, large)))
                .isEqualTo(new Resizes.Outcome.Wanted());
    }

    private static void charge(Duration afterNoon) {
        here.moveTo(afterNoon);
        making.books.charge(making.books.clock.instant());
    }

    private static <T> T as(Actor somebody, Supplier<T> deed) {
        return Database.in(making.books.tenant, () -> {
            try (var acting = Actors.enter(somebody)) {
                return deed.get();
            }
        });
    }

    /** How the service and its server stand, and what is wanted of that. */
    private String power() {
        return making.column(service, "state || ' ' || power || ' ' || coalesce(power_wanted, '-')");
    }

    private static Services services() {
        var services = here.counter.services;
        services.charging = making.books.charging;
        services.endings = new Endings();
        services.entities = Rows.over(making.books.sql);
        return services;
    }

    private static Suspensions suspensions() {
        return making.suspensions(making.upstreams);
    }
}

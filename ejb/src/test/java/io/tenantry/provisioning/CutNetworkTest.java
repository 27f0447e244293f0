package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.auditor.Violation;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.Workshop.Fate;
import io.tenantry.work.Looked;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that is suspended for debt by its network: its server is cut off and runs on, and is reached again whatever happens in between. */
class CutNetworkTest {
    private static final Set<String> WATCHED =
            Set.of("way-has-work", "wish-of-service", "hours-charged", "charges-match-periods");

    private static Operating here;
    private static Making making;
    private UUID service;

    @BeforeAll
    static void open() {
        here = new Operating("cutting");
        making = here.making;
    }

    @BeforeEach
    void up() {
        making.desk.clear();
        here.vendor.clear();
        making.vendor.isPlain(false);
        making.vendor.switching(Progress.done(), false);
        making.vendor.cutting(false, false);
        here.moveTo(Duration.ZERO);
        service = here.up(making.books.wallet("1"));
        assertThat(stands()).isEqualTo("ACTIVE ON - OPEN -");
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
    void itsNetworkIsCutAndGivenBackAndItsServerRunsOn() {
        assertThat(suspend()).contains(Suspending.NETWORK);
        assertThat(stands()).isEqualTo("SUSPENDED ON - OPEN CUT");
        assertThat(here.summary(service).cutOff()).isTrue();
        making.work(2);
        assertThat(stands()).isEqualTo("SUSPENDED ON - CUT -");
        assertThat(making.vendor.of(service)).extracting(Server::state).containsExactly(Server.State.RUNNING);

        assertThat(resume()).isTrue();
        assertThat(here.summary(service).cutOff()).isFalse();
        assertThat(here.summary(service).reconnecting()).isTrue();
        making.work(2);
        assertThat(here.summary(service).reconnecting()).isFalse();
        assertThat(stands()).isEqualTo("ACTIVE ON - OPEN -");
        assertThat(making.vendor.switched()).isEmpty();
        assertThat(making.vendor.cut()).containsExactly("CUT", "OPEN");
        assertThat(making.timeline(service)).endsWith("suspended", "network_cut", "resumed", "network_open");
        assertThat(here.texts("select facts ->> 'by' from %s.audit_record where subject_id = '" + service
                        + "' and action = 'service.suspended'"))
                .containsExactly("NETWORK");
    }

    @Test
    void whatWasAskedOfItsPowerGoesOnAndNothingIsAskedAfterwards() {
        assertThat(making.books.<Powers.Outcome>in(() -> making.powers().want(service, Switching.STOP)))
                .isEqualTo(new Powers.Outcome.Wanted());
        suspend();
        making.work(2);
        assertThat(stands()).isEqualTo("SUSPENDED OFF - CUT -");
        assertThatThrownBy(() -> making.books.in(() -> making.powers().want(service, Switching.START)))
                .isInstanceOf(WrongState.class);
        resume();
        making.work(2);
        assertThat(stands()).as("as its customer left it").isEqualTo("ACTIVE OFF - OPEN -");
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN);
    }

    @Test
    void whoeverDiesOrHearsNothingIsFollowedByOneWhoAsksAgain() {
        making.vendor.cuts(Fate.LOST, Fate.DEATH_AFTER, Fate.DEATH_BEFORE);
        suspend();
        making.work(3);
        assertThat(stands()).isEqualTo("SUSPENDED ON - OPEN CUT");
        making.work(2);
        assertThat(stands()).isEqualTo("SUSPENDED ON - CUT -");
        making.vendor.cuts(Fate.DEATH_AFTER, Fate.LOST, Fate.FULL);
        resume();
        making.work(5);
        assertThat(stands()).isEqualTo("ACTIVE ON - OPEN -");
        assertThat(making.vendor.cut()).containsExactly("CUT", "CUT", "CUT", "CUT", "OPEN", "OPEN", "OPEN", "OPEN");
        assertThat(making.timeline(service)).containsOnlyOnce("network_cut", "network_open");
    }

    @Test
    void oneWhoPaysBeforeItIsCutOffStaysReached() {
        suspend();
        resume();
        making.work(2);
        assertThat(stands()).isEqualTo("ACTIVE ON - OPEN -");
        assertThat(making.vendor.cut()).containsExactly("OPEN");
        assertThat(making.timeline(service)).endsWith("suspended", "resumed");
    }

    @Test
    void whatMayStillBeCutOffIsGivenBackOnlyWhenThatIsOver() {
        making.vendor.cuts(Fate.DEATH_BEFORE);
        suspend();
        making.work();
        resume();
        making.work();
        assertThat(making.vendor.cut()).as("its answer may be on the way").containsExactly("CUT");
        making.pass(CutNetwork.UNTIL_OVER.plusSeconds(1));
        making.work(2);
        assertThat(making.vendor.cut()).containsExactly("CUT", "OPEN");
        assertThat(stands()).isEqualTo("ACTIVE ON - OPEN -");
    }

    @Test
    void whatItsVendorRefusesIsSwitchedOffAndComesBackSo() {
        making.vendor.cutting(true, false);
        assertThat(suspend()).contains(Suspending.NETWORK);
        making.work(3);
        assertThat(stands()).isEqualTo("SUSPENDED OFF - OPEN -");
        assertThat(here.summary(service).cutOff()).isFalse();
        assertThat(here.summary(service).isSuspendedForDebt()).isTrue();
        assertThat(making.timeline(service)).endsWith("suspended", "network_kept", "power_off");
        assertThat(here.calls(service, "NETWORK"))
                .containsExactly("REFUSED: INVALID: it is behind a firewall of others", "DONE");

        making.vendor.cutting(false, false);
        resume();
        making.work(2);
        assertThat(stands()).isEqualTo("ACTIVE ON - OPEN -");
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN, Power.ON);
    }

    @Test
    void oneThatWasOffAndIsRefusedStaysOff() {
        making.books.in(() -> making.powers().want(service, Switching.STOP));
        making.work(2);
        making.vendor.cutting(true, false);
        suspend();
        making.work(3);
        resume();
        making.work(2);
        assertThat(stands()).isEqualTo("ACTIVE OFF - OPEN -");
        assertThat(making.vendor.switched()).containsExactly(Power.SHUT_DOWN);
    }

    @Test
    void whereItsVendorCutsNobodyOffItIsSwitchedOffAtOnce() {
        making.vendor.isPlain(true);
        assertThat(suspend()).contains(Suspending.POWER);
        assertThat(stands()).isEqualTo("SUSPENDED ON STOP OPEN -");
        making.work(2);
        assertThat(stands()).isEqualTo("SUSPENDED OFF - OPEN -");
        assertThat(making.vendor.cut()).isEmpty();
        assertThat(making.books.in(() -> suspensions().uncut()))
                .singleElement()
                .satisfies(one -> assertThat(one.account()).isEqualTo("workshop"));
        making.vendor.isPlain(false);
        assertThat(making.books.in(() -> suspensions().uncut())).isEmpty();
        resume();
        making.work(2);
        assertThat(stands()).isEqualTo("ACTIVE ON - OPEN -");
    }

    @Test
    void aVendorThatIsAwayIsAskedAgainUntilAPersonDecides() {
        making.vendor.cuts(Collections.nCopies(10, Fate.AWAY).toArray(Fate[]::new));
        suspend();
        making.work(10);
        assertThat(making.desk.column(making.books.tenant, "state")).endsWith("PARKED");
        assertThat(stands()).isEqualTo("SUSPENDED ON - OPEN CUT");
        assertThat(making.books.<Looked>in(() -> making.decisions().lookAgain(service, "it is back")))
                .isEqualTo(new Looked.Again());
        making.work(2);
        assertThat(stands()).isEqualTo("SUSPENDED ON - CUT -");
    }

    @Test
    void networkThatIsNotGivenBackStaysWantedUntilAPersonDecides() {
        suspend();
        making.work(2);
        making.vendor.cuts(Fate.REFUSED, Fate.REFUSED);
        resume();
        making.work();
        assertThat(making.desk.column(making.books.tenant, "state")).endsWith("PARKED");
        assertThat(stands()).isEqualTo("ACTIVE ON - CUT OPEN");
        making.books.in(() -> making.decisions().lookAgain(service, "asked them"));
        making.work();
        assertThat(making.books.in(() -> making.decisions().giveUp(service, "they never will")))
                .isTrue();
        assertThat(stands()).isEqualTo("ACTIVE ON - CUT -");
        assertThat(here.summary(service).reconnecting()).isTrue();

        run(() -> suspensions().suspend(service, "once more"));
        run(() -> suspensions().resume(service, "and back"));
        making.work(2);
        assertThat(stands()).as("whoever lifts another suspension").isEqualTo("ACTIVE ON - OPEN -");
    }

    @Test
    void whatIsNotSeenToBeDoneIsAskedForAnew() {
        making.vendor.cutting(false, true);
        suspend();
        making.work(3);
        assertThat(making.vendor.cut()).containsExactly("CUT");
        making.vendor.cutting(false, false);
        making.pass(CutNetwork.PATIENCE.plusSeconds(1));
        making.work(3);
        assertThat(making.vendor.cut()).containsExactly("CUT");
        assertThat(stands()).isEqualTo("SUSPENDED ON - CUT -");
    }

    @Test
    void whatIsEndedMeanwhileIsLeftToWhoDeletesIt() {
        making.vendor.cuts(Fate.AWAY);
        suspend();
        making.work();
        making.end(service);
        making.work(2);
        assertThat(making.column(service, "coalesce(network_wanted, '-')")).isEqualTo("-");
        assertThat(making.vendor.of(service)).extracting(Server::state).containsExactly(Server.State.LEAVING);
    }

    @Test
    void whoeverLiftsItGivesItsNetworkBack() {
        suspend();
        making.work(2);
        run(() -> suspensions().resume(service, "they will pay"));
        making.work(2);
        assertThat(stands()).isEqualTo("ACTIVE ON - OPEN -");
        run(() -> suspensions().suspend(service, "they attack others"));
        making.work(2);
        assertThat(stands()).as("what staff suspend is off").isEqualTo("SUSPENDED OFF - OPEN -");
    }

    private Optional<Suspending> suspend() {
        return making.books.in(() -> suspensions().suspendForDebt(service, true, Suspending.NETWORK));
    }

    private boolean resume() {
        return making.books.in(() -> suspensions().resumeFromDebt(service));
    }

    private static void run(Runnable deed) {
        making.books.in(() -> {
            deed.run();
            return true;
        });
    }

    private static Suspensions suspensions() {
        return making.suspensions(making.upstreams);
    }

    /** How the service stands, its power and what is wanted of that, its network and what is wanted of that. */
    private String stands() {
        return making.column(
                service,
                "state || ' ' || power || ' ' || coalesce(power_wanted, '-') || ' ' || network || ' ' || coalesce(network_wanted, '-')");
    }
}

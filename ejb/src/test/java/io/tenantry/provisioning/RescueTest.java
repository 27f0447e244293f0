package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.auditor.Violation;
import io.tenantry.identity.NotVisible;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.Rescues.Outcome;
import io.tenantry.provisioning.Workshop.Fate;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import io.tenantry.work.Looked;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a wish that a server is in its rescue system, or in its own again. */
class RescueTest {
    private static final String LINE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    private static Operating here;
    private static Making making;
    private UUID service;
    private String server;

    @BeforeAll
    static void open() {
        here = new Operating("in-need");
        making = here.making;
    }

    @BeforeEach
    void up() {
        making.desk.clear();
        here.vendor.clear();
        service = here.up(making.books.wallet("1"));
        server = making.column(service, "upstream_id");
    }

    @AfterEach
    void nothingIsPaidForIt() {
        assertThat(here.balance(service)).isEqualTo(making.books.money("0.99"));
        assertThat(Rig.found(making.books.tenant))
                .extracting(Violation::invariant)
                .doesNotContain("wish-of-service", "way-has-work", "period-of-service");
    }

    @Test
    void itIsStartedIntoItAndOutOfItAgain() {
        enter();
        assertThat(standing()).isEqualTo("RESCUE own");
        here.work(2);
        assertThat(standing()).isEqualTo("- rescued");
        assertThat(here.summary(service).rescued()).isTrue();
        assertThat(making.timeline(service)).endsWith("rescue_wanted", "rescued");

        assertThat(left()).isEqualTo(new Outcome.Wanted());
        here.work(2);
        assertThat(standing()).isEqualTo("- own");
        assertThat(making.timeline(service)).endsWith("rescued", "return_wanted", "returned");
        assertThat(here.vendor.asked()).containsExactly(server + " rescue", server + " leave");
        assertThat(here.calls(service, "RESCUE")).containsExactly("DONE");
        assertThat(here.calls(service, "RETURN")).containsExactly("DONE");
        assertThat(here.texts("select action from %s.audit_record where subject_id = '" + service
                        + "' and action in ('service.rescue', 'service.rescued', 'service.return', 'service.returned')"
                        + " order by seq"))
                .containsExactly("service.rescue", "service.rescued", "service.return", "service.returned");
    }

    @Test
    void whoMightEnterFromTheStartEnters() {
        var customer = UUID.fromString(making.column(service, "organization_id"));
        var key = here.counter.key(customer, "Laptop", LINE);
        making.books.<Object>in(() -> here.rebuilds.want(
                service, new Beginning("Fancy", List.of(key.id()), Optional.empty(), Map.of()), "web"));
        here.work(2);
        enter();
        here.work(2);
        assertThat(here.vendor.keys()).containsExactly(List.of(LINE));
    }

    @Test
    void afterALostAnswerTheVendorIsLookedAtBeforeItIsAskedAgain() {
        here.vendor.fates(Fate.LOST);
        enter();
        here.work(2);
        assertThat(here.vendor.asked()).containsExactly(server + " rescue");
        assertThat(standing()).isEqualTo("- rescued");

        here.vendor.fates(Fate.LOST);
        assertThat(left()).isEqualTo(new Outcome.Wanted());
        here.work(2);
        assertThat(here.vendor.asked()).containsExactly(server + " rescue", server + " leave");
        assertThat(standing()).isEqualTo("- own");
    }

    @Test
    void whereTheVendorDoesNotTellALostAnswerIsAskedForAgainAfterAWhile() {
        here.vendor.isSilentOnRescue();
        here.vendor.fates(Fate.LOST);
        enter();
        here.work(2);
        here.pass(RescueTurn.UNTIL_AGAIN.minusSeconds(5));
        here.work();
        assertThat(here.vendor.asked()).hasSize(1);
        here.pass(Duration.ofSeconds(10));
        here.work(2);
        assertThat(here.vendor.asked()).hasSize(2);
        assertThat(standing()).isEqualTo("- rescued");
    }

    @Test
    void whereTheVendorDoesNotTellAPersonLooksWhenTheSecondQuestionFails() {
        here.vendor.isSilentOnRescue();
        here.vendor.fates(Fate.LOST);
        enter();
        here.work(2);
        here.vendor.stands(Progress.failed("no such system"));
        here.pass(RescueTurn.UNTIL_AGAIN.plusSeconds(1));
        here.work(2);
        assertThat(here.vendor.asked()).hasSize(2);
        assertThat(standing()).isEqualTo("RESCUE own");
        assertThat(making.desk.column(making.books.tenant, "state")).contains("PARKED");

        here.vendor.clear();
        here.vendor.isSilentOnRescue();
        assertThat(making.books.<Looked>in(() -> making.decisions().lookAgain(service, "looked there")))
                .isInstanceOf(Looked.Again.class);
        here.work(2);
        assertThat(standing()).isEqualTo("- rescued");
    }

    @Test
    void whereTheVendorDoesNotTellAPersonLooksWhenTheSecondQuestionIsRefused() {
        here.vendor.isSilentOnRescue();
        here.vendor.fates(Fate.LOST, Fate.REFUSED);
        enter();
        here.work(2);
        here.pass(RescueTurn.UNTIL_AGAIN.plusSeconds(1));
        here.work(2);
        assertThat(standing()).isEqualTo("RESCUE own");
        assertThat(making.desk.column(making.books.tenant, "state")).contains("PARKED");
        assertThat(making.books.<Boolean>in(() -> making.decisions().giveUp(service, "looked there")))
                .isTrue();
        assertThat(standing()).isEqualTo("- own");
    }

    @Test
    void whatNobodyHeardIsAskedForAgain() {
        here.vendor.fates(Fate.SILENT);
        enter();
        here.work(2);
        assertThat(standing()).isEqualTo("RESCUE own");
        here.pass(RescueTurn.UNTIL_AGAIN.plusSeconds(1));
        here.work(2);
        assertThat(here.vendor.asked()).hasSize(2);
        assertThat(standing()).isEqualTo("- rescued");
    }

    @Test
    void whoDiesOverTheQuestionLeavesItToOthers() {
        here.vendor.fates(Fate.DEATH_BEFORE);
        enter();
        here.work(2);
        here.pass(RescueTurn.UNTIL_AGAIN.plusSeconds(1));
        here.work(2);
        assertThat(standing()).isEqualTo("- rescued");

        here.vendor.fates(Fate.DEATH_AFTER);
        assertThat(left()).isEqualTo(new Outcome.Wanted());
        here.work(2);
        assertThat(standing()).isEqualTo("- own");
        assertThat(here.vendor.asked()).containsExactly(server + " rescue", server + " rescue", server + " leave");
    }

    @Test
    void whatIsRefusedOrFailsChangesNothing() {
        here.vendor.fates(Fate.REFUSED);
        enter();
        here.work();
        assertThat(making.timeline(service)).endsWith("rescue_wanted", "rescue_failed");
        assertThat(standing()).isEqualTo("- own");

        here.vendor.stands(Progress.failed("no such system"));
        enter();
        here.work(2);
        assertThat(making.timeline(service)).endsWith("rescue_wanted", "rescue_failed");
        assertThat(standing()).isEqualTo("- own");
    }

    @Test
    void aServerThatIsInItsOtherSystemIsNotTakenForDone() {
        here.vendor.stands(Progress.running(10));
        enter();
        here.work();
        here.vendor.stands(Progress.done());
        here.work();
        assertThat(making.timeline(service)).endsWith("rescue_failed");
        assertThat(standing()).isEqualTo("- own");
    }

    @Test
    void aServerThatIsInItIsThereWhateverIsSaidOfItsTask() {
        here.vendor.stands(Progress.failed("timed out"));
        here.vendor.growsAllTheSame();
        enter();
        here.work(2);
        assertThat(making.timeline(service)).endsWith("rescue_wanted", "rescued");
        assertThat(standing()).isEqualTo("- rescued");

        assertThat(left()).isEqualTo(new Outcome.Wanted());
        here.work(2);
        assertThat(making.timeline(service)).endsWith("return_wanted", "returned");
        assertThat(standing()).isEqualTo("- own");
    }

    @Test
    void itIsNotTakenForDoneBeforeTheServerRuns() {
        enter();
        here.work();
        making.vendor.all(Server.State.BUSY);
        here.work();
        assertThat(standing()).isEqualTo("RESCUE own");
        making.vendor.all(Server.State.RUNNING);
        here.work();
        assertThat(standing()).isEqualTo("- rescued");
    }

    @Test
    void whatTakesTooLongWaitsForAPerson() {
        here.vendor.stands(Progress.running(10));
        enter();
        here.work(2);
        here.pass(RescueTurn.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(making.desk.column(making.books.tenant, "state")).contains("PARKED");
        assertThat(making.books.<Boolean>in(() -> making.decisions().giveUp(service, "looked there")))
                .isTrue();
        assertThat(making.timeline(service)).endsWith("rescue_failed");
        assertThat(standing()).isEqualTo("- own");
    }

    @Test
    void whatWaitedForTooLongBeforeItWasAskedForIsGivenItsTime() {
        here.vendor.stands(Progress.running(10));
        enter();
        here.pass(RescueTurn.PATIENCE.plusSeconds(1));
        here.work(2);
        assertThat(making.desk.column(making.books.tenant, "state")).doesNotContain("PARKED");
        here.pass(RescueTurn.PATIENCE.plusSeconds(1));
        here.work();
        assertThat(making.desk.column(making.books.tenant, "state")).contains("PARKED");
        assertThat(making.books.<Boolean>in(() -> making.decisions().giveUp(service, "looked there")))
                .isTrue();
    }

    @Test
    void oneThatWasStartedByItsPowerHasLeftIt() {
        enter();
        here.work(2);
        assertThat(making.books.<Powers.Outcome>in(() -> making.powers().want(service, Switching.STOP)))
                .isEqualTo(new Powers.Outcome.Wanted());
        making.vendor.all(Server.State.STOPPED);
        making.work();
        assertThat(standing()).as("it was found off").isEqualTo("- rescued");
        assertThat(making.books.<Powers.Outcome>in(() -> making.powers().want(service, Switching.START)))
                .isEqualTo(new Powers.Outcome.Wanted());
        making.work();
        making.vendor.all(Server.State.RUNNING);
        making.work();
        assertThat(making.timeline(service)).endsWith("power_on");
        assertThat(standing()).isEqualTo("- own");
    }

    @Test
    void whatNeedsItsOwnSystemWaitsUntilItHasLeftIt() {
        enter();
        assertThat(entered()).isEqualTo(new Outcome.Busy("rescue"));
        assertThat(left()).isEqualTo(new Outcome.Busy("rescue"));
        here.work(2);
        assertThat(entered()).isEqualTo(new Outcome.Unchanged());
        assertThat(making.books.<Rebuilds.Outcome>in(() -> here.rebuilds.want(service, Beginning.USUAL, "web")))
                .isEqualTo(new Rebuilds.Outcome.Busy("rescued"));
        assertThat(making.books.<Resizes.Outcome>in(() -> here.resizes.want(service, making.plan)))
                .isEqualTo(new Resizes.Outcome.Busy("rescued"));
        assertThat(left()).isEqualTo(new Outcome.Wanted());
        here.work(2);
        assertThat(left()).isEqualTo(new Outcome.Unchanged());
    }

    @Test
    void whileItIsRebuiltItIsNotRescued() {
        making.books.<Object>in(() -> here.rebuilds.want(service, Beginning.USUAL, "web"));
        assertThat(entered()).isEqualTo(new Outcome.Busy("rebuild"));
        here.work(2);
        assertThat(making.timeline(service)).endsWith("rebuilt");
    }

    @Test
    void whereThereIsNoneNoneIsOffered() {
        var now = here.summary(service);
        assertThat(making.books.<Boolean>in(() -> here.rescues.isOffered(now))).isTrue();
        here.offer(new Upstreams(List.of(making.vendor)));
        try {
            assertThat(making.books.<Boolean>in(() -> here.rescues.isOffered(now)))
                    .isFalse();
            assertThat(entered()).isEqualTo(new Outcome.Impossible());
        } finally {
            here.offer(new Upstreams(List.of(here.vendor)));
        }
    }

    @Test
    void theServerOfAnotherWhoGotItsNumberIsLeftAlone() {
        making.vendor.gives(server, UUID.randomUUID());
        enter();
        here.work(2);
        assertThat(here.vendor.asked()).isEmpty();
        assertThat(making.timeline(service)).endsWith("rescue_failed");
    }

    @Test
    void nobodyRescuesWhatOthersHaveNorWhatIsNotActive() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Eve");
        assertThatThrownBy(() -> Database.in(making.books.tenant, () -> {
                    try (var acting = Actors.enter(stranger)) {
                        return here.rescues.enter(service);
                    }
                }))
                .isInstanceOf(NotVisible.class);
        making.books.in(() -> making.books.sql.update("update service set state = 'SUSPENDED' where id = ?", service));
        assertThatThrownBy(this::entered).isInstanceOf(WrongState.class);
        assertThat(standing()).isEqualTo("- own");
    }

    private void enter() {
        assertThat(entered()).isEqualTo(new Outcome.Wanted());
    }

    private Outcome entered() {
        return making.books.in(() -> here.rescues.enter(service));
    }

    private Outcome left() {
        return making.books.in(() -> here.rescues.leave(service));
    }

    /** What it is at, and which system it is in. */
    private String standing() {
        return making.column(
                service, "coalesce(changing, '-') || case when rescue is null then ' own' else ' rescued' end");
    }
}

package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.identity.AccessDenied;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.Workshop.Fate;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import io.tenantry.work.Looked;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What staff decide of an order of which nobody could tell what came of it. */
class DecisionsTest {
    private static final String WHY = "looked at the panel, there is none";

    private static Making making;
    private UUID wallet = new UUID(0, 0);

    @BeforeAll
    static void open() {
        making = new Making("deciding");
    }

    @BeforeEach
    void fill() {
        making.desk.clear();
        wallet = making.books.wallet("1");
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(making.books.faults()).isEmpty();
        assertThat(Rig.found(making.books.tenant))
                .noneMatch(found -> found.invariant().startsWith("hold"));
    }

    @Test
    void whatIsGivenUpFailsAndItsMoneyIsFree() {
        var service = making.unclear(wallet, Fate.SILENT);
        assertThat(open(service)).isTrue();
        assertThat(making.books.<Boolean>in(() -> making.decisions().giveUp(service, WHY)))
                .isTrue();

        assertThat(making.state(service)).isEqualTo("FAILED");
        assertThat(making.hold(service)).isEqualTo("RELEASED");
        assertThat(making.timeline(service)).endsWith("unclear", "failed");
        assertThat(making.desk.column(making.books.tenant, "kind || ' ' || state"))
                .containsExactly("provision DROPPED", "delete OPEN");
        assertThat(trail("service.given_up", service)).isEqualTo(WHY);
        assertThat(open(service)).isFalse();
        assertThat(making.books.<Boolean>in(() -> making.decisions().giveUp(service, WHY)))
                .as("a second time")
                .isFalse();
    }

    @Test
    void aServerThatAppearsAfterItWasGivenUpIsDeleted() {
        var service = making.unclear(wallet, Fate.SILENT);
        making.books.in(() -> making.decisions().giveUp(service, WHY));
        making.work();
        making.pass(Calls.GRACE.plusSeconds(1));
        making.work();
        assertThat(making.desk.column(making.books.tenant, "state")).containsExactly("DROPPED", "OPEN");

        making.vendor.appears(service);
        making.work();
        assertThat(making.vendor.of(service)).extracting(Server::state).containsExactly(Server.State.LEAVING);
        making.vendor.vanish();
        making.work();
        making.pass(Calls.DELAY_MAX);
        making.work();
        assertThat(making.desk.column(making.books.tenant, "state")).containsExactly("DROPPED", "DONE");
        assertThat(making.state(service)).isEqualTo("FAILED");
    }

    @Test
    void whoeverLooksAgainFindsTheServerThatIsThere() {
        var service = making.unclear(wallet, Fate.LOST);
        assertThat(making.books.<Looked>in(() -> making.decisions().lookAgain(service, WHY)))
                .isEqualTo(new Looked.Again());
        making.settle();
        assertThat(making.state(service)).isEqualTo("ACTIVE");
        assertThat(making.vendor.of(service)).hasSize(1);
        assertThat(trail("service.looked_again", service)).isEqualTo(WHY);
    }

    @Test
    void whatWasHeldForAnOrderAndHasEndedIsHeldAnewByWhoeverLooksAgain() {
        var service = making.unclear(wallet, Fate.LOST);
        making.holdsEnd();
        assertThat(look(service)).isEqualTo(new Looked.Again());
        assertThat(making.holds(service)).isEqualTo("0.02000000 RELEASED, 0.02000000 HELD");

        making.settle();
        assertThat(making.state(service)).isEqualTo("ACTIVE");
        assertThat(making.holds(service)).isEqualTo("0.02000000 RELEASED, 0.02000000 TAKEN");
    }

    @Test
    void whatIsHeldForAnOrderStillIsNotHeldTwice() {
        var service = making.unclear(wallet, Fate.LOST);
        assertThat(look(service)).isEqualTo(new Looked.Again());
        assertThat(making.holds(service)).isEqualTo("0.02000000 HELD");
    }

    @Test
    void whoeverLooksAgainAtAnOrderIsToldHowMuchTheWalletLacks() {
        wallet = making.books.wallet("0.02");
        var service = making.unclear(wallet, Fate.LOST);
        making.holdsEnd();
        making.books.takeOut(wallet, "0.005");

        assertThat(look(service)).isEqualTo(new Looked.TooLittle(making.books.money("0.005")));
        assertThat(open(service)).isTrue();
        assertThat(making.holds(service)).isEqualTo("0.02000000 RELEASED");
        assertThat(making.timeline(service)).endsWith("unclear");

        making.books.topUp(wallet, "0.005");
        assertThat(look(service)).isEqualTo(new Looked.Again());
        making.settle();
        assertThat(making.state(service)).isEqualTo("ACTIVE");
        assertThat(making.holds(service)).isEqualTo("0.02000000 RELEASED, 0.02000000 TAKEN");
    }

    @Test
    void aServerThatCannotBeDeletedCanOnlyBeLookedFor() {
        var service = making.unclear(wallet, Fate.SILENT);
        making.books.in(() -> making.decisions().giveUp(service, WHY));
        making.vendor.looks(times(Fate.AWAY, 10));
        making.work(10);
        assertThat(making.desk.column(making.books.tenant, "state")).containsExactly("DROPPED", "PARKED");

        assertThat(making.books.<Boolean>in(() -> making.decisions().giveUp(service, WHY)))
                .isFalse();
        assertThat(making.books.<Looked>in(() -> making.decisions().lookAgain(service, WHY)))
                .isEqualTo(new Looked.Again());
        assertThat(making.desk.column(making.books.tenant, "state")).containsExactly("DROPPED", "OPEN");
    }

    @Test
    void aServerThatIsStillThereAfterADayIsDeletedWhenStaffLookAgain() {
        var service = making.unclear(wallet, Fate.LOST);
        making.vendor.looks(times(Fate.AWAY, 10));
        making.books.in(() -> making.decisions().giveUp(service, WHY));
        making.work(10);
        assertThat(making.desk.column(making.books.tenant, "state")).containsExactly("DROPPED", "PARKED");
        making.books.in(() -> making.decisions().lookAgain(service, WHY));
        making.work();
        making.vendor.all(Server.State.RUNNING);
        making.vendor.revives(service);
        making.pass(Duration.ofDays(2));
        making.work();
        assertThat(making.desk.column(making.books.tenant, "state")).containsExactly("DROPPED", "PARKED");

        making.books.in(() -> making.decisions().lookAgain(service, WHY));
        making.work();
        assertThat(making.vendor.of(service)).extracting(Server::state).containsExactly(Server.State.LEAVING);
        assertThat(making.desk.column(making.books.tenant, "state")).containsExactly("DROPPED", "OPEN");
    }

    @Test
    void aDecisionHasAReason() {
        var service = making.unclear(wallet, Fate.SILENT);
        assertThatThrownBy(() -> making.books.in(() -> making.decisions().giveUp(service, " ")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> making.books.in(() -> making.decisions().lookAgain(service, "")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(making.state(service)).isEqualTo("UNKNOWN");
    }

    @Test
    void customersDecideNothing() {
        var service = making.unclear(wallet, Fate.SILENT);
        var member = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Olga");
        assertThatThrownBy(() -> Database.in(making.books.tenant, () -> {
                    try (var acting = Actors.enter(member)) {
                        return making.decisions().giveUp(service, WHY);
                    }
                }))
                .isInstanceOf(AccessDenied.class);
        assertThat(making.state(service)).isEqualTo("UNKNOWN");
    }

    private static Looked look(UUID service) {
        return making.books.in(() -> making.decisions().lookAgain(service, WHY));
    }

    private boolean open(UUID service) {
        return making.books.<Boolean>in(() -> making.decisions().open(service).isPresent());
    }

    private static String trail(String action, UUID service) {
        return Database.texts("select facts ->> 'reason' from t_deciding.audit_record where action = '" + action
                        + "' and subject_id = '" + service + "'")
                .get(0);
    }

    private static Fate[] times(Fate fate, int times) {
        var all = new Fate[times];
        Arrays.fill(all, fate);
        return all;
    }
}

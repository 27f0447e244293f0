package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.auditor.Rig;
import io.tenantry.provisioning.Workshop.Fate;
import io.tenantry.testing.Database;
import io.tenantry.work.Caretaking;
import io.tenantry.work.Looked;
import io.tenantry.work.WorkConsole;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators decide of parked orders on their list of work: money is held for those that go on, and free of those that do not. */
class OperatorsTest {
    private static Making making;
    private UUID wallet = new UUID(0, 0);

    @BeforeAll
    static void open() {
        making = new Making("operators");
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
    void whatWasHeldAndHasEndedIsHeldAnewBeforeItIsTriedAgain() {
        var service = making.unclear(wallet, Fate.LOST);
        making.holdsEnd();
        assertThat(retry(parked())).contains(new Looked.Again());
        assertThat(making.holds(service)).isEqualTo("0.02000000 RELEASED, 0.02000000 HELD");

        making.settle();
        assertThat(making.state(service)).isEqualTo("ACTIVE");
        assertThat(making.holds(service)).isEqualTo("0.02000000 RELEASED, 0.02000000 TAKEN");
    }

    @Test
    void whatAWalletCannotHoldGoesOnWaiting() {
        wallet = making.books.wallet("0.02");
        var service = making.unclear(wallet, Fate.LOST);
        making.holdsEnd();
        making.books.takeOut(wallet, "0.005");
        assertThat(retry(parked())).contains(new Looked.TooLittle(making.books.money("0.005")));
        assertThat(making.desk.column(making.books.tenant, "state")).containsExactly("PARKED");
        assertThat(making.holds(service)).isEqualTo("0.02000000 RELEASED");
    }

    @Test
    void anOrderThatIsGivenUpFailsAndItsMoneyIsFree() {
        var service = making.unclear(wallet, Fate.SILENT);
        var item = parked();
        assertThat(giveUp(item)).contains(true);
        assertThat(making.state(service)).isEqualTo("FAILED");
        assertThat(making.hold(service)).isEqualTo("RELEASED");
        assertThat(making.desk.column(making.books.tenant, "kind || ' ' || state"))
                .containsExactly("provision DROPPED", "delete OPEN");
        assertThat(giveUp(item)).as("a second time").isEmpty();
    }

    @Test
    void itsPeopleDoNotReadWhoTheOperatorWas() {
        var service = making.unclear(wallet, Fate.LOST);
        retry(parked());
        assertThat(Database.texts(
                        "select actor from t_operators.service_event where what = 'looked_again' and service_id = '"
                                + service + "'"))
                .containsExactly("");
    }

    @Test
    void whatNobodySeesToIsNoMoreThanAnItem() {
        making.unclear(wallet, Fate.LOST);
        var nobody = new Caretaking(making.desk.items, List.of());
        var item = parked();
        assertThat(making.books.<Optional<Looked>>in(() -> nobody.retry(item))).isEmpty();
    }

    private static Caretaking operators() {
        return new Caretaking(making.desk.items, List.of(making.care()));
    }

    private static Optional<Looked> retry(WorkConsole.View item) {
        return making.books.in(() -> operators().retry(item));
    }

    private static Optional<Boolean> giveUp(WorkConsole.View item) {
        return making.books.in(() -> operators().giveUp(item, "nobody needs it"));
    }

    private static WorkConsole.View parked() {
        return making.desk.parkedItems().get(0);
    }
}

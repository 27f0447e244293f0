package io.tenantry.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.finding.Outcome;
import io.tenantry.provider.Server.State;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Boundary;
import io.tenantry.testing.Database;
import io.tenantry.wallet.Wallets;
import io.tenantry.work.Worker;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between a decision and the deed a vendor may have given a number to another. */
class NumbersGivenAgainTest {
    private static final UUID ANOTHER = new UUID(7, 7);

    private static Patrol patrol;

    @BeforeAll
    static void open() {
        patrol = new Patrol("numbers-again");
    }

    @BeforeEach
    void clear() {
        patrol.clear();
    }

    @Test
    void aServerIsSwitchedBackAsItWasDecided() {
        decided();
        patrol.desk.work(mend());
        assertThat(patrol.yard.asked()).containsExactly("ON 1");
    }

    @Test
    void aServiceWhoseNumberWasGivenToAnotherIsMissing() {
        var service = patrol.live("1", "1").service();
        patrol.yard.puts("1", ANOTHER);
        patrol.lookTwice();

        assertThat(patrol.found()).extracting(Findings.Finding::kind).containsExactlyInAnyOrder(Kind.GHOST, Kind.STRAY);
        assertThat(patrol.timeline(service)).endsWith("missing");
    }

    @Test
    void whatDidNotHelpMayBeDecidedAgain() {
        decided();
        var mend = mend();
        patrol.desk.work(mend);
        assertThat(patrol.only().isToDecide()).isFalse();
        patrol.pass(Duration.ofMinutes(11));
        patrol.desk.makeDue();
        patrol.desk.work(mend);
        assertThat(patrol.yard.asked()).containsExactly("ON 1");
        assertThat(patrol.only().isToDecide()).isTrue();
        assertThat(patrol.only().isToLeave()).isTrue();
    }

    @Test
    void aServerIsSwitchedUntilItIsSo() {
        decided();
        var mend = mend();
        patrol.desk.work(mend);
        patrol.desk.makeDue();
        patrol.desk.work(mend);
        assertThat(patrol.yard.asked()).containsExactly("ON 1", "ON 1");
        patrol.yard.turns("1", server -> Yard.with(server, State.RUNNING, "small", "203.0.113.1"));
        patrol.desk.makeDue();
        patrol.desk.work(mend);
        assertThat(patrol.yard.asked()).containsExactly("ON 1", "ON 1");
        patrol.look();
        assertThat(patrol.only().course().resolution()).contains("SWITCHED");
    }

    @Test
    void aServerThatHasTheNumberOfAnotherByNowIsNotSwitched() {
        decided();
        patrol.yard.puts("1", ANOTHER);
        patrol.desk.work(mend());
        assertThat(patrol.yard.asked()).isEmpty();
        assertThat(patrol.only().course().deed()).isEmpty();
    }

    @Test
    void aServerWithTheNumberOfOneThatIsOverIsTakenOver() {
        var past = patrol.live("1", "9");
        patrol.end(past);
        patrol.yard.loses("9");
        var service = patrol.live("1", "1").service();
        patrol.yard.loses("1");
        patrol.yard.puts("9", service);
        patrol.lookTwice();
        assertThat(patrol.only().kind()).isEqualTo(Kind.RENUMBERED);

        var id = patrol.only().id();
        assertThat(patrol.books.<Outcome>in(() -> patrol.actions.adopt(id))).isEqualTo(Outcome.DONE);
        assertThat(patrol.column(service, "upstream_id")).isEqualTo("9");
    }

    /** A server that the vendor has suspended is to be switched on again. */
    private static void decided() {
        patrol.live("1", "1");
        patrol.yard.turns("1", server -> Yard.with(server, State.SUSPENDED, "small", "203.0.113.1"));
        patrol.lookTwice();
        assertThat(patrol.only().kind()).isEqualTo(Kind.DRIFT_POWER);
        var id = patrol.only().id();
        assertThat(patrol.books.<Outcome>in(() -> patrol.actions.switchBack(id)))
                .isEqualTo(Outcome.DONE);
    }

    private static Worker mend() {
        var books = patrol.books;
        return new Lookout(new Lookout.Parts(
                        books.sql,
                        books.clock,
                        new Wallets(books.sql, books.clock, books.ledger),
                        new TenantDirectory(Database.administration()),
                        patrol.desk.items,
                        new Upstreams(List.of(patrol.yard)),
                        Boundary.of(books.tenant)))
                .workers()
                .get(1);
    }
}

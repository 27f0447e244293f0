package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.auditor.Rig;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.Workshop.Fate;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vendors may give the number of a server that is gone to another: whoever asks by a number looks whose it is. */
class NumbersTest {
    private static Making making;
    private UUID service = new UUID(0, 0);
    private UUID another = new UUID(0, 0);
    private String number = "";

    @BeforeAll
    static void open() {
        making = new Making("numbers");
    }

    @BeforeEach
    void up() {
        another = UUID.randomUUID();
        making.desk.clear();
        service = making.order(making.books.wallet("1"));
        making.settle();
        number = making.vendor.of(service).get(0).id();
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(making.books.faults()).isEmpty();
        assertThat(Rig.found(making.books.tenant))
                .noneMatch(found -> found.invariant().startsWith("hold"));
    }

    @Test
    void aServerWithTheNumberOfOneThatWasDeletedIsNotDeleted() {
        making.end(service);
        making.work();
        making.vendor.vanish();
        making.vendor.gives(number, another);
        making.work();
        making.pass(Calls.GRACE.plusSeconds(1));
        making.work();

        assertThat(making.state(service)).isEqualTo("TERMINATED");
        assertThat(making.vendor.of(another)).extracting(Server::state).containsExactly(Server.State.RUNNING);
    }

    @Test
    void aServerWithTheNumberOfAnotherIsNotSwitched() {
        making.vendor.gives(number, another);
        assertThat(making.books.<Powers.Outcome>in(() -> making.powers().want(service, Switching.STOP)))
                .isEqualTo(new Powers.Outcome.Wanted());
        making.work();

        assertThat(making.vendor.of(another)).extracting(Server::state).containsExactly(Server.State.RUNNING);
        assertThat(making.timeline(service)).endsWith("power_stop", "power_failed");
    }

    @Test
    void aServiceDoesNotComeUpByTheServerOfAnother() {
        var other = making.order(making.books.wallet("1"));
        making.work();
        making.vendor.gives(making.vendor.of(other).get(0).id(), another);
        making.work();

        assertThat(making.state(other)).isEqualTo("PROVISIONING");
        assertThat(making.hold(other)).isEqualTo("HELD");
    }

    @Test
    void aNumberThatIsGivenAgainIsTaken() {
        making.end(service);
        making.work();
        making.vendor.vanish();
        making.vendor.creations(Fate.DEATH_BEFORE);
        var next = making.order(making.books.wallet("1"));
        making.work();
        making.vendor.gives(number, next);
        making.work(2);

        assertThat(making.state(next)).isEqualTo("ACTIVE");
        assertThat(making.column(next, "upstream_id")).isEqualTo(number);
        making.pass(Calls.GRACE.plusSeconds(1));
        making.work(2);
        assertThat(making.state(service)).isEqualTo("TERMINATED");
        assertThat(making.vendor.of(next)).extracting(Server::state).containsExactly(Server.State.RUNNING);
    }
}

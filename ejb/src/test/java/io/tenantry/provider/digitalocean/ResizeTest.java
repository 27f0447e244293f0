package io.tenantry.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {
    private static final String BIGGER = "s-2vcpu-2gb";

    private final OpenAccount open = new OpenAccount();
    private final DigitalOceanAccount account = open.account;

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void aRunningServerIsShutDownChangedAndSwitchedOn() {
        var id = open.running().id();
        var task = account.resize(id, BIGGER);

        assertThat(end(task).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(open.vendor.actions().types()).containsExactly("shutdown", "resize", "power_on");
        assertThat(account.server(id)).hasValueSatisfying(server -> {
            assertThat(server.size()).isEqualTo(BIGGER);
            assertThat(server.state()).isEqualTo(Server.State.RUNNING);
        });
        assertThat(account.progress(task)).isEqualTo(Progress.done());
    }

    @Test
    void itsDiskGrowsToo() {
        var id = open.running().id();
        end(account.resize(id, BIGGER));
        assertThat(open.vendor.asked())
                .filteredOn(asked -> asked.body().getString("type", "").equals("resize"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.body().getBoolean("disk")).isTrue());
    }

    @Test
    void aServerThatIsOffStaysOff() {
        var id = open.running().id();
        account.power(id, Power.OFF);
        open.vendor.settle();

        assertThat(end(account.resize(id, BIGGER)).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(open.vendor.actions().types()).containsExactly("power_off", "resize");
    }

    @Test
    void whoeverDoesNotHearLosesThePlugAfterTwoMinutes() {
        var id = open.running().id();
        open.vendor.droplet(id).deaf = true;
        var task = account.resize(id, BIGGER);
        open.vendor.settle();
        assertThat(account.progress(task).stage()).isEqualTo(Progress.Stage.RUNNING);
        assertThat(open.vendor.actions().types()).containsExactly("shutdown");

        open.clock.stopAt(OpenAccount.NOW.plus(Duration.ofMinutes(2)).plusSeconds(1));
        assertThat(end(task).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(open.vendor.actions().types()).containsExactly("shutdown", "power_off", "resize", "power_on");
    }

    @Test
    void aChangeThatErrsIsToldAndTheServerRunsAgain() {
        var id = open.running().id();
        open.vendor.actions().fail("resize");
        var task = account.resize(id, BIGGER);

        assertThat(end(task)).isEqualTo(Progress.failed("the size has stayed as it was"));
        open.vendor.settle();
        assertThat(account.server(id)).map(Server::state).contains(Server.State.RUNNING);
        assertThat(account.progress(task).stage()).isEqualTo(Progress.Stage.FAILED);
        assertThat(open.vendor.actions().types()).containsExactly("shutdown", "resize", "power_on");
    }

    @Test
    void aChangeThatIsRefusedIsToldAndTheServerRunsAgain() {
        var id = open.running().id();
        var task = account.resize(id, BIGGER);
        open.vendor.settle();
        open.vendor.actions().refuse("Size is too large to fit on your droplet's server");

        assertThat(account.progress(task))
                .isEqualTo(Progress.failed("422: Size is too large to fit on your droplet's server"));
        open.vendor.settle();
        assertThat(account.server(id)).map(Server::state).contains(Server.State.RUNNING);
        assertThat(account.progress(task).stage()).isEqualTo(Progress.Stage.FAILED);
    }

    @Test
    void aStepThatSomebodyElseTakesIsNoFailure() {
        var id = open.running().id();
        var task = account.resize(id, BIGGER);
        open.vendor.settle();
        open.vendor.actions().refuse("Droplet already has a pending event.");
        assertThat(account.progress(task).stage()).isEqualTo(Progress.Stage.RUNNING);
        assertThat(end(task).stage()).isEqualTo(Progress.Stage.DONE);
    }

    @Test
    void theSizeThatItHasAlreadyNeedsNothing() {
        var id = open.running().id();
        assertThat(account.progress(account.resize(id, "s-1vcpu-1gb"))).isEqualTo(Progress.done());
        assertThat(open.vendor.actions().types()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"s-1vcpu-512mb-10gb, INVALID", "s-none, INVALID", "s-old, INVALID", "s-8vcpu-16gb, NO_CAPACITY"})
    void whatCannotBeIsRefusedBeforeAnythingIsShutDown(String size, Reason reason) {
        var id = open.running().id();
        assertThatThrownBy(() -> account.resize(id, size))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
        assertThat(open.vendor.actions().types()).isEmpty();
    }

    /** Asks until it is over, as often as steps may be. */
    private Progress end(Task task) {
        var progress = Progress.running(0);
        for (var i = 0; i < 8 && progress.stage() == Progress.Stage.RUNNING; i++) {
            open.vendor.settle();
            progress = account.progress(new Task(task.id()));
        }
        return progress;
    }
}

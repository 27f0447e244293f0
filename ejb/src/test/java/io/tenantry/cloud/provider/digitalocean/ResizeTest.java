package io.tenantry.cloud.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.testing.WithinTenant;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(WithinTenant.class)
class ResizeTest {
    private static final String BIGGER = "s-2vcpu-2gb";

    private final OpenAccount open = new OpenAccount();
    private final DigitalOceanClient account = open.account;

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void shutsDownResizesAndStartsARunningServer() {
        var id = open.running().id();
        var providerTask = account.resize(id, BIGGER);

        assertThat(progressAtEnd(providerTask).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(open.provider.actions().types()).containsExactly("shutdown", "resize", "power_on");
        assertThat(account.server(id)).hasValueSatisfying(providerServer -> {
            assertThat(providerServer.size()).isEqualTo(BIGGER);
            assertThat(providerServer.state()).isEqualTo(ProviderServer.State.RUNNING);
        });
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
    }

    @Test
    void growsTheDiskToo() {
        var id = open.running().id();
        progressAtEnd(account.resize(id, BIGGER));
        assertThat(open.provider.requests())
                .filteredOn(recordedCall ->
                        recordedCall.body().getString("type", "").equals("resize"))
                .singleElement()
                .satisfies(recordedCall ->
                        assertThat(recordedCall.body().getBoolean("disk")).isTrue());
    }

    @Test
    void keepsAStoppedServerStopped() {
        var id = open.running().id();
        account.power(id, PowerAction.OFF);
        open.provider.completeTasks();

        assertThat(progressAtEnd(account.resize(id, BIGGER)).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(open.provider.actions().types()).containsExactly("power_off", "resize");
    }

    @Test
    void powersOffAHungServerAfterTwoMinutes() {
        var id = open.running().id();
        open.provider.droplet(id).ignoresShutdown = true;
        var providerTask = account.resize(id, BIGGER);
        open.provider.completeTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Progress.Stage.RUNNING);
        assertThat(open.provider.actions().types()).containsExactly("shutdown");

        open.clock.stopAt(OpenAccount.NOW.plus(Duration.ofMinutes(2)).plusSeconds(1));
        assertThat(progressAtEnd(providerTask).stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(open.provider.actions().types()).containsExactly("shutdown", "power_off", "resize", "power_on");
    }

    @Test
    void restartsTheServerWhenAResizeFails() {
        var id = open.running().id();
        open.provider.actions().fail("resize");
        var providerTask = account.resize(id, BIGGER);

        assertThat(progressAtEnd(providerTask)).isEqualTo(Progress.failed("the size is unchanged"));
        open.provider.completeTasks();
        assertThat(account.server(id)).map(ProviderServer::state).contains(ProviderServer.State.RUNNING);
        assertThat(account.progress(providerTask).stage()).isEqualTo(Progress.Stage.FAILED);
        assertThat(open.provider.actions().types()).containsExactly("shutdown", "resize", "power_on");
    }

    @Test
    void restartsTheServerWhenAResizeIsRefused() {
        var id = open.running().id();
        var providerTask = account.resize(id, BIGGER);
        open.provider.completeTasks();
        open.provider.actions().refuse("Size is too large to fit on your droplet's server");

        assertThat(account.progress(providerTask))
                .isEqualTo(Progress.failed("422: Size is too large to fit on your droplet's server"));
        open.provider.completeTasks();
        assertThat(account.server(id)).map(ProviderServer::state).contains(ProviderServer.State.RUNNING);
        assertThat(account.progress(providerTask).stage()).isEqualTo(Progress.Stage.FAILED);
    }

    @Test
    void toleratesAConflictingAction() {
        var id = open.running().id();
        var providerTask = account.resize(id, BIGGER);
        open.provider.completeTasks();
        open.provider.actions().refuse("Droplet already has a pending event.");
        assertThat(account.progress(providerTask).stage()).isEqualTo(Progress.Stage.RUNNING);
        assertThat(progressAtEnd(providerTask).stage()).isEqualTo(Progress.Stage.DONE);
    }

    @Test
    void requestsNothingForThePresentSize() {
        var id = open.running().id();
        assertThat(account.progress(account.resize(id, "s-1vcpu-1gb"))).isEqualTo(Progress.done());
        assertThat(open.provider.actions().types()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"s-1vcpu-512mb-10gb, INVALID", "s-none, INVALID", "s-old, INVALID", "s-8vcpu-16gb, NO_CAPACITY"})
    void refusesAnImpossibleSizeBeforeShuttingDown(String size, Reason reason) {
        var id = open.running().id();
        assertThatThrownBy(() -> account.resize(id, size))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
        assertThat(open.provider.actions().types()).isEmpty();
    }

    /** Polls until it ends, up to the permitted number of steps. */
    private Progress progressAtEnd(ProviderTask providerTask) {
        var progress = Progress.running(0);
        for (var i = 0; i < 8 && progress.stage() == Progress.Stage.RUNNING; i++) {
            open.provider.completeTasks();
            progress = account.progress(new ProviderTask(providerTask.id()));
        }
        return progress;
    }
}

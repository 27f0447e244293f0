package io.tenantry.cloud.provider.hetzner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.FakeProvider.Fault;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.ServerSpec;
import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.testing.WithinTenant;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Entering and leaving Hetzner's rescue system, regardless of lost responses. */
@ExtendWith(WithinTenant.class)
class HetznerRescueTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk someone";

    private final HttpGateway httpGateway = new HttpGateway(
            AddressPolicy.ANY,
            new HttpGateway.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5)));
    private FakeHetzner provider;
    private HetznerRescue account;
    private String id;

    @BeforeEach
    void setUp() {
        provider = new FakeHetzner();
        var credentials = new Credentials(provider.base(), "a-good-token");
        var clock = Clock.systemUTC();
        account = new HetznerRescue(
                new ProviderHttp(httpGateway, credentials, new HetznerProtocol(), clock, pause -> {}), clock);
        id = account.create(new ServerSpec(
                        new ResourceTag(UUID.randomUUID()),
                        "web-1",
                        "fsn1",
                        "cx22",
                        "debian-12",
                        List.of(KEY),
                        Optional.empty(),
                        Map.of()))
                .id();
        provider.completeTasks();
    }

    @AfterEach
    void tearDown() {
        provider.close();
        httpGateway.close();
    }

    @Test
    void enablesRescueAndRestarts() {
        assertThat(stageAtEnd(account.rescue(id, List.of(KEY)))).isEqualTo(Stage.DONE);
        assertThat(provider.commands()).containsExactly("create_server", "enable_rescue", "reset_server");
        assertThat(provider.server(id).rescued).isTrue();
        assertThat(provider.server(id).rescueKeys)
                .isEqualTo("[" + provider.keys().get(0).getInt("id") + "]");
    }

    @Test
    void startsAStoppedServerInRescue() {
        provider.server(id).status = "off";
        assertThat(stageAtEnd(account.rescue(id, List.of(KEY)))).isEqualTo(Stage.DONE);
        assertThat(provider.commands()).containsExactly("create_server", "enable_rescue", "start_server");
        assertThat(provider.server(id).rescued).isTrue();
    }

    @Test
    void leavesRescueByARestart() {
        stageAtEnd(account.rescue(id, List.of(KEY)));
        assertThat(stageAtEnd(account.leaveRescue(id))).isEqualTo(Stage.DONE);
        assertThat(provider.commands()).endsWith("enable_rescue", "reset_server", "reset_server");
        assertThat(provider.server(id).rescued).isFalse();
    }

    @Test
    void disablesPendingRescueBeforeLeaving() {
        provider.server(id).rescueEnabled = true;
        assertThat(stageAtEnd(account.leaveRescue(id))).isEqualTo(Stage.DONE);
        assertThat(provider.commands()).endsWith("disable_rescue", "reset_server");
        assertThat(provider.server(id).rescued).isFalse();
    }

    @Test
    void repeatsNoRequestAfterALostResponse() {
        var providerTask = account.rescue(id, List.of(KEY));
        for (var word : List.of("enable_rescue", "reset")) {
            provider.failNext(recordedCall -> recordedCall.path().endsWith(word), Fault.DONE_WITHOUT_RESPONSE);
            assertThatThrownBy(() -> account.progress(providerTask)).isInstanceOf(ProviderFailure.class);
            assertThat(account.progress(providerTask).stage()).as("in progress").isEqualTo(Stage.RUNNING);
            provider.completeTasks();
        }
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
        assertThat(provider.commands()).containsExactly("create_server", "enable_rescue", "reset_server");
    }

    @Test
    void startsRescueOnceWhenRequestedTwice() {
        var unused = account.rescue(id, List.of(KEY));
        assertThat(stageAtEnd(account.rescue(id, List.of(KEY)))).isEqualTo(Stage.DONE);
        assertThat(provider.commands()).containsExactly("create_server", "enable_rescue", "reset_server");
        assertThat(provider.keys()).hasSize(1);
    }

    @Test
    void doesNotRestartWhenRescueFails() {
        var providerTask = account.rescue(id, List.of(KEY));
        account.progress(providerTask);
        provider.failTasks();
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.FAILED);
        assertThat(provider.commands()).containsExactly("create_server", "enable_rescue");
    }

    @Test
    void failsWhenRescueIsDisabledMeanwhile() {
        var providerTask = account.rescue(id, List.of(KEY));
        account.progress(providerTask);
        provider.completeTasks();
        provider.server(id).rescueEnabled = false;
        assertThat(account.progress(providerTask).stage()).isEqualTo(Stage.FAILED);
        assertThat(provider.commands()).doesNotContain("reset_server");
    }

    @Test
    void doesNotKnowWhichSystemIsRunning() {
        stageAtEnd(account.rescue(id, List.of(KEY)));
        assertThat(account.isRescued(id)).isEmpty();
    }

    /** Polls until it ends, up to the permitted number of steps. */
    private Stage stageAtEnd(ProviderTask providerTask) {
        var progress = Progress.running(0);
        for (var i = 0; i < 6 && progress.stage() == Stage.RUNNING; i++) {
            progress = account.progress(new ProviderTask(providerTask.id()));
            provider.completeTasks();
        }
        return progress.stage();
    }
}

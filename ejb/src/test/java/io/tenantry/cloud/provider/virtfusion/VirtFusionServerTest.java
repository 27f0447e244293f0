package io.tenantry.cloud.provider.virtfusion;

import static io.tenantry.cloud.provider.virtfusion.VirtFusionTest.ORGANIZATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.TransferMetering.Traffic;
import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.testing.WithinTenant;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operations on existing servers. */
@ExtendWith(WithinTenant.class)
class VirtFusionServerTest {
    private final FakePanel panel = new FakePanel();
    private final HttpGateway httpGateway = new HttpGateway(AddressPolicy.ANY, HttpGateway.Timeouts.USUAL);
    private final VirtFusionClient account = new VirtFusionClient(
            new ProviderHttp(
                    httpGateway,
                    new Credentials(panel.base(), "a-good-token"),
                    new VirtFusionProtocol(),
                    Clock.systemUTC(),
                    pause -> {}),
            panel.base());

    @AfterEach
    void tearDown() {
        httpGateway.close();
        panel.close();
    }

    @Test
    void requestsNothingForAPowerStateAlreadyReached() {
        var id = running();
        panel.forget();
        var providerTask = account.power(id, PowerAction.ON);

        assertThat(panel.requests())
                .noneMatch(recordedCall -> recordedCall.method().equals("POST"));
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
    }

    @Test
    void reportsProgressAndFailureOfATask() {
        var id = running();
        var providerTask = account.power(id, PowerAction.SHUT_DOWN);
        assertThat(account.progress(providerTask)).isEqualTo(Progress.running(40));

        panel.box(id).power = "shutoff";
        panel.completeTasks();
        assertThat(account.progress(providerTask)).isEqualTo(Progress.failed("domain is not as it should"));
    }

    @Test
    void restartsARunningServerToResizeIt() {
        var id = running();
        var providerTask = account.resize(id, "3");

        var asked = panel.requests();
        var change = asked.get(asked.size() - 2);
        assertThat(change.path()).isEqualTo("/servers/" + id + "/package/3");
        assertThat(change.body()).hasSize(10).doesNotContainKey("backupPlan");
        assertThat(asked.get(asked.size() - 1).path()).endsWith("/power/restart");
        panel.completeTasks();
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
    }

    @Test
    void resizesAStoppedServerImmediately() {
        var id = running();
        panel.box(id).power = "shutoff";
        assertThat(account.progress(account.resize(id, "3"))).isEqualTo(Progress.done());
    }

    @Test
    void refusesToShrinkADisk() {
        var serverSpec = VirtFusionTest.serverSpec("1", "3", ORGANIZATION);
        var id = account.create(serverSpec).id();
        assertThatThrownBy(() -> account.resize(id, "1"))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
        assertThat(panel.requests())
                .noneMatch(recordedCall -> recordedCall.path().contains("/package/"));
    }

    @Test
    void rebuildsAServerInPlace() {
        var serverSpec = VirtFusionTest.serverSpec("1", "1", ORGANIZATION);
        var id = account.create(serverSpec).id();
        panel.completeTasks();

        var providerTask = account.rebuild(id, serverSpec);
        assertThat(account.progress(new ProviderTask(providerTask.id()))).isEqualTo(Progress.running(0));
        panel.completeTasks();
        assertThat(account.progress(providerTask)).isEqualTo(Progress.done());
        assertThat(account.marked(serverSpec.mark()))
                .extracting(ProviderServer::id)
                .containsExactly(id);

        panel.box(id).state = "failed";
        assertThat(account.progress(providerTask).stage()).isEqualTo(Progress.Stage.FAILED);
    }

    @Test
    void readsTrafficByMonthWithTheLatestFirst() {
        var traffic = account.traffic(running(), Instant.parse("2025-03-01T00:00:00Z"));
        assertThat(traffic)
                .containsExactly(
                        new Traffic(
                                Instant.parse("2025-02-06T00:00:00Z"),
                                Instant.parse("2025-03-06T00:00:00Z"),
                                35_000_000_000L,
                                1_270_421),
                        new Traffic(
                                Instant.parse("2025-01-06T00:00:00Z"),
                                Instant.parse("2025-02-06T00:00:00Z"),
                                25_000_000_000L,
                                1_270_421));
    }

    @Test
    void returnsANewPasswordWithoutMailingOrPrintingIt() {
        var reset = account.resetPassword(running());

        assertThat(reset.password()).isEqualTo("l1LMzm2JGhWYdjjn8JkC");
        assertThat(reset).asString().doesNotContain("l1LMzm2JGhWYdjjn8JkC");
        assertThat(account.progress(reset.providerTask()).stage()).isEqualTo(Progress.Stage.RUNNING);
        var body = panel.requests().stream()
                .filter(recordedCall -> recordedCall.path().endsWith("/resetPassword"))
                .findFirst()
                .orElseThrow()
                .body();
        assertThat(body.getString("user")).isEqualTo("root");
        assertThat(body.getBoolean("sendMail")).isFalse();
    }

    @Test
    void opensAndClosesAScreen() {
        var id = running();
        var vnc = account.open(id);

        assertThat(vnc.host()).isEqualTo("192.0.2.2");
        assertThat(vnc.port()).isEqualTo(5903);
        assertThat(vnc.password()).isEqualTo("ZNYonJeU");
        assertThat(vnc.webSocket())
                .contains(
                        URI.create("ws" + panel.base().toString().substring("http".length()) + "/vnc/?token=69316231"));
        assertThat(panel.box(id).screen).isTrue();

        account.close(id);
        account.close(id);
        assertThat(panel.box(id).screen).isFalse();
    }

    @Test
    void reportsAMissingServer() {
        assertThatThrownBy(() -> account.power("404", PowerAction.OFF))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    private String running() {
        var id = account.create(VirtFusionTest.serverSpec("1", "1", ORGANIZATION))
                .id();
        panel.completeTasks();
        return id;
    }
}

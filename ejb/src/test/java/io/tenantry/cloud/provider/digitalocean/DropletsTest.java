package io.tenantry.cloud.provider.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.FakeProvider;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.testing.WithinTenant;
import jakarta.json.Json;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(WithinTenant.class)
class DropletsTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk someone";
    private static final String FINGERPRINT = "b5:92:ce:00:d5:6b:1d:ca:f4:98:fb:e2:f6:18:2f:df";

    private final OpenAccount open = new OpenAccount();
    private final DigitalOceanClient account = open.account;

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void sendsACompleteRequest() {
        open.provider.storeKey(KEY);
        var serverSpec =
                OpenAccount.with(OpenAccount.serverSpec(), "63663980", List.of(KEY), Optional.of("#cloud-config"));
        var made = account.create(serverSpec);

        var order = open.provider.droplet(made.id()).order;
        assertThat(order.getString("name")).isEqualTo("web-1.example.org");
        assertThat(order.getString("region")).isEqualTo("fra1");
        assertThat(order.getString("size")).isEqualTo("s-1vcpu-1gb");
        assertThat(order.getInt("image")).isEqualTo(63663980);
        assertThat(order.getJsonArray("ssh_keys").getString(0)).isEqualTo(FINGERPRINT);
        assertThat(order.getString("user_data")).isEqualTo("#cloud-config");
        assertThat(order.getString("vpc_uuid")).isEqualTo("760e09ef-dc84-11e8-981e-3cfdfeaae000");
        assertThat(order.getBoolean("ipv6")).isTrue();
        assertThat(order.getBoolean("monitoring")).isTrue();
    }

    @Test
    void recognizesOnlyItsOwnTag() {
        var serverSpec = OpenAccount.serverSpec();
        var made = account.create(serverSpec);
        assertThat(open.provider.droplet(made.id()).tags)
                .hasSize(2)
                .contains(serverSpec.mark().text())
                .allMatch(tag -> tag.matches("[a-z0-9-]{1,255}"))
                .filteredOn(tag -> ResourceTag.read(tag).isPresent())
                .hasSize(1);
    }

    @Test
    void addsAMissingKeyAndRepeatsTheRequest() {
        var serverSpec = OpenAccount.with(OpenAccount.serverSpec(), "debian-12-x64", List.of(KEY), Optional.empty());
        var made = account.create(serverSpec);

        assertThat(made.mark()).contains(serverSpec.mark());
        assertThat(account.servers()).hasSize(1);
        assertThat(account.keys())
                .singleElement()
                .satisfies(key -> assertThat(key.publicKey()).isEqualTo(KEY));
        assertThat(open.requests())
                .startsWith(
                        "POST /v2/droplets",
                        "GET /v2/account/keys/" + FINGERPRINT,
                        "POST /v2/account/keys",
                        "POST /v2/droplets");
    }

    @Test
    void doesNotRepeatOtherRefusedRequests() {
        open.provider.storeKey(KEY);
        open.provider.refuse(422, "unprocessable_entity", "You specified an invalid image for Droplet creation.");
        var serverSpec = OpenAccount.with(OpenAccount.serverSpec(), "none", List.of(KEY), Optional.empty());

        assertThatThrownBy(() -> account.create(serverSpec))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID))
                .hasMessageContaining("invalid image");
        assertThat(account.servers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeProvider.Fault.class,
            names = {"DONE_THEN_ERROR", "DONE_WITHOUT_RESPONSE"})
    void doesNotRepeatASecondRequestAfterALostResponse(FakeProvider.Fault fault) {
        open.provider.failNext(FakeProvider.Fault.RATE_LIMITED, fault);
        assertThatThrownBy(() -> account.create(OpenAccount.serverSpec()))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.maybeDone()).isTrue());
        assertThat(account.servers()).hasSize(1);
    }

    @Test
    void refusesAnInvalidKeyBeforeSendingAnything() {
        for (var line : List.of("ssh-ed25519", "ssh-ed25519 AAAA%%%", "")) {
            var serverSpec =
                    OpenAccount.with(OpenAccount.serverSpec(), "debian-12-x64", List.of(line), Optional.empty());
            assertThatThrownBy(() -> account.create(serverSpec))
                    .isInstanceOfSatisfying(
                            ProviderFailure.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
        }
        assertThat(open.requests()).isEmpty();
    }

    @Test
    void acceptsAPowerStateAlreadyReached() {
        var id = open.running().id();
        assertThat(progress(account.power(id, PowerAction.ON))).isEqualTo(Progress.Stage.DONE);

        account.power(id, PowerAction.OFF);
        open.provider.completeTasks();
        assertThat(progress(account.power(id, PowerAction.OFF))).isEqualTo(Progress.Stage.DONE);
        assertThat(progress(account.power(id, PowerAction.SHUT_DOWN))).isEqualTo(Progress.Stage.DONE);
        assertThat(account.server(id)).map(ProviderServer::state).contains(ProviderServer.State.STOPPED);
    }

    @Test
    void refusesToRestartAStoppedServer() {
        var id = open.running().id();
        account.power(id, PowerAction.OFF);
        open.provider.completeTasks();
        assertBusy(() -> account.power(id, PowerAction.RESTART));
    }

    @Test
    void refusesASecondActionAsBusy() {
        var id = open.running().id();
        account.power(id, PowerAction.RESTART);
        assertBusy(() -> account.power(id, PowerAction.OFF));
    }

    @Test
    void reportsAnActionAsRunningDoneOrFailed() {
        var id = open.running().id();
        var restart = account.power(id, PowerAction.RESTART);
        assertThat(progress(restart)).isEqualTo(Progress.Stage.RUNNING);
        open.provider.completeTasks();
        assertThat(progress(restart)).isEqualTo(Progress.Stage.DONE);

        open.provider.actions().fail("power_off");
        var off = account.power(id, PowerAction.OFF);
        open.provider.completeTasks();
        assertThat(account.progress(off)).isEqualTo(Progress.failed("action power_off failed"));
    }

    @Test
    void refusesAnUnknownActionStatus() {
        open.provider.respondWith(FakeProvider.CannedAnswer.of(
                200,
                FakeDigitalOcean.wrap(
                        "action",
                        Json.createObjectBuilder().add("status", "pondering").build())));
        assertReason(Reason.INVALID_RESPONSE, () -> account.progress(new ProviderTask("droplet:1")));
    }

    @Test
    void refusesInvalidTasks() {
        for (var id : List.of("", "36804636", "droplet:one", "volume:x", "resize:1:s-1vcpu-1gb:up")) {
            assertReason(Reason.INVALID, () -> account.progress(new ProviderTask(id)));
        }
        assertThat(open.requests()).isEmpty();
    }

    @Test
    void findsNothingForAnUnknownTag() {
        open.provider.refuse(404, "not_found", "The resource you requested could not be found.");
        assertThat(account.marked(OpenAccount.serverSpec().mark())).isEmpty();

        open.provider.refuse(403, "forbidden", "You are not authorized to perform this operation");
        assertReason(
                Reason.FORBIDDEN, () -> account.marked(OpenAccount.serverSpec().mark()));
    }

    @Test
    void refusesAMissingList() {
        open.provider.respondWith(
                FakeProvider.CannedAnswer.of(200, Json.createObjectBuilder().build()));
        assertReason(
                Reason.INVALID_RESPONSE,
                () -> account.marked(OpenAccount.serverSpec().mark()));
    }

    @Test
    void reportsAMissingDroplet() {
        assertThat(account.server("3164999")).isEmpty();
        account.delete("3164999");
        assertReason(Reason.NOT_FOUND, () -> account.resize("3164999", "s-2vcpu-2gb"));
    }

    private Progress.Stage progress(ProviderTask providerTask) {
        return account.progress(providerTask).stage();
    }

    private static void assertBusy(ThrowingCallable call) {
        assertReason(Reason.BUSY, call);
    }

    private static void assertReason(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}

package io.tenantry.provider.virtfusion;

import static io.tenantry.provider.virtfusion.VirtFusionTest.ORGANIZATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.outbound.AddressPolicy;
import io.tenantry.outbound.Outbound;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.Metering.Traffic;
import io.tenantry.provider.Power;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provider.VendorApi;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done to a server once it is there. */
class VirtFusionServerTest {
    private final FakePanel panel = new FakePanel();
    private final Outbound outbound = new Outbound(AddressPolicy.ANY, Outbound.Waits.USUAL);
    private final VirtFusionAccount account = new VirtFusionAccount(
            new VendorApi(
                    outbound,
                    new Credentials(panel.base(), "a-good-token"),
                    new VirtFusionDialect(),
                    Clock.systemUTC(),
                    pause -> {}),
            panel.base());

    @AfterEach
    void part() {
        outbound.close();
        panel.close();
    }

    @Test
    void nothingIsAskedOfAServerThatIsSoAlready() {
        var id = running();
        panel.forget();
        var task = account.power(id, Power.ON);

        assertThat(panel.asked()).noneMatch(asked -> asked.method().equals("POST"));
        assertThat(account.progress(task)).isEqualTo(Progress.done());
    }

    @Test
    void aTaskTellsHowFarItIsAndWhyItFailed() {
        var id = running();
        var task = account.power(id, Power.SHUT_DOWN);
        assertThat(account.progress(task)).isEqualTo(Progress.running(40));

        panel.box(id).power = "shutoff";
        panel.settle();
        assertThat(account.progress(task)).isEqualTo(Progress.failed("domain is not as it should"));
    }

    @Test
    void aServerTakesAnotherPackageUpWhenItStartsAgain() {
        var id = running();
        var task = account.resize(id, "3");

        var asked = panel.asked();
        var change = asked.get(asked.size() - 2);
        assertThat(change.path()).isEqualTo("/servers/" + id + "/package/3");
        assertThat(change.body()).hasSize(10).doesNotContainKey("backupPlan");
        assertThat(asked.get(asked.size() - 1).path()).endsWith("/power/restart");
        panel.settle();
        assertThat(account.progress(task)).isEqualTo(Progress.done());
    }

    @Test
    void aServerThatIsOffTakesAnotherPackageAtOnce() {
        var id = running();
        panel.box(id).power = "shutoff";
        assertThat(account.progress(account.resize(id, "3"))).isEqualTo(Progress.done());
    }

    @Test
    void aDiskDoesNotBecomeSmaller() {
        var wish = VirtFusionTest.wish("1", "3", ORGANIZATION);
        var id = account.create(wish).id();
        assertThatThrownBy(() -> account.resize(id, "1"))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID));
        assertThat(panel.asked()).noneMatch(asked -> asked.path().contains("/package/"));
    }

    @Test
    void aServerIsBuiltAnewInItsPlace() {
        var wish = VirtFusionTest.wish("1", "1", ORGANIZATION);
        var id = account.create(wish).id();
        panel.settle();

        var task = account.rebuild(id, wish);
        assertThat(account.progress(new Task(task.id()))).isEqualTo(Progress.running(0));
        panel.settle();
        assertThat(account.progress(task)).isEqualTo(Progress.done());
        assertThat(account.marked(wish.mark())).extracting(Server::id).containsExactly(id);

        panel.box(id).state = "failed";
        assertThat(account.progress(task).stage()).isEqualTo(Progress.Stage.FAILED);
    }

    @Test
    void trafficIsToldByMonthsOfThePanelsTheLatestFirst() {
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
    void aNewPasswordIsToldToUsAloneAndNeverPrinted() {
        var reset = account.resetPassword(running());

        assertThat(reset.password()).isEqualTo("l1LMzm2JGhWYdjjn8JkC");
        assertThat(reset).asString().doesNotContain("l1LMzm2JGhWYdjjn8JkC");
        assertThat(account.progress(reset.task()).stage()).isEqualTo(Progress.Stage.RUNNING);
        var body = panel.asked().stream()
                .filter(asked -> asked.path().endsWith("/resetPassword"))
                .findFirst()
                .orElseThrow()
                .body();
        assertThat(body.getString("user")).isEqualTo("root");
        assertThat(body.getBoolean("sendMail")).isFalse();
    }

    @Test
    void aScreenIsOpenedAndClosed() {
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
    void whatIsDoneToAServerThatIsGoneIsNotFound() {
        assertThatThrownBy(() -> account.power("404", Power.OFF))
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    private String running() {
        var id = account.create(VirtFusionTest.wish("1", "1", ORGANIZATION)).id();
        panel.settle();
        return id;
    }
}

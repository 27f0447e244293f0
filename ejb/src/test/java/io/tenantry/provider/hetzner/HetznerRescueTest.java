package io.tenantry.provider.hetzner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.outbound.AddressPolicy;
import io.tenantry.outbound.Outbound;
import io.tenantry.provider.Credentials;
import io.tenantry.provider.FakeVendor.Fault;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Progress;
import io.tenantry.provider.Progress.Stage;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.Task;
import io.tenantry.provider.VendorApi;
import io.tenantry.provider.Wish;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way into Hetzner's rescue system and out of it, whatever answers are lost. */
class HetznerRescueTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3v7Z0m4mY8c9u9m5b0mC5c6y5m0r1rX0w0m7o2f1Qk someone";

    private final Outbound outbound = new Outbound(
            AddressPolicy.ANY, new Outbound.Waits(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5)));
    private FakeHetzner vendor;
    private HetznerRescue account;
    private String id;

    @BeforeEach
    void meet() {
        vendor = new FakeHetzner();
        var credentials = new Credentials(vendor.base(), "a-good-token");
        var clock = Clock.systemUTC();
        account = new HetznerRescue(
                new VendorApi(outbound, credentials, new HetznerDialect(), clock, pause -> {}), clock);
        id = account.create(new Wish(
                        new Mark(UUID.randomUUID()),
                        "web-1",
                        "fsn1",
                        "cx22",
                        "debian-12",
                        List.of(KEY),
                        Optional.empty(),
                        Map.of()))
                .id();
        vendor.settle();
    }

    @AfterEach
    void part() {
        vendor.close();
        outbound.close();
    }

    @Test
    void itIsSwitchedOnForTheNextStartAndThenStarted() {
        assertThat(end(account.rescue(id, List.of(KEY)))).isEqualTo(Stage.DONE);
        assertThat(vendor.commands()).containsExactly("create_server", "enable_rescue", "reset_server");
        assertThat(vendor.server(id).rescued).isTrue();
        assertThat(vendor.server(id).rescueKeys)
                .isEqualTo("[" + vendor.keys().get(0).getInt("id") + "]");
    }

    @Test
    void aServerThatIsOffIsSwitchedOn() {
        vendor.server(id).status = "off";
        assertThat(end(account.rescue(id, List.of(KEY)))).isEqualTo(Stage.DONE);
        assertThat(vendor.commands()).containsExactly("create_server", "enable_rescue", "start_server");
        assertThat(vendor.server(id).rescued).isTrue();
    }

    @Test
    void itIsLeftByAStartFromItsDisk() {
        end(account.rescue(id, List.of(KEY)));
        assertThat(end(account.leaveRescue(id))).isEqualTo(Stage.DONE);
        assertThat(vendor.commands()).endsWith("enable_rescue", "reset_server", "reset_server");
        assertThat(vendor.server(id).rescued).isFalse();
    }

    @Test
    void whatIsSwitchedOnForTheNextStartIsSwitchedOffFirst() {
        vendor.server(id).rescueEnabled = true;
        assertThat(end(account.leaveRescue(id))).isEqualTo(Stage.DONE);
        assertThat(vendor.commands()).endsWith("disable_rescue", "reset_server");
        assertThat(vendor.server(id).rescued).isFalse();
    }

    @Test
    void whoeverLosesAnAnswerSeesWhatWasAskedAndDoesNotAskItTwice() {
        var task = account.rescue(id, List.of(KEY));
        for (var word : List.of("enable_rescue", "reset")) {
            vendor.next(asked -> asked.path().endsWith(word), Fault.DONE_BUT_SILENT);
            assertThatThrownBy(() -> account.progress(task)).isInstanceOf(ProviderFailure.class);
            assertThat(account.progress(task).stage()).as("it is at it").isEqualTo(Stage.RUNNING);
            vendor.settle();
        }
        assertThat(account.progress(task)).isEqualTo(Progress.done());
        assertThat(vendor.commands()).containsExactly("create_server", "enable_rescue", "reset_server");
    }

    @Test
    void toAskForItTwiceStartsNothing() {
        var unused = account.rescue(id, List.of(KEY));
        assertThat(end(account.rescue(id, List.of(KEY)))).isEqualTo(Stage.DONE);
        assertThat(vendor.commands()).containsExactly("create_server", "enable_rescue", "reset_server");
        assertThat(vendor.keys()).hasSize(1);
    }

    @Test
    void whatFailsIsToldAndTheServerIsNotStarted() {
        var task = account.rescue(id, List.of(KEY));
        account.progress(task);
        vendor.spoil();
        assertThat(account.progress(task).stage()).isEqualTo(Stage.FAILED);
        assertThat(vendor.commands()).containsExactly("create_server", "enable_rescue");
    }

    @Test
    void aNextStartThatWasTurnedElsewhereIsNotTaken() {
        var task = account.rescue(id, List.of(KEY));
        account.progress(task);
        vendor.settle();
        vendor.server(id).rescueEnabled = false;
        assertThat(account.progress(task).stage()).isEqualTo(Stage.FAILED);
        assertThat(vendor.commands()).doesNotContain("reset_server");
    }

    @Test
    void whichSystemAServerIsInIsNotTold() {
        end(account.rescue(id, List.of(KEY)));
        assertThat(account.isRescued(id)).isEmpty();
    }

    /** Asks until it is over, as often as steps may be. */
    private Stage end(Task task) {
        var progress = Progress.running(0);
        for (var i = 0; i < 6 && progress.stage() == Stage.RUNNING; i++) {
            progress = account.progress(new Task(task.id()));
            vendor.settle();
        }
        return progress.stage();
    }
}

package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.cloud.provider.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Termination of one or several services, whatever operation is in progress. */
class TerminationTest {
    private static final List<ServicesTerminated> TOLD = new ArrayList<>();
    private static final List<String> FREE_WALLETS = new ArrayList<>();

    private static ServerOperationFixture operationFixture;
    private static ProvisioningFixture provisioningFixture;
    private static UUID large;
    private UUID wallet = new UUID(0, 0);
    private UUID service = new UUID(0, 0);
    private UUID other = new UUID(0, 0);

    @BeforeAll
    static void open() {
        operationFixture = new ServerOperationFixture("ending");
        provisioningFixture = operationFixture.provisioningFixture;
        large = operationFixture.plan("14.60", 20, "big");
        var terminations = operationFixture.orderFixture.terminations;
        terminations.charging = provisioningFixture.billingFixture.charging;
        terminations.terminationEvents = new TerminationEvents();
        terminations.terminationEvents.hear(event -> {
            TOLD.add(event);
            FREE_WALLETS.addAll(operationFixture.texts("select id from %s.wallet for update skip locked"));
        });
    }

    @BeforeEach
    void createServer() {
        provisioningFixture.workQueueFixture.clear();
        operationFixture.provider.clear();
        TOLD.clear();
        FREE_WALLETS.clear();
        wallet = provisioningFixture.billingFixture.wallet("1");
        service = operationFixture.createServer(wallet);
        other = operationFixture.createServer(wallet);
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(provisioningFixture.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(
                        provisioningFixture.billingFixture.tenant,
                        "reservation-of-service",
                        "pending-operation",
                        "hours-of-ended-service",
                        "open-period-of-running-service"))
                .isEmpty();
    }

    @Test
    void releasesTheReservationOfAPendingResize() {
        grow(service);
        end(service);

        assertThat(provisioningFixture.state(service)).isEqualTo("TERMINATING");
        assertThat(operationFixture.reservations(service)).containsExactlyInAnyOrder("0.02 CAPTURED", "0.02 RELEASED");
        assertThat(provisioningFixture.column(service, "coalesce(pending_operation, '-')"))
                .isEqualTo("-");
        operationFixture.work(2);
        assertThat(operationFixture.provider.requests()).isEmpty();
        assertThat(provisioningFixture.timeline(service)).endsWith("resize_wanted", "ended");
    }

    @Test
    void dropsAPendingRebuild() {
        var launchConfig = new LaunchConfig("Fancy", List.of(), Optional.empty(), Map.of());
        assertThat(provisioningFixture.billingFixture.<Rebuilds.Outcome>in(
                        () -> operationFixture.rebuilds.want(service, launchConfig, "web")))
                .isEqualTo(new Rebuilds.Outcome.Wanted());
        end(service);
        operationFixture.work(2);

        assertThat(operationFixture.provider.requests()).isEmpty();
        assertThat(operationFixture.texts("select id from %s.service_operation"))
                .isEmpty();
    }

    @Test
    void dropsParkedWork() {
        operationFixture.provider.setTaskProgress(Progress.running(10));
        grow(service);
        operationFixture.work(2);
        operationFixture.advance(ResizeHandler.PATIENCE.plusSeconds(1));
        operationFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .contains("PARKED");
        end(service);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .doesNotContain("PARKED");
    }

    @Test
    void announcesTheTerminationBeforeLockingTheWallet() {
        grow(service);
        end(service);

        assertThat(TOLD).extracting(ServicesTerminated::serviceIds).containsExactly(List.of(service));
        assertThat(FREE_WALLETS).contains(wallet.toString());
    }

    @Test
    void announcesABulkTerminationBeforeLockingTheWallet() {
        grow(other);
        assertThat(endAll(List.of(service, other))).isEqualTo(2);

        assertThat(TOLD)
                .singleElement()
                .extracting(ServicesTerminated::serviceIds, InstanceOfAssertFactories.list(UUID.class))
                .containsExactlyInAnyOrder(service, other);
        assertThat(FREE_WALLETS).contains(wallet.toString());
        assertThat(provisioningFixture.state(service)).isEqualTo("TERMINATING");
        assertThat(provisioningFixture.state(other)).isEqualTo("TERMINATING");
    }

    @Test
    void doesNotTerminateAServiceTwice() {
        end(service);
        assertThat(endAll(List.of(service, other))).isEqualTo(1);
        assertThat(endAll(List.of(service, other))).isZero();
        assertThat(provisioningFixture.timeline(service).stream().filter("ended"::equals))
                .hasSize(1);
    }

    @Test
    void refusesToTerminateALockedServiceAndAnyListWithIt() {
        provisioningFixture.billingFixture.in(() -> operationFixture.serviceSettings.lock(other, true));
        assertThatThrownBy(() -> end(other))
                .isInstanceOf(DeletionLockedException.class)
                .hasMessageContaining("web");
        assertThatThrownBy(() -> endAll(List.of(service, other))).isInstanceOf(DeletionLockedException.class);
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.state(other)).isEqualTo("ACTIVE");
        assertThat(TOLD).isEmpty();

        provisioningFixture.billingFixture.in(() -> operationFixture.serviceSettings.lock(other, false));
        assertThat(endAll(List.of(service, other))).isEqualTo(2);
    }

    private void grow(UUID which) {
        assertThat(provisioningFixture.billingFixture.<Resizes.Outcome>in(
                        () -> operationFixture.resizes.want(which, large)))
                .isEqualTo(new Resizes.Outcome.Wanted());
    }

    private static void end(UUID which) {
        asked(terminations -> {
            terminations.end(which);
            return which;
        });
    }

    private int endAll(List<UUID> all) {
        var organization = UUID.fromString(provisioningFixture.column(service, "organization_id"));
        return asked(terminations -> terminations.endAll(organization, all));
    }

    /** Runs the query in its own transaction. */
    private static <T> T asked(Function<Terminations, T> question) {
        return provisioningFixture.billingFixture.in(() -> {
            operationFixture.orderFixture.terminations.entities = Rows.over(provisioningFixture.billingFixture.sql);
            return question.apply(operationFixture.orderFixture.terminations);
        });
    }
}

package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ParkedWorkDecisions;
import io.tenantry.workqueue.RetryOutcome;
import io.tenantry.workqueue.WorkAdministration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators' decisions on parked orders: money is reserved for those that continue, and released for those that do not. */
class OperatorsTest {
    private static ProvisioningFixture provisioningFixture;
    private UUID wallet = new UUID(0, 0);

    @BeforeAll
    static void open() {
        provisioningFixture = new ProvisioningFixture("operators");
    }

    @BeforeEach
    void fill() {
        provisioningFixture.workQueueFixture.clear();
        wallet = provisioningFixture.billingFixture.wallet("1");
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(provisioningFixture.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(provisioningFixture.billingFixture.tenant, "reservation"))
                .isEmpty();
    }

    @Test
    void renewsAnExpiredReservationBeforeARetry() {
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.LOST);
        provisioningFixture.expireReservations();
        assertThat(retry(parked())).contains(new RetryOutcome.Retried());
        assertThat(provisioningFixture.reservations(service)).isEqualTo("0.02000000 RELEASED, 0.02000000 RESERVED");

        provisioningFixture.completeOrders();
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.reservations(service)).isEqualTo("0.02000000 RELEASED, 0.02000000 CAPTURED");
    }

    @Test
    void keepsWorkParkedWithInsufficientFunds() {
        wallet = provisioningFixture.billingFixture.wallet("0.02");
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.LOST);
        provisioningFixture.expireReservations();
        provisioningFixture.billingFixture.takeOut(wallet, "0.005");
        assertThat(retry(parked()))
                .contains(new RetryOutcome.InsufficientFunds(provisioningFixture.billingFixture.money("0.005")));
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsExactly("PARKED");
        assertThat(provisioningFixture.reservations(service)).isEqualTo("0.02000000 RELEASED");
    }

    @Test
    void failsAnAbandonedOrderAndReleasesItsReservation() {
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.SILENT);
        var item = parked();
        assertThat(giveUp(item)).contains(true);
        assertThat(provisioningFixture.state(service)).isEqualTo("FAILED");
        assertThat(provisioningFixture.reservationState(service)).isEqualTo("RELEASED");
        assertThat(provisioningFixture.workQueueFixture.column(
                        provisioningFixture.billingFixture.tenant, "kind || ' ' || state"))
                .containsExactly("provision DROPPED", "delete OPEN");
        assertThat(giveUp(item)).as("a second time").isEmpty();
    }

    @Test
    void hidesTheOperatorFromTheTimeline() {
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.LOST);
        retry(parked());
        assertThat(Database.texts(
                        "select actor from t_operators.service_event where event = 'looked_again' and service_id = '"
                                + service + "'"))
                .containsExactly("");
    }

    @Test
    void ignoresItemsWithoutAResponsibleReview() {
        provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.LOST);
        var nobody = new ParkedWorkDecisions(provisioningFixture.workQueueFixture.items, List.of());
        var item = parked();
        assertThat(provisioningFixture.billingFixture.<Optional<RetryOutcome>>in(() -> nobody.retry(item)))
                .isEmpty();
    }

    private static ParkedWorkDecisions operators() {
        return new ParkedWorkDecisions(
                provisioningFixture.workQueueFixture.items, List.of(provisioningFixture.parkedServiceWork()));
    }

    private static Optional<RetryOutcome> retry(WorkAdministration.View item) {
        return provisioningFixture.billingFixture.in(() -> operators().retry(item));
    }

    private static Optional<Boolean> giveUp(WorkAdministration.View item) {
        return provisioningFixture.billingFixture.in(() -> operators().giveUp(item, "nobody needs it"));
    }

    private static WorkAdministration.View parked() {
        return provisioningFixture.workQueueFixture.parkedItems().get(0);
    }
}

package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.RetryOutcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Staff decisions on an order of unclear outcome. */
class ServiceReviewTest {
    private static final String WHY = "looked at the panel, there is none";

    private static ProvisioningFixture provisioningFixture;
    private UUID wallet = new UUID(0, 0);

    @BeforeAll
    static void open() {
        provisioningFixture = new ProvisioningFixture("deciding");
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
    void failsAnAbandonedOrderAndReleasesItsReservation() {
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.SILENT);
        assertThat(open(service)).isTrue();
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.serviceReview().giveUp(service, WHY)))
                .isTrue();

        assertThat(provisioningFixture.state(service)).isEqualTo("FAILED");
        assertThat(provisioningFixture.reservationState(service)).isEqualTo("RELEASED");
        assertThat(provisioningFixture.timeline(service)).endsWith("unclear", "failed");
        assertThat(provisioningFixture.workQueueFixture.column(
                        provisioningFixture.billingFixture.tenant, "kind || ' ' || state"))
                .containsExactly("provision DROPPED", "delete OPEN");
        assertThat(trail("service.canceled", service)).isEqualTo(WHY);
        assertThat(open(service)).isFalse();
        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.serviceReview().giveUp(service, WHY)))
                .as("a second time")
                .isFalse();
    }

    @Test
    void deletesAServerThatAppearsAfterAbandoning() {
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.SILENT);
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serviceReview().giveUp(service, WHY));
        provisioningFixture.work();
        provisioningFixture.advance(ProviderCalls.GRACE.plusSeconds(1));
        provisioningFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsExactly("DROPPED", "OPEN");

        provisioningFixture.provider.addUnorderedServer(service);
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.serversOf(service))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.DELETING);
        provisioningFixture.provider.completeDeletions();
        provisioningFixture.work();
        provisioningFixture.advance(ProviderCalls.DELAY_MAX);
        provisioningFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsExactly("DROPPED", "DONE");
        assertThat(provisioningFixture.state(service)).isEqualTo("FAILED");
    }

    @Test
    void aRetryFindsTheExistingServer() {
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.LOST);
        assertThat(provisioningFixture.billingFixture.<RetryOutcome>in(
                        () -> provisioningFixture.serviceReview().retry(service, WHY)))
                .isEqualTo(new RetryOutcome.Retried());
        provisioningFixture.completeOrders();
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.provider.serversOf(service)).hasSize(1);
        assertThat(trail("service.retried", service)).isEqualTo(WHY);
    }

    @Test
    void renewsAnExpiredReservationOnRetry() {
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.LOST);
        provisioningFixture.expireReservations();
        assertThat(retry(service)).isEqualTo(new RetryOutcome.Retried());
        assertThat(provisioningFixture.reservations(service)).isEqualTo("0.02000000 RELEASED, 0.02000000 RESERVED");

        provisioningFixture.completeOrders();
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.reservations(service)).isEqualTo("0.02000000 RELEASED, 0.02000000 CAPTURED");
    }

    @Test
    void doesNotReserveTwiceOnRetry() {
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.LOST);
        assertThat(retry(service)).isEqualTo(new RetryOutcome.Retried());
        assertThat(provisioningFixture.reservations(service)).isEqualTo("0.02000000 RESERVED");
    }

    @Test
    void retryingAnOrderReportsTheMissingAmount() {
        wallet = provisioningFixture.billingFixture.wallet("0.02");
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.LOST);
        provisioningFixture.expireReservations();
        provisioningFixture.billingFixture.takeOut(wallet, "0.005");

        assertThat(retry(service))
                .isEqualTo(new RetryOutcome.InsufficientFunds(provisioningFixture.billingFixture.money("0.005")));
        assertThat(open(service)).isTrue();
        assertThat(provisioningFixture.reservations(service)).isEqualTo("0.02000000 RELEASED");
        assertThat(provisioningFixture.timeline(service)).endsWith("unclear");

        provisioningFixture.billingFixture.topUp(wallet, "0.005");
        assertThat(retry(service)).isEqualTo(new RetryOutcome.Retried());
        provisioningFixture.completeOrders();
        assertThat(provisioningFixture.state(service)).isEqualTo("ACTIVE");
        assertThat(provisioningFixture.reservations(service)).isEqualTo("0.02000000 RELEASED, 0.02000000 CAPTURED");
    }

    @Test
    void allowsOnlyARetryOfAFailedDeletion() {
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.SILENT);
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serviceReview().giveUp(service, WHY));
        provisioningFixture.provider.nextQueries(times(ScriptedOutcome.AWAY, 10));
        provisioningFixture.work(10);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsExactly("DROPPED", "PARKED");

        assertThat(provisioningFixture.billingFixture.<Boolean>in(
                        () -> provisioningFixture.serviceReview().giveUp(service, WHY)))
                .isFalse();
        assertThat(provisioningFixture.billingFixture.<RetryOutcome>in(
                        () -> provisioningFixture.serviceReview().retry(service, WHY)))
                .isEqualTo(new RetryOutcome.Retried());
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsExactly("DROPPED", "OPEN");
    }

    @Test
    void repeatsADeletionOnRetryWhenTheServerRemains() {
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.LOST);
        provisioningFixture.provider.nextQueries(times(ScriptedOutcome.AWAY, 10));
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serviceReview().giveUp(service, WHY));
        provisioningFixture.work(10);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsExactly("DROPPED", "PARKED");
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serviceReview().retry(service, WHY));
        provisioningFixture.work();
        provisioningFixture.provider.setServerStates(ProviderServer.State.RUNNING);
        provisioningFixture.provider.revive(service);
        provisioningFixture.advance(Duration.ofDays(2));
        provisioningFixture.work();
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsExactly("DROPPED", "PARKED");

        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serviceReview().retry(service, WHY));
        provisioningFixture.work();
        assertThat(provisioningFixture.provider.serversOf(service))
                .extracting(ProviderServer::state)
                .containsExactly(ProviderServer.State.DELETING);
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsExactly("DROPPED", "OPEN");
    }

    @Test
    void requiresAReason() {
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.SILENT);
        assertThatThrownBy(() -> provisioningFixture.billingFixture.in(
                        () -> provisioningFixture.serviceReview().giveUp(service, " ")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> provisioningFixture.billingFixture.in(
                        () -> provisioningFixture.serviceReview().retry(service, "")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(provisioningFixture.state(service)).isEqualTo("UNKNOWN");
    }

    @Test
    void refusesDecisionsOfCustomers() {
        var service = provisioningFixture.createUnclearServer(wallet, ScriptedOutcome.SILENT);
        var member = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Olga");
        assertThatThrownBy(() -> Database.in(provisioningFixture.billingFixture.tenant, () -> {
                    try (var actorScope = Actors.enter(member)) {
                        return provisioningFixture.serviceReview().giveUp(service, WHY);
                    }
                }))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(provisioningFixture.state(service)).isEqualTo("UNKNOWN");
    }

    private static RetryOutcome retry(UUID service) {
        return provisioningFixture.billingFixture.in(
                () -> provisioningFixture.serviceReview().retry(service, WHY));
    }

    private boolean open(UUID service) {
        return provisioningFixture.billingFixture.<Boolean>in(
                () -> provisioningFixture.serviceReview().open(service).isPresent());
    }

    private static String trail(String action, UUID service) {
        return Database.texts("select facts ->> 'reason' from t_deciding.audit_record where action = '" + action
                        + "' and subject_id = '" + service + "'")
                .get(0);
    }

    private static ScriptedOutcome[] times(ScriptedOutcome scriptedOutcome, int times) {
        var all = new ScriptedOutcome[times];
        Arrays.fill(all, scriptedOutcome);
        return all;
    }
}

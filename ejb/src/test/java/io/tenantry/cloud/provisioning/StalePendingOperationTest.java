package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.wallet.Wallets;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.testing.Boundary;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkOutcome;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An item whose worker died when all was done still exists when another operation is requested: it has no effect on that. */
class StalePendingOperationTest {
    private static ProvisioningFixture provisioningFixture;
    private static PowerHandler switcher;

    @BeforeAll
    static void open() {
        provisioningFixture = new ProvisioningFixture("left-over");
        var billingFixture = provisioningFixture.billingFixture;
        switcher = new ProvisioningBeans(new ProvisioningBeans.Parts(
                        billingFixture.sql,
                        billingFixture.clock,
                        billingFixture.charging,
                        new Wallets(billingFixture.sql, billingFixture.clock, billingFixture.ledger),
                        provisioningFixture.workQueueFixture.items,
                        provisioningFixture.provisioningTargets,
                        Boundary.of(billingFixture.tenant)))
                .power();
    }

    @Test
    void restartsAServerOnceDespiteLeftOverWork() {
        var service = provisioningFixture.order(provisioningFixture.billingFixture.wallet("1"));
        provisioningFixture.completeOrders();
        provisioningFixture.billingFixture.in(
                () -> provisioningFixture.workQueueFixture.items.write(PowerHandler.KIND, "left over", service));
        assertThat(provisioningFixture.billingFixture.<ServerPower.Outcome>in(
                        () -> provisioningFixture.serverPower().want(service, PendingPowerAction.RESTART)))
                .isEqualTo(new ServerPower.Outcome.Wanted());
        var leftOver = claimed();
        var wanted = claimed();

        assertThat(work(leftOver)).isEqualTo(WorkOutcome.done());
        assertThat(provisioningFixture.provider.powerRequests()).isEmpty();
        assertThat(work(wanted)).isInstanceOf(WorkOutcome.Reschedule.class);
        assertThat(work(leftOver)).isEqualTo(WorkOutcome.done());
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.RESTART);

        provisioningFixture.work();
        assertThat(provisioningFixture.provider.powerRequests()).containsExactly(PowerAction.RESTART);
        assertThat(provisioningFixture.timeline(service)).endsWith("power_restart", "power_restarted");
        assertThat(provisioningFixture.workQueueFixture.column(provisioningFixture.billingFixture.tenant, "state"))
                .containsOnly("DONE");
    }

    private static ClaimedWorkItem claimed() {
        return provisioningFixture
                .workQueueFixture
                .queue
                .claim(Set.of(PowerHandler.KIND))
                .orElseThrow();
    }

    private static WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        try (var actorScope = Actors.enter(Actor.system("power"))) {
            return Tenancy.in(claimedWorkItem.tenant(), () -> switcher.work(claimedWorkItem));
        }
    }
}

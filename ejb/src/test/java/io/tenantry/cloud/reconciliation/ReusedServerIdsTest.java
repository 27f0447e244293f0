package io.tenantry.cloud.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.wallet.Wallets;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.reconciliation.discrepancy.ResolutionOutcome;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Boundary;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.WorkHandler;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between a decision and its execution a provider may have reassigned a number. */
class ReusedServerIdsTest {
    private static final UUID ANOTHER = new UUID(7, 7);

    private static ReconciliationFixture reconciliationFixture;

    @BeforeAll
    static void open() {
        reconciliationFixture = new ReconciliationFixture("numbers-again");
    }

    @BeforeEach
    void clear() {
        reconciliationFixture.clear();
    }

    @Test
    void switchesAServerBackAsDecided() {
        decideRepair();
        reconciliationFixture.workQueueFixture.work(repairHandler());
        assertThat(reconciliationFixture.scriptedInventory.requests()).containsExactly("ON 1");
    }

    @Test
    void reportsAServiceWithAReusedIdAsMissing() {
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.scriptedInventory.addServer("1", ANOTHER);
        reconciliationFixture.scanTwice();

        assertThat(reconciliationFixture.discrepancies())
                .extracting(Discrepancies.Discrepancy::kind)
                .containsExactlyInAnyOrder(DiscrepancyType.MISSING, DiscrepancyType.UNKNOWN_SERVER);
        assertThat(reconciliationFixture.timeline(service)).endsWith("missing");
    }

    @Test
    void allowsAnotherDecisionAfterAnIneffectiveRepair() {
        decideRepair();
        var repairHandler = repairHandler();
        reconciliationFixture.workQueueFixture.work(repairHandler);
        assertThat(reconciliationFixture.onlyDiscrepancy().isToDecide()).isFalse();
        reconciliationFixture.advance(Duration.ofMinutes(11));
        reconciliationFixture.workQueueFixture.makeDue();
        reconciliationFixture.workQueueFixture.work(repairHandler);
        assertThat(reconciliationFixture.scriptedInventory.requests()).containsExactly("ON 1");
        assertThat(reconciliationFixture.onlyDiscrepancy().isToDecide()).isTrue();
        assertThat(reconciliationFixture.onlyDiscrepancy().isToLeave()).isTrue();
    }

    @Test
    void repeatsARepairUntilItTakesEffect() {
        decideRepair();
        var repairHandler = repairHandler();
        reconciliationFixture.workQueueFixture.work(repairHandler);
        reconciliationFixture.workQueueFixture.makeDue();
        reconciliationFixture.workQueueFixture.work(repairHandler);
        assertThat(reconciliationFixture.scriptedInventory.requests()).containsExactly("ON 1", "ON 1");
        reconciliationFixture.scriptedInventory.changeServer(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "small", "203.0.113.1"));
        reconciliationFixture.workQueueFixture.makeDue();
        reconciliationFixture.workQueueFixture.work(repairHandler);
        assertThat(reconciliationFixture.scriptedInventory.requests()).containsExactly("ON 1", "ON 1");
        reconciliationFixture.scan();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().resolution())
                .contains("SWITCHED");
    }

    @Test
    void doesNotSwitchAReusedServerId() {
        decideRepair();
        reconciliationFixture.scriptedInventory.addServer("1", ANOTHER);
        reconciliationFixture.workQueueFixture.work(repairHandler());
        assertThat(reconciliationFixture.scriptedInventory.requests()).isEmpty();
        assertThat(reconciliationFixture.onlyDiscrepancy().history().repairAction())
                .isEmpty();
    }

    @Test
    void adoptsAServerWithTheIdOfAnEndedService() {
        var past = reconciliationFixture.createServer("1", "9");
        reconciliationFixture.terminate(past);
        reconciliationFixture.scriptedInventory.removeServer("9");
        var service = reconciliationFixture.createServer("1", "1").service();
        reconciliationFixture.scriptedInventory.removeServer("1");
        reconciliationFixture.scriptedInventory.addServer("9", service);
        reconciliationFixture.scanTwice();
        assertThat(reconciliationFixture.onlyDiscrepancy().kind()).isEqualTo(DiscrepancyType.ID_CHANGED);

        var id = reconciliationFixture.onlyDiscrepancy().id();
        assertThat(reconciliationFixture.billingFixture.<ResolutionOutcome>in(
                        () -> reconciliationFixture.actions.adopt(id)))
                .isEqualTo(ResolutionOutcome.DONE);
        assertThat(reconciliationFixture.column(service, "provider_ref")).isEqualTo("9");
    }

    /** A decision exists to switch on a server that the provider has suspended. */
    private static void decideRepair() {
        reconciliationFixture.createServer("1", "1");
        reconciliationFixture.scriptedInventory.changeServer(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.SUSPENDED, "small", "203.0.113.1"));
        reconciliationFixture.scanTwice();
        assertThat(reconciliationFixture.onlyDiscrepancy().kind()).isEqualTo(DiscrepancyType.DRIFT_POWER);
        var id = reconciliationFixture.onlyDiscrepancy().id();
        assertThat(reconciliationFixture.billingFixture.<ResolutionOutcome>in(
                        () -> reconciliationFixture.actions.switchBack(id)))
                .isEqualTo(ResolutionOutcome.DONE);
    }

    private static WorkHandler repairHandler() {
        var billingFixture = reconciliationFixture.billingFixture;
        return new ReconciliationBeans(new ReconciliationBeans.Parts(
                        billingFixture.sql,
                        billingFixture.clock,
                        new Wallets(billingFixture.sql, billingFixture.clock, billingFixture.ledger),
                        new TenantDirectory(Database.administration()),
                        reconciliationFixture.workQueueFixture.items,
                        new ProvisioningTargets(List.of(reconciliationFixture.scriptedInventory)),
                        Boundary.of(billingFixture.tenant)))
                .workers()
                .get(1);
    }
}

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
        decided();
        reconciliationFixture.workQueueFixture.work(mend());
        assertThat(reconciliationFixture.scriptedInventory.asked()).containsExactly("ON 1");
    }

    @Test
    void reportsAServiceWithAReusedIdAsMissing() {
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.scriptedInventory.puts("1", ANOTHER);
        reconciliationFixture.lookTwice();

        assertThat(reconciliationFixture.found())
                .extracting(Discrepancies.Discrepancy::kind)
                .containsExactlyInAnyOrder(DiscrepancyType.MISSING, DiscrepancyType.UNKNOWN_SERVER);
        assertThat(reconciliationFixture.timeline(service)).endsWith("missing");
    }

    @Test
    void allowsAnotherDecisionAfterAnIneffectiveRepair() {
        decided();
        var mend = mend();
        reconciliationFixture.workQueueFixture.work(mend);
        assertThat(reconciliationFixture.only().isToDecide()).isFalse();
        reconciliationFixture.pass(Duration.ofMinutes(11));
        reconciliationFixture.workQueueFixture.makeDue();
        reconciliationFixture.workQueueFixture.work(mend);
        assertThat(reconciliationFixture.scriptedInventory.asked()).containsExactly("ON 1");
        assertThat(reconciliationFixture.only().isToDecide()).isTrue();
        assertThat(reconciliationFixture.only().isToLeave()).isTrue();
    }

    @Test
    void repeatsARepairUntilItTakesEffect() {
        decided();
        var mend = mend();
        reconciliationFixture.workQueueFixture.work(mend);
        reconciliationFixture.workQueueFixture.makeDue();
        reconciliationFixture.workQueueFixture.work(mend);
        assertThat(reconciliationFixture.scriptedInventory.asked()).containsExactly("ON 1", "ON 1");
        reconciliationFixture.scriptedInventory.turns(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.RUNNING, "small", "203.0.113.1"));
        reconciliationFixture.workQueueFixture.makeDue();
        reconciliationFixture.workQueueFixture.work(mend);
        assertThat(reconciliationFixture.scriptedInventory.asked()).containsExactly("ON 1", "ON 1");
        reconciliationFixture.inspect();
        assertThat(reconciliationFixture.only().history().resolution()).contains("SWITCHED");
    }

    @Test
    void doesNotSwitchAReusedServerId() {
        decided();
        reconciliationFixture.scriptedInventory.puts("1", ANOTHER);
        reconciliationFixture.workQueueFixture.work(mend());
        assertThat(reconciliationFixture.scriptedInventory.asked()).isEmpty();
        assertThat(reconciliationFixture.only().history().repairAction()).isEmpty();
    }

    @Test
    void adoptsAServerWithTheIdOfAnEndedService() {
        var past = reconciliationFixture.live("1", "9");
        reconciliationFixture.end(past);
        reconciliationFixture.scriptedInventory.loses("9");
        var service = reconciliationFixture.live("1", "1").service();
        reconciliationFixture.scriptedInventory.loses("1");
        reconciliationFixture.scriptedInventory.puts("9", service);
        reconciliationFixture.lookTwice();
        assertThat(reconciliationFixture.only().kind()).isEqualTo(DiscrepancyType.ID_CHANGED);

        var id = reconciliationFixture.only().id();
        assertThat(reconciliationFixture.billingFixture.<ResolutionOutcome>in(
                        () -> reconciliationFixture.actions.adopt(id)))
                .isEqualTo(ResolutionOutcome.DONE);
        assertThat(reconciliationFixture.column(service, "provider_ref")).isEqualTo("9");
    }

    /** A decision exists to switch on a server that the provider has suspended. */
    private static void decided() {
        reconciliationFixture.live("1", "1");
        reconciliationFixture.scriptedInventory.turns(
                "1", providerServer -> ScriptedInventory.with(providerServer, State.SUSPENDED, "small", "203.0.113.1"));
        reconciliationFixture.lookTwice();
        assertThat(reconciliationFixture.only().kind()).isEqualTo(DiscrepancyType.DRIFT_POWER);
        var id = reconciliationFixture.only().id();
        assertThat(reconciliationFixture.billingFixture.<ResolutionOutcome>in(
                        () -> reconciliationFixture.actions.switchBack(id)))
                .isEqualTo(ResolutionOutcome.DONE);
    }

    private static WorkHandler mend() {
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

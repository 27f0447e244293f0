package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.reconciliation.discrepancy.RepairAction;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Carries out the decision about a discrepancy at a provider. It always looks first: a server that is to be deleted must still have the resource tag
 * that it was found with, since IDs may be reused.
 */
@ApplicationScoped
public class RepairHandler implements WorkHandler {
    /** The kind of its work items; the key is the discrepancy and the sequence number of the repair. */
    public static final String KIND = "repair";

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofMinutes(1);

    @Inject
    RepairTransactions transactions;

    @Inject
    Inventories inventories;

    /** For the container. */
    public RepairHandler() {}

    /** For use outside a container. */
    RepairHandler(RepairTransactions transactions, Inventories inventories) {
        this.transactions = transactions;
        this.inventories = inventories;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var order = transactions.read(claimedWorkItem);
        if (order.isEmpty()) {
            return WorkOutcome.done();
        }
        var opened = inventories.open(order.get().account());
        if (opened.isEmpty()) {
            return WorkOutcome.failed("unknown provider account " + order.get().account());
        }
        try {
            return order.get().repairAction() == RepairAction.DELETE
                    ? delete(claimedWorkItem, order.get(), opened.get().provider())
                    : turn(claimedWorkItem, order.get(), opened.get().provider());
        } catch (ProviderFailure failure) {
            return new WorkOutcome.Failed(opened.get().words(failure), failure.comeAgainIn());
        }
    }

    private WorkOutcome delete(
            ClaimedWorkItem claimedWorkItem,
            RepairTransactions.RepairOrder repairOrder,
            ProviderClient providerClient) {
        var server = providerClient.server(repairOrder.upstreamId());
        if (server.isEmpty()) {
            transactions.gone(claimedWorkItem);
            return WorkOutcome.done();
        }
        if (!server.get().mark().map(ResourceTag::text).orElse("").equals(repairOrder.mark())) {
            transactions.callOff(claimedWorkItem);
            return WorkOutcome.done();
        }
        var asked = transactions.ask(claimedWorkItem);
        if (asked.isEmpty()) {
            return WorkOutcome.done();
        }
        var age = asked.get();
        if (server.get().state() != ProviderServer.State.DELETING) {
            providerClient.delete(repairOrder.upstreamId());
        }
        if (RepairAction.DELETE.isOverdue(age)) {
            return WorkOutcome.unclear("server " + repairOrder.upstreamId() + " is still there after " + age);
        }
        return WorkOutcome.later(age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER);
    }

    /** Repeats the request until a scan observes the required state, or until it has failed for so long that staff may decide again. */
    private WorkOutcome turn(
            ClaimedWorkItem claimedWorkItem,
            RepairTransactions.RepairOrder repairOrder,
            ProviderClient providerClient) {
        var server = providerClient.server(repairOrder.upstreamId());
        var mark = ResourceTag.read(repairOrder.mark());
        if (server.isEmpty() || mark.filter(server.get()::mayBe).isEmpty()) {
            transactions.callOff(claimedWorkItem);
            return WorkOutcome.done();
        }
        if (isSo(repairOrder, server.get().state())) {
            return WorkOutcome.later(ReconciliationHandler.EVERY);
        }
        var asked = transactions.ask(claimedWorkItem);
        if (asked.isEmpty()) {
            return WorkOutcome.done();
        }
        if (RepairAction.SWITCH.isOverdue(asked.get())) {
            transactions.callOff(claimedWorkItem);
            return WorkOutcome.done();
        }
        var unused =
                providerClient.power(repairOrder.upstreamId(), repairOrder.isOff() ? PowerAction.OFF : PowerAction.ON);
        return WorkOutcome.later(LATER);
    }

    /** A server that its customer has shut down is as expected. */
    private static boolean isSo(RepairTransactions.RepairOrder repairOrder, ProviderServer.State state) {
        return state == ProviderServer.State.STOPPED || (state == ProviderServer.State.RUNNING && !repairOrder.isOff());
    }
}

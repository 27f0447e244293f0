package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.AddonRepairTransactions.AddonRepairOrder;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provisioning.ProvisioningTarget.TargetAccount;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.reconciliation.discrepancy.RepairAction;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Carries out the decisions of staff on add-on discrepancies at a provider. It always looks first: a resource is deleted only if it has the
 * resource tag that it was found with, or belongs to our server. All its requests are idempotent.
 */
@ApplicationScoped
public class AddonRepairHandler implements WorkHandler {
    /** The kind of its work items; the key is the discrepancy and the sequence number of the action. */
    public static final String KIND = "addon-repair";

    /**
     * Number of consecutive failures before the decision is handed back to staff: a parked item would neither be done nor be open to a
     * decision.
     */
    private static final int ATTEMPTS_MAX = 8;

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofMinutes(1);

    @Inject
    AddonRepairTransactions transactions;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** For the container. */
    public AddonRepairHandler() {}

    /** For use outside a container. */
    AddonRepairHandler(AddonRepairTransactions transactions, ProvisioningTargets provisioningTargets) {
        this.transactions = transactions;
        this.provisioningTargets = provisioningTargets;
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
        Optional<TargetAccount> home;
        try {
            home = provisioningTargets.open(order.get().account());
        } catch (ProviderFailure shut) {
            return again(claimedWorkItem, TargetAccount.words(String.valueOf(shut.getMessage())), Optional.empty());
        }
        if (home.isEmpty()) {
            return again(
                    claimedWorkItem, "unknown provider account " + order.get().account(), Optional.empty());
        }
        try {
            return order.get().repairAction() == RepairAction.DELETE
                    ? delete(claimedWorkItem, order.get(), home.get())
                    : switchOn(claimedWorkItem, order.get(), home.get());
        } catch (ProviderFailure failure) {
            return failed(claimedWorkItem, home.get(), failure);
        }
    }

    private WorkOutcome delete(
            ClaimedWorkItem claimedWorkItem, AddonRepairOrder addonRepairOrder, TargetAccount targetAccount) {
        var orphanedResource = OrphanedResource.of(addonRepairOrder, targetAccount);
        return switch (orphanedResource.status()) {
            case GONE -> {
                transactions.gone(claimedWorkItem);
                yield WorkOutcome.done();
            }
            case NOT_OURS -> {
                transactions.callOff(claimedWorkItem, "what has that number has another mark");
                yield WorkOutcome.done();
            }
            case OURS -> remove(claimedWorkItem, addonRepairOrder, orphanedResource);
        };
    }

    private WorkOutcome remove(
            ClaimedWorkItem claimedWorkItem, AddonRepairOrder addonRepairOrder, OrphanedResource orphanedResource) {
        var asked = transactions.ask(claimedWorkItem);
        if (asked.isEmpty()) {
            return WorkOutcome.done();
        }
        var age = asked.get();
        if (RepairAction.DELETE.isOverdue(age)) {
            transactions.callOff(
                    claimedWorkItem,
                    addonRepairOrder.of().word() + " " + addonRepairOrder.upstreamId() + " is still there after "
                            + age);
            return WorkOutcome.done();
        }
        orphanedResource.deletion().run();
        return WorkOutcome.later(age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER);
    }

    private WorkOutcome switchOn(
            ClaimedWorkItem claimedWorkItem, AddonRepairOrder addonRepairOrder, TargetAccount targetAccount) {
        var backups = OrphanedResource.able(targetAccount, Backups.class, "backups");
        targetAccount.requireOwn(addonRepairOrder.serverId(), addonRepairOrder.serverMark());
        if (backups.isBackedUp(addonRepairOrder.serverId())) {
            transactions.on(claimedWorkItem);
            return WorkOutcome.done();
        }
        var asked = transactions.ask(claimedWorkItem);
        if (asked.isEmpty()) {
            return WorkOutcome.done();
        }
        if (RepairAction.SWITCH.isOverdue(asked.get())) {
            transactions.callOff(claimedWorkItem, "not on after " + asked.get());
            return WorkOutcome.done();
        }
        BackupHandler.switchOn(backups, addonRepairOrder.serverId(), addonRepairOrder.policy());
        return WorkOutcome.later(SOON);
    }

    private WorkOutcome failed(ClaimedWorkItem claimedWorkItem, TargetAccount targetAccount, ProviderFailure failure) {
        if (AddonHandlerSupport.mayHelp(failure)) {
            return again(claimedWorkItem, targetAccount.words(failure), failure.comeAgainIn());
        }
        transactions.callOff(claimedWorkItem, targetAccount.words(failure));
        return WorkOutcome.done();
    }

    /** Hands a request that is refused permanently or too often back to staff, with the provider's error message. */
    private WorkOutcome again(ClaimedWorkItem claimedWorkItem, String words, Optional<Duration> pause) {
        if (claimedWorkItem.attempt() < ATTEMPTS_MAX) {
            return new WorkOutcome.Failed(words, pause);
        }
        transactions.callOff(claimedWorkItem, words);
        return WorkOutcome.done();
    }
}

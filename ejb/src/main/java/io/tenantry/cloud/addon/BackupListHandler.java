package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkItems;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads the list of a server's backups from its provider every hour as long as they are on. If the provider does not answer, the list is read
 * again an hour later.
 */
@ApplicationScoped
public class BackupListHandler implements WorkHandler {
    /** The kind of its work items; the key is the add-on. */
    public static final String KIND = "backup-list";

    static final Duration EVERY = Duration.ofHours(1);

    @Inject
    AddonTransactions transactions;

    @Inject
    BackupTransactions own;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** For the container. */
    public BackupListHandler() {}

    /** For use outside a container. */
    BackupListHandler(AddonTransactions transactions, BackupTransactions own, ProvisioningTargets provisioningTargets) {
        this.transactions = transactions;
        this.own = own;
        this.provisioningTargets = provisioningTargets;
    }

    static String keyOf(UUID option) {
        return WorkItems.ROUND + option;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var option = transactions.read(claimedWorkItem.subject());
        if (option.state() != State.ACTIVE) {
            return WorkOutcome.done();
        }
        try {
            var home = provisioningTargets.open(option.account());
            var backups = home.flatMap(BackupListHandler::backups);
            if (backups.isPresent() && option.serverId().isPresent()) {
                var id = option.serverId().get();
                var isAnothers = home.get().isAnothers(id, new ResourceTag(option.serviceId()));
                own.list(claimedWorkItem, isAnothers ? List.of() : backups.get().backups(id));
            }
        } catch (ProviderFailure silent) {
            return WorkOutcome.later(silent.comeAgainIn()
                    .filter(pause -> pause.compareTo(EVERY) > 0)
                    .orElse(EVERY));
        }
        return WorkOutcome.later(EVERY);
    }

    private static Optional<Backups> backups(ProvisioningTarget.TargetAccount targetAccount) {
        return targetAccount.provider() instanceof Backups backups ? Optional.of(backups) : Optional.empty();
    }
}

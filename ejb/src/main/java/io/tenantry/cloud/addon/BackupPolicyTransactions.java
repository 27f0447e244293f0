package io.tenantry.cloud.addon;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Locale;

/** The transactions of changing a backup frequency, as {@link AddonTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class BackupPolicyTransactions {
    /** The timeline event of a failed change. */
    static final String REFUSED = "change_refused";

    @Inject
    AddonRepository records;

    @Inject
    AddonLifecycle lifecycle;

    @Inject
    Reservations reservations;

    @Inject
    Charging charging;

    @Inject
    WorkItems items;

    @Inject
    Clock clock;

    /** For the container. */
    public BackupPolicyTransactions() {}

    /** For use outside a container. */
    BackupPolicyTransactions(
            AddonRepository records,
            AddonLifecycle lifecycle,
            Reservations reservations,
            Charging charging,
            WorkItems items,
            Clock clock) {
        this.records = records;
        this.lifecycle = lifecycle;
        this.reservations = reservations;
        this.charging = charging;
        this.items = items;
        this.clock = clock;
    }

    /**
     * Records that the provider is about to be asked.
     *
     * @return whether the change is still requested
     */
    public boolean announce(ClaimedWorkItem claimedWorkItem) {
        var backup = lifecycle.held(claimedWorkItem);
        if (!backup.wants(Wanted.POLICY)) {
            return false;
        }
        records.ask(backup);
        return true;
    }

    /**
     * Records that the frequency has changed: one rated period ends and another begins at this second, and the list of backups is read again.
     */
    public void changed(ClaimedWorkItem claimedWorkItem) {
        var backup = lifecycle.held(claimedWorkItem);
        if (!backup.wants(Wanted.POLICY)) {
            return;
        }
        reservations.take(backup.walletId(), backup.id());
        charging.changePrice(backup.id(), backup.walletId(), backup.wantedPriceId(), clock.instant());
        records.follow(backup);
        records.recordEvent(backup, backup.wantedPolicy().map(Policy::word).orElseThrow());
        items.soon(BackupListHandler.KIND, BackupListHandler.keyOf(backup.id()), backup.id());
    }

    /** Records that the frequency stays the same, at the same price. */
    public void giveUp(ClaimedWorkItem claimedWorkItem, Reason reason) {
        var backup = lifecycle.held(claimedWorkItem);
        if (backup.wants(Wanted.POLICY)) {
            reservations.release(backup.walletId(), backup.id());
            records.settle(backup);
            records.recordEvent(backup, REFUSED, reason.name().toLowerCase(Locale.ROOT));
        }
    }
}

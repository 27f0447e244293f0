package io.tenantry.options;

import io.tenantry.charging.Charging;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Locale;

/** What is written down while backups come to be taken as often as another policy says; as {@link OptionSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class PolicySteps {
    /** What stands in timelines where nothing came of it. */
    static final String REFUSED = "change_refused";

    @Inject
    OptionRecords records;

    @Inject
    OptionLives lives;

    @Inject
    Holds holds;

    @Inject
    Charging charging;

    @Inject
    WorkItems items;

    @Inject
    Clock clock;

    /** For the container. */
    public PolicySteps() {}

    /** For use outside a container. */
    PolicySteps(
            OptionRecords records, OptionLives lives, Holds holds, Charging charging, WorkItems items, Clock clock) {
        this.records = records;
        this.lives = lives;
        this.holds = holds;
        this.charging = charging;
        this.items = items;
        this.clock = clock;
    }

    /**
     * The vendor is about to be asked for it.
     *
     * @return whether it is wanted still
     */
    public boolean announce(Work work) {
        var backup = lives.held(work);
        if (!backup.wants(Wanted.POLICY)) {
            return false;
        }
        records.ask(backup);
        return true;
    }

    /** They are: one rated period ends and another begins at this second, and what there is of them is listed again. */
    public void changed(Work work) {
        var backup = lives.held(work);
        if (!backup.wants(Wanted.POLICY)) {
            return;
        }
        holds.take(backup.walletId(), backup.id());
        charging.changePrice(backup.id(), backup.walletId(), backup.wantedPriceId(), clock.instant());
        records.follow(backup);
        records.tell(backup, backup.wantedPolicy().map(Policy::word).orElseThrow());
        items.soon(BackupReading.KIND, BackupReading.keyOf(backup.id()), backup.id());
    }

    /** They will not be: they are taken as before, at the price of that. */
    public void giveUp(Work work, Reason reason) {
        var backup = lives.held(work);
        if (backup.wants(Wanted.POLICY)) {
            holds.release(backup.walletId(), backup.id());
            records.settle(backup);
            records.tell(backup, REFUSED, reason.name().toLowerCase(Locale.ROOT));
        }
    }
}

package io.tenantry.cloud.addon;

import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.kernel.money.Money;
import io.tenantry.workqueue.ParkedWorkResolver;
import io.tenantry.workqueue.RetryOutcome;
import io.tenantry.workqueue.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** What becomes of options whose work is parked, once somebody has decided. */
@ApplicationScoped
public class ParkedAddonWork implements ParkedWorkResolver {
    @Inject
    WorkItems items;

    @Inject
    AddonRepository records;

    @Inject
    AddonLifecycle lives;

    @Inject
    AddonPricing addonPricing;

    @Inject
    Reservations reservations;

    /** For the container. */
    public ParkedAddonWork() {}

    /** For use outside a container. */
    ParkedAddonWork(
            WorkItems items,
            AddonRepository records,
            AddonLifecycle lives,
            AddonPricing addonPricing,
            Reservations reservations) {
        this.items = items;
        this.records = records;
        this.lives = lives;
        this.addonPricing = addonPricing;
        this.reservations = reservations;
    }

    @Override
    public boolean isFor(String kind) {
        return Arrays.stream(AddonType.values()).anyMatch(one -> one.word().equals(kind));
    }

    /** {@inheritDoc} The vendor is looked at first, as always. */
    @Override
    public RetryOutcome retry(WorkItems.Parked item, UUID optionId) {
        var option = records.lock(optionId);
        var missing = held(option);
        if (missing.isPresent()) {
            return new RetryOutcome.InsufficientFunds(missing.get());
        }
        if (!items.resume(item.id())) {
            return new RetryOutcome.Late();
        }
        if (option.state() == State.TERMINATING) {
            records.forget(option); // However long it took so far, it is asked for again.
        } else if (option.isToCostOtherwise()) {
            records.waitAnew(option);
        }
        if (option.wants(Wanted.POLICY)) {
            records.forget(option); // It is as good twice as once.
        }
        records.tell(option, "looked_again");
        return new RetryOutcome.Again();
    }

    /**
     * {@inheritDoc} An order fails and what was held for it is free again, a change is forgotten. What the vendor has all the same is found when
     * its account is looked at next. What is to be deleted is left as it is.
     */
    @Override
    public boolean giveUp(WorkItems.Parked item, UUID optionId, String reason) {
        var option = records.lock(optionId);
        if (!items.drop(item.id(), reason)) {
            return false;
        }
        if (option.state() == State.ORDERED) {
            lives.abandon(option, "given_up", item.why());
        } else if (option.state() != State.TERMINATING && option.wanted().isPresent()) {
            if (option.isToCostOtherwise()) {
                reservations.release(option.walletId(), option.id());
            }
            records.settle(option);
            records.tell(
                    option, option.wants(Wanted.POLICY) ? BackupPolicyTransactions.REFUSED : "refused", "given_up");
        }
        return true;
    }

    private Optional<Money> held(Addon option) {
        if (option.state() != State.ORDERED && !option.isToCostOtherwise()) {
            return Optional.empty();
        }
        var span = option.kind() == AddonType.SNAPSHOT ? SnapshotOrders.HELD_FOR : VolumeOrders.HELD_FOR;
        return reservations.renew(
                option.walletId(), option.id(), reservations.atFirst(addonPricing.rise(option)), span);
    }
}

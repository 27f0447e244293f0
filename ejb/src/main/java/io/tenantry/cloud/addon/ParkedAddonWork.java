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

/** Resolves parked work of add-ons by a decision of staff. */
@ApplicationScoped
public class ParkedAddonWork implements ParkedWorkResolver {
    @Inject
    WorkItems items;

    @Inject
    AddonRepository records;

    @Inject
    AddonLifecycle lifecycle;

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
            AddonLifecycle lifecycle,
            AddonPricing addonPricing,
            Reservations reservations) {
        this.items = items;
        this.records = records;
        this.lifecycle = lifecycle;
        this.addonPricing = addonPricing;
        this.reservations = reservations;
    }

    @Override
    public boolean isFor(String kind) {
        return Arrays.stream(AddonType.values()).anyMatch(one -> one.word().equals(kind));
    }

    /** {@inheritDoc} The provider is checked first, as always. */
    @Override
    public RetryOutcome retry(WorkItems.Parked item, UUID optionId) {
        var option = records.lock(optionId);
        var missing = held(option);
        if (missing.isPresent()) {
            return new RetryOutcome.InsufficientFunds(missing.get());
        }
        if (!items.resume(item.id())) {
            return new RetryOutcome.NotParked();
        }
        if (option.state() == State.TERMINATING) {
            records.forget(option); // Requested again, however long it has taken so far.
        } else if (option.isToCostOtherwise()) {
            records.restartWait(option);
        }
        if (option.wants(Wanted.POLICY)) {
            records.forget(option); // The request is idempotent.
        }
        records.recordEvent(option, "looked_again");
        return new RetryOutcome.Retried();
    }

    /**
     * {@inheritDoc} An order fails and its reservation is released; a requested change is dropped. Anything that the provider nevertheless has
     * is found by the next reconciliation of its account. A deletion stays parked.
     */
    @Override
    public boolean giveUp(WorkItems.Parked item, UUID optionId, String reason) {
        var option = records.lock(optionId);
        if (!items.drop(item.id(), reason)) {
            return false;
        }
        if (option.state() == State.ORDERED) {
            lifecycle.abandon(option, "given_up", item.why());
        } else if (option.state() != State.TERMINATING && option.wanted().isPresent()) {
            if (option.isToCostOtherwise()) {
                reservations.release(option.walletId(), option.id());
            }
            records.settle(option);
            records.recordEvent(
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
                option.walletId(),
                option.id(),
                reservations.firstHoursOf(option.walletId(), option.id(), addonPricing.increase(option)),
                span);
    }
}

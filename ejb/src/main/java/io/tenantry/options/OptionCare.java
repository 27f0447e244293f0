package io.tenantry.options;

import io.tenantry.money.Money;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Caretaker;
import io.tenantry.work.Looked;
import io.tenantry.work.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** What becomes of options whose work is parked, once somebody has decided. */
@ApplicationScoped
public class OptionCare implements Caretaker {
    @Inject
    WorkItems items;

    @Inject
    OptionRecords records;

    @Inject
    OptionLives lives;

    @Inject
    Terms terms;

    @Inject
    Holds holds;

    /** For the container. */
    public OptionCare() {}

    /** For use outside a container. */
    OptionCare(WorkItems items, OptionRecords records, OptionLives lives, Terms terms, Holds holds) {
        this.items = items;
        this.records = records;
        this.lives = lives;
        this.terms = terms;
        this.holds = holds;
    }

    @Override
    public boolean isFor(String kind) {
        return Arrays.stream(OptionKind.values()).anyMatch(one -> one.word().equals(kind));
    }

    /** {@inheritDoc} The vendor is looked at first, as always. */
    @Override
    public Looked retry(WorkItems.Parked item, UUID optionId) {
        var option = records.lock(optionId);
        var missing = held(option);
        if (missing.isPresent()) {
            return new Looked.TooLittle(missing.get());
        }
        if (!items.resume(item.id())) {
            return new Looked.Late();
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
        return new Looked.Again();
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
                holds.release(option.walletId(), option.id());
            }
            records.settle(option);
            records.tell(option, option.wants(Wanted.POLICY) ? PolicySteps.REFUSED : "refused", "given_up");
        }
        return true;
    }

    private Optional<Money> held(ServiceOption option) {
        if (option.state() != State.ORDERED && !option.isToCostOtherwise()) {
            return Optional.empty();
        }
        var span = option.kind() == OptionKind.SNAPSHOT ? SnapshotOrders.HELD_FOR : VolumeOrders.HELD_FOR;
        return holds.renew(option.walletId(), option.id(), holds.atFirst(terms.rise(option)), span);
    }
}

package io.tenantry.options;

import io.tenantry.options.ServiceOption.State;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * What is written down between two questions to a vendor about an option, of whatever kind. Each step is a transaction of the tenant, and
 * writes nothing unless the item is still held, nor if somebody has changed their mind meanwhile.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OptionSteps {
    @Inject
    OptionRecords records;

    @Inject
    OptionLives lives;

    @Inject
    WorkItems items;

    /** For the container. */
    public OptionSteps() {}

    /** For use outside a container. */
    OptionSteps(OptionRecords records, OptionLives lives, WorkItems items) {
        this.records = records;
        this.lives = lives;
        this.items = items;
    }

    /** Whether something else is wanted by now, and the work for that sees to it. */
    public boolean isPast(Work work) {
        return items.isPast(work);
    }

    /** Whether somebody is still at what was wanted before, and may ask the vendor for it. */
    public boolean isBehind(Work work) {
        return items.isBehind(work);
    }

    /** How it stands. */
    public ServiceOption read(UUID id) {
        return records.read(id);
    }

    /** Somebody looked and found none, and no task of the vendor's is known: whether it is asked to make one. */
    public Announced announceCreation(Work work, Announced.Rule rule) {
        return lives.announce(lives.held(work), rule);
    }

    /** The vendor is about to be asked for what is wanted of one that is there, or is as good twice as once. */
    public void announce(Work work) {
        records.ask(lives.held(work));
    }

    /** The vendor says that it does it. */
    public void taken(Work work, Task task) {
        records.take(lives.held(work), task.id());
    }

    /** The vendor surely did nothing. */
    public void refused(Work work) {
        records.forget(lives.held(work));
    }

    /** The vendor may have done it or not. */
    public void unsure(Work work) {
        records.lose(lives.held(work));
    }

    /** The vendor has it, by that number. */
    public void note(Work work, String upstreamId) {
        records.note(lives.held(work), upstreamId);
    }

    /**
     * It will not come to be: what was held for it is free again. Only if that is certain.
     *
     * @return whether it has failed for good
     */
    public boolean fail(Work work, Reason reason, String words) {
        var option = lives.held(work);
        if (option.state() != State.ORDERED || !option.isSurelyNotThere()) {
            return false;
        }
        lives.abandon(option, reason.name().toLowerCase(Locale.ROOT), words);
        return true;
    }

    /**
     * Its server never came up, or has ended, and nobody has asked the vendor for it: nothing comes of it, and what was held for it is free again.
     *
     * @return whether it has failed for good
     */
    public boolean dropWithServer(Work work, String words) {
        var option = lives.held(work);
        if (!option.isUnasked() || option.isServerOnItsWay() || option.isServerActive()) {
            return false;
        }
        lives.drop(option, Reason.NOT_FOUND.name().toLowerCase(Locale.ROOT), words);
        return true;
    }

    /**
     * It is there, and the vendor is about to be asked to delete it, or to take it back.
     *
     * @return how long ago it was asked first
     */
    public Duration leave(Work work) {
        var option = lives.held(work);
        records.leave(option);
        return option.asked().map(ServiceOption.Asked::age).orElse(Duration.ZERO);
    }

    /**
     * The vendor has it no more, which is believed when it says so again.
     *
     * @return whether nothing is left of it
     */
    public boolean missed(Work work) {
        return lives.missed(lives.held(work), "deleted");
    }
}

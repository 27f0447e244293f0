package io.tenantry.options;

import io.tenantry.charging.Charging;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.VolumeSteps.Announced;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provisioning.ServerAddresses;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What is written down while a server gets a further address, and gives it back; as {@link VolumeSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AddressSteps {
    /** After so many questions of which nobody knows what came, a person looks. */
    static final int LOST_MAX = 3;

    @Inject
    OptionRecords records;

    @Inject
    AddressRules rules;

    @Inject
    ServerAddresses reach;

    @Inject
    WorkItems items;

    @Inject
    Holds holds;

    @Inject
    Charging charging;

    @Inject
    Clock clock;

    /** For the container. */
    public AddressSteps() {}

    /** For use outside a container. */
    AddressSteps(
            OptionRecords records,
            AddressRules rules,
            ServerAddresses reach,
            WorkItems items,
            Holds holds,
            Charging charging,
            Clock clock) {
        this.records = records;
        this.rules = rules;
        this.reach = reach;
        this.items = items;
        this.holds = holds;
        this.charging = charging;
        this.clock = clock;
    }

    /** Whether something else is wanted by now, and the work for that sees to it. */
    public boolean isPast(Work work) {
        return items.isPast(work);
    }

    /** How it stands. */
    public ServiceOption read(UUID id) {
        return records.read(id);
    }

    /** Whether the vendor was asked for another one of the server, of which nobody knows yet what it is. */
    public boolean isAsked(UUID serviceId) {
        return rules.isAsked(serviceId);
    }

    /**
     * Nothing has come to the server: the next question is written down, unless an earlier one may still come to something. That is certain only
     * after two looks, a grace apart, later than any vendor's delay.
     *
     * @param there what the server has; if none was asked of which nobody knows what came, it is what it had before
     */
    public Announced announce(Work work, List<String> there) {
        var address = held(work);
        if (!address.isMaybeThere()) {
            records.remember(address, there);
        }
        if (address.asked().isPresent()) {
            records.miss(address);
            if (!address.asked().get().isOld() || !address.isMissed()) {
                return new Announced.Wait(OptionRecords.GRACE.plusSeconds(1));
            }
            records.lose(address);
            if (address.lost() + 1 >= LOST_MAX) {
                records.forget(address);
                return new Announced.Enough(address.lost() + 1);
            }
        }
        records.ask(address);
        return new Announced.Ask();
    }

    /** The vendor surely did nothing. */
    public void refused(Work work) {
        records.forget(held(work));
    }

    /** The vendor has given that one. */
    public void note(Work work, String text) {
        var address = held(work);
        records.note(address, text);
        records.call(address, text);
    }

    /**
     * It leads to the server: from now on it is charged, the first hour at once.
     *
     * @param isListed whether the vendor tells it among the server's own, so that it can be named like those
     */
    public void activate(Work work, boolean isListed) {
        var address = held(work);
        if (address.state() != State.ORDERED) {
            return;
        }
        var now = clock.instant();
        records.activate(address, now);
        holds.take(address.walletId(), address.id());
        charging.activate(address.id(), address.walletId(), address.priceVersionId(), now);
        if (isListed) {
            reach.come(address.serviceId(), address.upstreamId().orElseThrow());
        }
        records.tell(address, "ready");
    }

    /**
     * It will not come: what was held for it is free again. Only if that is certain, which it is not while the vendor may still do what it was
     * asked, or has done it.
     *
     * @return whether it has failed for good
     */
    public boolean fail(Work work, Reason reason, String words) {
        var address = held(work);
        if (address.state() != State.ORDERED
                || address.asked().isPresent()
                || address.upstreamId().isPresent()) {
            return false;
        }
        abandon(address, reason, words);
        return true;
    }

    /**
     * Its server has ended before it led there, and the vendor keeps nothing of it. It is believed when it says so again, a grace later.
     *
     * @return whether it has failed for good
     */
    public boolean failWithServer(Work work, String words) {
        var address = held(work);
        records.miss(address);
        if (address.state() != State.ORDERED || !address.isMissed()) {
            return false;
        }
        abandon(address, Reason.NOT_FOUND, words);
        return true;
    }

    private void abandon(ServiceOption address, Reason reason, String words) {
        holds.release(address.walletId(), address.id());
        records.fail(address, clock.instant(), words);
        records.tell(address, "failed", reason.name().toLowerCase(Locale.ROOT));
        records.tellMembers(address);
    }

    /**
     * The vendor keeps it, and is about to be asked to take it back.
     *
     * @return how long ago it was asked first
     */
    public Duration leave(Work work) {
        var address = held(work);
        records.leave(address);
        return address.asked().map(ServiceOption.Asked::age).orElse(Duration.ZERO);
    }

    /**
     * The vendor says that it does not keep it. It is believed when it says so again, a grace later.
     *
     * @return whether nothing is left of it
     */
    public boolean missed(Work work) {
        var address = held(work);
        records.miss(address);
        if (!address.isMissed() || address.state() != State.TERMINATING) {
            return false;
        }
        records.end(address, State.TERMINATED, clock.instant());
        reach.go(address.serviceId(), address.upstreamId().orElseThrow());
        records.tell(address, "released");
        return true;
    }

    private ServiceOption held(Work work) {
        items.hold(work);
        return records.lock(work.subject());
    }
}

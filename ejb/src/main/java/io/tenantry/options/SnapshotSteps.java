package io.tenantry.options;

import io.tenantry.charging.Charging;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.options.VolumeSteps.Announced;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.Rebuilt;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

/** What is written down while a server's disk is copied, put back from a copy, and a copy deleted; as {@link VolumeSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SnapshotSteps {
    /** After so many questions of which nobody knows what came, a person looks. */
    static final int LOST_MAX = 2;

    /** Some vendors show a copy only once it is ready; longer than this none took. */
    static final Duration UNSEEN_MAX = Duration.ofHours(1);

    private static final long MIB_OF_GIB = 1024;

    @Inject
    OptionRecords records;

    @Inject
    Terms terms;

    @Inject
    WorkItems items;

    @Inject
    Holds holds;

    @Inject
    Charging charging;

    @Inject
    Clock clock;

    private Consumer<Rebuilt> anew = event -> {};

    /** For the container. */
    public SnapshotSteps() {}

    /** For use outside a container. */
    SnapshotSteps(OptionRecords records, Terms terms, WorkItems items, Holds holds, Charging charging, Clock clock) {
        this.records = records;
        this.terms = terms;
        this.items = items;
        this.holds = holds;
        this.charging = charging;
        this.clock = clock;
    }

    @Inject
    void tell(Event<Rebuilt> event) {
        hear(event::fire);
    }

    /** Who is told of servers that are as they were in a snapshot. */
    void hear(Consumer<Rebuilt> hearer) {
        anew = hearer;
    }

    /** Whether something else is wanted by now, and the work for that sees to it. */
    public boolean isPast(Work work) {
        return items.isPast(work);
    }

    /** How the snapshot stands. */
    public ServiceOption read(UUID id) {
        return records.read(id);
    }

    /**
     * Somebody looked and found none, and no task of the vendor's is known: the next question is written down, unless an earlier one may still
     * come to something.
     */
    public Announced announceCreation(Work work) {
        var snapshot = held(work);
        if (snapshot.asked().isPresent()) {
            records.miss(snapshot);
            if (snapshot.asked().get().age().compareTo(UNSEEN_MAX) <= 0 || !snapshot.isMissed()) {
                return new Announced.Wait(OptionRecords.GRACE.plusSeconds(1));
            }
            records.lose(snapshot);
            if (snapshot.lost() + 1 >= LOST_MAX) {
                records.forget(snapshot);
                return new Announced.Enough(snapshot.lost() + 1);
            }
        }
        records.ask(snapshot);
        return new Announced.Ask();
    }

    /** The vendor is about to be asked to put it back. */
    public void announce(Work work) {
        records.ask(held(work));
    }

    /** The vendor says that it does it. */
    public void taken(Work work, Task task) {
        records.take(held(work), task.id());
    }

    /** The vendor surely did nothing. */
    public void refused(Work work) {
        records.forget(held(work));
    }

    /** The vendor may have done it or not. */
    public void unsure(Work work) {
        records.lose(held(work));
    }

    /** The vendor has it, by that number. */
    public void note(Work work, String upstreamId) {
        records.note(held(work), upstreamId);
    }

    /**
     * It is ready: from now on it is charged, the first hour at once, for every gibibyte that it has begun, at the unit's price that was accepted.
     *
     * @param sizeMib what the vendor says that it has
     */
    public void activate(Work work, long sizeMib) {
        var snapshot = held(work);
        if (snapshot.state() != State.ORDERED) {
            return;
        }
        var gib = gib(sizeMib);
        var price = terms.version(terms.accepted(snapshot.priceVersionId()), gib);
        var now = clock.instant();
        records.weigh(snapshot, gib, price);
        records.activate(snapshot, now);
        holds.take(snapshot.walletId(), snapshot.id());
        charging.activate(snapshot.id(), snapshot.walletId(), price, now);
        records.tell(snapshot, "created");
    }

    /** Whole ones, at least one. */
    static int gib(long sizeMib) {
        return Math.toIntExact(Math.max(1, (sizeMib + MIB_OF_GIB - 1) / MIB_OF_GIB));
    }

    /**
     * It will not come to be: what was held for it is free again. Only if that is certain, which it is not while the vendor may still do what
     * it was asked, or has begun it.
     *
     * @return whether it has failed for good
     */
    public boolean fail(Work work, Reason reason, String words) {
        var snapshot = held(work);
        if (snapshot.state() != State.ORDERED
                || snapshot.asked().isPresent()
                || snapshot.upstreamId().isPresent()) {
            return false;
        }
        holds.release(snapshot.walletId(), snapshot.id());
        records.fail(snapshot, clock.instant(), words);
        records.tell(snapshot, "failed", reason.name().toLowerCase(Locale.ROOT));
        records.tellMembers(snapshot);
        return true;
    }

    /**
     * The server is as it was in it, as the vendor says: it may show the key that it had then. Or nobody can tell, because an answer was lost.
     */
    public void restored(Work work, boolean isCertain) {
        items.hold(work);
        var snapshot = records.lockWithServer(work.subject());
        if (snapshot.wants(Wanted.RESTORE)) {
            records.settle(snapshot);
            records.tell(snapshot, isCertain ? "restored" : "unsure");
            anew.accept(new Rebuilt(snapshot.serviceId()));
        }
    }

    /** The server stays as it is, or as the vendor left it. */
    public void giveUp(Work work, Reason reason) {
        var snapshot = held(work);
        if (snapshot.wants(Wanted.RESTORE)) {
            records.settle(snapshot);
            records.tell(snapshot, "refused", reason.name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * It is there, and the vendor is about to be asked to delete it.
     *
     * @return how long ago it was asked first
     */
    public Duration leave(Work work) {
        var snapshot = held(work);
        records.leave(snapshot);
        return snapshot.asked().map(ServiceOption.Asked::age).orElse(Duration.ZERO);
    }

    /**
     * The vendor says that there is nothing. It is believed when it says so again, a grace later.
     *
     * @return whether nothing is left of it
     */
    public boolean missed(Work work) {
        var snapshot = held(work);
        records.miss(snapshot);
        if (!snapshot.isMissed() || snapshot.state() != State.TERMINATING) {
            return false;
        }
        records.end(snapshot, State.TERMINATED, clock.instant());
        records.tell(snapshot, "deleted");
        return true;
    }

    private ServiceOption held(Work work) {
        items.hold(work);
        return records.lock(work.subject());
    }
}

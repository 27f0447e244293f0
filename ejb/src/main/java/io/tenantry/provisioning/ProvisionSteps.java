package io.tenantry.provisioning;

import io.tenantry.charging.Charging;
import io.tenantry.notice.Note;
import io.tenantry.provider.Owner;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.Calls.Result;
import io.tenantry.provisioning.Calls.Step;
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

/**
 * What is written down between two questions to a vendor while a server is made. Each step is a transaction of the tenant, and writes
 * nothing unless the item is still held.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ProvisionSteps {
    /** A vendor with whom so many were lost is not asked for another. */
    static final int LOST_MAX = 5;

    @Inject
    Lives lives;

    @Inject
    Calls calls;

    @Inject
    WorkItems items;

    @Inject
    Holds holds;

    @Inject
    Charging charging;

    @Inject
    Failures failures;

    @Inject
    Clock clock;

    /** For the container. */
    public ProvisionSteps() {}

    /** For use outside a container. */
    public ProvisionSteps(Lives lives, Calls calls, WorkItems items, Holds holds, Charging charging, Clock clock) {
        this.lives = lives;
        this.calls = calls;
        this.items = items;
        this.holds = holds;
        this.charging = charging;
        this.failures = new Failures(lives, calls, items, holds, clock);
        this.clock = clock;
    }

    /** Whether the vendor may be asked for a server now. */
    public sealed interface Announced {
        /** It is written down that it will be. */
        record Ask() implements Announced {}

        /** An earlier question may still come to something. */
        record Wait(Duration pause) implements Announced {}

        /** It was asked too often. */
        record Enough(int attempts) implements Announced {}
    }

    /** How the service stands. */
    public Life read(UUID serviceId) {
        return lives.read(serviceId);
    }

    /** Whose it is, as far as vendors need to know. */
    public Owner owner(Life life) {
        return lives.owner(life);
    }

    /** What its server is handed when it is made. */
    public Beginnings.Handed handed(UUID serviceId) {
        return lives.handed(serviceId);
    }

    /**
     * Somebody looked and found no server: the next question is written down, unless an earlier one may still come to something. That
     * is certain only after two looks, a grace apart, later than any vendor's delay.
     *
     * @param isReserved there is one, but it has to be asked for again to be made
     */
    public Announced announce(Work work, boolean isReserved) {
        var life = held(work);
        if (life.state() != Service.State.PROVISIONING) {
            lives.move(life, Service.State.PROVISIONING);
            lives.tell(life, "provisioning", "region", life.place().region());
        }
        var latest = calls.latest(life.id(), Step.CREATE);
        if (latest.isPresent() && latest.get().isOpen()) {
            var open = latest.get();
            if (!isReserved) {
                calls.miss(life.id(), Step.CREATE);
            }
            if (!open.isOld() || (!isReserved && !open.isMissed())) {
                return new Announced.Wait(Calls.GRACE.plusSeconds(1));
            }
            calls.end(life.id(), Step.CREATE, Result.NOTHING, "");
            if (open.lost() + 1 >= LOST_MAX) {
                return new Announced.Enough(open.lost() + 1);
            }
        }
        calls.announce(life.id(), Step.CREATE, latest.map(Calls.Call::attempt).orElse(0) + 1);
        return new Announced.Ask();
    }

    /** The vendor has a server for it. */
    public void note(Work work, Server server) {
        var life = held(work);
        if (life.state() != Service.State.PROVISIONING) {
            lives.move(life, Service.State.PROVISIONING);
        }
        lives.note(life, server.id());
        calls.end(life.id(), Step.CREATE, Result.DONE, "");
        lives.tell(life, "made", "server", server.id());
    }

    /** Its server is at these addresses. */
    public void reached(Work work, List<String> addresses) {
        lives.reach(held(work), addresses);
    }

    /** Its server is up: from now on it is charged, the first hour at once, and nothing is held for it any more. */
    public void activate(Work work, String address) {
        var life = held(work);
        var now = clock.instant();
        if (life.state() == Service.State.UNKNOWN) {
            lives.move(life, Service.State.PROVISIONING);
        }
        lives.activate(lives.read(life.id()), address, now);
        lives.tell(life, "activated", "address", address);
        holds.take(life.walletId(), life.id());
        charging.activate(life.id(), life.walletId(), life.priceVersionId(), now);
        lives.tellMembers(life, Note.Kind.SERVICE_ORDERED);
    }

    /** The vendor surely did nothing. */
    public void refused(Work work, String words) {
        var life = held(work);
        calls.end(life.id(), Step.CREATE, Result.REFUSED, words);
    }

    /** The vendor may have done it or not. */
    public void unsure(Work work, String words) {
        var life = held(work);
        calls.doubt(life.id(), Step.CREATE, words);
    }

    /** It will not come up, and that is certain: what was held for it is free again. Customers read our reason, not the vendor's words. */
    public void fail(Work work, Reason reason, String words) {
        fail(held(work), reason, words);
    }

    /**
     * It is given up for now: for good if no question to the vendor may still come to something, else until a person has looked. What is
     * held for it stays so until then, or until its end.
     *
     * @return whether it has failed for good
     */
    public boolean giveUp(Work work, Reason reason, String words) {
        var life = held(work);
        var isOpen =
                calls.latest(life.id(), Step.CREATE).filter(Calls.Call::isOpen).isPresent();
        if (life.upstreamId().isEmpty() && !isOpen) {
            fail(life, reason, words);
            return true;
        }
        doubt(life);
        return false;
    }

    /** Nobody can tell whether it was made, and how often. */
    public void doubt(Work work) {
        doubt(held(work));
    }

    /** How long ago the vendor was asked for it last; nothing if it was not. */
    public Duration age(UUID serviceId) {
        return calls.latest(serviceId, Step.CREATE).map(Calls.Call::age).orElse(Duration.ZERO);
    }

    private void fail(Life life, Reason reason, String words) {
        failures.fail(life, reason.name().toLowerCase(Locale.ROOT), Result.REFUSED, words);
    }

    private void doubt(Life life) {
        if (life.state() == Service.State.ORDERED) {
            lives.move(life, Service.State.PROVISIONING);
        }
        if (life.state() != Service.State.UNKNOWN) {
            lives.move(lives.read(life.id()), Service.State.UNKNOWN);
            lives.tell(life, "unclear", "state", "unknown");
        }
    }

    private Life held(Work work) {
        items.hold(work);
        return lives.lock(work.subject());
    }
}

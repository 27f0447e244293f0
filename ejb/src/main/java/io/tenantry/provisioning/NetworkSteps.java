package io.tenantry.provisioning;

import io.tenantry.provider.Task;
import io.tenantry.provisioning.Calls.Result;
import io.tenantry.provisioning.Calls.Step;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What is written down while a server is cut off from its network or gets it back; as {@link PowerSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class NetworkSteps {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Lives lives;

    @Inject
    Calls calls;

    @Inject
    WorkItems items;

    /** For the container. */
    public NetworkSteps() {}

    /** For use outside a container. */
    NetworkSteps(Sql sql, Clock clock, Lives lives, Calls calls, WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.lives = lives;
        this.calls = calls;
        this.items = items;
    }

    /**
     * How a service stands.
     *
     * @param wanted nothing once it is done or given up, or if other work sees to it
     * @param asked the vendor, for that or for what was wanted before, if it was
     * @param isChanging whether its vendor is at something else with it, for which it needs its network
     */
    public record Situation(Life life, Optional<Network> wanted, Optional<Asked> asked, boolean isChanging) {
        /** Whether there is a server whose network is anybody's business. */
        boolean isRunning() {
            return life.state() == Service.State.ACTIVE || life.state() == Service.State.SUSPENDED;
        }
    }

    /**
     * A question to the vendor whose end is open.
     *
     * @param task the vendor's, if it said that it does it
     * @param age how long ago
     */
    public record Asked(Network what, Optional<Task> task, Duration age) {}

    /** How the service stands. */
    public Situation read(Work work) {
        return new Situation(
                lives.read(work.subject()),
                wanted(work),
                calls.latest(work.subject(), Step.NETWORK)
                        .filter(Calls.Call::isOpen)
                        .map(call -> new Asked(
                                Network.valueOf(call.what()), call.task().map(Task::new), call.age())),
                sql.one(
                        "select changing is not null as busy from service where id = ?",
                        row -> row.flag("busy"),
                        work.subject()));
    }

    /**
     * The vendor is about to be asked; an earlier question is over, whatever came of it.
     *
     * @return false if nobody wants it any more: then it must not be
     */
    public boolean announce(Work work, Network network) {
        var life = held(work);
        if (wanted(work).filter(network::equals).isEmpty()) {
            return false;
        }
        calls.announceNext(life.id(), Step.NETWORK, network.name());
        return true;
    }

    /** The vendor says that it does it. */
    public void taken(Work work, Task task) {
        var life = held(work);
        calls.take(life.id(), Step.NETWORK, task.id());
    }

    /** The vendor surely did nothing, or what it did came to nothing. */
    public void refused(Work work, String words) {
        var life = held(work);
        calls.end(life.id(), Step.NETWORK, Result.REFUSED, words);
    }

    /** The vendor may have done it or not. */
    public void unsure(Work work, String words) {
        var life = held(work);
        calls.doubt(life.id(), Step.NETWORK, words);
    }

    /** It is as it was wanted. */
    public void done(Work work) {
        var life = held(work);
        wanted(work).ifPresent(network -> {
            calls.end(life.id(), Step.NETWORK, Result.DONE, "");
            var was = sql.one("select network from service where id = ?", row -> row.text("network"), life.id());
            sql.update("""
                    update service set network = ?, network_wanted = null, version = version + 1 where id = ?
                    """, network, life.id());
            if (!was.equals(network.name())) {
                lives.tell(life, "network_" + network.word(), "wanted", network.word());
            }
        });
    }

    /**
     * Its vendor cannot cut it off, or not this one, now that it was asked: it is switched off instead. What was done of it all the same is
     * taken back.
     */
    public void fallBack(Work work, String words) {
        var life = held(work);
        if (wanted(work).filter(Network.CUT::equals).isEmpty()) {
            return;
        }
        calls.end(life.id(), Step.NETWORK, Result.REFUSED, words);
        items.parked(life.id()).stream()
                .filter(item -> item.kind().equals(SwitchPower.KIND))
                .forEach(item -> items.drop(item.id(), "the service is switched off"));
        sql.update("""
                update service
                   set network_wanted = 'OPEN', suspended_by_network = false, resumes_on = coalesce(power_wanted <> 'STOP', power = 'ON'),
                       power_wanted = 'STOP', version = version + 1
                 where id = ?
                """, life.id());
        items.write(SwitchPower.KIND, Ids.next(clock).toString(), life.id());
        lives.tell(life, "network_kept", "wanted", Network.CUT.word());
    }

    /** Nobody wants it any more: the service is over. */
    public void drop(Work work) {
        var life = held(work);
        if (wanted(work).isPresent()) {
            calls.end(life.id(), Step.NETWORK, Result.NOTHING, "");
            sql.update("update service set network_wanted = null, version = version + 1 where id = ?", life.id());
        }
    }

    /** What that work is to see to; nothing if it is left over, and something else is wanted by now. */
    private Optional<Network> wanted(Work work) {
        return items.isPast(work)
                ? Optional.empty()
                : sql.one(
                        "select network_wanted from service where id = ?",
                        row -> row.maybeText("network_wanted").map(Network::valueOf),
                        work.subject());
    }

    private Life held(Work work) {
        items.hold(work);
        return lives.lock(work.subject());
    }
}

package io.tenantry.provisioning;

import io.tenantry.provider.Power;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.Calls.Result;
import io.tenantry.provisioning.Calls.Step;
import io.tenantry.tenancy.Sql;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What is written down while a server is switched; as {@link ProvisionSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class PowerSteps {
    @Inject
    Sql sql;

    @Inject
    Lives lives;

    @Inject
    Calls calls;

    @Inject
    WorkItems items;

    /** For the container. */
    public PowerSteps() {}

    /** For use outside a container. */
    public PowerSteps(Sql sql, Lives lives, Calls calls, WorkItems items) {
        this.sql = sql;
        this.lives = lives;
        this.calls = calls;
        this.items = items;
    }

    /**
     * How a service stands.
     *
     * @param wanted nothing once it is done or given up, or if other work sees to it
     * @param asked the vendor, for that or for what was wanted before, if it was
     * @param isOccupied whether its vendor is at something else with it, after which it may be on
     * @param isCutOff whether it is suspended by its network, so that its power is nobody's business but its customer's
     */
    public record Standing(
            Life life, Optional<Switching> wanted, Optional<Asked> asked, boolean isOccupied, boolean isCutOff) {
        /** Whether there is anything left to switch; what is suspended by its power is only ever switched off. */
        boolean isRunning() {
            return life.state() == Service.State.ACTIVE
                    || (life.state() == Service.State.SUSPENDED && isCutOff)
                    || (isSuspended() && wanted.filter(Switching.STOP::equals).isPresent());
        }

        /** Whether its suspension has switched it off, so that nobody gives that up but a person. */
        boolean isSuspended() {
            return life.state() == Service.State.SUSPENDED && !isCutOff;
        }
    }

    /**
     * A question to the vendor whose end is open.
     *
     * @param task the vendor's, if it said that it does it
     * @param age how long ago
     */
    public record Asked(Power power, Optional<Task> task, Duration age) {}

    /** How the service stands. */
    public Standing read(Work work) {
        var others = others(work);
        return new Standing(
                lives.read(work.subject()),
                wanted(work),
                calls.latest(work.subject(), Step.POWER)
                        .filter(Calls.Call::isOpen)
                        .map(call -> new Asked(
                                Power.valueOf(call.what()), call.task().map(Task::new), call.age())),
                others.isOccupied(),
                others.isCutOff());
    }

    private record Others(boolean isOccupied, boolean isCutOff) {}

    /** One that is put back to a copy may be on when that is done; before its vendor was asked, that waits instead. */
    private Others others(Work work) {
        return sql.one("""
                select suspended_by_network,
                       changing is not null
                    or exists (select from service_option o
                                where s.state = 'SUSPENDED' and not s.suspended_by_network and o.service_id = s.id and o.wanted = 'RESTORE'
                                  and o.asked_at is not null) as occupied
                  from service s
                 where s.id = ?
                """, row -> new Others(row.flag("occupied"), row.flag("suspended_by_network")), work.subject());
    }

    /**
     * The vendor is about to be asked; an earlier question is over, whatever came of it.
     *
     * @return false if nobody wants it any more: then it must not be
     */
    public boolean announce(Work work, Power power) {
        var life = held(work);
        if (wanted(work).isEmpty()) {
            return false;
        }
        calls.announceNext(life.id(), Step.POWER, power.name());
        return true;
    }

    /** What was wanted before is over at the vendor, whatever came of it. */
    public void settle(Work work) {
        var life = held(work);
        if (wanted(work).isPresent()) {
            calls.end(life.id(), Step.POWER, Result.NOTHING, "");
        }
    }

    /** The vendor says that it does it. */
    public void taken(Work work, Task task) {
        var life = held(work);
        calls.take(life.id(), Step.POWER, task.id());
    }

    /** The vendor surely did nothing. */
    public void refused(Work work, String words) {
        var life = held(work);
        calls.end(life.id(), Step.POWER, Result.REFUSED, words);
    }

    /** The vendor may have done it or not. */
    public void unsure(Work work, String words) {
        var life = held(work);
        calls.doubt(life.id(), Step.POWER, words);
    }

    /**
     * It is as it was wanted. One that was started, and not only found running, has left its rescue system.
     *
     * @param isCertain false if the vendor did not say so and it cannot be seen
     */
    public void done(Work work, boolean isCertain) {
        var life = held(work);
        wanted(work).ifPresent(one -> {
            var isStarted = isCertain
                    && one != Switching.STOP
                    && calls.latest(life.id(), Step.POWER)
                            .filter(Calls.Call::isOpen)
                            .isPresent();
            calls.end(life.id(), Step.POWER, isCertain ? Result.DONE : Result.NOTHING, "");
            sql.update("""
                    update service
                       set power = ?, power_wanted = null, version = version + 1, rescue = case when not ? then rescue end
                     where id = ?
                    """, one.isOnAfterwards() ? "ON" : "OFF", isStarted, life.id());
            lives.tell(life, isCertain ? told(one) : "power_unsure", "wanted", one.word());
        });
    }

    /** It will not be so; the server is as it was, or as the vendor left it. */
    public void fail(Work work, Reason reason, String words) {
        var life = held(work);
        if (wanted(work).isEmpty()) {
            return;
        }
        calls.end(life.id(), Step.POWER, Result.REFUSED, words);
        forget(life);
        lives.tell(life, "power_failed", "reason", reason.name().toLowerCase(Locale.ROOT));
    }

    /** Nobody wants it any more: the service is over. */
    public void drop(Work work) {
        var life = held(work);
        if (wanted(work).isEmpty()) {
            return;
        }
        calls.end(life.id(), Step.POWER, Result.NOTHING, "");
        forget(life);
    }

    private void forget(Life life) {
        sql.update("update service set power_wanted = null, version = version + 1 where id = ?", life.id());
    }

    /** What that work is to see to; nothing if it is left over, and something else is wanted by now. */
    private Optional<Switching> wanted(Work work) {
        return items.isPast(work)
                ? Optional.empty()
                : sql.one(
                        "select power_wanted from service where id = ?",
                        row -> row.maybeText("power_wanted").map(Switching::valueOf),
                        work.subject());
    }

    private static String told(Switching done) {
        return switch (done) {
            case START -> "power_on";
            case STOP -> "power_off";
            case RESTART -> "power_restarted";
        };
    }

    private Life held(Work work) {
        items.hold(work);
        return lives.lock(work.subject());
    }
}

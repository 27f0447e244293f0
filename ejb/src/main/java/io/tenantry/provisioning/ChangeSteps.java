package io.tenantry.provisioning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.charging.Charging;
import io.tenantry.notice.Note;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.Calls.Result;
import io.tenantry.tenancy.Sql;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What is written down while a server gets another size, begins anew or is turned to another system; as {@link ProvisionSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ChangeSteps {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Lives lives;

    @Inject
    Wishes wishes;

    @Inject
    Calls calls;

    @Inject
    WorkItems items;

    @Inject
    Holds holds;

    @Inject
    Charging charging;

    @Inject
    AuditTrail audit;

    /** For the container. */
    public ChangeSteps() {}

    /** For use outside a container. */
    ChangeSteps(
            Sql sql,
            Clock clock,
            Lives lives,
            Wishes wishes,
            Calls calls,
            WorkItems items,
            Holds holds,
            Charging charging,
            AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.lives = lives;
        this.wishes = wishes;
        this.calls = calls;
        this.items = items;
        this.holds = holds;
        this.charging = charging;
        this.audit = audit;
    }

    /**
     * How a service stands.
     *
     * @param wanted nothing once it is done or given up
     * @param asked the vendor, for that, if it was
     */
    public record Standing(Life life, Optional<Wanted> wanted, Optional<Asked> asked) {
        /** Whether there is a server to change. */
        boolean isRunning() {
            return ChangeSteps.isRunning(life);
        }
    }

    /**
     * A question to the vendor whose end is open.
     *
     * @param task the vendor's, if it said that it does it
     * @param age how long ago
     */
    public record Asked(Optional<Task> task, Duration age) {
        /** How long it has been at it since it was asked, or since somebody looked: what was wanted may have waited before. */
        Duration sinceThen(Wanted wanted) {
            return age.compareTo(wanted.age()) < 0 ? age : wanted.age();
        }
    }

    /** How it stands with what the work is to see to. */
    public Standing read(Work work) {
        var wanted = wishes.of(work);
        var asked = wanted.flatMap(
                        one -> calls.latest(work.subject(), one.kind().step()))
                .filter(Calls.Call::isOpen)
                .map(call -> new Asked(call.task().map(Task::new), call.age()));
        return new Standing(lives.read(work.subject()), wanted, asked);
    }

    /**
     * The vendor is about to be asked; an earlier question is over, whatever came of it.
     *
     * @return false if nobody wants it any more: then it must not be
     */
    public boolean announce(Work work) {
        var life = held(work);
        var wanted = wishes.of(work);
        if (wanted.isEmpty() || !isRunning(life)) {
            return false;
        }
        var step = wanted.get().kind().step();
        calls.announceNext(life.id(), step, "");
        return true;
    }

    /** The vendor says that it does it. */
    public void taken(Work work, Task task) {
        var life = held(work);
        wishes.of(work).ifPresent(one -> calls.take(life.id(), one.kind().step(), task.id()));
    }

    /** The vendor surely did nothing. */
    public void refused(Work work, String words) {
        var life = held(work);
        wishes.of(work).ifPresent(one -> calls.end(life.id(), one.kind().step(), Result.REFUSED, words));
    }

    /** Whether an earlier question of what is wanted may have been done, of which nobody heard. */
    public boolean isLost(Work work) {
        return wishes.of(work)
                .filter(one -> calls.isLost(work.subject(), one.kind().step()))
                .isPresent();
    }

    /** The vendor may have done it or not. */
    public void unsure(Work work, String words) {
        var life = held(work);
        wishes.of(work).ifPresent(one -> calls.doubt(life.id(), one.kind().step(), words));
    }

    /**
     * The server has the size that was wanted: from now on its service has the plan and its price, and nothing is held for it any more.
     *
     * @param state of the server: some vendors leave it off
     */
    public void resized(Work work, Server.State state) {
        var life = held(work);
        var wanted = wishes.of(work);
        if (wanted.isEmpty() || !(wanted.get() instanceof Wanted.Resize wish)) {
            return;
        }
        if (!isRunning(life)) {
            wishes.drop(life);
            return;
        }
        calls.end(life.id(), Calls.Step.RESIZE, Result.DONE, "");
        wishes.forget(life);
        sql.update("""
                update service
                   set plan_id = ?, price_version_id = ?, upstream_size = ?,
                       power = case ?::text when 'RUNNING' then 'ON' when 'STOPPED' then 'OFF' else power end
                 where id = ?
                """, wish.planId(), wish.priceVersionId(), wish.size(), state, life.id());
        lives.tell(
                life,
                "plan_changed",
                "plan",
                sql.one("select name from plan where id = ?", row -> row.text("name"), wish.planId()));
        holds.take(life.walletId(), life.id());
        charging.changePrice(life.id(), life.walletId(), wish.priceVersionId(), clock.instant());
        lives.tellMembers(life, Note.Kind.SERVICE_CHANGED, "resize_wanted");
        audit.record("service.plan_changed", "service", life.id());
    }

    /** The server has begun anew with what was wanted, and runs. */
    public void rebuilt(Work work) {
        var life = held(work);
        var wanted = wishes.of(work);
        if (wanted.isEmpty() || !(wanted.get() instanceof Wanted.Rebuild wish)) {
            return;
        }
        calls.end(life.id(), Calls.Step.REBUILD, Result.DONE, "");
        sql.update("""
                insert into service_beginning (service_id, image, key_names, keys, script_name, script)
                select service_id, image, key_names, keys, script_name, script from service_wish where id = ?
                on conflict (service_id) do update
                   set image = excluded.image, key_names = excluded.key_names, keys = excluded.keys,
                       script_name = excluded.script_name, script = excluded.script
                """, wish.id());
        wishes.forget(life);
        sql.update("update service set upstream_image = ?, power = 'ON' where id = ?", wish.image(), life.id());
        lives.tell(life, "rebuilt", "image", lives.image(life.id()));
        wishes.tellRebuilt(life);
        lives.tellMembers(life, Note.Kind.SERVICE_REBUILT, "rebuild_wanted");
        audit.record("service.rebuilt", "service", life.id());
    }

    /** The server is in its rescue system, or in its own again, and runs. The key that it shows there is another one each time. */
    public void turnedOver(Work work) {
        var life = held(work);
        var wanted = wishes.of(work);
        if (wanted.isEmpty() || !(wanted.get() instanceof Wanted.Rescue wish)) {
            return;
        }
        calls.end(life.id(), wish.kind().step(), Result.DONE, "");
        wishes.forget(life);
        sql.update(
                "update service set rescue = ?, power = 'ON' where id = ?",
                wish.isRescue() ? wish.id() : null,
                life.id());
        var told = wish.isRescue() ? "rescued" : "returned";
        lives.tell(life, told, "wanted", wish.kind().word());
        audit.record("service." + told, "service", life.id());
    }

    /** It will not be done: all stays as it is, and what was held is free again. Customers read our reason, not the vendor's words. */
    public void fail(Work work, Reason reason, String words) {
        var life = held(work);
        wishes.of(work).ifPresent(one -> {
            calls.end(life.id(), one.kind().step(), Result.REFUSED, words);
            wishes.drop(life);
            lives.tell(life, one.kind().word() + "_failed", "reason", word(reason));
        });
    }

    /** Nobody wants it any more: the service is over. */
    public void drop(Work work) {
        var life = held(work);
        if (wishes.of(work).isPresent()) {
            wishes.drop(life);
        }
    }

    /** What customers read of a reason. */
    static String word(Reason reason) {
        return switch (reason) {
            case BUSY, TOO_OFTEN, UNREACHABLE, NO_ANSWER -> "busy";
            case LIMIT, NO_CAPACITY -> "full";
            case CREDENTIALS, FORBIDDEN, NOT_FOUND, INVALID -> "refused";
            case VENDOR, NOT_UNDERSTOOD -> "vendor";
        };
    }

    private static boolean isRunning(Life life) {
        return life.state() == Service.State.ACTIVE || life.state() == Service.State.SUSPENDED;
    }

    private Life held(Work work) {
        items.hold(work);
        return lives.lock(work.subject());
    }
}

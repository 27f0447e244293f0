package io.tenantry.provisioning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.provisioning.Calls.Result;
import io.tenantry.provisioning.Calls.Step;
import io.tenantry.tenancy.Sql;
import io.tenantry.wallet.Holds;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What staff decide of a service of which nobody can tell how it stands at the vendor, or with which nothing goes on: its work is parked
 * until they have looked there themselves. Each decision has a reason, which is kept in the audit trail.
 */
@Stateless
public class Decisions {
    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    WorkItems items;

    @Inject
    Lives lives;

    @Inject
    Calls calls;

    @Inject
    Failures failures;

    @Inject
    Wishes wishes;

    @Inject
    Holds holds;

    /** For the container. */
    public Decisions() {}

    /** For use outside a container. */
    Decisions(
            Sql sql,
            Access access,
            AuditTrail audit,
            WorkItems items,
            Lives lives,
            Calls calls,
            Failures failures,
            Wishes wishes,
            Holds holds) {
        this.sql = sql;
        this.access = access;
        this.audit = audit;
        this.items = items;
        this.lives = lives;
        this.calls = calls;
        this.failures = failures;
        this.wishes = wishes;
        this.holds = holds;
    }

    /** What waits to be decided of a service, if anything does. */
    public Optional<WorkItems.Parked> open(UUID serviceId) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return items.parked(serviceId).stream().findFirst();
    }

    /** Whether that can be given up: a server that is to be deleted can only be looked for again. */
    public static boolean mayGiveUp(WorkItems.Parked item) {
        return !item.kind().equals(Remove.KIND);
    }

    /** What came of it that somebody looks again. */
    public sealed interface Looked {
        /** It is tried again. */
        record Again() implements Looked {}

        /** Nothing waits any more. */
        record Late() implements Looked {}

        /** What was held for it has ended, and the wallet may spend less than that by now: it goes on waiting. */
        record TooLittle(Money missing) implements Looked {}
    }

    /**
     * Has it tried again as if it had never failed: the vendor is looked at first, as always. What it costs at first is held for as long again
     * as when it was wanted: it may have been free for a while, and spent.
     */
    public Looked lookAgain(UUID serviceId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = why(reason);
        var life = lives.lock(serviceId);
        var item = items.parked(serviceId).stream().findFirst();
        if (item.isEmpty()) {
            return new Looked.Late();
        }
        var missing = held(life, item.get());
        if (missing.isPresent()) {
            return new Looked.TooLittle(missing.get());
        }
        if (!items.resume(item.get().id())) {
            return new Looked.Late();
        }
        if (item.get().kind().equals(Remove.KIND)) {
            calls.end(
                    serviceId, Step.DELETE, Result.NOTHING, ""); // However long it took so far, it is asked for again.
        }
        if (item.get().kind().equals(SwitchPower.KIND)) {
            calls.end(serviceId, Step.POWER, Result.NOTHING, ""); // Likewise.
        }
        lives.tell(life, "looked_again", "kind", item.get().kind());
        record("service.looked_again", serviceId, item.get(), why);
        return new Looked.Again();
    }

    /**
     * There is none, or none is wanted any more: an order fails and what was held for it is free again, and whatever the vendor has of it
     * all the same is deleted; a server that was to be switched, to grow or to begin anew is left as it is, and costs what it cost.
     *
     * @return false if nothing waits any more, or it cannot be given up
     */
    public boolean giveUp(UUID serviceId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = why(reason);
        var life = lives.lock(serviceId);
        var item = items.parked(serviceId).stream().filter(Decisions::mayGiveUp).findFirst();
        if (item.isEmpty() || !items.drop(item.get().id(), why)) {
            return false;
        }
        if (item.get().kind().equals(SwitchPower.KIND)) {
            calls.end(serviceId, Step.POWER, Result.NOTHING, "");
            sql.update("update service set power_wanted = null, version = version + 1 where id = ?", serviceId);
            lives.tell(life, "power_failed", "reason", "given_up");
        } else if (life.isOnItsWay()) {
            failures.fail(life, "given_up", Result.NOTHING, item.get().why());
        }
        Changing.ofWork(item.get().kind()).ifPresent(changing -> {
            wishes.drop(life);
            lives.tell(life, changing.word() + "_failed", "reason", "given_up");
        });
        record("service.given_up", serviceId, item.get(), why);
        return true;
    }

    private Optional<Money> held(Life life, WorkItems.Parked item) {
        if (item.kind().equals(Provision.KIND) && life.isOnItsWay()) {
            var amount = holds.atFirst(lives.hourly(life));
            return holds.renew(life.walletId(), life.id(), amount, Services.HELD_FOR);
        }
        return Changing.ofWork(item.kind()).isPresent() ? wishes.renew(life) : Optional.empty();
    }

    private void record(String action, UUID serviceId, WorkItems.Parked item, String why) {
        audit.record(
                action,
                "service",
                serviceId.toString(),
                Map.of("reason", why, "kind", item.kind(), "parked", item.why()));
    }

    private static String why(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a decision has a reason");
        }
        return reason.strip();
    }
}

package io.tenantry.provisioning;

import io.tenantry.money.Money;
import io.tenantry.provisioning.Calls.Result;
import io.tenantry.provisioning.Calls.Step;
import io.tenantry.tenancy.Sql;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Caretaker;
import io.tenantry.work.Looked;
import io.tenantry.work.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What becomes of services whose work is parked, once somebody has decided. */
@ApplicationScoped
public class ServiceCare implements Caretaker {
    private static final Set<String> KINDS = Set.of(Provision.KIND, Remove.KIND, SwitchPower.KIND, CutNetwork.KIND);

    @Inject
    Sql sql;

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
    public ServiceCare() {}

    /** For use outside a container. */
    ServiceCare(Sql sql, WorkItems items, Lives lives, Calls calls, Failures failures, Wishes wishes, Holds holds) {
        this.sql = sql;
        this.items = items;
        this.lives = lives;
        this.calls = calls;
        this.failures = failures;
        this.wishes = wishes;
        this.holds = holds;
    }

    @Override
    public boolean isFor(String kind) {
        return KINDS.contains(kind) || Changing.ofWork(kind).isPresent();
    }

    /** {@inheritDoc} The vendor is looked at first, as always. */
    @Override
    public Looked retry(WorkItems.Parked item, UUID serviceId) {
        var life = lives.lock(serviceId);
        var missing = held(life, item);
        if (missing.isPresent()) {
            return new Looked.TooLittle(missing.get());
        }
        if (!items.resume(item.id())) {
            return new Looked.Late();
        }
        if (item.kind().equals(Remove.KIND)) {
            calls.end(
                    serviceId, Step.DELETE, Result.NOTHING, ""); // However long it took so far, it is asked for again.
        }
        if (item.kind().equals(SwitchPower.KIND)) {
            calls.end(serviceId, Step.POWER, Result.NOTHING, ""); // Likewise.
        }
        if (item.kind().equals(CutNetwork.KIND)) {
            calls.end(serviceId, Step.NETWORK, Result.NOTHING, "");
        }
        lives.tell(life, "looked_again", "kind", item.kind());
        return new Looked.Again();
    }

    /**
     * {@inheritDoc} An order fails, what was held for it is free again, and whatever the vendor has of it all the same is deleted; a server that
     * was to be switched, to be cut off, to grow or to begin anew is left as it is, and costs what it cost.
     */
    @Override
    public boolean giveUp(WorkItems.Parked item, UUID serviceId, String reason) {
        var life = lives.lock(serviceId);
        if (!items.drop(item.id(), reason)) {
            return false;
        }
        if (item.kind().equals(SwitchPower.KIND)) {
            calls.end(serviceId, Step.POWER, Result.NOTHING, "");
            sql.update("update service set power_wanted = null, version = version + 1 where id = ?", serviceId);
            lives.tell(life, "power_failed", "reason", "given_up");
        } else if (item.kind().equals(CutNetwork.KIND)) {
            calls.end(serviceId, Step.NETWORK, Result.NOTHING, "");
            sql.update("update service set network_wanted = null, version = version + 1 where id = ?", serviceId);
            lives.tell(life, "network_failed", "reason", "given_up");
        } else if (life.isOnItsWay()) {
            failures.fail(life, "given_up", Result.NOTHING, item.why());
        }
        Changing.ofWork(item.kind()).ifPresent(changing -> {
            wishes.drop(life);
            lives.tell(life, changing.word() + "_failed", "reason", "given_up");
        });
        return true;
    }

    private Optional<Money> held(Life life, WorkItems.Parked item) {
        if (item.kind().equals(Provision.KIND) && life.isOnItsWay()) {
            var amount = holds.atFirst(lives.hourly(life));
            return holds.renew(life.walletId(), life.id(), amount, Services.HELD_FOR);
        }
        return Changing.ofWork(item.kind()).isPresent() ? wishes.renew(life) : Optional.empty();
    }
}

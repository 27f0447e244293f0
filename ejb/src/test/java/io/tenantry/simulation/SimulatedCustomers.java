package io.tenantry.simulation;

import io.tenantry.cloud.addon.AddonOutcome;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.workqueue.RetryOutcome;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Customers' add-on orders and actions, and staff decisions on them; through the use cases, as {@link PersonAccounts}. */
final class SimulatedCustomers {
    private static final String REASON = "looked at the vendor's panel";
    private static final int GIB = 10;
    private static final int TRIES = 2;

    private final SimulatedPeople simulatedPeople;
    private final Beans beans;
    private final TableInspector tableInspector;
    private final EventCounts eventCounts;

    SimulatedCustomers(
            SimulatedPeople simulatedPeople, Beans beans, TableInspector tableInspector, EventCounts eventCounts) {
        this.simulatedPeople = simulatedPeople;
        this.beans = beans;
        this.tableInspector = tableInspector;
        this.eventCounts = eventCounts;
    }

    /** An add-on of a server. */
    private record Extra(UUID id, UUID service, UUID organization, int quantity) {}

    void act(Reseller reseller, SimulationAction.AddonOrder act) {
        var room = beans.addonBeans;
        switch (act.what()) {
            case VOLUME ->
                order(
                        reseller,
                        act,
                        (request, service) -> room.volumes.create(
                                request,
                                service,
                                "v" + Long.toHexString(act.seed()),
                                GIB * (1 + act.pick() % 3),
                                room.price(AddonType.VOLUME)));
            case SNAPSHOT ->
                order(
                        reseller,
                        act,
                        (request, service) -> room.snapshots.take(
                                request, service, "s" + Long.toHexString(act.seed()), room.price(AddonType.SNAPSHOT)));
            case ADDRESS ->
                order(
                        reseller,
                        act,
                        (request, service) -> room.addresses.take(request, service, room.price(AddonType.ADDRESS)));
            case BACKUPS_ON ->
                order(
                        reseller,
                        act,
                        (request, service) ->
                                room.backups.switchOn(service, Optional.empty(), room.price(AddonType.BACKUP)));
            case ATTACH -> attach(reseller, act);
            case DETACH -> change(reseller, act, "VOLUME", one -> room.volumes.detach(one.id()));
            case GROW ->
                change(
                        reseller,
                        act,
                        "VOLUME",
                        one -> room.volumes.grow(
                                one.id(), one.quantity() + GIB * (1 + act.pick() % 2), room.price(AddonType.VOLUME)));
            case DELETE_VOLUME -> change(reseller, act, "VOLUME", one -> room.volumes.delete(one.id()));
            case BACKUPS_OFF -> change(reseller, act, "BACKUP", one -> room.backups.switchOff(one.service()));
            case RESTORE_BACKUP ->
                change(reseller, act, "BACKUP", one -> room.backups.restore(one.service(), copy(reseller, one)));
            case RESTORE_SNAPSHOT -> change(reseller, act, "SNAPSHOT", one -> room.snapshots.restore(one.id()));
            case DELETE_SNAPSHOT -> change(reseller, act, "SNAPSHOT", one -> room.snapshots.delete(one.id()));
            case RELEASE -> change(reseller, act, "ADDRESS", one -> room.addresses.release(one.id()));
        }
    }

    private interface Ordering {
        AddonOutcome of(UUID request, UUID service);
    }

    private interface Changing {
        AddonOutcome of(Extra one);
    }

    /** Without a response, the same order is repeated. */
    private void order(Reseller reseller, SimulationAction.AddonOrder act, Ordering ordering) {
        var request = new UUID(act.seed(), act.seed());
        simulatedPeople
                .candidate(reseller, act.pick(), "state in ('ACTIVE', 'SUSPENDED') and account is not null")
                .ifPresent(server -> {
                    Supplier<AddonOutcome> action = () -> ordering.of(request, server.id());
                    for (var tries = 0; tries < TRIES; tries++) {
                        var outcome = simulatedPeople.attempt(
                                reseller, SimulatedPeople.owner(reseller, server), word(act), action);
                        if (outcome.isPresent()) {
                            countOutcome(act, outcome.get());
                            if (outcome.get() instanceof AddonOutcome.Done done) {
                                reseller.addonIds.add(done.optionId());
                            }
                            return;
                        }
                    }
                });
    }

    private void attach(Reseller reseller, SimulationAction.AddonOrder act) {
        extra(reseller, act.pick(), "kind = 'VOLUME' and state = 'ACTIVE' and not attached")
                .ifPresent(volume -> simulatedPeople
                        .candidate(
                                reseller,
                                act.pick(),
                                "state in ('ACTIVE', 'SUSPENDED') and account is not null and organization_id = '"
                                        + volume.organization() + "'")
                        .ifPresent(server -> attempt(
                                reseller,
                                act,
                                volume,
                                () -> beans.addonBeans.volumes.attach(volume.id(), server.id()))));
    }

    private void change(Reseller reseller, SimulationAction.AddonOrder act, String kind, Changing change) {
        extra(reseller, act.pick(), "kind = '" + kind + "' and state = 'ACTIVE'")
                .ifPresent(one -> attempt(reseller, act, one, () -> change.of(one)));
    }

    private void attempt(Reseller reseller, SimulationAction.AddonOrder act, Extra one, Supplier<AddonOutcome> action) {
        var owner = reseller.customer(one.organization()).orElseThrow().owner();
        simulatedPeople.attempt(reseller, owner, word(act), action).ifPresent(outcome -> countOutcome(act, outcome));
    }

    private void countOutcome(SimulationAction.AddonOrder act, AddonOutcome outcome) {
        eventCounts.count(word(act), outcome.getClass().getSimpleName());
    }

    private static String word(SimulationAction.AddonOrder act) {
        return "add-on " + act.what();
    }

    /** Returns any of its known copies, or an id that does not exist. */
    private String copy(Reseller reseller, Extra backup) {
        return tableInspector
                .texts(
                        reseller.tenant,
                        "select restore_point_id from $.addon_restore_point where addon_id = '" + backup.id() + "'")
                .stream()
                .findFirst()
                .orElse("none");
    }

    private Optional<Extra> extra(Reseller reseller, int pick, String condition) {
        var all = extras(reseller, condition);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(pick % all.size()));
    }

    private List<Extra> extras(Reseller reseller, String condition) {
        return tableInspector.all(
                reseller.tenant,
                "select id, service_id, organization_id, quantity from $.addon where " + condition
                        + " order by ordered_at, name, id",
                row -> new Extra(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getObject(3, UUID.class),
                        row.getInt(4)));
    }

    /** Decides all parked items: they are retried first, and then given up where possible. */
    void decideAll(Reseller reseller, boolean isGivenUp) {
        for (var parked : extras(
                reseller,
                "id in (select subject from work.work_item where tenant = $tenant and state = 'PARKED'"
                        + " and kind in ('volume', 'backup', 'snapshot', 'address'))")) {
            decide(reseller, parked.id(), isGivenUp);
        }
    }

    /** Decides a parked item. */
    void decide(Reseller reseller, SimulationAction.Decide act) {
        extra(
                        reseller,
                        act.pick(),
                        "id in (select subject from work.work_item where tenant = $tenant and state = 'PARKED'"
                                + " and kind in ('volume', 'backup', 'snapshot', 'address'))")
                .ifPresent(one -> decide(reseller, one.id(), act.isGivenUp()));
    }

    private void decide(Reseller reseller, UUID addon, boolean isGivenUp) {
        var decisions = beans.addonBeans.decisions;
        var word = isGivenUp ? "give up add-on" : "retry add-on";
        simulatedPeople
                .attempt(
                        reseller,
                        reseller.staff,
                        word,
                        () -> isGivenUp
                                ? decisions.giveUp(addon, REASON)
                                : decisions.retry(addon, REASON) instanceof RetryOutcome.Retried)
                .ifPresent(isDone -> eventCounts.count(word, isDone ? "done" : "not possible"));
    }
}

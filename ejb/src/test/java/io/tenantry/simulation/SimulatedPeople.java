package io.tenantry.simulation;

import io.tenantry.cloud.provisioning.InvalidStateException;
import io.tenantry.cloud.provisioning.LaunchConfig;
import io.tenantry.cloud.provisioning.Order;
import io.tenantry.cloud.provisioning.RescueOperations;
import io.tenantry.cloud.provisioning.ServiceOrders;
import io.tenantry.simulation.Reseller.Customer;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.workqueue.RetryOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Actions of customers and staff, through the use cases and with no more permissions than they have. */
final class SimulatedPeople {
    private static final String REASON = "looked at the vendor's panel";

    /** Responses that must never be returned. */
    final List<String> errors = new ArrayList<>();

    private final Beans beans;
    private final Transactions transactions;
    private final TableInspector tableInspector;
    private final EventCounts eventCounts;

    SimulatedPeople(Beans beans, Transactions transactions, TableInspector tableInspector, EventCounts eventCounts) {
        this.beans = beans;
        this.transactions = transactions;
        this.tableInspector = tableInspector;
        this.eventCounts = eventCounts;
    }

    /** A service that an action may apply to. */
    record Candidate(UUID id, UUID organization, String name) {}

    /** An item for staff to handle. */
    private record Case(UUID id, String kind, Optional<UUID> service) {}

    void order(Reseller reseller, SimulationAction.Order act) {
        var customer = reseller.customers.get(act.customer());
        var name = "o" + act.number();
        var request =
                new Order(customer.organization(), name, reseller.plans.get(act.plan()), "fra", LaunchConfig.USUAL);
        Supplier<ServiceOrders.Outcome> action =
                () -> beans.provisioningBeans.serviceOrders().order(request, "key of " + name);
        var wanted = act.twice() ? 2 : 1;
        var answers = new ArrayList<ServiceOrders.Outcome>();
        for (var tries = 0; tries < 3 && answers.size() < wanted; tries++) {
            attempt(reseller, customer.owner(), "order", action).ifPresent(answers::add);
        }
        if (answers.isEmpty()) {
            errors.add("order " + name + " was not answered although nothing was in the way");
            return;
        }
        var last = answers.get(answers.size() - 1);
        if (answers.get(0) instanceof ServiceOrders.Outcome.Done
                && !answers.get(0).equals(last)) {
            errors.add("order " + name + " was answered " + answers);
        }
        eventCounts.count("order", last.getClass().getSimpleName());
        if (last instanceof ServiceOrders.Outcome.Done done) {
            reseller.answered.put(name, done.serviceId());
        }
    }

    void toggle(Reseller reseller, SimulationAction.Switch act) {
        candidate(reseller, act.pick(), "state = 'ACTIVE' and account is not null")
                .ifPresent(one -> attempt(
                                reseller,
                                owner(reseller, one),
                                "switch",
                                () -> beans.provisioningBeans.powers().want(one.id(), act.wanted()))
                        .ifPresent(outcome ->
                                eventCounts.count("switch", outcome.getClass().getSimpleName())));
    }

    void change(Reseller reseller, SimulationAction.Change act) {
        candidate(reseller, act.pick(), "state = 'ACTIVE'")
                .ifPresent(one -> attempt(
                                reseller,
                                owner(reseller, one),
                                "change of plan",
                                () -> beans.provisioningBeans.resizes().want(one.id(), reseller.plans.get(act.plan())))
                        .ifPresent(outcome -> eventCounts.count(
                                "change of plan", outcome.getClass().getSimpleName())));
    }

    void rebuild(Reseller reseller, SimulationAction.Rebuild act) {
        candidate(reseller, act.pick(), "state = 'ACTIVE' and account is not null")
                .ifPresent(one -> attempt(
                                reseller,
                                owner(reseller, one),
                                "new beginning",
                                () -> beans.provisioningBeans.rebuilds().want(one.id(), LaunchConfig.USUAL, one.name()))
                        .ifPresent(outcome -> eventCounts.count(
                                "new beginning", outcome.getClass().getSimpleName())));
    }

    /** Applies to any service that ever had a server, in any state, or only to those in a suitable state. */
    void rescue(Reseller reseller, SimulationAction.Rescue act) {
        var rescueOperations = beans.provisioningBeans.rescues();
        var word = act.isBack() ? "return" : "rescue";
        candidate(reseller, act.pick(), act.isAny() ? "account is not null" : rescueCondition(act.isBack()))
                .ifPresent(one -> attempt(
                                reseller,
                                owner(reseller, one),
                                word,
                                () -> act.isBack()
                                        ? rescueOperations.leave(one.id())
                                        : rescueOperations.enter(one.id()))
                        .ifPresent(outcome -> {
                            eventCounts.count(word, outcome.getClass().getSimpleName());
                            if (outcome instanceof RescueOperations.Outcome.Wanted && !isActive(reseller, one)) {
                                errors.add(word + " of " + one.name() + " was accepted, which is not active");
                            }
                        }));
    }

    private boolean isActive(Reseller reseller, Candidate service) {
        return !tableInspector
                .texts(
                        reseller.tenant,
                        "select 1 from $.service where state = 'ACTIVE' and id = '" + service.id() + "'")
                .isEmpty();
    }

    private static String rescueCondition(boolean isRescued) {
        return "state = 'ACTIVE' and account is not null and rescue is " + (isRescued ? "not null" : "null");
    }

    void end(Reseller reseller, SimulationAction.End act) {
        candidate(
                        reseller,
                        act.pick(),
                        act.isEarly()
                                ? "state in ('ORDERED', 'PROVISIONING', 'UNKNOWN')"
                                : "state in ('ACTIVE', 'SUSPENDED')")
                .ifPresent(one -> attempt(reseller, owner(reseller, one), "end", () -> {
                            beans.provisioningBeans.terminations().end(one.id());
                            return "Done";
                        })
                        .ifPresent(outcome -> eventCounts.count("end", outcome)));
    }

    /** Picks suspended services, or services that are not suspended. */
    void suspend(Reseller reseller, SimulationAction.Suspend act) {
        var suspensions = beans.provisioningBeans.suspensions();
        candidate(reseller, act.pick(), act.isLifted() ? "state = 'SUSPENDED'" : "state = 'ACTIVE'")
                .ifPresent(one -> attempt(
                                reseller, reseller.staff, act.isLifted() ? "resumption" : "suspension", () -> {
                                    if (act.isLifted()) {
                                        suspensions.resume(one.id(), REASON);
                                    } else {
                                        suspensions.suspend(one.id(), REASON);
                                    }
                                    return "Done";
                                })
                        .ifPresent(
                                outcome -> eventCounts.count(act.isLifted() ? "resumption" : "suspension", outcome)));
    }

    void topUp(Reseller reseller, SimulationAction.TopUp act) {
        var customer = reseller.customers.get(act.customer());
        var key = "top-up " + Long.toHexString(act.seed());
        attempt(
                        reseller,
                        reseller.staff,
                        "top-up",
                        () -> beans.wallets.credit(reseller.topUp(customer, act.cents(), key)))
                .ifPresent(entry -> reseller.toppedUp.merge(customer.wallet(), (long) act.cents(), Long::sum));
    }

    /** Parks a wallet, as the auditor does on a failed check, and releases it, as staff do after their review. */
    void park(Reseller reseller, Customer customer) {
        var isParked = !tableInspector
                .texts(
                        reseller.tenant,
                        "select 1 from $.wallet where parked is not null and id = '" + customer.wallet() + "'")
                .isEmpty();
        var action = isParked ? release(customer) : parkWallet(customer);
        attempt(reseller, reseller.staff, isParked ? "release" : "park", action);
    }

    private Supplier<Boolean> parkWallet(Customer customer) {
        return () -> beans.sql.update("update wallet set parked = 'storm' where id = ?", customer.wallet()) == 1;
    }

    private Supplier<Boolean> release(Customer customer) {
        return () -> beans.auditTransactions.release(Tenancy.tenant(), customer.wallet(), REASON);
    }

    /** Releases all wallets. */
    void releaseAll(Reseller reseller) {
        var parked =
                tableInspector.texts(reseller.tenant, "select id from $.wallet where parked is not null order by id");
        for (var customer : reseller.customers) {
            if (parked.contains(customer.wallet().toString())) {
                attempt(reseller, reseller.staff, "release", release(customer));
            }
        }
    }

    /** Decides a parked item of a service. */
    void decide(Reseller reseller, SimulationAction.Decide act) {
        var parked = parked(reseller);
        if (!parked.isEmpty()) {
            decide(reseller, parked.get(act.pick() % parked.size()).id(), act.isGivenUp());
        }
    }

    private void decide(Reseller reseller, UUID service, boolean isGivenUp) {
        var serviceReview = beans.provisioningBeans.decisions();
        attempt(
                        reseller,
                        reseller.staff,
                        isGivenUp ? "give up" : "look again",
                        () -> isGivenUp
                                ? serviceReview.giveUp(service, REASON)
                                : serviceReview.retry(service, REASON) instanceof RetryOutcome.Retried)
                .ifPresent(isDone ->
                        eventCounts.count(isGivenUp ? "give up" : "look again", isDone ? "done" : "too late"));
    }

    /** Decides all parked items: they are retried first, and then given up where possible. */
    void decideAll(Reseller reseller, boolean isGivenUp) {
        for (var one : parked(reseller)) {
            decide(reseller, one.id(), isGivenUp && !one.kind().equals("delete"));
        }
        for (var id : tableInspector.texts(
                reseller.tenant,
                "select id from work.work_item where tenant = $tenant and state = 'PARKED' and kind in ('repair', 'reconcile', 'addon-reconcile', 'backup-list')")) {
            attempt(reseller, Actor.system("operator"), "retry", () -> beans.items.resume(Long.parseLong(id)));
        }
    }

    private List<Case> parked(Reseller reseller) {
        return tableInspector.all(
                reseller.tenant,
                "select subject, kind from work.work_item where tenant = $tenant and state = 'PARKED'"
                        + " and kind in ('provision', 'delete', 'power', 'resize', 'rebuild', 'rescue', 'leave-rescue') order by id",
                row -> new Case(row.getObject(1, UUID.class), row.getString(2), Optional.empty()));
    }

    /** Handles a discrepancy. */
    void handleDiscrepancy(Reseller reseller, SimulationAction.HandleDiscrepancy act, SeededRandom seededRandom) {
        var discrepancies = tableInspector.all(
                reseller.tenant,
                "select id, kind, service_id from $.server_discrepancy where confirmed_at is not null and kind <> 'UNMANAGED'"
                        + " and state <> 'RESOLVED' order by first_seen_at, provider_ref, kind",
                row -> new Case(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        Optional.ofNullable(row.getObject(3, UUID.class))));
        if (!discrepancies.isEmpty()) {
            handleDiscrepancy(reseller, discrepancies.get(act.pick() % discrepancies.size()), seededRandom);
        }
    }

    private void handleDiscrepancy(Reseller reseller, Case discrepancy, SeededRandom seededRandom) {
        var actions = beans.reconciliationBeans.actions;
        var id = discrepancy.id();
        if (!discrepancy.kind().equals("MISSING") && seededRandom.happens(200)) {
            act(
                    reseller,
                    "discrepancy " + discrepancy.kind() + " left or taken up",
                    () -> seededRandom.happens(500) ? actions.dismiss(id, REASON) : actions.takeUp(id));
            return;
        }
        switch (discrepancy.kind()) {
            case "ORPHANED", "UNKNOWN_SERVER", "DUPLICATE" ->
                act(reseller, "discrepancy deleted", () -> actions.delete(id));
            case "ID_CHANGED" -> act(reseller, "discrepancy adopted", () -> actions.adopt(id));
            case "DRIFT_PLAN" -> act(reseller, "discrepancy size accepted", () -> actions.acceptSize(id));
            case "DRIFT_ADDRESS" -> act(reseller, "discrepancy address corrected", () -> actions.correctAddress(id));
            case "DRIFT_POWER" -> act(reseller, "discrepancy switched back", () -> actions.switchBack(id));
            case "MISSING" -> handleMissingServer(reseller, discrepancy, seededRandom);
            default -> throw new IllegalStateException(discrepancy.kind());
        }
    }

    private void handleMissingServer(Reseller reseller, Case discrepancy, SeededRandom seededRandom) {
        if (seededRandom.happens(500)) {
            act(
                    reseller,
                    "missing hours refunded",
                    () -> beans.reconciliationBeans
                                    .actions
                                    .giveBack(discrepancy.id())
                                    .isPresent()
                            ? "DONE"
                            : "nothing");
        } else {
            discrepancy
                    .service()
                    .ifPresent(service -> act(reseller, "service of discrepancy ended", () -> {
                        beans.provisioningBeans.terminations().end(service);
                        return "DONE";
                    }));
        }
    }

    /** Refunds the amounts due manually, as staff do where too much is missing for automatic refunds. */
    void refundAll(Reseller reseller) {
        for (var id : tableInspector.texts(
                reseller.tenant,
                "select id from $.server_discrepancy where kind = 'MISSING' and confirmed_at is not null and dismissed_at is null"
                        + " and exists (select from $.provider_scan where doubtful) order by id")) {
            act(
                    reseller,
                    "missing hours refunded",
                    () -> beans.reconciliationBeans
                                    .actions
                                    .giveBack(UUID.fromString(id))
                                    .isPresent()
                            ? "DONE"
                            : "nothing");
        }
    }

    private void act(Reseller reseller, String what, Supplier<Object> action) {
        attempt(reseller, reseller.staff, what, action)
                .ifPresent(outcome -> eventCounts.count(what, String.valueOf(outcome)));
    }

    /** Requests a scan of all accounts. */
    void inspect(Reseller reseller) {
        attempt(reseller, reseller.staff, "scan", beans.reconciliationBeans.reconciliationSchedule::scanNow);
    }

    /** Does a timer's work: starts scanning accounts that are not scanned yet. */
    void begin(Reseller reseller) {
        attempt(
                reseller,
                Actor.system("rounds"),
                "start scans",
                beans.reconciliationBeans.reconciliationSchedule::begin);
        attempt(reseller, Actor.system("rounds"), "start add-on scans", beans.addonBeans.schedule::begin);
    }

    Optional<Candidate> candidate(Reseller reseller, int pick, String condition) {
        var all = tableInspector.all(
                reseller.tenant,
                "select id, organization_id, name from $.service where " + condition + " order by ordered_at, name",
                row -> new Candidate(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3)));
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(pick % all.size()));
    }

    static Actor owner(Reseller reseller, Candidate service) {
        return reseller.customer(service.organization()).orElseThrow().owner();
    }

    /** Runs the action in one transaction; empty if its worker died, received no response, or was too late. */
    <T> Optional<T> attempt(Reseller reseller, Actor actor, String what, Supplier<T> action) {
        try (var actorScope = Actors.enter(actor)) {
            return Optional.of(Tenancy.in(reseller.tenant, () -> transactions.in(what, action)));
        } catch (Moments.Death dead) {
            eventCounts.count(what, "the worker died");
        } catch (InvalidStateException late) {
            eventCounts.count(what, "refused: " + late.state());
        } catch (RuntimeException failure) {
            if (!Moments.isCausedByCut(failure)) {
                throw failure;
            }
            eventCounts.count(what, "the line was cut");
        }
        return Optional.empty();
    }
}

package io.tenantry.simulation;

import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.simulation.SimulationAction.ExternalChange;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/** Two resellers, two nodes and a provider, which live through a history from its first act on. */
final class SimulatedWorld implements AutoCloseable {
    static final Instant BEGIN = Instant.parse("2026-01-30T20:00:00Z");

    /** Reservations expire after four hours, and far too late results come within two. */
    private static final Duration QUIET_ATLEAST = Duration.ofHours(5);

    /** Add-ons are scanned every hour, and discrepancies are reported after two sightings. */
    private static final Duration LOOKED_TWICE = Duration.ofMinutes(130);

    private static final int QUIET_ROUNDS_MAX = 120;
    private static final int ROUNDS_IN_MINUTES = 16;

    /**
     * Parked items are given up in one of this number of rounds, and not in each second or third: some would never be parked in that very one.
     */
    private static final int GIVEN_UP_EACH = 5;

    /** Items not parked in any fifth round, because they are retried for ten in between, are given up from then on. */
    private static final int NO_LONGER = 60;

    /** More than ever waits at once: a higher number indicates an endless loop. */
    private static final int ITEMS_MAX = 20_000;

    private final EventCounts eventCounts = new EventCounts();
    final List<Reseller> resellers = new ArrayList<>();
    final MovableClock clock = new MovableClock();
    private final Beans beans;
    private final Transactions transactions;
    private final SimulatedPeople simulatedPeople;
    private final SimulatedCustomers simulatedCustomers;
    private final List<Node> nodes;
    private final Deque<SeededRandom> chances = new ArrayDeque<>();
    private final ConsistencyCheck consistencyCheck;
    private final Moments moments;
    private Instant charged = BEGIN;
    private int performed;

    SimulatedWorld(List<TenantId> tenants, TableInspector tableInspector) {
        clock.stopAt(BEGIN);
        moments = new Moments(clock, eventCounts, this::meanwhile);
        transactions = new Transactions(clock, moments);
        transactions.open();
        var simulatedTargets = new SimulatedTargets();
        beans = new Beans(tenants, clock, transactions, simulatedTargets);
        simulatedPeople = new SimulatedPeople(beans, transactions, tableInspector, eventCounts);
        simulatedCustomers = new SimulatedCustomers(simulatedPeople, beans, tableInspector, eventCounts);
        nodes = List.of(
                new Node("one", beans, transactions, moments, eventCounts),
                new Node("two", beans, transactions, moments, eventCounts));
        for (var tenant : tenants) {
            var isFirst = resellers.isEmpty();
            var keeping = isFirst ? Keeping.STANDALONE : Keeping.WITH_SERVER;
            var simulatedProvider =
                    new SimulatedProvider(tenant.value(), isFirst, keeping, clock, moments, this::random, eventCounts);
            simulatedTargets.add(tenant.value(), simulatedProvider);
            resellers.add(setUp(new Reseller(tenant, isFirst ? "EUR" : "USD", simulatedProvider), simulatedTargets));
        }
        consistencyCheck = new ConsistencyCheck(tableInspector, resellers);
    }

    private Reseller setUp(Reseller reseller, SimulatedTargets simulatedTargets) {
        try (var actorScope = Actors.enter(Actor.system("storm"))) {
            return Tenancy.in(
                    reseller.tenant,
                    () -> transactions.in("settle", () -> {
                        reseller.setUp(beans, simulatedTargets, BEGIN);
                        return reseller;
                    }));
        }
    }

    /** Returns the results, including everything recorded in the timelines of services. */
    EventCounts outcome() {
        resellers.forEach(reseller -> consistencyCheck
                .timelines(reseller)
                .forEach((what, times) -> eventCounts.add("timeline", what, times)));
        return eventCounts;
    }

    @Override
    public void close() {
        transactions.close();
    }

    private SeededRandom random() {
        return Objects.requireNonNull(chances.peek());
    }

    /** Performs the next act; throws if anything is wrong after it. */
    void performAndCheck(SimulationAction simulationAction) {
        performed++;
        try {
            run(simulationAction);
        } catch (RuntimeException failure) {
            throw new SimulationFailure(performed, simulationAction + " ended in " + failure, failure);
        }
        var errors = new ArrayList<>(simulatedPeople.errors);
        nodes.forEach(node -> errors.addAll(node.errors));
        resellers.forEach(reseller -> errors.addAll(reseller.simulatedProvider.simulatedServers.damage()));
        if (simulationAction instanceof SimulationAction.Quiet) {
            errors.addAll(consistencyCheck.findErrors(clock.instant(), charged));
        }
        if (!errors.isEmpty()) {
            throw new SimulationFailure(performed, String.join("\n  ", errors), null);
        }
    }

    private void run(SimulationAction simulationAction) {
        clock.stopAt(clock.instant().plusMillis(1));
        eventCounts.count("action", simulationAction.getClass().getSimpleName());
        chances.push(new SeededRandom(simulationAction.seed()));
        try {
            moments.during(simulationAction.accident(), () -> dispatch(simulationAction));
        } catch (Moments.Death dead) {
            // Intended: another worker continues after the lease expires.
        } catch (RuntimeException failure) {
            if (!Moments.isCausedByCut(failure)) {
                throw failure;
            }
        } finally {
            chances.pop();
        }
    }

    /** Performs the acts that happen while a worker is paused. */
    private void meanwhile(List<SimulationAction> acts) {
        acts.forEach(this::run);
    }

    private void dispatch(SimulationAction simulationAction) {
        if (simulationAction instanceof SimulationAction.Pass pass) {
            clock.stopAt(clock.instant().plus(pass.span()));
        } else if (simulationAction instanceof SimulationAction.Work work) {
            var unused = nodes.get(work.node()).work(work.items());
        } else if (simulationAction instanceof SimulationAction.Charge charge) {
            charge(nodes.get(charge.node()));
        } else if (simulationAction instanceof SimulationAction.Order order) {
            simulatedPeople.order(resellers.get(order.reseller()), order);
        } else if (simulationAction instanceof SimulationAction.Switch request) {
            simulatedPeople.toggle(resellers.get(request.reseller()), request);
        } else if (simulationAction instanceof SimulationAction.Change change) {
            simulatedPeople.change(resellers.get(change.reseller()), change);
        } else if (simulationAction instanceof SimulationAction.Rebuild rebuild) {
            simulatedPeople.rebuild(resellers.get(rebuild.reseller()), rebuild);
        } else if (simulationAction instanceof SimulationAction.Rescue rescue) {
            simulatedPeople.rescue(resellers.get(rescue.reseller()), rescue);
        } else if (simulationAction instanceof SimulationAction.AddonOrder extra) {
            simulatedCustomers.act(resellers.get(extra.reseller()), extra);
        } else if (simulationAction instanceof SimulationAction.Suspend suspend) {
            simulatedPeople.suspend(resellers.get(suspend.reseller()), suspend);
        } else if (simulationAction instanceof SimulationAction.End end) {
            simulatedPeople.end(resellers.get(end.reseller()), end);
        } else if (simulationAction instanceof SimulationAction.Decide decide) {
            simulatedPeople.decide(resellers.get(decide.reseller()), decide);
            simulatedCustomers.decide(resellers.get(decide.reseller()), decide);
        } else if (simulationAction instanceof SimulationAction.HandleDiscrepancy attend) {
            simulatedPeople.handleDiscrepancy(resellers.get(attend.reseller()), attend, random());
        } else if (simulationAction instanceof SimulationAction.TopUp topUp) {
            simulatedPeople.topUp(resellers.get(topUp.reseller()), topUp);
        } else if (simulationAction instanceof SimulationAction.Park park) {
            var reseller = resellers.get(park.reseller());
            simulatedPeople.park(reseller, reseller.customers.get(park.customer()));
        } else if (simulationAction instanceof SimulationAction.Scan look) {
            simulatedPeople.begin(resellers.get(look.reseller()));
            simulatedPeople.inspect(resellers.get(look.reseller()));
        } else if (simulationAction instanceof SimulationAction.ChangeExternally change) {
            changeExternally(change.what(), resellers.get(change.reseller()), change.pick());
        } else {
            quiet();
        }
    }

    private void changeExternally(ExternalChange what, Reseller reseller, int pick) {
        if (reseller.simulatedProvider.simulatedServers.changeExternally(what, pick, random(), clock.instant())) {
            eventCounts.count("external change", what.name());
        }
    }

    private void charge(Node node) {
        charged = clock.instant().truncatedTo(ChronoUnit.HOURS);
        node.charge(charged);
    }

    /** Ends all faults, lets time pass beyond the longest delays, decides parked items, and completes all pending work. */
    private void quiet() {
        resellers.forEach(reseller -> reseller.simulatedProvider.setReliable(true));
        resellers.forEach(simulatedPeople::releaseAll);
        var since = clock.instant();
        var atRestSince = since;
        for (var round = 0; ; round++) {
            if (round > QUIET_ROUNDS_MAX) {
                throw new IllegalStateException("work never ends: " + consistencyCheck.pendingWork(clock.instant()));
            }
            clock.stopAt(
                    clock.instant().plus(round < ROUNDS_IN_MINUTES ? Duration.ofMinutes(3) : Duration.ofMinutes(22)));
            workAll();
            for (var reseller : resellers) {
                var isGivenUp = (round + 1) % GIVEN_UP_EACH == 0 || round > NO_LONGER;
                simulatedPeople.decideAll(reseller, isGivenUp);
                simulatedCustomers.decideAll(reseller, isGivenUp);
            }
            if (!consistencyCheck.pendingWork(clock.instant()).isEmpty()) {
                atRestSince = clock.instant();
            }
            var isLongEnough = Duration.between(since, clock.instant()).compareTo(QUIET_ATLEAST) > 0;
            if (isLongEnough && Duration.between(atRestSince, clock.instant()).compareTo(LOOKED_TWICE) > 0) {
                break;
            }
        }
        charge(nodes.get(0));
        resellers.forEach(simulatedPeople::inspect);
        nodes.forEach(SimulatedWorld::workAt);
        resellers.forEach(simulatedPeople::refundAll);
        resellers.forEach(reseller -> reseller.simulatedProvider.setReliable(false));
    }

    private void workAll() {
        for (var node : nodes) {
            charge(node);
            resellers.forEach(simulatedPeople::begin);
            workAt(node);
        }
    }

    private static void workAt(Node node) {
        if (node.work(ITEMS_MAX) >= ITEMS_MAX) {
            throw new IllegalStateException("work never ends");
        }
    }
}

package io.tenantry.simulation;

import io.tenantry.cloud.provisioning.PendingPowerAction;
import io.tenantry.simulation.SimulationAction.ExternalChange;
import io.tenantry.simulation.SimulationAction.Extra;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The events, in order, all generated from one seed. */
record History(long seed, int orders, List<SimulationAction> acts) {
    /** Number of orders between two checks of the witness. */
    private static final int QUIET_EVERY = 50;

    private static final int PICKS = 1_000;

    History {
        acts = List.copyOf(acts);
    }

    /** Kinds of acts, and their weights. */
    private enum Sort {
        ORDER(150),
        WORK(370),
        PASS(170),
        SWITCH(55),
        CHANGE(40),
        REBUILD(20),
        RESCUE(45),
        BESIDES(110),
        SUSPEND(18),
        END(85),
        DECIDE(25),
        ATTEND(25),
        TOP_UP(35),
        PARK(6),
        CHARGE(35),
        LOOK(10),
        MEDDLE(24);

        private final int weight;

        Sort(int weight) {
            this.weight = weight;
        }

        int weight() {
            return weight;
        }
    }

    static History of(long seed, int orders) {
        return new History(seed, orders, new Generator(seed).acts(orders));
    }

    /** A history under construction. */
    private static final class Generator {
        private final SeededRandom seededRandom;
        private int numbers;

        Generator(long seed) {
            seededRandom = new SeededRandom(seed);
        }

        List<SimulationAction> acts(int orders) {
            var acts = new ArrayList<SimulationAction>();
            for (var reseller = 0; reseller < 2; reseller++) {
                for (var customer = 0; customer < Reseller.CUSTOMERS; customer++) {
                    acts.add(new SimulationAction.TopUp(
                            seededRandom.seed(), reseller, customer, customer == 0 ? 40 : 2_000));
                }
                acts.add(new SimulationAction.Scan(seededRandom.seed(), reseller));
            }
            while (numbers < orders) {
                var simulationAction = next(true);
                acts.add(simulationAction);
                if (simulationAction instanceof SimulationAction.Order
                        && numbers % QUIET_EVERY == 0
                        && numbers < orders) {
                    acts.add(new SimulationAction.Quiet(seededRandom.seed()));
                }
            }
            for (var last = 0; last < 20; last++) {
                acts.add(
                        act(seededRandom.pickWeighted(List.of(Sort.WORK, Sort.PASS, Sort.CHARGE), Sort::weight), true));
            }
            acts.add(new SimulationAction.Quiet(seededRandom.seed()));
            return acts;
        }

        private SimulationAction next(boolean mayFail) {
            return act(seededRandom.pickWeighted(List.of(Sort.values()), Sort::weight), mayFail);
        }

        private SimulationAction act(Sort sort, boolean mayFail) {
            var seed = seededRandom.seed();
            var reseller = seededRandom.between(0, 1);
            var pick = seededRandom.between(0, PICKS);
            var customer = seededRandom.between(0, Reseller.CUSTOMERS - 1);
            return switch (sort) {
                case ORDER ->
                    new SimulationAction.Order(
                            seed,
                            ++numbers,
                            reseller,
                            customer,
                            seededRandom.between(0, Reseller.PLANS - 1),
                            seededRandom.happens(150),
                            accident(mayFail, 100, 60, 0, 40));
                case WORK ->
                    new SimulationAction.Work(
                            seed,
                            seededRandom.between(0, 1),
                            seededRandom.between(3, 20),
                            accident(mayFail, 110, 70, 150, 160));
                case PASS -> new SimulationAction.Pass(seed, span());
                case SWITCH ->
                    new SimulationAction.Switch(
                            seed,
                            reseller,
                            pick,
                            List.of(PendingPowerAction.values()).get(seededRandom.between(0, 2)));
                case CHANGE ->
                    new SimulationAction.Change(
                            seed,
                            reseller,
                            pick,
                            seededRandom.between(0, Reseller.PLANS - 1),
                            accident(mayFail, 60, 40, 0, 30));
                case REBUILD -> new SimulationAction.Rebuild(seed, reseller, pick, accident(mayFail, 60, 40, 0, 20));
                case RESCUE ->
                    new SimulationAction.Rescue(
                            seed,
                            reseller,
                            pick,
                            seededRandom.happens(450),
                            seededRandom.happens(150),
                            accident(mayFail, 60, 40, 0, 20));
                case BESIDES ->
                    new SimulationAction.AddonOrder(
                            seed,
                            reseller,
                            pick,
                            seededRandom.pickWeighted(List.of(Extra.values()), Extra::weight),
                            accident(mayFail, 60, 40, 0, 30));
                case SUSPEND ->
                    new SimulationAction.Suspend(
                            seed, reseller, pick, seededRandom.happens(550), accident(mayFail, 60, 40, 0, 20));
                case END ->
                    new SimulationAction.End(
                            seed, reseller, pick, seededRandom.happens(120), accident(mayFail, 60, 40, 0, 30));
                case DECIDE ->
                    new SimulationAction.Decide(
                            seed, reseller, pick, seededRandom.happens(350), accident(mayFail, 60, 40, 0, 20));
                case ATTEND ->
                    new SimulationAction.HandleDiscrepancy(seed, reseller, pick, accident(mayFail, 60, 40, 0, 20));
                case TOP_UP -> new SimulationAction.TopUp(seed, reseller, customer, seededRandom.between(5, 900));
                case PARK -> new SimulationAction.Park(seed, reseller, customer);
                case CHARGE ->
                    new SimulationAction.Charge(seed, seededRandom.between(0, 1), accident(mayFail, 150, 60, 100, 60));
                case LOOK -> new SimulationAction.Scan(seed, reseller);
                case MEDDLE ->
                    new SimulationAction.ChangeExternally(
                            seed,
                            reseller,
                            pick,
                            seededRandom.pickWeighted(List.of(ExternalChange.values()), ExternalChange::weight));
            };
        }

        /** Returns mostly minutes, sometimes hours. */
        private Duration span() {
            if (seededRandom.happens(500)) {
                return seededRandom.between(Duration.ofSeconds(2), Duration.ofMinutes(2));
            }
            if (seededRandom.happens(750)) {
                return seededRandom.between(Duration.ofMinutes(2), Duration.ofMinutes(20));
            }
            return seededRandom.happens(900)
                    ? seededRandom.between(Duration.ofMinutes(20), Duration.ofMinutes(90))
                    : seededRandom.between(Duration.ofHours(2), Duration.ofHours(7));
        }

        /** Returns a death, a cut or a pause with these probabilities in thousandths, at one of the first moments. */
        private Accident accident(boolean mayFail, int deaths, int cuts, int pauses, int moments) {
            if (!mayFail) {
                return Accident.NONE;
            }
            var lot = seededRandom.between(0, 999);
            var moment = seededRandom.between(0, moments);
            if (lot < deaths) {
                return new Accident(Accident.Kind.DEATH, moment, List.of());
            }
            if (lot < deaths + cuts) {
                return new Accident(Accident.Kind.CUT, moment, List.of());
            }
            return lot < deaths + cuts + pauses
                    ? new Accident(Accident.Kind.PAUSE, moment, meanwhile())
                    : Accident.NONE;
        }

        /** While one worker is paused, others continue: briefly, or longer than leases last. */
        private List<SimulationAction> meanwhile() {
            var acts = new ArrayList<SimulationAction>();
            var times = seededRandom.between(1, 4);
            for (var i = 0; i < times; i++) {
                acts.add(
                        seededRandom.happens(300)
                                ? new SimulationAction.Pass(
                                        seededRandom.seed(),
                                        seededRandom.between(Duration.ofSeconds(1), Duration.ofMinutes(25)))
                                : next(false));
            }
            return acts;
        }
    }
}

package io.tenantry.simulation;

import io.tenantry.cloud.provisioning.PendingPowerAction;
import io.tenantry.simulation.Act.Extra;
import io.tenantry.simulation.Act.Meddling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The events, in order, all generated from one seed. */
record History(long seed, int orders, List<Act> acts) {
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
        return new History(seed, orders, new Making(seed).acts(orders));
    }

    /** A history under construction. */
    private static final class Making {
        private final Chance chance;
        private int numbers;

        Making(long seed) {
            chance = new Chance(seed);
        }

        List<Act> acts(int orders) {
            var acts = new ArrayList<Act>();
            for (var reseller = 0; reseller < 2; reseller++) {
                for (var customer = 0; customer < Reseller.CUSTOMERS; customer++) {
                    acts.add(new Act.TopUp(chance.seed(), reseller, customer, customer == 0 ? 40 : 2_000));
                }
                acts.add(new Act.Look(chance.seed(), reseller));
            }
            while (numbers < orders) {
                var act = next(true);
                acts.add(act);
                if (act instanceof Act.Order && numbers % QUIET_EVERY == 0 && numbers < orders) {
                    acts.add(new Act.Quiet(chance.seed()));
                }
            }
            for (var last = 0; last < 20; last++) {
                acts.add(act(chance.weighed(List.of(Sort.WORK, Sort.PASS, Sort.CHARGE), Sort::weight), true));
            }
            acts.add(new Act.Quiet(chance.seed()));
            return acts;
        }

        private Act next(boolean mayFail) {
            return act(chance.weighed(List.of(Sort.values()), Sort::weight), mayFail);
        }

        private Act act(Sort sort, boolean mayFail) {
            var seed = chance.seed();
            var reseller = chance.between(0, 1);
            var pick = chance.between(0, PICKS);
            var customer = chance.between(0, Reseller.CUSTOMERS - 1);
            return switch (sort) {
                case ORDER ->
                    new Act.Order(
                            seed,
                            ++numbers,
                            reseller,
                            customer,
                            chance.between(0, Reseller.PLANS - 1),
                            chance.inThousand(150),
                            accident(mayFail, 100, 60, 0, 40));
                case WORK ->
                    new Act.Work(
                            seed, chance.between(0, 1), chance.between(3, 20), accident(mayFail, 110, 70, 150, 160));
                case PASS -> new Act.Pass(seed, span());
                case SWITCH ->
                    new Act.Switch(
                            seed,
                            reseller,
                            pick,
                            List.of(PendingPowerAction.values()).get(chance.between(0, 2)));
                case CHANGE ->
                    new Act.Change(
                            seed,
                            reseller,
                            pick,
                            chance.between(0, Reseller.PLANS - 1),
                            accident(mayFail, 60, 40, 0, 30));
                case REBUILD -> new Act.Rebuild(seed, reseller, pick, accident(mayFail, 60, 40, 0, 20));
                case RESCUE ->
                    new Act.Rescue(
                            seed,
                            reseller,
                            pick,
                            chance.inThousand(450),
                            chance.inThousand(150),
                            accident(mayFail, 60, 40, 0, 20));
                case BESIDES ->
                    new Act.AddonOrder(
                            seed,
                            reseller,
                            pick,
                            chance.weighed(List.of(Extra.values()), Extra::weight),
                            accident(mayFail, 60, 40, 0, 30));
                case SUSPEND ->
                    new Act.Suspend(seed, reseller, pick, chance.inThousand(550), accident(mayFail, 60, 40, 0, 20));
                case END -> new Act.End(seed, reseller, pick, chance.inThousand(120), accident(mayFail, 60, 40, 0, 30));
                case DECIDE ->
                    new Act.Decide(seed, reseller, pick, chance.inThousand(350), accident(mayFail, 60, 40, 0, 20));
                case ATTEND -> new Act.Attend(seed, reseller, pick, accident(mayFail, 60, 40, 0, 20));
                case TOP_UP -> new Act.TopUp(seed, reseller, customer, chance.between(5, 900));
                case PARK -> new Act.Park(seed, reseller, customer);
                case CHARGE -> new Act.Charge(seed, chance.between(0, 1), accident(mayFail, 150, 60, 100, 60));
                case LOOK -> new Act.Look(seed, reseller);
                case MEDDLE ->
                    new Act.Meddle(seed, reseller, pick, chance.weighed(List.of(Meddling.values()), Meddling::weight));
            };
        }

        /** Returns mostly minutes, sometimes hours. */
        private Duration span() {
            if (chance.inThousand(500)) {
                return chance.between(Duration.ofSeconds(2), Duration.ofMinutes(2));
            }
            if (chance.inThousand(750)) {
                return chance.between(Duration.ofMinutes(2), Duration.ofMinutes(20));
            }
            return chance.inThousand(900)
                    ? chance.between(Duration.ofMinutes(20), Duration.ofMinutes(90))
                    : chance.between(Duration.ofHours(2), Duration.ofHours(7));
        }

        /** Returns a death, a cut or a pause with these probabilities in thousandths, at one of the first moments. */
        private Accident accident(boolean mayFail, int deaths, int cuts, int pauses, int moments) {
            if (!mayFail) {
                return Accident.NONE;
            }
            var lot = chance.between(0, 999);
            var moment = chance.between(0, moments);
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
        private List<Act> meanwhile() {
            var acts = new ArrayList<Act>();
            var times = chance.between(1, 4);
            for (var i = 0; i < times; i++) {
                acts.add(
                        chance.inThousand(300)
                                ? new Act.Pass(
                                        chance.seed(), chance.between(Duration.ofSeconds(1), Duration.ofMinutes(25)))
                                : next(false));
            }
            return acts;
        }
    }
}

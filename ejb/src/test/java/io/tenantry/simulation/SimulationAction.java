package io.tenantry.simulation;

import io.tenantry.cloud.provisioning.PendingPowerAction;
import java.time.Duration;

/**
 * One event. Its random choices come from its own seed, and its subject is picked from what exists at that time, so that any part of a history
 * is a history too.
 */
sealed interface SimulationAction {
    /** The seed of all its random choices. */
    long seed();

    /** Returns the accident of its worker. */
    default Accident accident() {
        return Accident.NONE;
    }

    /**
     * A customer orders a server, with a client that retries under the same key if there is no response.
     *
     * @param twice whether it retries in any case
     */
    record Order(long seed, int number, int reseller, int customer, int plan, boolean twice, Accident accident)
            implements SimulationAction {}

    /** A customer switches a server. */
    record Switch(long seed, int reseller, int pick, PendingPowerAction wanted) implements SimulationAction {}

    /** A customer changes a service's plan, and thereby its server's size if there is one. */
    record Change(long seed, int reseller, int pick, int plan, Accident accident) implements SimulationAction {}

    /** A customer has a server rebuilt. */
    record Rebuild(long seed, int reseller, int pick, Accident accident) implements SimulationAction {}

    /**
     * A customer has a server started into its rescue system, or into its own again.
     *
     * @param isAny whether of any service that ever had one, including ended ones
     */
    record Rescue(long seed, int reseller, int pick, boolean isBack, boolean isAny, Accident accident)
            implements SimulationAction {}

    /** A customer orders an add-on of a server, or uses one. */
    record AddonOrder(long seed, int reseller, int pick, Extra what, Accident accident) implements SimulationAction {}

    /** Staff suspend a service, or lift the suspension. */
    record Suspend(long seed, int reseller, int pick, boolean isLifted, Accident accident)
            implements SimulationAction {}

    /** A customer ends a service, or tries to while it is being created. */
    record End(long seed, int reseller, int pick, boolean isEarly, Accident accident) implements SimulationAction {}

    /** Staff decide on a parked item. */
    record Decide(long seed, int reseller, int pick, boolean isGivenUp, Accident accident)
            implements SimulationAction {}

    /** Staff handle a discrepancy. */
    record HandleDiscrepancy(long seed, int reseller, int pick, Accident accident) implements SimulationAction {}

    /** A top-up, in cents. */
    record TopUp(long seed, int reseller, int customer, int cents) implements SimulationAction {}

    /** A wallet is excluded from runs and accepts no orders, or is included again. */
    record Park(long seed, int reseller, int customer) implements SimulationAction {}

    record Pass(long seed, Duration span) implements SimulationAction {}

    /** A node processes pending work, up to this number of items. */
    record Work(long seed, int node, int items, Accident accident) implements SimulationAction {}

    /** A node charges the started hours. */
    record Charge(long seed, int node, Accident accident) implements SimulationAction {}

    /** All accounts are scanned as soon as possible. */
    record Scan(long seed, int reseller) implements SimulationAction {}

    /** An unrequested change happens at the provider. */
    record ChangeExternally(long seed, int reseller, int pick, ExternalChange what) implements SimulationAction {}

    /** Faults end, time passes, all pending work is done: then the witness checks. */
    record Quiet(long seed) implements SimulationAction {}

    /** Customer actions on add-ons. */
    enum Extra {
        VOLUME(8),
        ATTACH(4),
        DETACH(3),
        GROW(5),
        DELETE_VOLUME(3),
        BACKUPS_ON(5),
        BACKUPS_OFF(2),
        RESTORE_BACKUP(2),
        SNAPSHOT(6),
        RESTORE_SNAPSHOT(3),
        DELETE_SNAPSHOT(3),
        ADDRESS(6),
        RELEASE(4);

        private final int weight;

        Extra(int weight) {
            this.weight = weight;
        }

        int weight() {
            return weight;
        }
    }

    /** Unrequested changes at a provider. */
    enum ExternalChange {
        VANISHES(3),
        COMES_BACK(2),
        STOPS(3),
        GROWS(2),
        IS_SUSPENDED(2),
        MOVES(2),
        /** A user in the rescue system restarts the server from there. */
        REBOOTS(2),
        /** A server of a third party that uses the same account. */
        STRANGER(2),
        /** A server with a mark like ours, of an unknown service. */
        STRAY(1);

        private final int weight;

        ExternalChange(int weight) {
            this.weight = weight;
        }

        int weight() {
            return weight;
        }
    }
}

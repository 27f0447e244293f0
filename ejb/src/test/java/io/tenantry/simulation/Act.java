package io.tenantry.simulation;

import io.tenantry.cloud.provisioning.PendingPowerAction;
import java.time.Duration;

/**
 * One thing that happens. What it leaves to chance comes from its own seed, and what it is about is picked from what there is then, so that any
 * part of a history is one too.
 */
sealed interface Act {
    /** Of all that is left to chance. */
    long seed();

    /** What befalls whoever does it. */
    default Accident accident() {
        return Accident.NONE;
    }

    /**
     * A customer orders a server, by a program that asks again under the same key if nobody answers.
     *
     * @param twice whether it asks again in any case
     */
    record Order(long seed, int number, int reseller, int customer, int plan, boolean twice, Accident accident)
            implements Act {}

    /** A customer switches a server. */
    record Switch(long seed, int reseller, int pick, PendingPowerAction wanted) implements Act {}

    /** A customer gives a service another plan, and so its server another size if there is one. */
    record Change(long seed, int reseller, int pick, int plan, Accident accident) implements Act {}

    /** A customer has a server begin anew. */
    record Rebuild(long seed, int reseller, int pick, Accident accident) implements Act {}

    /**
     * A customer has a server started into its rescue system, or into its own again.
     *
     * @param isAny whether of any service that ever had one, also of one that is over
     */
    record Rescue(long seed, int reseller, int pick, boolean isBack, boolean isAny, Accident accident) implements Act {}

    /** A customer orders something besides a server, or does something with it. */
    record AddonOrder(long seed, int reseller, int pick, Extra what, Accident accident) implements Act {}

    /** Staff suspend a service, or lift that again. */
    record Suspend(long seed, int reseller, int pick, boolean isLifted, Accident accident) implements Act {}

    /** A customer ends a service, or tries to while it is being made. */
    record End(long seed, int reseller, int pick, boolean isEarly, Accident accident) implements Act {}

    /** Staff decide something that is parked. */
    record Decide(long seed, int reseller, int pick, boolean isGivenUp, Accident accident) implements Act {}

    /** Staff see to a finding. */
    record Attend(long seed, int reseller, int pick, Accident accident) implements Act {}

    /** Money comes in, in cents. */
    record TopUp(long seed, int reseller, int customer, int cents) implements Act {}

    /** A wallet is left alone by runs and takes no orders, or takes part again. */
    record Park(long seed, int reseller, int customer) implements Act {}

    record Pass(long seed, Duration span) implements Act {}

    /** A node does what waits, so many items at most. */
    record Work(long seed, int node, int items, Accident accident) implements Act {}

    /** A node charges the hours that have begun. */
    record Charge(long seed, int node, Accident accident) implements Act {}

    /** All accounts are looked at as soon as may be. */
    record Look(long seed, int reseller) implements Act {}

    /** Something happens at the vendor that nobody asked for. */
    record Meddle(long seed, int reseller, int pick, Meddling what) implements Act {}

    /** Faults end, time goes by, all that waits is done: then the witness speaks. */
    record Quiet(long seed) implements Act {}

    /** What customers do besides servers. */
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

    /** What happens at a vendor by itself. */
    enum Meddling {
        VANISHES(3),
        COMES_BACK(2),
        STOPS(3),
        GROWS(2),
        IS_SUSPENDED(2),
        MOVES(2),
        /** Somebody who is in its rescue system restarts it from there. */
        REBOOTS(2),
        /** A server of somebody else, who uses the same account. */
        STRANGER(2),
        /** A server with a mark like ours, of a service that nobody knows. */
        STRAY(1);

        private final int weight;

        Meddling(int weight) {
            this.weight = weight;
        }

        int weight() {
            return weight;
        }
    }
}

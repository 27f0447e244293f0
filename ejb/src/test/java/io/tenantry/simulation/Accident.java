package io.tenantry.simulation;

import java.util.List;

/**
 * An accident of the current worker, once.
 *
 * @param moment the n-th moment of all, counted from 0; if fewer occur, nothing happens
 * @param meanwhile what happens while the worker is paused
 */
record Accident(Kind kind, int moment, List<SimulationAction> meanwhile) {
    /** Kinds of accidents. */
    enum Kind {
        NONE,
        /** The worker dies: its connection is closed without notice, and nothing continues, neither a handler nor a retry. */
        DEATH,
        /** The connection to the database is cut, before a step or after: whether it was executed remains unknown. */
        CUT,
        /** The worker pauses for a while, between two transactions or during a provider call, and continues as if nothing had happened. */
        PAUSE
    }

    static final Accident NONE = new Accident(Kind.NONE, 0, List.of());

    Accident {
        meanwhile = List.copyOf(meanwhile);
    }
}

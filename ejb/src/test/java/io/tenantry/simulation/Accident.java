package io.tenantry.simulation;

import java.util.List;

/**
 * What befalls whoever is at work, once.
 *
 * @param moment the how manieth of all moments, counted from 0; if fewer come, nothing happens
 * @param meanwhile what happens while the work stands still
 */
record Accident(Kind kind, int moment, List<Act> meanwhile) {
    /** Sorts of accidents. */
    enum Kind {
        NONE,
        /** Whoever is at work is no more: the connection is gone without a word, and nothing goes on, no handler and no retry. */
        DEATH,
        /** The line to the database is cut, before a step or after: nobody hears whether it was taken. */
        CUT,
        /** It stands still for a while, between two transactions or while a vendor is asked, and goes on as if nothing had been. */
        PAUSE
    }

    static final Accident NONE = new Accident(Kind.NONE, 0, List.of());

    Accident {
        meanwhile = List.copyOf(meanwhile);
    }
}

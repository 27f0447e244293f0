package io.tenantry.endurance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Faults of the nodes and their database. */
enum Fault {
    /** A node's process is killed and restarted. */
    NODE_KILLED,
    /** All processes of PostgreSQL are killed and restarted. */
    DATABASE_KILLED,
    /** Every session of the nodes is ended by the database. */
    ALL_SESSIONS_KILLED,
    /** Ten times one session is ended, preferably one in a transaction. */
    SINGLE_SESSIONS_KILLED,
    /** Ten commits succeed, but their responses are lost. */
    ANSWERS_LOST,
    /** Ten commits do not reach the database. */
    COMMITS_LOST,
    /** Ten connections are cut somewhere in a message. */
    LINES_CUT,
    /** A node's process is stopped for longer than its lease. */
    NODE_FROZEN,
    /** Each request to the database is delayed. */
    LATENCY,
    /** A node's clock steps back three hours, and forward again. */
    CLOCK_BACK,
    /** Executions of the job are started, stopped, restarted and abandoned at random on both nodes. */
    JOB_MEDDLED_WITH;

    /** The duration of the fault; zero for one that is over at once. */
    Duration lasts() {
        return switch (this) {
            case NODE_FROZEN, CLOCK_BACK -> Duration.ofSeconds(3);
            case LATENCY -> Duration.ofSeconds(4);
            default -> Duration.ZERO;
        };
    }

    /** Its name in the figures. */
    String figure() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A sequence of faults determined by the seed: each kind once in some order, then each once more in another. */
    static final class Sequence {
        private final Random random;
        private final List<Fault> left = new ArrayList<>();

        Sequence(long seed) {
            random = new Random(seed);
        }

        Fault next() {
            if (left.isEmpty()) {
                left.addAll(List.of(values()));
                Collections.shuffle(left, random);
            }
            return left.remove(left.size() - 1);
        }
    }
}

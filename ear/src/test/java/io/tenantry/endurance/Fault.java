package io.tenantry.endurance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What is done to the nodes and their database. */
enum Fault {
    /** A node's process is killed, and started again. */
    NODE_KILLED,
    /** All processes of PostgreSQL are killed, and started again. */
    DATABASE_KILLED,
    /** Every session of the nodes is ended by the database. */
    ALL_SESSIONS_KILLED,
    /** Ten times one session, of those in a transaction if there is one. */
    SINGLE_SESSIONS_KILLED,
    /** Ten commits are made, and nobody is told. */
    ANSWERS_LOST,
    /** Ten commits do not reach the database. */
    COMMITS_LOST,
    /** Ten lines are cut somewhere in a message. */
    LINES_CUT,
    /** A node's process stands still for longer than its lease. */
    NODE_FROZEN,
    /** Each question to the database arrives later. */
    LATENCY,
    /** A node's clock steps back three hours, and forward again. */
    CLOCK_BACK,
    /** Executions of the job are started, stopped, restarted and abandoned at random on both nodes. */
    JOB_MEDDLED_WITH;

    /** How long it lasts; what is over at once lasts no time. */
    Duration lasts() {
        return switch (this) {
            case NODE_FROZEN, CLOCK_BACK -> Duration.ofSeconds(3);
            case LATENCY -> Duration.ofSeconds(4);
            default -> Duration.ZERO;
        };
    }

    /** Its name among the figures. */
    String figure() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The same faults for the same seed: each kind once, in some order, then each once more in another. */
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

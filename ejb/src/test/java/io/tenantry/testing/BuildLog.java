package io.tenantry.testing;

/**
 * Output for the build's log: seeds, so that a failure can be reproduced, and figures measured by a test. Tests print nothing else, and nowhere
 * else.
 */
public final class BuildLog {
    private BuildLog() {}

    /** Prints one or more lines. */
    public static void note(Object seedOrFigures) {
        System.out.println(seedOrFigures);
    }
}

package io.tenantry.testing;

/**
 * What belongs in the build's log: seeds, so that a failure can be repeated, and figures that a test came to. Tests print nothing else, and
 * nowhere else.
 */
public final class BuildLog {
    private BuildLog() {}

    /** A line, or some. */
    public static void note(Object seedOrFigures) {
        System.out.println(seedOrFigures);
    }
}

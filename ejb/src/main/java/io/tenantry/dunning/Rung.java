package io.tenantry.dunning;

/**
 * A step of a ladder.
 *
 * @param nth which of its kind, from 1
 * @param days so long after the letters of the step before it have gone out; the first: after the debt began
 */
public record Rung(Act act, int nth, int days) {
    /** Nobody waits for longer. */
    public static final int DAYS_MAX = 365;
}

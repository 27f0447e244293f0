package io.tenantry.demo;

/** Charges all that is due by the clock as it stands, and returns when it is done. The batch module brings it: it is the job. */
@FunctionalInterface
public interface CatchUp {
    /**
     * Charges until nothing is left.
     *
     * @throws IllegalStateException if something due could not be charged
     */
    void run();
}

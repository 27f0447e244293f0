package io.tenantry.demo;

/** Charges everything due by the present clock, and returns when it is done. Implemented by the batch module with its job. */
@FunctionalInterface
public interface CatchUp {
    /**
     * Charges until nothing is left.
     *
     * @throws IllegalStateException if something due could not be charged
     */
    void run();
}

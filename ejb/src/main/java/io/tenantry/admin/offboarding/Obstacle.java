package io.tenantry.admin.offboarding;

import java.util.List;

/**
 * Why a reseller cannot be deleted now.
 *
 * @param count how many there are of what is in the way
 * @param names of the first of these: of services, options, settlements, kinds of work, or months as {@code 2026-01}
 */
public record Obstacle(Kind kind, long count, List<String> names) {
    public Obstacle {
        names = List.copyOf(names);
    }

    /** What is in the way. */
    public enum Kind {
        /** Its portal is open, or it is in maintenance. */
        NOT_SUSPENDED,
        /** Services that run, are on their way or are being ended. */
        SERVICES,
        /** Options, such as volumes and snapshots, likewise. */
        OPTIONS,
        /** Servers and volumes of its that a vendor still has although nobody should. */
        LEFTOVERS,
        /** Work that is not done, such as deleting at a vendor. */
        WORK,
        /** A month with sales whose documents for customers are not issued. */
        UNINVOICED,
        /** A month with sales that is not settled with the platform, or whose settling is under way. */
        UNSETTLED,
        /** Settlements that are not paid. */
        UNPAID,
        /** No export was made since it was suspended. */
        NOT_EXPORTED,
        /** Something was booked or issued since the latest export. */
        EXPORT_OLD,
        /** Somebody is changing it at this moment, and did not end in time. */
        CHANGING
    }

    boolean isThere() {
        return count > 0;
    }

    static Obstacle of(Kind kind) {
        return new Obstacle(kind, 1, List.of());
    }
}

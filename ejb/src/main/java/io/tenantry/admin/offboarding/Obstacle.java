package io.tenantry.admin.offboarding;

import java.util.List;

/**
 * A reason why a reseller cannot be deleted now.
 *
 * @param count the number of obstacles of that kind
 * @param names of the first of these: of services, add-ons, settlements, kinds of work, or months as {@code 2026-01}
 */
public record Obstacle(Kind kind, long count, List<String> names) {
    public Obstacle {
        names = List.copyOf(names);
    }

    /** The kinds of obstacles. */
    public enum Kind {
        /** Its portal is open, or it is in maintenance. */
        NOT_SUSPENDED,
        /** Services that are running, being provisioned or being terminated. */
        SERVICES,
        /** Add-ons, such as volumes and snapshots, likewise. */
        ADDONS,
        /** Servers and volumes that still exist at a provider without a service. */
        ORPHANED_RESOURCES,
        /** Pending work, such as deletions at a provider. */
        WORK,
        /** A month with sales without issued customer invoices. */
        UNINVOICED,
        /** A month with sales that is not settled with the platform, or whose settlement is in progress. */
        UNSETTLED,
        /** Settlements that are not paid. */
        UNPAID,
        /** No export since it was suspended. */
        NOT_EXPORTED,
        /** Entries or documents newer than the latest export. */
        EXPORT_OUTDATED,
        /** Another transaction is changing it, and did not end in time. */
        CHANGING
    }

    boolean isThere() {
        return count > 0;
    }

    static Obstacle of(Kind kind) {
        return new Obstacle(kind, 1, List.of());
    }
}

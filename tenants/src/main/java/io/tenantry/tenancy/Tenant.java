package io.tenantry.tenancy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/**
 * One reseller as listed in the directory.
 *
 * @param id the slug; never changes
 * @param name the display name of the reseller
 * @param state whether its portal is open
 * @param currency the currency of its ledger
 * @param zone the time zone of its calendar months
 * @param locale language and formats, unless a person chose others
 * @param hosts verified host names, the primary first
 * @param createdAt when it was created; its first chargeable hour is not before
 */
public record Tenant(
        TenantId id,
        String name,
        State state,
        Currency currency,
        ZoneId zone,
        Locale locale,
        List<String> hosts,
        Instant createdAt) {

    /** Whether a tenant's portal is open. */
    public enum State {
        /** Being created: not visible yet. */
        CREATING,
        /** Open. */
        ACTIVE,
        /** Closed by the platform: visitors see a notice; running services are still charged. */
        SUSPENDED,
        /** Its schema could not be migrated: closed and not charged until that is repaired. */
        MAINTENANCE,
        /** Moving to another cell ({@code tenant-leave.sql}): closed, not charged, and not migrated by any node that starts. */
        MOVING,
        /** Being deleted: not served, and skipped by all jobs, while its data is removed. Irreversible. */
        DELETING,
        /** Deleted: only its name is left, for settlements and the audit trail, and its slug, which is never reused. */
        DELETED
    }

    /** Whether its schema can be entered: it is not partly created, moving to another cell, being deleted or deleted. */
    public boolean isThere() {
        return switch (state) {
            case ACTIVE, SUSPENDED, MAINTENANCE -> true;
            case CREATING, MOVING, DELETING, DELETED -> false;
        };
    }

    /** Whether it is deleted or being deleted. */
    public boolean isLeaving() {
        return state == State.DELETING || state == State.DELETED;
    }

    /** Returns the host used in links. */
    public String primaryHost() {
        return hosts.get(0);
    }
}

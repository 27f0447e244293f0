package io.tenantry.tenancy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/**
 * One reseller as the directory knows it.
 *
 * @param id slug; never changes
 * @param name what people call the reseller
 * @param state whether its portal is open
 * @param currency its books' currency
 * @param zone where its calendar months begin and end
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
        /** Its schema could not be migrated: closed, and not charged, until that is mended. */
        MAINTENANCE,
        /** On its way to another cell ({@code tenant-leave.sql}): closed, not charged and not migrated, whoever starts. */
        MOVING,
        /** Being deleted: served by nobody, and by no job, while its data is removed. There is no way back. */
        DELETING,
        /** Deleted: only its name is left, for settlements and the audit trail, and its slug, which is never given again. */
        DELETED
    }

    /** Whether its schema can be entered: it is not half made, on its way to another cell, being deleted or deleted. */
    public boolean isThere() {
        return switch (state) {
            case ACTIVE, SUSPENDED, MAINTENANCE -> true;
            case CREATING, MOVING, DELETING, DELETED -> false;
        };
    }

    /** Whether it is deleted, or about to be. */
    public boolean isLeaving() {
        return state == State.DELETING || state == State.DELETED;
    }

    /** The host that links lead to. */
    public String primaryHost() {
        return hosts.get(0);
    }
}

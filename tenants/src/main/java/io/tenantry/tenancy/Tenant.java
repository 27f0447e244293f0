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
        MOVING
    }

    /** The host that links lead to. */
    public String primaryHost() {
        return hosts.get(0);
    }
}

package io.tenantry.tenancy;

import java.time.Instant;
import java.util.UUID;

/**
 * The impersonation of an organization by a member of staff for a limited time, with the rights of an owner. Actions meanwhile carry both
 * names.
 *
 * @param id identifies this impersonation
 * @param organizationId the only organization within reach
 * @param staffName the display name of the member of staff
 * @param staffRole the role of the member of staff
 * @param until the latest end
 */
public record Impersonation(
        UUID id, UUID organizationId, String organizationName, String staffName, String staffRole, Instant until) {
    /** Returns the author as shown to the customer. */
    public String spoken() {
        return staffName + " (" + staffRole + ") for " + organizationName;
    }
}

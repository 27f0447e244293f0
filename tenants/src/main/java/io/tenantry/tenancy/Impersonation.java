package io.tenantry.tenancy;

import java.time.Instant;
import java.util.UUID;

/**
 * That somebody of the staff acts for an organization for a while, with rights of its owner. What is done meanwhile bears both names.
 *
 * @param id which time this is
 * @param organizationId the only organization that is within reach
 * @param staffName what people call the one who acts
 * @param staffRole what sort of staff that is
 * @param until when it is over at the latest
 */
public record Impersonation(
        UUID id, UUID organizationId, String organizationName, String staffName, String staffRole, Instant until) {
    /** Who did it, as the customer reads it. */
    public String spoken() {
        return staffName + " (" + staffRole + ") for " + organizationName;
    }
}

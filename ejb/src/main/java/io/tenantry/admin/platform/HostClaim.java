package io.tenantry.admin.platform;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/**
 * A host that will lead to a reseller once it is verified.
 *
 * @param token the required content of its DNS record
 * @param checkedAt when the record was last looked up and not found
 */
public record HostClaim(String host, String token, Instant claimedAt, Optional<Instant> checkedAt)
        implements Serializable {
    private static final String LABEL = "_tenantry.";
    private static final String VALUE = "tenantry-verification=";

    /** Returns the name of the TXT record. */
    public String recordName() {
        return LABEL + host;
    }

    /** Returns the text of the record. */
    public String recordValue() {
        return VALUE + token;
    }
}

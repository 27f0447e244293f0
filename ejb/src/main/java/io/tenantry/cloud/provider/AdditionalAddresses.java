package io.tenantry.cloud.provider;

import java.util.List;

/**
 * A provider of additional IPv4 addresses for existing servers. No provider supports resource tags on addresses: the result of a request is
 * identified by comparison with the addresses that the server had before. Callers therefore store {@link #addresses} first, and request one
 * address at a time.
 */
public interface AdditionalAddresses {
    /**
     * An address.
     *
     * @param ready whether it leads to the server
     */
    record Address(String text, boolean ready) {}

    /** Returns the maximum number of additional addresses of a server. */
    int addressesMax();

    /** Returns the additional addresses of a server; where the provider does not distinguish them, also those that it was created with. */
    List<Address> addresses(String serverId);

    /** Requests one more address. */
    Address addAddress(String serverId);

    /** Whether the provider still keeps the address, assigned to that server or unassigned. */
    default boolean isKept(String serverId, String address) {
        try {
            return addresses(serverId).stream().anyMatch(one -> one.text().equals(address));
        } catch (ProviderFailure failure) {
            if (failure.reason() != ProviderFailure.Reason.NOT_FOUND) {
                throw failure;
            }
            return false;
        }
    }

    /** Releases the address permanently; idempotent. */
    void releaseAddress(String serverId, String address);
}

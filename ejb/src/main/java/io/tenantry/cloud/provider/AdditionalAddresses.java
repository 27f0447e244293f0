package io.tenantry.cloud.provider;

import java.util.List;

/**
 * A vendor of further IPv4 addresses for servers that are there. No vendor lets us mark one: what came of a question is known by what the server
 * had before. So whoever asks writes {@link #addresses} down first, and asks for one at a time.
 */
public interface AdditionalAddresses {
    /**
     * An address.
     *
     * @param ready whether it leads to the server
     */
    record Address(String text, boolean ready) {}

    /** More than that a server does not have besides those that it came with. */
    int addressesMax();

    /** Those of a server; where the vendor does not tell them apart, those that it came with too. */
    List<Address> addresses(String serverId);

    /** Asks for one more. */
    Address addAddress(String serverId);

    /** Whether the vendor keeps it for that server still, or for none. */
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

    /** Gives it back for good; gone already is fine. */
    void releaseAddress(String serverId, String address);
}

package io.tenantry.provider;

/** A vendor whose servers can change their size. */
public interface Resizing {
    /**
     * Asks for another size. The server is down while it moves.
     *
     * @throws ProviderFailure INVALID also if it cannot become that small
     */
    Task resize(String id, String size);
}

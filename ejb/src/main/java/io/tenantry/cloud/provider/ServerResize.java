package io.tenantry.cloud.provider;

/** A vendor whose servers can change their size. */
public interface ServerResize {
    /**
     * Asks for another size. The server is down while it moves.
     *
     * @throws ProviderFailure INVALID also if it cannot become that small
     */
    ProviderTask resize(String id, String size);
}

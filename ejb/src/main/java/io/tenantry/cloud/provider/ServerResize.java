package io.tenantry.cloud.provider;

/** A provider whose servers can be resized. */
public interface ServerResize {
    /**
     * Requests another size. The server is down during the change.
     *
     * @throws ProviderFailure INVALID also if it cannot become that small
     */
    ProviderTask resize(String id, String size);
}

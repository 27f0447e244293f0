package io.tenantry.cloud.provider;

import java.util.List;
import java.util.Optional;

/**
 * The client of one account with a provider. Operations that every provider supports are here; optional ones are separate interfaces that an
 * adapter also implements ({@link ServerResize}, {@link ServerRebuild}, {@link RescueMode}, {@link NetworkIsolation}, {@link Snapshots},
 * {@link Backups}, {@link Volumes}, {@link AdditionalAddresses}, {@link ReverseDns}, {@link TransferMetering}, {@link Metrics},
 * {@link RootPasswordReset}, {@link ProviderSshKeys}, {@link ProviderScripts}, {@link VncConsole}, {@link SshEndpointLookup}):
 * {@code provider instanceof Volumes volumes}.
 *
 * <p>All methods are thread-safe, wait for the provider for a bounded time, and throw only {@link ProviderFailure}. No provider removes
 * duplicates: before creating a server, callers must look for it ({@link #marked}) and record that they are about to create it.
 */
public interface ProviderClient {
    /** Makes a harmless request that requires the credentials, and returns a description of the account for staff. */
    String check();

    /** Returns what the provider currently sells. */
    ProviderCatalog readCatalog();

    /** Returns all servers of the account, including those created by others, read to the last page. */
    List<ProviderServer> servers();

    /** Returns the server with that ID; empty once the provider reports that there is none. */
    Optional<ProviderServer> server(String id);

    /** Returns the servers with that resource tag: none, or one, or more if a response was lost and the server was created again without a lookup. */
    List<ProviderServer> marked(ResourceTag resourceTag);

    /**
     * Requests a server, or continues with the one with that resource tag that is still RESERVED, since some providers require several requests.
     * Returns once the provider has accepted the order, long before the server runs.
     */
    ProviderServer create(ServerSpec serverSpec);

    /** Requests a power action; idempotent. */
    ProviderTask power(String id, PowerAction powerAction);

    /** Permanently deletes a server and all data on it; idempotent. */
    void delete(String id);

    /** Returns the progress of a task. */
    Progress progress(ProviderTask providerTask);
}

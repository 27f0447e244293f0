package io.tenantry.cloud.provider;

import java.util.List;
import java.util.Optional;

/**
 * One account with a vendor of servers. What every vendor can do is here; what only some can is an interface of its own that an adapter
 * implements too ({@link ServerResize}, {@link ServerRebuild}, {@link RescueMode}, {@link NetworkIsolation}, {@link Snapshots}, {@link Backups}, {@link Volumes}, {@link AdditionalAddresses},
 * {@link ReverseDns}, {@link TransferMetering}, {@link Metrics}, {@link RootPasswordReset}, {@link ProviderSshKeys}, {@link ProviderScripts}, {@link VncConsole}, {@link SshEndpointLookup}):
 * {@code provider instanceof Volumes volumes}.
 *
 * <p>Every method may be called by many threads, waits for the vendor for a bounded time, and throws {@link ProviderFailure} and nothing
 * else. No vendor forgets duplicates for us: whoever creates looks first ({@link #marked}) and writes down that it is about to.
 */
public interface ProviderClient {
    /** Asks the vendor something harmless that needs the credentials; the words say for staff whose account it is. */
    String check();

    /** What the vendor sells now. */
    ProviderCatalog catalogue();

    /** All servers of the account, also those that others made there; read to the last page. */
    List<ProviderServer> servers();

    /** The server of that number, or nothing once the vendor says that there is none. */
    Optional<ProviderServer> server(String id);

    /** Servers with that mark: none, or one, or more if an answer was lost and somebody did not look. */
    List<ProviderServer> marked(ResourceTag resourceTag);

    /**
     * Asks for a server, or goes on with the one of that mark that is still RESERVED: some vendors want to be asked more than once. Returns
     * once the vendor has taken the order, long before the server is up.
     */
    ProviderServer create(ServerSpec serverSpec);

    /** Asks to switch a server; one that is so already is fine. */
    ProviderTask power(String id, PowerAction powerAction);

    /** Ends a server and all on it for good; one that is gone already is fine. */
    void delete(String id);

    /** How far a task is. */
    Progress progress(ProviderTask providerTask);
}

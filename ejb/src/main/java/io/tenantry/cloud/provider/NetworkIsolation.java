package io.tenantry.cloud.provider;

/**
 * A provider that can isolate a running server from its network, so that no traffic reaches it or leaves it. Firewalls of providers only add
 * permissions, and those of other owners must not be changed; a server behind another owner's firewall is therefore refused, and left as it is.
 */
public interface NetworkIsolation {
    /** The name of our firewall, of which an account has one for all its servers, where the provider isolates by firewalls. */
    String FIREWALL = "tenantry-cut-off";

    /** The reachability of a server. */
    enum Reachability {
        /** Not isolated by us. */
        CONNECTED,
        /** In transition, or isolated by us while another firewall permits traffic. */
        PARTIAL,
        /** No traffic reaches it or leaves it. */
        ISOLATED
    }

    /**
     * Requests the isolation. Idempotent.
     *
     * @throws ProviderFailure INVALID also if another owner's firewall permits traffic to it
     */
    ProviderTask cutOff(String serverId);

    /** Requests the end of the isolation, which may have ended already. Idempotent. */
    ProviderTask reconnect(String serverId);

    /** Returns the current state, which also shows the result of a request whose response was lost. */
    Reachability reach(String serverId);
}

package io.tenantry.cloud.provider;

/**
 * A vendor that can cut a server off from its network, while it runs on as it is: nothing gets there from outside, and nothing from there.
 * Firewalls of vendors only ever let more through, and those of others are none of our business; so a server that is behind one of somebody
 * else is refused, and left as it is.
 */
public interface NetworkIsolation {
    /** What our firewall is called, of which an account has one for all its servers, where the vendor does it by firewalls. */
    String FIREWALL = "tenantry-cut-off";

    /** How a server stands with its network. */
    enum Reach {
        /** It is reached as far as we are concerned. */
        OPEN,
        /** On the way from one to the other, or cut off by us and let through by others. */
        BETWEEN,
        /** Nothing gets there or away. */
        CUT
    }

    /**
     * Asks to cut it off. Twice is as good as once.
     *
     * @throws ProviderFailure INVALID also if somebody else lets traffic through to it
     */
    ProviderTask cutOff(String serverId);

    /** Asks to give its network back; of one that has it that is fine. Twice is as good as once. */
    ProviderTask reconnect(String serverId);

    /** How it is now: also what came of a question whose answer was lost. */
    Reach reach(String serverId);
}

package io.tenantry.web.http;

import io.tenantry.config.NetworkBlocks;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The headers in which proxies describe a request that they pass on. Clients can send the same headers, and most proxies append to existing
 * ones: only the values that our own proxies added count, so the last address that is not a proxy's. A host or a port is never taken from them,
 * and {@code Forwarded} (RFC 7239) is not read.
 */
final class Forwarded {
    private static final int HOPS_MAX = 20;

    private final NetworkBlocks proxies;

    Forwarded(NetworkBlocks proxies) {
        this.proxies = proxies;
    }

    /** Returns whether the headers of a peer are trusted. */
    boolean isBelieved(InetAddress peer) {
        return proxies.contains(peer);
    }

    /**
     * Returns the address of a request's client.
     *
     * @param peer the sender of the request to this server, a proxy of ours
     * @param forwardedFor the values of {@code X-Forwarded-For} in their order
     * @return the last address that is not a proxy's; if there is none, or it cannot be parsed, the farthest known proxy
     */
    InetAddress client(InetAddress peer, List<String> forwardedFor) {
        var hops = Arrays.asList(String.join(",", forwardedFor).split(",", -1));
        Collections.reverse(hops);
        var farthest = peer;
        for (var hop : hops.subList(0, Math.min(hops.size(), HOPS_MAX))) {
            var address = address(hop.strip());
            if (address.isEmpty()) {
                return farthest;
            }
            farthest = address.get();
            if (!proxies.contains(farthest)) {
                return farthest;
            }
        }
        return farthest;
    }

    /** Returns whether the nearest proxy states that clients reach it by https. */
    static boolean isSecure(List<String> forwardedProto) {
        var all = String.join(",", forwardedProto).split(",", -1);
        return all[all.length - 1].strip().equalsIgnoreCase("https");
    }

    /** Parses an address; some proxies add the port: {@code 192.0.2.1:443}, {@code [2001:db8::1]:443}. */
    private static Optional<InetAddress> address(String hop) {
        if (hop.startsWith("[")) {
            var end = hop.indexOf(']');
            return end < 0 ? Optional.empty() : NetworkBlocks.address(hop.substring(1, end));
        }
        var colon = hop.indexOf(':');
        var hasPort = colon >= 0 && colon == hop.lastIndexOf(':');
        return NetworkBlocks.address(hasPort ? hop.substring(0, colon) : hop);
    }
}

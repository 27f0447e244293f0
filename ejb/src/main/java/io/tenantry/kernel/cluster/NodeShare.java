package io.tenantry.kernel.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.zip.CRC32C;

/**
 * The part of the work that a node does first, by rendezvous hashing: each key belongs to one of the live nodes, and if a node comes or goes only
 * its keys change. Others may do the work too; a node merely has what it needs for its own share in its caches.
 */
public final class NodeShare {
    private final String node;
    private final Collection<String> alive;

    /**
     * Creates a share.
     *
     * @param node the node's name
     * @param alive the names of all live nodes; a node that is not among them has the same share as if it were alone
     */
    public NodeShare(String node, Collection<String> alive) {
        this.node = node;
        this.alive = alive;
    }

    /** Whether the key belongs to this node. */
    public boolean contains(String key) {
        return alive.stream()
                .max(Comparator.<String>comparingLong(one -> weight(one, key)).thenComparing(one -> one))
                .map(node::equals)
                .filter(isOwn -> alive.contains(node))
                .orElse(true);
    }

    private static long weight(String node, String key) {
        var hash = new CRC32C();
        hash.update((node + '\n' + key).getBytes(StandardCharsets.UTF_8));
        // CRCs are linear: those of two nodes would differ by the same bits for every key.
        var mixed = hash.getValue() * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (mixed ^ (mixed >>> 32)) >>> 1;
    }
}

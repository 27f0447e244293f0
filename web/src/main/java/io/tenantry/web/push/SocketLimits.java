package io.tenantry.web.push;

import io.tenantry.people.identity.NetworkAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.websocket.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Limits the open sockets of this node, whatever they are for: by session, and by network address, since a person may have any number of
 * sessions. A socket costs memory and a connection as long as its client likes.
 */
@ApplicationScoped
public class SocketLimits {
    /** The limit per network address, for all paths together; it may be that of an office with many people. */
    static final int OF_ADDRESS_MAX = 1_000;

    private final Map<Session, List<String>> open = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /**
     * Counts a socket until {@link #leave}.
     *
     * @param path the path of its endpoint
     * @param ofSessionMax how many a session may have there
     * @return false if there are too many; the socket is not counted and must be closed
     */
    public synchronized boolean enter(Session socket, String path, UUID sessionId, int ofSessionMax, String address) {
        var ofSession = path + " " + sessionId;
        var ofAddress = NetworkAddress.network(address);
        if (counts.getOrDefault(ofSession, 0) >= ofSessionMax
                || counts.getOrDefault(ofAddress, 0) >= OF_ADDRESS_MAX
                || open.putIfAbsent(socket, List.of(ofSession, ofAddress)) != null) {
            return false;
        }
        counts.merge(ofSession, 1, Integer::sum);
        counts.merge(ofAddress, 1, Integer::sum);
        return true;
    }

    /** Forgets a closed socket; any other changes nothing. */
    public synchronized void leave(Session socket) {
        open.getOrDefault(socket, List.of())
                .forEach(subject -> counts.computeIfPresent(subject, (any, count) -> count > 1 ? count - 1 : null));
        open.remove(socket);
    }
}

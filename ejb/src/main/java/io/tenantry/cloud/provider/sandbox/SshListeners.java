package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.sandbox.shell.Files;
import io.tenantry.cloud.provider.sandbox.shell.SimulatedHost;
import io.tenantry.kernel.ssh.Ed25519;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.session.SessionContext;

/**
 * The listeners of all servers: each has its own port, and all belong to one SSH server, which identifies the target by the address of the
 * connection. A server without sessions thus costs only a socket. A listener stays open while its server is down, but clients are then
 * disconnected.
 */
final class SshListeners implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SshListeners.class.getName());
    private static final String FALLBACK = "127.0.0.1";
    private static final int VISITS_MAX = 300;
    private static final int IDLE_SECONDS = 10;

    /** What is behind a listener. */
    record ListenerTarget(
            KeyPair hostKey,
            Predicate<PublicKey> key,
            Predicate<String> password,
            SimulatedHost box,
            Files files,
            Runnable keep,
            Consumer<PowerAction> power) {}

    static {
        Ed25519.use();
    }

    private final Function<String, Optional<ListenerTarget>> houses;
    private final Map<InetSocketAddress, String> ids = new HashMap<>();
    private final Map<InetSocketAddress, String> additionalAddresses = new HashMap<>();
    private final ThreadPoolExecutor visits = new ThreadPoolExecutor(
            0, VISITS_MAX, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), SshListeners::daemon);
    private Optional<EmbeddedSshServer> gate = Optional.empty();
    private boolean isClosed;

    /** @param houses by the ID of a server; empty while it is not running */
    SshListeners(Function<String, Optional<ListenerTarget>> houses) {
        this.houses = houses;
    }

    /**
     * Opens a listener, if it is closed.
     *
     * @param address the wanted address; another of this machine if that one is unavailable
     * @param port the wanted port; 0 for any
     */
    synchronized InetSocketAddress open(String id, String address, int port) {
        for (var one : ids.entrySet()) {
            if (one.getValue().equals(id)) {
                return one.getKey();
            }
        }
        var where = bind(address, port)
                .or(() -> bind(address, 0))
                .or(() -> bind(FALLBACK, 0))
                .orElseThrow(() -> new ProviderFailure(Reason.PROVIDER_ERROR, "there is no port for server " + id));
        ids.put(where, id);
        return where;
    }

    /** Opens another listener of the same server, if it is closed; if that address is unavailable, there is none. */
    synchronized void openToo(String id, String address, int port) {
        if (additionalAddresses.keySet().stream().noneMatch(one -> isAt(one, address))) {
            bind(address, port).ifPresent(where -> additionalAddresses.put(where, id));
        }
    }

    /** Closes all listeners of a server and disconnects its clients. */
    void shut(String id) {
        synchronized (this) {
            shutAll(ids, entry -> entry.getValue().equals(id));
            shutAll(additionalAddresses, entry -> entry.getValue().equals(id));
        }
        hangUp(id);
    }

    /** Closes an additional listener and disconnects its clients. */
    void shut(String id, String address) {
        Optional<EmbeddedSshServer> now;
        synchronized (this) {
            shutAll(additionalAddresses, entry -> entry.getValue().equals(id) && isAt(entry.getKey(), address));
            now = gate;
        }
        now.ifPresent(one -> one.throwOut(
                session -> session.getLocalAddress() instanceof InetSocketAddress here && isAt(here, address)));
    }

    private void shutAll(
            Map<InetSocketAddress, String> accessData, Predicate<Map.Entry<InetSocketAddress, String>> which) {
        var closed = accessData.entrySet().stream()
                .filter(which)
                .map(Map.Entry::getKey)
                .toList();
        gate.ifPresent(one -> closed.forEach(one::unbind));
        accessData.keySet().removeAll(closed);
    }

    private static boolean isAt(InetSocketAddress where, String address) {
        return where.getAddress().getHostAddress().equals(address);
    }

    /** Disconnects the clients of a server. */
    void hangUp(String id) {
        Optional<EmbeddedSshServer> now;
        synchronized (this) {
            now = gate;
        }
        now.ifPresent(
                one -> one.throwOut(session -> id(session).filter(id::equals).isPresent()));
    }

    /** Returns what a client at an address reaches. */
    Optional<ListenerTarget> behind(SessionContext session) {
        return id(session).flatMap(houses);
    }

    @Override
    public void close() {
        Optional<EmbeddedSshServer> last;
        synchronized (this) {
            isClosed = true;
            last = gate;
            gate = Optional.empty();
            ids.clear();
            additionalAddresses.clear();
        }
        last.ifPresent(EmbeddedSshServer::end);
        visits.shutdownNow();
    }

    static String fingerprint(KeyPair pair) {
        return KeyUtils.getFingerPrint(pair.getPublic());
    }

    private Optional<String> id(SessionContext session) {
        synchronized (this) {
            return session.getLocalAddress() instanceof InetSocketAddress here
                    ? Optional.ofNullable(ids.get(here)).or(() -> Optional.ofNullable(additionalAddresses.get(here)))
                    : Optional.empty();
        }
    }

    private Optional<InetSocketAddress> bind(String address, int port) {
        try {
            return Optional.of(openGate().bind(new InetSocketAddress(InetAddress.getByAddress(bytes(address)), port)));
        } catch (IOException taken) {
            LOG.log(System.Logger.Level.DEBUG, "cannot listen at {0}: {1}", address, taken.getMessage());
            return Optional.empty();
        }
    }

    /** Parses four dotted numbers; any other text is never resolved. */
    private static byte[] bytes(String address) {
        var parts = address.split("\\.", -1);
        var bytes = new byte[parts.length];
        for (var i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }

    private EmbeddedSshServer openGate() throws IOException {
        if (isClosed) {
            throw new IOException("the sandbox is closed");
        }
        if (gate.isEmpty()) {
            gate = Optional.of(EmbeddedSshServer.start(this, visits));
        }
        return gate.get();
    }

    private static Thread daemon(Runnable visit) {
        var thread = Executors.defaultThreadFactory().newThread(visit);
        thread.setName("sandbox-visit");
        thread.setDaemon(true);
        return thread;
    }
}

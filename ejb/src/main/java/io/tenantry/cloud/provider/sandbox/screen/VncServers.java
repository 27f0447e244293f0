package io.tenantry.cloud.provider.sandbox.screen;

import io.tenantry.cloud.provider.VncConsole.Vnc;
import io.tenantry.cloud.provider.sandbox.shell.SimulatedHost;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The screens that are shown: each has its own port and password until it is hidden. */
public final class VncServers implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(VncServers.class.getName());
    private static final String PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int PASSWORD_LENGTH = 8;
    private static final int THREADS_MAX = 200;
    private static final int IDLE_SECONDS = 10;

    private final Function<String, Optional<SimulatedHost>> boxes;
    private final Map<String, Monitor> monitors = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, THREADS_MAX, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), VncServers::daemon);

    /** A screen that is shown, and its viewers. */
    private record Monitor(ServerSocket accessData, String password, Set<Socket> viewers) {}

    /** @param boxes by the ID of a server; empty while it is not running */
    public VncServers(Function<String, Optional<SimulatedHost>> boxes) {
        this.boxes = boxes;
    }

    /** Shows a server's screen; idempotent. */
    public synchronized Vnc show(String id) {
        var known = monitors.computeIfAbsent(id, unknown -> begin(id));
        return new Vnc(
                known.accessData().getInetAddress().getHostAddress(),
                known.accessData().getLocalPort(),
                known.password(),
                Optional.empty());
    }

    /** Hides a server's screen and disconnects its viewers. */
    public void hide(String id) {
        Monitor known;
        synchronized (this) {
            known = monitors.remove(id);
        }
        if (known != null) {
            close(known);
        }
    }

    @Override
    public void close() {
        Set<String> all;
        synchronized (this) {
            all = Set.copyOf(monitors.keySet());
        }
        all.forEach(this::hide);
        threads.shutdownNow();
    }

    private Monitor begin(String id) {
        try {
            var accessData = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var monitor = new Monitor(accessData, newPassword(), new HashSet<>());
            if (!isTaken(() -> welcome(id, monitor))) {
                accessData.close();
                throw new IOException("too many open screens");
            }
            return monitor;
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private void welcome(String id, Monitor monitor) {
        while (!monitor.accessData().isClosed()) {
            try {
                var viewer = monitor.accessData().accept();
                if (!enter(monitor, viewer) || !isTaken(() -> serve(id, monitor, viewer))) {
                    leave(monitor, viewer);
                    viewer.close();
                }
            } catch (IOException over) {
                LOG.log(System.Logger.Level.DEBUG, "no more viewers of server={0}: {1}", id, over.getMessage());
            }
        }
    }

    /** Whether it is still shown; the kernel may accept a connection while the socket is being closed. */
    private static boolean enter(Monitor monitor, Socket viewer) {
        synchronized (monitor.viewers()) {
            return !monitor.accessData().isClosed() && monitor.viewers().add(viewer);
        }
    }

    private boolean isTaken(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    private void serve(String id, Monitor monitor, Socket viewer) {
        try (viewer;
                var in = new DataInputStream(new BufferedInputStream(viewer.getInputStream()));
                var out = new DataOutputStream(new BufferedOutputStream(viewer.getOutputStream()))) {
            var box = boxes.apply(id);
            if (box.isPresent()) {
                new VncSession(in, out, new LoginScreen(box.get()))
                        .go(monitor.password(), box.get().hostname());
            }
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "a viewer of server={0} disconnected: {1}", id, gone.getMessage());
        } finally {
            leave(monitor, viewer);
        }
    }

    private static void leave(Monitor monitor, Socket viewer) {
        synchronized (monitor.viewers()) {
            monitor.viewers().remove(viewer);
        }
    }

    private static void close(Monitor monitor) {
        try {
            monitor.accessData().close();
            Set<Socket> viewers;
            synchronized (monitor.viewers()) {
                viewers = Set.copyOf(monitor.viewers());
            }
            for (var viewer : viewers) {
                viewer.close();
            }
        } catch (IOException late) {
            LOG.log(System.Logger.Level.DEBUG, "a screen did not stop cleanly: {0}", late.getMessage());
        }
    }

    private String newPassword() {
        var password = new StringBuilder();
        for (var i = 0; i < PASSWORD_LENGTH; i++) {
            password.append(PASSWORD_LETTERS.charAt(random.nextInt(PASSWORD_LETTERS.length())));
        }
        return password.toString();
    }

    private static Thread daemon(Runnable work) {
        var thread = Executors.defaultThreadFactory().newThread(work);
        thread.setName("sandbox-screen");
        thread.setDaemon(true);
        return thread;
    }
}

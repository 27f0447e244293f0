package io.tenantry.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;

/** TCP ports on the loopback address. */
public final class Ports {
    private static final Logger LOG = Logger.getLogger(Ports.class.getName());

    /**
     * The lowest port to try. The range is below the ports that operating systems assign to outgoing connections (Linux from 32768, macOS and
     * Windows from 49152). One of those may be taken by any connection before its server listens; and a connection to it may be assigned the
     * same port, and so connect to itself.
     */
    private static final int LOWEST = 15_000;

    private static final int BEYOND = 32_768;
    private static final int ATTEMPTS = 200;

    private Ports() {}

    /** Returns a port on which no process listens now, and that is not assigned to outgoing connections. */
    public static int free() {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            try {
                bind(port);
                return port;
            } catch (IOException taken) {
                LOG.log(Level.FINE, "port " + port + " is in use", taken);
            }
        }
        throw new StartupException("no free port on the loopback address among " + ATTEMPTS + " from " + LOWEST);
    }

    /**
     * Checks that a port is not in use.
     *
     * @param what the purpose of the port, for the message
     * @param option how the caller can choose another one
     */
    public static void requireFree(int port, String what, String option) {
        if (port < 1 || port > 65535) {
            throw new StartupException(
                    "port " + port + " for " + what + " is not between 1 and 65535; set " + option + " to one that is");
        }
        try {
            bind(port);
        } catch (IOException e) {
            throw new StartupException(
                    "port " + port + " for " + what + " is in use; stop what uses it, or choose another with " + option,
                    e);
        }
    }

    private static void bind(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }
}

package io.tenantry.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports on the loopback address. */
public final class Ports {
    private Ports() {}

    /** A port that nobody listens on now. Another program may still take it before it is used. */
    public static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ServerProblem("no free port on the loopback address: " + e.getMessage(), e);
        }
    }

    /**
     * Refuses a port that is in use.
     *
     * @param what what the port is for, as the message shall name it
     * @param option how the caller can choose another one
     */
    public static void requireFree(int port, String what, String option) {
        if (port < 1 || port > 65535) {
            throw new ServerProblem(
                    "port " + port + " for " + what + " is not between 1 and 65535; set " + option + " to one that is");
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new ServerProblem(
                    "port " + port + " for " + what + " is in use; stop what uses it, or choose another with " + option,
                    e);
        }
    }
}

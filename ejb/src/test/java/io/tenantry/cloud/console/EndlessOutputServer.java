package io.tenantry.cloud.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A server that sends endless output to each client, for as long as it is read. */
final class EndlessOutputServer implements AutoCloseable {
    /** Far more than all buffers between two programs hold. */
    static final long ENDLESS = 64L * 1_024 * 1_024;

    private static final int PIECE = 16 * 1_024;

    private final ServerSocket serverSocket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final AtomicLong sent = new AtomicLong();

    EndlessOutputServer() throws IOException {
        var sender = new Thread(this::sendEndlessly, "flood");
        sender.setDaemon(true);
        sender.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(serverSocket.getInetAddress(), serverSocket.getLocalPort());
    }

    /** Returns the amount sent once it stops growing or reaches the limit. */
    long sentOnceStalled() {
        var before = -1L;
        var now = sent.get();
        while (now != before && now < ENDLESS) {
            before = now;
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            now = sent.get();
        }
        return now;
    }

    @Override
    public void close() throws IOException {
        serverSocket.close();
    }

    private void sendEndlessly() {
        try (var client = serverSocket.accept()) {
            var piece = new byte[PIECE];
            while (sent.get() < ENDLESS) {
                client.getOutputStream().write(piece);
                sent.addAndGet(PIECE);
            }
        } catch (IOException gone) {
            // The reader has disconnected.
        }
    }
}

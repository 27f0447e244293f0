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

    private final ServerSocket accessData = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final AtomicLong stated = new AtomicLong();

    EndlessOutputServer() throws IOException {
        var talking = new Thread(this::talk, "flood");
        talking.setDaemon(true);
        talking.start();
    }

    InetSocketAddress where() {
        return new InetSocketAddress(accessData.getInetAddress(), accessData.getLocalPort());
    }

    /** Returns the amount sent once it stops growing or reaches the limit. */
    long settled() {
        var before = -1L;
        var now = stated.get();
        while (now != before && now < ENDLESS) {
            before = now;
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            now = stated.get();
        }
        return now;
    }

    @Override
    public void close() throws IOException {
        accessData.close();
    }

    private void talk() {
        try (var visitor = accessData.accept()) {
            var piece = new byte[PIECE];
            while (stated.get() < ENDLESS) {
                visitor.getOutputStream().write(piece);
                stated.addAndGet(PIECE);
            }
        } catch (IOException gone) {
            // The reader has disconnected.
        }
    }
}

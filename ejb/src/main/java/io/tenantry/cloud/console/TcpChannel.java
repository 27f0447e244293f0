package io.tenantry.cloud.console;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A plain connection. During the handshake ({@link HandshakeChannel}), a thread waits for each message; from {@link #begin} on, none does. It
 * reads only as much as may be buffered here, so that the server waits for a slow page.
 */
final class TcpChannel implements ServerChannel, HandshakeChannel {
    static final int WAITING_MAX = 128 * 1_024;

    private static final System.Logger LOG = System.getLogger(TcpChannel.class.getName());
    private static final int PIECE_MAX = 16 * 1_024;

    private final AsynchronousSocketChannel channel;
    private final Console console;
    private final long greetedUntil;
    private long mayRead = WAITING_MAX;
    private boolean isReading;

    private TcpChannel(AsynchronousSocketChannel channel, Console console, long greetedUntil) {
        this.channel = channel;
        this.console = console;
        this.greetedUntil = greetedUntil;
    }

    /**
     * Connects.
     *
     * @param waitMax timeout for connecting and handshake together
     */
    static TcpChannel open(AsynchronousChannelGroup threads, InetSocketAddress to, Console console, Duration waitMax)
            throws IOException {
        var until = System.nanoTime() + waitMax.toNanos();
        var channel = AsynchronousSocketChannel.open(threads);
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            await(channel.connect(to), until);
            return new TcpChannel(channel, console, until);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public byte[] take(int count) throws IOException {
        var buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (await(channel.read(buffer), greetedUntil) < 0) {
                throw new EOFException("the server closed the connection");
            }
        }
        return buffer.array();
    }

    @Override
    public void give(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            await(channel.write(buffer), greetedUntil);
        }
    }

    /** Starts reading. */
    void begin() {
        readMore();
    }

    @Override
    public void send(byte[] bytes, Consumer<Boolean> sent) {
        write(ByteBuffer.wrap(bytes), sent);
    }

    @Override
    public void release(long bytes) {
        synchronized (this) {
            mayRead += bytes;
        }
        readMore();
    }

    @Override
    public void resize(TerminalSize terminalSize) {
        // The server determines the size of a screen.
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException late) {
            LOG.log(System.Logger.Level.DEBUG, "a connection was already closed: {0}", late.getMessage());
        }
    }

    private void readMore() {
        int most;
        synchronized (this) {
            if (isReading || mayRead <= 0) {
                return;
            }
            isReading = true;
            most = (int) Math.min(PIECE_MAX, mayRead);
        }
        var buffer = ByteBuffer.allocate(most);
        try {
            channel.read(buffer, buffer, new ReadHandler());
        } catch (RuntimeException gone) {
            console.over(ConsoleEndReason.CONNECTION_LOST);
        }
    }

    private void write(ByteBuffer rest, Consumer<Boolean> sent) {
        try {
            channel.write(rest, rest, new WriteHandler(sent));
        } catch (RuntimeException gone) {
            sent.accept(false);
        }
    }

    private static <T> T await(Future<T> future, long until) throws IOException {
        try {
            return future.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed);
        } catch (TimeoutException late) {
            throw new IOException("the server is too slow", late);
        }
    }

    /** Passes on what was read, and reads on as far as allowed. */
    private final class ReadHandler implements CompletionHandler<Integer, ByteBuffer> {
        @Override
        public void completed(Integer count, ByteBuffer buffer) {
            if (count < 0) {
                console.over(ConsoleEndReason.CONNECTION_LOST);
                return;
            }
            synchronized (TcpChannel.this) {
                isReading = false;
                mayRead -= count;
            }
            var bytes = new byte[count];
            buffer.flip().get(bytes);
            console.heard(bytes);
            readMore();
        }

        @Override
        public void failed(Throwable failure, ByteBuffer buffer) {
            console.over(ConsoleEndReason.CONNECTION_LOST);
        }
    }

    /** Continues until everything is sent. */
    private final class WriteHandler implements CompletionHandler<Integer, ByteBuffer> {
        private final Consumer<Boolean> sent;

        WriteHandler(Consumer<Boolean> sent) {
            this.sent = sent;
        }

        @Override
        public void completed(Integer count, ByteBuffer rest) {
            if (rest.hasRemaining()) {
                write(rest, sent);
            } else {
                sent.accept(true);
            }
        }

        @Override
        public void failed(Throwable failure, ByteBuffer rest) {
            sent.accept(false);
        }
    }
}

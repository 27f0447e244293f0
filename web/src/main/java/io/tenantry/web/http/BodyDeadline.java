package io.tenantry.web.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * A time limit that ends a request whose body does not arrive in time, with 408. The listener's own timeout counts from one byte to the next,
 * so a client that sends few bytes would occupy a worker for hours. The time counts from the moment when the body is first read: processing
 * before or after that, a long response and a WebSocket, which has no body, are not affected.
 */
final class BodyDeadline {
    /** The minimum transfer rate of a connection, in bytes per second. */
    private static final long BYTES_A_SECOND = 50 * 1024;

    private final Duration least;
    private final long bytesMax;

    /**
     * Sets the time limits.
     *
     * @param least the minimum for any body, however small
     * @param bytesMax the size of the largest body, which is assumed for a body of unknown length
     */
    BodyDeadline(Duration least, long bytesMax) {
        this.least = least;
        this.bytesMax = bytesMax;
    }

    /** Returns how long a body may take. */
    Duration allowed(long bytes) {
        var counted = bytes < 0 ? bytesMax : Math.min(bytes, bytesMax);
        return least.plusSeconds(counted / BYTES_A_SECOND);
    }

    /** Wraps a handler so that the bodies of its requests have a deadline. */
    HttpHandler around(HttpHandler next) {
        return exchange -> {
            if (!exchange.isRequestComplete()) {
                exchange.addRequestWrapper((factory, asked) ->
                        new DeadlineConduit(factory.create(), asked, allowed(asked.getRequestContentLength())));
            }
            next.handleRequest(exchange);
        };
    }

    /**
     * A conduit whose timeout fails in the thread that reads, which then no longer waits; any further read of the request fails too, so its
     * connection is closed.
     */
    private static final class DeadlineConduit extends AbstractStreamSourceConduit<StreamSourceConduit> {
        private final HttpServerExchange exchange;
        private final Duration allowed;
        private final long begin = System.nanoTime();
        private boolean isReported;
        private boolean isWhole;

        DeadlineConduit(StreamSourceConduit next, HttpServerExchange exchange, Duration allowed) {
            super(next);
            this.exchange = exchange;
            this.allowed = allowed;
        }

        private long nanosLeft() {
            return allowed.toNanos() - (System.nanoTime() - begin);
        }

        private void inspect() throws IOException {
            if (isWhole || nanosLeft() > 0) {
                return;
            }
            if (!isReported) {
                isReported = true;
                if (!exchange.isResponseStarted()) {
                    exchange.setPersistent(false);
                    exchange.addResponseCommitListener(late -> late.setStatusCode(StatusCodes.REQUEST_TIME_OUT));
                }
            }
            throw new IOException("the request body did not arrive within " + allowed);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            inspect();
            var count = next.read(target);
            isWhole = count < 0;
            return count;
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
            inspect();
            var count = next.read(targets, offset, length);
            isWhole = count < 0;
            return count;
        }

        @Override
        public long transferTo(long position, long count, FileChannel target) throws IOException {
            inspect();
            return next.transferTo(position, count, target);
        }

        @Override
        public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
            inspect();
            return next.transferTo(count, through, target);
        }

        @Override
        public void awaitReadable() throws IOException {
            next.awaitReadable(Math.max(1, nanosLeft()), TimeUnit.NANOSECONDS);
        }

        @Override
        public void awaitReadable(long time, TimeUnit unit) throws IOException {
            next.awaitReadable(Math.max(1, Math.min(unit.toNanos(time), nanosLeft())), TimeUnit.NANOSECONDS);
        }
    }
}

package io.tenantry.web.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * An extension that protects workers from clients that do not read their responses. A worker that cannot write waits for its client: only a few
 * workers may wait for one address, and half of all workers in total, and a response of which nothing is read for a while is aborted. A client
 * that reads slowly but steadily receives everything. Beyond these shares a response may wait for a moment in total, then its connection is
 * closed. The listener's timeout ({@code write-timeout}) is longer, and has no shares.
 */
public class SlowReaders implements ServletExtension {
    private static final Duration STALL_MAX = Duration.ofSeconds(15);
    private static final Duration WITHOUT_SHARE_MAX = Duration.ofSeconds(1);
    private static final int OF_ADDRESS_MAX = 8;

    private final Duration stallMax;
    private final Duration withoutShareMax;
    private final Shares waiting = new Shares();

    /** Creates the extension with its default limits. */
    public SlowReaders() {
        this(STALL_MAX, WITHOUT_SHARE_MAX);
    }

    /**
     * Creates the extension with other limits.
     *
     * @param stallMax how long nothing of a response may be read
     * @param withoutShareMax how long a response beyond the shares may wait in total
     */
    SlowReaders(Duration stallMax, Duration withoutShareMax) {
        this.stallMax = stallMax;
        this.withoutShareMax = withoutShareMax;
    }

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(this::around);
    }

    HttpHandler around(HttpHandler next) {
        return exchange -> {
            exchange.addResponseWrapper((factory, asked) -> new MonitoredConduit(factory.create(), asked));
            next.handleRequest(exchange);
        };
    }

    /** Returns how many workers wait. */
    long waiting() {
        return waiting.total();
    }

    private boolean take(HttpServerExchange exchange, String network) {
        var workers = exchange.getConnection().getWorker().getMXBean().getMaxWorkerPoolSize();
        var all = Math.max(1, workers / 2);
        var each = Math.min(OF_ADDRESS_MAX, Math.max(1, all / 2));
        return waiting.take(network, 1, each, all) == Shares.Outcome.TAKEN;
    }

    /** Used by one thread at a time: first the worker's, then, when the request is done, the connection's, which never waits. */
    private final class MonitoredConduit extends AbstractStreamSinkConduit<StreamSinkConduit> {
        private final HttpServerExchange exchange;
        private long stalledNanos;
        private long withoutShareNanos;

        MonitoredConduit(StreamSinkConduit next, HttpServerExchange exchange) {
            super(next);
            this.exchange = exchange;
        }

        private long wrote(long bytes) {
            if (bytes > 0) {
                stalledNanos = 0;
            }
            return bytes;
        }

        private void await(long nanosMax) throws IOException {
            var network = BodyBuffers.network(exchange);
            var isShared = take(exchange, network);
            var begin = System.nanoTime();
            try {
                var left = isShared ? stallMax.toNanos() - stalledNanos : withoutShareMax.toNanos() - withoutShareNanos;
                if (left <= 0) {
                    IoUtils.safeClose(exchange.getConnection());
                    throw new IOException("the client does not read the response");
                }
                next.awaitWritable(Math.min(left, nanosMax), TimeUnit.NANOSECONDS);
            } finally {
                var waited = System.nanoTime() - begin;
                stalledNanos += waited;
                if (isShared) {
                    waiting.give(network, 1);
                } else {
                    withoutShareNanos += waited;
                }
            }
        }

        @Override
        public void awaitWritable() throws IOException {
            await(Long.MAX_VALUE);
        }

        @Override
        public void awaitWritable(long time, TimeUnit unit) throws IOException {
            await(unit.toNanos(time));
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return (int) wrote(next.write(source));
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
            return wrote(next.write(sources, offset, length));
        }

        @Override
        public int writeFinal(ByteBuffer source) throws IOException {
            return (int) wrote(next.writeFinal(source));
        }

        @Override
        public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
            return wrote(next.writeFinal(sources, offset, length));
        }

        @Override
        public long transferFrom(FileChannel source, long position, long count) throws IOException {
            return wrote(next.transferFrom(source, position, count));
        }

        @Override
        public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) throws IOException {
            return wrote(next.transferFrom(source, count, through));
        }
    }
}

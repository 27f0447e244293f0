package io.tenantry.web.http;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * A reader of one body as its bytes arrive, until a worker can take the request. Runs in the connection's thread, except for {@link #release}.
 */
final class BodyReading {
    private final HttpServerExchange exchange;
    private final BodyBuffers owner;
    private final AtomicReference<@Nullable BodyReading> current;
    private final String network;
    private final List<PooledByteBuffer> buffers = new ArrayList<>();
    private XnioExecutor.@Nullable Key timer;
    private boolean isOver;
    private long bytesTaken;
    private boolean isLargeTaken;
    private boolean isReleased;

    /**
     * Creates the reader of a request's body.
     *
     * @param current the connection's reference to the body that is being read
     */
    BodyReading(HttpServerExchange exchange, BodyBuffers owner, AtomicReference<@Nullable BodyReading> current) {
        this.exchange = exchange;
        this.owner = owner;
        this.current = current;
        this.network = BodyBuffers.network(exchange);
    }

    /** Reads immediately if bytes are available, otherwise when they arrive. */
    void begin(Duration allowed) throws Exception {
        current.set(this);
        exchange.addExchangeCompleteListener(this::completed);
        FormEncoding.inspect(exchange);
        var channel = exchange.getRequestChannel();
        var then = read(channel);
        if (then.isPresent()) {
            isOver = true;
            then.get().handleRequest(exchange);
            return;
        }
        timer = exchange.getIoThread()
                .executeAfter(
                        () -> proceed(channel, refused(EarlyAnswer.LATE)), allowed.toMillis(), TimeUnit.MILLISECONDS);
        channel.getReadSetter().set(readable -> {
            if (!isOver) {
                read(channel).ifPresent(next -> proceed(channel, next));
            }
        });
        channel.resumeReads();
    }

    private void proceed(StreamSourceChannel channel, HttpHandler then) {
        if (isOver) {
            return;
        }
        isOver = true;
        if (timer != null) {
            timer.remove();
        }
        channel.getReadSetter().set(null);
        channel.suspendReads();
        Connectors.executeRootHandler(then, exchange);
    }

    /** Reads the available bytes; returns the next handler of the request, or empty if more bytes are needed. */
    private synchronized Optional<HttpHandler> read(StreamSourceChannel channel) {
        try {
            while (!isReleased) {
                if (buffers.isEmpty() || !last().getBuffer().hasRemaining()) {
                    var answer = grow();
                    if (answer.isPresent()) {
                        return answer;
                    }
                }
                var count = channel.read(last().getBuffer());
                if (count == 0) {
                    return Optional.empty();
                }
                if (count < 0) {
                    return Optional.of(ready());
                }
            }
            return Optional.of(BodyReading::broken);
        } catch (IOException e) {
            // The client is disconnected, or the data is not a valid body: either way nothing that follows on the
            // connection can be read.
            release();
            return Optional.of(BodyReading::broken);
        }
    }

    private PooledByteBuffer last() {
        return buffers.get(buffers.size() - 1);
    }

    /** Allocates one more buffer, unless the limit is reached. */
    private Optional<HttpHandler> grow() {
        var connection = exchange.getConnection();
        var size = connection.getBufferSize();
        if (bytesTaken + size > BodyBuffers.BYTES_MAX) {
            var outcome =
                    owner.takeLarge(network, connection.getWorker().getMXBean().getMaxWorkerPoolSize());
            isLargeTaken = outcome == Shares.Outcome.TAKEN;
            return Optional.of(isLargeTaken ? ready() : refused(outcome));
        }
        var outcome = owner.takeBytes(network, size);
        if (outcome != Shares.Outcome.TAKEN) {
            return Optional.of(refused(outcome));
        }
        bytesTaken += size;
        buffers.add(connection.getByteBufferPool().allocate());
        return Optional.empty();
    }

    /** Restarts the request with the bytes that were read. */
    private HttpHandler ready() {
        if (last().getBuffer().position() == 0) {
            buffers.remove(buffers.size() - 1).close();
        }
        buffers.forEach(buffer -> buffer.getBuffer().flip());
        var read = buffers.toArray(PooledByteBuffer[]::new);
        buffers.clear();
        FormEncoding.passOn(exchange);
        return ready -> {
            if (read.length > 0) {
                Connectors.ungetRequestBytes(ready, read);
            }
            Connectors.resetRequestChannel(ready);
            owner.next().handleRequest(ready);
        };
    }

    private HttpHandler refused(Shares.Outcome outcome) {
        return refused(outcome == Shares.Outcome.HOLDER_FULL ? EarlyAnswer.TOO_MANY_OF_ADDRESS : EarlyAnswer.TOO_MANY);
    }

    private HttpHandler refused(EarlyAnswer answer) {
        return refused -> {
            release();
            answer.handleRequest(refused);
        };
    }

    private static void broken(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        exchange.setStatusCode(StatusCodes.BAD_REQUEST);
        exchange.endExchange();
    }

    private void completed(HttpServerExchange ended, ExchangeCompletionListener.NextListener others) {
        release();
        current.compareAndSet(this, null);
        others.proceed();
    }

    /** Releases all buffers and reservations, once, when the request or its connection ends. */
    synchronized void release() {
        if (isReleased) {
            return;
        }
        isReleased = true;
        buffers.forEach(IoUtils::safeClose);
        buffers.clear();
        if (bytesTaken > 0) {
            owner.giveBytes(network, bytesTaken);
        }
        if (isLargeTaken) {
            owner.giveLarge(network);
        }
    }
}

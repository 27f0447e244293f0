package io.tenantry.web.http;

import io.tenantry.people.identity.NetworkAddress;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A handler that waits for bodies without a thread. A worker receives a request when its body has arrived; with a large body when a substantial
 * part has arrived, and then only as many such requests at once as leave workers for others. So clients that send slowly occupy sockets and
 * some memory, which is limited too, but never all workers. Runs in the thread of the connection, before a request is passed to a worker.
 */
final class BodyBuffers implements HttpHandler {
    /** The number of bytes that are read before a worker must read the rest. */
    static final int BYTES_MAX = 256 * 1024;

    private static final int LARGE_OF_ADDRESS_MAX = 8;

    /** The divisor that yields one address's share of the memory for bodies that are being read. */
    private static final int ADDRESS_PART = 8;

    private static final AttachmentKey<AtomicReference<@Nullable BodyReading>> CURRENT =
            AttachmentKey.create(AtomicReference.class);

    private final HttpHandler next;
    private final BodyDeadline deadline;
    private final long memory;
    private final Shares bytes = new Shares();
    private final Shares large = new Shares();

    /**
     * Creates a handler that waits for bodies before the next handler.
     *
     * @param memory how many bytes of bodies are kept at once
     */
    BodyBuffers(HttpHandler next, BodyDeadline deadline, long memory) {
        this.next = next;
        this.deadline = deadline;
        this.memory = memory;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        // A body that is larger than allowed cannot be read at all: its reader is rejected.
        if (exchange.isRequestComplete() || isTooLarge(exchange)) {
            next.handleRequest(exchange);
        } else if (exchange.isInIoThread()) {
            new BodyReading(exchange, this, current(exchange.getConnection()))
                    .begin(deadline.allowed(exchange.getRequestContentLength()));
        } else {
            exchange.dispatch(exchange.getIoThread(), this);
        }
    }

    private static boolean isTooLarge(HttpServerExchange exchange) {
        return exchange.getMaxEntitySize() > 0 && exchange.getRequestContentLength() > exchange.getMaxEntitySize();
    }

    /**
     * Returns the body that is being read on a connection. Closing a connection does not always end its exchange, and the buffers it holds must
     * never be lost.
     */
    private static AtomicReference<@Nullable BodyReading> current(ServerConnection connection) {
        var known = connection.getAttachment(CURRENT);
        if (known != null) {
            return known;
        }
        var current = new AtomicReference<@Nullable BodyReading>();
        connection.putAttachment(CURRENT, current);
        connection.addCloseListener(closed -> {
            var reading = current.getAndSet(null);
            if (reading != null) {
                reading.release();
            }
        });
        return current;
    }

    HttpHandler next() {
        return next;
    }

    Shares.Outcome takeBytes(String network, long amount) {
        return bytes.take(network, amount, Math.max(amount, memory / ADDRESS_PART), memory);
    }

    void giveBytes(String network, long amount) {
        bytes.give(network, amount);
    }

    /** Reserves a worker for a large body; large bodies may use half of all workers. */
    Shares.Outcome takeLarge(String network, int workers) {
        var all = Math.max(1, workers / 2);
        return large.take(network, 1, Math.min(LARGE_OF_ADDRESS_MAX, Math.max(1, all / 2)), all);
    }

    void giveLarge(String network) {
        large.give(network, 1);
    }

    /** Returns how many large bodies workers are reading. */
    long placesTaken() {
        return large.total();
    }

    long bytesTaken() {
        return bytes.total();
    }

    static String network(HttpServerExchange exchange) {
        var source = exchange.getSourceAddress();
        return source == null || source.getAddress() == null
                ? ""
                : NetworkAddress.network(source.getAddress().getHostAddress());
    }
}

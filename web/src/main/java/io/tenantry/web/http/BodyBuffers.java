package io.tenantry.web.http;

import io.tenantry.people.identity.NetworkAddress;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Waits for bodies without a thread. A worker gets a request when its body is there; of a large one when a good piece is there, and then no more such
 * requests at once than leave workers for others. So clients that send slowly keep sockets and some memory, which is limited too, and never all
 * workers. Runs in the thread of the connection, before a request is given to a worker.
 */
final class BodyBuffers implements HttpHandler {
    /** What is read before a worker has to read the rest. */
    static final int BYTES_MAX = 256 * 1024;

    private static final int LARGE_OF_ADDRESS_MAX = 8;

    /** For what is being read of an address, one part in so many of what there is for all. */
    private static final int ADDRESS_PART = 8;

    private static final AttachmentKey<AtomicReference<@Nullable BodyReading>> CURRENT =
            AttachmentKey.create(AtomicReference.class);

    private final HttpHandler next;
    private final BodyDeadline deadline;
    private final long memory;
    private final Shares bytes = new Shares();
    private final Shares large = new Shares();

    /**
     * Waits before a handler.
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
        // One that is larger than allowed cannot be read at all: its reader is refused.
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

    /** What is being read of a connection. Closing one does not always end its exchange, and what it holds must never be lost. */
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

    /** Half of the workers in all. */
    Shares.Outcome takeLarge(String network, int workers) {
        var all = Math.max(1, workers / 2);
        return large.take(network, 1, Math.min(LARGE_OF_ADDRESS_MAX, Math.max(1, all / 2)), all);
    }

    void giveLarge(String network) {
        large.give(network, 1);
    }

    /** How many large bodies workers are reading. */
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

package io.tenantry.web.edge;

import io.tenantry.identity.NetworkAddress;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.RequestBufferingHandler;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * Keeps slow bodies from taking all workers. A small body is taken in without a worker, which is asked once it is there as a whole. Larger ones, those without
 * a length and those that wait for {@code 100 Continue} hold a worker while they arrive, so only some of one network and those that take half of the workers are let in; more are
 * refused with 503 at once.
 */
final class BodyAdmission {
    /** Of 16 KiB each, as the server has them. */
    private static final int BUFFERS = 16;

    private static final String RETRY_AFTER_SECONDS = "5";
    private static final AttachmentKey<Boolean> IS_HERE = AttachmentKey.create(Boolean.class);

    private final LongFunction<Duration> allowed;
    private final int ofOneNetwork;
    private final Map<String, Integer> networks = new HashMap<>();
    private int all;

    /**
     * Sets the limits.
     *
     * @param allowed how long a body of so many bytes may take
     * @param ofOneNetwork how many large bodies may arrive at once from one network
     */
    BodyAdmission(LongFunction<Duration> allowed, int ofOneNetwork) {
        this.allowed = allowed;
        this.ofOneNetwork = ofOneNetwork;
    }

    /** In front of all that needs a worker. */
    HttpHandler buffering(HttpHandler next) {
        return exchange -> {
            if (exchange.isRequestComplete() || !isSmall(exchange)) {
                next.handleRequest(exchange);
                return;
            }
            var deadline = deadline(exchange);
            new RequestBufferingHandler(
                            whole -> {
                                deadline.remove();
                                whole.putAttachment(IS_HERE, true);
                                next.handleRequest(whole);
                            },
                            BUFFERS)
                    .handleRequest(exchange);
        };
    }

    /** Whether something of its body may still come. */
    static boolean isArriving(HttpServerExchange exchange) {
        return !exchange.isRequestComplete() && exchange.getAttachment(IS_HERE) == null;
    }

    private static boolean isSmall(HttpServerExchange exchange) {
        var length = exchange.getRequestContentLength();
        return length >= 0
                && length <= (long) BUFFERS * exchange.getConnection().getBufferSize()
                && !HttpContinue.requiresContinueResponse(exchange);
    }

    /** Nobody reads in this time, so nobody else would notice that it is over. */
    private XnioExecutor.Key deadline(HttpServerExchange exchange) {
        var time = allowed.apply(exchange.getRequestContentLength());
        return exchange.getIoThread()
                .executeAfter(() -> end(exchange, StatusCodes.REQUEST_TIME_OUT), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Where the address of the client is known; on a worker. */
    HttpHandler counting(HttpHandler next) {
        return exchange -> {
            if (!isArriving(exchange)) {
                next.handleRequest(exchange);
                return;
            }
            var network = NetworkAddress.network(
                    exchange.getSourceAddress().getAddress().getHostAddress());
            if (!enter(network, workers(exchange) / 2)) {
                exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_AFTER_SECONDS);
                end(exchange, StatusCodes.SERVICE_UNAVAILABLE);
                return;
            }
            exchange.addExchangeCompleteListener((ended, following) -> {
                leave(network);
                following.proceed();
            });
            next.handleRequest(exchange);
        };
    }

    private static int workers(HttpServerExchange exchange) {
        return exchange.getConnection().getWorker().getMXBean().getMaxWorkerPoolSize();
    }

    private synchronized boolean enter(String network, int atOnce) {
        var here = networks.getOrDefault(network, 0);
        if (all >= atOnce || here >= ofOneNetwork) {
            return false;
        }
        networks.put(network, here + 1);
        all++;
        return true;
    }

    private synchronized void leave(String network) {
        networks.computeIfPresent(network, (known, here) -> here > 1 ? here - 1 : null);
        all--;
    }

    /** Answers, and closes the connection: the rest of the body is not waited for. */
    private static void end(HttpServerExchange exchange, int status) {
        if (exchange.isResponseStarted()) {
            IoUtils.safeClose(exchange.getConnection());
            return;
        }
        exchange.setPersistent(false);
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.setResponseContentLength(0);
        exchange.getResponseSender().close(new Closing());
    }

    private static final class Closing implements IoCallback {
        @Override
        public void onComplete(HttpServerExchange exchange, Sender sender) {
            IoUtils.safeClose(exchange.getConnection());
        }

        @Override
        public void onException(HttpServerExchange exchange, Sender sender, IOException failure) {
            IoUtils.safeClose(exchange.getConnection());
        }
    }
}

package io.tenantry.web.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * A handler that gives a request a worker only if its reseller leaves enough of them to the others. The rest waits for a moment without a thread,
 * and is then rejected. Of those that wait, the reseller with the fewest workers is next, and of several the one that waits longest. A worker is taken for as long as it is busy with a
 * request, also while it waits for a slow body or a slow reader; a WebSocket takes one for its handshake only.
 *
 * <p>Requests to the platform's host have workers that no reseller can take.
 */
final class WorkerTurns implements HttpHandler {
    /** The holder of requests to the platform's host. */
    static final String PLATFORM = "the platform";

    /** The holder of requests to hosts that are nobody's. */
    static final String NOBODY = "unknown hosts";

    static final Limits LIMITS = new Limits(500, 2_000, Duration.ofSeconds(10));

    private static final System.Logger LOG = System.getLogger(WorkerTurns.class.getName());
    private static final long LOG_EVERY = TimeUnit.MINUTES.toNanos(1);

    private final HttpHandler next;
    private final Function<HttpServerExchange, String> holders;
    private final Limits limits;
    private final Shares resellers = new Shares();
    private final Shares platform = new Shares();
    private final Map<String, Deque<Turn>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> busy = new HashMap<>();
    private final AtomicLong logged = new AtomicLong(System.nanoTime() - LOG_EVERY);
    private int waitingTotal;
    private long lastNumber;

    /**
     * How many requests may wait.
     *
     * @param each of one reseller
     * @param all in total
     * @param patience for how long
     */
    record Limits(int each, int all, Duration patience) {}

    /**
     * Creates a handler in front of the next.
     *
     * @param holders whose workers a request takes
     */
    WorkerTurns(HttpHandler next, Function<HttpServerExchange, String> holders, Limits limits) {
        this.next = next;
        this.holders = holders;
        this.limits = limits;
    }

    /** A request that waits. */
    private static final class Turn {
        private final HttpServerExchange exchange;
        private final String holder;
        private long number;
        private XnioExecutor.@Nullable Key timer;

        Turn(HttpServerExchange exchange, String holder) {
            this.exchange = exchange;
            this.holder = holder;
        }

        private void work(HttpHandler worker) {
            if (timer != null) {
                timer.remove();
            }
            exchange.dispatch(worker);
        }
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (exchange.getRequestPath().equals(Health.PATH)) {
            next.handleRequest(exchange);
            return;
        }
        var holder = holders.apply(exchange);
        if (!isTaken(exchange, holder)) {
            // When this call has returned: until then another thread must not continue the request.
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> queue(new Turn(exchange, holder)));
        } else if (exchange.isInIoThread()) {
            exchange.dispatch(worker(holder));
        } else {
            worker(holder).handleRequest(exchange);
        }
    }

    private HttpHandler worker(String holder) {
        return exchange -> {
            try {
                next.handleRequest(exchange);
            } finally {
                release(holder);
            }
        };
    }

    private synchronized boolean isTaken(HttpServerExchange exchange, String holder) {
        var workers = exchange.getConnection().getWorker().getMXBean().getMaxWorkerPoolSize();
        var outcome = holder.equals(PLATFORM)
                ? platform.take(holder, 1, each(workers), workers)
                : resellers.take(holder, 1, each(workers), all(workers));
        if (outcome != Shares.Outcome.TAKEN) {
            return false;
        }
        busy.merge(holder, 1, Integer::sum);
        return true;
    }

    /** A reseller has five eighths: more than slow bodies and slow readers together may wait in, which is half. */
    static int each(int workers) {
        return Math.max(1, workers * 5 / 8);
    }

    /** All resellers leave an eighth to the platform. */
    static int all(int workers) {
        return Math.max(1, workers * 7 / 8);
    }

    private void queue(Turn turn) {
        switch (enqueued(turn)) {
            case TAKEN -> turn.work(worker(turn.holder));
            case ALL_FULL -> refuse(turn);
            case HOLDER_FULL -> {
                // It waits.
            }
        }
    }

    /** Returns TAKEN if a worker has become free, HOLDER_FULL if the request waits, and ALL_FULL if too many do. */
    private synchronized Shares.Outcome enqueued(Turn turn) {
        if (isTaken(turn.exchange, turn.holder)) {
            return Shares.Outcome.TAKEN;
        }
        var own = waiting.computeIfAbsent(turn.holder, first -> new ArrayDeque<>());
        if (own.size() >= limits.each() || waitingTotal >= limits.all()) {
            forgetIfEmpty(turn.holder, own);
            return Shares.Outcome.ALL_FULL;
        }
        own.add(turn);
        turn.number = ++lastNumber;
        waitingTotal++;
        turn.timer = turn.exchange
                .getIoThread()
                .executeAfter(() -> giveUp(turn), limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        return Shares.Outcome.HOLDER_FULL;
    }

    private void giveUp(Turn turn) {
        if (isRemoved(turn)) {
            refuse(turn);
        }
    }

    private synchronized boolean isRemoved(Turn turn) {
        var own = waiting.get(turn.holder);
        if (own == null || !own.remove(turn)) {
            return false;
        }
        waitingTotal--;
        forgetIfEmpty(turn.holder, own);
        return true;
    }

    private void forgetIfEmpty(String holder, Deque<Turn> own) {
        if (own.isEmpty()) {
            waiting.remove(holder);
        }
    }

    private void refuse(Turn turn) {
        var now = System.nanoTime();
        var before = logged.get();
        if (now - before >= LOG_EVERY && logged.compareAndSet(before, now)) {
            LOG.log(Level.WARNING, "requests of {0} are refused: its workers are busy", turn.holder);
        }
        turn.exchange.dispatch(turn.exchange.getIoThread(), EarlyAnswer.BUSY);
    }

    /** One more request can continue at most: the others that wait are kept back by other limits. */
    private void release(String holder) {
        released(holder).ifPresent(turn -> turn.work(worker(turn.holder)));
    }

    private synchronized Optional<Turn> released(String holder) {
        (holder.equals(PLATFORM) ? platform : resellers).give(holder, 1);
        busy.computeIfPresent(holder, (name, had) -> had > 1 ? had - 1 : null);
        var turn = waiting.values().stream()
                .map(Deque::element)
                .sorted(Comparator.comparingInt((Turn first) -> busy.getOrDefault(first.holder, 0))
                        .thenComparingLong(first -> first.number))
                .filter(first -> isTaken(first.exchange, first.holder))
                .findFirst();
        return turn.filter(this::isRemoved);
    }

    /** Returns how many requests wait. */
    synchronized int waiting() {
        return waitingTotal;
    }
}

package io.tenantry.web.cloud.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The sockets of this node that have presented no console token yet: they have a few seconds for that. */
@ApplicationScoped
public class UnopenedConsoles {
    /** A page has its token before it opens the socket, and presents it at once. */
    static final Duration TOKEN_MAX = Duration.ofSeconds(10);

    private final Map<ConsoleSocket, Long> waiting = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** For the container. */
    public UnopenedConsoles() {
        this(System::nanoTime);
    }

    UnopenedConsoles(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void add(ConsoleSocket page) {
        waiting.put(page, nanos.getAsLong());
    }

    void remove(ConsoleSocket page) {
        waiting.remove(page);
    }

    /** Closes sockets whose time is over. */
    public void check() {
        var now = nanos.getAsLong();
        waiting.forEach((page, since) -> {
            if (now - since > TOKEN_MAX.toNanos()) {
                remove(page);
                page.close(ConsoleCloseCodes.NO_TICKET);
            }
        });
    }
}

package io.tenantry.documents.mail;

import io.tenantry.kernel.push.Signal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Outboxes to be processed by this node: those with a signal about a new email or notification, and those with emails to be retried. Missed
 * signals are covered by processing all outboxes from time to time, so that not every tenant has to be polled all the time.
 */
@ApplicationScoped
public class OutboxSchedule {
    private static final Duration EACH = Duration.ofMinutes(5);

    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private Instant all = Instant.MIN;

    void heard(@Observes Signal signal) {
        if (signal.kind() == Signal.Kind.MAIL || signal.kind() == Signal.Kind.NOTIFICATION) {
            due.put(signal.schema(), Instant.MIN);
        }
    }

    /** Whether it is time to process all outboxes; if so, schedules the next time. */
    synchronized boolean isTimeForAll(Instant now) {
        if (now.isBefore(all)) {
            return false;
        }
        all = now.plus(EACH);
        return true;
    }

    /** Whether to process this outbox; if so, removes it until the next signal. */
    boolean take(Sender sender, Instant now) {
        var schema = sender.scope().schema();
        var at = due.get(schema);
        return at != null && !now.isBefore(at) && due.remove(schema, at);
    }

    /** Schedules a sender for later, unless there is a signal before. */
    void later(Sender sender, Optional<Instant> at) {
        at.ifPresent(
                time -> due.merge(sender.scope().schema(), time, (one, other) -> one.isBefore(other) ? one : other));
    }
}

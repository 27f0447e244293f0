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
 * Whose outbox this node has to look at: of whom it heard that a mail waits or somebody was told something, and who has mails left for later.
 * What was said while nobody heard is found by looking at all of them now and then; so nobody has to ask every tenant all the time.
 */
@ApplicationScoped
public class OutboxSchedule {
    private static final Duration EACH = Duration.ofMinutes(5);

    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private Instant all = Instant.MIN;

    void heard(@Observes Signal signal) {
        if (signal.kind() == Signal.Kind.MAIL || signal.kind() == Signal.Kind.NOTICE) {
            due.put(signal.schema(), Instant.MIN);
        }
    }

    /** Whether it is time to look at everybody; then the next time is later. */
    synchronized boolean isTimeForAll(Instant now) {
        if (now.isBefore(all)) {
            return false;
        }
        all = now.plus(EACH);
        return true;
    }

    /** Whether to look at this one; then it is forgotten until something is heard again. */
    boolean take(Sender sender, Instant now) {
        var schema = sender.scope().schema();
        var at = due.get(schema);
        return at != null && !now.isBefore(at) && due.remove(schema, at);
    }

    /** There is something left for later, unless something is heard before. */
    void later(Sender sender, Optional<Instant> at) {
        at.ifPresent(
                time -> due.merge(sender.scope().schema(), time, (one, other) -> one.isBefore(other) ? one : other));
    }
}

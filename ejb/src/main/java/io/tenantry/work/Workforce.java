package io.tenantry.work;

import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.LogContext;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.text.InputText;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Claims work items and lets the worker of their kind do them, one after the other, until nothing is due. It has no transaction of its own
 * and may end anywhere; any number of them may be at it on any node.
 */
@Dependent
public class Workforce {
    private static final System.Logger LOG = System.getLogger(Workforce.class.getName());
    private static final int ERROR_MAX = 1_000;

    private final WorkQueue queue;
    private final Map<String, Worker> workers = new TreeMap<>();
    private final Consumer<WorkParked> parked;

    @Inject
    Workforce(WorkQueue queue, @Any Instance<Worker> workers, Event<WorkParked> parked) {
        this(queue, workers, parked::fire);
    }

    /** For use outside a container. */
    public Workforce(WorkQueue queue, Iterable<Worker> workers, Consumer<WorkParked> parked) {
        this.queue = queue;
        this.parked = parked;
        for (var worker : workers) {
            var other = this.workers.putIfAbsent(worker.kind(), worker);
            if (other != null) {
                throw new IllegalStateException("two workers for " + worker.kind());
            }
        }
    }

    /**
     * Works until nothing is due.
     *
     * @param goesOn asked between any two items; on false it stops
     * @return how many items it had in hand
     */
    public int work(BooleanSupplier goesOn) {
        var items = 0;
        while (!workers.isEmpty() && goesOn.getAsBoolean()) {
            var claimed = queue.claim(workers.keySet());
            if (claimed.isEmpty()) {
                break;
            }
            var work = claimed.get();
            try (var logged = LogContext.with("work", String.valueOf(work.id()))) {
                attempt(work).ifPresent(outcome -> finish(work, outcome));
            }
            items++;
        }
        return items;
    }

    /**
     * Lets the worker have its turn. Whoever died over an item wrote nothing back: one that kills its workers must not be given to the
     * next for ever.
     *
     * @return empty if somebody else has it by now
     */
    private Optional<Outcome> attempt(Work work) {
        if (work.attempt() > WorkQueue.ATTEMPTS_MAX) {
            return Optional.of(Outcome.unclear("nobody who worked on it said how it ended"));
        }
        var worker = Objects.requireNonNull(workers.get(work.kind()));
        try (var acting = Actors.enter(Actor.system(work.kind()))) {
            return Optional.of(Tenancy.in(work.tenant(), () -> worker.work(work)));
        } catch (WorkTaken taken) {
            LOG.log(System.Logger.Level.WARNING, taken.getMessage());
            return Optional.empty();
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "work in vain tenant=" + work.tenant() + " item=" + work, failure);
            return Optional.of(Outcome.inVain(rootMessage(failure)));
        }
    }

    private void finish(Work work, Outcome outcome) {
        try {
            if (outcome instanceof Outcome.Later later) {
                queue.later(work, later.pause());
            } else if (outcome instanceof Outcome.InVain inVain) {
                inVain(work, inVain);
            } else if (outcome instanceof Outcome.Unclear unclear) {
                park(work, unclear.why());
            } else {
                queue.done(work);
            }
        } catch (RuntimeException unreachable) {
            LOG.log(System.Logger.Level.WARNING, "the lease of work item " + work.id() + " will run out", unreachable);
        }
    }

    private void inVain(Work work, Outcome.InVain outcome) {
        if (work.attempt() >= WorkQueue.ATTEMPTS_MAX) {
            park(work, outcome.error());
        } else {
            queue.inVain(work, plain(outcome.error()), outcome.pauseMin().orElse(Duration.ZERO));
        }
    }

    private void park(Work work, String why) {
        if (queue.park(work, plain(why))) {
            LOG.log(System.Logger.Level.ERROR, "work parked tenant=" + work.tenant() + " item=" + work + ": " + why);
            tell(new WorkParked(work, plain(why)));
        }
    }

    /** Whoever hears of it must not stop the work. */
    private void tell(WorkParked event) {
        try {
            parked.accept(event);
        } catch (RuntimeException unheard) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "nobody was told of work item " + event.work().id(),
                    unheard);
        }
    }

    /** What a vendor said may be long, and may hold what the database does not keep. */
    private static String plain(String text) {
        var line = InputText.foreignLine(text);
        return InputText.cut(line, ERROR_MAX);
    }

    private static String rootMessage(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}

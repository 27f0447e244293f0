package io.tenantry.workqueue;

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
 * Claims work items and passes them to the handler of their kind, one after the other, until nothing is due. It opens no transaction and may
 * end anywhere; any number of workers may run on any node.
 */
@Dependent
public class WorkerPool {
    private static final System.Logger LOG = System.getLogger(WorkerPool.class.getName());
    private static final int ERROR_MAX = 1_000;

    private final WorkQueue queue;
    private final Map<String, WorkHandler> workers = new TreeMap<>();
    private final Consumer<WorkParked> parked;

    @Inject
    WorkerPool(WorkQueue queue, @Any Instance<WorkHandler> workers, Event<WorkParked> parked) {
        this(queue, workers, parked::fire);
    }

    /** For use outside a container. */
    public WorkerPool(WorkQueue queue, Iterable<WorkHandler> workers, Consumer<WorkParked> parked) {
        this.queue = queue;
        this.parked = parked;
        for (var workHandler : workers) {
            var other = this.workers.putIfAbsent(workHandler.kind(), workHandler);
            if (other != null) {
                throw new IllegalStateException("two handlers for " + workHandler.kind());
            }
        }
    }

    /**
     * Works until nothing is due.
     *
     * @param goesOn checked between any two items; stops when false
     * @return the number of items processed
     */
    public int work(BooleanSupplier goesOn) {
        return work(goesOn, claimed -> {});
    }

    /**
     * Works until nothing is due.
     *
     * @param goesOn checked between any two items; stops when false
     * @param begins receives each item before it is processed
     * @return the number of items processed
     */
    public int work(BooleanSupplier goesOn, Consumer<ClaimedWorkItem> begins) {
        var items = 0;
        while (!workers.isEmpty() && goesOn.getAsBoolean()) {
            var claimed = queue.claim(workers.keySet());
            if (claimed.isEmpty()) {
                break;
            }
            var claimedWorkItem = claimed.get();
            begins.accept(claimedWorkItem);
            try (var logged = LogContext.with("work", String.valueOf(claimedWorkItem.id()))) {
                attempt(claimedWorkItem).ifPresent(workOutcome -> finish(claimedWorkItem, workOutcome));
            }
            items++;
        }
        return items;
    }

    /**
     * Runs the handler once. A worker that died over an item wrote nothing back: an item that kills its workers must not be passed on forever.
     *
     * @return empty if another worker holds it by now
     */
    private Optional<WorkOutcome> attempt(ClaimedWorkItem claimedWorkItem) {
        if (claimedWorkItem.attempt() > WorkQueue.ATTEMPTS_MAX) {
            return Optional.of(WorkOutcome.unclear("every attempt ended without a result"));
        }
        var workHandler = Objects.requireNonNull(workers.get(claimedWorkItem.kind()));
        try (var actorScope = Actors.enter(Actor.system(claimedWorkItem.kind()))) {
            return Optional.of(Tenancy.in(claimedWorkItem.tenant(), () -> workHandler.work(claimedWorkItem)));
        } catch (WorkItemLostException taken) {
            LOG.log(System.Logger.Level.WARNING, taken.getMessage());
            return Optional.empty();
        } catch (RuntimeException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "work item failed tenant=" + claimedWorkItem.tenant() + " item=" + claimedWorkItem,
                    failure);
            return Optional.of(WorkOutcome.failed(rootMessage(failure)));
        }
    }

    private void finish(ClaimedWorkItem claimedWorkItem, WorkOutcome workOutcome) {
        try {
            if (workOutcome instanceof WorkOutcome.Reschedule reschedule) {
                queue.later(claimedWorkItem, reschedule.pause());
            } else if (workOutcome instanceof WorkOutcome.Failed failed) {
                failed(claimedWorkItem, failed);
            } else if (workOutcome instanceof WorkOutcome.Indeterminate indeterminate) {
                park(claimedWorkItem, indeterminate.why());
            } else {
                queue.done(claimedWorkItem);
            }
        } catch (RuntimeException unreachable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the lease of work item " + claimedWorkItem.id() + " will expire",
                    unreachable);
        }
    }

    private void failed(ClaimedWorkItem claimedWorkItem, WorkOutcome.Failed outcome) {
        if (claimedWorkItem.attempt() >= WorkQueue.ATTEMPTS_MAX) {
            park(claimedWorkItem, outcome.error());
        } else {
            queue.failed(
                    claimedWorkItem, plain(outcome.error()), outcome.pauseMin().orElse(Duration.ZERO));
        }
    }

    private void park(ClaimedWorkItem claimedWorkItem, String why) {
        if (queue.park(claimedWorkItem, plain(why))) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "work item parked tenant=" + claimedWorkItem.tenant() + " item=" + claimedWorkItem + ": " + why);
            sendAlert(new WorkParked(claimedWorkItem, plain(why)));
        }
    }

    /** A failing observer must not stop the work. */
    private void sendAlert(WorkParked event) {
        try {
            parked.accept(event);
        } catch (RuntimeException unheard) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "no notification of work item " + event.claimedWorkItem().id(),
                    unheard);
        }
    }

    /** A provider's message may be long, and may contain characters that the database cannot store. */
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

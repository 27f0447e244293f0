package io.tenantry.cloud.provider;

import io.tenantry.cloud.provider.Progress.Stage;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A resize in steps, for providers that resize a server only while it is off, and may leave it off. Each query of the progress takes the next
 * step: shut down, power off if the shutdown is ignored, resize, power on again. The state is read from the server and its actions, so any node
 * may continue, and two at once do no harm: one of them is refused as busy.
 *
 * @param up whether the server was running, and so must run afterwards
 * @param since when the resize was requested
 * @param first the ID of its first action; later ones have higher IDs
 */
public record OfflineResize(String serverId, String size, boolean up, Instant since, long first) {
    private static final String KIND = "resize";
    private static final Duration SHUTDOWN_MAX = Duration.ofMinutes(2);
    private static final int PARTS = 6;

    /**
     * The provider's names of the relevant actions.
     *
     * @param field the field of an action that contains its name
     */
    public record ActionNames(String field, String change, String on) {}

    /** A requested action, by the provider's name, and its result. */
    public record CompletedAction(String word, Stage stage) {}

    /** The present state of a server, and the actions requested since. */
    public record ObservedState(
            ActionNames words, String size, boolean off, boolean locked, List<CompletedAction> since) {
        private boolean isBusy() {
            return locked || since.stream().anyMatch(one -> one.stage() == Stage.RUNNING);
        }

        private boolean isChange(Stage stage) {
            return since.contains(new CompletedAction(words.change(), stage));
        }

        private boolean isSwitchedOn() {
            return since.stream().anyMatch(one -> one.word().equals(words.on()));
        }

        private boolean hasStayedOff() {
            return since.contains(new CompletedAction(words.on(), Stage.FAILED));
        }
    }

    /** The operations required of a provider. */
    public interface Operations {
        /** Returns the server, and its actions from that ID on. */
        ObservedState inspect(String serverId, long first);

        /** Switches the server regardless of its state, and returns the ID of the action. */
        long turn(String serverId, PowerAction powerAction);

        /** Resizes the server, and returns the ID of the action. */
        long change(String serverId, String size);
    }

    /** Takes the first step. */
    public static ProviderTask begin(Operations operations, Clock clock, String serverId, String size, boolean up) {
        var since = clock.instant();
        var first = up ? operations.turn(serverId, PowerAction.SHUT_DOWN) : operations.change(serverId, size);
        return new OfflineResize(serverId, size, up, since, first).task();
    }

    /** Whether a task is an offline resize. */
    public static boolean is(ProviderTask providerTask) {
        return providerTask.id().startsWith(KIND + ":");
    }

    /**
     * Parses the ID of a task.
     *
     * @throws ProviderFailure INVALID if it is not an offline resize
     */
    public static OfflineResize of(ProviderTask providerTask) {
        var parts = providerTask.id().split(":", -1);
        if (parts.length != PARTS) {
            throw new ProviderFailure(Reason.INVALID, "unknown task: " + providerTask.id());
        }
        var since = Instant.ofEpochSecond(ProviderHttp.number(parts[4]));
        return new OfflineResize(parts[1], parts[2], parts[3].equals("up"), since, ProviderHttp.number(parts[5]));
    }

    private ProviderTask task() {
        return new ProviderTask(String.join(
                ":",
                KIND,
                serverId,
                size,
                up ? "up" : "down",
                String.valueOf(since.getEpochSecond()),
                String.valueOf(first)));
    }

    /** Takes the next step. */
    public Progress step(Operations operations, Clock clock) {
        var observedState = operations.inspect(serverId, first);
        if (observedState.isBusy()) {
            return Progress.running(0);
        }
        if (observedState.size().equals(size) || observedState.isChange(Stage.DONE)) {
            return finish(operations, observedState);
        }
        if (observedState.isChange(Stage.FAILED) || observedState.isSwitchedOn()) {
            return fail(operations, observedState, "the size is unchanged");
        }
        if (observedState.off()) {
            return change(operations, observedState);
        }
        var late = clock.instant().isAfter(since.plus(SHUTDOWN_MAX));
        return late ? ask(() -> operations.turn(serverId, PowerAction.OFF)) : Progress.running(0);
    }

    private Progress finish(Operations operations, ObservedState observedState) {
        if (!observedState.off() || !up) {
            return Progress.done();
        }
        if (observedState.hasStayedOff()) {
            return Progress.failed("the server was resized, but not switched on");
        }
        return observedState.isSwitchedOn() ? Progress.done() : ask(() -> operations.turn(serverId, PowerAction.ON));
    }

    private Progress fail(Operations operations, ObservedState observedState, String words) {
        if (observedState.off() && up && !observedState.isSwitchedOn()) {
            ask(() -> operations.turn(serverId, PowerAction.ON));
        }
        return Progress.failed(words);
    }

    private Progress change(Operations operations, ObservedState observedState) {
        try {
            return ask(() -> operations.change(serverId, size));
        } catch (ProviderFailure refused) {
            if (refused.maybeDone() || (refused.isPassing() && refused.reason() != Reason.NO_CAPACITY)) {
                throw refused;
            }
            return fail(operations, observedState, String.valueOf(refused.getMessage()));
        }
    }

    /** Sends a request; one that is refused as busy is repeated by the next step. */
    private static Progress ask(Runnable step) {
        try {
            step.run();
        } catch (ProviderFailure refused) {
            if (refused.reason() != Reason.BUSY) {
                throw refused;
            }
        }
        return Progress.running(0);
    }
}

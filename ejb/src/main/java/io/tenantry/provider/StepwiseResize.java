package io.tenantry.provider;

import io.tenantry.provider.Progress.Stage;
import io.tenantry.provider.ProviderFailure.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Another size in steps, for vendors that change a server's size only while it is off, and may leave it off. So whoever asks how far it is
 * takes the next step: shut down, pull the plug if that is not heard, change, switch on again. Where it stands is read from the server and
 * its actions, so any node may go on, and two at once do no harm: one of them is refused as busy.
 *
 * @param up whether it ran, and so shall run afterwards
 * @param since when it was asked for
 * @param first number of its first action; later ones have higher numbers
 */
public record StepwiseResize(String serverId, String size, boolean up, Instant since, long first) {
    private static final String KIND = "resize";
    private static final Duration SHUTDOWN_MAX = Duration.ofMinutes(2);
    private static final int PARTS = 6;

    /** What a vendor is asked for. */
    public enum Step {
        SHUT_DOWN,
        OFF,
        CHANGE,
        ON,
        /** Something else that the vendor tells of; never asked for. */
        OTHER
    }

    /** What was asked of a server, and what came of it. */
    public record Done(Step step, Stage stage) {}

    /** A server now, and what was asked of it since. */
    public record Seen(String size, boolean off, boolean locked, List<Done> since) {
        private boolean has(Step step, Stage stage) {
            return since.contains(new Done(step, stage));
        }

        private boolean has(Step step) {
            return since.stream().anyMatch(one -> one.step() == step);
        }

        private boolean isBusy() {
            return locked || since.stream().anyMatch(one -> one.stage() == Stage.RUNNING);
        }
    }

    /** What it needs of a vendor. */
    public interface Hands {
        /** The server, and its actions from that number on. */
        Seen look(String serverId, long first);

        /** Asks for a step, and tells the number of its action. */
        long ask(String serverId, Step step, String size);
    }

    /** Takes the first step. */
    public static Task begin(Hands hands, Clock clock, String serverId, String size, boolean up) {
        var since = clock.instant();
        var first = hands.ask(serverId, up ? Step.SHUT_DOWN : Step.CHANGE, size);
        return new StepwiseResize(serverId, size, up, since, first).task();
    }

    /** Whether a task is one of these. */
    public static boolean is(Task task) {
        return task.id().startsWith(KIND + ":");
    }

    /** @throws ProviderFailure INVALID if it is none */
    public static StepwiseResize of(Task task) {
        var parts = task.id().split(":", -1);
        if (parts.length != PARTS) {
            throw new ProviderFailure(Reason.INVALID, "not a task of ours: " + task.id());
        }
        var since = Instant.ofEpochSecond(VendorApi.number(parts[4]));
        return new StepwiseResize(parts[1], parts[2], parts[3].equals("up"), since, VendorApi.number(parts[5]));
    }

    private Task task() {
        return new Task(String.join(
                ":",
                KIND,
                serverId,
                size,
                up ? "up" : "down",
                String.valueOf(since.getEpochSecond()),
                String.valueOf(first)));
    }

    /** Takes the next step. */
    public Progress step(Hands hands, Clock clock) {
        var seen = hands.look(serverId, first);
        if (seen.isBusy()) {
            return Progress.running(0);
        }
        if (seen.size().equals(size) || seen.has(Step.CHANGE, Stage.DONE)) {
            return finish(hands, seen);
        }
        if (seen.has(Step.CHANGE, Stage.FAILED) || seen.has(Step.ON)) {
            return fail(hands, seen, "the size has stayed as it was");
        }
        if (seen.off()) {
            return change(hands, seen);
        }
        var late = clock.instant().isAfter(since.plus(SHUTDOWN_MAX));
        return late ? ask(hands, Step.OFF) : Progress.running(0);
    }

    private Progress finish(Hands hands, Seen seen) {
        if (!seen.off() || !up) {
            return Progress.done();
        }
        if (seen.has(Step.ON, Stage.FAILED)) {
            return Progress.failed("it has its new size, but was not switched on");
        }
        return seen.has(Step.ON) ? Progress.done() : ask(hands, Step.ON);
    }

    private Progress fail(Hands hands, Seen seen, String words) {
        if (seen.off() && up && !seen.has(Step.ON)) {
            ask(hands, Step.ON);
        }
        return Progress.failed(words);
    }

    private Progress change(Hands hands, Seen seen) {
        try {
            return ask(hands, Step.CHANGE);
        } catch (ProviderFailure refused) {
            if (refused.maybeDone() || (refused.isPassing() && refused.reason() != Reason.NO_CAPACITY)) {
                throw refused;
            }
            return fail(hands, seen, String.valueOf(refused.getMessage()));
        }
    }

    private Progress ask(Hands hands, Step step) {
        try {
            hands.ask(serverId, step, size);
        } catch (ProviderFailure refused) {
            if (refused.reason() != Reason.BUSY) {
                throw refused;
            }
        }
        return Progress.running(0);
    }
}

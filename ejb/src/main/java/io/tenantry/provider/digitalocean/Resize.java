package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Fields;
import io.tenantry.provider.Progress;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Another size in steps. DigitalOcean changes a droplet's size only while it is off, and leaves it off; so whoever asks how far it is takes
 * the next step: shut down, pull the plug if that is not heard, change, switch on again. Where it stands is read from the droplet and its
 * actions, so any node may go on, and two at once do no harm: one of them is refused as busy.
 *
 * @param up whether it ran, and so shall run afterwards
 * @param since when it was asked for
 * @param first number of its first action; later ones have higher numbers
 */
record Resize(String dropletId, String size, boolean up, Instant since, long first) {
    private static final String KIND = "resize";
    private static final String POWER_ON = "power_on";
    private static final String POWER_OFF = "power_off";
    private static final Duration SHUTDOWN_MAX = Duration.ofMinutes(2);
    private static final int PARTS = 6;

    /** Whom it needs. */
    record Hands(Droplets droplets, Actions actions, Stock stock, Clock clock) {}

    static Task begin(Hands hands, String dropletId, String size) {
        var droplet = hands.droplets().get(dropletId);
        if (droplet.text("size_slug").equals(size)) {
            return Actions.NOTHING;
        }
        judge(hands.stock().sizes(), droplet, size);
        var up = droplet.text("status").equals("active");
        var action = up ? Actions.of("shutdown").build() : order(size);
        var since = hands.clock().instant();
        return new Resize(dropletId, size, up, since, hands.actions().begin(dropletId, action)).task();
    }

    static boolean is(Task task) {
        return task.id().startsWith(KIND + ":");
    }

    static Resize of(Task task) {
        var parts = task.id().split(":", -1);
        if (parts.length != PARTS) {
            throw new ProviderFailure(Reason.INVALID, "not a task of DigitalOcean: " + task.id());
        }
        return new Resize(
                parts[1],
                parts[2],
                parts[3].equals("up"),
                Instant.ofEpochSecond(Actions.number(parts[4])),
                Actions.number(parts[5]));
    }

    private Task task() {
        return new Task(String.join(
                ":",
                KIND,
                dropletId,
                size,
                up ? "up" : "down",
                String.valueOf(since.getEpochSecond()),
                String.valueOf(first)));
    }

    /** Takes the next step. */
    Progress step(Hands hands) {
        var droplet = hands.droplets().get(dropletId);
        var actions = new Done(hands.actions().since(dropletId, first));
        if (droplet.flag("locked") || actions.unfinished()) {
            return Progress.running(0);
        }
        var off = droplet.text("status").equals("off");
        if (droplet.text("size_slug").equals(size) || actions.has(KIND, Actions.COMPLETED)) {
            return finish(hands, actions, off);
        }
        if (actions.has(KIND, Actions.ERRORED) || actions.has(POWER_ON)) {
            return fail(hands, actions, off, "the size has stayed as it was");
        }
        if (off) {
            return change(hands, actions);
        }
        var late = hands.clock().instant().isAfter(since.plus(SHUTDOWN_MAX));
        return late ? ask(hands, Actions.of(POWER_OFF).build()) : Progress.running(0);
    }

    private Progress finish(Hands hands, Done actions, boolean off) {
        if (!off || !up) {
            return Progress.done();
        }
        if (actions.has(POWER_ON, Actions.ERRORED)) {
            return Progress.failed("it has its new size, but was not switched on");
        }
        return actions.has(POWER_ON)
                ? Progress.done()
                : ask(hands, Actions.of(POWER_ON).build());
    }

    private Progress fail(Hands hands, Done actions, boolean off, String words) {
        if (off && up && !actions.has(POWER_ON)) {
            ask(hands, Actions.of(POWER_ON).build());
        }
        return Progress.failed(words);
    }

    private Progress change(Hands hands, Done actions) {
        try {
            return ask(hands, order(size));
        } catch (ProviderFailure refused) {
            if (refused.maybeDone() || (refused.isPassing() && refused.reason() != Reason.NO_CAPACITY)) {
                throw refused;
            }
            return fail(hands, actions, true, String.valueOf(refused.getMessage()));
        }
    }

    private Progress ask(Hands hands, JsonObject action) {
        try {
            hands.actions().begin(dropletId, action);
        } catch (ProviderFailure refused) {
            if (refused.reason() != Reason.BUSY) {
                throw refused;
            }
        }
        return Progress.running(0);
    }

    /** With its disk, which is for good: a plan is sold with a disk, not only with cores and memory. */
    static JsonObject order(String size) {
        return Actions.of(KIND).add("size", size).add("disk", true).build();
    }

    /** Says before anything is shut down what DigitalOcean would say only afterwards. */
    private static void judge(List<Fields> sizes, Fields droplet, String wanted) {
        var size = sizes.stream()
                .filter(one -> one.text("slug").equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.INVALID, "no size " + wanted));
        if (size.whole("disk") < droplet.whole("disk")) {
            throw new ProviderFailure(Reason.INVALID, "the disk of a droplet cannot become smaller");
        }
        if (!size.flag("available")
                || !size.texts("regions").contains(droplet.in("region").text("slug"))) {
            throw new ProviderFailure(Reason.NO_CAPACITY, "size " + wanted + " is not sold in the droplet's region");
        }
    }

    /** The droplet's actions since. */
    private record Done(List<Fields> actions) {
        boolean unfinished() {
            return actions.stream().anyMatch(action -> action.text("status").equals(Actions.IN_PROGRESS));
        }

        boolean has(String type) {
            return actions.stream().anyMatch(action -> action.text("type").equals(type));
        }

        boolean has(String type, String status) {
            return actions.stream()
                    .anyMatch(action -> action.text("type").equals(type)
                            && action.text("status").equals(status));
        }
    }
}

package io.tenantry.provider.linode;

import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;

/** What a task waits for; its text says all that is needed, so that any node can ask on. */
sealed interface Job {
    /** The task as it is kept. */
    Task task();

    /** Nothing, since all was so already. */
    record Nothing() implements Job {
        private static final String TEXT = "done";

        @Override
        public Task task() {
            return new Task(TEXT);
        }
    }

    /**
     * An event.
     *
     * @param action in Linode's word, such as linode_boot
     * @param entity number of the server or volume
     * @param after number of the latest event before it
     */
    record Event(String action, String entity, long after) implements Job {
        private static final String WORD = "event";

        @Override
        public Task task() {
            return new Task(String.join(":", WORD, action, entity, String.valueOf(after)));
        }
    }

    /** A copy of a server's disks. */
    record Copy(String server, String backup) implements Job {
        private static final String WORD = "copy";

        @Override
        public Task task() {
            return new Task(String.join(":", WORD, server, backup));
        }
    }

    /**
     * The job of a task of ours.
     *
     * @throws ProviderFailure INVALID if it is none
     */
    static Job read(Task task) {
        var parts = task.id().split(":", -1);
        if (parts.length == 1 && parts[0].equals(Nothing.TEXT)) {
            return new Nothing();
        }
        if (parts.length == 4 && parts[0].equals(Event.WORD) && Ids.isOne(parts[2]) && Ids.isOne(parts[3])) {
            return new Event(parts[1], parts[2], Ids.number(parts[3]));
        }
        if (parts.length == 3 && parts[0].equals(Copy.WORD) && Ids.isOne(parts[1]) && Ids.isOne(parts[2])) {
            return new Copy(parts[1], parts[2]);
        }
        throw new ProviderFailure(Reason.INVALID, "not a task of Linode's: " + task.id());
    }
}

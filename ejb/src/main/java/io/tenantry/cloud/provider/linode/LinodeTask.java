package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;

/** What a task waits for; its text contains everything that is needed, so that any node can continue. */
sealed interface LinodeTask {
    /** Returns the task in its stored form. */
    ProviderTask task();

    /** Nothing: the requested state existed already. */
    record Nothing() implements LinodeTask {
        private static final String TEXT = "done";

        @Override
        public ProviderTask task() {
            return new ProviderTask(TEXT);
        }
    }

    /**
     * An event.
     *
     * @param action Linode's name of the action, such as linode_boot
     * @param entity the ID of the server or volume
     * @param after the ID of the latest event before it
     */
    record Event(String action, String entity, long after) implements LinodeTask {
        private static final String WORD = "event";

        @Override
        public ProviderTask task() {
            return new ProviderTask(String.join(":", WORD, action, entity, String.valueOf(after)));
        }
    }

    /** A copy of a server's disks. */
    record Copy(String server, String backup) implements LinodeTask {
        private static final String WORD = "copy";

        @Override
        public ProviderTask task() {
            return new ProviderTask(String.join(":", WORD, server, backup));
        }
    }

    /**
     * Parses a task.
     *
     * @throws ProviderFailure INVALID if it is not a Linode task
     */
    static LinodeTask read(ProviderTask providerTask) {
        var parts = providerTask.id().split(":", -1);
        if (parts.length == 1 && parts[0].equals(Nothing.TEXT)) {
            return new Nothing();
        }
        if (parts.length == 4
                && parts[0].equals(Event.WORD)
                && LinodeIds.isOne(parts[2])
                && LinodeIds.isOne(parts[3])) {
            return new Event(parts[1], parts[2], LinodeIds.number(parts[3]));
        }
        if (parts.length == 3 && parts[0].equals(Copy.WORD) && LinodeIds.isOne(parts[1]) && LinodeIds.isOne(parts[2])) {
            return new Copy(parts[1], parts[2]);
        }
        throw new ProviderFailure(Reason.INVALID, "not a Linode task: " + providerTask.id());
    }
}

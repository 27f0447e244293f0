package io.tenantry.cloud.provisioning;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An operation of a provider on a server, apart from its power. */
public enum OperationInProgress {
    /** A resize, together with a change of the service's plan. */
    RESIZE(ProviderCalls.Step.RESIZE),
    /** A rebuild, which erases the server's disk. */
    REBUILD(ProviderCalls.Step.REBUILD),
    /** A start into the provider's rescue system. */
    RESCUE(ProviderCalls.Step.RESCUE),
    /** A start from the server's own disk after the rescue system. */
    LEAVE_RESCUE(ProviderCalls.Step.LEAVE_RESCUE);

    private final ProviderCalls.Step step;

    OperationInProgress(ProviderCalls.Step step) {
        this.step = step;
    }

    /** Returns the step of its provider calls. */
    ProviderCalls.Step step() {
        return step;
    }

    /** Returns the lower-case name, for events and the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind of its work items. */
    String workKind() {
        return word().replace('_', '-');
    }

    /** Returns the operation of a kind of work items. */
    static Optional<OperationInProgress> ofWork(String kind) {
        return Arrays.stream(values())
                .filter(one -> one.workKind().equals(kind))
                .findFirst();
    }
}

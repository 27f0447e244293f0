package io.tenantry.cloud.provisioning;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a vendor is doing to a server, besides its power. */
public enum OperationInProgress {
    /** It gets another size, and its service another plan. */
    RESIZE(ProviderCalls.Step.RESIZE),
    /** It begins anew, and all that was on it is gone. */
    REBUILD(ProviderCalls.Step.REBUILD),
    /** It is started into its vendor's rescue system. */
    RESCUE(ProviderCalls.Step.RESCUE),
    /** It is started from its own disk again. */
    RETURN(ProviderCalls.Step.RETURN);

    private final ProviderCalls.Step step;

    OperationInProgress(ProviderCalls.Step step) {
        this.step = step;
    }

    /** How its questions to vendors are called. */
    ProviderCalls.Step step() {
        return step;
    }

    /** In lower case, for events and addresses; also its kind of work. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whose work is called so. */
    static Optional<OperationInProgress> ofWork(String kind) {
        return Arrays.stream(values()).filter(one -> one.word().equals(kind)).findFirst();
    }
}

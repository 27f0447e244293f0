package io.tenantry.cloud.provisioning;

import java.time.Duration;
import java.util.UUID;

/** A requested operation on a server that is not done yet, as accepted at the time of the request. */
public sealed interface PendingOperation {
    /** Returns its ID, which is also the key of its work item, so that the work item of an earlier operation is not responsible for it. */
    UUID id();

    /** Returns the time since the request, in real time. */
    Duration age();

    /** Returns the kind of operation. */
    OperationInProgress kind();

    /**
     * A resize.
     *
     * @param priceVersionId the price that the customer accepted; charged from the moment when the provider has done it
     * @param size the provider's code
     */
    record Resize(UUID id, Duration age, UUID planId, UUID priceVersionId, String size) implements PendingOperation {
        @Override
        public OperationInProgress kind() {
            return OperationInProgress.RESIZE;
        }
    }

    /**
     * A rebuild.
     *
     * @param image the provider's code of the image
     * @param launchPayload keys and script
     */
    record Rebuild(UUID id, Duration age, String image, LaunchConfigs.LaunchPayload launchPayload)
            implements PendingOperation {
        @Override
        public OperationInProgress kind() {
            return OperationInProgress.REBUILD;
        }
    }

    /**
     * A switch to the rescue system, or back to the server's own.
     *
     * @param launchPayload the keys that may log in; none on the way back
     */
    record Rescue(UUID id, Duration age, OperationInProgress kind, LaunchConfigs.LaunchPayload launchPayload)
            implements PendingOperation {
        boolean isRescue() {
            return kind == OperationInProgress.RESCUE;
        }
    }
}

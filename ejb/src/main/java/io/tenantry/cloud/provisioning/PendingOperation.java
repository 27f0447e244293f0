package io.tenantry.cloud.provisioning;

import java.time.Duration;
import java.util.UUID;

/** What is wanted of a server and not done yet, as it was accepted when it was asked for. */
public sealed interface PendingOperation {
    /** Its own; also the key of its work item, so that the work for an earlier one does not see to it. */
    UUID id();

    /** How long ago, in real time. */
    Duration age();

    /** Which of them it is. */
    OperationInProgress kind();

    /**
     * Another size.
     *
     * @param priceVersionId what the customer accepted: it is charged from the moment at which the vendor has done it
     * @param size the vendor's code
     */
    record Resize(UUID id, Duration age, UUID planId, UUID priceVersionId, String size) implements PendingOperation {
        @Override
        public OperationInProgress kind() {
            return OperationInProgress.RESIZE;
        }
    }

    /**
     * A new beginning.
     *
     * @param image the vendor's code of the system
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
     * Its rescue system, or its own again.
     *
     * @param launchPayload the keys that may enter it; none on the way back
     */
    record Rescue(UUID id, Duration age, OperationInProgress kind, LaunchConfigs.LaunchPayload launchPayload)
            implements PendingOperation {
        boolean isRescue() {
            return kind == OperationInProgress.RESCUE;
        }
    }
}

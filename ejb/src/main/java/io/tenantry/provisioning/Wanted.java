package io.tenantry.provisioning;

import java.time.Duration;
import java.util.UUID;

/** What is wanted of a server and not done yet, as it was accepted when it was asked for. */
public sealed interface Wanted {
    /** Its own; also the key of its work item, so that the work for an earlier one does not see to it. */
    UUID id();

    /** How long ago, in real time. */
    Duration age();

    /** Which of them it is. */
    Changing kind();

    /**
     * Another size.
     *
     * @param priceVersionId what the customer accepted: it is charged from the moment at which the vendor has done it
     * @param size the vendor's code
     */
    record Resize(UUID id, Duration age, UUID planId, UUID priceVersionId, String size) implements Wanted {
        @Override
        public Changing kind() {
            return Changing.RESIZE;
        }
    }

    /**
     * A new beginning.
     *
     * @param image the vendor's code of the system
     * @param handed keys and script
     */
    record Rebuild(UUID id, Duration age, String image, Beginnings.Handed handed) implements Wanted {
        @Override
        public Changing kind() {
            return Changing.REBUILD;
        }
    }

    /**
     * Its rescue system, or its own again.
     *
     * @param handed the keys that may enter it; none on the way back
     */
    record Rescue(UUID id, Duration age, Changing kind, Beginnings.Handed handed) implements Wanted {
        boolean isRescue() {
            return kind == Changing.RESCUE;
        }
    }
}

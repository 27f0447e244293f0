package io.tenantry.simulation;

import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ResourceTag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server at the provider, from the moment it appears until it is gone. Its number may be reused later. */
final class Machine {
    /** Created as requested, in time. */
    static final String USUAL = "";

    final String id;
    final Optional<ResourceTag> mark;

    /** Why there may be more than one with its mark, or one that is no longer expected; empty if there is no reason. */
    final String excuse;

    final Instant appearsAt;

    /** Lists show it from then on; queries by its number find it earlier. */
    final Instant listedAt;

    Instant runsAt;
    String size;
    String address;
    boolean isReserved;
    boolean isBroken;
    boolean isOff;
    boolean isSuspended;
    boolean isBackedUp;

    /** Whether it runs its rescue system, if it is running. */
    private boolean isRescued;

    /** Which system it was last started into could not be known. */
    private boolean isSystemUnsure;

    /** A paused worker switched them to an outdated state. */
    boolean isBackupUnsure;

    /** It disappeared unrequested, and may return. */
    boolean isVanished;

    /** It was missing for a while at least. */
    boolean wasAway;

    /** It is being resized or rebuilt from then on. */
    private Instant busyFrom = Instant.MIN;

    private Instant busyUntil = Instant.MIN;

    /** It is pending a power operation until then. */
    private Instant switchedAt = Instant.MIN;

    private @Nullable Instant leavingSince;
    private @Nullable Instant goneAt;

    Machine(
            String id,
            Optional<ResourceTag> mark,
            String excuse,
            String size,
            String address,
            Instant appearsAt,
            Instant listedAt,
            Instant runsAt) {
        this.id = id;
        this.mark = mark;
        this.excuse = excuse;
        this.size = size;
        this.address = address;
        this.appearsAt = appearsAt;
        this.listedAt = listedAt;
        this.runsAt = runsAt;
    }

    /** Marks it as being deleted, and gone at some moment. */
    void startDeletion(Instant now, Instant gone) {
        if (leavingSince == null) {
            leavingSince = now;
            goneAt = gone;
        }
    }

    /** Whether its deletion was requested. */
    boolean isDeleted() {
        return leavingSince != null;
    }

    /** Whether it appears only later. */
    boolean appearsLater(Instant now) {
        return appearsAt.isAfter(now);
    }

    /** Marks it as busy in this period. */
    void setBusy(Instant from, Instant until) {
        busyFrom = from;
        busyUntil = until;
    }

    /** Schedules a power operation at that moment; it accepts nothing else before. */
    void schedulePowerOperation(Instant at) {
        switchedAt = at.isAfter(switchedAt) ? at : switchedAt;
    }

    boolean isSwitching(Instant now) {
        return switchedAt.isAfter(now);
    }

    /** Starts it into its rescue system, or into its own. */
    void startSystem(boolean isRescue, boolean isUnsure) {
        isRescued = isRescue;
        isSystemUnsure = isUnsure;
        isOff = false;
        isSuspended = false;
    }

    /**
     * Starts it from its disk.
     *
     * @param isUnsure whether that cannot be known
     */
    void boot(boolean isUnsure) {
        startSystem(false, isSystemUnsure || (isRescued && isUnsure));
    }

    /** It is reported as started, and that it was not cannot be known. */
    void reportBoot() {
        isSystemUnsure = isSystemUnsure || isRescued;
    }

    boolean isRescued() {
        return isRescued;
    }

    boolean isSystemUnsure() {
        return isSystemUnsure;
    }

    boolean exists(Instant now) {
        return !appearsLater(now) && !isVanished && (goneAt == null || goneAt.isAfter(now));
    }

    boolean isListed(Instant now) {
        return exists(now) && !listedAt.isAfter(now);
    }

    /** Whether its number is free for another. */
    boolean isGone(Instant now) {
        return goneAt != null && !goneAt.isAfter(now);
    }

    /** Whether there is no reason for another server with its mark. */
    boolean isNormal() {
        return excuse.equals(USUAL) && !wasAway;
    }

    boolean isOf(ResourceTag wanted) {
        return mark.filter(wanted::equals).isPresent();
    }

    State state(Instant now) {
        if (leavingSince != null) {
            return State.DELETING;
        }
        if (isReserved) {
            return State.RESERVED;
        }
        if (isBroken && !runsAt.isAfter(now)) {
            return State.FAILED;
        }
        if (runsAt.isAfter(now)) {
            return State.BUILDING;
        }
        if (!busyFrom.isAfter(now) && busyUntil.isAfter(now)) {
            return State.BUSY;
        }
        if (isSuspended) {
            return State.SUSPENDED;
        }
        return isOff ? State.STOPPED : State.RUNNING;
    }

    /** Returns it as the provider reports it. */
    ProviderServer reported(Instant now) {
        return new ProviderServer(
                id,
                mark,
                "machine " + id,
                state(now),
                runsAt.isAfter(now) ? List.of() : List.of(address),
                size,
                "fra",
                Optional.of(appearsAt));
    }

    @Override
    public String toString() {
        return id + " of " + mark.map(ResourceTag::text).orElse("a stranger") + " since " + appearsAt
                + (excuse.isEmpty() ? "" : " (" + excuse + ")")
                + (isVanished ? ", vanished" : "")
                + (leavingSince == null ? "" : ", deleted at " + leavingSince);
    }
}

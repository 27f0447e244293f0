package io.tenantry.simulation;

import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.ResourceTag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server as the vendor has it, from the moment at which it appears until it is gone. Its number may be another's later. */
final class Machine {
    /** Made as it should be, in time. */
    static final String USUAL = "";

    final String id;
    final Optional<ResourceTag> mark;

    /** Why there may be more than one of its mark, or one that nobody waits for any more; empty if there is no reason. */
    final String excuse;

    final Instant appearsAt;

    /** Lists show it from then on; who asks by its number sees it before. */
    final Instant listedAt;

    Instant runsAt;
    String size;
    String address;
    boolean isReserved;
    boolean isBroken;
    boolean isOff;
    boolean isSuspended;
    boolean isBackedUp;

    /** It runs its rescue system, if it runs. */
    private boolean isRescued;

    /** Nobody could know which system it was in, when it was started into one last. */
    private boolean isSystemUnsure;

    /** Somebody who had stood still switched them as it was wanted before. */
    boolean isBackupUnsure;

    /** It went by itself, and may come back. */
    boolean isVanished;

    /** It was away for a while at least. */
    boolean wasAway;

    /** It grows, or begins anew, from then on. */
    private Instant busyFrom = Instant.MIN;

    private Instant busyUntil = Instant.MIN;

    /** It is to be switched, until then. */
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

    /** It is being deleted, and gone at some moment. */
    void leaves(Instant now, Instant gone) {
        if (leavingSince == null) {
            leavingSince = now;
            goneAt = gone;
        }
    }

    /** Whether somebody had it deleted. */
    boolean isDeleted() {
        return leavingSince != null;
    }

    /** Whether it will come only later. */
    boolean isToCome(Instant now) {
        return appearsAt.isAfter(now);
    }

    /** It is at something from then to then. */
    void isBusy(Instant from, Instant until) {
        busyFrom = from;
        busyUntil = until;
    }

    /** It is to be switched at that moment, and takes nothing else upon itself before. */
    void isToSwitch(Instant at) {
        switchedAt = at.isAfter(switchedAt) ? at : switchedAt;
    }

    boolean isSwitching(Instant now) {
        return switchedAt.isAfter(now);
    }

    /** It comes up in its rescue system, or in its own. */
    void turns(boolean isRescue, boolean isUnsure) {
        isRescued = isRescue;
        isSystemUnsure = isUnsure;
        isOff = false;
        isSuspended = false;
    }

    /**
     * It comes up from its disk.
     *
     * @param isUnsure whether nobody can know that
     */
    void boots(boolean isUnsure) {
        turns(false, isSystemUnsure || (isRescued && isUnsure));
    }

    /** It is said to have come up, and nobody can know that it did not. */
    void isSaidToBoot() {
        isSystemUnsure = isSystemUnsure || isRescued;
    }

    boolean isRescued() {
        return isRescued;
    }

    boolean isSystemUnsure() {
        return isSystemUnsure;
    }

    boolean isThere(Instant now) {
        return !isToCome(now) && !isVanished && (goneAt == null || goneAt.isAfter(now));
    }

    boolean isListed(Instant now) {
        return isThere(now) && !listedAt.isAfter(now);
    }

    /** Whether its number is free for another. */
    boolean isGone(Instant now) {
        return goneAt != null && !goneAt.isAfter(now);
    }

    /** Whether there is no reason for another of its mark. */
    boolean isAsUsual() {
        return excuse.equals(USUAL) && !wasAway;
    }

    boolean isOf(ResourceTag wanted) {
        return mark.filter(wanted::equals).isPresent();
    }

    State state(Instant now) {
        if (leavingSince != null) {
            return State.LEAVING;
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

    /** As the vendor tells of it. */
    ProviderServer told(Instant now) {
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

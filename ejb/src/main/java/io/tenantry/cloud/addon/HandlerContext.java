package io.tenantry.cloud.addon;

import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkOutcome;
import java.time.Duration;
import java.util.Optional;

/**
 * What is at hand while an option is worked at.
 *
 * @param vendor what the vendor can do about options of that kind
 */
record HandlerContext<V>(
        ClaimedWorkItem claimedWorkItem, Addon option, ProvisioningTarget.TargetAccount home, V vendor) {
    /** People wait for what was asked just now. */
    static final Duration SOON = Duration.ofSeconds(2);

    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);

    /** The vendor's number of its server. */
    String serverId() {
        return option.serverId().orElse("");
    }

    /** Whether the server's number was given to another. */
    boolean isAnothers() {
        return home.isAnothers(serverId(), serverMark());
    }

    /** Whether the vendor still has a server of that number. */
    boolean isServerThere() {
        return home.provider().server(serverId()).isPresent();
    }

    /** Of another's server nothing is asked. */
    void requireOwn() {
        home.requireOwn(serverId(), serverMark());
    }

    private ResourceTag serverMark() {
        return new ResourceTag(option.serviceId());
    }

    /** How the vendor stands with what it was asked, if it named a task. */
    Optional<Progress> progress() {
        return option.asked().flatMap(Addon.AddonRequest::task).map(home.provider()::progress);
    }

    /** Whether the vendor was asked longer ago than that. */
    boolean isOverdue(Duration patience) {
        return option.asked().filter(one -> one.age().compareTo(patience) > 0).isPresent();
    }

    /** How long to leave it alone: after the first minutes, as long as that. */
    Duration pause(Duration later) {
        var age = option.asked().map(Addon.AddonRequest::age).orElse(Duration.ZERO);
        return age.compareTo(FIRST_MINUTES) < 0 ? SOON : later;
    }

    /** What a vendor said of itself, for staff. */
    String words(Progress progress) {
        return ProvisioningTarget.TargetAccount.words(home.mask().apply(progress.words()));
    }

    /** It did not work, and is tried again. */
    WorkOutcome again(ProviderFailure failure) {
        return new WorkOutcome.Failed(home.words(failure), failure.comeAgainIn());
    }

    /** Nothing was found, which counts for certain or is to be looked at once more, a grace later. */
    static WorkOutcome missed(boolean isOver) {
        return isOver ? WorkOutcome.done() : WorkOutcome.later(AddonRepository.GRACE.plusSeconds(1));
    }
}

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
 * The context of one attempt to process an add-on.
 *
 * @param capability the provider's capability for add-ons of that kind
 */
record HandlerContext<V>(
        ClaimedWorkItem claimedWorkItem, Addon option, ProvisioningTarget.TargetAccount home, V capability) {
    /** Short delay while people are waiting for a request that was just made. */
    static final Duration SOON = Duration.ofSeconds(2);

    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);

    /** Returns the provider's ID of its server. */
    String serverId() {
        return option.serverId().orElse("");
    }

    /** Whether the server's ID now belongs to another server. */
    boolean isAnothers() {
        return home.isAnothers(serverId(), serverMark());
    }

    /** Whether the provider still has a server with that ID. */
    boolean isServerThere() {
        return home.provider().server(serverId()).isPresent();
    }

    /** Prevents requests to a server that belongs to someone else. */
    void requireOwn() {
        home.requireOwn(serverId(), serverMark());
    }

    private ResourceTag serverMark() {
        return new ResourceTag(option.serviceId());
    }

    /** Returns the progress of the request, if the provider named a task. */
    Optional<Progress> progress() {
        return option.asked().flatMap(Addon.AddonRequest::task).map(home.provider()::progress);
    }

    /** Whether the request to the provider is older than that. */
    boolean isOverdue(Duration waitMax) {
        return option.asked().filter(one -> one.age().compareTo(waitMax) > 0).isPresent();
    }

    /** Returns the delay before the next attempt; after the first minutes, the given one. */
    Duration pause(Duration later) {
        var age = option.asked().map(Addon.AddonRequest::age).orElse(Duration.ZERO);
        return age.compareTo(FIRST_MINUTES) < 0 ? SOON : later;
    }

    /** Returns the provider's message, for staff. */
    String words(Progress progress) {
        return ProvisioningTarget.TargetAccount.words(home.mask().apply(progress.words()));
    }

    /** Returns the outcome of a failed attempt that is retried. */
    WorkOutcome again(ProviderFailure failure) {
        return new WorkOutcome.Failed(home.words(failure), failure.comeAgainIn());
    }

    /** Returns the outcome of a lookup that found nothing: final, or to be repeated one grace period later. */
    static WorkOutcome missed(boolean isOver) {
        return isOver ? WorkOutcome.done() : WorkOutcome.later(AddonRepository.GRACE.plusSeconds(1));
    }
}

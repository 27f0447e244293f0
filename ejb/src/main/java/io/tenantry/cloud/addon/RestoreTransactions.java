package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provisioning.ServerRebuilt;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.function.Consumer;

/** The transactions of restoring a server from a backup or a snapshot, as {@link AddonTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RestoreTransactions {
    @Inject
    AddonRepository records;

    @Inject
    AddonLifecycle lifecycle;

    @Inject
    WorkItems items;

    private Consumer<ServerRebuilt> rebuilt = event -> {};

    /** For the container. */
    public RestoreTransactions() {}

    /** For use outside a container. */
    RestoreTransactions(AddonRepository records, AddonLifecycle lifecycle, WorkItems items) {
        this.records = records;
        this.lifecycle = lifecycle;
        this.items = items;
    }

    @Inject
    void fireTo(Event<ServerRebuilt> event) {
        hear(event::fire);
    }

    /** Registers the consumer that is notified of restored servers. */
    void hear(Consumer<ServerRebuilt> listener) {
        rebuilt = listener;
    }

    /**
     * Records the end of a restore: completed, as the provider reports, so that the server may show the host key of that time; or with an
     * unknown result, because a response was lost.
     */
    public void restored(ClaimedWorkItem claimedWorkItem, boolean isCertain) {
        items.hold(claimedWorkItem);
        var option = records.lockWithServer(claimedWorkItem.subject());
        if (option.wants(Wanted.RESTORE)) {
            records.settle(option);
            records.recordEvent(option, isCertain ? "restored" : "unsure");
            rebuilt.accept(new ServerRebuilt(option.serviceId()));
        }
    }

    /** Records that the server stays unchanged, or as the provider left it. */
    public void giveUp(ClaimedWorkItem claimedWorkItem, Reason reason) {
        var option = lifecycle.held(claimedWorkItem);
        if (option.wants(Wanted.RESTORE)) {
            records.settle(option);
            records.recordEvent(option, "refused", reason.name().toLowerCase(Locale.ROOT));
        }
    }
}

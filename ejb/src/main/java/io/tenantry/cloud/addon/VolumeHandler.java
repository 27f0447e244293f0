package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Volumes;
import io.tenantry.cloud.provider.Volumes.Volume;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Creates, attaches, detaches, grows and deletes volumes as their rows require. It looks first: a volume that already has the required state is
 * left alone, and one with the same resource tag is not created twice.
 */
@ApplicationScoped
public class VolumeHandler implements WorkHandler {
    /** The kind of its work items; each request has its own key. */
    public static final String KIND = "volume";

    /** An operation that takes longer has failed, or is parked for staff. */
    static final Duration PATIENCE = Duration.ofMinutes(20);

    /** Time after a lost response before the request is repeated. */
    static final Duration UNTIL_AGAIN = Duration.ofSeconds(30);

    /** Number of requests with an unknown result after which the work is parked for staff. */
    private static final int LOST_MAX = 5;

    private static final CallDecision.RetryRule RULE = new CallDecision.RetryRule(AddonRepository.DELAY_MAX, LOST_MAX);
    private static final Duration LATER = Duration.ofMinutes(1);

    @Inject
    AddonHandlerSupport options;

    @Inject
    AddonTransactions transactions;

    @Inject
    VolumeTransactions own;

    /** For the container. */
    public VolumeHandler() {}

    /** For use outside a container. */
    VolumeHandler(AddonHandlerSupport options, AddonTransactions transactions, VolumeTransactions own) {
        this.options = options;
        this.transactions = transactions;
        this.own = own;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        return options.work(claimedWorkItem, Volumes.class, "volumes", this::go, this::giveUp);
    }

    private WorkOutcome go(HandlerContext<Volumes> handlerContext) {
        var wanted = handlerContext.option().wanted();
        return switch (handlerContext.option().state()) {
            case ORDERED -> make(handlerContext);
            case ACTIVE -> wanted.isPresent() ? change(handlerContext, wanted.get()) : WorkOutcome.done();
            case TERMINATING -> remove(handlerContext);
            case TERMINATED, FAILED -> WorkOutcome.done();
        };
    }

    private WorkOutcome make(HandlerContext<Volumes> handlerContext) {
        var marked = there(handlerContext);
        if (marked.size() > 1) {
            return WorkOutcome.unclear("volumes with the mark of one: " + String.join(", ", ids(marked)));
        }
        if (marked.size() == 1) {
            return await(handlerContext, marked.get(0));
        }
        if (handlerContext.option().upstreamId().isPresent()) {
            return handlerContext.isOverdue(PATIENCE)
                    ? WorkOutcome.unclear(
                            "volume " + handlerContext.option().upstreamId().get() + " does not exist")
                    : WorkOutcome.later(HandlerContext.SOON);
        }
        var obstacle = transactions
                .announceCreation(handlerContext.claimedWorkItem(), RULE)
                .obstacle();
        return obstacle.isPresent() ? obstacle.get() : create(handlerContext);
    }

    private WorkOutcome create(HandlerContext<Volumes> handlerContext) {
        var option = handlerContext.option();
        var resourceTag = new ResourceTag(option.id());
        var volume = options.make(
                handlerContext,
                () -> handlerContext
                        .capability()
                        .createVolume(resourceTag, option.upstreamRegion(), option.quantity()));
        transactions.note(handlerContext.claimedWorkItem(), volume.id());
        return WorkOutcome.later(HandlerContext.SOON);
    }

    private WorkOutcome await(HandlerContext<Volumes> handlerContext, Volume volume) {
        if (handlerContext.option().upstreamId().isEmpty()) {
            transactions.note(handlerContext.claimedWorkItem(), volume.id());
        }
        if (volume.ready()) {
            own.activate(handlerContext.claimedWorkItem());
            return WorkOutcome.later(Duration.ZERO);
        }
        return handlerContext.isOverdue(PATIENCE)
                ? WorkOutcome.unclear("volume " + volume.id() + " is not ready")
                : WorkOutcome.later(HandlerContext.SOON);
    }

    private WorkOutcome change(HandlerContext<Volumes> handlerContext, Wanted wanted) {
        var option = handlerContext.option();
        if (wanted == Wanted.ATTACH && !option.isServerActive()) {
            own.drop(handlerContext.claimedWorkItem());
            return WorkOutcome.done();
        }
        var id = option.upstreamId().orElse("");
        var volume = handlerContext.capability().volumes().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProviderFailure(Reason.NOT_FOUND, "there is no volume " + id));
        if (volume.ready() && isSo(option, wanted, volume)) {
            own.done(handlerContext.claimedWorkItem());
            return WorkOutcome.done();
        }
        if (wanted != Wanted.GROW && option.isToWait()) {
            return WorkOutcome.later(Addon.PAUSE);
        }
        return option.asked().isPresent()
                ? progress(handlerContext, option.asked().get(), wanted)
                : ask(handlerContext, wanted);
    }

    private WorkOutcome ask(HandlerContext<Volumes> handlerContext, Wanted wanted) {
        if (wanted == Wanted.ATTACH) {
            handlerContext.requireOwn();
        }
        if (handlerContext.option().lost() >= LOST_MAX) {
            return tooLong(
                    handlerContext, wanted, "asked " + handlerContext.option().lost() + " times, and no answer came");
        }
        transactions.announce(handlerContext.claimedWorkItem());
        transactions.taken(
                handlerContext.claimedWorkItem(), options.ask(handlerContext, () -> asked(handlerContext, wanted)));
        return WorkOutcome.later(HandlerContext.SOON);
    }

    private static ProviderTask asked(HandlerContext<Volumes> handlerContext, Wanted wanted) {
        var option = handlerContext.option();
        var id = option.upstreamId().orElse("");
        return switch (wanted) {
            case ATTACH ->
                handlerContext.capability().attach(id, option.serverId().orElse(""));
            case DETACH -> handlerContext.capability().detach(id);
            case GROW -> handlerContext.capability().grow(id, option.wantedQuantity());
            case RESTORE, POLICY -> throw new IllegalStateException("no volume: " + option.id());
        };
    }

    private WorkOutcome progress(
            HandlerContext<Volumes> handlerContext, Addon.AddonRequest addonRequest, Wanted wanted) {
        var progress = handlerContext.progress();
        if (progress.filter(one -> one.stage() == Progress.Stage.FAILED).isPresent()) {
            transactions.refused(handlerContext.claimedWorkItem()); // A retry by staff requests it once more.
            return tooLong(handlerContext, wanted, handlerContext.words(progress.get()));
        }
        if (handlerContext.isOverdue(PATIENCE)) {
            return tooLong(handlerContext, wanted, "not done after " + addonRequest.age());
        }
        var isLost = addonRequest.task().isEmpty() && addonRequest.age().compareTo(UNTIL_AGAIN) > 0;
        return isLost ? ask(handlerContext, wanted) : WorkOutcome.later(HandlerContext.SOON);
    }

    /** The volume presumably is unchanged; but if its size, and thus its price, is uncertain, staff must decide. */
    private WorkOutcome tooLong(HandlerContext<Volumes> handlerContext, Wanted wanted, String words) {
        if (wanted == Wanted.GROW) {
            return WorkOutcome.unclear(words);
        }
        own.giveUp(handlerContext.claimedWorkItem(), Reason.PROVIDER_ERROR);
        return WorkOutcome.done();
    }

    private WorkOutcome remove(HandlerContext<Volumes> handlerContext) {
        var there = there(handlerContext);
        if (there.isEmpty()) {
            return HandlerContext.missed(transactions.missed(handlerContext.claimedWorkItem()));
        }
        return options.remove(
                handlerContext,
                ids(there),
                () -> there.forEach(volume -> remove(handlerContext.capability(), volume)),
                LATER);
    }

    /** An attached volume is detached first. */
    static void remove(Volumes capability, Volume volume) {
        if (volume.serverId().isPresent()) {
            var unused = capability.detach(volume.id());
        } else {
            capability.deleteVolume(volume.id());
        }
    }

    /** Returns everything that the provider has of it, by its resource tag and by the known ID. */
    private static List<Volume> there(HandlerContext<Volumes> handlerContext) {
        var mark = Optional.of(new ResourceTag(handlerContext.option().id()));
        return handlerContext.capability().volumes().stream()
                .filter(one -> one.mark().equals(mark)
                        || handlerContext
                                .option()
                                .upstreamId()
                                .filter(one.id()::equals)
                                .isPresent())
                .toList();
    }

    private static boolean isSo(Addon option, Wanted wanted, Volume volume) {
        return switch (wanted) {
            case ATTACH -> option.serverId().isPresent() && volume.serverId().equals(option.serverId());
            case DETACH -> volume.serverId().isEmpty();
            case GROW -> volume.sizeGib() >= option.wantedQuantity();
            case RESTORE, POLICY -> false;
        };
    }

    /** The volume presumably is unchanged; but whether it has grown, staff must decide. */
    private WorkOutcome giveUp(HandlerContext<Volumes> handlerContext, ProviderFailure failure) {
        if (handlerContext.option().wants(Wanted.GROW) && AddonHandlerSupport.mayHelp(failure)) {
            return WorkOutcome.unclear(handlerContext.home().words(failure));
        }
        own.giveUp(handlerContext.claimedWorkItem(), failure.reason());
        return WorkOutcome.done();
    }

    private static List<String> ids(List<Volume> volumes) {
        return volumes.stream().map(Volume::id).toList();
    }
}

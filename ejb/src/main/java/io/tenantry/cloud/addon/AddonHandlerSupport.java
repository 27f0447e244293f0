package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** What all those share who have a vendor do something about an option. */
@ApplicationScoped
public class AddonHandlerSupport {
    /** One that is still there by then is looked at by a person. */
    private static final Duration PATIENCE_OF_ENDS = Duration.ofDays(1);

    /** How long to leave one alone whose server is on its way. */
    static final Duration UNTIL_SERVER = Duration.ofSeconds(5);

    private static final int ATTEMPTS_MAX = 5;

    @Inject
    AddonTransactions steps;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** For the container. */
    public AddonHandlerSupport() {}

    /** For use outside a container. */
    AddonHandlerSupport(AddonTransactions steps, ProvisioningTargets provisioningTargets) {
        this.steps = steps;
        this.provisioningTargets = provisioningTargets;
    }

    /**
     * Opens the account of an option, unless something else is wanted of that by now, and has somebody work at it.
     *
     * @param type what its vendor has to be able to do
     * @param words that, for staff
     * @param deed what is done in a turn
     * @param lastly what becomes of a wish about one that is there, which the vendor has refused, or not answered for long enough
     */
    <V> WorkOutcome work(
            ClaimedWorkItem claimedWorkItem,
            Class<V> type,
            String words,
            Function<HandlerContext<V>, WorkOutcome> deed,
            BiFunction<HandlerContext<V>, ProviderFailure, WorkOutcome> lastly) {
        if (steps.isPast(claimedWorkItem)) {
            return WorkOutcome.done();
        }
        var option = steps.read(claimedWorkItem.subject());
        var lacking = withoutServer(claimedWorkItem, option);
        if (lacking.isPresent()) {
            return lacking.get();
        }
        Optional<ProvisioningTarget.TargetAccount> home;
        try {
            home = provisioningTargets.open(option.account());
        } catch (ProviderFailure shut) {
            return WorkOutcome.inVain(ProvisioningTarget.TargetAccount.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty() || !type.isInstance(home.get().provider())) {
            return WorkOutcome.unclear("there are no " + words + " in the account " + option.account());
        }
        var handlerContext = new HandlerContext<>(
                claimedWorkItem, option, home.get(), type.cast(home.get().provider()));
        try {
            return deed.apply(handlerContext);
        } catch (ProviderFailure failure) {
            return inVain(handlerContext, failure, lastly);
        }
    }

    /** What nobody has asked the vendor for waits until its server is up, without a question, and comes to nothing with it. */
    private Optional<WorkOutcome> withoutServer(ClaimedWorkItem claimedWorkItem, Addon option) {
        if (!option.isUnasked() || option.isServerActive()) {
            return Optional.empty();
        }
        if (option.isServerOnItsWay()) {
            return Optional.of(WorkOutcome.later(UNTIL_SERVER));
        }
        var isOver = steps.dropWithServer(claimedWorkItem, "its server is not there");
        return Optional.of(isOver ? WorkOutcome.done() : WorkOutcome.later(HandlerContext.SOON));
    }

    /** Comes again; but people wait, and do not wait for long. */
    private <V> WorkOutcome inVain(
            HandlerContext<V> handlerContext,
            ProviderFailure failure,
            BiFunction<HandlerContext<V>, ProviderFailure, WorkOutcome> lastly) {
        var state = handlerContext.option().state();
        if (state == State.TERMINATING
                || (mayHelp(failure) && handlerContext.claimedWorkItem().attempt() < ATTEMPTS_MAX)) {
            return handlerContext.again(failure);
        }
        return state == State.ORDERED
                ? fail(handlerContext, failure.reason(), handlerContext.home().words(failure))
                : lastly.apply(handlerContext, failure);
    }

    /** Whether it may be otherwise next time, or is done already. */
    static boolean mayHelp(ProviderFailure failure) {
        return failure.isPassing() || failure.maybeDone();
    }

    /** An order comes to nothing, if that is certain; else a person looks. */
    WorkOutcome fail(HandlerContext<?> handlerContext, Reason reason, String words) {
        return steps.fail(handlerContext.claimedWorkItem(), reason, words)
                ? WorkOutcome.done()
                : WorkOutcome.unclear(words);
    }

    /** Asks for something that can be looked for, should the answer be lost. That it will be asked is written down before. */
    <A> A make(HandlerContext<?> handlerContext, Supplier<A> question) {
        try {
            return question.get();
        } catch (ProviderFailure failure) {
            if (!failure.maybeDone()) {
                steps.refused(handlerContext.claimedWorkItem());
            }
            throw failure;
        }
    }

    /** Asks for something that cannot: each lost answer counts. */
    <A> A ask(HandlerContext<?> handlerContext, Supplier<A> question) {
        try {
            return make(handlerContext, question);
        } catch (ProviderFailure failure) {
            if (failure.maybeDone()) {
                steps.unsure(handlerContext.claimedWorkItem());
            }
            throw failure;
        }
    }

    /**
     * Has the vendor delete what is there, as often as it takes.
     *
     * @param ids what that is, for staff
     * @param later how long to leave it alone after the first minutes
     */
    WorkOutcome remove(HandlerContext<?> handlerContext, List<String> ids, Runnable deletion, Duration later) {
        var age = steps.leave(handlerContext.claimedWorkItem());
        if (age.compareTo(PATIENCE_OF_ENDS) > 0) {
            return WorkOutcome.unclear("still there after " + age + ": " + String.join(", ", ids));
        }
        deletion.run();
        return WorkOutcome.later(handlerContext.pause(later));
    }
}

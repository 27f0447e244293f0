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

/** Common behavior of the work handlers that request add-on operations from a provider. */
@ApplicationScoped
public class AddonHandlerSupport {
    /** A deletion that is not done by then is parked for staff. */
    private static final Duration PATIENCE_OF_ENDS = Duration.ofDays(1);

    /** Delay before the next attempt while the server is being created. */
    static final Duration UNTIL_SERVER = Duration.ofSeconds(5);

    private static final int ATTEMPTS_MAX = 5;

    @Inject
    AddonTransactions transactions;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** For the container. */
    public AddonHandlerSupport() {}

    /** For use outside a container. */
    AddonHandlerSupport(AddonTransactions transactions, ProvisioningTargets provisioningTargets) {
        this.transactions = transactions;
        this.provisioningTargets = provisioningTargets;
    }

    /**
     * Opens the provider account of an add-on, unless its requested change has been superseded, and runs the work.
     *
     * @param type the capability that the provider must have
     * @param words description of the capability, for staff
     * @param action the work of one attempt
     * @param lastly what becomes of a requested change to an existing add-on that the provider has refused, or not answered for long enough
     */
    <V> WorkOutcome work(
            ClaimedWorkItem claimedWorkItem,
            Class<V> type,
            String words,
            Function<HandlerContext<V>, WorkOutcome> action,
            BiFunction<HandlerContext<V>, ProviderFailure, WorkOutcome> lastly) {
        if (transactions.isPast(claimedWorkItem)) {
            return WorkOutcome.done();
        }
        var option = transactions.read(claimedWorkItem.subject());
        var lacking = withoutServer(claimedWorkItem, option);
        if (lacking.isPresent()) {
            return lacking.get();
        }
        Optional<ProvisioningTarget.TargetAccount> home;
        try {
            home = provisioningTargets.open(option.account());
        } catch (ProviderFailure shut) {
            return WorkOutcome.failed(ProvisioningTarget.TargetAccount.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty() || !type.isInstance(home.get().provider())) {
            return WorkOutcome.unclear("there are no " + words + " in the account " + option.account());
        }
        var handlerContext = new HandlerContext<>(
                claimedWorkItem, option, home.get(), type.cast(home.get().provider()));
        try {
            return action.apply(handlerContext);
        } catch (ProviderFailure failure) {
            return failed(handlerContext, failure, lastly);
        }
    }

    /** An add-on not yet requested from the provider waits, without a call, until its server runs, and fails together with it. */
    private Optional<WorkOutcome> withoutServer(ClaimedWorkItem claimedWorkItem, Addon option) {
        if (!option.isUnasked() || option.isServerActive()) {
            return Optional.empty();
        }
        if (option.isServerOnItsWay()) {
            return Optional.of(WorkOutcome.later(UNTIL_SERVER));
        }
        var isOver = transactions.dropWithServer(claimedWorkItem, "its server does not exist");
        return Optional.of(isOver ? WorkOutcome.done() : WorkOutcome.later(HandlerContext.SOON));
    }

    /** Retries a limited number of times, since people are waiting; deletions are retried without limit. */
    private <V> WorkOutcome failed(
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

    /** Whether a retry may succeed, or the operation is done already. */
    static boolean mayHelp(ProviderFailure failure) {
        return failure.isPassing() || failure.maybeDone();
    }

    /** Fails an order if it certainly came to nothing; otherwise parks it for staff. */
    WorkOutcome fail(HandlerContext<?> handlerContext, Reason reason, String words) {
        return transactions.fail(handlerContext.claimedWorkItem(), reason, words)
                ? WorkOutcome.done()
                : WorkOutcome.unclear(words);
    }

    /** Requests the creation of something that can be looked up if the response is lost. The request is recorded before it is sent. */
    <A> A make(HandlerContext<?> handlerContext, Supplier<A> question) {
        try {
            return question.get();
        } catch (ProviderFailure failure) {
            if (!failure.maybeDone()) {
                transactions.refused(handlerContext.claimedWorkItem());
            }
            throw failure;
        }
    }

    /** Requests an operation whose result cannot be looked up: each lost response is counted. */
    <A> A ask(HandlerContext<?> handlerContext, Supplier<A> question) {
        try {
            return make(handlerContext, question);
        } catch (ProviderFailure failure) {
            if (failure.maybeDone()) {
                transactions.unsure(handlerContext.claimedWorkItem());
            }
            throw failure;
        }
    }

    /**
     * Has the provider delete what exists, retrying until it succeeds.
     *
     * @param ids what is deleted, for staff
     * @param later delay between attempts after the first minutes
     */
    WorkOutcome remove(HandlerContext<?> handlerContext, List<String> ids, Runnable deletion, Duration later) {
        var age = transactions.leave(handlerContext.claimedWorkItem());
        if (age.compareTo(PATIENCE_OF_ENDS) > 0) {
            return WorkOutcome.unclear("still there after " + age + ": " + String.join(", ", ids));
        }
        deletion.run();
        return WorkOutcome.later(handlerContext.pause(later));
    }
}

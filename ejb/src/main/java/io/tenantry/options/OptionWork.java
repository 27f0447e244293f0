package io.tenantry.options;

import io.tenantry.options.ServiceOption.State;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provisioning.Upstream;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
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
public class OptionWork {
    /** One that is still there by then is looked at by a person. */
    private static final Duration PATIENCE_OF_ENDS = Duration.ofDays(1);

    /** How long to leave one alone whose server is on its way. */
    static final Duration UNTIL_SERVER = Duration.ofSeconds(5);

    private static final int ATTEMPTS_MAX = 5;

    @Inject
    OptionSteps steps;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public OptionWork() {}

    /** For use outside a container. */
    OptionWork(OptionSteps steps, Upstreams upstreams) {
        this.steps = steps;
        this.upstreams = upstreams;
    }

    /**
     * Opens the account of an option, unless something else is wanted of that by now, and has somebody work at it.
     *
     * @param type what its vendor has to be able to do
     * @param words that, for staff
     * @param deed what is done in a turn
     * @param lastly what becomes of a wish about one that is there, which the vendor has refused, or not answered for long enough
     */
    <V> Outcome work(
            Work work,
            Class<V> type,
            String words,
            Function<Turn<V>, Outcome> deed,
            BiFunction<Turn<V>, ProviderFailure, Outcome> lastly) {
        if (steps.isPast(work)) {
            return Outcome.done();
        }
        var option = steps.read(work.subject());
        var lacking = withoutServer(work, option);
        if (lacking.isPresent()) {
            return lacking.get();
        }
        Optional<Upstream.Home> home;
        try {
            home = upstreams.open(option.account());
        } catch (ProviderFailure shut) {
            return Outcome.inVain(Upstream.Home.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty() || !type.isInstance(home.get().provider())) {
            return Outcome.unclear("there are no " + words + " in the account " + option.account());
        }
        var turn = new Turn<>(work, option, home.get(), type.cast(home.get().provider()));
        try {
            return deed.apply(turn);
        } catch (ProviderFailure failure) {
            return inVain(turn, failure, lastly);
        }
    }

    /** What nobody has asked the vendor for waits until its server is up, without a question, and comes to nothing with it. */
    private Optional<Outcome> withoutServer(Work work, ServiceOption option) {
        if (!option.isUnasked() || option.isServerActive()) {
            return Optional.empty();
        }
        if (option.isServerOnItsWay()) {
            return Optional.of(Outcome.later(UNTIL_SERVER));
        }
        var isOver = steps.dropWithServer(work, "its server is not there");
        return Optional.of(isOver ? Outcome.done() : Outcome.later(Turn.SOON));
    }

    /** Comes again; but people wait, and do not wait for long. */
    private <V> Outcome inVain(
            Turn<V> turn, ProviderFailure failure, BiFunction<Turn<V>, ProviderFailure, Outcome> lastly) {
        var state = turn.option().state();
        if (state == State.TERMINATING || (mayHelp(failure) && turn.work().attempt() < ATTEMPTS_MAX)) {
            return turn.again(failure);
        }
        return state == State.ORDERED
                ? fail(turn, failure.reason(), turn.home().words(failure))
                : lastly.apply(turn, failure);
    }

    /** Whether it may be otherwise next time, or is done already. */
    static boolean mayHelp(ProviderFailure failure) {
        return failure.isPassing() || failure.maybeDone();
    }

    /** An order comes to nothing, if that is certain; else a person looks. */
    Outcome fail(Turn<?> turn, Reason reason, String words) {
        return steps.fail(turn.work(), reason, words) ? Outcome.done() : Outcome.unclear(words);
    }

    /** Asks for something that can be looked for, should the answer be lost. That it will be asked is written down before. */
    <A> A make(Turn<?> turn, Supplier<A> question) {
        try {
            return question.get();
        } catch (ProviderFailure failure) {
            if (!failure.maybeDone()) {
                steps.refused(turn.work());
            }
            throw failure;
        }
    }

    /** Asks for something that cannot: each lost answer counts. */
    <A> A ask(Turn<?> turn, Supplier<A> question) {
        try {
            return make(turn, question);
        } catch (ProviderFailure failure) {
            if (failure.maybeDone()) {
                steps.unsure(turn.work());
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
    Outcome remove(Turn<?> turn, List<String> ids, Runnable deletion, Duration later) {
        var age = steps.leave(turn.work());
        if (age.compareTo(PATIENCE_OF_ENDS) > 0) {
            return Outcome.unclear("still there after " + age + ": " + String.join(", ", ids));
        }
        deletion.run();
        return Outcome.later(turn.pause(later));
    }
}

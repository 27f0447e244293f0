package io.tenantry.options;

import io.tenantry.finding.Deed;
import io.tenantry.options.OptionMendSteps.Order;
import io.tenantry.provider.Backups;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provisioning.Upstream.Home;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Does at a vendor what staff have decided about something beside servers that differs there. It always looks first: what is taken away must have
 * the mark that it was found with, or be at the server of ours. All that it asks for is as good twice as once.
 */
@ApplicationScoped
public class OptionMend implements Worker {
    /** Its kind of work; the key is the finding and the how manieth deed about it. */
    public static final String KIND = "option-mend";

    /** So often in a row in vain, before it is parked: it would be neither done nor anybody's to decide. */
    private static final int ATTEMPTS_MAX = 8;

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofMinutes(1);

    @Inject
    OptionMendSteps steps;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public OptionMend() {}

    /** For use outside a container. */
    OptionMend(OptionMendSteps steps, Upstreams upstreams) {
        this.steps = steps;
        this.upstreams = upstreams;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var order = steps.read(work);
        if (order.isEmpty()) {
            return Outcome.done();
        }
        Optional<Home> home;
        try {
            home = upstreams.open(order.get().account());
        } catch (ProviderFailure shut) {
            return again(work, Home.words(String.valueOf(shut.getMessage())), Optional.empty());
        }
        if (home.isEmpty()) {
            return again(work, "nobody knows the account " + order.get().account(), Optional.empty());
        }
        try {
            return order.get().deed() == Deed.DELETE
                    ? delete(work, order.get(), home.get())
                    : switchOn(work, order.get(), home.get());
        } catch (ProviderFailure failure) {
            return inVain(work, home.get(), failure);
        }
    }

    private Outcome delete(Work work, Order order, Home home) {
        var remainder = Remainder.of(order, home);
        return switch (remainder.standing()) {
            case GONE -> {
                steps.gone(work);
                yield Outcome.done();
            }
            case ANOTHERS -> {
                steps.callOff(work, "what has that number has another mark");
                yield Outcome.done();
            }
            case OURS -> remove(work, order, remainder);
        };
    }

    private Outcome remove(Work work, Order order, Remainder remainder) {
        var asked = steps.ask(work);
        if (asked.isEmpty()) {
            return Outcome.done();
        }
        var age = asked.get();
        if (Deed.DELETE.isOverdue(age)) {
            steps.callOff(work, order.of().word() + " " + order.upstreamId() + " is still there after " + age);
            return Outcome.done();
        }
        remainder.deletion().run();
        return Outcome.later(age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER);
    }

    private Outcome switchOn(Work work, Order order, Home home) {
        var backups = Remainder.able(home, Backups.class, "backups");
        home.requireOwn(order.serverId(), order.serverMark());
        if (backups.isBackedUp(order.serverId())) {
            steps.on(work);
            return Outcome.done();
        }
        var asked = steps.ask(work);
        if (asked.isEmpty()) {
            return Outcome.done();
        }
        if (Deed.SWITCH.isOverdue(asked.get())) {
            steps.callOff(work, "not on after " + asked.get());
            return Outcome.done();
        }
        BackupWork.switchOn(backups, order.serverId(), order.policy());
        return Outcome.later(SOON);
    }

    private Outcome inVain(Work work, Home home, ProviderFailure failure) {
        if (OptionWork.mayHelp(failure)) {
            return again(work, home.words(failure), failure.comeAgainIn());
        }
        steps.callOff(work, home.words(failure));
        return Outcome.done();
    }

    /** What is refused for good, or too often, is for staff to decide again, with the vendor's words before them. */
    private Outcome again(Work work, String words, Optional<Duration> pause) {
        if (work.attempt() < ATTEMPTS_MAX) {
            return new Outcome.InVain(words, pause);
        }
        steps.callOff(work, words);
        return Outcome.done();
    }
}

package io.tenantry.provisioning;

import io.tenantry.provider.Mark;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.Server;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Has the server of a service deleted that has ended or never came up, and all others with its mark: until the vendor says twice, a while
 * apart, that there is nothing.
 */
@ApplicationScoped
public class Remove implements Worker {
    /** Its kind of work; the key is the service. */
    public static final String KIND = "delete";

    /** A server that is still there by then is looked at by a person. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofMinutes(1);

    @Inject
    RemoveSteps steps;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public Remove() {}

    /** For use outside a container. */
    public Remove(RemoveSteps steps, Upstreams upstreams) {
        this.steps = steps;
        this.upstreams = upstreams;
    }

    /** Whether work that waits for a decision can be given up: a server that is to be deleted can only be looked for again. */
    public static boolean mayBeGivenUp(WorkItems.Parked item) {
        return !item.kind().equals(KIND);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var life = steps.read(work.subject());
        if (life.state() != Service.State.TERMINATING && life.state() != Service.State.FAILED) {
            return Outcome.done();
        }
        Optional<Upstream.Home> home;
        try {
            home = upstreams.open(life.place().account());
        } catch (ProviderFailure shut) {
            return Outcome.inVain(Upstream.Home.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty()) {
            return Outcome.inVain("nobody knows the account " + life.place().account());
        }
        try {
            return remove(work, life, home.get().provider());
        } catch (ProviderFailure failure) {
            return new Outcome.InVain(home.get().words(failure), failure.comeAgainIn());
        }
    }

    private Outcome remove(Work work, Life life, Provider provider) {
        var there = there(life, provider);
        if (there.isEmpty()) {
            return steps.missed(work) ? Outcome.done() : Outcome.later(Calls.GRACE.plusSeconds(1));
        }
        var age = steps.announce(work);
        if (age.compareTo(PATIENCE) > 0) {
            return Outcome.unclear("still there after " + age + ": " + String.join(", ", there));
        }
        for (var id : there) {
            provider.delete(id);
        }
        return Outcome.later(age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER);
    }

    /** The vendor's numbers of all that is there of it; one that is on its way out is there. */
    private static Set<String> there(Life life, Provider provider) {
        var ids = new TreeSet<String>();
        var mark = new Mark(life.id());
        life.upstreamId()
                .flatMap(provider::server)
                .filter(server -> server.mayBe(mark))
                .map(Server::id)
                .ifPresent(ids::add);
        for (var server : provider.marked(mark)) {
            ids.add(server.id());
        }
        return ids;
    }
}

package io.tenantry.provisioning;

import io.tenantry.provider.Mark;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.ReverseDns;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.NameSteps.Naming;
import io.tenantry.provisioning.NameSteps.Next;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** Has a vendor name addresses as they are wanted, one after the other. To give a name twice is as good as once. */
@ApplicationScoped
public class NameAddress implements Worker {
    /** Its kind of work; each wish has a key of its own. */
    public static final String KIND = "name-address";

    private static final int ATTEMPTS_MAX = 5;
    private static final Duration SOON = Duration.ofSeconds(5);

    @Inject
    NameSteps steps;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public NameAddress() {}

    /** For use outside a container. */
    NameAddress(NameSteps steps, Upstreams upstreams) {
        this.steps = steps;
        this.upstreams = upstreams;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var life = steps.read(work);
        if (life.state() != Service.State.ACTIVE && life.state() != Service.State.SUSPENDED) {
            steps.drop(work, Reason.NOT_FOUND);
            return Outcome.done();
        }
        Optional<Upstream.Home> home;
        try {
            home = upstreams.open(life.place().account());
        } catch (ProviderFailure shut) {
            return inVain(work, shut, Upstream.Home.words(String.valueOf(shut.getMessage())));
        }
        if (home.isEmpty() || !(home.get().provider() instanceof ReverseDns names)) {
            steps.drop(work, Reason.INVALID);
            return Outcome.done();
        }
        var mark = new Mark(work.subject());
        Optional<Server> server;
        try {
            server = life.upstreamId().flatMap(home.get().provider()::server).filter(one -> one.mayBe(mark));
        } catch (ProviderFailure failure) {
            return inVain(work, failure, home.get().words(failure));
        }
        if (server.isEmpty()) {
            steps.drop(work, Reason.NOT_FOUND);
            return Outcome.done();
        }
        var next = steps.announce(work, server.get().addresses());
        if (next instanceof Next.Ask ask) {
            return name(work, names, server.get(), ask.naming(), home.get());
        }
        return next instanceof Next.Wait ? Outcome.later(SOON) : Outcome.done();
    }

    private Outcome name(Work work, ReverseDns names, Server server, Naming naming, Upstream.Home home) {
        if (!server.addresses().contains(naming.address())) {
            steps.refused(work, naming, Reason.NOT_FOUND, "server " + server.id() + " has no such address");
            return Outcome.later(Duration.ZERO);
        }
        try {
            names.name(server.id(), naming.address(), naming.hostname());
        } catch (ProviderFailure failure) {
            var words = home.words(failure);
            var mayHelp = failure.isPassing() || failure.maybeDone();
            if (mayHelp && work.attempt() < ATTEMPTS_MAX) {
                steps.unsure(work, words);
                return new Outcome.InVain(words, failure.comeAgainIn());
            }
            steps.refused(work, naming, failure.reason(), words);
            return Outcome.later(Duration.ZERO);
        }
        steps.named(work, naming);
        return Outcome.later(Duration.ZERO);
    }

    /** It was not even asked; names that nobody can be asked for are given up, for they can be wanted again. */
    private Outcome inVain(Work work, ProviderFailure failure, String words) {
        if ((failure.isPassing() || failure.maybeDone()) && work.attempt() < ATTEMPTS_MAX) {
            return new Outcome.InVain(words, failure.comeAgainIn());
        }
        steps.drop(work, failure.reason());
        return Outcome.done();
    }
}

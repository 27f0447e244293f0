package io.tenantry.provisioning;

import io.tenantry.provider.Mark;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Wish;
import io.tenantry.provisioning.ProvisionSteps.Announced;
import io.tenantry.servicekey.ServiceKeys;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has a server made for a service that was ordered, and waits until it runs: the table of ADR 11, line by line. It may die anywhere and
 * be repeated by anybody: it always looks first, and asks only after it is written down that it will.
 */
@ApplicationScoped
public class Provision implements Worker {
    /** Its kind of work; the key is the service. */
    public static final String KIND = "provision";

    /** A server that takes so long to come up is looked at by a person. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private static final int ATTEMPTS_MAX = 10;

    /** Where it is sold out it may be free again in a minute, but nobody waits for that for long. */
    private static final int ATTEMPTS_SOLD_OUT = 3;

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration FIRST_MINUTES = Duration.ofMinutes(3);
    private static final Duration LATER = Duration.ofSeconds(20);

    @Inject
    ProvisionSteps steps;

    @Inject
    Upstreams upstreams;

    /** By which keys a server is entered from the start. */
    private Function<UUID, List<String>> keys = serviceId -> List.of();

    /** For the container. */
    public Provision() {}

    @Inject
    void find(ServiceKeys found) {
        keys = serviceId -> found.publicKey(serviceId).stream().toList();
    }

    /** For use outside a container. */
    public Provision(ProvisionSteps steps, Upstreams upstreams) {
        this.steps = steps;
        this.upstreams = upstreams;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var life = steps.read(work.subject());
        if (!life.isOnItsWay()) {
            return Outcome.done();
        }
        Upstream.Home home;
        try {
            home = home(life);
        } catch (ProviderFailure shut) {
            return inVain(
                    work, shut.reason(), Upstream.Home.words(String.valueOf(shut.getMessage())), shut.comeAgainIn());
        }
        try {
            return life.upstreamId().isPresent()
                    ? await(work, home.provider(), life.upstreamId().get())
                    : look(work, life, home);
        } catch (ProviderFailure failure) {
            // Only questions end here: what was to be made is caught where it was asked for.
            return inVain(work, failure, home);
        }
    }

    private Upstream.Home home(Life life) {
        var account = life.place().account();
        var home = life.upstreamId().isPresent() ? upstreams.open(account) : upstreams.open(account, steps.owner(life));
        return home.orElseThrow(() -> new ProviderFailure(Reason.CREDENTIALS, "nobody knows the account " + account));
    }

    private Outcome look(Work work, Life life, Upstream.Home home) {
        var there = home.provider().marked(new Mark(life.id()));
        if (there.size() > 1) {
            return doubt(
                    work,
                    "servers with the mark of one service: "
                            + there.stream().map(Server::id).collect(Collectors.joining(", ")));
        }
        var isReserved = !there.isEmpty() && there.get(0).state() == Server.State.RESERVED;
        if (!there.isEmpty() && !isReserved) {
            steps.note(work, there.get(0));
            return Outcome.later(SOON);
        }
        var announced = steps.announce(work, isReserved);
        if (announced instanceof Announced.Wait wait) {
            return Outcome.later(wait.pause());
        }
        if (announced instanceof Announced.Enough enough) {
            return doubt(work, "asked " + enough.attempts() + " times, and no server is there");
        }
        return create(work, life, home);
    }

    private Outcome create(Work work, Life life, Upstream.Home home) {
        var place = life.place();
        var handed = steps.handed(life.id());
        var wish = new Wish(
                new Mark(life.id()),
                life.name(),
                place.region(),
                place.size(),
                place.image(),
                keys(life, handed),
                handed.script(),
                home.options());
        Server server;
        try {
            server = home.provider().create(wish);
        } catch (ProviderFailure failure) {
            return notMade(work, failure, home);
        }
        steps.note(work, server);
        return Outcome.later(SOON);
    }

    /** All that may enter the server as root, whoever they are. */
    List<String> keys(Life life, Beginnings.Handed handed) {
        return Stream.concat(handed.keys().stream(), keys.apply(life.id()).stream())
                .toList();
    }

    /** What a failure says of itself decides: look first, come again, or give up. */
    private Outcome notMade(Work work, ProviderFailure failure, Upstream.Home home) {
        var words = home.words(failure);
        if (failure.maybeDone()) {
            steps.unsure(work, words);
            return inVain(work, failure, home);
        }
        var most = failure.reason() == Reason.NO_CAPACITY ? ATTEMPTS_SOLD_OUT : ATTEMPTS_MAX;
        if (failure.isPassing() && work.attempt() < most) {
            steps.refused(work, words);
            return new Outcome.InVain(words, failure.comeAgainIn());
        }
        steps.fail(work, failure.reason(), words);
        return Outcome.done();
    }

    private Outcome await(Work work, Provider provider, String upstreamId) {
        var mark = new Mark(work.subject());
        var server = provider.server(upstreamId).filter(one -> one.mayBe(mark));
        if (server.isPresent() && server.get().state() == Server.State.FAILED) {
            steps.fail(work, Reason.VENDOR, "the vendor could not make server " + upstreamId);
            return Outcome.done();
        }
        if (server.filter(Provision::isUp).isPresent()) {
            steps.reached(work, server.get().addresses());
            steps.activate(work, server.get().addresses().get(0));
            return Outcome.done();
        }
        var age = steps.age(work.subject());
        if (age.compareTo(PATIENCE) > 0) {
            return doubt(
                    work,
                    "server " + upstreamId + " is "
                            + server.map(one -> one.state().name()).orElse("not there") + " since " + age);
        }
        return Outcome.later(age.compareTo(FIRST_MINUTES) < 0 ? SOON : LATER);
    }

    private static boolean isUp(Server server) {
        return server.state() == Server.State.RUNNING && !server.addresses().isEmpty();
    }

    /** Comes again; but not after the last time: then it has failed, or a person has to look. */
    private Outcome inVain(Work work, ProviderFailure failure, Upstream.Home home) {
        return inVain(work, failure.reason(), home.words(failure), failure.comeAgainIn());
    }

    private Outcome inVain(Work work, Reason reason, String words, Optional<Duration> comeAgainIn) {
        if (work.attempt() < ATTEMPTS_MAX) {
            return new Outcome.InVain(words, comeAgainIn);
        }
        return steps.giveUp(work, reason, words) ? Outcome.done() : Outcome.unclear(words);
    }

    private Outcome doubt(Work work, String seen) {
        steps.doubt(work);
        return Outcome.unclear(seen);
    }
}

package io.tenantry.reconciling;

import io.tenantry.provider.Mark;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Looks at an account every five minutes: our services, then the vendor's list to its last page, then our services once more. A list that
 * is not whole says nothing. It never ends, but with the account; what a vendor does wrong is noted with the account and does not park it.
 */
@ApplicationScoped
public class Reconcile implements Worker {
    /** Its kind of work; the key is the account. */
    public static final String KIND = "reconcile";

    /** So often an account is looked at. */
    static final Duration EVERY = Duration.ofMinutes(5);

    /** So many that a list lacks are asked for one by one each time; the others have to wait. */
    static final int ASKED_MAX = 20;

    @Inject
    ReconcileSteps steps;

    @Inject
    Inventories inventories;

    /** For the container. */
    public Reconcile() {}

    /** For use outside a container. */
    Reconcile(ReconcileSteps steps, Inventories inventories) {
        this.steps = steps;
        this.inventories = inventories;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome work(Work work) {
        var begun = steps.begin(work);
        if (begun.isEmpty()) {
            return Outcome.done();
        }
        var reading = begun.get();
        try {
            var opened = inventories.open(reading.account());
            return opened.isPresent()
                    ? read(work, reading, opened.get())
                    : failed(work, reading, nobody(), "nobody knows the account " + reading.account());
        } catch (ProviderFailure shut) {
            return failed(work, reading, shut, String.valueOf(shut.getMessage()));
        }
    }

    private Outcome read(Work work, ReconcileSteps.Reading reading, Inventories.Opened opened) {
        try {
            read(work, reading, opened.provider());
            return Outcome.later(EVERY);
        } catch (ProviderFailure failure) {
            var unused = failed(work, reading, failure, opened.words(failure));
            return Outcome.later(failure.comeAgainIn()
                    .filter(pause -> pause.compareTo(EVERY) > 0)
                    .orElse(EVERY));
        }
    }

    private Outcome failed(Work work, ReconcileSteps.Reading reading, ProviderFailure failure, String words) {
        steps.failed(work, reading, failure, words);
        return Outcome.later(EVERY);
    }

    private void read(Work work, ReconcileSteps.Reading reading, Provider provider) {
        var servers = provider.servers();
        var missing = steps.missing(reading, servers);
        var isSilent = servers.stream().anyMatch(server -> server.state() == Server.State.UNRECOGNISED);
        var silent = isSilent ? steps.silent(reading, servers) : List.<ReconcileSteps.Missing>of();
        for (var finding : steps.compare(work, reading, servers, ask(provider, missing, silent))) {
            steps.giveBack(work, finding);
        }
    }

    /** Lists may be late by a minute, and lose a server while their pages shift: a number that is asked for is not. */
    private static Answers ask(
            Provider provider, List<ReconcileSteps.Missing> missing, List<ReconcileSteps.Missing> silent) {
        var gone = new TreeSet<UUID>();
        var there = new TreeSet<UUID>();
        for (var service : missing.subList(0, Math.min(missing.size(), ASKED_MAX))) {
            var mark = new Mark(service.id());
            var answer = provider.server(service.upstreamId()).filter(server -> server.mayBe(mark));
            (answer.isPresent() ? there : gone).add(service.id());
        }
        return new Answers(gone, there, states(provider, silent));
    }

    /** Whether a server is on is not worth a reading: at the first that is not told the others have to wait. */
    private static Map<UUID, Server.State> states(Provider provider, List<ReconcileSteps.Missing> silent) {
        var states = new TreeMap<UUID, Server.State>();
        for (var service : silent) {
            try {
                var answer = provider.server(service.upstreamId()).filter(one -> one.mayBe(new Mark(service.id())));
                states.put(service.id(), answer.map(Server::state).orElse(Server.State.UNRECOGNISED));
            } catch (ProviderFailure untold) {
                states.put(service.id(), Server.State.UNRECOGNISED);
                break;
            }
        }
        return states;
    }

    private static ProviderFailure nobody() {
        return new ProviderFailure(Reason.CREDENTIALS, "nobody knows the account");
    }

    /** Of servers that are seen, those with a mark of ours. */
    static int ours(List<Server> servers) {
        return (int)
                servers.stream().filter(server -> server.mark().isPresent()).count();
    }
}

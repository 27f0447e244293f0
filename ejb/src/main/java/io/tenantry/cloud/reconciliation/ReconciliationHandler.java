package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Scans an account every five minutes: our services, then the provider's list to its last page, then our services again. An incomplete list is
 * ignored. It runs as long as the account exists; failures of a provider are recorded with the account and do not park the work.
 */
@ApplicationScoped
public class ReconciliationHandler implements WorkHandler {
    /** The kind of its work items; the key is the account. */
    public static final String KIND = "reconcile";

    /** Interval between two scans. */
    static final Duration EVERY = Duration.ofMinutes(5);

    /** Maximum number of servers missing from the list that are queried individually per scan; the others wait. */
    static final int ASKED_MAX = 20;

    @Inject
    ReconciliationTransactions transactions;

    @Inject
    Inventories inventories;

    /** For the container. */
    public ReconciliationHandler() {}

    /** For use outside a container. */
    ReconciliationHandler(ReconciliationTransactions transactions, Inventories inventories) {
        this.transactions = transactions;
        this.inventories = inventories;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var started = transactions.begin(claimedWorkItem);
        if (started.isEmpty()) {
            return WorkOutcome.done();
        }
        var scan = started.get();
        try {
            var opened = inventories.open(scan.account());
            return opened.isPresent()
                    ? read(claimedWorkItem, scan, opened.get())
                    : failed(claimedWorkItem, scan, nobody(), "unknown provider account " + scan.account());
        } catch (ProviderFailure shut) {
            return failed(claimedWorkItem, scan, shut, String.valueOf(shut.getMessage()));
        }
    }

    private WorkOutcome read(
            ClaimedWorkItem claimedWorkItem,
            ReconciliationTransactions.Scan scan,
            Inventories.OpenedAccount openedAccount) {
        try {
            read(claimedWorkItem, scan, openedAccount.provider());
            return WorkOutcome.later(EVERY);
        } catch (ProviderFailure failure) {
            var unused = failed(claimedWorkItem, scan, failure, openedAccount.words(failure));
            return WorkOutcome.later(failure.comeAgainIn()
                    .filter(pause -> pause.compareTo(EVERY) > 0)
                    .orElse(EVERY));
        }
    }

    private WorkOutcome failed(
            ClaimedWorkItem claimedWorkItem,
            ReconciliationTransactions.Scan scan,
            ProviderFailure failure,
            String words) {
        transactions.failed(claimedWorkItem, scan, failure, words);
        return WorkOutcome.later(EVERY);
    }

    private void read(
            ClaimedWorkItem claimedWorkItem, ReconciliationTransactions.Scan scan, ProviderClient providerClient) {
        var servers = providerClient.servers();
        var missing = transactions.missing(scan, servers);
        var isSilent =
                servers.stream().anyMatch(providerServer -> providerServer.state() == ProviderServer.State.UNKNOWN);
        var silent =
                isSilent ? transactions.silent(scan, servers) : List.<ReconciliationTransactions.MissingServer>of();
        for (var discrepancy :
                transactions.compare(claimedWorkItem, scan, servers, ask(providerClient, missing, silent))) {
            transactions.giveBack(claimedWorkItem, discrepancy);
        }
    }

    /** Lists may be outdated by a minute, and lose a server while their pages shift; a query by ID is not affected. */
    private static ServerProbes ask(
            ProviderClient providerClient,
            List<ReconciliationTransactions.MissingServer> missing,
            List<ReconciliationTransactions.MissingServer> silent) {
        var gone = new TreeSet<UUID>();
        var there = new TreeSet<UUID>();
        for (var service : missing.subList(0, Math.min(missing.size(), ASKED_MAX))) {
            var resourceTag = new ResourceTag(service.id());
            var answer = providerClient
                    .server(service.upstreamId())
                    .filter(providerServer -> providerServer.mayBe(resourceTag));
            (answer.isPresent() ? there : gone).add(service.id());
        }
        return new ServerProbes(gone, there, states(providerClient, silent));
    }

    /** The power state does not justify failing a scan: at the first failure, the other servers wait. */
    private static Map<UUID, ProviderServer.State> states(
            ProviderClient providerClient, List<ReconciliationTransactions.MissingServer> silent) {
        var states = new TreeMap<UUID, ProviderServer.State>();
        for (var service : silent) {
            try {
                var answer = providerClient
                        .server(service.upstreamId())
                        .filter(one -> one.mayBe(new ResourceTag(service.id())));
                states.put(service.id(), answer.map(ProviderServer::state).orElse(ProviderServer.State.UNKNOWN));
            } catch (ProviderFailure untold) {
                states.put(service.id(), ProviderServer.State.UNKNOWN);
                break;
            }
        }
        return states;
    }

    private static ProviderFailure nobody() {
        return new ProviderFailure(Reason.CREDENTIALS, "unknown provider account");
    }

    /** Returns the number of servers with our resource tag. */
    static int ours(List<ProviderServer> servers) {
        return (int) servers.stream()
                .filter(providerServer -> providerServer.mark().isPresent())
                .count();
    }
}

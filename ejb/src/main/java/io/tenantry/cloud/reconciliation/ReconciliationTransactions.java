package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.account.AccountHealth;
import io.tenantry.cloud.provider.account.ConnectionTestResult;
import io.tenantry.cloud.provider.account.ProviderAccountRepository;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The transactions of scanning an account. Each method is one transaction of the tenant, and writes nothing unless the work item is still held:
 * of two nodes that scan the same account, only one takes effect.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ReconciliationTransactions {
    private static final String BEGIN = """
            insert into provider_scan (account, started_at) values (?, clock_timestamp())
            on conflict on constraint provider_scan_pk do update set started_at = excluded.started_at
            returning started_at
            """;

    @Inject
    Sql sql;

    @Inject
    WorkItems items;

    @Inject
    Observations observations;

    @Inject
    DiscrepancyEffects discrepancyEffects;

    @Inject
    OutageCredits outageCredits;

    @Inject
    PowerStateSync powers;

    @Inject
    ProviderAccountRepository records;

    @Inject
    AccountHealth health;

    /** For the container. */
    public ReconciliationTransactions() {}

    /** For use outside a container. */
    ReconciliationTransactions(Collaborators collaborators) {
        sql = collaborators.sql();
        items = collaborators.items();
        observations = collaborators.observations();
        discrepancyEffects = collaborators.discrepancyEffects();
        outageCredits = collaborators.outageCredits();
        powers = collaborators.powers();
        records = collaborators.records();
        health = collaborators.health();
    }

    /** The collaborators. */
    record Collaborators(
            Sql sql,
            WorkItems items,
            Observations observations,
            DiscrepancyEffects discrepancyEffects,
            OutageCredits outageCredits,
            PowerStateSync powers,
            ProviderAccountRepository records,
            AccountHealth health) {}

    /**
     * A scan in progress.
     *
     * @param startedAt by the database's clock
     * @param before services at its start
     * @param kept the account's data at its start; empty for an account that staff have not connected
     */
    public record Scan(
            String account,
            Instant startedAt,
            List<ExpectedServer> before,
            Optional<ProviderAccountRepository.StoredAccount> kept) {}

    /** A service whose server has to be queried by its ID. */
    public record MissingServer(UUID id, String upstreamId) {}

    /** Starts a scan; empty if the account no longer exists. */
    public Optional<Scan> begin(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        var account = ReconciliationSchedule.accountOf(claimedWorkItem.key());
        if (!sql.query(Inventories.ACCOUNTS, row -> row.text("account")).contains(account)) {
            observations.forget(account, sql.one("select clock_timestamp() as at", row -> row.instant("at")));
            return Optional.empty();
        }
        var startedAt = sql.one(BEGIN, row -> row.instant("started_at"), account);
        return Optional.of(new Scan(account, startedAt, known(account, List.of()), records.find(account)));
    }

    /** Returns the services whose server must be queried by ID, since the list does not contain it. */
    public List<MissingServer> missing(Scan scan, List<ProviderServer> servers) {
        var now = known(scan.account(), servers);
        return new Comparison(scan.account(), scan.before(), now, servers)
                .missing().stream()
                        .map(service -> new MissingServer(
                                service.id(), service.upstreamId().orElse("")))
                        .toList();
    }

    /** Returns the services whose server is queried by ID in this scan, since the list does not contain its power state. */
    public List<MissingServer> silent(Scan scan, List<ProviderServer> servers) {
        var now = known(scan.account(), servers);
        return powers.toAsk(new Comparison(scan.account(), scan.before(), now, servers).atRest());
    }

    /**
     * Records the result of a complete list.
     *
     * @param serverProbes the provider's answers for servers that the list does not contain, or describes incompletely
     * @return discrepancies for which a refund may be due
     */
    public List<UUID> compare(
            ClaimedWorkItem claimedWorkItem, Scan scan, List<ProviderServer> servers, ServerProbes serverProbes) {
        items.hold(claimedWorkItem);
        var account = scan.account();
        var after = known(account, servers);
        var comparison = new Comparison(account, scan.before(), after, servers);
        var result = comparison.result(serverProbes);
        observations.see(account, scan.startedAt(), result.observed());
        var confirmed = observations.confirm(account, scan.startedAt());
        var resolved = observations.resolve(account, scan.startedAt(), result.unlisted());
        discrepancyEffects.of(account, scan.startedAt(), confirmed, resolved);
        powers.see(
                account, scan.startedAt(), result.isDoubtful() ? Map.of() : comparison.atRest(), serverProbes.states());
        sql.update("""
                update provider_scan
                   set completed_at = clock_timestamp(), servers = ?, ours = ?, doubtful = ?, failure = null, message = ''
                 where account = ?
                """, servers.size(), ReconciliationHandler.ours(servers), result.isDoubtful(), account);
        scan.kept().ifPresent(health::works);
        Signals.publish(sql, Signal.Kind.DISCREPANCY, Signal.EVERYBODY);
        return result.isDoubtful() ? List.of() : observations.missing(account, scan.startedAt());
    }

    /** Records only that the list was not read completely. */
    public void failed(ClaimedWorkItem claimedWorkItem, Scan scan, ProviderFailure failure, String words) {
        items.hold(claimedWorkItem);
        sql.update(
                "update provider_scan set failure = ?, message = left(?, 1000) where account = ?",
                failure.reason(),
                words,
                scan.account());
        scan.kept().ifPresent(storedAccount -> health.fails(storedAccount, ConnectionTestResult.of(failure), words));
        Signals.publish(sql, Signal.Kind.DISCREPANCY, Signal.EVERYBODY);
    }

    /** Refunds what was charged for a missing server and was not refunded yet. */
    public void giveBack(ClaimedWorkItem claimedWorkItem, UUID discrepancyId) {
        items.hold(claimedWorkItem);
        outageCredits.settle(discrepancyId);
    }

    private List<ExpectedServer> known(String account, List<ProviderServer> servers) {
        var marks = servers.stream()
                .flatMap(providerServer -> providerServer.mark().stream())
                .map(ResourceTag::serviceId)
                .distinct()
                .toArray(UUID[]::new);
        return sql.query(ExpectedServer.QUERY, ExpectedServer::of, account, marks);
    }
}

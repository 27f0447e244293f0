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
 * What is written down around the reading of an account. Each step is a transaction of the tenant, and writes nothing unless the item is
 * still held: of two nodes that read the same account, one is heard.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ReconciliationTransactions {
    private static final String BEGIN = """
            insert into provider_scan (account, begun_at) values (?, clock_timestamp())
            on conflict on constraint provider_scan_pk do update set begun_at = excluded.begun_at
            returning begun_at
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
    ReconciliationTransactions(Parts parts) {
        sql = parts.sql();
        items = parts.items();
        observations = parts.observations();
        discrepancyEffects = parts.discrepancyEffects();
        outageCredits = parts.outageCredits();
        powers = parts.powers();
        records = parts.records();
        health = parts.health();
    }

    /** What it is put together from. */
    record Parts(
            Sql sql,
            WorkItems items,
            Observations observations,
            DiscrepancyEffects discrepancyEffects,
            OutageCredits outageCredits,
            PowerStateSync powers,
            ProviderAccountRepository records,
            AccountHealth health) {}

    /**
     * A reading that has begun.
     *
     * @param begunAt by the database's clock
     * @param before services as they were then
     * @param kept how it was opened then; empty of one that staff have not connected
     */
    public record Reading(
            String account,
            Instant begunAt,
            List<ExpectedServer> before,
            Optional<ProviderAccountRepository.StoredAccount> kept) {}

    /** A service whose server has to be asked for by its number. */
    public record Missing(UUID id, String upstreamId) {}

    /** Begins; empty if there is no such account any more. */
    public Optional<Reading> begin(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        var account = ReconciliationSchedule.accountOf(claimedWorkItem.key());
        if (!sql.query(Inventories.ACCOUNTS, row -> row.text("account")).contains(account)) {
            observations.forget(account, sql.one("select clock_timestamp() as at", row -> row.instant("at")));
            return Optional.empty();
        }
        var begunAt = sql.one(BEGIN, row -> row.instant("begun_at"), account);
        return Optional.of(new Reading(account, begunAt, known(account, List.of()), records.find(account)));
    }

    /** Which services have to be asked for by number, since the list does not hold them. */
    public List<Missing> missing(Reading reading, List<ProviderServer> servers) {
        var now = known(reading.account(), servers);
        return new Comparison(reading.account(), reading.before(), now, servers)
                .missing().stream()
                        .map(service ->
                                new Missing(service.id(), service.upstreamId().orElse("")))
                        .toList();
    }

    /** Which services are asked for by number this time, since the list does not tell whether their server is on. */
    public List<Missing> silent(Reading reading, List<ProviderServer> servers) {
        var now = known(reading.account(), servers);
        return powers.toAsk(new Comparison(reading.account(), reading.before(), now, servers).atRest());
    }

    /**
     * Notes what a whole list says.
     *
     * @param serverProbes what the vendor said of servers that it lacks, or says too little of
     * @return findings for which something may have to be given back
     */
    public List<UUID> compare(
            ClaimedWorkItem claimedWorkItem, Reading reading, List<ProviderServer> servers, ServerProbes serverProbes) {
        items.hold(claimedWorkItem);
        var account = reading.account();
        var after = known(account, servers);
        var comparison = new Comparison(account, reading.before(), after, servers);
        var result = comparison.result(serverProbes);
        observations.see(account, reading.begunAt(), result.sightings());
        var confirmed = observations.confirm(account, reading.begunAt());
        var resolved = observations.resolve(account, reading.begunAt(), result.unsaid());
        discrepancyEffects.of(account, reading.begunAt(), confirmed, resolved);
        powers.see(
                account,
                reading.begunAt(),
                result.isDoubtful() ? Map.of() : comparison.atRest(),
                serverProbes.states());
        sql.update("""
                update provider_scan
                   set completed_at = clock_timestamp(), servers = ?, ours = ?, doubtful = ?, failure = null, words = ''
                 where account = ?
                """, servers.size(), ReconciliationHandler.ours(servers), result.isDoubtful(), account);
        reading.kept().ifPresent(health::works);
        Signals.publish(sql, Signal.Kind.FINDING, Signal.EVERYBODY);
        return result.isDoubtful() ? List.of() : observations.missing(account, reading.begunAt());
    }

    /** The list was not read to its end: nothing is said but that. */
    public void failed(ClaimedWorkItem claimedWorkItem, Reading reading, ProviderFailure failure, String words) {
        items.hold(claimedWorkItem);
        sql.update(
                "update provider_scan set failure = ?, words = left(?, 1000) where account = ?",
                failure.reason(),
                words,
                reading.account());
        reading.kept().ifPresent(storedAccount -> health.fails(storedAccount, ConnectionTestResult.of(failure), words));
        Signals.publish(sql, Signal.Kind.FINDING, Signal.EVERYBODY);
    }

    /** Gives back what was charged for a server that is missing, and is not given back yet. */
    public void giveBack(ClaimedWorkItem claimedWorkItem, UUID finding) {
        items.hold(claimedWorkItem);
        outageCredits.settle(finding);
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

package io.tenantry.reconciling;

import io.tenantry.live.Signal;
import io.tenantry.live.Signals;
import io.tenantry.provider.Mark;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.Server;
import io.tenantry.provider.account.AccountHealth;
import io.tenantry.provider.account.AccountRecords;
import io.tenantry.provider.account.Verdict;
import io.tenantry.tenancy.Sql;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
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
public class ReconcileSteps {
    private static final String BEGIN = """
            insert into account_reading (account, begun_at) values (?, clock_timestamp())
            on conflict on constraint account_reading_pk do update set begun_at = excluded.begun_at
            returning begun_at
            """;

    @Inject
    Sql sql;

    @Inject
    WorkItems items;

    @Inject
    Sightings sightings;

    @Inject
    Consequences consequences;

    @Inject
    GivingBack givingBack;

    @Inject
    PowerLooks powers;

    @Inject
    AccountRecords records;

    @Inject
    AccountHealth health;

    /** For the container. */
    public ReconcileSteps() {}

    /** For use outside a container. */
    ReconcileSteps(Parts parts) {
        sql = parts.sql();
        items = parts.items();
        sightings = parts.sightings();
        consequences = parts.consequences();
        givingBack = parts.givingBack();
        powers = parts.powers();
        records = parts.records();
        health = parts.health();
    }

    /** What it is put together from. */
    record Parts(
            Sql sql,
            WorkItems items,
            Sightings sightings,
            Consequences consequences,
            GivingBack givingBack,
            PowerLooks powers,
            AccountRecords records,
            AccountHealth health) {}

    /**
     * A reading that has begun.
     *
     * @param begunAt by the database's clock
     * @param before services as they were then
     * @param kept how it was opened then; empty of one that staff have not connected
     */
    public record Reading(String account, Instant begunAt, List<Known> before, Optional<AccountRecords.Kept> kept) {}

    /** A service whose server has to be asked for by its number. */
    public record Missing(UUID id, String upstreamId) {}

    /** Begins; empty if there is no such account any more. */
    public Optional<Reading> begin(Work work) {
        items.hold(work);
        var account = Rounds.accountOf(work.key());
        if (!sql.query(Inventories.ACCOUNTS, row -> row.text("account")).contains(account)) {
            sightings.forget(account, sql.one("select clock_timestamp() as at", row -> row.instant("at")));
            return Optional.empty();
        }
        var begunAt = sql.one(BEGIN, row -> row.instant("begun_at"), account);
        return Optional.of(new Reading(account, begunAt, known(account, List.of()), records.find(account)));
    }

    /** Which services have to be asked for by number, since the list does not hold them. */
    public List<Missing> missing(Reading reading, List<Server> servers) {
        var now = known(reading.account(), servers);
        return new Comparison(reading.account(), reading.before(), now, servers)
                .missing().stream()
                        .map(service ->
                                new Missing(service.id(), service.upstreamId().orElse("")))
                        .toList();
    }

    /** Which services are asked for by number this time, since the list does not tell whether their server is on. */
    public List<Missing> silent(Reading reading, List<Server> servers) {
        var now = known(reading.account(), servers);
        return powers.toAsk(new Comparison(reading.account(), reading.before(), now, servers).atRest());
    }

    /**
     * Notes what a whole list says.
     *
     * @param answers what the vendor said of servers that it lacks, or says too little of
     * @return findings for which something may have to be given back
     */
    public List<UUID> compare(Work work, Reading reading, List<Server> servers, Answers answers) {
        items.hold(work);
        var account = reading.account();
        var after = known(account, servers);
        var comparison = new Comparison(account, reading.before(), after, servers);
        var result = comparison.result(answers);
        sightings.see(account, reading.begunAt(), result.sightings());
        var confirmed = sightings.confirm(account, reading.begunAt());
        var resolved = sightings.resolve(account, reading.begunAt(), result.unsaid());
        consequences.of(account, reading.begunAt(), confirmed, resolved);
        powers.see(account, reading.begunAt(), result.isDoubtful() ? Map.of() : comparison.atRest(), answers.states());
        sql.update("""
                update account_reading
                   set completed_at = clock_timestamp(), servers = ?, ours = ?, doubtful = ?, failure = null, words = ''
                 where account = ?
                """, servers.size(), Reconcile.ours(servers), result.isDoubtful(), account);
        reading.kept().ifPresent(health::works);
        Signals.tell(sql, Signal.Kind.FINDING, Signal.EVERYBODY);
        return result.isDoubtful() ? List.of() : sightings.missing(account, reading.begunAt());
    }

    /** The list was not read to its end: nothing is said but that. */
    public void failed(Work work, Reading reading, ProviderFailure failure, String words) {
        items.hold(work);
        sql.update(
                "update account_reading set failure = ?, words = left(?, 1000) where account = ?",
                failure.reason(),
                words,
                reading.account());
        reading.kept().ifPresent(kept -> health.fails(kept, Verdict.of(failure), words));
        Signals.tell(sql, Signal.Kind.FINDING, Signal.EVERYBODY);
    }

    /** Gives back what was charged for a server that is missing, and is not given back yet. */
    public void giveBack(Work work, UUID finding) {
        items.hold(work);
        givingBack.settle(finding);
    }

    private List<Known> known(String account, List<Server> servers) {
        var marks = servers.stream()
                .flatMap(server -> server.mark().stream())
                .map(Mark::serviceId)
                .distinct()
                .toArray(UUID[]::new);
        return sql.query(Known.QUERY, Known::of, account, marks);
    }
}

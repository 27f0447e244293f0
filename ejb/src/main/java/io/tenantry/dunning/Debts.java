package io.tenantry.dunning;

import io.tenantry.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of debts and of the ladder in force. Reads within the caller's transaction; asks for no right. */
@ApplicationScoped
public class Debts {
    private static final String WALLETS = """
            select w.id, w.organization_id, o.name, w.balance, w.credit_limit, w.burn_per_hour, w.currency,
                   e.id as episode, e.began_at, p.reason, p.until, p.made_at, p.made_by
              from wallet w
              join organization o on o.id = w.organization_id
              left join dunning_episode e on e.wallet_id = w.id and e.ended_at is null
              left join dunning_pause p on p.organization_id = w.organization_id and p.lifted_at is null
            """;

    private static final String STEPS = """
            select episode_id, act, nth, taken_at, reached_at
              from dunning_step
             where episode_id = any (?::uuid[])
             order by taken_at, id
            """;

    @Inject
    Sql sql;

    /** For the container. */
    public Debts() {}

    /** For use outside a container. */
    Debts(Sql sql) {
        this.sql = sql;
    }

    /** The ladder in force. */
    Ladders.Version inForce() {
        var rows = sql.query(
                """
                select l.version, l.charges_suspended, r.act, r.nth, r.days, r.fee_percent, r.fee_most,
                       r.fee_currency as currency
                  from dunning_ladder l
                  join dunning_rung r on r.version = l.version
                 where l.version = (select max(version) from dunning_ladder)
                 order by r.position
                """,
                row -> new Read(
                        row.whole("version"),
                        row.flag("charges_suspended"),
                        new Rung(
                                Act.valueOf(row.text("act")),
                                row.whole("nth"),
                                row.whole("days"),
                                row.maybeDecimal("fee_most")
                                        .map(most -> new LateFee(
                                                row.maybeDecimal("fee_percent"), money(row, "fee_most"))))));
        return new Ladders.Version(
                rows.get(0).version(),
                new Ladder(rows.stream().map(Read::rung).toList(), rows.get(0).isCharging()));
    }

    private record Read(int version, boolean isCharging, Rung rung) {}

    /** Debts that are open and looked after, some at a time. */
    List<Debt> open(UUID after, int limit) {
        return read(" where e.id is not null and w.id > ? order by w.id limit ?", after, limit);
    }

    /** One wallet. */
    Optional<Debt> of(UUID walletId) {
        return read(" where w.id = ?", walletId).stream().findFirst();
    }

    /** The wallets of an organization. */
    List<Debt> ofOrganization(UUID organizationId) {
        return read(" where w.organization_id = ? order by w.currency", organizationId);
    }

    /** Wallets that are in debt, or will be within so many hours at the present pace; who owes most first. */
    List<Debt> near(int hours, int limit) {
        return read("""
                 where e.id is not null
                    or w.balance + w.credit_limit < w.burn_per_hour * ?
                    or w.balance < -w.credit_limit
                 order by e.began_at, w.balance + w.credit_limit, w.id
                 limit ?
                """, hours, limit);
    }

    private List<Debt> read(String which, @Nullable Object... parameters) {
        var found = sql.query(WALLETS + which, row -> debt(row, List.of()), parameters);
        var episodes = found.stream()
                .flatMap(debt -> debt.episodeId().stream())
                .map(UUID::toString)
                .toArray(String[]::new);
        if (episodes.length == 0) {
            return found;
        }
        var steps = sql.query(STEPS, row -> Map.entry(row.uuid("episode_id"), taken(row)), (Object) episodes).stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return found.stream()
                .map(debt -> with(debt, debt.episodeId().map(steps::get).orElse(List.of())))
                .toList();
    }

    private static Debt with(Debt debt, List<Taken> taken) {
        return new Debt(
                debt.walletId(),
                debt.organizationId(),
                debt.organization(),
                debt.balance(),
                debt.creditLimit(),
                debt.burnPerHour(),
                debt.episodeId(),
                debt.since(),
                taken,
                debt.pause());
    }

    static Taken taken(Row row) {
        return new Taken(
                Act.valueOf(row.text("act")),
                row.whole("nth"),
                row.instant("taken_at"),
                row.maybeInstant("reached_at"));
    }

    private static Debt debt(Row row, List<Taken> taken) {
        return new Debt(
                row.uuid("id"),
                row.uuid("organization_id"),
                row.text("name"),
                money(row, "balance"),
                money(row, "credit_limit"),
                money(row, "burn_per_hour"),
                row.maybeUuid("episode"),
                row.maybeInstant("began_at"),
                taken,
                row.maybeText("reason")
                        .map(reason ->
                                new Pause(reason, row.instant("until"), row.instant("made_at"), row.text("made_by"))));
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}

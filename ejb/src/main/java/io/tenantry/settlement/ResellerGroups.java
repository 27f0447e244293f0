package io.tenantry.settlement;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.SettlementQuery.SettlementSummary;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Groups of related resellers, such as those of one owner. Each is settled and pays separately; a group is reported together, month by month.
 * Only operators know of groups.
 */
@Stateless
public class ResellerGroups {
    /** The maximum length of a name. */
    public static final int NAME_MAX = 80;

    private static final String MEMBERS = """
        select a.tenant, a.currency, g.id, g.name
          from (select distinct on (m.account_id) m.account_id, m.group_id
                  from reseller_group_member m
                 where m.from_month <= ?
                 order by m.account_id, m.from_month desc, m.id desc) l
          join reseller_ledger_account a on a.id = l.account_id
          join reseller_group g on g.id = l.group_id
         order by lower(g.name), a.tenant
        """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    @Inject
    ResellerAccounts accounts;

    /** For the container. */
    public ResellerGroups() {}

    /** For use outside a container. */
    ResellerGroups(
            Sql sql, Clock clock, Access access, AuditTrail audit, TenantDirectory tenants, ResellerAccounts accounts) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.accounts = accounts;
    }

    /** A group of resellers. */
    public record Group(UUID id, String name) {}

    /**
     * The totals of several resellers in one currency for a month; each is the sum of the settlements, and of the credit notes issued in the
     * month.
     *
     * @param total without tax
     * @param open the unpaid amount, with tax
     */
    public record Sum(
            Currency currency, Money revenue, Money wholesale, Money fees, Money total, Money open, Money margin) {
        static Sum of(Currency currency, List<SettlementSummary> heads) {
            return new Sum(
                    currency,
                    add(currency, heads, SettlementSummary::revenue),
                    add(currency, heads, SettlementSummary::wholesale),
                    add(currency, heads, SettlementSummary::fees),
                    add(currency, heads, SettlementSummary::total),
                    add(currency, heads, SettlementSummary::open),
                    add(currency, heads, SettlementSummary::margin));
        }

        private static Money add(
                Currency currency, List<SettlementSummary> heads, Function<SettlementSummary, Money> part) {
            return heads.stream().map(part).reduce(Money.zero(currency), Money::plus);
        }
    }

    /**
     * A month of a group.
     *
     * @param heads the settlements of its members, and the credit notes issued to them in that month
     * @param unsettled members without one
     * @param sums of each currency
     */
    public record Statement(
            Group group, YearMonth month, List<SettlementSummary> heads, List<TenantId> unsettled, List<Sum> sums) {
        public Statement {
            heads = List.copyOf(heads);
            unsettled = List.copyOf(unsettled);
            sums = List.copyOf(sums);
        }
    }

    /** The result of a change. */
    public sealed interface Outcome {
        record Done() implements Outcome {}

        /** Another group has that name. */
        record Taken() implements Outcome {}

        /** It is already in that group at that time. */
        record Unchanged() implements Outcome {}

        /** A later month is already settled and keeps its group. */
        record Settled(YearMonth latest) implements Outcome {}
    }

    /** Returns all groups by name. */
    public List<Group> all() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return sql.query("select id, name from reseller_group order by lower(name)", ResellerGroups::group);
    }

    /** Returns the latest month that is settled with any reseller. */
    public Optional<YearMonth> latest() {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return sql.one(
                "select to_char(max(month), 'YYYY-MM') as month from settlement",
                row -> row.maybeText("month").map(YearMonth::parse));
    }

    /** Returns the groups as they were in a month, with the settlements of their members; including groups without members. */
    public List<Statement> statements(YearMonth month) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        var members = sql.query(MEMBERS, Member::of, month.atDay(1));
        var heads = sql.query(
                SettlementRows.HEADS + " where s.month = ? order by a.tenant, s.kind desc, s.issued_at",
                SettlementRows::head,
                month.atDay(1));
        return all().stream()
                .map(group -> statement(
                        group,
                        month,
                        members.stream()
                                .filter(member -> member.group().equals(group))
                                .toList(),
                        heads))
                .toList();
    }

    private record Member(Group group, TenantId tenant, Currency currency) {
        static Member of(Row row) {
            return new Member(
                    ResellerGroups.group(row),
                    new TenantId(row.text("tenant")),
                    Currency.getInstance(row.text("currency")));
        }

        boolean has(SettlementSummary settlementSummary) {
            return settlementSummary.tenant().equals(tenant)
                    && settlementSummary.total().currency().equals(currency);
        }
    }

    private static Statement statement(
            Group group, YearMonth month, List<Member> members, List<SettlementSummary> all) {
        var heads = all.stream()
                .filter(settlementSummary -> members.stream().anyMatch(member -> member.has(settlementSummary)))
                .toList();
        var byCurrency =
                new TreeMap<Currency, List<SettlementSummary>>(Comparator.comparing(Currency::getCurrencyCode));
        heads.forEach(settlementSummary -> byCurrency.merge(
                settlementSummary.total().currency(),
                List.of(settlementSummary),
                (one, more) -> java.util.stream.Stream.concat(one.stream(), more.stream())
                        .toList()));
        return new Statement(
                group,
                month,
                heads,
                members.stream()
                        .filter(member -> heads.stream()
                                .noneMatch(settlementSummary ->
                                        !settlementSummary.isCredit() && member.has(settlementSummary)))
                        .map(Member::tenant)
                        .toList(),
                byCurrency.entrySet().stream()
                        .map(entry -> Sum.of(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /**
     * Creates a group.
     *
     * @throws IllegalArgumentException if the name is empty or too long
     */
    public Outcome make(String name) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var called = named(name);
        var id = Ids.next(clock);
        if (sql.update(
                        "insert into reseller_group (id, name, created_at) values (?, ?, ?) on conflict do nothing",
                        id,
                        called,
                        clock.instant())
                == 0) {
            return new Outcome.Taken();
        }
        audit.record("settlement.group_created", "reseller_group", id.toString(), Map.of("name", called));
        return new Outcome.Done();
    }

    /** Renames a group; like {@link #make}. */
    public Outcome rename(UUID id, String name) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var called = named(name);
        var before = sql.first("select id, name from reseller_group where id = ? for update", ResellerGroups::group, id)
                .orElseThrow(() -> new NotFoundException("group of resellers", id));
        if (before.name().equals(called)) {
            return new Outcome.Unchanged();
        }
        var isTaken = sql.first(
                        "select id, name from reseller_group where lower(name) = ? and id <> ?",
                        ResellerGroups::group,
                        called.toLowerCase(Locale.ROOT),
                        id)
                .isPresent();
        if (isTaken) {
            return new Outcome.Taken();
        }
        sql.update("update reseller_group set name = ? where id = ?", called, id);
        audit.record(
                "settlement.group_renamed",
                "reseller_group",
                id.toString(),
                Map.of("name", called, "before", before.name()));
        return new Outcome.Done();
    }

    private static String named(String name) {
        var called = name.strip();
        if (called.isEmpty() || called.length() > NAME_MAX || !InputText.isLine(called)) {
            throw new IllegalArgumentException("a group has a name of 1 to " + NAME_MAX + " characters");
        }
        return called;
    }

    /**
     * Assigns a reseller to a group from a month on, or to none. The first assignment may be from any month; later ones only from unsettled
     * months, so that months that were reported together stay so.
     *
     * @param group null for none
     */
    public Outcome put(TenantId tenant, @Nullable UUID group, YearMonth from) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var known = tenants.byId(tenant).orElseThrow(() -> new NotFoundException("reseller", tenant));
        if (group != null && all().stream().noneMatch(one -> one.id().equals(group))) {
            throw new NotFoundException("group of resellers", group);
        }
        // Settling shares a lock on this row: either the month is settled and stays, or it is settled with the group
        // assigned here.
        sql.one("select window_hours from settlement_policy for update", row -> row.whole("window_hours"));
        var account = accounts.of(known).id();
        var latest = sql.one("""
            select to_char(max(s.month), 'YYYY-MM') as month
              from settlement s
             where s.account_id = ?
               and exists (select from reseller_group_member m where m.account_id = s.account_id)
            """, row -> row.maybeText("month").map(YearMonth::parse), account);
        if (latest.filter(month -> !month.isBefore(from)).isPresent()) {
            return new Outcome.Settled(latest.get());
        }
        var now = sql.first("""
            select group_id
              from reseller_group_member
             where account_id = ? and from_month <= ?
             order by from_month desc, id desc
             limit 1
            """, row -> row.maybeUuid("group_id"), account, from.atDay(1));
        if (Objects.equals(now.flatMap(one -> one).orElse(null), group)) {
            return new Outcome.Unchanged();
        }
        sql.update(
                """
                insert into reseller_group_member (account_id, group_id, from_month, recorded_at, recorded_by)
                values (?, ?, ?, ?, ?)
                """,
                account,
                group,
                from.atDay(1),
                clock.instant(),
                Actors.require().name());
        audit.record(
                "settlement.group_joined",
                "tenant",
                tenant.value(),
                Map.of("group", group == null ? "none" : group.toString(), "from", from));
        return new Outcome.Done();
    }

    private static Group group(Row row) {
        return new Group(row.uuid("id"), row.text("name"));
    }
}

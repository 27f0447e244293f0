package io.tenantry.cloud.provider.catalog;

import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The searchable list of a provider's sizes for staff, with the plans that are made of them. */
@Stateless
public class ProviderSizes {
    /** Filter: {@code sold}, {@code unsold}, {@code moved}, {@code gone}; without it, all existing sizes. */
    public static final String STATE = "state";

    /** Filter: the ID of an account. */
    public static final String ACCOUNT = "account";

    /** Filter: IDs of sizes, separated by commas. */
    public static final String ONLY = "only";

    /** Filter: the provider's term for a family of sizes. */
    public static final String FAMILY = "family";

    private static final String MOVED = """
            exists (select from provider_price_change m
                     join plan_source o on o.size_id = m.size_id
                     join plan n on n.id = o.plan_id and n.state <> 'RETIRED'
                    where m.size_id = s.id
                      and m.at > (select max(v.published_at) from price_version v where v.plan_id = n.id))
            """;
    private static final String SOLD =
            "exists (select from plan_source o join plan n on n.id = o.plan_id and n.state <> 'RETIRED' where o.size_id = s.id)";

    private static final SortOrder SORTING = new SortOrder(
            Map.of(
                    "name", "lower(s.name)",
                    "account", "(select lower(a.name) from provider_account a where a.id = s.account_id)",
                    "cpus", "s.vcpus",
                    "memory", "s.memory_mib",
                    "disk", "s.disk_gib",
                    "price",
                            "(select (min(p.currency), max(p.monthly)) from provider_price p where p.size_id = s.id having count(*) > 0)"),
            "s.account_id, s.family, s.vcpus, s.memory_mib",
            "s.code, s.id");

    private static final String SIZES = """
            select s.id, s.account_id, a.name account, s.code, s.name, s.family, s.vcpus, s.memory_mib, s.disk_gib, s.transfer_gib, s.regions, s.seen_at, s.removed_at,
                   p.currency, p.monthly, p.dearest,
                   m.currency_before, m.monthly_before, m.at moved_at,
                   array(select n.name from plan_source o join plan n on n.id = o.plan_id and n.state <> 'RETIRED'
                          where o.size_id = s.id order by lower(n.name)) plans
              from provider_size s
              join provider_account a on a.id = s.account_id
              left join lateral (select min(currency) currency, min(monthly) monthly, max(monthly) dearest
                                   from provider_price where size_id = s.id having count(*) > 0) p on true
              left join lateral (select currency_before, monthly_before, at from provider_price_change
                                  where size_id = s.id order by id desc limit 1) m on true
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    /**
     * A provider's size.
     *
     * @param account the account's name for staff
     * @param monthly the provider's lowest price, in its own currency; empty if not reported
     * @param dearest the highest price, where regions differ
     * @param before the previous price, if it has ever changed
     * @param plans names of the reseller's plans that are made of it, except retired ones
     */
    public record Size(
            UUID id,
            UUID accountId,
            String account,
            String code,
            String name,
            String family,
            int vcpus,
            int memoryMib,
            int diskGib,
            int transferGib,
            List<String> regions,
            Optional<Money> monthly,
            Optional<Money> dearest,
            Optional<Money> before,
            Optional<Instant> movedAt,
            Instant seenAt,
            Optional<Instant> goneAt,
            List<String> plans) {}

    /**
     * The totals of an account.
     *
     * @param moved sizes that plans are made of and whose price has changed since the plan's price was published
     * @param seenAt when the provider was last read; empty if never
     */
    public record Summary(int sizes, int gone, int sold, int moved, Optional<Instant> seenAt) {}

    /** Returns the totals of an account. */
    public Summary summary(UUID accountId) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        return sql.one(
                """
                select count(*) filter (where s.removed_at is null)::int sizes,
                       count(*) filter (where s.removed_at is not null)::int gone,
                       count(*) filter (where ${sold})::int sold,
                       count(*) filter (where ${moved})::int moved,
                       max(s.seen_at) seen_at
                  from provider_size s where s.account_id = ?
                """.replace("${sold}", SOLD).replace("${moved}", MOVED),
                row -> new Summary(
                        row.whole("sizes"),
                        row.whole("gone"),
                        row.whole("sold"),
                        row.whole("moved"),
                        row.maybeInstant("seen_at")),
                accountId);
    }

    /** Returns a page of the sizes. */
    public ResultPage<Size> find(ListQuery listQuery) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        var sqlConditions = conditions(listQuery);
        var total = sql.one(
                "select count(*)::int n from provider_size s" + sqlConditions.sql(),
                row -> row.whole("n"),
                sqlConditions.parameters());
        return total == 0 ? ResultPage.nothing() : new ResultPage<>(rows(listQuery), total);
    }

    /** Returns the rows only, for callers that read page by page. */
    public List<Size> rows(ListQuery listQuery) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        var sqlConditions = conditions(listQuery);
        return sql.query(
                SIZES + sqlConditions.sql() + " order by " + SORTING.of(listQuery) + " limit ? offset ?",
                ProviderSizes::size,
                sqlConditions.parameters(listQuery.limit(), listQuery.first()));
    }

    /** Returns those with these IDs that exist and are still sold. */
    public List<Size> these(List<UUID> ids) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        return sql.query(
                SIZES + " where s.id = any (?) and s.removed_at is null order by s.vcpus, s.memory_mib, s.code",
                ProviderSizes::size,
                (Object) ids.toArray(UUID[]::new));
    }

    /** Returns the families of sizes, in the providers' terms. */
    public List<String> families() {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        return sql.query(
                "select distinct family from provider_size where family <> '' order by family",
                row -> row.text("family"));
    }

    /** Returns the accounts with a stored catalog, by name. */
    public Map<UUID, String> accounts() {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        var all = new LinkedHashMap<UUID, String>();
        sql.query(
                        "select id, name from provider_account where id in (select account_id from provider_size) order by lower(name)",
                        row -> Map.entry(row.uuid("id"), row.text("name")))
                .forEach(one -> all.put(one.getKey(), one.getValue()));
        return all;
    }

    static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text.strip()));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static SqlConditions conditions(ListQuery listQuery) {
        var sqlConditions = new SqlConditions()
                .and(listQuery.filter(ACCOUNT).flatMap(ProviderSizes::id), "s.account_id = ?")
                .and(
                        listQuery
                                .filter(ONLY)
                                .map(ids -> Arrays.stream(ids.split(",", -1))
                                        .flatMap(one -> id(one).stream())
                                        .toArray(UUID[]::new)),
                        "s.id = any (?)")
                .and(
                        Optional.of(listQuery.search().toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty()),
                        "strpos(lower(s.name), ?) > 0 or strpos(lower(s.code), ?) > 0")
                .and(listQuery.filter(FAMILY), "s.family = ?");
        return switch (listQuery.filter(STATE).orElse("")) {
            case "sold" -> sqlConditions.and(SOLD);
            case "unsold" -> sqlConditions.and("not " + SOLD);
            case "moved" -> sqlConditions.and(MOVED);
            case "gone" -> sqlConditions.and("s.removed_at is not null");
            default -> sqlConditions.and("s.removed_at is null or " + SOLD);
        };
    }

    private static Size size(Row row) {
        return new Size(
                row.uuid("id"),
                row.uuid("account_id"),
                row.text("account"),
                row.text("code"),
                row.text("name"),
                row.text("family"),
                row.whole("vcpus"),
                row.whole("memory_mib"),
                row.whole("disk_gib"),
                row.whole("transfer_gib"),
                row.texts("regions"),
                money(row, "monthly", "currency"),
                money(row, "dearest", "currency"),
                money(row, "monthly_before", "currency_before"),
                row.maybeInstant("moved_at"),
                row.instant("seen_at"),
                row.maybeInstant("removed_at"),
                row.texts("plans"));
    }

    private static Optional<Money> money(Row row, String column, String currency) {
        return row.maybeDecimal(column).map(amount -> new Money(amount, Currency.getInstance(row.text(currency))));
    }
}

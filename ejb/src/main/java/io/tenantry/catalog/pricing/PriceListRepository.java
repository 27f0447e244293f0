package io.tenantry.catalog.pricing;

import io.tenantry.catalog.pricing.PriceListQuery.Version;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stored versions of price lists with their prices. Checks no permission: the use cases do. */
final class PriceListRepository {
    private static final String WRITE = """
        insert into price_list_item (version_id, kind, provider, code, region, monthly, orderable, cost_currency, cost_monthly, rate,
                                     rate_day, rate_source)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private final Sql sql;

    PriceListRepository(Sql sql) {
        this.sql = sql;
    }

    /** Returns the versions of a list, the latest first. */
    List<Version> versions(UUID listId) {
        return sql.query(
                PriceListRows.VERSIONS + " where v.list_id = ? order by v.number desc", PriceListRows::version, listId);
    }

    /**
     * Returns one version.
     *
     * @throws NotFoundException if there is none
     */
    Version version(UUID versionId) {
        return sql.first(PriceListRows.VERSIONS + " where v.id = ?", PriceListRows::version, versionId)
                .orElseThrow(() -> new NotFoundException("version of a price list", versionId));
    }

    /** Returns the version published last, which is the one with the latest start. */
    Optional<Version> latest(UUID listId) {
        return sql.first(
                PriceListRows.VERSIONS
                        + " where v.list_id = ? and v.state = 'PUBLISHED' order by v.valid_from desc, v.number desc"
                        + " limit 1",
                PriceListRows::version,
                listId);
    }

    /**
     * Locks a list against other changes until the transaction ends.
     *
     * @throws NotFoundException if there is none
     */
    void lock(UUID listId) {
        var unused = sql.first("select id from price_list where id = ? for update", row -> row.uuid("id"), listId)
                .orElseThrow(() -> new NotFoundException("price list", listId));
    }

    /** Returns the version, with its list locked until the transaction ends. */
    Version locked(UUID versionId) {
        lock(version(versionId).listId());
        return version(versionId);
    }

    /** Returns the prices of a version in order. */
    List<PriceItem> items(UUID versionId) {
        return sql.query("""
            select kind, provider, code, region, monthly, orderable, cost_currency, cost_monthly, rate, rate_day, rate_source
              from price_list_item
             where version_id = ?
            """, PriceListRows::item, versionId).stream()
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .toList();
    }

    /** Returns the prices of a version by key. */
    SortedMap<PriceKey, PriceItem> byKey(UUID versionId) {
        return PriceItem.byKey(items(versionId));
    }

    /** Stores prices of a version. */
    void write(UUID versionId, Collection<PriceItem> items) {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var item : items) {
            var key = item.key();
            var cost = item.cost();
            var rate = cost.flatMap(PriceItem.Cost::rate);
            rows.add(new @Nullable Object[] {
                versionId,
                key.kind(),
                key.provider(),
                key.code(),
                key.region(),
                item.monthly(),
                item.orderable(),
                cost.map(one -> one.monthly().currency()).orElse(null),
                cost.map(one -> one.monthly().amount()).orElse(null),
                rate.map(PriceItem.Rate::value).orElse(null),
                rate.map(PriceItem.Rate::day).orElse(null),
                rate.map(PriceItem.Rate::source).orElse(null)
            });
        }
        if (!rows.isEmpty()) {
            sql.batch(WRITE, rows);
        }
    }
}

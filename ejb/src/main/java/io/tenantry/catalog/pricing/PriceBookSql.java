package io.tenantry.catalog.pricing;

import io.tenantry.catalog.pricing.PriceBook.ListLevel;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the price book of a reseller in its own scope, in one statement. */
final class PriceBookSql {
    /** All versions that are in force at an instant or after it, with their prices. An open end is null. */
    private static final String BOOK = """
            select w.layer, w.version_id, v.number, w.from_at, nullif(w.until_at, 'infinity') as until_at,
                   i.kind, i.provider, i.code, i.region, i.monthly, i.orderable
              from wholesale_versions(?, ?) w
              join platform.price_list_version v on v.id = w.version_id
              left join platform.price_list_item i on i.version_id = w.version_id
             where w.until_at > ?
             order by w.from_at desc, w.layer
            """;

    private PriceBookSql() {}

    static PriceBook read(Sql sql, Tenant tenant, Instant since) {
        var versions = new LinkedHashMap<VersionRow, Map<PriceKey, PriceItem>>();
        sql.query(BOOK, Line::of, tenant.currency(), tenant.zone().getId(), since)
                .forEach(line -> {
                    var items = versions.computeIfAbsent(line.version(), first -> new HashMap<>());
                    line.item().ifPresent(item -> items.put(item.key(), item));
                });
        return new PriceBook(
                tenant.currency(),
                versions.entrySet().stream()
                        .map(one -> one.getKey().with(one.getValue()))
                        .toList());
    }

    /** A version with one of its prices; without a price if the version is empty. */
    private record Line(VersionRow version, Optional<PriceItem> item) {
        static Line of(Row row) {
            return new Line(VersionRow.of(row), row.maybeText("kind").map(kind -> PriceBookSql.item(kind, row)));
        }
    }

    private record VersionRow(int layer, UUID id, int number, Instant from, Optional<Instant> until) {
        static VersionRow of(Row row) {
            return new VersionRow(
                    row.whole("layer"),
                    row.uuid("version_id"),
                    row.whole("number"),
                    row.instant("from_at"),
                    row.maybeInstant("until_at"));
        }

        PriceBook.Version with(Map<PriceKey, PriceItem> items) {
            var owner = layer == 1 ? ListLevel.RESELLER : layer == 2 ? ListLevel.GROUP : ListLevel.ALL;
            return new PriceBook.Version(owner, id, number, from, until, items);
        }
    }

    private static PriceItem item(String kind, Row row) {
        return new PriceItem(
                new PriceKey(PriceKey.Kind.valueOf(kind), row.text("provider"), row.text("code"), row.text("region")),
                row.decimal("monthly"),
                row.flag("orderable"),
                Optional.empty());
    }
}

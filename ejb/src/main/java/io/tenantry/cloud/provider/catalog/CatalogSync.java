package io.tenantry.cloud.provider.catalog;

import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.account.ProviderAccountRepository;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores a provider's catalog in one transaction: new items are added, missing ones are marked, and changed prices are recorded and staff are
 * notified of them if plans are made of the size. Selling prices stay the same. Requires no permission: called by a use case that has checked
 * it.
 */
@Stateless
public class CatalogSync {
    private static final int TEXT_MAX = 120;
    private static final int TOLD_MAX = 3;

    private static final String SIZE = """
            insert into provider_size (id, account_id, code, name, family, vcpus, memory_mib, disk_gib, transfer_gib,
                                    transfer_unlimited, regions, seen_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (account_id, code) do update
               set name = excluded.name, family = excluded.family, vcpus = excluded.vcpus, memory_mib = excluded.memory_mib,
                   disk_gib = excluded.disk_gib, transfer_gib = excluded.transfer_gib,
                   transfer_unlimited = excluded.transfer_unlimited, regions = excluded.regions,
                   seen_at = excluded.seen_at, removed_at = null
            """;

    private static final String REGION = """
            insert into provider_region (id, account_id, code, name, country, open, seen_at) values (?, ?, ?, ?, ?, ?, ?)
            on conflict (account_id, code) do update
               set name = excluded.name, country = excluded.country, open = excluded.open, seen_at = excluded.seen_at, removed_at = null
            """;

    private static final String IMAGE = """
            insert into provider_image (id, account_id, code, name, family, disk_min_gib, deprecated, seen_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (account_id, code) do update
               set name = excluded.name, family = excluded.family, disk_min_gib = excluded.disk_min_gib,
                   deprecated = excluded.deprecated, seen_at = excluded.seen_at, removed_at = null
            """;

    private static final String PRICE = """
            insert into provider_price (size_id, region, currency, hourly, monthly, seen_at)
            select id, ?, ?, ?, ?, ? from provider_size where account_id = ? and code = ?
            on conflict (size_id, region) do update
               set currency = excluded.currency, hourly = excluded.hourly, monthly = excluded.monthly, seen_at = excluded.seen_at
            """;

    private static final String MOVE = """
            insert into provider_price_change (size_id, region, currency_before, monthly_before, currency, monthly, at)
            select id, ?, ?, ?, ?, ?, ? from provider_size where account_id = ? and code = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AuditTrail audit;

    /**
     * The result of a sync.
     *
     * @param sizes number of sizes sold
     * @param gone number of sizes no longer sold
     * @param moved number of changed prices
     */
    public record Count(int sizes, int gone, int moved) {}

    /** Stores the catalog. */
    public Count take(ProviderAccountRepository.StoredAccount account, ProviderCatalog providerCatalog) {
        var id = account.id();
        var now = clock.instant();
        sql.query("select id from provider_account where id = ? for update", row -> row.uuid("id"), id);
        var sizes =
                providerCatalog.sizes().stream().filter(CatalogSync::isWhole).toList();
        var before = prices(id);
        sql.batch(SIZE, rows(sizes, size -> size(id, size, now)));
        sql.batch(REGION, rows(providerCatalog.regions(), region -> region(id, region, now)));
        sql.batch(IMAGE, rows(providerCatalog.images(), image -> image(id, image, now)));
        var gone = gone(id, "provider_size", sizes.stream().map(ProviderCatalog.Size::code), now);
        gone(id, "provider_region", providerCatalog.regions().stream().map(ProviderCatalog.Region::code), now);
        gone(id, "provider_image", providerCatalog.images().stream().map(ProviderCatalog.Image::code), now);
        var after = ProviderPrices.of(sizes);
        var moves = after.movedSince(before);
        price(id, before, after, moves, now);
        sendAlert(account, moves, now);
        var count = new Count(sizes.size(), gone, moves.size());
        audit.record(
                "provider.catalog_imported",
                "provider_account",
                id.toString(),
                Map.of("sizes", count.sizes(), "gone", count.gone(), "moved", count.moved()));
        return count;
    }

    /** Whether the size is complete; sizes that cannot be sold are skipped. */
    private static boolean isWhole(ProviderCatalog.Size size) {
        return size.vcpus() > 0 && size.memoryMib() > 0 && size.diskGib() >= 0 && size.transferGib() >= 0;
    }

    private ProviderPrices prices(UUID accountId) {
        var all = new HashMap<ProviderPrices.PriceKey, ProviderPrices.Amounts>();
        sql.query(
                        """
                        select s.code, p.region, p.currency, p.hourly, p.monthly
                          from provider_price p join provider_size s on s.id = p.size_id
                         where s.account_id = ?
                        """,
                        row -> Map.entry(
                                new ProviderPrices.PriceKey(row.text("code"), row.text("region")),
                                new ProviderPrices.Amounts(money(row, "hourly"), money(row, "monthly"))),
                        accountId)
                .forEach(price -> all.put(price.getKey(), price.getValue()));
        return new ProviderPrices(all);
    }

    private int gone(UUID accountId, String table, Stream<String> codes, Instant now) {
        return sql.update(
                "update " + table
                        + " set removed_at = ? where account_id = ? and removed_at is null and code <> all (?)",
                now,
                accountId,
                codes.toArray(String[]::new));
    }

    /** Sizes that are gone keep their last price; sizes sold without a price have none. */
    private void price(
            UUID accountId,
            ProviderPrices before,
            ProviderPrices after,
            List<ProviderPrices.PriceMove> moves,
            Instant now) {
        sql.batch(PRICE, rows(after.all().entrySet(), price -> new Object[] {
            price.getKey().region(),
            price.getValue().monthly().currency(),
            price.getValue().hourly().amount(),
            price.getValue().monthly().amount(),
            now,
            accountId,
            price.getKey().size()
        }));
        sql.batch(MOVE, rows(moves, priceMove -> new Object[] {
            priceMove.priceKey().region(),
            priceMove.before().currency(),
            priceMove.before().amount(),
            priceMove.after().currency(),
            priceMove.after().amount(),
            now,
            accountId,
            priceMove.priceKey().size()
        }));
        var dropped = before.all().keySet().stream()
                .filter(priceKey -> !after.all().containsKey(priceKey))
                .toList();
        sql.batch("""
                delete from provider_price
                 where region = ?
                   and size_id in (select id from provider_size where account_id = ? and code = ? and removed_at is null)
                """, rows(dropped, priceKey -> new Object[] {priceKey.region(), accountId, priceKey.size()}));
    }

    /** Sends one notification about all changes that concern plans which are not retired. */
    private void sendAlert(
            ProviderAccountRepository.StoredAccount account, List<ProviderPrices.PriceMove> moves, Instant now) {
        var sold = sql.query("""
                select distinct s.code, s.name
                  from plan_source o
                  join provider_size s on s.id = o.size_id
                  join plan p on p.id = o.plan_id and p.state <> 'RETIRED'
                 where s.account_id = ?
                """, row -> Map.entry(row.text("code"), row.text("name")), account.id());
        var names = sold.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var lines = moves.stream()
                .filter(priceMove -> names.containsKey(priceMove.priceKey().size()))
                .map(priceMove -> names.get(priceMove.priceKey().size()) + ": " + plain(priceMove.before()) + " \u2192 "
                        + plain(priceMove.after()))
                .distinct()
                .toList();
        if (lines.isEmpty()) {
            return;
        }
        var listed = lines.stream().limit(TOLD_MAX).collect(Collectors.joining("; "));
        var notification = new Notification(
                Notification.Kind.PROVIDER_PRICE_CHANGED,
                account.name(),
                lines.size() > TOLD_MAX ? listed + "; \u2026" : listed,
                "provider-catalog?account=" + account.id() + "&state=moved",
                "provider-price-changed:" + account.id() + ":" + now);
        Notifications.notifyStaff(sql, Permission.STAFF_PLANS_MANAGE, notification, now);
    }

    private static String plain(Money money) {
        return money.amount().stripTrailingZeros().toPlainString() + " " + money.currency();
    }

    private Object[] size(UUID accountId, ProviderCatalog.Size size, Instant now) {
        return new Object[] {
            Ids.next(clock),
            accountId,
            size.code(),
            text(size.name()),
            text(size.family()),
            size.vcpus(),
            size.memoryMib(),
            size.diskGib(),
            size.transferGib(),
            size.transferUnlimited(),
            size.regions().toArray(String[]::new),
            now
        };
    }

    private Object[] region(UUID accountId, ProviderCatalog.Region region, Instant now) {
        return new Object[] {
            Ids.next(clock), accountId, region.code(), text(region.name()), region.country(), region.open(), now
        };
    }

    private Object[] image(UUID accountId, ProviderCatalog.Image image, Instant now) {
        return new Object[] {
            Ids.next(clock),
            accountId,
            image.code(),
            text(image.name()),
            text(image.family()),
            image.diskMinGib(),
            image.deprecated(),
            now
        };
    }

    private static <T> List<@Nullable Object[]> rows(Collection<T> all, Function<T, Object[]> row) {
        var rows = new ArrayList<@Nullable Object[]>();
        all.forEach(one -> rows.add(row.apply(one)));
        return rows;
    }

    /** Returns a provider's text as one line of bounded length. */
    private static String text(String words) {
        var line = InputText.foreignLine(words);
        return InputText.cut(line, TEXT_MAX);
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}

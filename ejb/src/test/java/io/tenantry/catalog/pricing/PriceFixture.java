package io.tenantry.catalog.pricing;

import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Price lists of single resellers, written by the database owner: other tests share the database. */
public final class PriceFixture {
    private static final Instant EVER = Instant.parse("2020-01-01T00:00:00Z");

    private PriceFixture() {}

    /** Makes all add-ons of the platform free. */
    public static void freeAddons(TenantId tenant, String currency) {
        var prices = new TreeMap<PriceKey, String>();
        PriceKey.ADDONS.forEach(code -> prices.put(addon(PriceKey.PLATFORM, code), "0"));
        publish(tenant, currency, EVER, prices);
    }

    public static PriceKey addon(String provider, String code) {
        return new PriceKey(PriceKey.Kind.ADDON, provider, code, "");
    }

    public static PriceKey plan(String provider, String code, String region) {
        return new PriceKey(PriceKey.Kind.PLAN, provider, code, region);
    }

    /** Publishes a version of the reseller's own list that applies from an instant on. */
    public static UUID publish(TenantId tenant, String currency, Instant from, Map<PriceKey, String> prices) {
        var account = account(tenant, currency);
        return version(list(currency, "'" + account + "'", "null"), from, prices);
    }

    /** Publishes a version of a group's list. */
    public static UUID publishForGroup(UUID group, String currency, Instant from, Map<PriceKey, String> prices) {
        return version(list(currency, "null", "'" + group + "'"), from, prices);
    }

    /** Publishes a version of the list for all resellers. */
    public static UUID publishForAll(String currency, Instant from, Map<PriceKey, String> prices) {
        return version(list(currency, "null", "null"), from, prices);
    }

    /** Returns the account of a reseller, opened if absent. */
    public static UUID account(TenantId tenant, String currency) {
        var found = Database.texts("select id::text from platform.reseller_ledger_account where tenant = '"
                + tenant.value() + "' and closed_at is null and currency = '" + currency + "'");
        if (!found.isEmpty()) {
            return UUID.fromString(found.get(0));
        }
        var id = UUID.randomUUID();
        Database.asOwner(
                "insert into platform.reseller_ledger_account (id, tenant, tenant_role, currency, opened_at) values ('"
                        + id
                        + "', '" + tenant.value() + "', '" + tenant.role() + "', '" + currency
                        + "', '2020-01-01T00:00:00Z')");
        Database.asOwner("insert into platform.ledger_account (id, kind, currency, opened_at) values ('" + id
                + "', 'WALLET', '" + currency + "', '2020-01-01T00:00:00Z')");
        return id;
    }

    private static UUID list(String currency, String account, String group) {
        var found = Database.texts("select id::text from platform.price_list where currency = '" + currency
                + "' and account_id is not distinct from " + account + "::uuid and group_id is not distinct from "
                + group
                + "::uuid");
        if (!found.isEmpty()) {
            return UUID.fromString(found.get(0));
        }
        var id = UUID.randomUUID();
        Database.asOwner(
                "insert into platform.price_list (id, currency, account_id, group_id, created_at, created_by) values ('"
                        + id + "', '" + currency + "', " + account + ", " + group
                        + ", '2020-01-01T00:00:00Z', 'test')");
        return id;
    }

    private static UUID version(UUID list, Instant from, Map<PriceKey, String> prices) {
        var id = UUID.randomUUID();
        Database.asOwner(
                "insert into platform.price_list_version (id, list_id, number, state, created_at, created_by) select '"
                        + id + "', '" + list
                        + "', coalesce(max(number), 0) + 1, 'DRAFT', '2020-01-01T00:00:00Z', 'test'"
                        + " from platform.price_list_version where list_id = '" + list + "'");
        prices.forEach((key, monthly) -> Database.asOwner(
                "insert into platform.price_list_item (version_id, kind, provider, code, region, monthly) values ('"
                        + id + "', '"
                        + key.kind() + "', '" + key.provider() + "', '" + key.code() + "', '" + key.region() + "', "
                        + monthly
                        + ")"));
        Database.asOwner("update platform.price_list_version set state = 'PUBLISHED', valid_from = '" + from
                + "', published_at = '" + from + "', published_by = 'test' where id = '" + id + "'");
        return id;
    }
}

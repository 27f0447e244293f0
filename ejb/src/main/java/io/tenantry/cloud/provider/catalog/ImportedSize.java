package io.tenantry.cloud.provider.catalog;

import io.tenantry.catalog.Plan;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Sql;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A size of a provider that becomes a plan.
 *
 * @param places the provider's regions that have it; empty if all have
 * @param prices its monthly prices by the provider's region; under the empty one, for all others
 */
record ImportedSize(
        UUID id,
        UUID accountId,
        String provider,
        String code,
        Plan.Size size,
        Set<String> places,
        Map<String, Money> prices) {
    static ImportedSize read(Sql sql, UUID sizeId) {
        var prices = sql
                .query(
                        "select region, currency, monthly from provider_price where size_id = ?",
                        row -> Map.entry(
                                row.text("region"),
                                new Money(row.decimal("monthly"), Currency.getInstance(row.text("currency")))),
                        sizeId)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return sql.first(
                        """
                        select z.id, z.account_id, a.provider, z.code, z.vcpus, z.memory_mib, z.disk_gib, z.transfer_gib, z.transfer_unlimited,
                               z.regions
                          from provider_size z
                          join provider_account a on a.id = z.account_id
                         where z.id = ? and z.removed_at is null
                        """,
                        row -> new ImportedSize(
                                row.uuid("id"),
                                row.uuid("account_id"),
                                row.text("provider"),
                                row.text("code"),
                                new Plan.Size(
                                        row.whole("vcpus"),
                                        row.whole("memory_mib"),
                                        row.whole("disk_gib"),
                                        row.whole("transfer_gib"),
                                        row.flag("transfer_unlimited")),
                                Set.copyOf(row.texts("regions")),
                                prices),
                        sizeId)
                .orElseThrow(() -> new NotFoundException("size", sizeId));
    }

    /** Returns the provider's regions by the reseller's region that they are sold as. */
    static Map<String, List<String>> regions(Sql sql, UUID accountId) {
        return sql.query("""
                        select region, array_agg(code order by code) codes
                          from provider_region
                         where account_id = ? and region is not null and removed_at is null
                         group by region
                        """, row -> Map.entry(row.text("region"), row.texts("codes")), accountId).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Whether the provider has it in each of the reseller's regions. */
    boolean isSold(Sql sql, Set<String> wanted) {
        var regions = regions(sql, accountId);
        return places.isEmpty()
                || wanted.stream()
                        .allMatch(region ->
                                regions.getOrDefault(region, List.of()).stream().anyMatch(places::contains));
    }

    /** Returns the provider's regions in which the plan would be sold. */
    Set<String> places(Sql sql, Set<String> wanted) {
        var regions = regions(sql, accountId);
        return wanted.stream()
                .flatMap(region -> regions.getOrDefault(region, List.of()).stream())
                .filter(place -> places.isEmpty() || places.contains(place))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the highest price of the provider in any of the regions, so that the plan is not sold below cost anywhere. */
    Optional<Money> highest(Sql sql, Set<String> wanted) {
        return places(sql, wanted).stream()
                .flatMap(place ->
                        Optional.ofNullable(prices.get(place)).or(() -> Optional.ofNullable(prices.get(""))).stream())
                .max(Money::compareTo);
    }
}

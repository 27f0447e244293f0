package io.tenantry.cloud.provider.catalog;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Regions;
import io.tenantry.kernel.audit.AuditTrail;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A provider's regions, and the reseller's region that each is sold as. */
@Stateless
public class ProviderRegions {
    /** Filter: {@code sold} or {@code unsold}. */
    public static final String STATE = "state";

    private static final SortOrder SORTING = new SortOrder(
            Map.of("name", "lower(r.name)", "code", "r.code", "region", "r.region"),
            "r.account_id, lower(r.name)",
            "r.code, r.id");

    private static final String PLACES = """
            select r.id, a.name account, r.code, r.name, r.country, r.open, r.region, r.removed_at
              from provider_region r
              join provider_account a on a.id = r.account_id
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /**
     * A region of the provider.
     *
     * @param country two letters, or empty if not reported
     * @param open whether the provider accepts orders there
     * @param region the code of the reseller's region that it is sold as
     */
    public record ProviderRegion(
            UUID id,
            String account,
            String code,
            String name,
            String country,
            boolean open,
            Optional<String> region,
            Optional<Instant> goneAt) {
        /** Whether a region of the reseller can be created from it: it needs a country and a valid code. */
        public boolean isAdoptable() {
            return country.matches("[A-Z]{2}") && code.matches("[a-z0-9][a-z0-9-]{0,39}");
        }
    }

    /** Returns a page of the regions. */
    public ResultPage<ProviderRegion> find(ListQuery listQuery) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        var sqlConditions = conditions(listQuery);
        var total = sql.one(
                "select count(*)::int n from provider_region r" + sqlConditions.sql(),
                row -> row.whole("n"),
                sqlConditions.parameters());
        return total == 0
                ? ResultPage.nothing()
                : new ResultPage<>(
                        sql.query(
                                PLACES + sqlConditions.sql() + " order by " + SORTING.of(listQuery)
                                        + " limit ? offset ?",
                                ProviderRegions::place,
                                sqlConditions.parameters(listQuery.limit(), listQuery.first())),
                        total);
    }

    /** Returns the reseller's regions that can be sold at this provider. */
    public List<String> sold(UUID accountId) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        return sql.query(
                "select distinct region from provider_region where account_id = ? and region is not null and removed_at is null order by region",
                row -> row.text("region"),
                accountId);
    }

    /**
     * Sells the provider's regions as a region of the reseller; without one, they are no longer sold. Plans already sold there remain.
     *
     * @return the number of changed regions; zero if the reseller has no such region
     */
    public int assign(List<UUID> ids, Optional<String> region) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        var assigned = sql.update(
                """
                update provider_region set region = ?
                 where id = any (?) and region is distinct from ?::text
                   and (?::text is null or exists (select from region k where k.code = ?))
                """,
                region.orElse(null),
                ids.toArray(UUID[]::new),
                region.orElse(null),
                region.orElse(null),
                region.orElse(null));
        return noted(assigned, region.orElse(""));
    }

    /**
     * Creates a region of the reseller from each, under the provider's code and name, and sells it as that; an existing region is left
     * unchanged.
     *
     * @return the number of regions adopted; those without a country are skipped
     */
    public int adopt(List<UUID> ids) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        var fit = sql
                .query(PLACES + " where r.id = any (?) and r.removed_at is null", ProviderRegions::place, (Object)
                        ids.toArray(UUID[]::new))
                .stream()
                .filter(ProviderRegion::isAdoptable)
                .toList();
        for (var providerRegion : fit) {
            Regions.add(
                    sql, new Catalog.Region(providerRegion.code(), providerRegion.name(), providerRegion.country()));
        }
        var assigned = sql.update(
                "update provider_region set region = code where id = any (?) and region is distinct from code",
                (Object) fit.stream().map(ProviderRegion::id).toArray(UUID[]::new));
        return noted(assigned, "own");
    }

    private int noted(int places, String region) {
        if (places > 0) {
            audit.record("provider.regions_assigned", "region", region, Map.of("places", places));
        }
        return places;
    }

    private static SqlConditions conditions(ListQuery listQuery) {
        var sqlConditions = new SqlConditions()
                .and(listQuery.filter(ProviderSizes.ACCOUNT).flatMap(ProviderSizes::id), "r.account_id = ?")
                .and(
                        Optional.of(listQuery.search().toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty()),
                        "strpos(lower(r.name), ?) > 0 or strpos(lower(r.code), ?) > 0");
        return switch (listQuery.filter(STATE).orElse("")) {
            case "sold" -> sqlConditions.and("r.region is not null");
            case "unsold" -> sqlConditions.and("r.region is null");
            default -> sqlConditions;
        };
    }

    private static ProviderRegion place(Row row) {
        return new ProviderRegion(
                row.uuid("id"),
                row.text("account"),
                row.text("code"),
                row.text("name"),
                row.text("country"),
                row.flag("open"),
                row.maybeText("region"),
                row.maybeInstant("removed_at"));
    }
}

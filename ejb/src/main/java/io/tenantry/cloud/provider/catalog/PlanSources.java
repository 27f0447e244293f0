package io.tenantry.cloud.provider.catalog;

import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The account, region, size and image of a plan that is sold from a provider's catalog. Requires no permission: called by use cases that have
 * checked it.
 *
 * <p>A plan is made of one size of one account. Where several regions of that account are sold as the same region, the one where the size costs
 * least is used, then the first by code. The image is one that the reseller offers, if any is offered; of these, one that the provider does not
 * retire, Debian before others, the latest by name.
 */
@ApplicationScoped
public class PlanSources {
    private static final String SOURCE = """
            select o.account_id, s.code as size, p.code as place, i.code as image,
                   s.code is not null and p.code is not null and i.code is not null as made
              from plan_source o
              left join provider_account a on a.id = o.account_id and a.state = 'ON'
              left join provider_size s on s.id = o.size_id and s.removed_at is null and a.id is not null
              left join lateral (
               select r.code
                 from provider_region r
                 left join provider_price here on here.size_id = s.id and here.region = r.code
                 left join provider_price usual on usual.size_id = s.id and usual.region = ''
                where r.account_id = o.account_id
                  and r.region = ?
                  and r.open
                  and r.removed_at is null
                  and (cardinality(s.regions) = 0 or r.code = any (s.regions))
                order by coalesce(here.monthly, usual.monthly) nulls last, r.code
                limit 1) p on true
              left join lateral (
               select i.code
                 from provider_image i
                where i.account_id = o.account_id
                  and i.removed_at is null
                  and (s.disk_gib = 0 or i.disk_min_gib <= s.disk_gib)
                order by i.display_name is null, i.deprecated, lower(i.family) <> 'debian', i.name desc, i.code
                limit 1) i on true
             where o.plan_id = ?
            """;

    /** Whether a region is still sold for new servers is irrelevant to existing ones. */
    private static final String SIZES = """
            select o.plan_id, s.code as size
              from plan_source o
              join provider_account a on a.id = o.account_id and a.state = 'ON'
              join provider_size s on s.id = o.size_id and s.removed_at is null
             where o.account_id = ?
               and (cardinality(s.regions) = 0 or ? = any (s.regions))
               and o.plan_id = any (?)
            """;

    @Inject
    Sql sql;

    /** For the container. */
    public PlanSources() {}

    /** For use outside a container. */
    public PlanSources(Sql sql) {
        this.sql = sql;
    }

    /** An account, and codes of its provider. */
    public record Source(UUID accountId, String place, String size, String image) {}

    /** Whether the plan is sold from a provider's catalog. */
    public boolean isSold(UUID planId) {
        return sql.one(
                "select exists (select from plan_source where plan_id = ?) as sold", row -> row.flag("sold"), planId);
    }

    /** Returns those of the plans that are sold from a provider's catalog. */
    public Set<UUID> sold(Collection<UUID> planIds) {
        return Set.copyOf(sql.query(
                "select plan_id from plan_source where plan_id = any (?)", row -> row.uuid("plan_id"), (Object)
                        planIds.toArray(UUID[]::new)));
    }

    /** Returns the provider's size codes of those of the plans that are made in that account, in that region of the provider. */
    public Map<UUID, String> sizes(UUID accountId, String place, Collection<UUID> planIds) {
        return sql
                .query(
                        SIZES,
                        row -> Map.entry(row.uuid("plan_id"), row.text("size")),
                        accountId,
                        place,
                        planIds.toArray(UUID[]::new))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Returns what a server of the plan would currently be made of in a region of the reseller; empty while the account is disabled, or if the
     * provider no longer sells it there.
     */
    public Optional<Source> of(UUID planId, String region) {
        return making(planId, region).source();
    }

    /**
     * Whether a plan is sold from a provider's catalog, and its source.
     *
     * @param source as returned by {@link #of}
     */
    public record PlanOrigin(boolean isSold, Optional<Source> source) {}

    /** Returns the results of {@link #isSold} and {@link #of} together. */
    public PlanOrigin making(UUID planId, String region) {
        return sql.first(
                        SOURCE,
                        row -> new PlanOrigin(true, row.flag("made") ? Optional.of(source(row)) : Optional.empty()),
                        region,
                        planId)
                .orElse(new PlanOrigin(false, Optional.empty()));
    }

    private static Source source(Row row) {
        return new Source(row.uuid("account_id"), row.text("place"), row.text("size"), row.text("image"));
    }
}

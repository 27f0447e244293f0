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
 * From which account, where and as what a plan is made that is sold from a vendor's list. Asks for no right: part of use cases that did.
 *
 * <p>A plan is made of one size of one account. Where several places of that account are sold as the same region, it is the one at which the
 * size costs least, then the first by code. The system is one that the reseller offers, if any is; of these one that the vendor keeps
 * selling, Debian before others, the latest by name.
 */
@ApplicationScoped
public class PlanSources {
    private static final String SOURCE = """
            select o.account_id, s.code as size, p.code as place, i.code as image,
                   s.code is not null and p.code is not null and i.code is not null as made
              from plan_source o
              left join provider_account a on a.id = o.account_id and a.state = 'ON'
              left join provider_size s on s.id = o.size_id and s.gone_at is null and a.id is not null
              left join lateral (
               select r.code
                 from provider_region r
                 left join provider_price here on here.size_id = s.id and here.region = r.code
                 left join provider_price usual on usual.size_id = s.id and usual.region = ''
                where r.account_id = o.account_id
                  and r.region = ?
                  and r.open
                  and r.gone_at is null
                  and (cardinality(s.regions) = 0 or r.code = any (s.regions))
                order by coalesce(here.monthly, usual.monthly) nulls last, r.code
                limit 1) p on true
              left join lateral (
               select i.code
                 from provider_image i
                where i.account_id = o.account_id
                  and i.gone_at is null
                  and (s.disk_gib = 0 or i.disk_min_gib <= s.disk_gib)
                order by i.display_name is null, i.retiring, lower(i.family) <> 'debian', i.name desc, i.code
                limit 1) i on true
             where o.plan_id = ?
            """;

    /** Whether a place is sold anew does not matter to a server that is there. */
    private static final String SIZES = """
            select o.plan_id, s.code as size
              from plan_source o
              join provider_account a on a.id = o.account_id and a.state = 'ON'
              join provider_size s on s.id = o.size_id and s.gone_at is null
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

    /** An account, and codes of its vendor. */
    public record Source(UUID accountId, String place, String size, String image) {}

    /** Whether the plan is sold from a vendor's list. */
    public boolean isSold(UUID planId) {
        return sql.one(
                "select exists (select from plan_source where plan_id = ?) as sold", row -> row.flag("sold"), planId);
    }

    /** Those of the plans that are. */
    public Set<UUID> sold(Collection<UUID> planIds) {
        return Set.copyOf(sql.query(
                "select plan_id from plan_source where plan_id = any (?)", row -> row.uuid("plan_id"), (Object)
                        planIds.toArray(UUID[]::new)));
    }

    /** The vendor's codes of the sizes that those of the plans are made of which are made in that account, and at that place of the vendor's. */
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
     * What a server of the plan would be made of in a region of the reseller's now; nothing while the account is switched off, or the vendor
     * does not sell that there any more.
     */
    public Optional<Source> of(UUID planId, String region) {
        return making(planId, region).source();
    }

    /**
     * Whether a plan is sold from a vendor's list, and of what.
     *
     * @param source as {@link #of}
     */
    public record Making(boolean isSold, Optional<Source> source) {}

    /** {@link #isSold} and {@link #of} in one. */
    public Making making(UUID planId, String region) {
        return sql.first(
                        SOURCE,
                        row -> new Making(true, row.flag("made") ? Optional.of(source(row)) : Optional.empty()),
                        region,
                        planId)
                .orElse(new Making(false, Optional.empty()));
    }

    private static Source source(Row row) {
        return new Source(row.uuid("account_id"), row.text("place"), row.text("size"), row.text("image"));
    }
}

package io.tenantry.catalog;

/**
 * The SQL condition for plans on sale that can be provisioned now: all that are not made from a provider catalog, and of the others those whose
 * account is enabled and whose provider still has the size, available in a location that is sold as the region, with an image for it.
 * Unavailable plans are not offered; an order checks again. For queries that name the plan {@code p} and its row of {@code plan_region}
 * {@code o}.
 */
public final class PlanAvailability {
    /** The condition. */
    public static final String CONDITION = """
            (not exists (select from plan_source_v m where m.plan_id = p.id)
             or exists (
               select
                 from plan_source_v m
                 join provider_account_v a on a.id = m.account_id and a.state = 'ON'
                 join provider_size_v z on z.id = m.size_id and z.removed_at is null
                 join provider_region_v g
                   on g.account_id = m.account_id
                  and g.open
                  and g.removed_at is null
                  and (cardinality(z.regions) = 0 or g.code = any (z.regions))
                where m.plan_id = p.id
                  and g.region = o.region
                  and exists (
                    select
                      from provider_image_v i
                     where i.account_id = m.account_id
                       and i.removed_at is null
                       and (z.disk_gib = 0 or i.disk_min_gib <= z.disk_gib))))
            """;

    private PlanAvailability() {}
}

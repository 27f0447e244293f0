package io.tenantry.catalog;

/**
 * Which plans on sale somebody makes now: all that are sold from no vendor's list, and of the others those whose account is switched on and
 * whose vendor still has the size, open in a place that is sold as the region, with a system for it. What cannot be ordered is not offered;
 * an order looks again. For queries that call the plan {@code p} and its line of {@code plan_region} {@code o}.
 */
public final class PlanAvailability {
    /** As a condition. */
    public static final String CONDITION = """
            (not exists (select from plan_source_v m where m.plan_id = p.id)
             or exists (
               select
                 from plan_source_v m
                 join provider_account_v a on a.id = m.account_id and a.state = 'ON'
                 join provider_size_v z on z.id = m.size_id and z.gone_at is null
                 join provider_region_v g
                   on g.account_id = m.account_id
                  and g.open
                  and g.gone_at is null
                  and (cardinality(z.regions) = 0 or g.code = any (z.regions))
                where m.plan_id = p.id
                  and g.region = o.region
                  and exists (
                    select
                      from provider_image_v i
                     where i.account_id = m.account_id
                       and i.gone_at is null
                       and (z.disk_gib = 0 or i.disk_min_gib <= z.disk_gib))))
            """;

    private PlanAvailability() {}
}

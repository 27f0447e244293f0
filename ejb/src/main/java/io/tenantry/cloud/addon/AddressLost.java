package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.AddonObservations.ObservedResource;
import io.tenantry.cloud.provider.AdditionalAddresses.Address;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.tenancy.Row;
import java.util.UUID;

/**
 * An address that ended because it did not lead to its server. No list of that server shows it, but the provider may keep it at the reseller's
 * cost. It is therefore queried individually for two days, and for as long as it is found.
 *
 * @param serverId the provider's ID of its server
 */
public record AddressLost(UUID optionId, UUID serviceId, String serverId, String text) {
    static final String QUERY = """
            select o.id, o.service_id, s.provider_ref as server_id, o.provider_ref
              from addon o
              join service s on s.id = o.service_id
             where o.account = ? and o.kind = 'ADDRESS' and o.state = 'TERMINATED' and s.provider_ref is not null
               and exists (select from addon_discrepancy f
                            where f.addon_id = o.id
                              and (f.resolution = 'ENDED' and f.resolved_at > clock_timestamp() - interval '2 days'
                                   or f.kind = 'UNKNOWN_ADDON' and f.state <> 'RESOLVED'))
               and not exists (select from addon b
                                where b.account = o.account and b.kind = 'ADDRESS' and b.provider_ref = o.provider_ref
                                  and b.state in ('ORDERED', 'ACTIVE', 'TERMINATING'))
             order by o.id
            """;

    static AddressLost of(Row row) {
        return new AddressLost(row.uuid("id"), row.uuid("service_id"), row.text("server_id"), row.text("provider_ref"));
    }

    /** Returns the observation when it is found. */
    ObservedResource thing() {
        return ObservedResource.of(new Address(text, false), new ResourceTag(optionId), serviceId);
    }
}

package io.tenantry.options;

import io.tenantry.options.VolumeSightings.Thing;
import io.tenantry.provider.Addresses.Address;
import io.tenantry.provider.Mark;
import io.tenantry.tenancy.Row;
import java.util.UUID;

/**
 * An address that has ended because it did not lead to its server. No list of that server shows it, but the vendor may keep it for nobody, at the
 * reseller's cost: so it is asked for by itself for two days, and as long as it is found.
 *
 * @param serverId the vendor's number of its server
 */
public record LostAddress(UUID optionId, UUID serviceId, String serverId, String text) {
    static final String QUERY = """
            select o.id, o.service_id, s.upstream_id as server_id, o.upstream_id
              from service_option o
              join service s on s.id = o.service_id
             where o.account = ? and o.kind = 'ADDRESS' and o.state = 'TERMINATED' and s.upstream_id is not null
               and exists (select from option_finding f
                            where f.option_id = o.id
                              and (f.resolution = 'ENDED' and f.resolved_at > clock_timestamp() - interval '2 days'
                                   or f.kind = 'STRAY' and f.state <> 'RESOLVED'))
               and not exists (select from service_option b
                                where b.account = o.account and b.kind = 'ADDRESS' and b.upstream_id = o.upstream_id
                                  and b.state in ('ORDERED', 'ACTIVE', 'TERMINATING'))
             order by o.id
            """;

    static LostAddress of(Row row) {
        return new LostAddress(row.uuid("id"), row.uuid("service_id"), row.text("server_id"), row.text("upstream_id"));
    }

    /** As it is found. */
    Thing thing() {
        return Thing.of(new Address(text, false), new Mark(optionId), serviceId);
    }
}

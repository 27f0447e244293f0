package io.tenantry.cloud.transfer;

import io.tenantry.tenancy.Sql;
import java.util.List;
import java.util.UUID;

/** The packs of an organization while a bill uses them; part of the bill's transaction, which has exclusive access. */
final class PackBalances {
    /**
     * A pack counts for every period that overlaps its validity, since the time of transfer within a period is unknown. Packs that expire first
     * are used first.
     */
    private static final String LEFT = """
            select id, bytes - used_bytes as left_bytes
              from transfer_pack
             where organization_id = ?
               and used_bytes < bytes
               and bought_at < ?
               and (expires_at is null or expires_at > ?)
             order by expires_at nulls last, bought_at, id
               for update
            """;

    private final Sql sql;

    PackBalances(Sql sql) {
        this.sql = sql;
    }

    /** Returns what is left for a period, in the order of use. */
    List<PackDrawdown.PackRemainder> left(OverageBilling.Period period) {
        return sql.query(
                LEFT,
                row -> new PackDrawdown.PackRemainder(row.uuid("id"), row.big("left_bytes")),
                period.organizationId(),
                period.to(),
                period.from());
    }

    /** Stores what a line of a bill uses; the line must exist. */
    void note(UUID bill, PackDrawdown.PackUse packUse) {
        sql.update(
                "insert into transfer_pack_usage (pack_id, bill_id, service_id, bytes) values (?, ?, ?, ?)",
                packUse.packId(),
                bill,
                packUse.serviceId(),
                packUse.bytes());
        sql.update(
                "update transfer_pack set used_bytes = used_bytes + ? where id = ?", packUse.bytes(), packUse.packId());
    }
}

package io.tenantry.cloud.transfer;

import io.tenantry.tenancy.Sql;
import java.util.List;
import java.util.UUID;

/** An organization's packs while a bill takes from them; part of its transaction, in which nobody else does. */
final class PackBalances {
    /**
     * A pack counts for every period of which it was there for a while: nobody can tell when in a period something was sent. What ends first
     * goes first.
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

    /** What is left for a period, in the order in which it is used. */
    List<PackDrawdown.Left> left(OverageBilling.Period period) {
        return sql.query(
                LEFT,
                row -> new PackDrawdown.Left(row.uuid("id"), row.big("left_bytes")),
                period.organizationId(),
                period.to(),
                period.from());
    }

    /** Notes what a line of a bill takes; the line is there. */
    void note(UUID bill, PackDrawdown.Use use) {
        sql.update(
                "insert into transfer_pack_usage (pack_id, bill_id, service_id, bytes) values (?, ?, ?, ?)",
                use.packId(),
                bill,
                use.serviceId(),
                use.bytes());
        sql.update("update transfer_pack set used_bytes = used_bytes + ? where id = ?", use.bytes(), use.packId());
    }
}

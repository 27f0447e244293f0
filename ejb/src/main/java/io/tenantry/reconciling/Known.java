package io.tenantry.reconciling;

import io.tenantry.provisioning.Service.State;
import io.tenantry.tenancy.Row;
import java.util.Optional;
import java.util.UUID;

/**
 * A service as far as its server is concerned.
 *
 * @param version another one tells that it was changed meanwhile
 * @param isResizing its size is being changed: it is what it was, or what it will be
 * @param isLeaving a work item sees to its end
 */
record Known(
        UUID id,
        String name,
        String account,
        State state,
        Optional<String> upstreamId,
        String size,
        String address,
        int version,
        boolean isResizing,
        boolean isLeaving) {
    /** Services of an account that are not over, and those that servers are marked with. */
    static final String QUERY = """
            select s.id, s.name, s.account, s.state, s.upstream_id, s.upstream_size, coalesce(s.address, '') as address, s.version,
                   coalesce(s.changing = 'RESIZE', false) as resizing, d.subject is not null as leaving
              from service s
              left join (select distinct i.subject
                           from work.work_item i
                          where i.kind = 'delete' and i.state in ('OPEN', 'PARKED')) d on d.subject = s.id
             where s.account is not null
               and (s.account = ? and s.state not in ('TERMINATED', 'FAILED') or s.id = any (?))
            """;

    static Known of(Row row) {
        return new Known(
                row.uuid("id"),
                row.text("name"),
                row.text("account"),
                State.valueOf(row.text("state")),
                row.maybeText("upstream_id"),
                row.text("upstream_size"),
                row.text("address"),
                row.whole("version"),
                row.flag("resizing"),
                row.flag("leaving"));
    }

    /** It has a server, and is charged for it. */
    boolean isLive() {
        return state == State.ACTIVE || state == State.SUSPENDED;
    }

    /** Nobody is charged for it, and nobody sees to it any more. */
    boolean isOver() {
        return (state == State.TERMINATED || state == State.FAILED) && !isLeaving;
    }
}

package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provisioning.Service.State;
import io.tenantry.tenancy.Row;
import java.util.Optional;
import java.util.UUID;

/**
 * A service as far as its server is concerned.
 *
 * @param version differs if the service was changed meanwhile
 * @param isResizing whether its server is being resized, so that it may have the old or the new size
 * @param isLeaving whether a work item handles its end
 * @param isOn whether its server was on when last observed
 * @param isHeldOff whether it is suspended by its power, so that its server must be off
 * @param isBusy whether an operation on its server is requested or in progress
 */
record ExpectedServer(
        UUID id,
        String name,
        String account,
        State state,
        Optional<String> upstreamId,
        String size,
        String address,
        int version,
        boolean isResizing,
        boolean isLeaving,
        boolean isOn,
        boolean isHeldOff,
        boolean isBusy) {
    /** Selects the services of an account that are not over, and those named by resource tags of servers. */
    static final String QUERY = """
            select s.id, s.name, s.account, s.state, s.provider_ref, s.provider_size, coalesce(s.address, '') as address, s.version,
                   coalesce(s.pending_operation = 'RESIZE', false) as resizing, coalesce(d.leaving, false) as leaving,
                   s.power = 'ON' as is_on, s.state = 'SUSPENDED' and not s.suspended_by_network as held_off,
                   s.pending_power is not null or s.pending_operation is not null or d.subject is not null
                       or exists (select from addon_v o where o.service_id = s.id and o.pending_action = 'RESTORE') as busy
              from service s
              left join (select i.subject, bool_or(i.kind = 'delete') as leaving
                           from work.work_item i
                          where i.state in ('OPEN', 'PARKED') and not starts_with(i.key, 'round:')
                          group by i.subject) d on d.subject = s.id
             where s.account is not null
               and (s.account = ? and s.state not in ('TERMINATED', 'FAILED') or s.id = any (?))
            """;

    static ExpectedServer of(Row row) {
        return new ExpectedServer(
                row.uuid("id"),
                row.text("name"),
                row.text("account"),
                State.valueOf(row.text("state")),
                row.maybeText("provider_ref"),
                row.text("provider_size"),
                row.text("address"),
                row.whole("version"),
                row.flag("resizing"),
                row.flag("leaving"),
                row.flag("is_on"),
                row.flag("held_off"),
                row.flag("busy"));
    }

    /** Whether it has a server, and is charged for it. */
    boolean isLive() {
        return state == State.ACTIVE || state == State.SUSPENDED;
    }

    /** Whether it should be running, so that the power state of its server is up to its users. */
    boolean isAtRest() {
        return isLive() && !isHeldOff && !isBusy;
    }

    /** Whether it is no longer charged, and no work item handles its end. */
    boolean isOver() {
        return (state == State.TERMINATED || state == State.FAILED) && !isLeaving;
    }
}

package io.tenantry.reconciling;

import io.tenantry.finding.Deed;
import io.tenantry.finding.Docket;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** What is written down while something is done about a finding; as {@link ReconcileSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class MendSteps {
    /**
     * What is decided, unless it was taken back, or is not right any more: a service that is over stays so, a second server is not its
     * service's own by now, and a service is off or on still.
     */
    private static final String ORDER = """
            select f.account, f.upstream_id, f.mark, f.deed, coalesce(s.state = 'SUSPENDED' and not s.suspended_by_network, false) as off
              from finding f
              left join service s on s.id = f.service_id
             where f.id = ?
               and f.state = 'OPEN'
               and f.deed is not null
               and f.id || ':' || f.deeds = ?
               and case f.kind when 'ORPHAN' then s.state in ('TERMINATED', 'FAILED')
                               when 'STRAY' then not exists (select from service o where o.id = substr(f.mark, 5)::uuid)
                               when 'DOUBLE' then s.upstream_id is distinct from f.upstream_id
                               else s.state in ('ACTIVE', 'SUSPENDED') end
            """;

    @Inject
    Sql sql;

    @Inject
    WorkItems items;

    /** For the container. */
    public MendSteps() {}

    /** For use outside a container. */
    MendSteps(Sql sql, WorkItems items) {
        this.sql = sql;
        this.items = items;
    }

    /**
     * What to do.
     *
     * @param isOff whether the service is suspended by its power, so that its server should not run
     */
    public record Order(String account, String upstreamId, String mark, Deed deed, boolean isOff) {}

    /** What is decided; empty if there is nothing to do any more. */
    public Optional<Order> read(Work work) {
        return order(work);
    }

    /**
     * The vendor is about to be asked. From then on nobody takes the decision back.
     *
     * @return how long ago it was asked first; empty if nothing is to be done any more
     */
    public Optional<Duration> ask(Work work) {
        items.hold(work);
        sql.query("select id from finding where id = ? for update", row -> row.uuid("id"), work.subject());
        if (order(work).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Findings.DOCKET.ask(sql, work.subject()));
    }

    /** The vendor says that there is nothing of that number. */
    public void gone(Work work) {
        items.hold(work);
        sql.update("""
                update finding
                   set state = 'RESOLVED', resolved_at = clock_timestamp(),
                       resolution = case when asked_at is null then 'GONE' else 'DELETED' end
                 where id = ? and state <> 'RESOLVED'
                """, work.subject());
        Docket.tell(sql);
    }

    /** What has that number is another by now, or it did not help: nothing is done about it any more, and somebody may decide again. */
    public void callOff(Work work) {
        items.hold(work);
        sql.update("update finding set deed = null, decided_by = null, asked_at = null where id = ?", work.subject());
        Docket.tell(sql);
    }

    private Optional<Order> order(Work work) {
        return sql.first(ORDER, MendSteps::orderOf, work.subject(), work.key());
    }

    private static Order orderOf(Row row) {
        return new Order(
                row.text("account"),
                row.text("upstream_id"),
                row.text("mark"),
                Deed.valueOf(row.text("deed")),
                row.flag("off"));
    }
}

package io.tenantry.options;

import io.tenantry.finding.Deed;
import io.tenantry.finding.Docket;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.provider.Mark;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is written down while something is done at a vendor about what differs there; as {@link OptionSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OptionMendSteps {
    /**
     * Whether something may still be done about a finding {@code f} of an option {@code o}: what nobody pays for is paid for by nobody still, nor
     * asked for again, and what is paid for is still, by that number and with nothing else wanted of it.
     */
    static final String RIGHT = """
            coalesce(case
              when f.kind <> 'STRAY' then
                o.state = 'ACTIVE' and o.wanted is null
                and f.upstream_id = case o.kind when 'BACKUP' then (select h.upstream_id from service h where h.id = o.service_id)
                                                else o.upstream_id end
              when f.option_kind = 'BACKUP' then
                exists (select from service h where h.id = f.service_id and h.upstream_id = f.upstream_id and h.state in ('ACTIVE', 'SUSPENDED'))
                and not exists (select from service_option b
                                 where b.service_id = f.service_id and b.kind = 'BACKUP' and b.state in ('ORDERED', 'ACTIVE', 'TERMINATING'))
              when f.option_kind = 'ADDRESS' then
                o.state in ('TERMINATED', 'FAILED')
                and not exists (select from service_option b
                                 where b.service_id = f.service_id and b.kind = 'ADDRESS'
                                   and (b.state = 'ORDERED' or b.state in ('ACTIVE', 'TERMINATING') and b.upstream_id = f.upstream_id))
              else o.state in ('TERMINATED', 'FAILED') or o.state = 'ACTIVE' and o.wanted is null and o.upstream_id <> f.upstream_id end, false)""";

    private static final String ORDER =
            """
            select f.account, f.option_kind, f.upstream_id, f.mark, f.deed, f.service_id, coalesce(s.upstream_id, '') as server_id,
                   o.policy, ${servers} as servers, ${right} as is_right
              from option_finding f
              join service s on s.id = f.service_id
              left join service_option o on o.id = f.option_id
             where f.id = ? and f.state = 'OPEN' and f.deed is not null and f.id || ':' || f.deeds = ?
            """.replace("${servers}", SnapshotSteps.SERVERS).replace("${right}", RIGHT);

    @Inject
    Sql sql;

    @Inject
    WorkItems items;

    @Inject
    OptionRecords records;

    /** For the container. */
    public OptionMendSteps() {}

    /** For use outside a container. */
    OptionMendSteps(Sql sql, WorkItems items, OptionRecords records) {
        this.sql = sql;
        this.items = items;
        this.records = records;
    }

    /**
     * What to do.
     *
     * @param upstreamId the vendor's number of it; of backups, of their server
     * @param mark what it must have, where it can have one
     * @param serverId the vendor's number of its server
     * @param servers the same, and the one that it had when a snapshot was taken of it
     * @param policy how often its backups are paid for to be taken; empty where nobody could choose
     */
    public record Order(
            String account,
            OptionKind of,
            String upstreamId,
            String mark,
            Deed deed,
            UUID serviceId,
            String serverId,
            List<String> servers,
            Optional<Policy> policy) {
        public Order {
            servers = List.copyOf(servers);
        }

        /** What its server must have. */
        Mark serverMark() {
            return new Mark(serviceId);
        }
    }

    private record Decided(Order order, boolean isRight) {}

    /** What is decided; empty if there is nothing to do any more. What would not be right any more is called off. */
    public Optional<Order> read(Work work) {
        items.hold(work);
        return rightly(work);
    }

    /**
     * The vendor is about to be asked. From then on nobody takes the decision back.
     *
     * @return how long ago it was asked first; empty if nothing is to be done any more
     */
    public Optional<Duration> ask(Work work) {
        items.hold(work);
        sql.query("""
                select s.id from service s join option_finding f on f.service_id = s.id where f.id = ? for no key update of s
                """, row -> row.uuid("id"), work.subject());
        sql.query("select id from option_finding where id = ? for update", row -> row.uuid("id"), work.subject());
        if (rightly(work).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(OptionFindings.DOCKET.ask(sql, work.subject()));
    }

    /** The vendor has nothing of it any more. */
    public void gone(Work work) {
        items.hold(work);
        resolve(work, "DELETED");
    }

    /** They are on. */
    public void on(Work work) {
        items.hold(work);
        if (resolve(work, "SWITCHED")) {
            sql.query("select option_id from option_finding where id = ?", row -> row.uuid("option_id"), work.subject())
                    .forEach(option -> records.tell(records.read(option), "on_again"));
        }
    }

    /** What has that number is another's by now, or it did not help: nothing is done about it any more, and somebody may decide again. */
    public void callOff(Work work, String words) {
        items.hold(work);
        forget(work, words);
    }

    private boolean resolve(Work work, String resolution) {
        var rows = sql.update("""
                update option_finding
                   set state = 'RESOLVED', resolved_at = clock_timestamp(), resolution = case when asked_at is null then 'GONE' else ? end
                 where id = ? and state = 'OPEN'
                """, resolution, work.subject());
        Docket.tell(sql);
        return rows == 1;
    }

    private Optional<Order> rightly(Work work) {
        var decided = sql.first(ORDER, OptionMendSteps::decided, work.subject(), work.key());
        if (decided.isPresent() && !decided.get().isRight()) {
            forget(work, "");
        }
        return decided.filter(Decided::isRight).map(Decided::order);
    }

    private void forget(Work work, String words) {
        sql.update("""
                update option_finding set deed = null, decided_by = null, asked_at = null, failure = ? where id = ? and state = 'OPEN'
                """, words, work.subject());
        Docket.tell(sql);
    }

    private static Decided decided(Row row) {
        var order = new Order(
                row.text("account"),
                OptionKind.valueOf(row.text("option_kind")),
                row.text("upstream_id"),
                row.text("mark"),
                Deed.valueOf(row.text("deed")),
                row.uuid("service_id"),
                row.text("server_id"),
                row.texts("servers"),
                row.maybeText("policy").map(Policy::valueOf));
        return new Decided(order, row.flag("is_right"));
    }
}

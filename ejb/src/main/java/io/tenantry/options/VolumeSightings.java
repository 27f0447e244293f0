package io.tenantry.options;

import io.tenantry.identity.Permission;
import io.tenantry.notice.Note;
import io.tenantry.notice.Notices;
import io.tenantry.options.VolumeRounds.Kind;
import io.tenantry.provider.Mark;
import io.tenantry.provider.Volumes.Volume;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is written down when an account's volumes were read. Of a volume that is not the same before and after the list nothing is said. What a
 * look does not find any more is over.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class VolumeSightings {
    private static final String CHARGED = """
            select id, name, quantity, state, upstream_id, wanted is not null as moving
              from service_option
             where kind = 'VOLUME' and account = ?
            """;

    private static final String SEE = """
            insert into option_finding (account, kind, upstream_id, mark, option_id, name, expected_gib, seen_gib, first_seen_at,
                                        last_seen_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, statement_timestamp(), statement_timestamp())
            on conflict on constraint option_finding_pk do update
              set last_seen_at = statement_timestamp(),
                  confirmed_at = coalesce(option_finding.confirmed_at, statement_timestamp()),
                  seen_gib = excluded.seen_gib,
                  expected_gib = excluded.expected_gib
            returning coalesce(last_seen_at = confirmed_at, false) as fresh
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    WorkItems items;

    /** For the container. */
    public VolumeSightings() {}

    /** For use outside a container. */
    VolumeSightings(Sql sql, Clock clock, WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.items = items;
    }

    /**
     * A volume as our books have it.
     *
     * @param isMoving something is being done about it
     */
    public record Charged(
            UUID id,
            String name,
            int sizeGib,
            ServiceOption.State state,
            Optional<String> upstreamId,
            boolean isMoving) {
        boolean isOver() {
            return state == ServiceOption.State.TERMINATED || state == ServiceOption.State.FAILED;
        }

        boolean isStill() {
            return state == ServiceOption.State.ACTIVE && !isMoving;
        }
    }

    private record Seen(
            Kind kind, String upstreamId, String mark, Optional<UUID> option, String name, int expected, int there) {}

    /** All of an account, by their ids. */
    public Map<UUID, Charged> charged(String account) {
        return all(account);
    }

    private Map<UUID, Charged> all(String account) {
        return sql.query(CHARGED, VolumeSightings::row, account).stream()
                .collect(Collectors.toMap(Charged::id, Function.identity()));
    }

    /** Writes down what differs, and tells staff of what is certain by now. */
    public void compare(Work work, String account, Map<UUID, Charged> before, List<Volume> volumes) {
        items.hold(work);
        var after = all(account);
        var same = new HashMap<UUID, Charged>();
        after.forEach((id, one) -> {
            if (one.equals(before.get(id))) {
                same.put(id, one);
            }
        });
        var begun = sql.one("select clock_timestamp() as at", row -> row.instant("at"));
        var fresh = differences(same, after, volumes).stream()
                .filter(one -> see(account, one))
                .map(Seen::name)
                .distinct()
                .toList();
        sql.update("delete from option_finding where account = ? and last_seen_at < ?", account, begun);
        if (!fresh.isEmpty()) {
            tell(account, String.join(", ", fresh.subList(0, Math.min(fresh.size(), 5))), work);
        }
    }

    private static List<Seen> differences(Map<UUID, Charged> same, Map<UUID, Charged> after, List<Volume> volumes) {
        var all = volumes.stream()
                .flatMap(volume -> volume.mark().stream().flatMap(mark -> at(volume, mark, same, after).stream()))
                .collect(Collectors.toCollection(ArrayList::new));
        var there = volumes.stream().map(Volume::id).collect(Collectors.toSet());
        same.values().stream()
                .filter(Charged::isStill)
                .filter(one ->
                        one.upstreamId().filter(id -> !there.contains(id)).isPresent())
                .map(one -> new Seen(
                        Kind.MISSING,
                        one.upstreamId().orElse(""),
                        new Mark(one.id()).text(),
                        Optional.of(one.id()),
                        one.name(),
                        one.sizeGib(),
                        0))
                .forEach(all::add);
        return all;
    }

    private static Optional<Seen> at(Volume volume, Mark mark, Map<UUID, Charged> same, Map<UUID, Charged> after) {
        var id = mark.serviceId();
        var known = Optional.ofNullable(after.get(id));
        if (known.isPresent() && !same.containsKey(id)) {
            return Optional.empty();
        }
        var isOurs = known.filter(one -> !one.isOver()
                        && one.upstreamId().map(volume.id()::equals).orElse(true))
                .isPresent();
        if (!isOurs) {
            return Optional.of(new Seen(
                    Kind.STRAY,
                    volume.id(),
                    mark.text(),
                    known.map(Charged::id),
                    known.map(Charged::name).orElse(volume.name()),
                    0,
                    volume.sizeGib()));
        }
        return known.filter(one -> one.isStill() && one.sizeGib() != volume.sizeGib())
                .map(one -> new Seen(
                        Kind.SIZE,
                        volume.id(),
                        mark.text(),
                        Optional.of(id),
                        one.name(),
                        one.sizeGib(),
                        volume.sizeGib()));
    }

    /** Tells whether it is certain by this very look. */
    private boolean see(String account, Seen seen) {
        return sql.one(
                SEE,
                row -> row.flag("fresh"),
                account,
                seen.kind(),
                seen.upstreamId(),
                seen.mark(),
                seen.option().orElse(null),
                seen.name(),
                seen.expected(),
                seen.there());
    }

    private void tell(String account, String names, Work work) {
        var name = sql.first("select name from provider_account where id::text = ?", row -> row.text("name"), account)
                .orElse(account);
        var key = "option-finding:" + account + ":" + work.fence();
        var note = new Note(Note.Kind.FINDING, name, names, "options", key);
        Notices.tellStaff(sql, Permission.STAFF_SERVICES_MANAGE, note, clock.instant());
    }

    private static Charged row(Row row) {
        return new Charged(
                row.uuid("id"),
                row.text("name"),
                row.whole("quantity"),
                ServiceOption.State.valueOf(row.text("state")),
                row.maybeText("upstream_id"),
                row.flag("moving"));
    }
}

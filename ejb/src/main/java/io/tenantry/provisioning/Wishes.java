package io.tenantry.provisioning;

import io.tenantry.money.Money;
import io.tenantry.provisioning.Calls.Result;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What is wanted of servers: one thing at a time, under the service's row, with a work item of its own. Joins the caller's transaction; the
 * caller has locked the service.
 */
@ApplicationScoped
public class Wishes {
    private static final String COLUMNS = """
            select id, kind, plan_id, price_version_id, upstream_size, upstream_image, keys, script,
                   extract(epoch from clock_timestamp() - wanted_at)::bigint as seconds
              from service_wish
             where service_id = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Calls calls;

    @Inject
    Holds holds;

    @Inject
    WorkItems items;

    private Consumer<Rebuilt> rebuilt = event -> {};

    /** For the container. */
    public Wishes() {}

    /** For use outside a container. */
    Wishes(Sql sql, Clock clock, Calls calls, Holds holds, WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.calls = calls;
        this.holds = holds;
        this.items = items;
    }

    @Inject
    void tell(Event<Rebuilt> event) {
        hear(event::fire);
    }

    /** Who is told of servers that have begun anew. */
    void hear(Consumer<Rebuilt> hearer) {
        rebuilt = hearer;
    }

    /** Of a service, if anything is wanted. */
    Optional<Wanted> of(UUID serviceId) {
        return sql.first(COLUMNS, Wishes::wanted, serviceId);
    }

    /** What that work is to see to; nothing if it is done or given up, be it that something else is wanted by now. */
    Optional<Wanted> of(Work work) {
        return of(work.subject()).filter(one -> one.id().toString().equals(work.key()));
    }

    /** Another size is wanted, as that plan at that price. */
    void resize(UUID serviceId, UUID planId, UUID priceVersionId, String size) {
        var id = begin(serviceId, Changing.RESIZE);
        sql.update("""
                insert into service_wish (id, service_id, kind, plan_id, price_version_id, upstream_size)
                values (?, ?, 'RESIZE', ?, ?, ?)
                """, id, serviceId, planId, priceVersionId, size);
    }

    /**
     * A new beginning is wanted.
     *
     * @param code the vendor's of the system
     * @param image the reseller's name of it
     */
    void rebuild(UUID serviceId, String code, String image, Beginnings.Found.All beginning) {
        var id = begin(serviceId, Changing.REBUILD);
        sql.update(
                """
                insert into service_wish (id, service_id, kind, upstream_image, image, key_names, keys, script_name, script)
                values (?, ?, 'REBUILD', ?, ?, ?, ?, ?, ?)
                """,
                id,
                serviceId,
                code,
                image,
                beginning.keyNames(),
                beginning.keyLines(),
                beginning.scriptName(),
                beginning.filled().orElse(null));
    }

    /** Its rescue system is wanted, for those who might enter it from the start; or its own again. */
    void rescue(UUID serviceId, Changing kind) {
        var id = begin(serviceId, kind);
        if (kind == Changing.RETURN) {
            sql.update("insert into service_wish (id, service_id, kind) values (?, ?, 'RETURN')", id, serviceId);
            return;
        }
        sql.update("""
                insert into service_wish (id, service_id, kind, keys, key_names)
                select ?, s.id, 'RESCUE', coalesce(b.keys, '{}'), coalesce(b.key_names, '{}')
                  from service s
                  left join service_beginning b on b.service_id = s.id
                 where s.id = ?
                """, id, serviceId);
    }

    /**
     * Nothing is wanted any more, and what was held for it is free again; whatever is open of it at the vendor came to nothing, and nobody has
     * to decide of it.
     */
    void drop(Life life) {
        of(life.id()).ifPresent(one -> {
            calls.end(life.id(), one.kind().step(), Result.NOTHING, "");
            forget(life);
            items.parked(life.id()).stream()
                    .filter(item -> item.kind().equals(one.kind().word()))
                    .forEach(item -> items.drop(item.id(), "nobody wants it any more"));
            if (one.kind() == Changing.RESIZE) {
                holds.release(life.walletId(), life.id());
            }
        });
    }

    /**
     * Somebody has looked: however long it took so far, it is waited for and asked for again. What another size costs more at first is held
     * for as long again: it may have been free for a while, and spent.
     *
     * @return how much is missing for that; then all is as it was
     */
    Optional<Money> renew(Life life) {
        var wanted = of(life.id());
        if (wanted.isPresent() && wanted.get() instanceof Wanted.Resize resize) {
            var missing = holds.renew(life.walletId(), life.id(), atFirst(life, resize), Resizes.HELD_FOR);
            if (missing.isPresent()) {
                return missing;
            }
        }
        sql.update("update service_wish set wanted_at = clock_timestamp() where service_id = ?", life.id());
        return Optional.empty();
    }

    /** What the first hours cost more, at the price that was accepted. */
    private Money atFirst(Life life, Wanted.Resize resize) {
        var rise = sql.one(
                """
                select wanted.hourly - present.hourly as rise, wanted.currency
                  from price_version wanted, price_version present
                 where wanted.id = ? and present.id = ?
                """,
                row -> new Money(row.decimal("rise"), Currency.getInstance(row.text("currency"))),
                resize.priceVersionId(),
                life.priceVersionId());
        return holds.atFirst(rise);
    }

    /** It is done: nothing is wanted any more. */
    void forget(Life life) {
        sql.update("delete from service_wish where service_id = ?", life.id());
        sql.update("update service set changing = null, version = version + 1 where id = ?", life.id());
    }

    /** It is told within the transaction that the server is another one now. */
    void tellRebuilt(Life life) {
        rebuilt.accept(new Rebuilt(life.id()));
    }

    private UUID begin(UUID serviceId, Changing kind) {
        var id = Ids.next(clock);
        if (sql.update(
                        "update service set changing = ?, version = version + 1 where id = ? and changing is null",
                        kind,
                        serviceId)
                != 1) {
            throw new IllegalStateException("service " + serviceId + " is at something else");
        }
        items.write(kind.word(), id.toString(), serviceId);
        return id;
    }

    private static Wanted wanted(Row row) {
        var id = row.uuid("id");
        var age = Duration.ofSeconds(row.big("seconds"));
        var kind = Changing.valueOf(row.text("kind"));
        return switch (kind) {
            case RESIZE ->
                new Wanted.Resize(
                        id, age, row.uuid("plan_id"), row.uuid("price_version_id"), row.text("upstream_size"));
            case REBUILD ->
                new Wanted.Rebuild(
                        id,
                        age,
                        row.text("upstream_image"),
                        new Beginnings.Handed(row.texts("keys"), row.maybeText("script")));
            case RESCUE -> new Wanted.Rescue(id, age, kind, new Beginnings.Handed(row.texts("keys"), Optional.empty()));
            case RETURN -> new Wanted.Rescue(id, age, kind, Beginnings.Handed.NOTHING);
        };
    }
}

package io.tenantry.provisioning;

import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.live.Signal;
import io.tenantry.live.Signals;
import io.tenantry.money.Money;
import io.tenantry.notice.Note;
import io.tenantry.notice.Notices;
import io.tenantry.provider.Owner;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

/**
 * The lives of services that have a server at a vendor: from state to state under the row's lock, each step with its event in the
 * timeline. Joins the caller's transaction.
 */
@ApplicationScoped
public class Lives {
    private static final String ENTER = """
            insert into service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider, state,
                                 ordered_at, account, upstream_region, upstream_size, upstream_image)
            values (?, ?, ?, 'VPS', ?, ?, ?, ?, ?, 'ORDERED', ?, ?, ?, ?, ?)
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** For the container. */
    public Lives() {}

    /** For use outside a container. */
    Lives(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Begins with an order. */
    void begin(UUID id, Order order, UUID walletId, UUID priceVersionId, Upstream.Place place) {
        sql.update(
                ENTER,
                id,
                order.organizationId(),
                walletId,
                order.name().strip(),
                order.planId(),
                priceVersionId,
                order.region(),
                place.account(),
                clock.instant(),
                place.account(),
                place.region(),
                place.size(),
                place.image());
    }

    /** What its server is handed when it is made. */
    Beginnings.Handed handed(UUID id) {
        return sql.first(
                        "select keys, script from service_beginning where service_id = ?",
                        row -> new Beginnings.Handed(row.texts("keys"), row.maybeText("script")),
                        id)
                .orElse(Beginnings.Handed.NOTHING);
    }

    /** What it began with last, by the reseller's name of the system; empty for the usual one. */
    String image(UUID id) {
        return sql.first("select image from service_beginning where service_id = ?", row -> row.text("image"), id)
                .orElse("");
    }

    /** As it is now. */
    Life read(UUID id) {
        return sql.first(Life.COLUMNS, Life::of, id).orElseThrow(() -> new NotVisible("service", id));
    }

    /** What an hour of it costs, at the price that was accepted. */
    Money hourly(Life life) {
        return sql.one(
                "select hourly, currency from price_version where id = ?",
                row -> new Money(row.decimal("hourly"), Currency.getInstance(row.text("currency"))),
                life.priceVersionId());
    }

    /** As it is until the transaction ends. */
    Life lock(UUID id) {
        return sql.first(Life.COLUMNS + " for no key update", Life::of, id)
                .orElseThrow(() -> new NotVisible("service", id));
    }

    /** Whose it is, as far as vendors need to know. */
    Owner owner(Life life) {
        return sql.first(
                        "select name, billing_email from organization where id = ?",
                        row -> new Owner(life.organizationId(), row.text("name"), row.text("billing_email")),
                        life.organizationId())
                .orElseThrow(() -> new NotVisible("organization", life.organizationId()));
    }

    /**
     * From the state that a locked service is in to another.
     *
     * @throws WrongState if there is no way from one to the other
     */
    void move(Life life, Service.State next) {
        move(life.id(), life.state(), next);
    }

    /** The same, of one that need not have a server at a vendor. */
    void move(UUID id, Service.State now, Service.State next) {
        if (!now.mayBecome(next)) {
            throw new WrongState(id, now);
        }
        sql.update("update service set state = ?, version = version + 1 where id = ?", next, id);
    }

    /** Its server is up at the address. */
    void activate(Life life, String address, Instant at) {
        move(life, Service.State.ACTIVE);
        sql.update("update service set address = ?, activated_at = ? where id = ?", address, at, life.id());
    }

    /** It is over at that instant, whatever becomes of its server. */
    void end(Life life, Service.State last, Instant at) {
        move(life, last);
        sql.update("update service set ended_at = coalesce(ended_at, ?) where id = ?", at, life.id());
    }

    /** It never came up, and will not; the words are the vendor's, for staff. */
    void fail(Life life, Instant at, String words) {
        end(life, Service.State.FAILED, at);
        sql.update("update service set failure = ? where id = ?", words, life.id());
    }

    /** The vendor has made a server for it, by that number. */
    void note(Life life, String upstreamId) {
        sql.update("update service set upstream_id = ?, version = version + 1 where id = ?", upstreamId, life.id());
    }

    /** All addresses that its server has, as the vendor tells; what is still to be named stays. */
    void reach(Life life, List<String> addresses) {
        if (addresses.isEmpty()) {
            return; // It has none yet, or the vendor does not say.
        }
        var all = addresses.toArray(String[]::new);
        sql.update("""
                insert into service_address (service_id, address, position)
                select ?, a.address, a.position from unnest(?::text[]) with ordinality as a (address, position)
                on conflict (service_id, address) do update set position = excluded.position
                """, life.id(), all);
        sql.update(
                "delete from service_address where service_id = ? and address <> all (?) and wanted is null",
                life.id(),
                all);
    }

    /** A line in its timeline, which customer and staff see. */
    void tell(Life life, String what, String fact, String value) {
        tell(life.id(), life.organizationId(), what, fact, value);
    }

    /** The same, of one that need not have a server at a vendor. */
    void tell(UUID id, UUID organizationId, String what, String fact, String value) {
        sql.update("""
                insert into service_event (service_id, at, what, actor, facts)
                values (?, ?, ?, ?, jsonb_build_object(?::text, ?::text))
                """, id, clock.instant(), what, byWhom(), fact, value);
        Signals.tell(sql, Signal.Kind.SERVICE, organizationId);
    }

    /** The organization's members are told, also who ordered it. */
    void tellMembers(Life life, Note.Kind kind) {
        tellMembers(life, kind, "ordered");
    }

    /** The same of what was asked for since, by whoever did so last: what is asked for is called so in the timeline. */
    void tellMembers(Life life, Note.Kind kind, String asked) {
        var at = clock.instant();
        var note = new Note(
                kind, life.name(), whoAsked(life, asked), "service?id=" + life.id(), kind + ":" + life.id() + ":" + at);
        Notices.tellMembers(sql, life.organizationId(), Permission.VPS_VIEW, note, at);
    }

    private String whoAsked(Life life, String asked) {
        return sql.first(
                        "select actor from service_event where service_id = ? and what = ? order by id desc limit 1",
                        row -> row.text("actor"),
                        life.id(),
                        asked)
                .orElse("");
    }

    /** People by their names; what nobody did is nobody's. */
    private static String byWhom() {
        var actor = Actors.require();
        return actor.isSystem() ? "" : actor.name();
    }
}

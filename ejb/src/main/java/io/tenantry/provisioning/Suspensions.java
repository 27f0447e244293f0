package io.tenantry.provisioning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.audit.Reason;
import io.tenantry.charging.Charging;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.notice.Note;
import io.tenantry.notice.Notices;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Staff suspend a service, and lift that again, each for a reason that its customer reads; or it is suspended for debt, and brought back when
 * money comes. While it is suspended its server is off, whatever was wanted of it before; it is charged as if it were on, unless whoever suspends it for
 * debt says otherwise, and its customer can end it and nothing else. Its server is switched by {@link SwitchPower}.
 */
@Stateless
public class Suspensions {
    private static final String NO_REASON = "a service is suspended for a reason, and no more for another";

    private static final String FOR = "for";
    private static final String DEBT = "debt";

    private static final String HELD = """
            select organization_id, wallet_id, name, state, upstream_id is not null as has_server, power = 'ON' as is_on, power_wanted, changing,
                   resumes_on, suspended_for_debt
              from service
             where id = ?
               for no key update
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Lives lives;

    @Inject
    Calls calls;

    @Inject
    Wishes wishes;

    @Inject
    Charging charging;

    @Inject
    WorkItems items;

    private record Held(
            UUID id,
            UUID organizationId,
            UUID walletId,
            String name,
            Service.State state,
            boolean hasServer,
            boolean isOn,
            Optional<Switching> wanted,
            Optional<Changing> changing,
            boolean resumesOn,
            boolean isForDebt) {
        /** Whether its server would be on by and by if it were left alone; whatever starts another system on it leaves it on. */
        boolean wouldBeOn() {
            return wanted.map(Switching::isOnAfterwards)
                    .orElse(isOn
                            || changing.filter(one -> one != Changing.RESIZE).isPresent());
        }
    }

    /**
     * Suspends a service. What its customer wanted of its server and its vendor was not asked for yet is dropped; what its vendor is at is
     * waited for, and then the server is switched off.
     *
     * @throws WrongState unless it is active
     */
    public void suspend(UUID serviceId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = Reason.kept(reason, NO_REASON);
        var held = held(serviceId);
        switchOff(held, Optional.of(why));
        lives.tell(serviceId, held.organizationId(), "suspended", "reason", why);
        tell(held, Note.Kind.SERVICE_SUSPENDED, why);
        audit.record("service.suspended", "service", serviceId.toString(), Map.of("reason", why));
    }

    /**
     * Suspends a service because its wallet is in debt, as {@link #suspend}; whoever decides that tells its customer.
     *
     * @param isCharged whether it is charged as if it were on
     * @return false if it is not active: then it stays as it is, also if staff have suspended it
     */
    public boolean suspendForDebt(UUID serviceId, boolean isCharged) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var held = held(serviceId);
        if (held.state() != Service.State.ACTIVE) {
            return false;
        }
        switchOff(held, Optional.empty());
        if (!isCharged) {
            charging.pause(serviceId, held.walletId(), clock.instant());
        }
        lives.tell(serviceId, held.organizationId(), "suspended", FOR, DEBT);
        audit.record("service.suspended", "service", serviceId.toString(), Map.of(FOR, DEBT, "charged", isCharged));
        return true;
    }

    /** Without a reason in somebody's words it is for debt. */
    private void switchOff(Held held, Optional<String> why) {
        lives.move(held.id(), held.state(), Service.State.SUSPENDED);
        var isOnAfterwards = held.hasServer() && held.wouldBeOn();
        sql.update(
                "update service set suspended_why = ?, suspended_for_debt = ?, resumes_on = ? where id = ?",
                why.orElse(null),
                why.isEmpty(),
                isOnAfterwards,
                held.id());
        if (held.hasServer()) {
            held.changing().ifPresent(changing -> dropUnasked(held.id(), changing));
            want(held.id(), Optional.of(Switching.STOP), "the service was suspended");
        }
    }

    /**
     * Lifts it: the server is started if it was on before.
     *
     * @throws WrongState unless it is suspended
     */
    public void resume(UUID serviceId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = Reason.kept(reason, NO_REASON);
        var held = held(serviceId);
        if (held.state() != Service.State.SUSPENDED) {
            throw new WrongState(serviceId, held.state());
        }
        switchBack(held);
        lives.tell(serviceId, held.organizationId(), "resumed", "reason", why);
        tell(held, Note.Kind.SERVICE_RESUMED, why);
        audit.record("service.resumed", "service", serviceId.toString(), Map.of("reason", why));
    }

    /**
     * Brings back what was suspended for debt, as {@link #resume}; whoever decides that tells its customer.
     *
     * @return false if it is not suspended for debt: then it stays as it is, also if staff have suspended it since
     */
    public boolean resumeFromDebt(UUID serviceId) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var held = held(serviceId);
        if (held.state() != Service.State.SUSPENDED || !held.isForDebt()) {
            return false;
        }
        switchBack(held);
        lives.tell(serviceId, held.organizationId(), "resumed", FOR, DEBT);
        audit.record("service.resumed", "service", serviceId.toString(), Map.of(FOR, DEBT));
        return true;
    }

    private void switchBack(Held held) {
        lives.move(held.id(), held.state(), Service.State.ACTIVE);
        sql.update("""
                update service set suspended_why = null, suspended_for_debt = false, resumes_on = false where id = ?
                """, held.id());
        var unused = charging.resume(held.id(), held.walletId(), clock.instant());
        if (held.hasServer()) {
            var wanted = held.resumesOn() ? Optional.of(Switching.START) : Optional.<Switching>empty();
            want(held.id(), wanted, "the service is suspended no more");
        }
    }

    /** In place of whatever was wanted before. What the vendor was asked for that stays open: it may still be done. */
    private void want(UUID serviceId, Optional<Switching> wanted, String why) {
        items.parked(serviceId).stream()
                .filter(item -> item.kind().equals(SwitchPower.KIND))
                .forEach(item -> items.drop(item.id(), why));
        sql.update("update service set power_wanted = ? where id = ?", wanted.orElse(null), serviceId);
        wanted.ifPresent(one -> items.write(SwitchPower.KIND, Ids.next(clock).toString(), serviceId));
    }

    private void dropUnasked(UUID serviceId, Changing changing) {
        if (calls.latest(serviceId, changing.step()).filter(Calls.Call::isOpen).isEmpty()) {
            var life = lives.read(serviceId);
            wishes.drop(life);
            lives.tell(life, changing.word() + "_failed", "reason", "suspended");
        }
    }

    private void tell(Held held, Note.Kind kind, String why) {
        var at = clock.instant();
        var note = new Note(kind, held.name(), why, "service?id=" + held.id(), kind + ":" + held.id() + ":" + at);
        Notices.tellMembers(sql, held.organizationId(), Permission.VPS_VIEW, note, at);
    }

    private Held held(UUID serviceId) {
        return sql.first(HELD, row -> heldOf(serviceId, row), serviceId)
                .orElseThrow(() -> new NotVisible("service", serviceId));
    }

    private static Held heldOf(UUID id, Row row) {
        return new Held(
                id,
                row.uuid("organization_id"),
                row.uuid("wallet_id"),
                row.text("name"),
                Service.State.valueOf(row.text("state")),
                row.flag("has_server"),
                row.flag("is_on"),
                row.maybeText("power_wanted").map(Switching::valueOf),
                row.maybeText("changing").map(Changing::valueOf),
                row.flag("resumes_on"),
                row.flag("suspended_for_debt"));
    }
}

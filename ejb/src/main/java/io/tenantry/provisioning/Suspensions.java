package io.tenantry.provisioning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.audit.Reason;
import io.tenantry.charging.Charging;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.notice.Note;
import io.tenantry.notice.Notices;
import io.tenantry.provider.Isolating;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Staff suspend a service, and lift that again, each for a reason that its customer reads; or it is suspended for debt, and brought back when
 * money comes. While it is suspended its server is off, whatever was wanted of it before; it is charged as if it were on, unless whoever suspends it for
 * debt says otherwise, and its customer can end it and nothing else. Its server is switched by {@link SwitchPower}. What is suspended for debt may
 * also be cut off from its network instead, by {@link CutNetwork}: then its power is left alone, and what was asked of that goes on.
 */
@Stateless
public class Suspensions {
    private static final String NO_REASON = "a service is suspended for a reason, and no more for another";

    private static final String NO_MORE = "the service is suspended no more";
    private static final String FOR = "for";
    private static final String DEBT = "debt";

    private static final String HELD = """
            select organization_id, wallet_id, name, state, account, upstream_id is not null as has_server, power = 'ON' as is_on, power_wanted, changing,
                   resumes_on, suspended_for_debt, suspended_by_network,
                   suspended_by_network or network = 'CUT' as is_cut
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

    @Inject
    Abilities abilities;

    private record Held(
            UUID id,
            UUID organizationId,
            UUID walletId,
            String name,
            Service.State state,
            Optional<String> account,
            boolean hasServer,
            boolean isOn,
            Optional<Switching> wanted,
            Optional<Changing> changing,
            boolean resumesOn,
            boolean isForDebt,
            boolean isByNetwork,
            boolean isCut) {
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
        switchOff(held, Optional.of(why), Suspending.POWER);
        lives.tell(serviceId, held.organizationId(), "suspended", "reason", why);
        tell(held, Note.Kind.SERVICE_SUSPENDED, why);
        audit.record("service.suspended", "service", serviceId.toString(), Map.of("reason", why));
    }

    /**
     * Suspends a service because its wallet is in debt, as {@link #suspend}; whoever decides that tells its customer.
     *
     * @param isCharged whether it is charged as if it were on
     * @param wanted how it is suspended, if its vendor can; by its power otherwise
     * @return how it is; empty if it is not active: then it stays as it is, also if staff have suspended it
     */
    public Optional<Suspending> suspendForDebt(UUID serviceId, boolean isCharged, Suspending wanted) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var held = held(serviceId);
        if (held.state() != Service.State.ACTIVE) {
            return Optional.empty();
        }
        var way = wanted == Suspending.NETWORK && canBeCut(held) ? Suspending.NETWORK : Suspending.POWER;
        switchOff(held, Optional.empty(), way);
        if (!isCharged) {
            charging.pause(serviceId, held.walletId(), clock.instant());
        }
        lives.tell(serviceId, held.organizationId(), "suspended", FOR, DEBT);
        audit.record(
                "service.suspended",
                "service",
                serviceId.toString(),
                Map.of(FOR, DEBT, "charged", isCharged, "by", way, "wanted_by", wanted));
        return Optional.of(way);
    }

    /** Nothing is asked to find out: whether its vendor does it for this one, only {@link CutNetwork} learns. */
    private boolean canBeCut(Held held) {
        return held.hasServer()
                && held.account()
                        .filter(account -> abilities.has(account, Isolating.class))
                        .isPresent();
    }

    /**
     * Servers that could only be switched off, since the vendor of their account cuts none off.
     *
     * @param account as staff call it
     */
    public record Uncut(String account, int servers) {}

    /** Of all that run, or are suspended. */
    public List<Uncut> uncut() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return sql
                .query("""
                select s.account, coalesce(a.name, s.account) as name, count(*)::int as servers
                  from service s
                  left join provider_account a on a.id::text = s.account
                 where s.state in ('ACTIVE', 'SUSPENDED')
                   and s.upstream_id is not null
                 group by s.account, a.name
                 order by name
                """, row -> Map.entry(row.text("account"), new Uncut(row.text("name"), row.whole("servers"))))
                .stream()
                .filter(one -> !abilities.has(one.getKey(), Isolating.class))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Without a reason in somebody's words it is for debt. */
    private void switchOff(Held held, Optional<String> why, Suspending way) {
        lives.move(held.id(), held.state(), Service.State.SUSPENDED);
        var isByPower = way == Suspending.POWER;
        var isOnAfterwards = isByPower && held.hasServer() && held.wouldBeOn();
        sql.update("""
                update service set suspended_why = ?, suspended_for_debt = ?, suspended_by_network = ?, resumes_on = ? where id = ?
                """, why.orElse(null), why.isEmpty(), !isByPower, isOnAfterwards, held.id());
        if (held.hasServer()) {
            held.changing().ifPresent(changing -> dropUnasked(held.id(), changing));
            if (isByPower) {
                want(held.id(), Optional.of(Switching.STOP), "the service was suspended");
            } else {
                want(held.id(), Network.CUT, "the service was suspended");
            }
        }
    }

    /**
     * Lifts it: the server is started if it was on before, or has its network back.
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
        sql.update("""
                update service
                   set suspended_why = null, suspended_for_debt = false, suspended_by_network = false, resumes_on = false
                 where id = ?
                """, held.id());
        lives.move(held.id(), held.state(), Service.State.ACTIVE);
        var unused = charging.resume(held.id(), held.walletId(), clock.instant());
        if (held.hasServer() && held.isCut()) {
            want(held.id(), Network.OPEN, NO_MORE);
        }
        if (held.hasServer() && !held.isByNetwork()) {
            var wanted = held.resumesOn() ? Optional.of(Switching.START) : Optional.<Switching>empty();
            want(held.id(), wanted, NO_MORE);
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

    /** The same of its network, which is apart from its power. */
    private void want(UUID serviceId, Network network, String why) {
        items.parked(serviceId).stream()
                .filter(item -> item.kind().equals(CutNetwork.KIND))
                .forEach(item -> items.drop(item.id(), why));
        sql.update("update service set network_wanted = ? where id = ?", network, serviceId);
        items.write(CutNetwork.KIND, Ids.next(clock).toString(), serviceId);
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
                row.maybeText("account"),
                row.flag("has_server"),
                row.flag("is_on"),
                row.maybeText("power_wanted").map(Switching::valueOf),
                row.maybeText("changing").map(Changing::valueOf),
                row.flag("resumes_on"),
                row.flag("suspended_for_debt"),
                row.flag("suspended_by_network"),
                row.flag("is_cut"));
    }
}

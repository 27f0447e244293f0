package io.tenantry.reconciling;

import io.tenantry.audit.AuditTrail;
import io.tenantry.audit.Reason;
import io.tenantry.finding.Course;
import io.tenantry.finding.Deed;
import io.tenantry.finding.Outcome;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What staff do about a finding. Each holds the finding, and the service where it is changed, and does nothing if they are not any more
 * as they were found.
 */
@Stateless
public class FindingActions {
    private static final String HELD = """
            select f.kind, f.upstream_id, f.service_id, f.expected, f.seen, ${course}
              from finding f
             where f.id = ?
               for update
            """.replace("${course}", Course.COLUMNS);

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Consequences consequences;

    @Inject
    GivingBack givingBack;

    /** For the container. */
    public FindingActions() {}

    /** For use outside a container. */
    FindingActions(Sql sql, Access access, AuditTrail audit, Consequences consequences, GivingBack givingBack) {
        this.sql = sql;
        this.access = access;
        this.audit = audit;
        this.consequences = consequences;
        this.givingBack = givingBack;
    }

    private record Held(
            UUID id,
            Kind kind,
            String upstreamId,
            Optional<UUID> serviceId,
            String expected,
            String seen,
            Course course) {
        boolean is(Kind wanted) {
            return course.isToDecide() && kind == wanted;
        }
    }

    /** It may be so: it is not counted any more, nothing is done about it and nothing given back for it, as long as it lasts. */
    public Outcome dismiss(UUID id, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = Reason.kept(reason, "a finding is dismissed for a reason");
        var held = held(id);
        if (!held.kind().isFault() || !held.course().isToLeave()) {
            return Outcome.TOO_LATE;
        }
        Findings.DOCKET.dismiss(sql, id, why);
        return done("finding.dismissed", held, Map.of("reason", why));
    }

    /** It may not be so after all; a server of a service that is over is deleted then. */
    public Outcome takeUp(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var held = held(id);
        if (held.course().state() != Course.State.DISMISSED) {
            return Outcome.TOO_LATE;
        }
        Findings.DOCKET.takeUp(sql, id);
        if (held.kind() == Kind.ORPHAN) {
            consequences.order(id, Deed.DELETE);
        }
        return done("finding.taken_up", held, Map.of());
    }

    /** A server that is one too many is ended for good at its vendor. */
    public Outcome delete(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var held = held(id);
        if (!held.course().isToDecide() || !held.kind().isTooMany()) {
            return Outcome.TOO_LATE;
        }
        consequences.order(id, Deed.DELETE);
        return done("finding.deletion_ordered", held, Map.of());
    }

    /** The server is switched as its service says. */
    public Outcome switchBack(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var held = held(id);
        if (!held.is(Kind.DRIFT_POWER)) {
            return Outcome.TOO_LATE;
        }
        consequences.order(id, Deed.SWITCH);
        return done("finding.switch_ordered", held, Map.of());
    }

    /** The one server that has the service's mark is its server from now on. */
    public Outcome adopt(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var held = held(id);
        if (!held.is(Kind.RENUMBERED)) {
            return Outcome.TOO_LATE;
        }
        return correct(
                "finding.adopted",
                "ADOPTED",
                held,
                """
                update service s
                   set upstream_id = ?, version = version + 1
                 where s.id = ?
                   and s.upstream_id = ?
                   and s.state in ('ACTIVE', 'SUSPENDED')
                   and not exists (select from service o where o.account = s.account and o.upstream_id = ?
                                      and o.state not in ('TERMINATING', 'TERMINATED', 'FAILED'))
                """,
                held.seen(),
                held.serviceId().orElse(null),
                held.expected(),
                held.seen());
    }

    /** The service is at the address at which its server was seen. */
    public Outcome correctAddress(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var held = held(id);
        if (!held.is(Kind.DRIFT_ADDRESS)) {
            return Outcome.TOO_LATE;
        }
        var outcome = correct(
                "finding.address_corrected",
                "CORRECTED",
                held,
                """
                update service
                   set address = ?, version = version + 1
                 where id = ? and address = ? and state in ('ACTIVE', 'SUSPENDED')
                """,
                held.seen(),
                held.serviceId().orElse(null),
                held.expected());
        if (outcome == Outcome.DONE) {
            held.serviceId().ifPresent(service -> consequences.event(service, "readdressed"));
        }
        return outcome;
    }

    /** The size that was seen is noted as the one that the server should have. What its customer pays stays as it is. */
    public Outcome acceptSize(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var held = held(id);
        if (!held.is(Kind.DRIFT_PLAN)) {
            return Outcome.TOO_LATE;
        }
        return correct(
                "finding.size_accepted",
                "ACCEPTED",
                held,
                """
                update service
                   set upstream_size = ?, version = version + 1
                 where id = ? and upstream_size = ? and state in ('ACTIVE', 'SUSPENDED')
                """,
                held.seen(),
                held.serviceId().orElse(null),
                held.expected());
    }

    /** Gives back at once what was charged for a server that is missing, also if so many are that nothing is given by itself. */
    public Optional<Money> giveBack(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        access.require(Permission.STAFF_WALLETS_ADJUST);
        var given = givingBack.settle(id);
        given.ifPresent(amount -> done("finding.given_back", held(id), Map.of("amount", amount.toString())));
        return given;
    }

    private Outcome correct(String action, String resolution, Held held, String statement, @Nullable Object... values) {
        if (sql.update(statement, values) != 1) {
            return Outcome.TOO_LATE;
        }
        Findings.DOCKET.resolve(sql, held.id(), resolution);
        return done(action, held, Map.of("from", held.expected(), "to", held.seen()));
    }

    private Outcome done(String action, Held held, Map<String, String> more) {
        var facts = new HashMap<String, String>(more);
        facts.put("kind", held.kind().name());
        facts.put("server", held.upstreamId());
        held.serviceId().ifPresent(service -> facts.put("service", service.toString()));
        return Findings.DOCKET.done(sql, audit, action, held.id(), facts);
    }

    private Held held(UUID id) {
        return sql.first(HELD, row -> held(id, row), id).orElseThrow(() -> new NotVisible("finding", id));
    }

    private static Held held(UUID id, Row row) {
        return new Held(
                id,
                Kind.valueOf(row.text("kind")),
                row.text("upstream_id"),
                row.maybeUuid("service_id"),
                row.text("expected"),
                row.text("seen"),
                Course.of(row));
    }
}

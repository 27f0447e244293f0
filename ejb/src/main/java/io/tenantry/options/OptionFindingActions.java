package io.tenantry.options;

import io.tenantry.audit.AuditTrail;
import io.tenantry.audit.Reason;
import io.tenantry.charging.Charging;
import io.tenantry.finding.Course;
import io.tenantry.finding.Deed;
import io.tenantry.finding.Outcome;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.options.VolumeRounds.Kind;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What staff do about something beside servers that differs at a vendor. Each locks the server, the option and the finding, in that order, and does
 * nothing if they are not any more as they were found: of two who decide at once, one is heard.
 */
@Stateless
public class OptionFindingActions {
    private static final String HELD =
            """
            select f.kind, f.option_kind, f.upstream_id, f.option_id, f.service_id, f.expected_gib, f.seen_gib, f.since,
                   ${course}, ${right} as is_right
              from option_finding f
              left join service_option o on o.id = f.option_id
             where f.id = ?
            """.replace("${course}", Course.COLUMNS).replace("${right}", OptionMendSteps.RIGHT);

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    WorkItems items;

    @Inject
    OptionRecords records;

    @Inject
    Terms terms;

    @Inject
    Charging charging;

    @Inject
    OptionLosses losses;

    /** For the container. */
    public OptionFindingActions() {}

    /** For use outside a container. */
    OptionFindingActions(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            WorkItems items,
            OptionRecords records,
            Terms terms,
            Charging charging,
            OptionLosses losses) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.items = items;
        this.records = records;
        this.terms = terms;
        this.charging = charging;
        this.losses = losses;
    }

    private record Held(
            UUID id,
            Kind kind,
            OptionKind of,
            String upstreamId,
            Optional<UUID> optionId,
            Optional<UUID> serviceId,
            int expectedGib,
            int seenGib,
            Instant since,
            Course course,
            boolean isRight) {
        boolean is(Kind wanted) {
            return course.isToDecide() && isRight && kind == wanted;
        }
    }

    /** It may be so: it is not counted any more, and nothing is done about it, as long as it lasts. What is charged stays charged. */
    public Outcome dismiss(UUID id, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = Reason.kept(reason, "a finding is dismissed for a reason");
        var held = held(id);
        if (!held.course().isToLeave()) {
            return Outcome.TOO_LATE;
        }
        OptionFindings.DOCKET.dismiss(sql, id, why);
        return done("option_finding.dismissed", held, Map.of("reason", why));
    }

    /** It may not be so after all. */
    public Outcome takeUp(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var held = held(id);
        if (held.course().state() != Course.State.DISMISSED) {
            return Outcome.TOO_LATE;
        }
        OptionFindings.DOCKET.takeUp(sql, id);
        return done("option_finding.taken_up", held, Map.of());
    }

    /** What was ours and nobody pays for is taken away for good at its vendor; of what is unknown that is never done. */
    public Outcome delete(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var held = held(id);
        if (!held.is(Kind.STRAY) || !OptionFindings.isOurs(held.kind(), held.of(), held.optionId(), held.serviceId())) {
            return Outcome.TOO_LATE;
        }
        order(id, Deed.DELETE);
        held.optionId().ifPresent(option -> records.tell(records.read(option), "remainder"));
        return done("option_finding.deletion_ordered", held, Map.of());
    }

    /** Backups that are paid for and off are switched on again. */
    public Outcome switchOn(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var held = held(id);
        if (!held.is(Kind.MISSING) || held.of() != OptionKind.BACKUP) {
            return Outcome.TOO_LATE;
        }
        order(id, Deed.SWITCH);
        records.tell(option(held), "on_again_wanted");
        return done("option_finding.switch_ordered", held, Map.of());
    }

    /**
     * The size that was seen is what is paid for from now on, at the unit's price that was accepted; the hour in progress costs the higher of
     * both, once.
     */
    public Outcome acceptSize(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        access.require(Permission.STAFF_WALLETS_ADJUST);
        var held = held(id);
        if (!held.is(Kind.SIZE)) {
            return Outcome.TOO_LATE;
        }
        var option = option(held);
        if (option.quantity() != held.expectedGib()) {
            return Outcome.TOO_LATE;
        }
        var price = terms.version(terms.accepted(option.priceVersionId()), held.seenGib());
        charging.changePrice(option.id(), option.walletId(), price, clock.instant());
        records.weigh(option, held.seenGib(), price);
        records.tell(option, "resized");
        OptionFindings.DOCKET.resolve(sql, id, "ACCEPTED");
        return done(
                "option_finding.size_accepted", held, Map.of("from_gib", held.expectedGib(), "to_gib", held.seenGib()));
    }

    /**
     * What is missing ends, and what was charged for it since it was there last is given back, once.
     *
     * @return how much; empty if it was too late
     */
    public Optional<Money> giveBack(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        access.require(Permission.STAFF_WALLETS_ADJUST);
        var held = held(id);
        if (!held.is(Kind.MISSING)) {
            return Optional.empty();
        }
        var given = losses.end(id, option(held), held.since());
        done("option_finding.given_back", held, Map.of("amount", given.toString()));
        return Optional.of(given);
    }

    private void order(UUID id, Deed deed) {
        sql.update("update option_finding set failure = '' where id = ?", id);
        OptionFindings.DOCKET.order(sql, items, id, deed, Actors.require().name());
    }

    private ServiceOption option(Held held) {
        return records.read(held.optionId().orElseThrow());
    }

    private Outcome done(String action, Held held, Map<String, ?> more) {
        var facts = new HashMap<String, Object>(more);
        facts.put("kind", held.kind().name());
        facts.put("of", held.of().word());
        facts.put("number", held.upstreamId());
        held.optionId().ifPresent(option -> facts.put("option", option.toString()));
        held.serviceId().ifPresent(service -> facts.put("service", service.toString()));
        return OptionFindings.DOCKET.done(sql, audit, action, held.id(), facts);
    }

    /** Whatever it is about stays as it is until the transaction ends, with all that was found of the same server. */
    private Held held(UUID id) {
        var seen = read(id);
        if (seen.optionId().isPresent()) {
            records.lockWithServer(seen.optionId().get());
        } else {
            seen.serviceId()
                    .ifPresent(service -> sql.query(
                            "select id from service where id = ? for no key update", row -> row.uuid("id"), service));
        }
        sql.query("""
                select f.id
                  from option_finding f
                 where f.id = ? or f.state <> 'RESOLVED' and f.service_id = ?::uuid
                 order by f.id
                   for no key update
                """, row -> row.uuid("id"), id, seen.serviceId().orElse(null));
        return read(id);
    }

    private Held read(UUID id) {
        return sql.first(HELD, row -> held(id, row), id).orElseThrow(() -> new NotVisible("finding", id));
    }

    private static Held held(UUID id, Row row) {
        return new Held(
                id,
                Kind.valueOf(row.text("kind")),
                OptionKind.valueOf(row.text("option_kind")),
                row.text("upstream_id"),
                row.maybeUuid("option_id"),
                row.maybeUuid("service_id"),
                row.whole("expected_gib"),
                row.whole("seen_gib"),
                row.instant("since"),
                Course.of(row),
                row.flag("is_right"));
    }
}

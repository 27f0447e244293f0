package io.tenantry.cloud.addon;

import io.tenantry.billing.charging.Charging;
import io.tenantry.cloud.addon.AddonReconciliationSchedule.Kind;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory;
import io.tenantry.cloud.reconciliation.discrepancy.RepairAction;
import io.tenantry.cloud.reconciliation.discrepancy.ResolutionOutcome;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.audit.Reason;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The actions of staff on add-on discrepancies. Each locks the server, the add-on and the discrepancy, in that order, and does nothing if they
 * have changed since they were found: of two concurrent decisions, only the first takes effect.
 */
@Stateless
public class AddonDiscrepancyActions {
    private static final String HELD =
            """
            select f.kind, f.addon_kind, f.provider_ref, f.addon_id, f.service_id, f.expected_gib, f.seen_gib, f.since,
                   ${course}, ${right} as is_right
              from addon_discrepancy f
              left join addon o on o.id = f.addon_id
             where f.id = ?
            """.replace("${course}", DiscrepancyHistory.COLUMNS).replace("${right}", AddonRepairTransactions.RIGHT);

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
    AddonRepository records;

    @Inject
    AddonPricing addonPricing;

    @Inject
    Charging charging;

    @Inject
    AddonCredits losses;

    /** For the container. */
    public AddonDiscrepancyActions() {}

    /** For use outside a container. */
    AddonDiscrepancyActions(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            WorkItems items,
            AddonRepository records,
            AddonPricing addonPricing,
            Charging charging,
            AddonCredits losses) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.items = items;
        this.records = records;
        this.addonPricing = addonPricing;
        this.charging = charging;
        this.losses = losses;
    }

    private record LockedAddonDiscrepancy(
            UUID id,
            Kind kind,
            AddonType of,
            String upstreamId,
            Optional<UUID> optionId,
            Optional<UUID> serviceId,
            int expectedGib,
            int seenGib,
            Instant since,
            DiscrepancyHistory history,
            boolean isRight) {
        boolean is(Kind wanted) {
            return history.isToDecide() && isRight && kind == wanted;
        }
    }

    /** Dismisses a discrepancy: it is no longer counted, and nothing is done about it as long as it lasts. Charges remain. */
    public ResolutionOutcome dismiss(UUID id, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = Reason.kept(reason, "a finding is dismissed for a reason");
        var lockedAddonDiscrepancy = held(id);
        if (!lockedAddonDiscrepancy.history().isToLeave()) {
            return ResolutionOutcome.TOO_LATE;
        }
        AddonDiscrepancies.DOCKET.dismiss(sql, id, why);
        return done("addon_discrepancy.dismissed", lockedAddonDiscrepancy, Map.of("reason", why));
    }

    /** Reopens a dismissed discrepancy. */
    public ResolutionOutcome takeUp(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var lockedAddonDiscrepancy = held(id);
        if (lockedAddonDiscrepancy.history().state() != DiscrepancyHistory.State.DISMISSED) {
            return ResolutionOutcome.TOO_LATE;
        }
        AddonDiscrepancies.DOCKET.takeUp(sql, id);
        return done("addon_discrepancy.taken_up", lockedAddonDiscrepancy, Map.of());
    }

    /** Permanently deletes a resource of ours that is not paid for at its provider; unknown resources are never deleted. */
    public ResolutionOutcome delete(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var lockedAddonDiscrepancy = held(id);
        if (!lockedAddonDiscrepancy.is(Kind.UNKNOWN_ADDON)
                || !AddonDiscrepancies.isOurs(
                        lockedAddonDiscrepancy.kind(),
                        lockedAddonDiscrepancy.of(),
                        lockedAddonDiscrepancy.optionId(),
                        lockedAddonDiscrepancy.serviceId())) {
            return ResolutionOutcome.TOO_LATE;
        }
        order(id, RepairAction.DELETE);
        lockedAddonDiscrepancy.optionId().ifPresent(option -> records.recordEvent(records.read(option), "remainder"));
        return done("addon_discrepancy.deletion_ordered", lockedAddonDiscrepancy, Map.of());
    }

    /** Switches backups that are paid for and off on again. */
    public ResolutionOutcome switchOn(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var lockedAddonDiscrepancy = held(id);
        if (!lockedAddonDiscrepancy.is(Kind.MISSING) || lockedAddonDiscrepancy.of() != AddonType.BACKUP) {
            return ResolutionOutcome.TOO_LATE;
        }
        order(id, RepairAction.SWITCH);
        records.recordEvent(option(lockedAddonDiscrepancy), "on_again_wanted");
        return done("addon_discrepancy.switch_ordered", lockedAddonDiscrepancy, Map.of());
    }

    /** Charges the observed size from now on, at the accepted price per unit. The hour in progress costs the higher of both prices, once. */
    public ResolutionOutcome acceptSize(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        access.require(Permission.STAFF_BILLING_MANAGE);
        var lockedAddonDiscrepancy = held(id);
        if (!lockedAddonDiscrepancy.is(Kind.SIZE)) {
            return ResolutionOutcome.TOO_LATE;
        }
        var option = option(lockedAddonDiscrepancy);
        if (option.quantity() != lockedAddonDiscrepancy.expectedGib()) {
            return ResolutionOutcome.TOO_LATE;
        }
        var price =
                addonPricing.version(addonPricing.accepted(option.priceVersionId()), lockedAddonDiscrepancy.seenGib());
        charging.changePrice(option.id(), option.walletId(), price, clock.instant());
        records.weigh(option, lockedAddonDiscrepancy.seenGib(), price);
        records.recordEvent(option, "resized");
        AddonDiscrepancies.DOCKET.resolve(sql, id, "ACCEPTED");
        return done(
                "addon_discrepancy.size_accepted",
                lockedAddonDiscrepancy,
                Map.of("from_gib", lockedAddonDiscrepancy.expectedGib(), "to_gib", lockedAddonDiscrepancy.seenGib()));
    }

    /**
     * Ends a missing add-on and refunds, once, what was charged since it was last seen.
     *
     * @return the amount refunded; empty if it was too late
     */
    public Optional<Money> giveBack(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        access.require(Permission.STAFF_BILLING_MANAGE);
        var lockedAddonDiscrepancy = held(id);
        if (!lockedAddonDiscrepancy.is(Kind.MISSING)) {
            return Optional.empty();
        }
        var given = losses.end(id, option(lockedAddonDiscrepancy), lockedAddonDiscrepancy.since());
        done("addon_discrepancy.credited", lockedAddonDiscrepancy, Map.of("amount", given.toString()));
        return Optional.of(given);
    }

    private void order(UUID id, RepairAction repairAction) {
        sql.update("update addon_discrepancy set failure = '' where id = ?", id);
        AddonDiscrepancies.DOCKET.order(
                sql, items, id, repairAction, Actors.require().name());
    }

    private Addon option(LockedAddonDiscrepancy lockedAddonDiscrepancy) {
        return records.read(lockedAddonDiscrepancy.optionId().orElseThrow());
    }

    private ResolutionOutcome done(String action, LockedAddonDiscrepancy lockedAddonDiscrepancy, Map<String, ?> more) {
        var facts = new HashMap<String, Object>(more);
        facts.put("kind", lockedAddonDiscrepancy.kind().name());
        facts.put("of", lockedAddonDiscrepancy.of().word());
        facts.put("number", lockedAddonDiscrepancy.upstreamId());
        lockedAddonDiscrepancy.optionId().ifPresent(option -> facts.put("addon", option.toString()));
        lockedAddonDiscrepancy.serviceId().ifPresent(service -> facts.put("service", service.toString()));
        return AddonDiscrepancies.DOCKET.done(sql, audit, action, lockedAddonDiscrepancy.id(), facts);
    }

    /** Locks the subject of a discrepancy until the transaction ends, together with all discrepancies of the same server. */
    private LockedAddonDiscrepancy held(UUID id) {
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
                  from addon_discrepancy f
                 where f.id = ? or f.state <> 'RESOLVED' and f.service_id = ?::uuid
                 order by f.id
                   for no key update
                """, row -> row.uuid("id"), id, seen.serviceId().orElse(null));
        return read(id);
    }

    private LockedAddonDiscrepancy read(UUID id) {
        return sql.first(HELD, row -> held(id, row), id).orElseThrow(() -> new NotFoundException("discrepancy", id));
    }

    private static LockedAddonDiscrepancy held(UUID id, Row row) {
        return new LockedAddonDiscrepancy(
                id,
                Kind.valueOf(row.text("kind")),
                AddonType.valueOf(row.text("addon_kind")),
                row.text("provider_ref"),
                row.maybeUuid("addon_id"),
                row.maybeUuid("service_id"),
                row.whole("expected_gib"),
                row.whole("seen_gib"),
                row.instant("since"),
                DiscrepancyHistory.of(row),
                row.flag("is_right"));
    }
}

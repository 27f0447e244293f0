package io.tenantry.cloud.provisioning;

import io.tenantry.billing.charging.Charging;
import io.tenantry.cloud.provider.NetworkIsolation;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.audit.Reason;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Suspends and resumes services: by staff, each time for a reason that the customer sees, or for debt, until payment is received. While a
 * service is suspended, its server is off, regardless of earlier requests; it is charged as if it were on, unless a suspension for debt
 * specifies otherwise, and its customer can only terminate it. Its server is switched by {@link PowerHandler}. A service suspended for debt may
 * instead be isolated from its network by {@link NetworkIsolationHandler}: its power state is then left alone, and power requests continue.
 */
@Stateless
public class Suspensions {
    private static final String NO_REASON = "a service is suspended for a reason, and no more for another";

    private static final String NO_MORE = "the service is suspended no more";
    private static final String FOR = "for";
    private static final String DEBT = "debt";

    private static final String HELD = """
            select organization_id, wallet_id, name, state, account, provider_ref is not null as has_server, power = 'ON' as is_on, pending_power, pending_operation,
                   power_on_resume, suspended_for_debt, suspended_by_network,
                   suspended_by_network or network = 'ISOLATED' as truncated
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
    ServiceLifecycle serviceLifecycle;

    @Inject
    ProviderCalls providerCalls;

    @Inject
    PendingOperations pendingOperations;

    @Inject
    Charging charging;

    @Inject
    WorkItems items;

    @Inject
    ProviderCapabilities providerCapabilities;

    private record LockedServiceRow(
            UUID id,
            UUID organizationId,
            UUID walletId,
            String name,
            Service.State state,
            Optional<String> account,
            boolean hasServer,
            boolean isOn,
            Optional<PendingPowerAction> wanted,
            Optional<OperationInProgress> changing,
            boolean resumesOn,
            boolean isForDebt,
            boolean isByNetwork,
            boolean isCut) {
        /** Whether its server would eventually be on without the suspension; every operation that starts another system leaves it on. */
        boolean wouldBeOn() {
            return wanted.map(PendingPowerAction::isOnAfterwards)
                    .orElse(isOn
                            || changing.filter(one -> one != OperationInProgress.RESIZE)
                                    .isPresent());
        }
    }

    /**
     * Suspends a service. Operations requested by its customer but not from the provider yet are dropped; operations in progress at the
     * provider are awaited, and then the server is switched off.
     *
     * @throws InvalidStateException unless it is active
     */
    public void suspend(UUID serviceId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = Reason.kept(reason, NO_REASON);
        var lockedServiceRow = held(serviceId);
        switchOff(lockedServiceRow, Optional.of(why), SuspensionMethod.POWER);
        serviceLifecycle.recordEvent(serviceId, lockedServiceRow.organizationId(), "suspended", "reason", why);
        sendAlert(lockedServiceRow, Notification.Kind.SERVICE_SUSPENDED, why);
        audit.record("service.suspended", "service", serviceId.toString(), Map.of("reason", why));
    }

    /**
     * Suspends a service because its wallet is in debt, as {@link #suspend}; the caller notifies the customer.
     *
     * @param isCharged whether it is charged as if it were on
     * @param wanted the requested method, if the provider supports it; power otherwise
     * @return the method used; empty if the service is not active: then it stays unchanged, also if staff have suspended it
     */
    public Optional<SuspensionMethod> suspendForDebt(UUID serviceId, boolean isCharged, SuspensionMethod wanted) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var lockedServiceRow = held(serviceId);
        if (lockedServiceRow.state() != Service.State.ACTIVE) {
            return Optional.empty();
        }
        var way = wanted == SuspensionMethod.NETWORK && canBeCut(lockedServiceRow)
                ? SuspensionMethod.NETWORK
                : SuspensionMethod.POWER;
        switchOff(lockedServiceRow, Optional.empty(), way);
        if (!isCharged) {
            charging.pause(serviceId, lockedServiceRow.walletId(), clock.instant());
        }
        serviceLifecycle.recordEvent(serviceId, lockedServiceRow.organizationId(), "suspended", FOR, DEBT);
        audit.record(
                "service.suspended",
                "service",
                serviceId.toString(),
                Map.of(FOR, DEBT, "charged", isCharged, "by", way, "wanted_by", wanted));
        return Optional.of(way);
    }

    /** Calls no provider: whether it can isolate this very server is found out by {@link NetworkIsolationHandler} only. */
    private boolean canBeCut(LockedServiceRow lockedServiceRow) {
        return lockedServiceRow.hasServer()
                && lockedServiceRow
                        .account()
                        .filter(account -> providerCapabilities.has(account, NetworkIsolation.class))
                        .isPresent();
    }

    /**
     * The number of servers that could only be switched off, since the provider of their account does not support isolation.
     *
     * @param account the account's name for staff
     */
    public record IsolationUnsupported(String account, int servers) {}

    /** Returns them for all services that are active or suspended. */
    public List<IsolationUnsupported> uncut() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql
                .query(
                        """
                select s.account, coalesce(a.name, s.account) as name, count(*)::int as servers
                  from service s
                  left join provider_account a on a.id::text = s.account
                 where s.state in ('ACTIVE', 'SUSPENDED')
                   and s.provider_ref is not null
                 group by s.account, a.name
                 order by name
                """,
                        row -> Map.entry(
                                row.text("account"), new IsolationUnsupported(row.text("name"), row.whole("servers"))))
                .stream()
                .filter(one -> !providerCapabilities.has(one.getKey(), NetworkIsolation.class))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Without a reason given by staff, the suspension is for debt. */
    private void switchOff(LockedServiceRow lockedServiceRow, Optional<String> why, SuspensionMethod way) {
        serviceLifecycle.move(lockedServiceRow.id(), lockedServiceRow.state(), Service.State.SUSPENDED);
        var isByPower = way == SuspensionMethod.POWER;
        var isOnAfterwards = isByPower && lockedServiceRow.hasServer() && lockedServiceRow.wouldBeOn();
        sql.update("""
                update service set suspension_reason = ?, suspended_for_debt = ?, suspended_by_network = ?, power_on_resume = ? where id = ?
                """, why.orElse(null), why.isEmpty(), !isByPower, isOnAfterwards, lockedServiceRow.id());
        if (lockedServiceRow.hasServer()) {
            lockedServiceRow
                    .changing()
                    .ifPresent(operationInProgress -> dropUnasked(lockedServiceRow.id(), operationInProgress));
            if (isByPower) {
                want(lockedServiceRow.id(), Optional.of(PendingPowerAction.STOP), "the service was suspended");
            } else {
                want(lockedServiceRow.id(), NetworkState.ISOLATED, "the service was suspended");
            }
        }
    }

    /**
     * Resumes a service: its server is started if it was on before, or gets its network back.
     *
     * @throws InvalidStateException unless it is suspended
     */
    public void resume(UUID serviceId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = Reason.kept(reason, NO_REASON);
        var lockedServiceRow = held(serviceId);
        if (lockedServiceRow.state() != Service.State.SUSPENDED) {
            throw new InvalidStateException(serviceId, lockedServiceRow.state());
        }
        switchBack(lockedServiceRow);
        serviceLifecycle.recordEvent(serviceId, lockedServiceRow.organizationId(), "resumed", "reason", why);
        sendAlert(lockedServiceRow, Notification.Kind.SERVICE_RESUMED, why);
        audit.record("service.resumed", "service", serviceId.toString(), Map.of("reason", why));
    }

    /**
     * Resumes a service that was suspended for debt, as {@link #resume}; the caller notifies the customer.
     *
     * @return false if it is not suspended for debt: then it stays unchanged, also if staff have suspended it since
     */
    public boolean resumeFromDebt(UUID serviceId) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var lockedServiceRow = held(serviceId);
        if (lockedServiceRow.state() != Service.State.SUSPENDED || !lockedServiceRow.isForDebt()) {
            return false;
        }
        switchBack(lockedServiceRow);
        serviceLifecycle.recordEvent(serviceId, lockedServiceRow.organizationId(), "resumed", FOR, DEBT);
        audit.record("service.resumed", "service", serviceId.toString(), Map.of(FOR, DEBT));
        return true;
    }

    private void switchBack(LockedServiceRow lockedServiceRow) {
        sql.update("""
                update service
                   set suspension_reason = null, suspended_for_debt = false, suspended_by_network = false, power_on_resume = false
                 where id = ?
                """, lockedServiceRow.id());
        serviceLifecycle.move(lockedServiceRow.id(), lockedServiceRow.state(), Service.State.ACTIVE);
        var unused = charging.resume(lockedServiceRow.id(), lockedServiceRow.walletId(), clock.instant());
        if (lockedServiceRow.hasServer() && lockedServiceRow.isCut()) {
            want(lockedServiceRow.id(), NetworkState.CONNECTED, NO_MORE);
        }
        if (lockedServiceRow.hasServer() && !lockedServiceRow.isByNetwork()) {
            var wanted = lockedServiceRow.resumesOn()
                    ? Optional.of(PendingPowerAction.START)
                    : Optional.<PendingPowerAction>empty();
            want(lockedServiceRow.id(), wanted, NO_MORE);
        }
    }

    /** Replaces any earlier power request. An open call to the provider for that stays open, since it may still be carried out. */
    private void want(UUID serviceId, Optional<PendingPowerAction> wanted, String why) {
        items.parked(serviceId).stream()
                .filter(item -> item.kind().equals(PowerHandler.KIND))
                .forEach(item -> items.drop(item.id(), why));
        sql.update("update service set pending_power = ? where id = ?", wanted.orElse(null), serviceId);
        wanted.ifPresent(one -> items.write(PowerHandler.KIND, Ids.next(clock).toString(), serviceId));
    }

    /** Does the same for its network, which is separate from its power. */
    private void want(UUID serviceId, NetworkState networkState, String why) {
        items.parked(serviceId).stream()
                .filter(item -> item.kind().equals(NetworkIsolationHandler.KIND))
                .forEach(item -> items.drop(item.id(), why));
        sql.update("update service set pending_network = ? where id = ?", networkState, serviceId);
        items.write(NetworkIsolationHandler.KIND, Ids.next(clock).toString(), serviceId);
    }

    private void dropUnasked(UUID serviceId, OperationInProgress operationInProgress) {
        if (providerCalls
                .latest(serviceId, operationInProgress.step())
                .filter(ProviderCalls.Call::isOpen)
                .isEmpty()) {
            var serviceState = serviceLifecycle.read(serviceId);
            pendingOperations.drop(serviceState);
            serviceLifecycle.recordEvent(serviceState, operationInProgress.word() + "_failed", "reason", "suspended");
        }
    }

    private void sendAlert(LockedServiceRow lockedServiceRow, Notification.Kind kind, String why) {
        var at = clock.instant();
        var notification = new Notification(
                kind,
                lockedServiceRow.name(),
                why,
                "service?id=" + lockedServiceRow.id(),
                kind + ":" + lockedServiceRow.id() + ":" + at);
        Notifications.notifyMembers(sql, lockedServiceRow.organizationId(), Permission.VPS_VIEW, notification, at);
    }

    private LockedServiceRow held(UUID serviceId) {
        return sql.first(HELD, row -> heldOf(serviceId, row), serviceId)
                .orElseThrow(() -> new NotFoundException("service", serviceId));
    }

    private static LockedServiceRow heldOf(UUID id, Row row) {
        return new LockedServiceRow(
                id,
                row.uuid("organization_id"),
                row.uuid("wallet_id"),
                row.text("name"),
                Service.State.valueOf(row.text("state")),
                row.maybeText("account"),
                row.flag("has_server"),
                row.flag("is_on"),
                row.maybeText("pending_power").map(PendingPowerAction::valueOf),
                row.maybeText("pending_operation").map(OperationInProgress::valueOf),
                row.flag("power_on_resume"),
                row.flag("suspended_for_debt"),
                row.flag("suspended_by_network"),
                row.flag("truncated"));
    }
}
